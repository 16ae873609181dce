"""A server that behaves like Ollama, as far as a captioner can tell."""

import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from doubles.ollama.bodies import Body, body, refuse
from doubles.ollama.chat import Answering, Seen
from doubles.ollama.embed import Embedding
from doubles.ollama.engine import Engine, Gone
from doubles.ollama.faults import LOAD_FAULTS, Fault, Recorded, Scripted
from doubles.ollama.handler import Handler
from doubles.ollama.registry import Model, Profile, model_named
from doubles.ollama.request import Chat, read_chat
from doubles.socket_server import SocketDouble


class OllamaDouble(SocketDouble):
    """An Ollama; use as a context manager, or `start` and `stop`.

    Faults are scripted per request about a picture (`script`), per load (`script` with a load
    fault), per path (`script_path`), or for ever (`always`, `poison`). Waiting is driven by
    gates, not by time: `load_gate`, `answer_gate`.
    """

    handler = Handler

    def __init__(
        self,
        *,
        models: Iterable[Model | str] = ("qwen3-vl:4b-instruct",),
        version: str = "0.32.15",
        port: int = 0,
        seconds_per_answer: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
        max_queue: int = 512,
    ) -> None:
        super().__init__(port=port)
        named = [model_named(m) if isinstance(m, str) else m for m in models]
        self.models = {model.name: model for model in named}
        self.profile = Profile(version)
        self.engine = Engine(profile=self.profile, clock=clock, max_queue=max_queue)
        self.answering = Answering(
            profile=self.profile, engine=self.engine, seconds_per_answer=seconds_per_answer
        )
        self.embedding = Embedding(self.engine)
        self.answer_gate = threading.Event()
        self.answer_gate.set()
        self.always: Scripted | None = None
        self.requests: Counter[str] = Counter()
        self.chats: list[dict[str, Any]] = []
        self.concurrent_max = 0
        self._script: deque[Scripted] = deque()
        self._path_script: dict[str, deque[Body]] = {}
        self._clock = clock
        self._concurrent = 0

    # --- for tests -------------------------------------------------------------------------

    @property
    def seen(self) -> list[Seen]:
        """The pictures that reached the model, oldest first."""
        return self.answering.seen

    @property
    def poison(self) -> set[str]:
        """SHA-256 of pictures that crash the model, every time."""
        return self.answering.poison

    @property
    def concurrent_now(self) -> int:
        """How many questions are being answered, or wait for it."""
        return self._concurrent

    @property
    def loads(self) -> list[str]:
        """The models that were loaded, again and again."""
        return self.engine.loads

    def script(self, *faults: Scripted) -> None:
        """What goes wrong in the next requests; load faults in the next loads."""
        for fault in faults:
            if isinstance(fault, Fault) and fault in LOAD_FAULTS:
                self.engine.load_faults.append(fault)
            else:
                self._script.append(fault)

    def script_path(self, path: str, *answers: Body | str) -> None:
        """Answer the next requests to a path with these bodies (or recorded ones by name)."""
        bodies = (body(a) if isinstance(a, str) else a for a in answers)
        self._path_script.setdefault(path, deque()).extend(bodies)

    def stop(self) -> None:
        """Die: connections break, new ones are refused, loaded models are forgotten."""
        super().stop()
        for model in self.models.values():
            self.engine.unload(model)

    # --- for connections -------------------------------------------------------------------

    def serve(self, line: Handler, path: str, raw: bytes) -> None:
        """Answer one request."""
        self.requests[path] += 1
        if scripted := self._path_script.get(path):
            line.reply(scripted.popleft())
            return
        match path:
            case "/":
                line.reply(Body(200, b"Ollama is running", "text/plain; charset=utf-8"))
            case "/api/version":
                line.reply_json({"version": self.profile.version})
            case "/api/tags":
                line.reply_json({"models": [self._listed(m) for m in self.models.values()]})
            case "/api/show":
                line.reply_json(self._shown(self._model(json.loads(raw or b"{}").get("model"))))
            case "/api/ps":
                line.reply_json({"models": self._running(line)})
            case "/api/chat":
                self._chat(line, raw)
            case "/api/embed":
                line.reply_json(self.embedding.answer(raw, self._model, line.is_gone))
            case _:
                raise refuse("wrong-path")

    def _model(self, name: str | None) -> Model:
        if not name:
            raise refuse("model-required")
        full = name if ":" in name.rpartition("/")[2] else f"{name}:latest"
        if full not in self.models:
            raise refuse("not-found", model=name)
        return self.models[full]

    def _chat(self, line: Handler, raw: bytes) -> None:
        chat = read_chat(raw)
        model = self._model(chat.model)
        self.answering.check(model, chat)
        if chat.is_load_only:
            self._load(line, model, chat)
            return
        self.chats.append(json.loads(raw))
        with self._lock:
            self._concurrent += 1
            self.concurrent_max = max(self.concurrent_max, self._concurrent)
        try:
            self._answer(line, model, chat)
        finally:
            with self._lock:
                self._concurrent -= 1

    def _load(self, line: Handler, model: Model, chat: Chat) -> None:
        reason = "unload" if chat.keep_alive == 0 else "load"
        if reason == "unload":
            self.engine.unload(model)
        else:
            self.engine.runner(
                model,
                chat.options,
                shift=chat.shift,
                keep_alive=chat.keep_alive,
                is_gone=line.is_gone,
            )
        message = {"role": "assistant", "content": ""}
        line.reply_json(
            {
                "model": model.name,
                "created_at": datetime.now(UTC).isoformat(),
                "message": message,
                "done": True,
                "done_reason": reason,
            }
        )

    def _answer(self, line: Handler, model: Model, chat: Chat) -> None:
        with self._lock:
            fault = self._script.popleft() if self._script else self.always
        if isinstance(fault, Recorded) and fault.name in {"busy", "html-502", "html-413"}:
            raise refuse(fault.name)  # it does not even reach the model
        runner = self.engine.runner(
            model,
            chat.options,
            shift=chat.shift,
            keep_alive=chat.keep_alive,
            is_gone=line.is_gone,
        )
        with self.engine.slot(runner, line.is_gone):
            objects = self.answering.answer(runner, chat, fault, line)
            gated = self._gated(objects, line)
            if chat.stream:
                line.stream(gated)
            else:
                line.reply_json(_merged(gated))

    def _gated(self, objects: Iterator[dict[str, Any]], line: Handler) -> Iterator[dict[str, Any]]:
        for value in objects:
            while not self.answer_gate.is_set():
                self.engine.pause(line.is_gone)
            if line.is_gone():
                raise Gone
            yield value

    def _listed(self, model: Model) -> dict[str, Any]:
        entry = {
            "name": model.name,
            "model": model.name,
            "modified_at": "2026-08-01T12:00:00.000000000Z",
            "size": model.size,
            "digest": model.digest,
            "details": self._details(model),
        }
        if self.profile.lists_capabilities:
            entry["capabilities"] = list(model.capabilities)
        if model.remote_host:
            entry |= {"remote_model": model.name, "remote_host": model.remote_host}
        return entry

    def _shown(self, model: Model) -> dict[str, Any]:
        shown = {
            "modelfile": f"FROM {model.name}",
            "template": "{{ .Prompt }}",
            "details": self._details(model),
            "model_info": {"general.architecture": model.family},
            "capabilities": list(model.capabilities),
            "modified_at": "2026-08-01T12:00:00.000000000Z",
        }
        if model.remote_host:
            shown |= {"remote_model": model.name, "remote_host": model.remote_host}
        return shown

    def _details(self, model: Model) -> dict[str, Any]:
        return {
            "parent_model": "",
            "format": "gguf",
            "family": model.family,
            "families": [model.family],
            "parameter_size": "4.4B",
            "quantization_level": "Q4_K_M",
        }

    def _running(self, line: Handler) -> list[dict[str, Any]]:
        now, monotonic = datetime.now(UTC), self._clock()
        listed = []
        for runner in self.engine.loaded(line.is_gone):
            left = runner.expires_at - monotonic if runner.keep_alive >= 0 else 9.2e9
            listed.append(
                {
                    **self._listed(runner.model),
                    "expires_at": (now + timedelta(seconds=left)).isoformat(),
                    "size_vram": runner.model.vram,
                    "context_length": runner.context,
                }
            )
        return listed


def _merged(objects: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """`stream: false`: the last object, with all the text."""
    everything = list(objects)
    last = everything[-1]
    if "error" in last:
        raise refuse("crash")
    for kind in ("content", "thinking"):
        text = "".join(o["message"].get(kind, "") for o in everything)
        if text or kind == "content":
            last["message"][kind] = text
    return last
