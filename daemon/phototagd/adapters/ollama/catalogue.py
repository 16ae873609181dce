"""What the texts of Ollama's errors mean, oldest engine to newest.

The texts are those of Ollama 0.5 to 0.34 and of the llama-server inside it since 0.30. Rows
are tried from the top; the first whose pattern is found in the unwrapped text decides.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from phototagd.rules.models import DEFAULT_NUM_CTX


class Fault(Enum):
    """Whose fault an error is."""

    WORLD = auto()  # passes by itself: the server is busy, restarting, overloaded
    SETUP = auto()  # the server lives, but somebody must change something
    PICTURE = auto()  # this picture, for ever
    SUSPECT = auto()  # a process died: perhaps the picture, perhaps the world


@dataclass(frozen=True, slots=True)
class Row:
    """One known text; `remedy` may name the model as `{model}`."""

    pattern: re.Pattern[str]
    fault: Fault
    remedy: str = ""


def _row(pattern: str, fault: Fault, remedy: str = "") -> Row:
    return Row(re.compile(pattern, re.IGNORECASE | re.DOTALL), fault, remedy)


_UPDATE = "run: ollama pull {model}, and update Ollama"
_OTHER_MODEL = "take another model: phototagd check lists them by memory"
_SERVER_LOG = "see the log of the Ollama server"
_FREE_MEMORY = "free graphics memory, or take a smaller model"
_OUR_BUG = "please report this as a bug of phototagd"

ROWS = (
    # --- the picture -----------------------------------------------------------------------
    _row(r"failed to load image or audio file", Fault.PICTURE),
    _row(r"decode webp image", Fault.PICTURE),
    _row(r"image: unknown format|invalid image input", Fault.PICTURE),
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


def lookup(text: str) -> Row | None:
    """The first row whose text this is, if it is known."""
    return next((row for row in ROWS if row.pattern.search(text)), None)
