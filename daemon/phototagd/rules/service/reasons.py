"""Which of the things that go wrong is this, for somebody who takes photos?

Reasons are written for logs, in one language and with their numbers. Pages say what happened
and what to do in the person's own; the words of each kind stand with the pages.
"""

import re
from enum import StrEnum


class Hitch(StrEnum):
    """What went wrong, or what is waited for, as a person would tell it."""

    CUT_OFF = "cut_off"  # the end of the file is missing
    BEING_COPIED = "being_copied"
    DAMAGED = "damaged"
    NO_PHOTO = "no_photo"
    TOO_LARGE = "too_large"
    FORBIDDEN = "forbidden"  # the daemon may not read it
    UNREACHABLE = "unreachable"  # the disk or the share does not give it out now
    GONE = "gone"
    DECODER = "decoder"  # the photo crashes what decodes it
    ANSWER = "answer"  # the model made no sense of the photo
    REFUSED = "refused"  # the model refused to describe it, or its server to take it
    CRASHED = "crashed"  # the model server dies over it
    SLOW = "slow"  # no answer in time
    AWAY = "away"  # no model server answers
    MODEL_MISSING = "model_missing"
    MODEL_BLIND = "model_blind"
    MODEL_LOADING = "model_loading"
    MEMORY = "memory"
    CLOUD = "cloud"
    OTHER_SERVER = "other_server"
    SERVER_SETUP = "server_setup"
    MODEL_OFF = "model_off"
    EMBEDDER = "embedder"
    SIDECAR_BROKEN = "sidecar_broken"
    SIDECAR_BUSY = "sidecar_busy"
    SIDECAR_NAME = "sidecar_name"
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    STORE = "store"
    LIBRARY_AWAY = "library_away"
    PAUSED = "paused"
    SCHEDULE = "schedule"
    OTHERS = "others"  # another program uses the model server
    IN_TURN = "in_turn"  # nothing is wrong: something else comes first
    BUG = "bug"
    UNKNOWN = "unknown"


def hitch_of(reason: str) -> Hitch:
    """The kind of a reason of a job, a file, a library or an engine.

    The first row that fits counts; reasons that quote others are told by what they quote.
    """
    text = _QUOTING.sub("", reason.strip())
    otherwise = Hitch.BUG if _BUG.match(reason) else Hitch.UNKNOWN
    return next((hitch for pattern, hitch in _TABLE if pattern.search(text)), otherwise)


_QUOTING = re.compile(
    r"^(?:not readable for [^:]+: |killed a process twice: |failed \d+ times: "
    r"|\d+ photos in a row: |not even the test picture is answered: "
    r"|the sidecar may still be being written: |\d+ of \d+ wait: \S+ )+",
    re.IGNORECASE,
)
_BUG = re.compile(r"failed \d+ times: ")  # over an error that nobody has named


def _row(pattern: str, hitch: Hitch) -> tuple[re.Pattern[str], Hitch]:
    return re.compile(pattern, re.IGNORECASE), hitch


