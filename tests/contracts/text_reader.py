"""What every text reader promises; a subclass gives a `reader` and the pictures for it."""

from contextlib import closing

import pytest

from phototagd.domain.errors import Unavailable
from phototagd.ports.privacy import TextReader


class TextReaderContract:
    """The suite; fixtures `reader`, `page` (a picture with text) and `blank` come from below."""

    def test_the_lines_of_a_picture_are_read(self, reader: TextReader, page: bytes) -> None:
        lines = reader.read(page)

        assert [line.text for line in lines] == ["MENU", "Soup 4.50"]
        assert all(0 < line.score <= 1 for line in lines)

    def test_a_picture_without_text_has_no_lines(self, reader: TextReader, blank: bytes) -> None:
        assert reader.read(blank) == []

    def test_it_is_the_same_one_all_the_time(self, reader: TextReader, page: bytes) -> None:
        name = reader.name
        reader.warm()

        assert reader.read(page) == reader.read(page)
        assert name == reader.name
        assert name

    def test_nothing_is_read_after_closing(self, reader: TextReader, page: bytes) -> None:
        with closing(reader):
            reader.close()
        with pytest.raises(Unavailable):
            reader.read(page)
