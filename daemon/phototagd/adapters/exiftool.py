"""The only module that runs exiftool: one child, kept open, that reads copies of photos.

It is the witness: another program than the one that put a packet into a copy says what is in
it. See the exiftool manual, `-stay_open`; the child reads its arguments line by line. It works
in a folder of ours on files with names of ours, so no name that a person chose reaches it.
"""

import ctypes
import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from phototagd.domain.errors import EmbedRefused, Unavailable

OLDEST = (12, 15)
LIMIT = timedelta(seconds=60)
REMEDY = "install exiftool, as in: apt install libimage-exiftool-perl"
_READY = b"{ready}\n"
_MOST_BYTES = 256 << 20
_STEP = 1 << 16
_GRACE_SECONDS = 5.0
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
# Where something stands in the file may change; what stands there is compared.
_POSITION = re.compile(r"(Offset|Start)s?$")


class Exiftool:
    """Starts when it is first needed, is killed when it hangs, and starts again then.

    Used by one thread. `folder` must exist and belong to nobody else.
    """

    def __init__(
        self,
        *,
        folder: Path,
        monotonic: Callable[[], float],
        program: str = "exiftool",
        limit: timedelta = LIMIT,
    ) -> None:
        self._folder = folder
        self._monotonic = monotonic
        self._program = program
        self._limit = limit
        self._child: subprocess.Popen[bytes] | None = None

    def version(self) -> str:
        """The version that is installed; Unavailable when there is none, or one too old."""
        said = self._ask("-ver").decode("ascii", "replace").strip()
        try:
            numbers = tuple(int(part) for part in said.split("."))
        except ValueError:
            raise Unavailable(f"exiftool says {said[:80]!r}", remedy=REMEDY) from None
        if numbers < OLDEST:
            wanted = ".".join(map(str, OLDEST))
            raise Unavailable(f"exiftool {said} is older than {wanted}", remedy=REMEDY)
        return said

    def packet(self, name: str) -> bytes:
        """The XMP packet in a file of the folder, empty without one.

        This and `others` raise EmbedRefused when exiftool hangs or dies over the file, and
        Unavailable when it cannot be started.
        """
        return self._ask("-b", "-xmp", name)

    def others(self, name: str) -> Mapping[str, object]:
        """Everything but XMP that a file of the folder says, with the pictures in it."""
        arguments = ("-j", "-b", "-a", "-u", "-G1")
        said = self._ask(*arguments, "--System:all", "--XMP:all", "--ExifTool:all", name)
        try:
            (tags,) = json.loads(said)
        except ValueError:
            raise EmbedRefused("exiftool cannot read it") from None
        return {
            tag: value
            for tag, value in tags.items()
            if tag != "SourceFile" and not _POSITION.search(tag) and not _is_reckoned(tag, value)
        }

    def close(self) -> None:
        """End the child; may be called twice."""
        child, self._child = self._child, None
        if child is None:
            return
        try:
            child.communicate(b"-stay_open\nFalse\n", timeout=_GRACE_SECONDS)
        except (subprocess.TimeoutExpired, OSError, ValueError):
            child.kill()
            child.communicate()

    def _ask(self, *arguments: str) -> bytes:
        child = self._running()
        try:
            assert child.stdin is not None
            child.stdin.write("\n".join((*arguments, "-execute\n")).encode())
            child.stdin.flush()
            said = self._answer(child)
        except OSError:
            said = None
        if said is None:
            self._kill()
            raise EmbedRefused("exiftool hung or died over it")
        return said

    def _answer(self, child: "subprocess.Popen[bytes]") -> bytes | None:
        """What it says until it is ready; None when it does not become ready in time."""
        assert child.stdout is not None
        until = self._monotonic() + self._limit.total_seconds()
        said = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while not said.endswith(_READY):
                left = until - self._monotonic()
                if left <= 0 or not selector.select(left) or len(said) > _MOST_BYTES:
                    return None
                piece = os.read(child.stdout.fileno(), _STEP)
                if not piece:
                    return None
                said += piece
        return bytes(said[: -len(_READY)])

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._kill()
        program = shutil.which(self._program)
        if program is None:
            raise Unavailable(
                "exiftool is not installed: words cannot be put into photos", remedy=REMEDY
            )
        # An empty -config keeps it from running a person's own Perl code.
        command = [program, "-config", "", "-stay_open", "True", "-@", "-"]
        try:
            self._child = subprocess.Popen(  # noqa: S603  (our own words, no shell)
                command,
                cwd=self._folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with_parent(),  # noqa: PLW1509  (one system call, prepared)
            )
        except OSError as error:
            raise Unavailable(f"exiftool cannot be started: {error}", remedy=REMEDY) from error
        return self._child

    def _kill(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()


def _is_reckoned(tag: str, value: object) -> bool:
    """Whether exiftool made a tag up from others, XMP among them; pictures it cuts out count."""
    return tag.startswith("Composite:") and not str(value).startswith("base64:")


def _end_with_parent() -> Callable[[], object] | None:
    """What a child does first so that it does not outlive a daemon that is killed.

    exiftool waits for ever at the end of its input. Elsewhere than on Linux it stays.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
