"""What a page's form sends."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import Request

MOST_BYTES = 64_000
_MOST_FIELDS = 2_000


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form without files; a field may come several times."""

    fields: dict[str, list[str]]

    def one(self, name: str) -> str:
        """A field's first value without space around it; empty when it was not sent."""
        return self.fields.get(name, [""])[0].strip()

    def every(self, name: str) -> list[str]:
        """All values of a field that say something."""
        return [text for value in self.fields.get(name, []) if (text := value.strip())]

    def has(self, name: str) -> bool:
        """Whether the field was sent, be it empty."""
        return name in self.fields


async def form_of(request: Request, *, most_bytes: int = MOST_BYTES) -> Form:
    """The form in a request; one that is too large counts as empty."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > most_bytes:
            return Form({})
    try:
        fields = parse_qs(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:  # more fields than any form of ours has
        fields = {}
    return Form(fields)