_TABLE = (
    # What is waited for, and nothing is wrong
    _row(r"^paused\b", Hitch.PAUSED),
    _row(r"^outside the schedule|schedule is never open", Hitch.SCHEDULE),
    _row(r"^another program uses", Hitch.OTHERS),
    _row(r"^not now$|other half of the pair|sidecar follows when", Hitch.IN_TURN),
    _row(r"not reached yet|the daemon stops|is not loaded before", Hitch.IN_TURN),
    _row(r"not looked at yet|request was abandoned|no longer asked|is closed$", Hitch.IN_TURN),
    _row(r"^no library has the profile", Hitch.IN_TURN),
    # The model's answers
    _row(r"refused to describe", Hitch.REFUSED),
    _row(r"^bad reply twice|^the (answer|reply|caption|keywords?) ", Hitch.ANSWER),
    _row(r"repeats? (itself|themselves)|in \S+ script, not in|no usable keyword", Hitch.ANSWER),
    _row(r"is no list but|holds something else than text|is no text but", Hitch.ANSWER),
    _row(r"class of sensitive photos|gave no answer", Hitch.ANSWER),
    # Meaning
    _row(r"embedd|makes no vectors|gave no vectors|words about photos", Hitch.EMBEDDER),
    # The model server
    _row(r"the model server works, but|model (runner|process)\b.*(died|stopped)", Hitch.CRASHED),
    _row(r"must be larger than factor|ggml_assert|panic|exit status", Hitch.CRASHED),
    _row(r"photos would leave the house|runs in the cloud|cloud is disabled", Hitch.CLOUD),
    _row(r"cannot see pictures|multimodal|image input|(no|without) vision", Hitch.MODEL_BLIND),
    _row(r"out of memory|system memory|model failed to load|cudamalloc", Hitch.MEMORY),
    _row(r"model .*not found|try pulling|does not serve|model is required", Hitch.MODEL_MISSING),
    _row(r"unknown model|invalid model name|newer version of ollama", Hitch.MODEL_MISSING),
    _row(r"did not load within|loading model|model is loaded|still loading", Hitch.MODEL_LOADING),
    _row(r"no answer within|did not answer within|timed out", Hitch.SLOW),
    _row(r"is not Ollama|no OpenAI-compatible|\(HTTP 40[45]\)|^HTTP 40[45]", Hitch.OTHER_SERVER),
    _row(r"no model server answers|model server (broke|is away)|no address is known", Hitch.AWAY),
    _row(r"address cannot be found|accepts connections but|connection to the model", Hitch.AWAY),
    _row(r"overloaded|pending requests|too many requests|\(HTTP (429|5\d\d)\)", Hitch.AWAY),
    _row(r"^model\.engine is none", Hitch.MODEL_OFF),
    _row(
        r"raise the proxy's limit|context (size|length)|unauthorized|HTTP \d{3}", Hitch.SERVER_SETUP
    ),
    # Words inside photos
    _row(r"cannot put words into photos.*: (no space|disk quota)", Hitch.DISK_FULL),
    _row(r"cannot put words into photos in", Hitch.READ_ONLY),
    _row(r"photo cannot be written now", Hitch.UNREACHABLE),
    _row(r"exiftool", Hitch.STORE),
    _row(r"photo changed (meanwhile|while)|photo is another one", Hitch.BEING_COPIED),
    # Sidecars
    _row(r"its sidecar could have|sidecar's name would be", Hitch.SIDECAR_NAME),
    _row(r"cannot write sidecars.*: (no space|disk quota)", Hitch.DISK_FULL),
    _row(r"cannot write sidecars", Hitch.READ_ONLY),
    _row(
        r"sidecar of that name appeared|sidecar cannot be read or written now", Hitch.SIDECAR_BUSY
    ),
    _row(r"folder for mirrored sidecars", Hitch.LIBRARY_AWAY),
    _row(r"sidecar|not well-formed|^line \d+ is not text|no XML element", Hitch.SIDECAR_BROKEN),
    _row(r"rdf:RDF|document type or entities|^its encoding|^it is empty$", Hitch.SIDECAR_BROKEN),
    # The photo
    _row(r"is incomplete|truncated", Hitch.CUT_OFF),
    _row(r"file is empty|zeros only|changed while it was read|being written", Hitch.BEING_COPIED),
    _row(r"^gone\b|is gone|no copy of|no longer in the catalogue|another photo now", Hitch.GONE),
    _row(r"changed since it was queued|not a regular file|not there at the moment", Hitch.GONE),
    _row(r"there is no such file", Hitch.GONE),
    _row(r"megapixels|needs more than \d+ MB", Hitch.TOO_LARGE),
    _row(r"^named \.|^no photo but|^this is no photo|^not a photo", Hitch.NO_PHOTO),
    _row(r"the decoding process (does not|cannot) start", Hitch.BUG),
    _row(r"^decoding |(decoding process|text reader) answered", Hitch.DECODER),
    _row(r" (hung for more than|crashed: )|photo reader", Hitch.DECODER),
    _row(r"load image|decode webp|unknown format|invalid image|unsupported.* image", Hitch.REFUSED),
    _row(r"unsupported value: nan|input length exceeds", Hitch.REFUSED),
    _row(r"disk of the state folder is full|no space left", Hitch.DISK_FULL),
    _row(r"database|^the store|write was broken off", Hitch.STORE),
    _row(r"is damaged", Hitch.DAMAGED),
    _row(r"permission denied|not permitted", Hitch.FORBIDDEN),
    _row(r"cannot be read now|cannot be opened|input/output error|stale", Hitch.UNREACHABLE),
    # Libraries, and the house itself
    _row(r"another file system|folder is (gone|empty)|another folder or disk", Hitch.LIBRARY_AWAY),
    _row(r"is empty or not there", Hitch.LIBRARY_AWAY),
    _row(r"state folder|state_dir", Hitch.STORE),
    _row(r"^\w*(Error|Exception|Interrupt)\b", Hitch.BUG),
)
