"""Power is cut after every single durable step, one after the other; nothing is ever lost."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from doubles import FakeClock
from doubles.captioner import FakeCaptioner
from doubles.hand_driven import hand_driven
from doubles.pictures import make_jpeg
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.settings import LibrarySettings, Settings

PHOTOS = ("one.jpg", "two.jpg")
FEWEST_STEPS = 30


class Crash(BaseException):
    """The power is gone; nobody catches this."""


class CrashAt:
    """A step hook that lets so many steps pass and ends everything at the next."""

    def __init__(self, number: int) -> None:
        self._left = number
        self.name = ""

    def __call__(self, name: str) -> None:
        self._left -= 1
        if self._left <= 0:
            self.name = self.name or name
            raise Crash(name)


class Home:
    """Photos and a state folder, fresh for each crash."""

    def __init__(self, folder: Path, reader: ProcessPhotoReader) -> None:
        self.photos = folder / "photos"
        self.photos.mkdir(parents=True)
        for seed, name in enumerate(PHOTOS):
            make_jpeg(self.photos / name, seed=seed)
        (self.photos / "one.jpg.xmp").write_text(PERSONS_SIDECAR)
        (folder / "state").mkdir()
        self.settings = Settings(
            state_dir=folder / "state", library=(LibrarySettings(path=self.photos, watch="scan"),)
        )
        self.clock = FakeClock(datetime.now(UTC))
        self.reader = reader
        self.inferences = 0

    def run(self, step: Callable[[str], None]) -> None:
        """One life of the daemon, until all is done or the power goes."""
        captioner = FakeCaptioner()
        try:
            with hand_driven(
                self.settings,
                clock=self.clock,
                captioner=captioner,
                reader=self.reader,
                step=step,
            ) as house:
                house.start()
                house.run()
        finally:
            canary = captioner.questions[0].image if captioner.questions else b""
            self.inferences += sum(q.image != canary for q in captioner.questions)

    def verify(self, crashed_at: str) -> None:
        """Every photo has its whole sidecar, and nothing else is there."""
        names = sorted(path.name for path in self.photos.iterdir())
        wanted = sorted([*PHOTOS, *(f"{name}.xmp" for name in PHOTOS)])
        assert names == wanted, f"after {crashed_at}"
        for name in PHOTOS:
            packet = (self.photos / f"{name}.xmp").read_bytes()
            etree.fromstring(packet)
            assert b"A quiet lake between green hills." in packet, f"after {crashed_at}"
        assert b"grandmother" in (self.photos / "one.jpg.xmp").read_bytes()
        assert self.inferences <= len(PHOTOS) + 1, f"after {crashed_at}"


PERSONS_SIDECAR = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:subject><rdf:Bag><rdf:li>grandmother</rdf:li></rdf:Bag></dc:subject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessPhotoReader]:
    reader = ProcessPhotoReader()
    yield reader
    reader.close()


def test_a_crash_after_any_step_loses_nothing_and_repeats_at_most_one_question(
    tmp_path: Path, reader: ProcessPhotoReader
) -> None:
    """N = 1, 2, 3 ... until a run needs fewer than N steps."""
    number, crashes = 0, []
    while True:
        number += 1
        home, crash = Home(tmp_path / str(number), reader), CrashAt(number)
        try:
            home.run(crash)
        except Crash:
            crashes.append(crash.name)
            home.run(lambda _: None)
            home.verify(f"step {number}: {crash.name}")
        else:
            break
    home.verify("no crash")
    assert len(crashes) >= FEWEST_STEPS
    assert {"store.written", "temp.fsync", "create.link", "replace.rename"} <= set(crashes)
