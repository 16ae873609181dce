"""Packets are read in every encoding programs use, and refused where they are dangerous."""

import codecs

import pytest

from doubles.sidecars import packet
from phototagd.adapters.xmp.packet import LARGEST_BYTES, parse
from phototagd.domain.errors import SidecarBroken

TEXT = packet("   <xmp:Label>Größe 湖</xmp:Label>\n").decode()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "utf-32-le"),
        (b"", "utf-32-be"),
    ],
)
@pytest.mark.parametrize("rest", [b"", b"\0", b"\0\0\0\0"])
def test_every_unicode_encoding_is_read_and_becomes_utf_8(
    mark: bytes, encoding: str, rest: bytes
) -> None:
    """With an odd byte or padding at the end, as Lightroom 4.1 leaves them."""
    read = parse(mark + TEXT.encode(encoding) + rest)

    again = read.to_bytes()
    assert "Größe 湖" in again.decode()
    assert parse(again).to_bytes() == again


def test_what_stands_around_the_root_stays_as_it_is() -> None:
    head = (
        "<?xml version='1.0' encoding='UTF-8'?>\r\n<!-- kept -->\n\n<?xpacket begin='' id='x'?>\n"
    )
    read = parse(packet(head=head) + b"\n\n  <!-- and this -->\n")

    assert read.to_bytes().startswith(head.encode())
    assert read.to_bytes().endswith(b'\n<?xpacket end="w"?>\n\n\n  <!-- and this -->\n')


def test_a_declared_encoding_is_honoured_and_renamed() -> None:
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
    content = packet("<xmp:Label>Größe</xmp:Label>", head=head).decode().encode("latin-1")

    again = parse(content).to_bytes()

    assert b'encoding="UTF-8"' in again
    assert "Größe" in again.decode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\0\0\0\0", "empty"),
        (b"hello", "no XML element"),
        (b"<a/>", "no rdf:RDF"),
        (TEXT.encode()[:-300], "not well-formed XML at line"),
        (b"<x:xmpmeta>\n<", "not well-formed XML at line"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "encoding 'klingon' is unknown"),
        (b"<a>\n\xff\xfe</a>", "line 2 is not text in UTF-8"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (
            TEXT.encode().replace(b"<rdf:RDF", b"<!ENTITY x SYSTEM 'y'><rdf:RDF"),
            "document type",
        ),
        (b" " * (LARGEST_BYTES + 1), "larger than 16 MiB"),
        (b"<a>" * 20_000 + b"</a>" * 20_000, "not well-formed"),
    ],
    ids=range(12),
)
def test_what_is_no_sidecar_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(SidecarBroken, match=reason):
        parse(content)


def test_the_line_of_an_error_counts_from_the_top_of_the_file() -> None:
    with pytest.raises(SidecarBroken, match="at line 8"):
        parse(b"\n\n\n<!-- \n -->\n<a>\n\n</b>")
