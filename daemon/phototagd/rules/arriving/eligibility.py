"""Which names are worth looking at: junk is never entered, temporary files are no photos.

Names are bytes and compared without regard to ASCII case. The lists were gathered from what
sync tools, browsers, NAS systems, operating systems and photo programs leave in folders; what
a *photo* is, its content decides (`rules.kinds`), never its name.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Self

from phototagd.domain.errors import ConfigError

OPT_OUT_MARKERS = frozenset({b".nomedia", b".noai"})
"""Files whose presence keeps a folder, and everything below it, out of sight."""

SIDECAR_EXTENSION = b".xmp"

_JUNK_FOLDERS = frozenset(
    # Synology, QNAP, ASUSTOR
    b"@eadir #recycle #snapshot @tmp @sharebin @synoresource .@__thumb @recycle".split()
    + b"@recently-snapshot .streams .@plugins".split()
    # snapshots of ZFS, btrfs, snapper
    + b".zfs .snapshots".split()
    # macOS, Windows, Linux
    + b".appledouble .appledb .spotlight-v100 .fseventsd .trashes .temporaryitems".split()
    + [b"system volume information"]
    + b"__macosx $recycle.bin lost+found .trash".split()
    # Syncthing, Resilio, Dropbox, Immich, PhotoPrism, digiKam, developers
    + b".stfolder .stversions .sync .dropbox.cache .immich thumbs encoded-video".split()
    + b".photoprism .thumbnails .dtrash .git node_modules".split()
)
_JUNK_FOLDER_STARTS = (b"synophoto_", b".trash-", b"._", b"~syncthing~")
_JUNK_FOLDER_ENDS = (b".lrdata",)

_JUNK_FILES = frozenset(b".ds_store .localized desktop.ini thumbs.db .stignore .immich".split())
_TEMPORARY_STARTS = (
    b"._",  # AppleDouble: the resource fork of a file of the same name
    b"~$",
    b".~",
    b"~syncthing~",
    b".syncthing.",
    b".goutputstream-",
    b".nfs",
    b".fuse_hidden",
    b".smbdelete",
    b".sb-",
    b".pxl",
    b".pending-",  # Android MediaStore, while a photo is being taken
    b".trashed-",
    b".phototagd-",  # our own, between write and rename
)
_TEMPORARY_ENDS = (
    *b".tmp .temp .part .partial .crdownload .download .filepart .!sync .!ut .opdownload".split(),
    b".phtmp",  # our own copies
)
_NO_PHOTO_ENDS = (*_TEMPORARY_ENDS, SIDECAR_EXTENSION)
_HIDING_STARTS = (b".", b"~")
_RSYNC_TEMPORARY = re.compile(rb"\..+\.[a-z0-9]{6}", re.DOTALL)


def is_junk_folder(name: bytes) -> bool:
    """Whether a folder of this name is never entered."""
    lowered = name.lower()
    return (
        lowered in _JUNK_FOLDERS
        or lowered.startswith(_JUNK_FOLDER_STARTS)
        or lowered.endswith(_JUNK_FOLDER_ENDS)
    )


def is_temporary(name: bytes) -> bool:
    """Whether a file of this name is still being written by some program."""
    lowered = name.lower()
    if lowered.endswith(_TEMPORARY_ENDS):
        return True
    if lowered[:1] not in _HIDING_STARTS:
        return False
    return lowered.startswith(_TEMPORARY_STARTS) or _RSYNC_TEMPORARY.fullmatch(lowered) is not None


def is_sidecar(name: bytes) -> bool:
    """Whether a file of this name describes another file."""
    return name[-4:].lower() == SIDECAR_EXTENSION


def may_be_photo(name: bytes) -> bool:
    """Whether a file of this name is worth reading at all."""
    lowered = name.lower()
    if lowered.endswith(_NO_PHOTO_ENDS) or lowered in _JUNK_FILES:
        return False
    if lowered[:1] not in _HIDING_STARTS:
        return True
    return name not in OPT_OUT_MARKERS and not is_temporary(lowered)


class IgnoreRules:
    """What a person does not want looked at in one library: a small `.gitignore`.

    A pattern without a slash matches a file or folder of that name at any depth. A pattern
    with a slash is a path below the library's folder. A slash at the end means folders only.
    `*` and `?` stay within one name, `**` crosses slashes, `[...]` is a set of characters. A
    matching folder is not entered. Case does not matter.

    Raises ConfigError for a pattern that is empty, negated (`!`), or not well-formed.
    """

    def __init__(self, patterns: Sequence[str] = ()) -> None:
        compiled = [_Pattern.read(pattern) for pattern in patterns]
        self._folders = _any_of(p.regex for p in compiled)
        self._files = _any_of(p.regex for p in compiled if not p.folders_only)

    def skips_folder(self, folder: bytes) -> bool:
        """Whether a relative folder path is junk or ignored by its own name or path."""
        if is_junk_folder(folder[folder.rfind(b"/") + 1 :]):
            return True
        return self._folders is not None and self._folders.fullmatch(folder) is not None

    def hides_folder(self, folder: bytes) -> bool:
        """Whether a relative folder path, or any folder above it, is junk or ignored."""
        parts = folder.split(b"/") if folder else []
        return any(self.skips_folder(b"/".join(parts[: n + 1])) for n in range(len(parts)))

    def skips_file(self, path: bytes) -> bool:
        """Whether a relative file path is ignored."""
        return self._files is not None and self._files.fullmatch(path) is not None

    @property
    def has_file_patterns(self) -> bool:
        """Whether `skips_file` can ever be true; saves a walk a call per file."""
        return self._files is not None


class _Pattern:
    def __init__(self, *, regex: bytes, folders_only: bool) -> None:
        self.regex = regex
        self.folders_only = folders_only

    @classmethod
    def read(cls, pattern: str) -> Self:
        body = pattern.rstrip("/")
        if not body.strip() or pattern.startswith("!"):
            raise ConfigError(
                f"ignore = {pattern!r}: a pattern names files or folders, such as 'raw/*.dng'"
            )
        is_anchored = "/" in body
        try:
            regex = _translate(body.lstrip("/").encode("utf-8", "surrogateescape"))
            re.compile(regex)
        except re.error as error:
            raise ConfigError(f"ignore = {pattern!r}: {error}") from error
        return cls(
            regex=regex if is_anchored else rb"(?:.*/)?" + regex,
            folders_only=pattern.endswith("/"),
        )


def _any_of(regexes: Iterable[bytes]) -> re.Pattern[bytes] | None:
    alternatives = b"|".join(b"(?:" + regex + b")" for regex in regexes)
    return re.compile(alternatives, re.DOTALL | re.IGNORECASE) if alternatives else None


_TOKEN = re.compile(rb"\*\*/|\*\*|\*|\?|\[[^\]]+\]|.", re.DOTALL)
_WILD = {b"**/": rb"(?:.*/)?", b"**": rb".*", b"*": rb"[^/]*", b"?": rb"[^/]"}


def _translate(glob: bytes) -> bytes:
    return b"".join(_translate_token(token) for token in _TOKEN.findall(glob))


def _translate_token(token: bytes) -> bytes:
    if len(token) > 1 and token.startswith(b"["):
        inside = token[1:-1].replace(b"\\", rb"\\").replace(b"[", rb"\[")
        return b"[" + (b"^" + inside[1:] if inside.startswith(b"!") else inside) + b"]"
    return _WILD.get(token) or re.escape(token)
