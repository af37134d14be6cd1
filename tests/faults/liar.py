"""A stick that lies: `python -S tests/faults/liar.py FOLDER MEDIUM LIE` mounts it (FUSE) until killed; tests nothing.

The protocol of /dev/fuse is spoken here in plain Python: nothing needs to be installed. Every write and every flush is
acknowledged. What really came to lie on the stick is in the folder MEDIUM, and that is what a reader gets who asks the
stick; the system's own memory holds what was written until somebody makes it forget. LIE is one of

    nothing         an honest stick
    drops:N         from the N-th write on (a write is up to 4 KiB) nothing reaches the medium
    skips:N         the N-th write does not
    flips:N         one bit of the N-th write is another
    holds:SIZE      a small stick sold as a large one: bytes of a file beyond SIZE land on those at its beginning
    forgets         all is there, renamed too, until it is pulled: nothing of it was ever on the medium
    answers:PATH    every second opening of a file reads what PATH holds instead
    named           as the name of the file says: `flips:3 b.saha`
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct
import sys
from pathlib import Path

ROOT_NODE = 1
PAGE = 4096
KEEP_CACHE = 2  # what was written stays in the system's memory when the file is opened again
_ENTRY = struct.Struct("<QQQQII")
_ATTR = struct.Struct("<QQQQQQIIIIIIIIII")
_HEAD = struct.Struct("<IIQQIIIHH")


class Liar:
    """The files of one folder, no folders below; content by name, as the stick shows it."""

    def __init__(self, medium: Path, lie: str) -> None:
        self.medium = medium
        self.lie, _, self.detail = lie.partition(":")
        self.writes: dict[str, int] = {}
        self.files = {path.name: bytearray(path.read_bytes()) for path in sorted(medium.iterdir())}
        self.nodes: dict[int, str | None] = {ROOT_NODE: None}
        self.opened: dict[str, int] = {}
        self.other: set[int] = set()  # handles that read the other content
        self.handles = 0

    def node(self, name: str) -> int:
        for number, known in self.nodes.items():
            if known == name:
                return number
        number = max(self.nodes) + 1
        self.nodes[number] = name
        return number

    def keep(self, name: str) -> None:
        """Bring a file to the medium, unless it is all a dream."""
        if self.lie != "forgets":
            (self.medium / name).write_bytes(self.files[name])

    def write(self, name: str, offset: int, data: bytes) -> None:
        """Put bytes where the lie lets them go."""
        for start in range(0, len(data), PAGE):
            self._write_page(name, offset + start, data[start : start + PAGE])
        self.keep(name)

    def _write_page(self, name: str, offset: int, piece: bytes) -> None:
        content = self.files[name]
        if len(content) < offset + len(piece):
            content.extend(bytes(offset + len(piece) - len(content)))
        lie, detail = self.lie, self.detail
        if lie == "named":
            lie, _, detail = name.split(" ")[0].partition(":")
        number = int(detail) if detail.isdigit() else 0
        count = self.writes[name] = self.writes.get(name, 0) + 1
        if (lie == "drops" and count >= number) or (lie == "skips" and count == number):
            return
        if lie == "flips" and count == number:
            piece = piece[:-1] + bytes([piece[-1] ^ 1])
        if lie == "holds" and offset >= number:
            offset %= number
        content[offset : offset + len(piece)] = piece

    # --- the answers; each gives the bytes after the header, or raises OSError(errno) ---

    def attributes(self, node: int) -> bytes:
        name = self.nodes[node]
        if name is None:
            return _ATTR.pack(node, 0, 0, 0, 0, 0, 0, 0, 0, stat.S_IFDIR | 0o755, 2, 0, 0, 0, PAGE, 0)
        size = len(self._content(name))
        return _ATTR.pack(node, size, -(-size // 512), 0, 0, 0, 0, 0, 0, stat.S_IFREG | 0o644, 1, 0, 0, 0, PAGE, 0)

    def entry(self, name: str) -> bytes:
        node = self.node(name)
        return _ENTRY.pack(node, 0, 60, 60, 0, 0) + self.attributes(node)

    def _content(self, name: str) -> bytearray:
        if name not in self.files:
            raise OSError(errno.ENOENT, name)
        return self.files[name]

    def open(self, name: str) -> bytes:
        self.opened[name] = self.opened.get(name, 0) + 1
        self.handles += 1
        if self.lie == "answers":
            if self.opened[name] % 2 == 0:
                self.other.add(self.handles)
            return struct.pack("<QII", self.handles, 1, 0)  # every reading asks the stick
        return struct.pack("<QII", self.handles, KEEP_CACHE, 0)

    def answer(self, code: int, node: int, body: bytes) -> bytes | None:
        """The reply to one request, None where there is none to give."""
        if code in (2, 36, 42):  # FORGET, INTERRUPT, BATCH_FORGET
            return None
        if code == 26:  # INIT
            asked = struct.unpack_from("<IIII", body)
            flags = asked[3] & (1 | 1 << 3 | 1 << 5 | 1 << 22)
            return struct.pack("<IIIIHHIIHHI28x", 7, 31, asked[2], flags, 12, 9, 131_072, 1, 32, 0, 0)
        if code == 1:  # LOOKUP
            self._content(name := text(body))
            return self.entry(name)
        if code == 3:  # GETATTR
            return struct.pack("<QII", 60, 0, 0) + self.attributes(node)
        if code == 4:  # SETATTR
            valid, _, _, size = struct.unpack_from("<IIQQ", body)
            if valid & 8:
                name = self._name(node)
                content = self._content(name)
                content[:] = content[:size].ljust(size, b"\0")
                self.keep(name)
            return struct.pack("<QII", 60, 0, 0) + self.attributes(node)
        if code == 10:  # UNLINK
            self._content(name := text(body))
            self._gone(name)
            return b""
        if code == 12:  # RENAME
            old, new = body[8:].split(b"\0")[:2]
            self._rename(old.decode(), new.decode())
            return b""
        if code == 14:  # OPEN
            return self.open(self._name(node))
        if code == 15:  # READ
            handle, offset, size = struct.unpack_from("<QQI", body)
            other = handle in self.other
            shown = Path(self.detail).read_bytes() if other else bytes(self._content(self._name(node)))
            return shown[offset : offset + size]
        if code == 16:  # WRITE
            _, offset, size = struct.unpack_from("<QQI", body)
            self.write(self._name(node), offset, body[40 : 40 + size])
            return struct.pack("<II", size, 0)
        if code == 17:  # STATFS
            return struct.pack("<QQQQQIIII24x", 8192, 8000, 8000, 999, 900, PAGE, 255, PAGE, 0)
        if code == 27:  # OPENDIR
            return struct.pack("<QII", 0, 0, 0)
        if code == 28:  # READDIR
            return self._listing(*struct.unpack_from("<QQI", body)[1:])
        if code == 35:  # CREATE
            name = text(body[16:])
            self.files[name] = bytearray()
            self.keep(name)
            return self.entry(name) + self.open(name)
        if code in (18, 20, 25, 29, 30, 34):  # RELEASE, FSYNC, FLUSH, RELEASEDIR, FSYNCDIR, ACCESS
            return b""
        raise OSError(errno.ENOSYS, str(code))

    def _name(self, node: int) -> str:
        name = self.nodes[node]
        if name is None:
            raise OSError(errno.EISDIR, "")
        return name

    def _gone(self, name: str) -> None:
        del self.files[name]
        self.nodes = {number: known for number, known in self.nodes.items() if known != name}
        if self.lie != "forgets":
            (self.medium / name).unlink(missing_ok=True)

    def _rename(self, old: str, new: str) -> None:
        content = self._content(old)
        node = self.node(old)
        if new in self.files:
            self._gone(new)
        self.files[new] = content
        self.keep(new)
        self._gone(old)
        self.nodes[node] = new

    def _listing(self, offset: int, size: int) -> bytes:
        told = b""
        for number, name in enumerate([".", "..", *self.files], 1):
            raw = name.encode()
            one = struct.pack("<QQII", number + 10, number, len(raw), 4 if number < 3 else 8) + raw
            one += bytes(-len(one) % 8)
            if number > offset and len(told) + len(one) <= size:
                told += one
        return told


def text(body: bytes) -> str:
    return body.split(b"\0")[0].decode()


def mount(folder: str) -> int:
    """Mount this process at a folder; gives the device."""
    device = os.open("/dev/fuse", os.O_RDWR)
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other".encode()
    if libc.mount(b"liar", folder.encode(), b"fuse", 2 | 4, options):
        raise OSError(ctypes.get_errno(), "mount")
    return device


def serve(device: int, liar: Liar) -> None:
    """Answer until the stick is taken away."""
    while True:
        try:
            request = os.read(device, 1 << 18)
        except OSError as error:
            if error.errno in (errno.EINTR, errno.ENOENT):
                continue
            return
        _, code, unique, node, *_ = _HEAD.unpack_from(request)
        try:
            told, failed = liar.answer(code, node, request[_HEAD.size :]), 0
        except OSError as error:
            told, failed = b"", error.errno or errno.EIO
        if told is not None:
            os.write(device, struct.pack("<IiQ", 16 + len(told), -failed, unique) + told)


if __name__ == "__main__":
    serve(mount(sys.argv[1]), Liar(Path(sys.argv[2]), sys.argv[3]))
