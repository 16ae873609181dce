"""Which threads' ends are heard, and which are passed on."""

import threading
from collections.abc import Iterator

import pytest

from phototagd.adapters.last_words import LastWords


@pytest.fixture
def passed_on(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    passed: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda last: passed.append(str(last.exc_value)))
    return passed


@pytest.fixture
def pair(passed_on: list[str]) -> Iterator[tuple[LastWords, LastWords, list[threading.Thread]]]:
    threads = [threading.Thread(target=_die, args=(name,)) for name in ("first", "second", "third")]
    first = LastWords(threads=lambda: threads[:1])
    second = LastWords(threads=lambda: threads[1:2])
    yield first, second, threads
    first.stop()
    second.stop()


def _die(name: str) -> None:
    raise KeyError(name)


def _run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
        thread.join()


def test_each_hears_its_own(
    pair: tuple[LastWords, LastWords, list[threading.Thread]], passed_on: list[str]
) -> None:
    first, second, threads = pair

    _run(threads)

    assert (first.heard, second.heard) == ("KeyError: 'first'", "KeyError: 'second'")
    assert passed_on == ["'third'"]


def test_they_stop_in_any_order_and_leave_the_hook_as_it_was(
    pair: tuple[LastWords, LastWords, list[threading.Thread]], passed_on: list[str]
) -> None:
    first, second, threads = pair
    before = first.before

    first.stop()
    _run(threads)
    second.stop()
    second.stop()

    assert (first.heard, second.heard) == ("", "KeyError: 'second'")
    assert passed_on == ["'first'", "'third'"]
    assert threading.excepthook is before
