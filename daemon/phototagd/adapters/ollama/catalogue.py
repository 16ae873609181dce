"""What the texts of Ollama's errors mean, oldest engine to newest.

The texts are those of Ollama 0.5 to 0.34 and of the llama-server inside it since 0.30. Rows
are tried from the top; the first whose pattern is found in the unwrapped text decides.
"""

import re

from phototagd.adapters.http_exchange import Catalogue, Fault, Refusal, blame
from phototagd.adapters.http_exchange import row as _row
from phototagd.domain.errors import PhototagdError
from phototagd.rules.asking.models import DEFAULT_MODEL, DEFAULT_NUM_CTX

_UPDATE = "run: ollama pull {model}, and update Ollama"
_OTHER_MODEL = f"take another model, such as {DEFAULT_MODEL}; the README lists them by memory"
_SERVER_LOG = "see the log of the Ollama server"
_FREE_MEMORY = "free graphics memory, or take a smaller model"
_OTHER_API = "check [model] url and name: this is not the API of Ollama"
_OUR_BUG = "please report this as a bug of phototagd"
_EMBEDDER = "set [search] embedding_model to an embedding model, such as embeddinggemma"

ROWS = (
    # --- the picture -----------------------------------------------------------------------
    _row(r"failed to load image or audio file", Fault.PICTURE),
    _row(r"decode webp image", Fault.PICTURE),
    _row(r"image: unknown format|invalid image input", Fault.PICTURE),
    # --- a text to make a vector of ----------------------------------------------------------
    _row(r"embedding contains nan|unsupported value: nan", Fault.PICTURE),
    _row(r"input length exceeds the context length", Fault.PICTURE),
    _row(r"does not support embeddings?", Fault.SETUP, _EMBEDDER),
    # --- the model cannot do it --------------------------------------------------------------
    _row(r"image input is not supported", Fault.SETUP, _OTHER_MODEL),
    _row(r"does not support multimodal requests", Fault.SETUP, _OTHER_MODEL),
    _row(r"missing data required for image input", Fault.SETUP, _OTHER_MODEL),
    _row(r"does not support (chat|thinking|completion|generate)", Fault.SETUP, _OTHER_MODEL),
    _row(r"unknown model architecture|no longer compatible", Fault.SETUP, _OTHER_MODEL),
    _row(r"requires a newer version of ollama", Fault.SETUP, _UPDATE),
    _row(r"model ['\"].*['\"] not found|try pulling it", Fault.SETUP, "run: ollama pull {model}"),
    # --- cloud -------------------------------------------------------------------------------
    _row(r"ollama cloud is disabled", Fault.SETUP, _OTHER_MODEL),
    _row(r"^unauthorized", Fault.SETUP, "run: ollama signin, or take a local model"),
    _row(r"server overloaded|maximum pending requests exceeded", Fault.WORLD),
    # --- loading -----------------------------------------------------------------------------
    _row(r"requires more system memory|model failed to load", Fault.SETUP, _FREE_MEMORY),
    _row(r"timed out waiting for (llama|runner)", Fault.SETUP, _SERVER_LOG),
    _row(r"llama-server binary not found", Fault.SETUP, "install Ollama again"),
    _row(r"(out of memory|out-of-memory)|cudamalloc failed|failed to allocate"
         r"|insufficient memory", Fault.SETUP, _FREE_MEMORY),
    _row(r"(llama-server|runner) process has terminated", Fault.SETUP, _SERVER_LOG),
    # --- our own requests --------------------------------------------------------------------
    _row(r"unable to generate parser|failed to (parse|initialize|load) "
         r".*(grammar|schema|sampler)|json schema|invalid format", Fault.SETUP, _OUR_BUG),
    _row(r"invalid input type", Fault.SETUP, _OUR_BUG),
    _row(r"illegal base64 data|json\.exception|cannot unmarshal", Fault.SETUP, _OUR_BUG),
    _row(r"model is required|invalid model name|missing request body", Fault.SETUP,
         "set [model] name to the name that `ollama list` shows"),
    _row(r"invalid duration|unit in duration", Fault.SETUP,
         'set [model] keep_alive to a time such as "30m"'),
    _row(r'option ".*" must be of type', Fault.SETUP, "correct [model] options"),
    _row(r"request cancell?ed|context cancell?ed", Fault.WORLD),
    _row(r"longer than the context length", Fault.SETUP,
         f"set num_ctx in [model] options to {DEFAULT_NUM_CTX} or more"),
    # --- a process died over it --------------------------------------------------------------
    _row(r"model runner has unexpectedly stopped", Fault.SUSPECT),
    _row(r"must be larger than factor|ggml_assert|panic|exit status", Fault.SUSPECT),
    _row(r"\bEOF\b|connection reset|connection refused|forcibly closed", Fault.SUSPECT),
)  # fmt: skip


CATALOGUE = Catalogue(
    rows=ROWS,
    overflows=(
        re.compile(
            r"request \((?P<needed>\d+) tokens\) exceeds the available context size"
            r" \((?P<available>\d+)"
        ),
    ),
    raise_context="set num_ctx in [model] options to {tokens} or more",
    server_log=_SERVER_LOG,
    by_status={
        401: "put user:password into [model] url",
        403: "start Ollama with OLLAMA_HOST=0.0.0.0, or use the address it listens on",
        404: _OTHER_API,
        405: _OTHER_API,
        410: _OTHER_API,
    },
)


def error_for(refusal: Refusal, *, model: str, about_photo: bool) -> PhototagdError:
    """The error of the house for what Ollama refused."""
    return blame(CATALOGUE, refusal, model=model, about_photo=about_photo)
