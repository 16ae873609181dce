"""Every reason that the house can produce is one that a person is told in plain words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import phototagd
from phototagd.rules.service.reasons import Hitch, hitch_of

SOURCE = Path(phototagd.__file__).parent

SAYING = frozenset(
    {
        *("NotYet", "PhotoError", "Unreadable", "Vanished", "ProcessKilled", "BadReply"),
        *("SidecarError", "SidecarBroken", "SidecarRaced", "Unavailable", "NotRead", "Refusal"),
        *("Dead", "Snooze", "Retry", "Cancelled", "GiveBack", "Closure"),
    }
)
"""What is called with a reason that may reach a job, an engine or a library."""

ELSEWHERE = frozenset(
    {
        *("adapters/control_client.py", "adapters/door_keys.py", "adapters/backup_folder.py"),
        *("adapters/vocabulary_file.py", "adapters/sqlite/database/backing_up.py"),
        *("adapters/hints.py", "flow/arriving/loss_keeper.py", "adapters/instance.py"),
        *("app/rebuilding.py", "flow/keeping/rebuilder.py", "rules/wire/trouble.py"),
        *("adapters/inbox_folder.py", "adapters/nearness/base.py", "domain/errors.py"),
    }
)
"""Files whose errors answer a command or end the daemon: no job and no page shows them."""


def reasons() -> Iterator[tuple[str, str]]:
    """Where, and the text with something in its gaps, of each reason that is written out."""
    for file in sorted(SOURCE.rglob("*.py")):
        name = str(file.relative_to(SOURCE))
        if name.startswith("cli/") or name in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and _called(node) in SAYING:
                for text in map(_text, node.args):
                    if any(map(str.isalpha, text)):
                        yield f"{name}:{node.lineno}", text


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def _text(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            said = [str(one.value) if isinstance(one, ast.Constant) else "7" for one in parts]
            if said[-1] == "7":
                said[-1] = "the photo is gone"  # it may quote another reason
            return "".join(said)
        case _:
            return ""


SAID = list(reasons())


def test_reasons_are_found_in_the_source() -> None:
    assert len(SAID) > 80


@pytest.mark.parametrize(("where", "text"), SAID, ids=[where for where, _ in SAID])
def test_every_reason_that_is_written_out_has_a_kind(where: str, text: str) -> None:
    assert hitch_of(text) is not Hitch.UNKNOWN, f"{where}: {text!r} needs a row in reasons.py"


@pytest.mark.parametrize(
    ("reason", "hitch"),
    [
        # files
        ("not readable for 3 days: the file is incomplete: its last part is missing", "cut_off"),
        ("not readable for three days: the file is empty", "being_copied"),
        ("the JPEG is damaged: its structure is broken", "damaged"),
        ("the WebP is damaged: image file is truncated (5 bytes not processed)", "cut_off"),
        ("named .jpg but holds a video", "no_photo"),
        ("no photo but text", "no_photo"),
        ("40000 x 40000 is 1600 megapixels, more than the 500 that are allowed", "too_large"),
        ("cannot be read now: Permission denied", "forbidden"),
        ("Permission denied", "forbidden"),
        ("cannot be read now: Input/output error", "unreachable"),
        ("Stale file handle", "unreachable"),
        ("there is no such file", "gone"),
        ("killed a process twice: decoding crashed: it ended with signal SIGSEGV", "decoder"),
        ("killed a process twice: no answer within 120 s", "slow"),
        ("killed a process twice: reading the text hung for more than 60 s", "decoder"),
        # answers
        ("bad reply twice: first the reply is no JSON; then the caption is empty", "answer"),
        ("bad reply twice: the model refused to describe the photo", "refused"),
        ("Failed to load image or audio file", "refused"),
        (
            "the model server works, but died over this photo 3 times: GGML_ASSERT(a) failed",
            "crashed",
        ),
        ("llama runner process has terminated: exit status 2 (HTTP 500)", "crashed"),
        # engines
        ("no model server answers at http://nas:11434", "away"),
        ("1 of 2 wait: nas no model server answers at http://nas:11434", "away"),
        ("model 'qwen3-vl:4b' not found (HTTP 404)", "model_missing"),
        ("model 'qwen3-vl:4b-instruct' not found, try pulling it first", "model_missing"),
        ("model requires more system memory (9.1 GiB) than is available (4.0 GiB)", "memory"),
        ("llama3:8b cannot see pictures", "model_blind"),
        ("qwen:480b-cloud runs in the cloud: photos would leave the house", "cloud"),
        ("what answers is not Ollama", "other_server"),
        ("404 page not found (HTTP 404)", "other_server"),
        ("server overloaded, please retry (HTTP 503)", "away"),
        ("qwen3-vl:4b did not load within 600 s", "model_loading"),
        ("model.engine is none", "model_off"),
        ("the embedding model did not answer within 1 s", "embedder"),
        ("not even the test picture is answered: no answer within 120 s", "slow"),
        # sidecars and disks
        ("cannot write sidecars in /photos: No space left on device", "disk_full"),
        ("cannot write sidecars in /photos: Disk quota exceeded", "disk_full"),
        ("cannot write sidecars in /photos: Read-only file system", "read_only"),
        ("cannot write sidecars in /photos: Permission denied", "read_only"),
        ("the sidecar may still be being written: it is empty", "sidecar_broken"),
        ("the disk of the state folder is full: p.db (database or disk is full)", "disk_full"),
        # libraries
        ("the folder is empty, though it held photos: is the disk mounted?", "library_away"),
        ("another folder or disk is in its place: what it held is not there", "library_away"),
        ("another file system is mounted there", "library_away"),
        # waiting
        ("paused; go on with: phototagd resume", "paused"),
        ("outside the schedule until 22:00", "schedule"),
        ("another program uses llama3:8b on the model server", "others"),
        # bugs
        ("failed 3 times: KeyError: 'caption'", "bug"),
        ("something that nobody ever wrote", "unknown"),
        ("", "unknown"),
    ],
)
def test_reasons_as_they_come_have_the_kind_a_person_would_name(reason: str, hitch: str) -> None:
    assert hitch_of(reason) == hitch
