"""The double as a process: `python -m doubles.ollama --port 0`; prints its port and serves.

With `--remote` it takes orders on standard input, one JSON object per line (see `remote`).
"""

import argparse
import signal
import sys
import threading
from dataclasses import replace

from doubles.ollama import LOAD_FAULTS, Fault, OllamaDouble, model_named
from doubles.ollama.remote import obey


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
    parser.add_argument("--build", default="", help="of the models: gives them another digest")
    parser.add_argument("--remote", action="store_true", help="take orders on standard input")
    given = parser.parse_args()
    names = given.model or ["qwen3-vl:4b-instruct"]
    double = OllamaDouble(
        models=[replace(model_named(name), build=given.build) for name in names],
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
        print(double.port, flush=True)  # noqa: T201 - the first line of its output
        if given.remote:
            obey(double, sys.stdin, sys.stdout)
        else:
            ended.wait()


if __name__ == "__main__":
    main()
