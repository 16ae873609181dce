"""Two files swap their names in one step, so that nothing can come in between unseen."""

import ctypes
import errno
import os

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})


def exchange(one: bytes, other: bytes) -> bool:
    """Swap two files of one disk; False where the system or the disk cannot do that.

    See renameat2(2); local Linux disks can, most shares and FAT cannot. Raises OSError when
    one of them is missing.
    """
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # no such call in this C library
        return False
    if rename(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code))
