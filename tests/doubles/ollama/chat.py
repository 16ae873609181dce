"""Answering one /api/chat request, with whatever fault is due."""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from doubles.ollama.bodies import body, refuse, text_of
from doubles.ollama.engine import Engine, Runner
from doubles.ollama.faults import Fault, Recorded, Say, Scripted
from doubles.ollama.pictures import Picture, look, tokens
from doubles.ollama.registry import Model, Profile, Thinks
from doubles.ollama.request import Chat
from doubles.ollama.writer import Writer, tokens_of

_CREATED = "2026-08-21T10:20:30.123456789Z"
_NS_PER_TOKEN = 14_000_000
_STREAM_FAULTS = {
    Fault.SILENT_END, Fault.NOT_DONE, Fault.CUT_LINE, Fault.ERROR_LINE, Fault.CRASH_MID_STREAM,
    Fault.RESET_MID_STREAM, Fault.HALF_CLOSE, Fault.WEDGE_MID_STREAM,
}  # fmt: skip
_DRESSES = {  # what stands before and after the answer, and whether it is all thought
    Fault.THINKING: ("", "", True),
    Fault.FENCED: ("```json\n", "\n```", False),
    Fault.PROSE: ("Here is what I see:\n", "\nI hope this helps.", False),
    Fault.VIOLATION: ('{"id": 7, "tags": "none of the asked fields"}', "", False),
    Fault.EMPTY: ("", "", False),
    Fault.WHITESPACE: ("\n" * 40, "", False),
}
_SILENCES = {Fault.VIOLATION, Fault.EMPTY, Fault.WHITESPACE}


class Line(Protocol):
    """How an answer leaves; implemented by the connection."""

    def send(self, data: bytes) -> None: ...
    def is_gone(self) -> bool: ...
    def reset(self) -> None: ...
    def half_close(self) -> None: ...
    def drip(self) -> None: ...


@dataclass(frozen=True)
class Seen:
    """A picture that reached the model."""

    sha256: str
    at: float
    seed: int
    system: str
    options: dict[str, object]


