"""The files of a form, passed on piece by piece as they come; none is ever whole in memory."""

from dataclasses import dataclass

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from phototagd.domain.errors import PhototagdError
from phototagd.domain.upload import Received
from phototagd.ports import Upload, Uploads

MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of the form: what became of it, or what is wrong with it.

    `is_too_large` when it has more bytes than are taken.
    """

    name: str
    received: Received | None = None
    trouble: str = ""
    is_too_large: bool = False


class FormFiles:
    """Feeds uploads with what a browser sends. Belongs to one request."""

    def __init__(self, *, uploads: Uploads, content_type: str) -> None:
        """Raises ValueError for a body that is no form with files."""
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise ValueError("this is no form with files")
        self._uploads = uploads
        self._header = [b"", b""]
        self._name: str | None = None
        self._upload: Upload | None = None
        self._bytes = 0
        self._sent: list[Sent] = []
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._begin_part,
                "on_header_field": self._add_to_field,
                "on_header_value": self._add_to_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._begin_file,
                "on_part_data": self._write,
                "on_part_end": self._end_file,
            },
        )

    def feed(self, piece: bytes) -> None:
        """The next piece of the body; raises ValueError for what is no form."""
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise ValueError(str(error)) from error

    def finish(self) -> list[Sent]:
        """The body ended; what became of each file."""
        return self._sent

    def drop(self) -> None:
        """Forget a file that did not come to its end."""
        if self._upload is not None:
            self._upload.drop()
            self._upload = None

    def _begin_part(self) -> None:
        self._name = None

    def _add_to_field(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end]

    def _add_to_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end]

    def _end_header(self) -> None:
        field, value = self._header
        self._header = [b"", b""]
        if field.lower() == b"content-disposition":
            options = parse_options_header(value)[1]
            if options.get(b"filename"):
                self._name = options[b"filename"].decode("utf-8", "replace")

    def _begin_file(self) -> None:
        if self._name is None or len(self._sent) >= MOST_FILES:
            return
        self._bytes = 0
        try:
            self._upload = self._uploads.begin(self._name)
        except PhototagdError as error:
            self._tell_trouble(error)

    def _write(self, data: bytes, start: int, end: int) -> None:
        if self._upload is None:
            return
        self._bytes += end - start
        if self._bytes > self._uploads.most_bytes:
            self.drop()
            self._sent.append(Sent(self._name or "", is_too_large=True))
            return
        try:
            self._upload.write(data[start:end])
        except PhototagdError as error:
            self.drop()
            self._tell_trouble(error)

    def _end_file(self) -> None:
        upload, self._upload = self._upload, None
        if upload is None:
            return
        try:
            self._sent.append(Sent(self._name or "", upload.finish()))
        except PhototagdError as error:
            self._tell_trouble(error)

    def _tell_trouble(self, error: PhototagdError) -> None:
        remedy = getattr(error, "remedy", "")
        self._sent.append(
            Sent(self._name or "", trouble=f"{error}; {remedy}" if remedy else str(error))
        )
