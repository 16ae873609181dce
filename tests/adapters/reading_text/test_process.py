"""Text is read in processes that may die, by the double of an engine and by the real one."""

import sys
from collections.abc import Iterator
from importlib.metadata import version

import pytest

from contracts.text_reader import TextReaderContract
from doubles import documents, rogue_text_worker
from doubles.import_path import import_path
from doubles.real_ocr import ocr_folder
from doubles.text_reader import FakeTextReader
from phototagd.adapters.reading_text import ProcessTextReader, TextReaderPool, installed_reader
from phototagd.domain.errors import ProcessKilled, Unavailable, Unreadable
from phototagd.domain.privacy import PrivacyCheck, Suspicion
from phototagd.ports.privacy import TextReader
from phototagd.rules.answers.private_text import findings_in, suspicion_of


def rogue(**limits: object) -> ProcessTextReader:
    return ProcessTextReader(name="rogue 1", command=rogue_text_worker.COMMAND, **limits)  # type: ignore[arg-type]


class TestFakeTextReader(TextReaderContract):
    @pytest.fixture
    def page(self) -> bytes:
        return b"page"

    @pytest.fixture
    def blank(self) -> bytes:
        return b"blank"

    @pytest.fixture
    def reader(self, page: bytes) -> FakeTextReader:
        reader = FakeTextReader()
        reader.lines[page] = ("MENU", "Soup 4.50")
        return reader


class TestProcessTextReader(TextReaderContract):
    @pytest.fixture
    def page(self) -> bytes:
        return b"MENU\nSoup 4.50"

    @pytest.fixture
    def blank(self) -> bytes:
        return b""

    @pytest.fixture
    def reader(self) -> Iterator[TextReader]:
        pool = TextReaderPool(readers=[rogue()])
        yield pool
        pool.close()


@pytest.fixture
def killable() -> Iterator[ProcessTextReader]:
    reader = rogue()
    yield reader
    reader.close()


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (rogue_text_worker.DEADLY, "reading text crashed: SIGSEGV"),
        (rogue_text_worker.QUITTING, "status 3"),
        (rogue_text_worker.STARVING, "out of memory"),
        (rogue_text_worker.BABBLING, "nonsense"),
    ],
)
def test_how_the_child_died_is_named_and_the_next_picture_is_read(
    killable: ProcessTextReader, picture: bytes, words: str
) -> None:
    with pytest.raises(ProcessKilled, match=words):
        killable.read(picture)

    assert [line.text for line in killable.read(b"MENU")] == ["MENU"]


def test_a_picture_that_hangs_the_child_is_given_up() -> None:
    reader = rogue(time_limit_seconds=0.2)
    with pytest.raises(ProcessKilled, match=r"hung for more than 0\.2 s"):
        reader.read(rogue_text_worker.HANGING)
    reader.close()


@pytest.mark.parametrize("command", [("/nowhere/python",), (sys.executable, "-c", "exit(2)")])
def test_what_cannot_start_blames_no_picture(command: tuple[str, ...]) -> None:
    reader = ProcessTextReader(name="none", command=command)
    with pytest.raises(Unavailable, match=r"cannot start|does not start"):
        reader.read(b"MENU")
    reader.close()


def test_what_is_installed_has_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "phototagd.adapters.reading_text.process._PACKAGES"
    monkeypatch.setattr(name, ("pillow", "lxml"))
    assert installed_reader() == f"pillow {version('pillow')}"
    monkeypatch.setattr(name, ("pillow", "no-such-package"))
    assert installed_reader() == ""


@pytest.fixture(scope="module")
def real() -> Iterator[ProcessTextReader]:
    command = ("env", f"PYTHONPATH={import_path(ocr_folder())}", sys.executable, "-P", "-m",
               "phototagd.adapters.reading_text.worker")  # fmt: skip
    reader = ProcessTextReader(name="rapidocr", command=command)
    yield reader
    reader.close()


@pytest.mark.parametrize(
    ("lines", "turned", "width", "what"),
    [
        (documents.CARD, 0, 450, "bank_card"),
        (documents.CARD, 7, 800, "bank_card"),
        (documents.PAPERS, 90, 800, "id_document"),
        (documents.PASSPORT, 180, 900, "id_document"),
        (documents.INVOICE, 7, 600, "bank_account"),
        (documents.NOTE, 0, 450, "credentials"),
        (documents.MENU, 7, 800, ""),
        (documents.SIGN_IN, 0, 800, ""),
    ],
)
def test_the_real_engine_reads_documents_turned_and_small(
    real: ProcessTextReader, lines: tuple[str, ...], turned: int, width: int, what: str
) -> None:
    read = real.read(documents.photo_of(lines, turned=turned, width=width))

    assert read
    check = PrivacyCheck(real.name, findings_in([line.text for line in read]))
    assert {one.what for one in check.findings} == ({what} if what else set())
    assert suspicion_of(check) is (Suspicion.SENSITIVE if what else Suspicion.CLEAR)


def test_the_real_engine_refuses_what_is_no_picture(real: ProcessTextReader) -> None:
    with pytest.raises(Unreadable, match="not a picture"):
        real.read(b"no picture")