class Answering:
    """Makes the answer of a loaded model to one request."""

    def __init__(self, *, profile: Profile, engine: Engine, seconds_per_answer: float) -> None:
        self._profile = profile
        self._engine = engine
        self.seconds_per_answer = seconds_per_answer
        self.seen: list[Seen] = []
        self.poison: set[str] = set()

    def check(self, model: Model, chat: Chat) -> None:
        """Refuse what Ollama refuses before it loads anything."""
        if "completion" not in model.capabilities:
            raise refuse("no-chat", model=model.name)
        if chat.think not in (None, False) and "thinking" not in model.capabilities:
            raise refuse("no-thinking", model=model.name)

    def answer(
        self, runner: Runner, chat: Chat, fault: Scripted | None, line: Line
    ) -> Iterator[dict[str, Any]]:
        """The objects of the stream; faults may end it, or refuse the request."""
        digest = hashlib.sha256(b"".join(chat.images)).hexdigest()
        self.seen.append(Seen(digest, time.monotonic(), chat.seed, chat.system, dict(chat.options)))
        self._before(runner, digest, fault, line)
        picture, prompt_tokens = self._read_prompt(runner, chat)
        writer = Writer(
            seed=chat.seed,
            words=f"{chat.system}\0{chat.user}",
            picture=picture,
            digest=digest,
            is_alphabetical=runner.model.is_native,
        )
        content, thinking = self._say(runner.model, chat, writer, fault)
        yield from self._stream(runner, chat, (content, thinking), prompt_tokens, fault, line)

    def _before(self, runner: Runner, digest: str, fault: Scripted | None, line: Line) -> None:
        if fault is Fault.CRASH or digest in self.poison:
            self._engine.crash(runner)
            raise refuse("crash-old" if self._profile.is_old_engine else "crash")
        if isinstance(fault, Recorded) and body(fault.name).status != 200:
            raise refuse(fault.name)
        if fault is Fault.RESET:
            line.reset()
        if fault is Fault.DRIP:
            line.drip()
        while fault is Fault.WEDGE:
            self._engine.pause(line.is_gone)

    def _read_prompt(self, runner: Runner, chat: Chat) -> tuple[Picture | None, int]:
        model = runner.model
        if chat.images and "vision" not in model.capabilities:
            path = "native" if model.is_native else "rendered"
            raise refuse("no-vision-old" if self._profile.is_old_engine else f"no-vision-{path}")
        pictures = [look(image, self._profile) for image in chat.images]
        words = (len(chat.system) + len(chat.user)) // 4
        needed = words + sum(tokens(model.family, picture) for picture in pictures)
        if needed >= runner.context:
            if not pictures and not model.is_native:
                raise refuse("too-long-text")
            raise refuse("too-long", needed=needed, available=runner.context)
        return (pictures[0] if pictures else None), needed

    def _say(
        self, model: Model, chat: Chat, writer: Writer, fault: Scripted | None
    ) -> tuple[str, str]:
        """Content and thinking."""
        if isinstance(fault, Say):
            return fault.content, fault.thinking
        if chat.schema is None:
            return ("{}" if chat.is_free_json else writer.prose()), ""
        answer = writer.json(chat.schema)
        if isinstance(fault, Fault) and fault in _DRESSES:
            before, after, thinking = _DRESSES[fault]
            if fault in _SILENCES:
                answer = ""
            return ("", answer) if thinking else (f"{before}{answer}{after}", "")
        return self._aloud(model, chat, answer)

    def _aloud(self, model: Model, chat: Chat, answer: str) -> tuple[str, str]:
        """The same answer from a model that thinks, where the server let it."""
        if model.thinks is Thinks.ALWAYS:
            return "", answer
        is_told = chat.think is False and self._profile.forces_schema(model)
        if model.thinks is Thinks.NEVER or is_told:
            return answer, ""
        return f"```json\n{answer}\n```", "" if chat.think is False else "Let me look."

    def _stream(
        self,
        runner: Runner,
        chat: Chat,
        said: tuple[str, str],
        prompt_tokens: int,
        fault: Scripted | None,
        line: Line,
    ) -> Iterator[dict[str, Any]]:
        if fault is Fault.EMPTY_OBJECT:
            yield {
                "model": "",
                "created_at": "0001-01-01T00:00:00Z",
                "message": {"role": "", "content": ""},
                "done": False,
            }
            return
        pieces = [("thinking", t) for t in tokens_of(said[1])]
        pieces += [("content", t) for t in tokens_of(said[0])]
        written = len(pieces)
        limit = int(str(chat.options.get("num_predict", -1)))
        if fault is Fault.LENGTH or (isinstance(fault, Fault | Recorded) and _breaks(fault)):
            written = len(pieces) // 2
        if 0 <= limit < written:
            written = limit
        began, pause = time.monotonic(), self.seconds_per_answer / max(1, written)
        for number, (kind, piece) in enumerate(pieces[:written], start=1):
            yield self._object(runner, {kind: piece})
            self._sleep_until(began + number * pause, line)  # a GPU does not mind a busy CPU
        if isinstance(fault, Fault | Recorded) and _breaks(fault):
            yield from self._break(runner, fault, line)
            return
        is_cut = written < len(pieces) or fault is Fault.WHITESPACE
        reason = fault.done_reason if isinstance(fault, Say) else "stop"
        yield self._last(runner, "length" if is_cut else reason, prompt_tokens, written)

    def _break(
        self, runner: Runner, fault: Fault | Recorded, line: Line
    ) -> Iterator[dict[str, Any]]:
        """The wrong end of a stream that began well."""
        if isinstance(fault, Recorded):
            yield {"error": text_of(fault.name)}
            return
        match fault:
            case Fault.NOT_DONE:
                yield self._object(runner, {})
            case Fault.CUT_LINE:
                whole = json.dumps(self._object(runner, {"content": "cut"})).encode()
                line.send(whole[: len(whole) // 2])
            case Fault.ERROR_LINE | Fault.CRASH_MID_STREAM:
                self._engine.crash(runner)
                yield {"error": text_of("crash-mid-stream")}
            case Fault.RESET_MID_STREAM:
                line.reset()
            case Fault.HALF_CLOSE:
                line.half_close()
        while fault is Fault.WEDGE_MID_STREAM:
            self._engine.pause(line.is_gone)

    def _object(self, runner: Runner, said: dict[str, str]) -> dict[str, Any]:
        message = {"role": "assistant", "content": "", **said}
        return {
            "model": runner.model.name,
            "created_at": _CREATED,
            "message": message,
            "done": False,
        }

    def _last(
        self, runner: Runner, reason: str, prompt_tokens: int, written: int
    ) -> dict[str, Any]:
        """The last object; zeros are left out, times are nanoseconds."""
        counts = {
            "total_duration": (prompt_tokens + written * 10) * _NS_PER_TOKEN // 10,
            "load_duration": 61_000_000,
            "prompt_eval_count": prompt_tokens,
            "prompt_eval_duration": prompt_tokens * _NS_PER_TOKEN // 10,
            "eval_count": written,
            "eval_duration": written * _NS_PER_TOKEN,
        }
        last = {**self._object(runner, {}), "done": True, "done_reason": reason}
        return last | {name: count for name, count in counts.items() if count}

    def _sleep_until(self, until: float, line: Line) -> None:
        while (left := until - time.monotonic()) > 0:
            self._engine.pause(line.is_gone, left)


def _breaks(fault: Fault | Recorded) -> bool:
    if isinstance(fault, Recorded):
        return body(fault.name).status == 200
    return fault in _STREAM_FAULTS
