"""What is a file by its content, and does its name promise a photo?

Signatures: ISO 10918-1 (JPEG), PNG and GIF specifications, RIFF/WebP container, TIFF 6.0,
ISO 14496-12 and 23008-12 (`ftyp` brands of HEIF and AVIF), and the makers' RAW headers as
LibRaw knows them. Many RAW formats are TIFF files, so among TIFF the name's extension decides,
unless the first directory itself says RAW.
"""

import struct

from phototagd.domain.asset import PhotoKind

HEAD_BYTES = 4096
"""How much of a file's beginning `kind_of` and `describe` want to see."""

_RAW_EXTENSIONS = frozenset(
    b"3fr arw cr2 cr3 crw dcr dng erf fff gpr iiq kdc mef mos mrw nef nrw orf pef ptx raf raw "
    b"rw2 rwl sr2 srf srw".split()
)
_EXTENSIONS = _RAW_EXTENSIONS | frozenset(
    b"avif bmp dib gif heic heif hif jfif jpe jpeg jpg mpo png tif tiff webp".split()
)

_PLAIN_SIGNATURES = (
    (b"\xff\xd8\xff", PhotoKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", PhotoKind.PNG),
    (b"GIF87a", PhotoKind.GIF),
    (b"GIF89a", PhotoKind.GIF),
    (b"FUJIFILMCCD-RAW", PhotoKind.RAW),
    (b"IIRO", PhotoKind.RAW),  # Olympus
    (b"IIRS", PhotoKind.RAW),
    (b"MMOR", PhotoKind.RAW),
    (b"IIU\0", PhotoKind.RAW),  # Panasonic, Leica
    (b"\0MRM", PhotoKind.RAW),  # Minolta
    (b"II\x1a\0\0\0HEAPCCDR", PhotoKind.RAW),  # Canon CRW
)
_TIFF_BYTE_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_BIG_TIFF = (b"II+\0", b"MM\0+")

_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)

_TAG_SUBFILE_TYPE = 0x00FE
_TAG_SUB_IFDS = 0x014A
_TAG_DNG_VERSION = 0xC612
_MAX_DIRECTORY_ENTRIES = 256
_MIN_BMP_HEADER = 18
_BMP_INFO_SIZES = (12, 40, 52, 56, 64, 108, 124)


def kind_of(head: bytes, name: bytes) -> PhotoKind | None:
    """The kind of photo that begins with `head`, or None for what is no photo.

    `name` decides only among TIFF-shaped files: one called `.nef` is RAW, one called `.tif`
    is TIFF, unless its first directory shows that it is RAW under a false name.
    """
    for signature, kind in _PLAIN_SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PhotoKind.WEBP
    if head[4:8] == b"ftyp":
        return _kind_of_brands(head)
    if head[:4] in _TIFF_BYTE_ORDERS or head[:4] in _BIG_TIFF:
        return _kind_of_tiff(head, name)
    if head[:2] == b"BM" and _is_bmp(head):
        return PhotoKind.BMP
    return None


def looks_like_photo(name: bytes) -> bool:
    """Whether the name promises a photo, so that other content is a surprise."""
    return extension(name) in _EXTENSIONS


def extension(name: bytes) -> bytes:
    """The extension in lower case without the dot; empty for none and for dot-files."""
    stem, dot, last = name.rpartition(b"/")[2].rpartition(b".")
    return last.lower() if dot and stem else b""


def describe(head: bytes) -> str:
    """What a person would call content that `kind_of` does not take for a photo."""
    if not head:
        return "nothing"
    if not head.strip(b"\0"):
        return "only zeros"
    for offset, signature, words in _FOREIGN_SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            return words
    return _describe_text(head)


def misnamed(name: bytes, what: str) -> str:
    """The reason to refuse a file that is named like a photo but holds something else."""
    shown = extension(name).decode("ascii", "replace")
    return f"named .{shown} but holds {what}"


