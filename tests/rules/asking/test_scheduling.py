"""A person first, new photos next, and a flood starves nobody."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.job import Priority
from phototagd.rules.asking.scheduling import Scheduler

PERSON, NEW, RETRY, BACKLOG = Priority
CLASSES = st.sets(st.sampled_from(list(Priority)), min_size=1)


@given(st.lists(CLASSES, max_size=60))
def test_a_person_is_always_first_and_only_present_classes_are_drawn(
    rounds: list[set[Priority]],
) -> None:
    scheduler = Scheduler()
    for present in rounds:
        drawn = scheduler.draw(present)

        assert drawn in present
        assert drawn is PERSON or PERSON not in present


@given(st.lists(st.sets(st.sampled_from([NEW, RETRY, BACKLOG])), max_size=200))
def test_a_waiting_class_is_drawn_once_in_sixteen(others: list[set[Priority]]) -> None:
    """However the others come and go, as long as no person takes the turn."""
    for waiting in (RETRY, BACKLOG):
        scheduler = Scheduler()
        passed = 0
        for present in others:
            passed = 0 if scheduler.draw(present | {waiting}) is waiting else passed + 1

            assert passed < 16


@given(st.lists(st.sets(st.sampled_from([RETRY, BACKLOG]), min_size=1), max_size=100))
def test_a_new_photo_is_next_however_long_the_backlog(before: list[set[Priority]]) -> None:
    scheduler = Scheduler()
    for present in before:
        scheduler.draw(present)

    assert scheduler.draw({NEW, RETRY, BACKLOG}) is NEW


def test_under_a_flood_of_everything_new_photos_get_most() -> None:
    scheduler = Scheduler()
    drawn = [scheduler.draw({NEW, RETRY, BACKLOG}) for _ in range(160)]

    assert drawn.count(NEW) > 100
    assert drawn.count(RETRY) > drawn.count(BACKLOG) >= 10
