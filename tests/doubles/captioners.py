"""Rigs for the captioner contract: the fake, the real adapter over the double, a real server."""

import os
import threading
from collections.abc import Callable
from typing import Any

from contracts.captioner import Failure, Rig
from doubles import FakeClock
from doubles.captioner import FakeCaptioner
from doubles.ollama import Fault, OllamaDouble, Recorded
from phototagd.adapters.clock import SystemClock
from phototagd.adapters.ollama import OllamaCaptioner
from phototagd.domain.errors import BadReply, ProcessKilled, Unavailable, Unreadable
from phototagd.ports import Clock

MODEL = "qwen3-vl:4b-instruct"


class FakeRig(Rig):
    """The fake, failing by its script."""

    def __init__(self) -> None:
        self.fake = FakeCaptioner()
        self.captioner = self.fake

    def fail_next(self, failure: Failure) -> None:
        errors = {
            Failure.CUT: BadReply("cut"),
            Failure.SILENT_END: BadReply("ended"),
            Failure.EMPTY: BadReply("empty"),
            Failure.CRASH: ProcessKilled("crashed"),
            Failure.UNDECODABLE: Unreadable("no picture"),
            Failure.OUT_OF_MEMORY: Unavailable("out of memory", alive=True),
        }
        self.fake.script.append(errors[failure])

    def lose_server(self) -> None:
        self.fake.lost = Unavailable("nobody answers")

    def bring_server_back(self) -> None:
        self.fake.lost = None


class DoubleRig(Rig):
    """The real adapter, talking to the double."""

    def __init__(self, double: OllamaDouble) -> None:
        self.double = double
        self.captioner = captioner_for(double.url)

    def fail_next(self, failure: Failure) -> None:
        faults: dict[Failure, Fault | Recorded] = {
            Failure.CUT: Fault.LENGTH,
            Failure.SILENT_END: Fault.SILENT_END,
            Failure.EMPTY: Fault.EMPTY,
            Failure.CRASH: Fault.CRASH,
            Failure.UNDECODABLE: Recorded("undecodable"),
            Failure.OUT_OF_MEMORY: Fault.OUT_OF_MEMORY,
        }
        self.double.script(faults[failure])

    def lose_server(self) -> None:
        self.double.stop()

    def bring_server_back(self) -> None:
        self.double.start()


class RealRig(Rig):
    """A real server at the address in PHOTOTAGD_TEST_OLLAMA."""

    has_levers = False

    def __init__(self) -> None:
        self.captioner = captioner_for(
            os.environ["PHOTOTAGD_TEST_OLLAMA"],
            model=os.environ.get("PHOTOTAGD_TEST_OLLAMA_MODEL", MODEL),
            timeout_seconds=600,
            load_timeout_seconds=1800,
            clock=SystemClock(),
        )

    def fail_next(self, failure: Failure) -> None:
        raise NotImplementedError

    def lose_server(self) -> None:
        raise NotImplementedError

    def bring_server_back(self) -> None:
        raise NotImplementedError


def captioner_for(
    url: str,
    *,
    model: str = MODEL,
    timeout_seconds: float = 20,
    load_timeout_seconds: float = 20,
    allow_cloud: bool = False,
    clock: Clock | None = None,
    **more: Any,
) -> OllamaCaptioner:
    """The real adapter; with the fake clock, pauses between retries take no time."""
    return OllamaCaptioner(
        url=url,
        model=model,
        keep_alive="30m",
        timeout_seconds=timeout_seconds,
        load_timeout_seconds=load_timeout_seconds,
        allow_cloud=allow_cloud,
        clock=clock or FakeClock(),
        **more,
    )


def wait_until(condition: Callable[[], object]) -> None:
    """Yield to other threads until they got there; fails after ten seconds."""
    waiting = threading.Event()
    for _ in range(2000):
        if condition():
            return
        waiting.wait(0.005)
    raise AssertionError("it did not come to that")
