"""A photo is asked about in the words of its library's profile."""

from dataclasses import replace

import pytest

from doubles.captioner import reply_with
from doubles.profiles import shipped, style
from doubles.tagging_line import TaggingLine
from phototagd.domain.job import Priority
from phototagd.flow.asking.endpoint import Endpoint
from phototagd.flow.asking.retagger import Retagger
from phototagd.flow.pace import Pace

SHOP = {
    "caption": "A blue mug on white ground.",
    "keywords": ["mug", "kitchenware"],
    "product_type": "mug",
    "colour": ["blue"],
    "sensitive": "none",
}


@pytest.fixture
def shop(line: TaggingLine) -> TaggingLine:
    """A line whose endpoint knows two profiles."""
    styles = {"photos": style(), "ecommerce": style(profile=shipped("ecommerce"))}
    line.endpoint._styles = styles
    line.endpoint._learn(line.captioner.facts)
    return line


def test_the_profile_of_the_job_decides_question_and_answer(shop: TaggingLine) -> None:
    shop.store.catalogue.open_library(shop.library.root, profile="ecommerce")
    asset = shop.photo()
    shop.captioner.script.append(reply_with(SHOP))

    shop.ask_once()

    assert "product_type" in shop.captioner.questions[0].schema["properties"]  # type: ignore[operator]
    tagging = shop.store.catalogue.latest_tagging(asset, "ecommerce")
    assert tagging is not None
    assert tagging.recipe.profile == "ecommerce"
    assert [extra.name for extra in tagging.answer.extras] == ["product_type", "colour"]
    assert shop.store.catalogue.latest_tagging(asset, "photos") is None


def test_a_profile_that_nobody_has_any_more_is_not_asked_for(shop: TaggingLine) -> None:
    asset = shop.photo()
    shop.ask_once()
    shop.store.queue.enqueue_tag(asset, "gone", Priority.NEW, shop.clock.now())

    shop.ask_once()

    assert len(shop.captioner.questions) == 1
    assert shop.outcomes() == ["cancelled"]
    assert "profile gone" in shop.events.named("job.ended")[0].reason


def test_the_library_knows_words_that_the_model_is_told(line: TaggingLine) -> None:
    line.lane._hint = lambda: ("harbour",)
    line.photo()

    line.ask_once()

    assert "write it exactly so: harbour" in line.captioner.questions[0].system


def retagger(line: TaggingLine, endpoints: list[Endpoint]) -> Retagger:
    return Retagger(
        store=line.store.retagging,
        ledger=line.store.ledger,
        endpoints=endpoints,
        lanes=2,
        pace=Pace(clock=line.clock),
        clock=line.clock,
        today=lambda: line.clock.now().date(),
    )


def test_nobody_is_asked_twice_for_the_same_recipe(line: TaggingLine) -> None:
    """The recipe of now is left out; when the model was replaced, it is another one."""
    asset = line.photo()
    line.ask_once()
    again = retagger(line, [line.endpoint])
    assert again.retag("path = *", dry_run=False).photos == 0

    line.endpoint._learn(replace(line.captioner.facts, digest="new"))
    assert again.retag("path = *", dry_run=True).photos == 1
    assert again.retag("path = *", dry_run=False).photos == 1
    assert line.tag_job(asset).priority is Priority.BACKLOG
    line.ask_once()

    assert len(line.captioner.questions) == 2
    assert again.retag("path = *", dry_run=True).photos == 0


def test_what_was_undone_comes_back_when_it_is_asked_for(line: TaggingLine) -> None:
    asset = line.photo()
    line.ask_once()
    (copy,) = line.store.catalogue.paths_of(asset)
    line.store.ledger.withhold([copy.id])
    assert line.store.ledger.orders(copy.id).is_withheld

    retagger(line, []).retag("path = *", dry_run=True)
    assert line.store.ledger.orders(copy.id).is_withheld
    retagger(line, []).retag("path = *", dry_run=False)

    assert not line.store.ledger.orders(copy.id).is_withheld
