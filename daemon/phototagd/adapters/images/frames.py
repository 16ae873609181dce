"""Length-prefixed messages between the daemon and its decoding process.

A frame is two big-endian 32-bit lengths, a JSON object, and raw bytes. Not pickle: the child
reads hostile files, and what it says must not be able to run code in the daemon.
"""

import json
import struct
from collections.abc import Mapping
from typing import BinaryIO

_LENGTHS = struct.Struct(">II")
_MAX_HEADER_BYTES = 16 << 20
_MAX_BLOB_BYTES = 256 << 20


class BrokenFrame(Exception):
    """The other side ended in the middle of a message, or does not speak this protocol."""


def write_frame(stream: BinaryIO, header: Mapping[str, object], blob: bytes = b"") -> None:
    """Send one message; raises OSError when the other side is gone."""
    text = json.dumps(header).encode("ascii")
    stream.write(_LENGTHS.pack(len(text), len(blob)) + text + blob)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, object], bytes] | None:
    """Wait for one message; None when the other side ended between messages.

    Raises BrokenFrame for anything that is no message.
    """
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    header_length, blob_length = _LENGTHS.unpack(_whole(lengths, _LENGTHS.size))
    if header_length > _MAX_HEADER_BYTES or blob_length > _MAX_BLOB_BYTES:
        raise BrokenFrame
    text = _whole(stream.read(header_length), header_length)
    blob = _whole(stream.read(blob_length), blob_length)
    try:
        header = json.loads(text)
    except ValueError as error:
        raise BrokenFrame from error
    if not isinstance(header, dict):
        raise BrokenFrame
    return header, blob


def _whole(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise BrokenFrame
    return data
