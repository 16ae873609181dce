"""Content decides what a file is; the name only promises."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import PhotoKind
from phototagd.rules.photo.kinds import describe, extension, kind_of, looks_like_photo, misnamed


def _ftyp(major: bytes, *compatible: bytes) -> bytes:
    content = major + b"\0\0\0\0" + b"".join(compatible)
    return struct.pack(">I", len(content) + 8) + b"ftyp" + content


def _tiff(order: str, *tags: tuple[int, int, int]) -> bytes:
    head = b"II*\0" if order == "<" else b"MM\0*"
    body = b"".join(struct.pack(order + "HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return head + struct.pack(order + "IH", 8, len(tags)) + body


HEADS = [
    (b"\xff\xd8\xff\xe1", PhotoKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", PhotoKind.PNG),
    (b"GIF89a", PhotoKind.GIF),
    (b"RIFF\x10\0\0\0WEBPVP8 ", PhotoKind.WEBP),
    (b"BM" + bytes(12) + b"\x28\0\0\0", PhotoKind.BMP),
    (_ftyp(b"heic", b"mif1"), PhotoKind.HEIF),
    (_ftyp(b"mif1", b"heic"), PhotoKind.HEIF),
    (_ftyp(b"mif1", b"avif"), PhotoKind.AVIF),
    (_ftyp(b"avis", b"avif"), PhotoKind.AVIF),
    (_ftyp(b"crx ", b"isom"), PhotoKind.RAW),
    (_ftyp(b"isom", b"mp41"), None),
    (_ftyp(b"mp42", b"heic"), None),
    (b"II*\0\x10\0\0\0CR\x02\0", PhotoKind.RAW),
    (b"FUJIFILMCCD-RAW 0201", PhotoKind.RAW),
    (b"IIRO\x08\0\0\0", PhotoKind.RAW),
    (b"IIU\0\x18\0\0\0", PhotoKind.RAW),
    (_tiff("<", (0xC612, 1, 0x401)), PhotoKind.RAW),
    (_tiff(">", (0xFE, 4, 1), (0x14A, 4, 9)), PhotoKind.RAW),
    (_tiff(">", (0xFE, 4, 0), (0x14A, 4, 9)), PhotoKind.TIFF),
    (_tiff("<", (0x100, 3, 10)), PhotoKind.TIFF),
    (b"BMW is a car, and this a text about it", None),
    (b"RIFF\x10\0\0\0AVI LIST", None),
    (b"", None),
]


@pytest.mark.parametrize(("head", "kind"), HEADS)
@pytest.mark.parametrize("name", [b"a.jpg", b"a.mp4", b"a", b"a.TIF"])
def test_content_decides(head: bytes, kind: PhotoKind | None, name: bytes) -> None:
    assert kind_of(head, name) is kind


@pytest.mark.parametrize("name", [b"a.nef", b"A.NEF", b"x/a.arw", b"a.pef", b"a.3fr"])
def test_among_tiff_the_name_decides(name: bytes) -> None:
    assert kind_of(_tiff("<"), name) is PhotoKind.RAW
    assert kind_of(b"\xff\xd8\xff\xe0", name) is PhotoKind.JPEG


@given(st.binary(max_size=300), st.binary(max_size=30))
def test_any_bytes_have_an_answer(head: bytes, name: bytes) -> None:
    kind_of(head, name)
    looks_like_photo(name)
    assert describe(head)
    assert misnamed(name, describe(head))


@given(st.sampled_from([head for head, _ in HEADS]), st.data())
def test_a_cut_head_is_never_another_kind(head: bytes, data: st.DataObject) -> None:
    """Less of a file can hide what it is, and a RAW's directory, but not turn it around."""
    whole = kind_of(head, b"a")
    part = kind_of(head[: data.draw(st.integers(0, len(head)))], b"a")
    allowed = {whole, None, PhotoKind.TIFF if whole is PhotoKind.RAW else whole}
    allowed |= {PhotoKind.HEIF} if whole is PhotoKind.AVIF else set()

    assert part in allowed


@pytest.mark.parametrize(
    ("name", "promises"),
    [
        (b"a.jpg", True),
        (b"A.JPEG", True),
        (b"a.b.HEIC", True),
        (b"\xff\n.cr3", True),
        (b".jpg", False),
        (b"jpg", False),
        (b"a.mp4", False),
        (b"a.jpg.xmp", False),
        (b"a.", False),
    ],
)
def test_what_a_name_promises(name: bytes, promises: bool) -> None:  # noqa: FBT001
    assert looks_like_photo(name) is promises


def test_the_extension_is_that_of_the_last_part() -> None:
    assert extension(b"photos.jpg/readme") == b""
    assert extension(b"photos/a.JPG") == b"jpg"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"", "nothing"),
        (bytes(100), "only zeros"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "HTML"),
        (b"<?xml version='1.0'?><svg/>", "XML"),
        (b"hello\nworld", "text"),
        (b"\x1aE\xdf\xa3", "a video"),
        (_ftyp(b"qt  "), "a video"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\xff\x0a\x01", "a JPEG XL picture, which is not supported"),
        (b"\x01\x02\x03", "nothing we know"),
    ],
)
def test_unknown_content_is_called_what_it_seems(head: bytes, words: str) -> None:
    assert describe(head) == words


def test_the_reason_names_both() -> None:
    assert misnamed(b"IMG_1.JPG", "HTML") == "named .jpg but holds HTML"
