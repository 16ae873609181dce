"""Places are made ready once, at the first photo that has coordinates."""

from dataclasses import dataclass, field

from doubles.photo_reader import FakePhotoReader
from phototagd.domain.asset import CaptureFacts, Inspection
from phototagd.domain.errors import NotYet
from phototagd.flow.asking.outrider import MOST_LOOKS, Outrider


@dataclass
class Warmings:
    """Counts how often places were to be made ready."""

    seen: list[str] = field(default_factory=list)

    def __call__(self) -> None:
        self.seen.append("warm")


class PlainReader(FakePhotoReader):
    """Knows inspections only."""

    def inspect(self, photo: bytes) -> Inspection:
        if photo in self.errors:
            raise self.errors[photo]
        return self.inspections.get(photo, Inspection(facts=CaptureFacts()))


def test_places_are_made_ready_at_the_first_coordinates_and_once() -> None:
    """Photos without any, or that cannot be read, ask for nothing and stop nothing."""
    reader, warm = PlainReader(), Warmings()
    reader.errors[b"/p/half.jpg"] = NotYet("it is being copied")
    reader.inspections[b"/p/oslo.jpg"] = Inspection(CaptureFacts(latitude=59.9, longitude=10.7))
    outrider = Outrider(reader=reader, warm=warm)

    for photo in (b"/p/plain.jpg", b"/p/half.jpg"):
        outrider.look(photo)
    assert warm.seen == []
    for _ in range(2):
        outrider.look(b"/p/oslo.jpg")
    assert warm.seen == ["warm"]


def test_a_library_without_coordinates_is_not_looked_at_for_ever() -> None:
    """After some photos the writer may wait for the places, should one come with coordinates."""
    reader, warm = PlainReader(), Warmings()
    reader.inspections[b"/p/oslo.jpg"] = Inspection(CaptureFacts(latitude=59.9, longitude=10.7))
    outrider = Outrider(reader=reader, warm=warm)

    for _ in range(MOST_LOOKS):
        outrider.look(b"/p/plain.jpg")
    outrider.look(b"/p/oslo.jpg")

    assert warm.seen == []
