"""Real processes: a daemon and a model server, on folders of their own."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from doubles.import_path import import_path
from phototagd.adapters.control_client import ControlClient
from phototagd.rules.wire.reports import status_to_json

TESTS = Path(__file__).parent.parent
PATIENCE_SECONDS = 60.0


def until(condition: Callable[[], Any], what: str, seconds: float = PATIENCE_SECONDS) -> Any:
    """Poll for something that another process does; fails with `what` after a long patience."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        if value := condition():
            return value
        assert time.monotonic() < deadline, f"gave up waiting for: {what}"
        pause.wait(0.05)


class ModelServer:
    """The Ollama double as a process of its own, that can be killed and come back.

    Its `arguments` may be changed between `stop` and `start`.
    """

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "doubles.ollama",
                "--port",
                str(self.port),
                "--model",
                "qwen3-vl:4b-instruct",
                "--remote",
                *self.arguments,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": import_path(TESTS)},
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline().strip().rsplit(":", 1)[-1].split()[-1])

    def order(self, **orders: Any) -> dict[str, Any]:
        """Make it misbehave (see `doubles.ollama.remote`); what it has seen so far."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(orders) + "\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.close()
            self._process.stdout.close()
            self._process = None


class PhotoDaemon:
    """A real `phototagd run` with its own photos, state folder and settings file."""

    def __init__(self, home: Path, model_url: str, *, model: str = "", intake: str = "") -> None:
        self.home = home
        self.photos = home / "photos"
        self.state = home / "state"
        self.settings = home / "settings.toml"
        self.log = home / "log.jsonl"
        self.wrapper: tuple[str, ...] = ()  # a program that runs the daemon, such as strace
        self.photos.mkdir(exist_ok=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._tracer: subprocess.Popen[bytes] | None = None
        self.write_settings(model_url, model=model, intake=intake)

    def write_settings(self, model_url: str, *, model: str = "", intake: str = "") -> None:
        """`model` and `intake` are more lines for these tables."""
        self.settings.write_text(
            f"""
state_dir = "{self.state}"
[[library]]
path = "{self.photos}"
[intake]
quiet_seconds = 0.3
{intake}
[model]
url = "{model_url}"
language = "en"
{model}
[web]
listen = ""
[log]
format = "json"
"""
        )

    @property
    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PHOTOTAGD_")}
        return {**clean, "PYTHONUNBUFFERED": "1"}

    def start(self) -> None:
        self.launch()
        until(lambda: self.running() and self.status(), "the daemon to answer")

    def launch(self) -> None:
        """Start the process, without waiting until it answers."""
        python = [sys.executable, "-m", "phototagd"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.wrapper, *python, "run", "--settings", str(self.settings)],
                stderr=log,
                stdout=log,
                env=self.environment,
            )

    def running(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, f"the daemon ended:\n{self.log.read_text()[-3000:]}"
        return True

    def command(self, *arguments: str, check: bool = False) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "phototagd",
                arguments[0],
                "--settings",
                str(self.settings),
                *arguments[1:],
            ],
            capture_output=True,
            text=True,
            env=self.environment,
            check=check,
            timeout=PATIENCE_SECONDS * 2,
        )

    def status(self) -> dict[str, Any]:
        """What `status --json` says of the running daemon; empty while there is none."""
        client = ControlClient.find(self.state / "control.sock")
        if client is None:
            return {}
        with client:
            return dict(status_to_json(client.status()))

    @contextmanager
    def control(self) -> Iterator[ControlClient]:
        """The running daemon's own front desk: quicker than a command."""
        client = ControlClient.find(self.state / "control.sock")
        assert client is not None, "no daemon answers"
        with client:
            yield client

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None

    def terminate(self) -> int:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(PATIENCE_SECONDS)
        self._process = None
        return code

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def inject(self, fault: str) -> None:
        """Let system calls fail from now on, as `strace -e inject=` says, told in `trace`.

        Each thread of the daemon counts for itself. The tracer ends with the daemon.
        """
        assert self._process is not None
        call = fault.partition(":")[0]
        self._tracer = subprocess.Popen(
            [
                *("strace", "-f", "-qq", "-o", str(self.home / "trace")),
                *("-e", f"trace={call}", "-e", f"inject={fault}", "-p", str(self._process.pid)),
            ]
        )
        tasks = Path(f"/proc/{self._process.pid}/task")
        until(
            lambda: all("TracerPid:\t0" not in _status_of(task) for task in tasks.iterdir()),
            "the tracer to be attached",
        )

    def cpu_seconds(self) -> float:
        """Processor time that the daemon itself has used, without its children."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        if self._process is not None:
            self.kill()
        if self._tracer is not None:
            self._tracer.wait()

    def events(self, name: str) -> list[dict[str, Any]]:
        lines = self.log.read_text().splitlines()
        records = [json.loads(line) for line in lines if line.startswith("{")]
        return [record for record in records if record.get("event") == name]


def _status_of(task: Path) -> str:
    """What the kernel says of one thread; nothing of one that ended."""
    try:
        return (task / "status").read_text()
    except OSError:
        return ""
