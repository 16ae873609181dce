"""Photos are chosen by how they were answered and what they show; none is asked twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from doubles.photos import arrival, sidecar, tagging
from doubles.store import Bench
from phototagd.domain.asset import AssetId
from phototagd.domain.job import JobKind, JobState, Priority
from phototagd.domain.tagging import Tagging
from phototagd.rules.search.choosing import chosen

TODAY = date(2026, 6, 1)
NONE: dict[str, frozenset[str]] = {}


def photo(bench: Bench, name: bytes, *, library: int = 1, **recipe: str) -> AssetId:
    """A photo with an answer by such a recipe, and its sidecar written."""
    asset = arrived(bench, name, library=library)
    lease = bench.claimed()
    answer = tagging(asset, key=recipe.get("key", "r1"))
    answer = replace(answer, recipe=replace(answer.recipe, **recipe))
    assert bench.catalogue.record_tagging(lease, answer, bench.clock.now())
    settle_writes(bench)
    return asset


def arrived(bench: Bench, name: bytes, *, library: int = 1) -> AssetId:
    content = name.decode()
    return bench.catalogue.take_in([arrival(name, content, library=library)])[0].asset


def settle_writes(bench: Bench) -> None:
    while (lease := bench.claim(JobKind.WRITE)) is not None:
        assert lease.path is not None
        bench.catalogue.record_sidecar(lease, sidecar(lease.path), bench.clock.now())


def count(bench: Bench, where: str, current: dict[str, frozenset[str]] = NONE) -> int:
    return bench.store.retagging.plan(chosen(where, TODAY), current).photos


@pytest.fixture
def three(bench: Bench) -> Bench:
    photo(bench, b"a.jpg", key="r1", model="qwen3-vl:4b", language="en")
    photo(bench, b"b.jpg", key="r2", model="gemma3:4b", language="zh")
    photo(bench, b"c[1].jpg", key="r3", model="QWEN2.5vl", language="en")
    arrived(bench, b"unanswered.jpg")
    return bench


@pytest.mark.parametrize(
    ("where", "photos"),
    [
        ("model = gemma3:4b", 1),
        ("model = qwen*", 2),
        ("model != qwen*", 1),
        ("model = qwen3-vl", 0),
        ("language = en and not path = a.jpg", 1),
        ("path = c[1]", 1),
        ("path = *.jpg", 3),
        ("recipe = r2 or recipe = r3", 2),
        ("profile = photos", 3),
        ("private", 0),
        ("tag = sunset", 3),
        ("category = landscape", 3),
        ("tagged before 2026-04", 0),
        ("tagged since 2026-04", 3),
        ("before 2024", 0),
    ],
)
def test_choosing(three: Bench, where: str, photos: int) -> None:
    assert count(three, where) == photos


def test_a_plan_says_how_many_how_long_and_which(three: Bench) -> None:
    plan = three.store.retagging.plan(chosen("model = qwen*", TODAY), NONE)

    assert (plan.photos, plan.questions) == (2, 2)
    assert plan.seconds == pytest.approx(9.0)  # twice what an answer took
    assert [path.rpartition(b"/")[2] for path in plan.examples] == [b"a.jpg", b"c[1].jpg"]
    assert three.states().count("queued") == 1  # planning queued nothing


def test_questions_wait_behind_all_others(three: Bench) -> None:
    three.store.retagging.start(chosen("model = qwen*", TODAY), NONE, three.clock.now())

    waiting = [job for job in three.queue.jobs(JobState.QUEUED, 10) if job.kind == "tag"]
    assert sorted(job.priority for job in waiting) == [
        Priority.NEW,
        Priority.BACKLOG,
        Priority.BACKLOG,
    ]


def test_who_has_the_answer_of_now_or_waits_for_it_is_left_out(three: Bench) -> None:
    current = {"photos": frozenset({"r1", "r9"})}

    assert count(three, "path = *", current) == 2
    three.store.retagging.start(chosen("recipe = r2", TODAY), current, three.clock.now())
    assert count(three, "path = *", current) == 1


def test_an_older_answer_by_the_recipe_of_now_counts(bench: Bench) -> None:
    """The same question is never asked twice, even after another one was."""
    asset = photo(bench, b"a.jpg", key="old")
    answer_again(bench, asset, "new")

    assert count(bench, "recipe = new") == 1
    assert count(bench, "recipe = new", {"photos": frozenset({"old"})}) == 0


def answer_again(bench: Bench, asset: AssetId, key: str) -> None:
    bench.queue.enqueue_tag(asset, "", Priority.BACKLOG, bench.clock.now())
    lease = bench.claimed(priority=Priority.BACKLOG)
    later = datetime(2026, 5, 2, tzinfo=UTC)
    answer = tagging(asset, key=key, created_at=later)
    assert bench.catalogue.record_tagging(lease, answer, bench.clock.now())


def test_what_was_undone_is_named_so_that_it_can_come_back(bench: Bench) -> None:
    asset = photo(bench, b"a.jpg")
    (path,) = [copy.id for copy in bench.catalogue.paths_of(asset)]
    bench.store.ledger.withhold([path])

    started = bench.store.retagging.start(chosen("path = *", TODAY), NONE, bench.clock.now())

    assert started == [path]


def test_a_copy_in_a_library_with_another_profile_is_a_question_of_its_own(bench: Bench) -> None:
    """Each profile has its own answer, and each path the one of its library."""
    shop = bench.catalogue.open_library(b"/shop", profile="ecommerce").id
    asset = photo(bench, b"a.jpg")
    arrived(bench, b"a.jpg", library=shop)
    lease = bench.claimed()
    assert (lease.asset, lease.recipe) == (asset, "ecommerce")
    answer = tagging(asset, key="shop", caption="A mug")
    answer = replace(answer, recipe=replace(answer.recipe, profile="ecommerce"))
    assert bench.catalogue.record_tagging(lease, answer, bench.clock.now())

    captions = {
        copy.root: _caption(bench.catalogue.tagging_for(copy.id))
        for copy in bench.catalogue.paths_of(asset)
    }
    assert captions == {b"/photos": "A sunset over the sea", b"/shop": "A mug"}
    assert bench.catalogue.latest_tagging(asset, "photos") == bench.catalogue.stored_tagging(
        asset, "r1"
    )
    settle_writes(bench)
    plan = bench.store.retagging.plan(chosen("path = *", TODAY), {"photos": frozenset({"r1"})})
    assert (plan.photos, plan.questions) == (1, 1)
    assert (count(bench, "profile = photos"), count(bench, "profile = ecommerce")) == (1, 1)


def _caption(answer: Tagging | None) -> str:
    return "" if answer is None else answer.answer.caption


def test_another_profile_of_a_library_asks_what_waits_in_its_words(bench: Bench) -> None:
    """What was answered stays answered; nothing is asked in words that nobody wants any more."""
    photo(bench, b"old.jpg")
    waiting = arrived(bench, b"new.jpg")

    bench.catalogue.open_library(b"/photos", profile="ecommerce")

    lease = bench.claimed()
    assert (lease.asset, lease.recipe) == (waiting, "ecommerce")
    assert bench.claim() is None
    bench.clock.advance(timedelta(hours=1).total_seconds())
    assert sorted(bench.states()) == ["cancelled", "done", "running"]
