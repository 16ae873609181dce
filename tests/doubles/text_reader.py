"""A text reader without a model: a test says which lines stand in which picture."""

from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.privacy import TextLine


class FakeTextReader:
    """Reads what `lines` says of the bytes of a picture, and raises what `errors` says."""

    def __init__(self, name: str = "fake 1") -> None:
        self.name = name
        self.lines: dict[bytes, tuple[str, ...]] = {}
        self.errors: dict[bytes, PhototagdError] = {}
        self.read_pictures: list[bytes] = []
        self.is_warm = False
        self.is_closed = False

    def warm(self) -> None:
        self.is_warm = True

    def read(self, jpeg: bytes) -> list[TextLine]:
        if self.is_closed:
            raise Unavailable("the text reader is closed")
        self.read_pictures.append(jpeg)
        if jpeg in self.errors:
            raise self.errors[jpeg]
        return [TextLine(line, 0.99) for line in self.lines.get(jpeg, ())]

    def close(self) -> None:
        self.is_closed = True
