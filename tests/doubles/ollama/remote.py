"""Orders to a double in another process: a JSON object per line, answered by one.

`script` and `always` name faults (`wedge`, or `recorded:busy` for a body of bodies.json),
`poison` the SHA-256 of pictures that crash the model, `remove` a model to delete, `build` a new
build of all models under their old names, `stall` whether answers are held back. Every answer
tells what the double has seen so far.
"""

import json
from dataclasses import replace
from typing import Any, TextIO

from doubles.ollama.faults import Fault, Recorded, Scripted
from doubles.ollama.server import OllamaDouble


def obey(double: OllamaDouble, orders: TextIO, answers: TextIO) -> None:
    """Until the orders end."""
    for line in orders:
        _do(double, json.loads(line))
        answers.write(json.dumps(_told(double)) + "\n")
        answers.flush()


def _do(double: OllamaDouble, order: dict[str, Any]) -> None:
    for word, value in order.items():
        match word:
            case "script":
                double.script(*[_fault(name) for name in value])
            case "always":
                double.always = _fault(value) if value else None
            case "poison":
                double.poison.update(value)
            case "remove":
                del double.models[value]
            case "build":
                double.models = {n: replace(m, build=value) for n, m in double.models.items()}
            case "stall":
                (double.answer_gate.clear if value else double.answer_gate.set)()
            case "seconds":
                double.answering.seconds_per_answer = value
            case _:
                raise ValueError(f"no such order: {word}")


def _fault(name: str) -> Scripted:
    kind, _, body = name.partition(":")
    return Recorded(body) if kind == "recorded" else Fault(name)


def _told(double: OllamaDouble) -> dict[str, Any]:
    return {
        "seen": [seen.sha256 for seen in list(double.seen)],
        "seen_at": [seen.at for seen in list(double.seen)],  # CLOCK_MONOTONIC, of all processes
        "loads": len(double.loads),
        "requests": dict(double.requests),
        "busy": double.concurrent_now,
    }
