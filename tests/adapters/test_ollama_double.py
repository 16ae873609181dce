"""The double keeps Ollama's habits, or what stands on it proves nothing."""

import base64
import io
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from contracts.captioner import jpeg
from doubles.captioners import wait_until
from doubles.ollama import Fault, OllamaDouble, body

MODEL = "qwen3-vl:4b-instruct"
SCHEMA = {
    "type": "object",
    "properties": {
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 6}, "maxItems": 2},
        "caption": {"type": "string", "maxLength": 12},
    },
    "required": ["tags", "caption"],
}


@pytest.fixture
def double() -> Iterator[OllamaDouble]:
    with OllamaDouble() as double:
        yield double


def chat(double: OllamaDouble, image: bytes | None = None, **fields: Any) -> httpx.Response:
    images = [base64.b64encode(image if image is not None else jpeg()).decode()]
    request = {
        "model": next(iter(double.models)),
        "messages": [{"role": "user", "content": "Tag it.", "images": images}],
        "think": False,
        "format": SCHEMA,
        "options": {"seed": 1, "num_ctx": 8192},
        **fields,
    }
    return httpx.post(f"{double.url}/api/chat", json=request, trust_env=False, timeout=10)


def get(double: OllamaDouble, path: str) -> Any:
    return httpx.get(double.url + path, trust_env=False, timeout=10).json()


def text(response: httpx.Response, kind: str = "content") -> str:
    lines = [json.loads(line) for line in response.content.splitlines()]
    return "".join(line["message"].get(kind, "") for line in lines)


def picture(kind: str, size: tuple[int, int] = (64, 64)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, kind)
    return file.getvalue()


def error_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


# --- the wire (facts 1 to 6) -----------------------------------------------------------------


def test_it_streams_lines_unless_told_not_to(double: OllamaDouble) -> None:
    streamed, whole = chat(double), chat(double, stream=False)

    assert streamed.headers["Content-Type"] == "application/x-ndjson"
    assert len(streamed.content.splitlines()) > 2
    assert whole.json()["message"]["content"] == text(streamed)
    assert whole.json()["done"] is True


def test_the_last_line_counts_in_nanoseconds_and_leaves_out_zeros(double: OllamaDouble) -> None:
    last = json.loads(chat(double).content.splitlines()[-1])
    nothing = json.loads(chat(double, options={"num_predict": 0}).content.splitlines()[-1])

    assert last["done_reason"] == "stop"
    assert last["prompt_eval_count"] > 1024
    assert last["eval_duration"] > 1_000_000
    assert "eval_count" not in nothing


def test_it_dies_and_comes_back_at_the_same_address(double: OllamaDouble) -> None:
    address = double.url
    double.stop()
    with pytest.raises(httpx.ConnectError):
        get(double, "/api/version")

    double.start()

    assert double.url == address
    assert get(double, "/api/version") == {"version": "0.32.15"}


# --- loading and queueing (7 to 13) ----------------------------------------------------------


def test_a_dropped_load_is_aborted_and_started_anew_by_who_waits(double: OllamaDouble) -> None:
    double.engine.load_gate.clear()
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{double.url}/api/chat", json={"model": MODEL}, timeout=0.1, trust_env=False)
    answers: list[int] = []
    waiting = threading.Thread(target=lambda: answers.append(chat(double).status_code))
    waiting.start()
    wait_until(lambda: double.engine.aborted_loads)

    double.engine.load_gate.set()
    waiting.join()

    assert answers == [200]
    assert double.engine.aborted_loads == 1
    assert double.loads == [MODEL]


def test_other_load_options_load_anew_and_others_do_not(double: OllamaDouble) -> None:
    for options in ({"num_ctx": 8192}, {"num_ctx": 8192, "seed": 7}, {"num_ctx": 4096}):
        chat(double, options=options)
    chat(double, options={"num_ctx": 4096}, shift=False)

    assert len(double.loads) == 3


