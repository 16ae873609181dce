"""A server that behaves like llama-server or vLLM, as far as a captioner can tell."""

import hashlib
import json
import threading
import time
from collections import Counter, deque
from enum import StrEnum
from typing import Any

from doubles.ollama.bodies import Body, Refuse
from doubles.ollama.embedding import vector_of
from doubles.ollama.engine import Gone
from doubles.ollama.handler import Handler
from doubles.ollama.pictures import Picture, look
from doubles.ollama.registry import Profile
from doubles.ollama.writer import Writer, tokens_of
from doubles.openai_api.faults import Fault, Recorded, Say, Scripted, body
from doubles.openai_api.request import Chat, read_chat
from doubles.socket_server import SocketDouble

MODEL = "Qwen3-VL-4B-Instruct"
_SECONDS_PER_TOKEN = 0.01


class Flavour(StrEnum):
    """Which server it is like."""

    LLAMA_SERVER = "llama-server"
    VLLM = "vllm"


class OpenAiDouble(SocketDouble):
    """Several questions at once, in `slots`; what comes beyond them waits.

    Faults are scripted per answer (`script`) or for ever (`always`, `poison`); while
    `is_loading`, every path says so. `answer_gate` holds all answers back but the first
    `ungated`.
    """

    handler = Handler

    def __init__(
        self,
        *,
        flavour: Flavour = Flavour.LLAMA_SERVER,
        model: str = MODEL,
        slots: int = 16,
        seconds_per_answer: float = 0.0,
        key: str = "",
        port: int = 0,
    ) -> None:
        super().__init__(port=port)
        self.flavour = flavour
        self.model = model
        self.sees = True
        self.key = key
        self.seconds_per_answer = seconds_per_answer
        self.is_loading = False
        self.always: Scripted | None = None
        self.poison: set[str] = set()
        self.answer_gate = threading.Event()
        self.answer_gate.set()
        self.ungated = 0
        self.requests: Counter[str] = Counter()
        self.asked: list[dict[str, Any]] = []
        self.asked_at: list[float] = []
        self.answered_at: list[float] = []
        self.in_flight = 0
        self.in_flight_most = 0
        self._slots = threading.BoundedSemaphore(slots)
        self._script: deque[Scripted] = deque()

    def script(self, *faults: Scripted) -> None:
        """What goes wrong with the next answers."""
        self._script.extend(faults)

    def serve(self, line: Handler, path: str, raw: bytes) -> None:
        """Answer one request."""
        self.requests[path] += 1
        if self.is_loading:
            raise Refuse(body("loading"))
        if self.key and line.headers.get("Authorization") != f"Bearer {self.key}":
            raise Refuse(body("no-key"))
        is_vllm = self.flavour is Flavour.VLLM
        match path:
            case "/health":
                line.reply(Body(200, b"") if is_vllm else Body(200, b'{"status":"ok"}'))
            case "/version" if is_vllm:
                line.reply_json({"version": "0.11.0"})
            case "/props" if not is_vllm:
                line.reply_json({"build_info": "b6500-0c1e570", "total_slots": 16})
            case "/v1/models":
                line.reply_json(self._listing())
            case "/v1/embeddings" if line.command == "POST":
                line.reply(self._embed(json.loads(raw)))
            case "/v1/chat/completions" if line.command == "POST":
                self._chat(line, raw)
            case _:
                raise Refuse(body("wrong-path"))

    def _listing(self) -> dict[str, Any]:
        entry: dict[str, Any] = {"id": self.model, "object": "model", "created": int(time.time())}
        if self.flavour is Flavour.VLLM:
            data = entry | {"owned_by": "vllm", "root": self.model, "max_model_len": 8192}
            return {"object": "list", "data": [data]}
        meta = {"n_vocab": 151936, "n_params": 4022468096, "size": 2497000000}
        abilities = ["completion", "multimodal"] if self.sees else ["completion"]
        return {
            "models": [{"name": self.model, "model": self.model, "capabilities": abilities}],
            "object": "list",
            "data": [entry | {"owned_by": "llamacpp", "aliases": [self.model], "meta": meta}],
        }

    def _embed(self, given: dict[str, Any]) -> Body:
        """Vectors, last text first: clients must look at `index`."""
        with self._lock:
            fault = self._script.popleft() if self._script else None
        if isinstance(fault, Recorded):
            return body(fault.name)
        dimensions = given.get("dimensions", 0)
        data = [
            {"object": "embedding", "index": at, "embedding": vector_of(text, dimensions)}
            for at, text in enumerate(given["input"])
        ]
        answer = {"object": "list", "model": self.model, "data": data[::-1]}
        return Body(200, json.dumps(answer).encode())

    def _chat(self, line: Handler, raw: bytes) -> None:
        self.asked.append(json.loads(raw))
        self.asked_at.append(time.monotonic())
        with self._lock:
            fault = self._script.popleft() if self._script else self.always
            self.in_flight += 1
            self.in_flight_most = max(self.in_flight_most, self.in_flight)
        try:
            answer = self._answer(line, raw, fault)
        finally:
            with self._lock:
                self.in_flight -= 1  # before it is sent: the client may ask again at once
                self.answered_at.append(time.monotonic())
        self._send(line, answer, fault)

    def _answer(self, line: Handler, raw: bytes, fault: Scripted | None) -> Body:
        chat = read_chat(raw)
        digest = hashlib.sha256(chat.image).hexdigest()
        if isinstance(fault, Recorded):
            return body(fault.name)
        if digest in self.poison:
            raise Refuse(body("crash"))
        if self.flavour is Flavour.VLLM and chat.model != self.model:
            raise Refuse(body("no-model-vllm"))
        picture = self._look(chat.image)
        with self._slots:
            self._take_time(line, fault)
            completion = self._complete(chat, digest, picture, fault)
        return Body(200, json.dumps(completion, ensure_ascii=False).encode())

    def _look(self, image: bytes) -> Picture:
        if not self.sees:
            raise Refuse(body("no-vision"))
        try:
            return look(image, Profile("0.32.15"))
        except Refuse:
            raise Refuse(body("undecodable")) from None

    def _take_time(self, line: Handler, fault: Scripted | None) -> None:
        is_held = len(self.asked) > self.ungated
        until = time.monotonic() + self.seconds_per_answer
        while (
            time.monotonic() < until
            or fault is Fault.HANG
            or (is_held and not self.answer_gate.is_set())
        ):
            if line.is_gone() or self.closing.wait(0.02):
                raise Gone

    def _complete(
        self, chat: Chat, digest: str, picture: Picture, fault: Scripted | None
    ) -> dict[str, Any]:
        """The completion, as far as it is not broken on the wire."""
        said, written = self._say(chat, digest, picture, fault)
        message = {"role": "assistant", "content": said}
        if fault is Fault.THINKING:
            message = {"role": "assistant", "content": "", "reasoning_content": said}
        reason: str | None = "stop"
        match fault:
            case Fault.NO_FINISH:
                reason = None
            case Fault.OTHER_FINISH:
                reason = "abort"
            case _ if len(tokens_of(said)) < written:
                reason = "length"
        completion: dict[str, Any] = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "model": chat.model,
            "choices": [{"index": 0, "message": message, "finish_reason": reason}],
            "usage": {"prompt_tokens": 1312, "completion_tokens": len(tokens_of(said))},
        }
        if self.flavour is Flavour.LLAMA_SERVER:
            seconds = len(tokens_of(said)) * _SECONDS_PER_TOKEN
            completion["timings"] = {"prompt_ms": 812.5, "predicted_ms": seconds * 1e3}
        if fault is Fault.NO_CHOICES:
            completion["choices"] = []
        return completion

    def _say(
        self, chat: Chat, digest: str, picture: Picture, fault: Scripted | None
    ) -> tuple[str, int]:
        """The words, and how many tokens the whole answer would have had."""
        writer = Writer(
            seed=chat.seed,
            words=f"{chat.system}\0{chat.user}",
            picture=picture,
            digest=digest,
            is_alphabetical=False,
        )
        if isinstance(fault, Say):
            return fault.content, 0
        if fault is Fault.EMPTY:
            return "", 0
        if fault is Fault.IGNORES_SCHEMA or chat.schema is None:
            return writer.prose(), 0
        pieces = tokens_of(writer.json(chat.schema))
        kept = len(pieces) // 2 if fault is Fault.LENGTH else chat.max_tokens
        said = "".join(pieces[:kept])
        return (f"```json\n{said}\n```", 0) if fault is Fault.FENCED else (said, len(pieces))

    def _send(self, line: Handler, whole: Body, fault: Scripted | None) -> None:
        answer = whole.content
        match fault:
            case Fault.SILENT_CLOSE:
                raise Gone
            case Fault.RESET:
                line.reset()
            case Fault.CUT_BODY:
                line.reply(Body(200, answer[: len(answer) // 2]))
            case Fault.HALF_BODY:
                self._begin(line, answer)
                line.wfile.write(answer[: len(answer) // 2])
                raise Gone
            case Fault.DRIP:
                self._begin(line, answer)
                for at in range(len(answer)):
                    line.wfile.write(answer[at : at + 1])
                    if line.is_gone() or self.closing.wait(self.drip_seconds):
                        raise Gone
            case _:
                line.reply(whole)

    def _begin(self, line: Handler, answer: bytes) -> None:
        line.send_response(200)
        line.send_header("Content-Length", str(len(answer)))
        line.end_headers()
