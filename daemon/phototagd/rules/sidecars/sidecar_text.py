"""What text may stand in a sidecar: keywords other programs can read, captions, alt text."""

import re
import unicodedata

ALT_TEXT_LIMIT = 250  # characters, IPTC Photo Metadata: Alt Text (Accessibility)

# Separators of keyword paths and of keyword lists in one program or another.
_SEPARATORS = re.compile(r"[|/\\,;]+")
_LOOSE_ENDS = " ,;:-\u2013\u2014\u3001\uff0c"  # dashes, and the commas of Chinese
# What XML 1.0 cannot hold, and what has no place in a line of text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
# Captions that cameras and scanners put into every file (facts seen in the wild).
_JUNK = re.compile(
    r"""
    (konica\ )?minolta\ digital\ camera | olympus\ digital\ camera | sony\ dsc | dsc
    | samsung(\ (digimax|digital|camera)\b.*)? | <?digimax.*>? | kodak\ digital\ still\ camera
    | (hp|ricoh|casio|sanyo|fujifilm|vivitar|polaroid)?\ ?digital\ (still\ )?camera
    | digital\ image | dcim | exif[_\ ]jpeg([_\ ]\w+)? | jfif | ycc | cof | untitled | default
    | image\ description | my\ beautiful\ picture | binary\ comment | ascii | (charset=\w+)?
    | dav | mde | jpeg | user\ comments? | \*+ | -+ | \.+
    """,
    re.VERBOSE | re.IGNORECASE,
)


def clean_keyword(word: str) -> str:
    """A word as every program reads it: NFC, one line, no separators; may be empty."""
    return clean_line(_SEPARATORS.sub(" ", word))


def clean_line(text: str) -> str:
    """Text in NFC without line breaks, control characters and doubled spaces."""
    spaced = _SPACE.sub(" ", unicodedata.normalize("NFC", text))
    return _SPACE.sub(" ", _FORBIDDEN.sub("", spaced)).strip()


def alt_text(caption: str) -> str:
    """The caption in at most 250 characters, cut at a word."""
    if len(caption) <= ALT_TEXT_LIMIT:
        return caption
    head = caption[: ALT_TEXT_LIMIT - 1]
    cut = head.rfind(" ")
    # Scripts without spaces have no better place to be cut than the limit.
    return (head[:cut] if cut > ALT_TEXT_LIMIT // 2 else head).rstrip(_LOOSE_ENDS) + "…"


def is_camera_junk(text: str) -> bool:
    """Whether a caption was written by a camera, not by a person."""
    return _JUNK.fullmatch(clean_line(text)) is not None
