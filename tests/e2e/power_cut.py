"""What a disk would hold if the power went: replayed from the daemon's own system calls.

`strace` records what the daemon did to its folders. The model is the least that POSIX
promises: what was written is gone unless that file was synced afterwards, and a name made,
changed or removed is as it was unless its folder was synced afterwards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat,write,pwrite64,writev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,mkdir,mkdirat"
)
_LINE = re.compile(r"(\d+\.\d+) (\w+)\((.*)\)\s+= (-?\d+)(.*?)(?: <([\d.]+)>)?$")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_FD = re.compile(r"^(\d+)<([^>]*)>")


def recorder(output: Path) -> tuple[str, ...]:
    """The program that runs a daemon and records it; one file per thread."""
    return (
        "strace", "-D", "-ff", "-qq", "-y", "-xx", "-s", "1000000", "--timestamps=unix,ns",
        "--syscall-times=ns", "--signal=none", "-e", f"trace={CALLS}", "-o", str(output),
    )  # fmt: skip


@dataclass(frozen=True, order=True)
class Call:
    """One system call; `at` is when it ended, for a sync also when it began."""

    at: float
    number: int
    kind: str
    paths: tuple[str, ...]
    data: bytes = b""
    offset: int | None = None
    size: int = 0
    flags: str = ""


@dataclass
class _File:
    """One inode: what programs see, what is on disk, and what a running sync will put there."""

    seen: bytearray = field(default_factory=bytearray)
    kept: bytes = b""
    syncing: bytes = b""


class Disk:
    """Files below one folder, as programs see them and as a power cut leaves them."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._before = {str(p): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        self._folders = {self._root, *(str(p) for p in root.rglob("*") if p.is_dir())}
        self.reset()

    def reset(self) -> None:
        """Back to what was there when this object was made."""
        self.folders = set(self._folders)
        self._seen = {path: _File(bytearray(was), was) for path, was in self._before.items()}
        self._kept = dict(self._seen)
        self._folder_syncing: dict[str, dict[str, _File]] = {}

    def do(self, call: Call) -> bool:  # noqa: C901 -- one case per system call is the table
        """Take over one call; whether that can change what a power cut leaves."""
        paths = [path for path in call.paths if path.startswith(self._root)]
        if not paths:
            return False
        match call.kind:
            case "open":
                if "O_CREAT" in call.flags:
                    self._seen.setdefault(paths[0], _File())
                if "O_TRUNC" in call.flags and paths[0] in self._seen:
                    self._seen[paths[0]].seen.clear()
            case "write":
                self._write(self._seen[paths[0]], call)
            case "truncate":
                file = self._seen[paths[0]].seen
                del file[call.size :]
                file.extend(bytes(call.size - len(file)))
            case "sync-begin":
                self._begin_sync(paths[0])
            case "sync-end":
                return self._end_sync(paths[0])
            case "rename":
                self._seen[paths[1]] = self._seen.pop(paths[0])
            case "link":
                self._seen[paths[1]] = self._seen[paths[0]]
            case "unlink":
                self._seen.pop(paths[0], None)
            case "mkdir":
                self.folders.add(paths[0])
        return False

    def left(self, *, names_kept: bool = False) -> dict[str, bytes]:
        """What is there after the power came back.

        With `names_kept` the disk was quick with names and slow with contents, as many are.
        """
        names = self._seen if names_kept else self._kept
        return {path: file.kept for path, file in names.items()}

    def _write(self, file: _File, call: Call) -> None:
        at = len(file.seen) if call.offset is None else call.offset
        if at > len(file.seen):
            file.seen.extend(bytes(at - len(file.seen)))
        file.seen[at : at + len(call.data)] = call.data

    def _begin_sync(self, path: str) -> None:
        if path in self.folders:
            self._folder_syncing[path] = {
                name: file for name, file in self._seen.items() if name.rpartition("/")[0] == path
            }
        else:
            self._seen[path].syncing = bytes(self._seen[path].seen)

    def _end_sync(self, path: str) -> bool:
        if path not in self.folders:
            file = self._seen[path]
            is_new = file.kept != file.syncing
            file.kept = file.syncing
            return is_new
        for name in [name for name in self._kept if name.rpartition("/")[0] == path]:
            del self._kept[name]
        self._kept.update(self._folder_syncing.pop(path, {}))
        return True


def recorded(output: Path) -> list[Call]:
    """Everything that was recorded, in the order in which it happened."""
    calls = [
        call
        for file in output.parent.glob(output.name + ".*")
        for line in file.read_text().splitlines()
        for call in _read(line)
    ]
    return sorted(calls, key=lambda call: call.at)


def _read(line: str) -> Iterator[Call]:
    found = _LINE.match(line)
    if found is None or int(found[4]) < 0:
        return
    began = float(found[1])
    ended = began + float(found[6] or 0)
    name, arguments, result = found[2], found[3], int(found[4])
    strings = [bytes.fromhex(text.replace("\\x", "")) for text, _ in _STRING.findall(arguments)]
    fd = _FD.match(arguments)
    of_fd = _plain(fd[2]) if fd else ""
    if name == "openat":
        opened = re.match(r"<([^>]*)>", found[5])
        yield Call(ended, 0, "open", (_plain(opened[1]) if opened else "",), flags=arguments)
    elif name in ("write", "pwrite64"):
        data = strings[0][:result]
        assert len(data) == result, "strace has cut what was written"
        offset = int(arguments.rsplit(", ", 1)[1]) if name == "pwrite64" else None
        number = int(fd[1]) if fd else -1
        at = began if number <= 2 else ended
        yield Call(at, number, "write", (of_fd,), data, offset)
    elif name == "ftruncate":
        yield Call(ended, 0, "truncate", (of_fd,), size=int(arguments.rsplit(", ", 1)[1]))
    elif name in ("fsync", "fdatasync"):
        yield Call(began, 0, "sync-begin", (of_fd,))
        yield Call(ended, 0, "sync-end", (of_fd,))
    else:
        kind = re.sub("at2?$", "", name)
        yield Call(ended, 0, kind, tuple(text.decode() for text in strings))


def _plain(text: str) -> str:
    """A path as `-y` shows it under `-xx`."""
    if "\\x" not in text:
        return text
    return bytes.fromhex(text.replace("\\x", "")).decode()