_FOREIGN_SIGNATURES = (
    (4, b"ftypjxl", "a JPEG XL picture, which is not supported"),
    (4, b"ftyp", "a video"),
    (4, b"moov", "a video"),
    (4, b"mdat", "a video"),
    (8, b"AVI ", "a video"),
    (8, b"WAVE", "sound"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (0, b"\0\0\x01\xba", "a video"),
    (0, b"\0\0\x01\xb3", "a video"),
    (0, b"FLV", "a video"),
    (0, b"ID3", "sound"),
    (0, b"fLaC", "sound"),
    (0, b"OggS", "sound"),
    (0, b"PK\x03\x04", "a zip archive or an office document"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"7z\xbc\xaf", "a 7z archive"),
    (0, b"Rar!", "a rar archive"),
    (0, b"%PDF", "a PDF document"),
    (0, b"8BPS", "a Photoshop document, which is not supported"),
    (0, b"gimp xcf", "a GIMP document, which is not supported"),
    (0, b"\xff\x0a", "a JPEG XL picture, which is not supported"),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture, which is not supported"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture, which is not supported"),
    (0, b"FOVb", "a Sigma RAW photo, which is not supported"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (0, b"SQLite format 3", "a database"),
    (0, b"\0\x05\x16\x07", "a macOS resource fork"),
)


def _kind_of_brands(head: bytes) -> PhotoKind | None:
    """The kind an `ftyp` box announces: major brand first, then the compatible ones."""
    (size,) = struct.unpack(">I", head[:4])
    if head[8:12] == b"crx ":
        return PhotoKind.RAW
    compatible = head[16 : min(size, len(head))]
    brands = {head[8:12]} | {compatible[i : i + 4] for i in range(0, len(compatible), 4)}
    if head[8:12] not in _AVIF_BRANDS | _HEIF_BRANDS:
        return None  # a video may list picture brands, but never leads with one
    return PhotoKind.AVIF if brands & _AVIF_BRANDS else PhotoKind.HEIF


def _kind_of_tiff(head: bytes, name: bytes) -> PhotoKind:
    if head[8:11] == b"CR\x02" or extension(name) in _RAW_EXTENSIONS:
        return PhotoKind.RAW
    tags = _first_directory(head)
    holds_reduced = tags.get(_TAG_SUBFILE_TYPE, 0) & 1 and _TAG_SUB_IFDS in tags
    return PhotoKind.RAW if _TAG_DNG_VERSION in tags or holds_reduced else PhotoKind.TIFF


def _first_directory(head: bytes) -> dict[int, int]:
    """Tags and inline values of the first TIFF directory, as far as it lies in `head`."""
    order = _TIFF_BYTE_ORDERS.get(head[:4])
    if order is None or len(head) < struct.calcsize("<4sI"):
        return {}
    (offset,) = struct.unpack_from(order + "I", head, 4)
    if offset + 2 > len(head):
        return {}
    (count,) = struct.unpack_from(order + "H", head, offset)
    tags = {}
    for index in range(min(count, _MAX_DIRECTORY_ENTRIES)):
        at = offset + 2 + 12 * index
        if at + 12 > len(head):
            break
        tag, kind, _, value = struct.unpack_from(order + "HHII", head, at)
        is_short = kind == 3  # noqa: PLR2004  (SHORT in TIFF 6.0)
        tags[tag] = struct.unpack_from(order + "H", head, at + 8)[0] if is_short else value
    return tags


def _is_bmp(head: bytes) -> bool:
    """Two letters are no proof: the size of the second header must be a known one."""
    if len(head) < _MIN_BMP_HEADER:
        return False
    (size,) = struct.unpack_from("<I", head, 14)
    return size in _BMP_INFO_SIZES


def _describe_text(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<script")):
        return "HTML"
    if start.startswith((b"<svg", b"<?xml", b"<x:xmpmeta", b"<?xpacket")):
        return "XML"
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)  # noqa: PLR2004
    return "nothing we know" if controls else "text"
