"""Prepared photos of every class wait beside each other and are drawn by weight."""

import threading

from doubles import FakeClock
from phototagd.domain.asset import AssetId, PhotoKind, Prepared
from phototagd.domain.job import JobId, JobKind, Lease, Priority
from phototagd.flow.asking.ready import ReadyPhoto, ReadyPhotos

PREPARED = Prepared(b"jpeg", 1, 1, 1, 1, PhotoKind.JPEG, "")


def ready_photo(number: int, priority: Priority) -> ReadyPhoto:
    now = FakeClock().now()
    lease = Lease(
        job=JobId(number),
        kind=JobKind.TAG,
        asset=AssetId(number),
        path=None,
        recipe="",
        priority=priority,
        attempt=1,
        snoozes=0,
        suspect=False,
        generation=1,
        owner="me",
        until=now,
        queued_at=now,
    )
    return ReadyPhoto(lease, PREPARED, b"/a.jpg")


def test_a_class_that_is_full_leaves_room_for_the_others() -> None:
    ready = ReadyPhotos(depth=2, on_room=lambda: None)
    assert ready.wanted() == tuple(Priority)

    for number in range(2):
        ready.put(ready_photo(number, Priority.BACKLOG))

    assert ready.wanted() == (Priority.PERSON, Priority.NEW, Priority.RETRY)


def test_a_person_comes_first_and_a_new_photo_next() -> None:
    ready = ReadyPhotos(depth=3, on_room=lambda: None)
    for number, priority in enumerate([Priority.BACKLOG] * 3 + [Priority.NEW, Priority.PERSON]):
        ready.put(ready_photo(number, priority))

    drawn = [ready.take(0.0) for _ in range(3)]

    assert [photo.lease.priority for photo in drawn if photo] == [
        Priority.PERSON,
        Priority.NEW,
        Priority.BACKLOG,
    ]


def test_taking_makes_room_and_says_so() -> None:
    rooms: list[int] = []
    ready = ReadyPhotos(depth=1, on_room=lambda: rooms.append(1))
    ready.put(ready_photo(1, Priority.NEW))

    assert ready.take(0.0) is not None
    assert ready.take(0.0) is None

    assert rooms == [1]
    assert ready.wanted() == tuple(Priority)


def test_who_waits_is_woken_by_a_photo() -> None:
    ready = ReadyPhotos(depth=1, on_room=lambda: None)
    taken: list[ReadyPhoto | None] = []
    waiting = threading.Thread(target=lambda: taken.append(ready.take(30.0)))
    waiting.start()
    photo = ready_photo(1, Priority.BACKLOG)

    ready.put(photo)
    waiting.join(30)

    assert taken == [photo]


def test_photos_can_be_taken_out_again_to_give_them_back() -> None:
    ready = ReadyPhotos(depth=2, on_room=lambda: None)
    for number, priority in enumerate(Priority):
        ready.put(ready_photo(number, priority))

    popped = [ready.pop() for _ in range(4)]

    assert {photo.lease.priority for photo in popped if photo} == set(Priority)
    assert ready.pop() is None
    assert ready.take(0.0) is None
