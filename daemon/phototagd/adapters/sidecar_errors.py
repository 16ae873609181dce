"""What the system says about sidecars, in the words of the house."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from phototagd.domain.errors import NotYet, SidecarBroken, SidecarRaced, Unavailable

_WORLD = {
    errno.ENOSPC: "free some space; writing goes on by itself",
    errno.EDQUOT: "raise the quota or free some space; writing goes on by itself",
    errno.EROFS: 'mount it writable, or set sidecars = "mirror" for this library',
    errno.EIO: "check the disk and the kernel log; the disk may be failing",
}


@contextmanager
def translated(path: bytes) -> Iterator[None]:
    """Turn the errors of the system into NotYet, Unavailable or the sidecar errors.

    One folder that may not be written must not stop the others, so a missing permission is
    NotYet and not Unavailable.
    """
    try:
        yield
    except FileExistsError as error:
        raise SidecarRaced("a sidecar of that name appeared meanwhile") from error
    except OSError as error:
        if error.errno is None:
            raise
        reason = os.strerror(error.errno)
        if error.errno in _WORLD:
            folder = path.rpartition(b"/")[0].decode("utf-8", "backslashreplace")
            raise Unavailable(
                f"cannot write sidecars in {folder}: {reason}",
                remedy=_WORLD[error.errno],
            ) from error
        if error.errno == errno.ENAMETOOLONG:
            raise SidecarBroken("the sidecar's name would be too long for this disk") from error
        raise NotYet(f"the sidecar cannot be read or written now: {reason}") from error