def test_many_questions_wait_in_line(double: OllamaDouble) -> None:
    """No 503, and the model sees one at a time."""
    double.answer_gate.clear()
    codes: list[int] = []
    threads = [
        threading.Thread(target=lambda: codes.append(chat(double).status_code)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    wait_until(lambda: double.concurrent_max == len(threads))
    wait_until(lambda: double.seen)
    assert len(double.seen) == 1

    double.answer_gate.set()
    for thread in threads:
        thread.join()
    assert codes == [200] * 6
    assert len(double.seen) == 6
    assert len(double.loads) == 1


def test_a_full_queue_of_other_models_is_busy_with_the_exact_text() -> None:
    with OllamaDouble(models=[MODEL, "gemma3:4b"], max_queue=0) as double:
        double.engine.load_gate.clear()
        first = threading.Thread(target=lambda: chat(double))
        first.start()
        wait_until(lambda: double.engine.is_loading)

        response = chat(double, model="gemma3:4b")

        double.engine.load_gate.set()
        first.join()
    assert response.status_code == 503
    assert response.content == body("busy").content
    assert "again.  maximum" in response.text


def test_keep_alive_ends_and_zero_unloads() -> None:
    now = [0.0]
    with OllamaDouble(clock=lambda: now[0]) as double:
        chat(double, keep_alive="5m")
        assert [m["name"] for m in get(double, "/api/ps")["models"]] == [MODEL]
        now[0] = 301
        assert get(double, "/api/ps")["models"] == []
        chat(double, keep_alive=-1)
        now[0] = 1e9
        assert get(double, "/api/ps")["models"]

        unloaded = chat(double, messages=[], keep_alive=0)

        assert unloaded.json()["done_reason"] == "unload"
        assert get(double, "/api/ps")["models"] == []


# --- pictures and prompts (14 to 16) ---------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP"])
def test_plain_pictures_are_seen(double: OllamaDouble, kind: str) -> None:
    assert chat(double, picture(kind)).status_code == 200


@pytest.mark.parametrize(
    ("version", "status"), [("0.24.0", 200), ("0.30.0", 400), ("0.32.15", 200)]
)
def test_webp_depends_on_the_version(version: str, status: int) -> None:
    with OllamaDouble(version=version) as double:
        assert chat(double, picture("WEBP")).status_code == status


@pytest.mark.parametrize("image", [b"", b"garbage", b"\0\0\0\x20ftypheic", b"II*\0tiff"])
def test_other_bytes_are_refused_inside_nested_json(double: OllamaDouble, image: bytes) -> None:
    status, error = error_of(chat(double, image))

    assert status == 400
    assert json.loads(error)["error"]["message"] == "Failed to load image or audio file"


def test_a_truncated_jpeg_is_answered_all_the_same(double: OllamaDouble) -> None:
    whole = jpeg()

    assert chat(double, whole[: len(whole) * 2 // 3]).status_code == 200


@pytest.mark.parametrize(
    ("image", "byte"), [("data:image/jpeg;base64,AAAA", 4), ("AAAA*", 4), ("AAA", 0)]
)
def test_base64_is_strict(double: OllamaDouble, image: str, byte: int) -> None:
    response = chat(double, messages=[{"role": "user", "content": "", "images": [image]}])

    assert error_of(response) == (400, f"illegal base64 data at input byte {byte}")


def test_a_large_picture_overflows_a_small_context_with_real_numbers(double: OllamaDouble) -> None:
    status, error = error_of(chat(double, picture("PNG", (2048, 2048)), options={"num_ctx": 2048}))

    detail = json.loads(error)["error"]
    assert status == 400
    assert detail["type"] == "exceed_context_size_error"
    assert detail["n_prompt_tokens"] > 64 * 64 > detail["n_ctx"] == 2048


@pytest.mark.parametrize(("model", "status"), [("llama3.2", 400), ("hf.co/a/llama3.2:q4", 500)])
def test_a_blind_model_refuses_by_its_path(model: str, status: int) -> None:
    with OllamaDouble(models=[model]) as double:
        assert chat(double).status_code == status


# --- answers (17 to 21) ----------------------------------------------------------------------


def test_an_answer_keeps_to_its_schema(double: OllamaDouble) -> None:
    answer = json.loads(text(chat(double)))

    assert list(answer) == ["tags", "caption"]
    assert len(answer["tags"]) <= 2
    assert all(len(tag) <= 6 for tag in answer["tags"])
    assert len(answer["caption"]) <= 12


def test_a_native_model_orders_properties_by_name() -> None:
    with OllamaDouble(models=["hf.co/unsloth/gemma:q4"]) as double:
        assert list(json.loads(text(chat(double)))) == ["caption", "tags"]


def test_a_limit_of_tokens_cuts_the_json(double: OllamaDouble) -> None:
    response = chat(double, options={"num_predict": 3})

    assert json.loads(response.content.splitlines()[-1])["done_reason"] == "length"
    with pytest.raises(json.JSONDecodeError):
        json.loads(text(response))


@pytest.mark.parametrize(
    ("model", "version", "fields", "place"),
    [
        ("gemma4:e4b", "0.32.15", {"think": False}, "content"),
        ("gemma4:e4b", "0.32.15", {"think": None}, "fenced"),
        ("qwen3.5:4b", "0.32.15", {"think": False}, "content"),
        ("qwen3.5:4b", "0.30.0", {"think": False}, "fenced"),
        ("qwen3-vl:8b", "0.32.15", {"think": False}, "thinking"),
    ],
)
def test_thinking_models_put_their_answer_where_they_do(
    model: str, version: str, fields: dict[str, Any], place: str
) -> None:
    with OllamaDouble(models=[model], version=version) as double:
        response = chat(double, **fields)

    if place == "fenced":
        assert text(response).startswith("```json")
    else:
        assert json.loads(text(response, place))


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ({"options": {"num_ctx": "8k"}}, 500, 'option "num_ctx" must be of type integer'),
        ({"options": {"nonsense": 1}}, 200, ""),
        ({"keep_alive": "300"}, 400, 'time: missing unit in duration "300"'),
        ({"format": "xml"}, 500, "invalid format"),
        ({"format": {"type": "banana"}}, 400, "unrecognized type banana"),
        ({"think": True}, 400, "does not support thinking"),
        ({"model": "nobody:1b"}, 404, "model 'nobody:1b' not found"),
        ({"model": ""}, 400, "model is required"),
    ],
)
def test_requests_are_judged_as_ollama_does(
    double: OllamaDouble, fields: dict[str, Any], status: int, error: str
) -> None:
    response = chat(double, **fields)

    assert response.status_code == status
    assert error in (response.json()["error"] if error else "")


def test_equal_questions_have_equal_answers_and_another_seed_another(double: OllamaDouble) -> None:
    answers = [text(chat(double, options={"seed": seed})) for seed in (1, 1, 2, 3)]

    assert answers[0] == answers[1]
    assert len(set(answers)) == 3
    assert text(chat(double, jpeg((9, 9, 200)), options={"seed": 1})) != answers[0]


def test_capabilities_are_listed_since_the_new_engine_only() -> None:
    for version, is_listed in (("0.24.0", False), ("0.30.0", True)):
        with OllamaDouble(version=version) as double:
            (entry,) = get(double, "/api/tags")["models"]
        assert ("capabilities" in entry) is is_listed


# --- as a process ----------------------------------------------------------------------------


def test_it_runs_as_a_process_and_can_be_killed_and_started_again() -> None:
    """End-to-end tests kill it and bring it back at the same port."""
    port = "0"
    for number in (signal.SIGKILL, signal.SIGTERM):
        with start_process("--port", port, "--fault", str(Fault.FENCED)) as process:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            answer = httpx.get(f"http://127.0.0.1:{port}/api/version", trust_env=False)
            process.send_signal(number)
            process.wait(10)

        assert answer.json() == {"version": "0.32.15"}
    assert process.returncode == 0


def start_process(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "doubles.ollama", *arguments],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
    )
