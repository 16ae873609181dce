"""Photos that are sent: kept once, whole, under a free name, or not at all."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.photo_reader import DEADLY
from doubles.pictures import make_jpeg
from doubles.post_room import PostRoom
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.errors import ProcessKilled, Unavailable, Unreadable
from phototagd.domain.upload import Received


@pytest.fixture
def post(tmp_path: Path) -> Iterator[PostRoom]:
    with Store.open(tmp_path / "p.db", clock=FakeClock()) as store:
        yield PostRoom(store, tmp_path / "photos" / "Inbox")


@pytest.fixture
def photo(tmp_path: Path) -> bytes:
    return make_jpeg(tmp_path / "made.jpg").read_bytes()


def send(post: PostRoom, name: str, content: bytes) -> Received:
    upload = post.receiver.begin(name)
    for start in range(0, len(content), 1000):
        upload.write(content[start : start + 1000])
    return upload.finish()


def test_a_photo_is_kept_and_taken_in_at_once(post: PostRoom, photo: bytes) -> None:
    received = send(post, "dog.jpg", photo)

    assert received.is_new
    assert received.asset is not None
    assert post.tagged == [received.path]
    assert post.files == {"dog.jpg": photo}


def test_nothing_is_seen_before_it_is_whole(post: PostRoom, photo: bytes) -> None:
    upload = post.receiver.begin("dog.jpg")
    upload.write(photo[:50])
    assert all(name.startswith(".phototagd-") for name in post.files)

    upload.drop()
    upload.drop()

    assert post.files == {}


def test_the_same_photo_is_not_kept_twice(post: PostRoom, photo: bytes) -> None:
    first = send(post, "dog.jpg", photo)
    again = send(post, "hound.jpg", photo)

    assert again == Received(first.path, first.asset, is_new=False)
    assert list(post.files) == ["dog.jpg"]


def test_the_same_photo_sent_twice_at_once_is_kept_once(post: PostRoom, photo: bytes) -> None:
    uploads = [post.receiver.begin(f"{number}.jpg") for number in range(4)]
    for upload in uploads:
        upload.write(photo)
    threads = [threading.Thread(target=upload.finish) for upload in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(post.files) == 1


def test_a_photo_that_was_deleted_is_kept_again(post: PostRoom, photo: bytes) -> None:
    """The store may not have noticed yet; it is not believed before its file was read."""
    Path(send(post, "dog.jpg", photo).path.decode()).unlink()

    assert send(post, "dog.jpg", photo).is_new
    assert list(post.files) == ["dog.jpg"]


def test_no_file_is_overwritten_and_no_sidecar_taken_over(post: PostRoom, photo: bytes) -> None:
    post.folder.mkdir()
    for name in ("dog.jpg", "dog (2).jpg.xmp", "dog (3).xmp"):
        (post.folder / name).write_bytes(b"somebody's")

    received = send(post, "dog.jpg", photo)

    assert received.path.endswith(b"/dog (4).jpg")
    assert post.files["dog.jpg"] == b"somebody's"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4 text", "this is no photo: it holds a PDF document"),
        (b"", "the file is empty"),
        (b"\xff\xd8\xff\xe0 cut off", "the file is incomplete"),
    ],
)
def test_what_is_no_photo_leaves_nothing_behind(
    post: PostRoom, content: bytes, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        send(post, "dog.jpg", content)

    assert post.files == {}
    assert post.tagged == []


def test_a_photo_that_kills_the_decoder_is_not_kept(
    post: PostRoom, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise ProcessKilled(DEADLY.decode())

    monkeypatch.setattr(post.reader, "prepare", die)
    with pytest.raises(ProcessKilled):
        send(post, "dog.jpg", photo)

    assert post.files == {}


def test_a_store_that_is_away_loses_no_photo(post: PostRoom, photo: bytes) -> None:
    post.is_store_away = True

    received = send(post, "dog.jpg", photo)

    assert (received.asset, received.is_new) == (None, True)
    assert post.files == {"dog.jpg": photo}


def test_the_first_folder_that_can_be_written_is_taken(post: PostRoom, photo: bytes) -> None:
    offline = post.folder.parent / "not mounted" / "Inbox"
    post.folders = [offline, post.folder]

    send(post, "dog.jpg", photo)

    assert not offline.parent.exists(), "nothing is written where a disk is missing"
    assert list(post.files) == ["dog.jpg"]


def test_without_a_folder_it_says_what_to_do(post: PostRoom) -> None:
    post.folders = []

    with pytest.raises(Unavailable, match="no folder that takes") as caught:
        post.receiver.begin("dog.jpg")

    assert "web.inbox" in caught.value.remedy


def test_a_full_disk_is_named(post: PostRoom) -> None:
    post.folder.mkdir()
    post.folder.rmdir()
    post.folder.symlink_to("/dev/full")

    with pytest.raises(Unavailable):
        post.receiver.begin("dog.jpg")
