"""Rigs for the captioner contract over OpenAI-compatible servers: the double, and llama-server."""

import os
import socket
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts.captioner import Failure, Rig
from doubles import FakeClock
from doubles.openai_api import Fault, OpenAiDouble, Recorded
from doubles.tiny_model import write_tiny_model
from phototagd.adapters.clock import SystemClock
from phototagd.adapters.openai_api import OpenAiCaptioner
from phototagd.domain.errors import Unavailable
from phototagd.ports import Clock

LLAMA = "PHOTOTAGD_TEST_LLAMA"
_FAULTS: Mapping[Failure, Fault | Recorded] = {
    Failure.CUT: Fault.LENGTH,
    Failure.SILENT_END: Fault.NO_FINISH,
    Failure.EMPTY: Fault.EMPTY,
    Failure.CRASH: Recorded("crash"),
    Failure.UNDECODABLE: Recorded("undecodable"),
    Failure.OUT_OF_MEMORY: Recorded("out-of-memory"),
}


class TickingClock(FakeClock):
    """A millisecond passes with every look, so that answers take time."""

    def monotonic(self) -> float:
        self.advance(0.001)
        return super().monotonic()


class OpenAiRig(Rig):
    """The real adapter, talking to the double."""

    loads_models = False

    def __init__(self, double: OpenAiDouble) -> None:
        self.double = double
        self.captioner = openai_captioner(double.url, model=double.model)

    def fail_next(self, failure: Failure) -> None:
        self.double.script(_FAULTS[failure])

    def lose_server(self) -> None:
        self.double.stop()

    def bring_server_back(self) -> None:
        self.double.start()


class LlamaRig(Rig):
    """A real llama-server: one that runs, or one started here with a tiny random model.

    PHOTOTAGD_TEST_LLAMA is its URL (then PHOTOTAGD_TEST_LLAMA_MODEL names the model, else the
    first one listed is taken) or the path of the program, for which the package gguf must be
    installed. A random model never says that it is done, so it may say all that the schema has
    room for.
    """

    loads_models = False
    has_levers = False

    def __init__(self, folder: Path) -> None:
        where = os.environ[LLAMA]
        self._process: subprocess.Popen[bytes] | None = None
        self.url = where if "://" in where else self._start(where, folder)
        self.captioner = self.captioner_for()

    def captioner_for(self, **extra_body: object) -> OpenAiCaptioner:
        """Another client, whose requests say more."""
        return openai_captioner(
            self.url,
            model=os.environ.get("PHOTOTAGD_TEST_LLAMA_MODEL", "tiny"),
            timeout_seconds=600,
            clock=SystemClock(),
            extra_body={"max_tokens": 8000, **extra_body},
        )

    def fail_next(self, failure: Failure) -> None:
        raise NotImplementedError

    def lose_server(self) -> None:
        raise NotImplementedError

    def bring_server_back(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.captioner.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)

    def _start(self, program: str, folder: Path) -> str:
        text, picture = write_tiny_model(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._process = subprocess.Popen(
            [program, "-m", text, "--mmproj", picture, "--alias", "tiny", "-c", "131072",
             "-np", "4", "--host", "127.0.0.1", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        url = f"http://127.0.0.1:{port}"
        self._wait_for(url)
        return url

    def _wait_for(self, url: str) -> None:
        """Until the model is loaded; a minute at most."""
        pause, asking = threading.Event(), openai_captioner(url, clock=SystemClock())
        for _ in range(600):
            try:
                asking.probe()
            except Unavailable:
                assert self._process is not None
                assert self._process.poll() is None, "llama-server ended"
                pause.wait(0.1)
            else:
                asking.close()
                return
        raise AssertionError("llama-server does not come up")


def openai_captioner(
    url: str,
    *,
    model: str = "any",
    timeout_seconds: float = 20,
    allow_cloud: bool = False,
    clock: Clock | None = None,
    **more: Any,
) -> OpenAiCaptioner:
    """The real adapter; with a fake clock, pauses between retries take no time."""
    return OpenAiCaptioner(
        url=url,
        model=model,
        timeout_seconds=timeout_seconds,
        allow_cloud=allow_cloud,
        clock=clock or TickingClock(),
        **more,
    )
