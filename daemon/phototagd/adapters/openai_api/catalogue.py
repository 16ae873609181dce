"""What the texts of llama-server's, vLLM's, SGLang's and LM Studio's errors mean.

llama-server's are from its source; those of the other three from their users' reports.
"""

import re

from phototagd.adapters.http_exchange import Catalogue, Fault, Refusal, blame
from phototagd.adapters.http_exchange import row as _row
from phototagd.domain.errors import PhototagdError

_SERVER_LOG = "see the log of the model server"
_OTHER_MODEL = "serve a model that sees pictures (llama-server needs its --mmproj too)"
_FREE_MEMORY = "free graphics memory, or serve a smaller model"
_LOAD = "load {model} in the server"
_OTHER_NAME = "set the model's name as the server's /v1/models spells it, now {model}"
_OTHER_API = "check the url: what answers there does not serve /v1/chat/completions"
_KEY = "put the server's key into the url: http://:KEY@host:port"
_EXTRA = "correct extra_body: this server does not take what it says"
_EMBEDDER = "serve an embedding model (llama-server needs --embeddings)"
_OUR_BUG = "please report this as a bug of phototagd"

ROWS = (
    # --- passes by itself --------------------------------------------------------------------
    _row(r"loading model|model is (still )?loading|operation cancell?ed", Fault.WORLD),
    _row(r"(server|engine) (is )?(overloaded|busy)|queue is full|too many requests", Fault.WORLD),
    _row(r"request cancell?ed|model (is|was) unloaded", Fault.WORLD),
    # --- the picture -------------------------------------------------------------------------
    _row(r"(failed to|cannot|can't|could not|unable to) "
         r"(load|identify|decode|open|process|read) (the )?(provided )?image", Fault.PICTURE),
    _row(r"image file is truncated|(invalid|unsupported|corrupt)( or unsupported)? "
         r"(base64-encoded )?image", Fault.PICTURE),
    # --- a text to make a vector of --------------------------------------------------------------
    _row(r"embedding contains nan|(contains|returned) nan|input .*too (large|long) to process",
         Fault.PICTURE),
    _row(r"does not support embeddings|start it with `?--embeddings?", Fault.SETUP, _EMBEDDER),
    # --- the model cannot do it ----------------------------------------------------------------
    _row(r"image input is not supported|does not support (multimodal|image|vision)"
         r"|is not a multimodal model|at most 0 image|unsupported content part", Fault.SETUP,
         _OTHER_MODEL),
    _row(r"no models? (is )?loaded|failed to load model", Fault.SETUP, _LOAD),
    _row(r"model .*(does not exist|not found)|unknown model", Fault.SETUP, _OTHER_NAME),
    _row(r"out of memory|outofmemory|failed to allocate|insufficient memory", Fault.SETUP,
         _FREE_MEMORY),
    # --- our own requests ----------------------------------------------------------------------
    _row(r"invalid api key|unauthorized|no api key", Fault.SETUP, _KEY),
    _row(r"unrecognized request argument|extra inputs? (are|is) not permitted", Fault.SETUP,
         _EXTRA),
    _row(r"unable to generate parser|failed to (parse|initialize|load) .*(grammar|schema|sampler)"
         r"|json schema|grammar error|xgrammar", Fault.SETUP, _OUR_BUG),
    _row(r"json\.exception|json_invalid", Fault.SETUP, _OUR_BUG),
    # --- a process died over it ----------------------------------------------------------------
    _row(r"engine ?(core|dead)|background loop has errored|model has crashed|exit code",
         Fault.SUSPECT),
    _row(r"ggml_assert|panic|cuda error|illegal memory access", Fault.SUSPECT),
)  # fmt: skip


def _overflow(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


CATALOGUE = Catalogue(
    rows=ROWS,
    overflows=(
        _overflow(
            r"request \((?P<needed>\d+) tokens\) exceeds the available context size"
            r" \((?P<available>\d+)"
        ),
        _overflow(
            r"maximum context length is (?P<available>\d+) tokens"
            r"(?:.*?requested (?P<needed>\d+) tokens)?"
        ),
        _overflow(
            r"length (?P<needed>\d+)\) is (?:longer than the maximum model length of"
            r"|too long to fit into the model \(context length) (?P<available>\d+)"
        ),
        _overflow(
            r"\((?P<needed>\d+) tokens\) is longer than the model's context length"
            r" \((?P<available>\d+)"
        ),
        _overflow(r"context length of only (?P<available>\d+) tokens"),
    ),
    raise_context="give the server a context of {tokens} tokens or more for each request "
    "(llama-server: -c, times its slots; vLLM: --max-model-len)",
    server_log=_SERVER_LOG,
    by_status={401: _KEY, 403: _KEY, 404: _OTHER_API, 405: _OTHER_API, 410: _OTHER_API},
)


def error_for(refusal: Refusal, *, model: str, about_photo: bool) -> PhototagdError:
    """The error of the house for what the server refused."""
    return blame(CATALOGUE, refusal, model=model, about_photo=about_photo)
