"""What the engine makes of picture bytes: kind, size, tokens, main colour."""

import base64
import binascii
import colorsys
import io
import re
import struct
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from doubles.ollama.bodies import refuse
from doubles.ollama.registry import Profile

_MAGIC = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
)
_TOKENS = {  # one token per square of that side; at least, at most
    "gemma3": (56, 256, 256),
    "gemma4": (48, 40, 280),
    "qwen25vl": (28, 1024, 4096),
    "qwen3vl": (32, 1024, 4096),
    "qwen35": (32, 1, 16384),
    "mistral3": (28, 1, 1024),
    "minicpmv": (112, 64, 640),
}
_COLOURS = ("red", "orange", "yellow", "green", "teal", "blue", "purple", "pink")


@dataclass(frozen=True)
class Picture:
    """A decoded picture; `colour` is its main one."""

    width: int
    height: int
    colour: str


def decode_base64(text: object) -> bytes:
    """Bytes as Go's strict decoder reads them; refuses a data: prefix or anything else."""
    if not isinstance(text, str):
        raise refuse("bad-base64", byte=0)
    stray = re.search(r"[^A-Za-z0-9+/=]", text)
    if stray is not None:
        raise refuse("bad-base64", byte=stray.start())
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise refuse("bad-base64", byte=len(text) // 4 * 4) from None


def look(data: bytes, profile: Profile) -> Picture:
    """Decode as the engine does: refuses foreign kinds, takes truncated JPEGs for grey."""
    undecodable = refuse("undecodable-old" if profile.is_old_engine else "undecodable")
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        if profile.webp == "undecodable":
            raise undecodable
        kind = "webp"
    if not kind:
        raise undecodable
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            return Picture(width, height, _colour(image))
    except (UnidentifiedImageError, OSError, struct.error, SyntaxError, ValueError):
        raise refuse("broken-webp") if kind == "webp" else undecodable from None


def tokens(family: str, picture: Picture) -> int:
    """How many tokens a picture costs, by family and its real size."""
    side, least, most = _TOKENS.get(family, (32, 576, 576))
    squares = -(-picture.width // side) * -(-picture.height // side)
    return max(least, min(most, squares))


def _colour(image: Image.Image) -> str:
    try:
        small = image.convert("RGB").resize((1, 1), Image.Resampling.BOX)
    except OSError:
        return "grey"  # truncated: the engine fills up with grey
    red, green, blue = (channel / 255 for channel in small.tobytes())
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.15 or value < 0.12:
        return "white" if value > 0.75 else "black" if value < 0.2 else "grey"
    return _COLOURS[round(hue * len(_COLOURS)) % len(_COLOURS)]
