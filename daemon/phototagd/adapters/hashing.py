"""Reads a file once and says what its bytes are."""

import hashlib
import os
from typing import BinaryIO

from phototagd.adapters.image_data import Malformed, image_data
from phototagd.adapters.photo_file import open_photo
from phototagd.domain.asset import Identity, PhotoKind, Stamp
from phototagd.domain.errors import NotYet
from phototagd.rules.photo.kinds import HEAD_BYTES, describe, kind_of, looks_like_photo

_STEP = 1 << 20
_DIGEST_BYTES = 20
_IMAGE_SCHEME = "image1"  # hash over what the walkers of `image_data` yield
_FILE_SCHEME = "file1"  # hash over the whole file


class ContentIdentifier:
    """Hashes photos with BLAKE2b, in bounded memory, never through a memory map.

    A memory map of a file that shrinks on a share kills the process (SIGBUS); reads do not.
    """

    def identify(self, photo: bytes) -> Identity:
        """Kind and hash of the file at an absolute path.

        The hash is `scheme:hex`, personalised with the kind: over the image data of a
        well-formed JPEG, PNG or WebP (`image1`, metadata does not matter), else over the
        whole file (`file1`). What is no photo is not read beyond its first bytes: its hash
        is empty and `looks_like` says what it seems to be.

        Raises NotYet (unreadable now, empty, still zeros, changed while read) or Vanished.
        """
        with open_photo(photo) as file:
            before = _stamp(file)
            if before.size == 0:
                raise NotYet("the file is empty")
            name = photo.rpartition(b"/")[2]
            head = file.read(HEAD_BYTES)
            if looks_like_photo(name) and not head.strip(b"\0"):
                raise NotYet("the file begins with zeros only: it seems to be still copied")
            kind = kind_of(head, name)
            if kind is None:
                return Identity(None, "", True, before, looks_like=describe(head))
            digest, covers_metadata = _digest(file, kind)
            if _stamp(file) != before:
                raise NotYet("the file changed while it was read")
            return Identity(kind, digest, covers_metadata, before)


def _stamp(file: BinaryIO) -> Stamp:
    status = os.fstat(file.fileno())
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def _digest(file: BinaryIO, kind: PhotoKind) -> tuple[str, bool]:
    """The hash with its scheme, and whether it covers metadata."""
    file.seek(0)
    pieces = image_data(file, kind)
    if pieces is not None:
        hasher = _hasher(kind)
        try:
            for piece in pieces:
                hasher.update(piece)
        except Malformed:
            file.seek(0)
        else:
            return f"{_IMAGE_SCHEME}:{hasher.hexdigest()}", False
    hasher = _hasher(kind)
    while piece := file.read(_STEP):
        hasher.update(piece)
    return f"{_FILE_SCHEME}:{hasher.hexdigest()}", True


def _hasher(kind: PhotoKind) -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=_DIGEST_BYTES, person=kind.value.encode())
