"""What the daemon does, why nothing happens, and what needs a person."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from doubles.control import a_job, a_status
from doubles.gallery_house import GalleryHouse
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.job import JobId, JobState
from phototagd.domain.library import LibraryReport, LibraryState, WatchMode
from phototagd.domain.meaning import MeaningReport
from phototagd.domain.status import Closure, ClosureCause
from phototagd.web.gallery.activity_view import headline_of

AT = datetime(2026, 5, 1, 22, tzinfo=UTC)
AWAY = EngineReport(
    EngineState.WAITING, "no model server answers at http://nas:11434", "start Ollama: ollama serve"
)
OFF = EngineReport(EngineState.OFF, "model.engine is none")
NIGHT = Closure(ClosureCause.SCHEDULE, "outside the schedule until 22:00", AT)


def page(house: GalleryHouse, language: str = "en") -> str:
    answer = house.browser.get("/activity", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("headline", "changes"),
    [
        ("working", {}),
        ("working", {"queued": 0}),
        ("given_up", {"queued": 0, "running": 0}),
        ("given_up", {"queued": 0, "running": 0, "done": 0}),
        ("done", {"queued": 0, "running": 0, "dead": 0}),
        ("empty", {"queued": 0, "running": 0, "done": 0, "dead": 0}),
        ("paused", {"paused": True, "queued": 0}),
        ("away", {"engine": AWAY}),
        ("done", {"engine": AWAY, "queued": 0, "running": 0, "dead": 0}),
        ("off", {"engine": OFF}),
        ("done", {"engine": OFF, "queued": 0, "running": 0, "dead": 0}),
        ("waiting", {"closures": (NIGHT,)}),
    ],
)
def test_the_headline_says_what_happens(headline: str, changes: dict[str, Any]) -> None:
    assert headline_of(a_status(**changes)) == headline


def test_what_is_tried_again_later_is_no_work_now() -> None:
    report = a_status(queued=2, running=0, dead=0)

    assert headline_of(report, snoozed=1) == "working"
    assert headline_of(report, snoozed=2) == "postponed"
    assert headline_of(replace(report, dead=1), snoozed=2) == "given_up"


def test_numbers_rate_and_time_left(house: GalleryHouse) -> None:
    house.control.report = a_status(queued=1200, eta_seconds=5760)

    text = page(house)

    assert "Looking at photos" in text
    for words in ("1,200 photos wait", "1 is looked at now", "12.5 a minute", "2 hours left"):
        assert words in text
    assert '<progress max="1212" value="10"' in text
    assert "1,200 张照片等待中" in page(house, "zh")


def test_why_nothing_happens_is_told_with_what_to_do(house: GalleryHouse) -> None:
    house.control.report = a_status(engine=AWAY, closures=(NIGHT,))

    text = page(house)

    assert "The model server does not answer." in text
    assert "Outside the hours" in text
    assert "Until " in text
    assert "start Ollama: ollama serve" in text, "for who runs the daemon"
    assert "模型服务器没有响应" in page(house, "zh")


def test_an_engine_that_is_off_is_no_obstacle_while_nothing_waits(house: GalleryHouse) -> None:
    house.control.report = a_status(engine=OFF, queued=0, running=0)

    assert "Why nothing happens" not in page(house)


def test_photos_that_gave_up_are_grouped_by_what_to_do(house: GalleryHouse) -> None:
    cut = "not readable for 3 days: the file is incomplete: its last part is missing"
    house.control.listed = [
        replace(a_job(5, location=b"/photos/\xff/2024/a.jpg"), reason=cut),
        replace(a_job(6, location=b"/photos/\xff/2024/b.jpg"), reason=cut),
        replace(
            a_job(7, location=b"/elsewhere/c.jpg"), reason="bad reply twice: the reply is no JSON"
        ),
        replace(a_job(-3, location=b"/photos/\xff/d.jpg"), kind="read", reason="no photo but text"),
    ]
    house.control.report = a_status(dead=4)

    text = page(house)

    assert text.count("The file ends too early.") == 1
    assert "<b>a.jpg</b> <small>2024</small>" in text
    assert "<b>c.jpg</b> <small>elsewhere</small>" in text
    assert text.index("Photos that need you") < text.index("Files that cannot be read")
    assert text.index("Files that cannot be read") < text.index("<b>d.jpg</b>")
    assert cut in text


def test_names_of_private_photos_are_told_to_nobody_who_may_not_see_them(
    house: GalleryHouse,
) -> None:
    house.shelf.put("passport", is_private=True)
    house.shelf.put("dog")
    house.control.listed = [
        a_job(5, location=b"/photos/2026/may/passport.jpg"),
        a_job(6, location=b"/photos/2026/may/dog.jpg"),
        replace(
            a_job(8, JobState.QUEUED, b"/photos/2026/may/passport.jpg"), reason="the file is empty"
        ),
    ]

    text = page(house)
    assert "dog.jpg" in text
    assert "passport" not in text

    house.show_private()
    assert page(house).count("<b>passport.jpg</b>") == 2


def test_what_is_tried_again_by_itself_says_when(house: GalleryHouse) -> None:
    waiting = replace(
        a_job(8, JobState.QUEUED, b"/photos/a.jpg"), reason="the file is empty", run_after=AT
    )
    house.control.listed = [waiting, a_job(9, JobState.QUEUED, b"/photos/in-order.jpg")]

    text = page(house)

    assert "still being copied" in text
    assert "Next try" in text
    assert "in-order.jpg" not in text


def test_more_than_are_listed_can_be_tried_again_together(house: GalleryHouse) -> None:
    house.control.report = a_status(dead=900)
    house.control.listed = [a_job(1)]

    assert "and 899 more" in page(house)


def test_libraries_are_shown_with_what_is_wrong(house: GalleryHouse) -> None:
    why = "the folder is empty, though it held photos: is the disk mounted?"
    house.control.report = a_status(
        libraries=(
            LibraryReport(b"/photos/a", WatchMode.NATIVE, LibraryState.ONLINE, "", AT),
            LibraryReport(
                b"/photos/b", WatchMode.SCAN, LibraryState.OFFLINE, why, None, held_losses=120
            ),
        )
    )

    text = page(house)

    assert "Connect its disk" in text
    assert "120 photos are missing at once" in text
    assert 'action="/activity/confirm"' in text


def test_search_by_meaning_that_stands_still_is_told(house: GalleryHouse) -> None:
    trouble = "model 'embeddinggemma' not found"
    house.control.report = a_status(
        meaning=MeaningReport("embeddinggemma", 5, 7, 0, trouble, "pull")
    )

    text = page(house)

    assert "Search by meaning is not available." in text
    assert "7 photos are not found by meaning yet." in text


@pytest.mark.parametrize(
    ("path", "form", "told"),
    [
        ("pause", {}, ("pause",)),
        ("resume", {}, ("resume",)),
        ("rescan", {}, ("rescan", True)),
        ("confirm", {}, ("confirm", None)),
        ("retry", {"all": "yes"}, ("retry", None)),
        ("retry", {"id": "-12"}, ("retry", [JobId(-12)])),
        ("retry", {"id": "seven"}, ("retry", [])),
        ("retry", {}, ("retry", [])),
    ],
)
def test_orders_are_given_and_lead_back(
    house: GalleryHouse, path: str, form: dict[str, str], told: tuple[object, ...]
) -> None:
    answer = house.browser.post(f"/activity/{path}", form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/activity")
    assert house.control.told[-1] == told


def test_several_are_tried_again_together(house: GalleryHouse) -> None:
    house.browser.request("POST", "/activity/retry", data={"id": ["3", "4"]})

    assert house.control.told[-1] == ("retry", [3, 4])


def test_nothing_is_ordered_by_looking(house: GalleryHouse) -> None:
    for path in ("pause", "resume", "rescan", "confirm", "retry"):
        assert house.browser.get(f"/activity/{path}").status_code == 405
    assert house.control.told == []
