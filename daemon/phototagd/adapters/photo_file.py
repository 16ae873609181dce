"""Opens a photo so that nothing can hang, follow a link or be mistaken for a file."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from phototagd.domain.errors import NotYet, Vanished

_GONE = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO, errno.ENAMETOOLONG, errno.EISDIR}
)
# A FIFO without a writer would block open(), a link may lead anywhere. Where a flag is
# missing (Windows) neither exists in that form.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@contextmanager
def open_photo(photo: bytes) -> Iterator[BinaryIO]:
    """The regular file at an absolute path, open for buffered reading.

    Raises Vanished when it is gone or no regular file (any more), NotYet when it cannot be
    opened, or read within the block, at the moment. Errors without a number are not the
    system's and pass through.
    """
    try:
        descriptor = os.open(photo, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Vanished("not a regular file")
            yield file
    except OSError as error:
        if error.errno is None:
            raise
        raise _translated(error) from error


def _translated(error: OSError) -> NotYet | Vanished:
    reason = os.strerror(error.errno or 0)
    if error.errno in _GONE:
        return Vanished(f"gone: {reason}")
    return NotYet(f"cannot be read now: {reason}")
