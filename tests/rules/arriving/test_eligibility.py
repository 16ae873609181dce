"""What is never looked at: junk, temporary files, and what a person ignores."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.errors import ConfigError
from phototagd.rules.arriving.eligibility import (
    IgnoreRules,
    is_junk_folder,
    is_sidecar,
    is_temporary,
    may_be_photo,
)


@pytest.mark.parametrize(
    "name",
    [
        b"@eaDir", b"#recycle", b"#snapshot", b"@tmp", b".@__thumb", b"@Recycle", b".streams",
        b".zfs", b".snapshots", b"$RECYCLE.BIN", b"System Volume Information", b"lost+found",
        b".Trash", b".Trash-1000", b"__MACOSX", b".stversions", b".git", b"node_modules",
        b"Previews.lrdata", b"SYNOPHOTO_THUMB", b".dtrash", b"THUMBS",
    ],
)  # fmt: skip
def test_junk_folders_are_never_entered(name: bytes) -> None:
    assert is_junk_folder(name)


@pytest.mark.parametrize("name", [b"2026", b"recycle", b"Trash pictures", b"", b"\xff\xfe", b"git"])
def test_other_folders_are_entered(name: bytes) -> None:
    assert not is_junk_folder(name)


@pytest.mark.parametrize(
    "name",
    [
        b"a.jpg.tmp", b"A.JPG.TMP", b"a.part", b"a.jpg.crdownload", b"a.filepart", b"~$a.jpg",
        b".~a.jpg", b".a.jpg.Xy12zQ", b".syncthing.a.jpg.tmp", b"~syncthing~a.jpg.tmp",
        b".goutputstream-AB12", b".nfs000123", b".fuse_hidden0001", b".smbdelete12", b".sb-a",
        b"a.ocTransferId123.part", b".pending-123-a.jpg", b".trashed-1-a.jpg", b"._a.jpg",
        b".phototagd-1a2b.tmp", b".phototagd-1a2b",
    ],
)  # fmt: skip
def test_temporary_files_are_no_photos(name: bytes) -> None:
    assert is_temporary(name)
    assert not may_be_photo(name)


@pytest.mark.parametrize(
    "name", [b"a.jpg", b"IMG 1.HEIC", b".hidden.jpg", b"no-extension", b"\xff\n.jpg", b"a.abcdef"]
)
def test_other_files_may_be_photos(name: bytes) -> None:
    assert may_be_photo(name)


@pytest.mark.parametrize("name", [b"a.xmp", b"a.jpg.XMP", b"Thumbs.db", b".DS_Store", b".noai"])
def test_sidecars_and_litter_are_no_photos(name: bytes) -> None:
    assert not may_be_photo(name)


def test_sidecars_are_recognised_in_any_case() -> None:
    assert is_sidecar(b"a.jpg.Xmp")
    assert not is_sidecar(b"a.xmp.jpg")


@pytest.mark.parametrize(
    ("pattern", "path", "is_skipped"),
    [
        ("*.dng", b"a/b/c.DNG", True),
        ("*.dng", b"c.dng.jpg", False),
        ("raw/*.dng", b"raw/c.dng", True),
        ("raw/*.dng", b"x/raw/c.dng", False),
        ("raw/*.dng", b"raw/deep/c.dng", False),
        ("raw/**/c.dng", b"raw/deep/er/c.dng", True),
        ("raw/**/c.dng", b"raw/c.dng", True),
        ("/top.jpg", b"top.jpg", True),
        ("/top.jpg", b"a/top.jpg", False),
        ("IMG_?.jpg", b"img_1.jpg", True),
        ("IMG_[!0-4].jpg", b"IMG_7.jpg", True),
        ("IMG_[!0-4].jpg", b"IMG_3.jpg", False),
        ("Fotos/Bü*", "Fotos/Büro".encode(), True),
        ("out/", b"out", False),
    ],
)
def test_ignore_patterns_for_files(pattern: str, path: bytes, is_skipped: bool) -> None:  # noqa: FBT001
    assert IgnoreRules([pattern]).skips_file(path) is is_skipped


def test_an_ignored_folder_hides_everything_below() -> None:
    rules = IgnoreRules(["out/", "a/private"])

    assert rules.skips_folder(b"x/out")
    assert rules.hides_folder(b"x/out/deep/er")
    assert rules.hides_folder(b"a/private/x")
    assert not rules.hides_folder(b"b/private/x")
    assert not rules.hides_folder(b"")


@pytest.mark.parametrize("pattern", ["", "  ", "/", "!keep.jpg", "[z-a]"])
def test_a_pattern_that_makes_no_sense_is_a_wrong_setting(pattern: str) -> None:
    with pytest.raises(ConfigError, match="ignore"):
        IgnoreRules([pattern])


names = st.binary(min_size=1, max_size=40).filter(lambda n: b"/" not in n and b"\0" not in n)


@given(names)
def test_case_never_matters(name: bytes) -> None:
    assert is_temporary(name) == is_temporary(name.upper())
    assert is_junk_folder(name) == is_junk_folder(name.upper())


@given(st.text(alphabet=string.ascii_letters + "*?[]!/.ü\\^-", min_size=1, max_size=12), names)
def test_any_pattern_either_works_or_is_refused(pattern: str, name: bytes) -> None:
    try:
        rules = IgnoreRules([pattern])
    except ConfigError:
        return
    rules.skips_file(name)
    rules.hides_folder(name + b"/" + name)


@given(names)
def test_a_name_without_wildcards_ignores_itself_at_any_depth(name: bytes) -> None:
    text = name.decode("latin-1").translate({ord(c): "x" for c in "*?[]!/"}).strip() or "x"
    rules = IgnoreRules([text])

    assert rules.skips_file(text.encode())
    assert rules.skips_file(b"a/b/" + text.encode())
