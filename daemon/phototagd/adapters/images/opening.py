"""Opens a photo for decoding and explains whatever goes wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from phototagd.adapters.images.truncation import is_cut_short, is_incomplete
from phototagd.adapters.photo_file import open_photo
from phototagd.domain.asset import PhotoKind
from phototagd.domain.errors import NotYet, PhototagdError, Unreadable
from phototagd.rules.photo.kinds import HEAD_BYTES, describe, kind_of, looks_like_photo, misnamed

_LABELS = {PhotoKind.WEBP: "WebP", PhotoKind.RAW: "RAW photo"}
_CUT_WORDS = ("truncated", "unexpected end", "premature end")
_MEMORY_WORDS = ("memory", "bad_alloc")
_MAX_REASON = 200


@contextmanager
def opened(photo: bytes) -> Iterator[tuple[BinaryIO, PhotoKind]]:
    """The file at an absolute path and its kind, open for a decoder.

    Errors of decoders raised within the block leave it as NotYet (the file is incomplete),
    Unreadable (it is damaged) or MemoryError. Raises Vanished and NotYet as `open_photo`.
    """
    with open_photo(photo) as file:
        kind = _recognised(file, photo.rpartition(b"/")[2])
        if is_incomplete(file, kind):
            raise NotYet("the file is incomplete: its last part is missing")
        file.seek(0)
        try:
            yield file, kind
        except (PhototagdError, MemoryError):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk's fault, translated by `open_photo`
            raise _explained(file, kind, error) from error


def _recognised(file: BinaryIO, name: bytes) -> PhotoKind:
    head = file.read(HEAD_BYTES)
    if not head:
        raise NotYet("the file is empty")
    kind = kind_of(head, name)
    if kind is not None:
        return kind
    if not head.strip(b"\0"):
        raise NotYet("the file begins with zeros only: it seems to be still copied")
    what = describe(head)
    raise Unreadable(misnamed(name, what) if looks_like_photo(name) else f"no photo but {what}")


def _explained(
    file: BinaryIO, kind: PhotoKind, error: Exception
) -> NotYet | Unreadable | MemoryError:
    words = " ".join(str(error).split())
    if any(word in words.lower() for word in _MEMORY_WORDS):
        return MemoryError()
    if any(word in words.lower() for word in _CUT_WORDS) or is_cut_short(file):
        return NotYet("the file is incomplete: its last part is missing")
    label = _LABELS.get(kind, kind.value.upper())
    if not words or "cannot identify image file" in words:
        words = "its structure is broken"
    return Unreadable(f"the {label} is damaged: {words[:_MAX_REASON]}")
