"""Every page speaks one language: its own, but for what people, files and models say."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from doubles.gallery_house import GalleryHouse
from phototagd.domain.asset import Place
from phototagd.domain.errors import ConfigError
from phototagd.domain.library import LibraryState
from phototagd.domain.vocabulary import Entry, Order, Tended, TermOrigin, Verb

OURS = {"phototagd", "ollama", "pull", "jpeg", "png", "heic", "tiff", "raw", "xmp", "shift", "mb"}
OURS |= {"web", "setup", "english", "x", "upload_mb"}
"""Names of programs, commands, keys, formats and units."""

DATA = {
    "photos",
    "may",
    "jpg",
    "a",
    "b",
    "zebra",
    "munich",
    "bavaria",
    "germany",
    "yurt",
    "tent",
    "c",
    "dog",
}
"""What the library, its files and its words are called."""

SILENT = {"script", "style", "code", "pre"}
TOLD = {"title", "placeholder", "aria-label", "alt"}


class Words(HTMLParser):
    """Collects what a page says to people: its text, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._open.append(tag)
        self.said += [value for name, value in attrs if name in TOLD and value]

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.said.append(data)


def said_on(page: str) -> str:
    words = Words()
    words.feed(page)
    return " ".join(words.said)


@pytest.fixture
def full(house: GalleryHouse) -> GalleryHouse:
    """A house with something on every page; all that is data is in capitals or known."""
    munich = Place(city="Munich", state="Bavaria", country="Germany", country_code="DE")
    for number, name in enumerate(("a", "b")):
        house.shelf.put(
            name,
            "zebra",
            taken=f"2025-11-2{number}T10:00:00",
            place=munich,
            category="animal",
            mood=("calm",),
            people=2,
        )
    house.control.report = replace(
        house.control.report,
        libraries=tuple(
            replace(library, root=b"/photos", state=LibraryState.OFFLINE, why="the folder is gone")
            for library in house.control.report.libraries
        ),
    )
    words = house.control.vocabulary
    words.listed = [
        Entry(word=word, path=word, photos=2, state=state, origin=TermOrigin.PERSON)
        for word, state in (
            *(("zebra", "kept"), ("yurt", "blocked")),
            *(("tent", "grouping"), ("a", "waiting")),
        )
    ]
    words.near = [replace(words.near[0], words=("yurt",), target="tent")]
    words.plan = words.last = Tended(description="merge yurt into tent", terms=1, photos=7)
    return house


PAGES = (
    *("/", "/months/2025-11", "/photos/1", "/photos/1/similar", "/explore", "/explore/places"),
    *("/explore/on-this-day", "/explore/places?at=Germany", "/explore/duplicates", "/activity"),
    *("/search?q=zebra", "/search?q=zebra+last+year", "/search?q=zebra+place:Munich+nobody"),
    *("/search?q=zebra+people:2+has:date+class:animal+mood:calm", "/search?q=yurt+in+summer"),
    *("/upload", "/upload?photos=1", "/vocabulary", "/vocabulary/alike", "/vocabulary/undo"),
    *("/nowhere", "/photos/1/asked/q1"),
)


@pytest.mark.parametrize("path", PAGES)
def test_a_chinese_page_has_no_english_words(full: GalleryHouse, path: str) -> None:
    page = full.browser.get(path, headers={"accept-language": "zh"}).text

    query = set(re.findall(r"[a-z]+", path.casefold().partition("?")[2]))
    words = {word.casefold() for word in re.findall(r"[A-Za-z_]+", said_on(page))}
    assert re.search(r"[\u4e00-\u9fff]", page)
    assert words - OURS - DATA - query - {"which", "bird", "p", "s"} == set()


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_has_no_chinese_words(full: GalleryHouse, path: str) -> None:
    page = full.browser.get(path, headers={"accept-language": "en"}).text

    assert (
        re.findall(r"[\u4e00-\u9fff]+", said_on(page).replace("中文", "").replace("狗", "")) == []
    )


@pytest.mark.parametrize("reason", ["'yurt' is not in the vocabulary", "the moon is full"])
def test_a_refusal_is_told_in_chinese(
    full: GalleryHouse, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    def refuse(_order: Order, **_: object) -> Tended:
        raise ConfigError(reason)

    monkeypatch.setattr(full.control.vocabulary, "tend", refuse)
    form = {"verb": Verb.BLOCK.value, "words": "yurt"}

    answer = full.browser.post("/vocabulary/preview", form, headers={"accept-language": "zh"})

    words = {word.casefold() for word in re.findall(r"[A-Za-z]+", said_on(answer.text))}
    assert answer.status_code == 409
    assert words - OURS == set()
