"""What the system says when a photo is to be replaced, in the words of the house."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from phototagd.domain.errors import EmbedRefused, NotYet, SidecarRaced, Unavailable

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG})


@contextmanager
def translated(photo: bytes) -> Iterator[None]:
    """Turn the errors of the system into those of `domain.errors`.

    What may not be written costs the embedding and never the sidecar: EmbedRefused.
    """
    try:
        yield
    except (FileExistsError, FileNotFoundError) as error:
        raise SidecarRaced("the photo changed meanwhile") from error
    except OSError as error:
        if error.errno is None:
            raise
        reason = os.strerror(error.errno)
        if error.errno in _FORBIDDEN:
            raise EmbedRefused(f"its folder cannot be written to: {reason}") from error
        if error.errno in _FULL:
            folder = photo.rpartition(b"/")[0].decode("utf-8", "backslashreplace")
            raise Unavailable(
                f"cannot put words into photos in {folder}: {reason}",
                remedy="free some space; writing goes on by itself",
            ) from error
        raise NotYet(f"the photo cannot be written now: {reason}") from error
