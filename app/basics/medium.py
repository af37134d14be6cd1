"""Reading a file back from the medium it lies on, past the system's memory of it; it writes nothing.

The Windows branch is written from the documentation and cannot be run on the machines that test this.
"""

from __future__ import annotations

import errno
import hashlib
import mmap
import os
import sys
from pathlib import Path

_PIECE = 1 << 20
_UNKNOWN = (errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS)


def digest(path: Path) -> bytes:
    """SHA-256 of a file as its medium gives it, wherever the system offers a way to ask the medium.

    Where a driver knows no direct reading, the system is told to forget the file and then reads it. Raises OSError.
    """
    try:
        return _digest(_open_direct(path))
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
    return _digest(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)))


def _digest(handle: int) -> bytes:
    with open(handle, "rb", buffering=0) as file:
        if sys.platform != "win32" and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        told, left = hashlib.sha256(), os.fstat(handle).st_size
        room = mmap.mmap(-1, _PIECE)  # begins on a page, as direct reading asks
        while left > 0 and (count := file.readinto(room)):
            told.update(room[:count])
            left -= count
        return told.digest()


if sys.platform == "win32":

    def _open_direct(path: Path) -> int:
        import ctypes
        import msvcrt

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateFileW.restype = ctypes.c_void_p
        # GENERIC_READ, shared with everybody, OPEN_EXISTING, FILE_FLAG_NO_BUFFERING
        handle = kernel.CreateFileW(str(path), 0x80000000, 7, None, 3, 0x20000000, None)
        if handle in (None, ctypes.c_void_p(-1).value):
            raise ctypes.WinError(ctypes.get_last_error())
        return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_BINARY)

else:

    def _open_direct(path: Path) -> int:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECT", 0))
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(handle, fcntl.F_NOCACHE, 1)
        return handle
