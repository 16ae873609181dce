"""The double as a process: `python -m doubles.openai_api --port 0`; prints its port and serves."""

import argparse
import signal
import threading

from doubles.openai_api import Flavour, OpenAiDouble
from doubles.openai_api.server import MODEL


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="doubles.openai_api", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--flavour", type=Flavour, choices=list(Flavour), default=Flavour.VLLM)
    parser.add_argument("--slots", type=int, default=16)
    parser.add_argument("--seconds-per-answer", type=float, default=0.0)
    given = parser.parse_args()
    double = OpenAiDouble(
        flavour=given.flavour,
        model=given.model,
        slots=given.slots,
        seconds_per_answer=given.seconds_per_answer,
        port=given.port,
    )
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with double:
        print(double.port, flush=True)  # noqa: T201 - its only output
        ended.wait()


if __name__ == "__main__":
    main()
