"""The double as a process: `python -m doubles.ollama --port 0`; prints its port and serves."""

import argparse
import signal
import threading

from doubles.ollama import LOAD_FAULTS, Fault, OllamaDouble


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="doubles.ollama", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--model", action="append", metavar="NAME", help="may be given again")
    parser.add_argument("--version", default="0.32.15")
    parser.add_argument("--seconds-per-answer", type=float, default=0.0)
    parser.add_argument("--seconds-per-load", type=float, default=0.0)
    parser.add_argument("--fault", type=Fault, choices=list(Fault))
    parser.add_argument("--times", type=int, default=0, help="of the fault; 0 is for ever")
    given = parser.parse_args()
    double = OllamaDouble(
        models=given.model or ["qwen3-vl:4b-instruct"],
        version=given.version,
        port=given.port,
        seconds_per_answer=given.seconds_per_answer,
    )
    double.engine.load_seconds = given.seconds_per_load
    if given.fault in LOAD_FAULTS:
        double.script(*[given.fault] * (given.times or 1_000_000))
    elif given.fault and given.times:
        double.script(*[given.fault] * given.times)
    else:
        double.always = given.fault
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with double:
        print(double.port, flush=True)  # noqa: T201 - its only output
        ended.wait()


if __name__ == "__main__":
    main()
