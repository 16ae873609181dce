"""What every photo reader promises; a subclass gives a `reader` that `DEADLY` names kill."""

import os
from pathlib import Path

import pytest

from doubles.photo_reader import DEADLY
from doubles.pictures import make_jpeg, make_png
from phototagd.domain.asset import PhotoKind
from phototagd.domain.errors import NotYet, ProcessKilled, Unavailable, Unreadable, Vanished
from phototagd.ports import PhotoReader


class PhotoReaderContract:
    """The suite; the fixture `reader` comes from the subclass."""

    def test_a_photo_is_prepared_within_the_long_side(
        self, reader: PhotoReader, tmp_path: Path
    ) -> None:
        photo = make_jpeg(tmp_path / "a.jpg", size=(800, 600))

        prepared = reader.prepare(os.fsencode(photo), long_side=512)

        assert prepared.kind is PhotoKind.JPEG
        assert prepared.jpeg.startswith(b"\xff\xd8\xff")
        assert prepared.jpeg.endswith(b"\xff\xd9")
        assert max(prepared.width, prepared.height) <= 512
        assert prepared.original_width > 0
        assert prepared.original_height > 0

    def test_content_decides_not_the_name(self, reader: PhotoReader, tmp_path: Path) -> None:
        photo = make_png(tmp_path / "a.png").rename(tmp_path / "a.jpg")

        assert reader.prepare(os.fsencode(photo), long_side=512).kind is PhotoKind.PNG

    def test_the_same_picture_has_the_same_pixel_hash(
        self, reader: PhotoReader, tmp_path: Path
    ) -> None:
        first, second, other = (
            reader.prepare(
                os.fsencode(make_jpeg(tmp_path / name, seed=seed)), long_side=512
            ).pixel_hash
            for name, seed in (("a.jpg", 1), ("b.jpg", 1), ("c.jpg", 2))
        )

        assert first == second
        assert first != other

    @pytest.mark.parametrize("ask", ["prepare", "inspect"])
    @pytest.mark.parametrize(
        ("content", "error"), [(b"", NotYet), (b"<!DOCTYPE html><p>404", Unreadable)]
    )
    def test_what_is_no_photo_is_refused(
        self,
        reader: PhotoReader,
        tmp_path: Path,
        ask: str,
        content: bytes,
        error: type[Exception],
    ) -> None:
        photo = tmp_path / "a.jpg"
        photo.write_bytes(content)

        with pytest.raises(error):
            _ask(reader, ask, photo)

    @pytest.mark.parametrize("ask", ["prepare", "inspect"])
    def test_what_is_gone_vanished(self, reader: PhotoReader, tmp_path: Path, ask: str) -> None:
        link = tmp_path / "link.jpg"
        link.symlink_to(make_jpeg(tmp_path / "a.jpg"))
        folder = tmp_path / "folder.jpg"
        folder.mkdir()

        for photo in (tmp_path / "none.jpg", link, folder, tmp_path / "a.jpg" / "b.jpg"):
            with pytest.raises(Vanished):
                _ask(reader, ask, photo)

    def test_a_truncated_photo_is_not_yet_there(self, reader: PhotoReader, tmp_path: Path) -> None:
        photo = make_jpeg(tmp_path / "a.jpg")
        photo.write_bytes(photo.read_bytes()[:-500])

        with pytest.raises(NotYet):
            reader.prepare(os.fsencode(photo), long_side=512)

    def test_after_a_killer_the_next_photo_works(self, reader: PhotoReader, tmp_path: Path) -> None:
        killer = make_jpeg(tmp_path / f"{DEADLY.decode()}.jpg")
        good = make_jpeg(tmp_path / "good.jpg")

        for _ in range(2):
            with pytest.raises(ProcessKilled, match="SIGSEGV"):
                reader.prepare(os.fsencode(killer), long_side=512)
            assert reader.prepare(os.fsencode(good), long_side=512).jpeg

    def test_an_inspection_says_what_the_file_carries(
        self, reader: PhotoReader, tmp_path: Path
    ) -> None:
        inspection = reader.inspect(os.fsencode(make_jpeg(tmp_path / "a.jpg")))

        assert inspection.xmp is None
        assert inspection.iptc_keywords == ()

    def test_a_closed_reader_blames_no_photo(self, reader: PhotoReader, tmp_path: Path) -> None:
        photo = make_jpeg(tmp_path / "a.jpg")
        reader.close()
        reader.close()

        with pytest.raises(Unavailable):
            reader.prepare(os.fsencode(photo), long_side=512)


def _ask(reader: PhotoReader, what: str, photo: Path) -> None:
    if what == "prepare":
        reader.prepare(os.fsencode(photo), long_side=512)
    else:
        reader.inspect(os.fsencode(photo))
