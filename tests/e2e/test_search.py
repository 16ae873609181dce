"""People ask in their own words, in two languages, and get the photos they mean, with reasons."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from doubles.ollama import OllamaDouble
from doubles.ollama.faults import Say
from doubles.pictures import make_jpeg
from e2e.processes import PhotoDaemon, until
from phototagd.domain.job import JobState


def answer(caption: str, *keywords: str) -> Say:
    fields = {
        "caption": caption,
        "category": "nature",
        "keywords": list(keywords),
        "mood": [],
        "objects": [],
        "people": 0,
        "sensitive": "none",
        "text": [],
    }
    return Say(json.dumps(fields, ensure_ascii=False))


def library() -> dict[str, tuple[int, str, Say]]:
    """Name: year back from now, month, day and hour, and what the model says of it."""
    dog = answer("A dog runs along the water.", "dog", "beach", "sea")
    return {
        "dog-at-noon": (0, "07:10 12:00:00", dog),
        "dog-at-night": (0, "07:10 23:30:00", dog),
        "dog-before": (1, "07:11 12:00:00", dog),
        "dog-in-winter": (1, "01:11 12:00:00", dog),
        "labrador": (0, "07:12 12:00:00", answer("A dog.", "waves")),
        "labrador-before": (
            1,
            "07:12 12:00:00",
            answer("A dog.", "surf"),
        ),
        "cat": (1, "07:13 12:00:00", answer("A cat asleep on a couch.", "cat", "sofa")),
        "car": (0, "07:13 12:00:00", answer("Cars in a street.", "car", "street")),
    }


def test_a_question_finds_the_photos_that_are_meant_in_order_with_reasons(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    ended = now.year if now.month >= 10 else now.year - 1  # the last summer that is over
    with OllamaDouble(models=["qwen3-vl:4b-instruct", "embeddinggemma"]) as server:
        daemon = PhotoDaemon(tmp_path, f"http://127.0.0.1:{server.port}")
        try:
            daemon.start()
            for seed, (name, (back, when, said)) in enumerate(library().items()):
                server.always = said
                taken = f"{ended - back}:{when}"
                tag(daemon, make_jpeg(daemon.photos / f"{name}.jpg", seed=seed, taken=taken))
            until(lambda: daemon.status()["meaning"]["embedded"] == len(library()), "all vectors")

            english = ask(daemon, "my dog at the beach last summer, not at night")
            before = "去年" if ended == now.year else "前年"
            chinese = ask(daemon, f"{before}夏天在海边拍的狗狗照片")
        finally:
            daemon.close()

    assert names(english) == ["dog-at-noon", "labrador"]
    assert names(chinese) == ["dog-before", "labrador-before"]
    assert reasons(english)["dog-at-noon"] >= {"keyword", "taken", "not"}
    assert reasons(english)["labrador"] >= {"meaning", "taken", "not"}
    assert reasons(chinese)["dog-before"] >= {"keyword", "taken"}
    assert reasons(chinese)["labrador-before"] >= {"meaning", "taken"}
    assert english["meaning_trouble"] == ""


def tag(daemon: PhotoDaemon, photo: Path) -> None:
    file = os.fsencode(photo)
    with daemon.control() as control:
        control.tag([file])
        until(lambda: control.tagged([file])[0].state == JobState.DONE, "the photo's words")


def ask(daemon: PhotoDaemon, query: str) -> dict[str, Any]:
    run = daemon.command("search", query, "--json", check=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def names(found: dict[str, Any]) -> list[str]:
    return [Path(hit["path"]).stem for hit in found["hits"]]


def reasons(found: dict[str, Any]) -> dict[str, set[str]]:
    return {
        Path(hit["path"]).stem: {reason["where"] for reason in hit["reasons"]}
        for hit in found["hits"]
    }
