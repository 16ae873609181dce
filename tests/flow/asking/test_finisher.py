"""A reply becomes a tagging that holds nothing private, or is refused."""

import json

import pytest

from doubles.captioner import PLAUSIBLE, reply_with
from doubles.photos import recipe
from doubles.profiles import style
from doubles.tagging_line import TaggingLine
from phototagd.domain.errors import BadReply
from phototagd.domain.job import JobKind, Lease, Priority
from phototagd.flow.asking.finisher import Finisher
from phototagd.flow.asking.preparer import LEASE

CARD = "4539 1488 0343 6467"


@pytest.fixture
def finisher(line: TaggingLine) -> Finisher:
    return Finisher(catalogue=line.catalogue, clock=line.clock, emit=line.events)


@pytest.fixture
def lease(line: TaggingLine) -> Lease:
    line.photo()
    lease = line.store.queue.claim(JobKind.TAG, Priority.NEW, "me", line.clock.now(), LEASE)
    assert lease is not None
    return lease


def test_nothing_private_passes_in_the_answer_or_in_the_raw_reply(
    finisher: Finisher, lease: Lease, line: TaggingLine
) -> None:
    reply = reply_with({**PLAUSIBLE, "text": [CARD], "caption": f"A card with {CARD}."})

    tagging = finisher.read(lease, recipe(), style(), reply, 1.0)
    finisher.record(lease, tagging, 90, line.path())

    assert tagging.is_private
    for text in (tagging.raw, json.dumps(tagging.answer.text), tagging.answer.caption):
        assert CARD not in text
        assert "0343 6467" not in text
    assert line.events.named("photo.tagged")[0].is_private


def test_nonsense_is_a_bad_reply(finisher: Finisher, lease: Lease) -> None:
    with pytest.raises(BadReply):
        finisher.read(lease, recipe(), style(), reply_with("no object"), 1.0)


def test_an_answer_in_the_thinking_is_found(finisher: Finisher, lease: Lease) -> None:
    """Some models leave the content empty."""
    whole = reply_with(PLAUSIBLE)
    reply = type(whole)(content="", thinking=whole.content)

    tagging = finisher.read(lease, recipe(), style(), reply, 1.0)

    assert tagging.answer.caption == PLAUSIBLE["caption"]
    assert tagging.raw


def test_a_lost_lease_is_not_told(finisher: Finisher, lease: Lease, line: TaggingLine) -> None:
    tagging = finisher.read(lease, recipe(), style(), reply_with(PLAUSIBLE), 1.0)
    line.store.queue.reclaim(line.clock.now(), everything=True)

    finisher.record(lease, tagging, 90, line.path())

    assert line.events.named("photo.tagged") == []
    assert line.store.catalogue.latest_tagging(lease.asset) is None
