"""Large folders: what intake had no room for comes later, without another listing."""

from phototagd.domain.job import Priority
from phototagd.domain.library import FileRow
from phototagd.flow.arriving.halves import Halves

ROWS = tuple((b"%d.jpg" % number, number, 1, 1) for number in range(5))


class Room:
    """Takes so many files."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.taken: list[tuple[bytes, bytes, Priority]] = []

    def bring(self, folder: bytes, row: FileRow, priority: Priority) -> bool:
        if len(self.taken) == self.room:
            return False
        self.taken.append((folder, row[0], priority))
        return True


def test_what_there_was_no_room_for_is_brought_later_and_once() -> None:
    room = Room(2)
    halves = Halves(bring=room.bring)

    assert not halves.offer(b"import", ROWS, Priority.BACKLOG, has_more=False)
    room.room = 4
    assert not halves.go_on(b"import")
    room.room = 9
    assert not halves.go_on(b"import")

    assert room.taken == [(b"import", row[0], Priority.BACKLOG) for row in ROWS]
    assert halves.go_on(b"import"), "nothing is left: the folder is listed again"
    assert b"import" in halves, "until a listing of it was taken whole"


def test_a_folder_that_was_taken_whole_is_like_any_other() -> None:
    halves = Halves(bring=Room(9).bring)

    assert not halves.offer(b"import", ROWS[:3], Priority.BACKLOG, has_more=True)
    assert halves.priority(b"import") is Priority.BACKLOG
    assert halves.offer(b"import", ROWS[3:], Priority.BACKLOG, has_more=False)

    assert b"import" not in halves
    assert halves.priority(b"import") is Priority.NEW


def test_a_folder_that_is_gone_leaves_nothing_to_bring() -> None:
    room = Room(0)
    halves = Halves(bring=room.bring)
    halves.offer(b"import", ROWS, Priority.NEW, has_more=False)

    halves.forget(b"import")
    room.room = 9

    assert halves.go_on(b"import")
    assert room.taken == []
