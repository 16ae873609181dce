r"""How is a file name shown to a person, and how does it travel in JSON?

A name is bytes. As text it is UTF-8 with every other byte written `\xNN`, which reads well
but cannot always be turned back. In JSON a name is therefore `path`, and beside it
`path_base64` when (and only when) the text is not exact.
"""

import base64
import binascii
from collections.abc import Mapping


def readable(name: bytes) -> str:
    r"""The name as text; bytes that are not UTF-8 become `\xNN`."""
    return name.decode("utf-8", "backslashreplace")


def escaped(text: str) -> str:
    """The text with everything that could steer a terminal made visible."""
    return "".join(_visible(char) for char in text)


def shown(name: bytes) -> str:
    """The name on one line of a terminal, whatever is in it."""
    return escaped(readable(name))


def path_fields(name: bytes, key: str = "path") -> dict[str, str]:
    """The name for JSON: `key`, and `key` + `_base64` when the text is not exact."""
    text = readable(name)
    fields = {key: text}
    if text.encode("utf-8") != name:
        fields[f"{key}_base64"] = base64.b64encode(name).decode("ascii")
    return fields


def path_from(fields: Mapping[str, object], key: str = "path") -> bytes:
    """The name back from `path_fields`; raises ValueError when there is none."""
    exact = fields.get(f"{key}_base64")
    if isinstance(exact, str):
        try:
            return base64.b64decode(exact, validate=True)
        except binascii.Error as error:
            raise ValueError(f"{key}_base64 is not base64") from error
    text = fields.get(key)
    if not isinstance(text, str):
        raise ValueError(f"{key} is missing")  # noqa: TRY004 -- one error for every bad body
    return text.encode("utf-8", "surrogateescape")


def _visible(char: str) -> str:
    # Control characters and those that turn the direction of text are not printable either.
    if char.isprintable():
        return char
    return char.encode("unicode_escape").decode("ascii")
