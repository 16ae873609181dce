"""The breaker stops for the world, not for a photo, and comes back by itself."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.rules.asking.breaking import Breaker, Phase, normalise

ONE, TWO, THREE = AssetId(1), AssetId(2), AssetId(3)


def opened(now: float = 100.0) -> Breaker:
    return Breaker().unavailable(Unavailable("connection refused", remedy="start it"), now)


def test_the_world_opens_it_at_once_with_reason_and_remedy() -> None:
    breaker = opened()

    assert not breaker.may_ask
    assert (breaker.reason, breaker.remedy, breaker.since) == (
        "connection refused",
        "start it",
        100.0,
    )


def test_it_probes_quickly_first_then_every_15_seconds() -> None:
    breaker = Breaker()
    now = 0.0
    waits = []
    for _ in range(7):
        breaker = breaker.unavailable(Unavailable("away"), now)
        waits.append(breaker.seconds_to_probe(now))
        assert not breaker.wants_probe(now)
        now = breaker.next_probe_at
        assert breaker.wants_probe(now)

    assert waits == [1, 2, 4, 8, 15, 15, 15]
    assert breaker.since == 0.0


@given(st.integers(0, 10**9), st.integers(0, 50))
def test_what_the_server_asks_for_is_honoured_up_to_five_minutes(
    retry_after: int, failures: int
) -> None:
    breaker = Breaker(phase=Phase.OPEN, probes=failures).unavailable(
        Unavailable("busy", retry_after=retry_after), 0.0
    )

    assert min(retry_after, 300) <= max(breaker.seconds_to_probe(0.0), 15)
    assert breaker.seconds_to_probe(0.0) <= max(15, min(retry_after, 300))


def test_an_answered_probe_asks_the_canary_before_any_photo() -> None:
    breaker = opened().probed()

    assert breaker.wants_canary
    assert not breaker.may_ask
    assert breaker.canary_answered().may_ask
    assert breaker.canary_answered().answered() == Breaker()


def test_a_failed_canary_opens_it_again_and_keeps_the_time() -> None:
    breaker = opened(100.0).probed().canary_failed("no vision", 130.0, remedy="pull another")

    assert breaker.phase is Phase.OPEN
    assert (breaker.reason, breaker.since) == ("no vision", 100.0)
    assert breaker.seconds_to_probe(130.0) == 2


def test_the_same_error_for_three_photos_in_a_row_asks_the_canary() -> None:
    breaker = Breaker()
    for n, asset in enumerate((ONE, TWO, THREE), 1):
        assert breaker.may_ask
        breaker = breaker.failed(asset, f"engine died at port {11000 + n}", 5.0)

    assert breaker.wants_canary
    assert breaker.canary_answered().may_ask


def test_the_same_photo_three_times_says_nothing_about_the_server() -> None:
    breaker = Breaker()
    for _ in range(5):
        breaker = breaker.failed(ONE, "bad", 5.0)

    assert breaker.may_ask


def test_an_answer_or_another_error_in_between_starts_the_count_anew() -> None:
    answered = Breaker().failed(ONE, "bad", 1.0).failed(TWO, "bad", 2.0).answered()
    another = Breaker().failed(ONE, "bad", 1.0).failed(TWO, "cut", 2.0)

    assert answered.failed(THREE, "bad", 3.0).may_ask
    assert another.failed(THREE, "bad", 3.0).may_ask


def test_a_killed_process_asks_the_canary_first() -> None:
    assert Breaker().suspicious("the model process died", 1.0).wants_canary
    assert opened().suspicious("late news", 2.0) == opened()


STEPS = st.sampled_from(["unavailable", "failed", "killed", "probed", "canary", "no canary", "ok"])


@given(st.lists(STEPS, max_size=40))
def test_whatever_happens_it_can_come_back(steps: list[str]) -> None:
    """From every state one answered probe and one answered canary lead back to work."""
    breaker = Breaker()
    for now, step in enumerate(steps):
        match step:
            case "unavailable":
                breaker = breaker.unavailable(Unavailable("away"), now)
            case "failed":
                breaker = breaker.failed(AssetId(now), "bad", now)
            case "killed":
                breaker = breaker.suspicious("killed", now)
            case "probed":
                breaker = breaker.probed()
            case "canary" if breaker.wants_canary:
                breaker = breaker.canary_answered()
            case "no canary" if breaker.wants_canary:
                breaker = breaker.canary_failed("no", now)
            case "ok" if breaker.may_ask:
                breaker = breaker.answered()
            case _:
                pass
        states = [breaker.may_ask, breaker.wants_canary, breaker.phase is Phase.OPEN]

        assert states.count(True) == 1
        assert breaker.may_ask or breaker.reason
        assert breaker.seconds_to_probe(now) <= 15
        assert breaker.probed().may_ask or breaker.probed().wants_canary


def test_errors_that_differ_in_numbers_only_are_equal() -> None:
    one = 'Post "http://127.0.0.1:40211/completion": EOF at 0x7f3A11, id 9f86d081884c7d65'
    two = 'Post "http://127.0.0.1:51877/completion":  EOF at 0x6e0000, id 1b4f0e9851971998'

    assert normalise(one) == normalise(two)
    assert normalise(one) != normalise("out of memory")


@given(st.text())
def test_normalising_twice_changes_nothing(message: str) -> None:
    assert normalise(normalise(message)) == normalise(message)
