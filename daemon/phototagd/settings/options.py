"""Every option: its type, its default and its help. Tables in the README come from here.

A field's description is its documentation; a check that needs more than one option stands in
`consistency`. Durations carry their unit in the name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, JsonValue, PrivateAttr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from phototagd.rules.asking.schedules import spans
from phototagd.settings.privacy_options import PrivacySettings
from phototagd.settings.search_options import SearchSettings
from phototagd.settings.section import Section, Url


def _address(listen: str) -> str:
    host, colon, port = listen.rpartition(":")
    if listen and not (colon and host and port.isdecimal() and int(port) <= 65535):  # noqa: PLR2004
        raise ValueError("must be HOST:PORT like 127.0.0.1:8420, or empty to switch it off")
    return listen


def _times(text: str) -> str:
    spans(text)
    return text


Times = Annotated[str, AfterValidator(_times)]
Address = Annotated[str, AfterValidator(_address)]
LANGUAGE = r"^(auto|[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*)$"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where settings were written: what loading was given, and the source of each key."""

    file: Path | None = None
    flags: Mapping[str, Any] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


class LibrarySettings(Section):
    """A folder whose photos get sidecars, with everything below it."""

    path: Path = Field(description="The folder; relative to the settings file.")
    watch: Literal["auto", "native", "scan", "off"] = Field(
        default="auto",
        description="How changes are noticed: kernel hints on local disks and scans alone on "
        "network disks (auto), hints (native), scans alone (scan), or not at all (off).",
    )
    sidecars: Literal["beside", "mirror"] = Field(
        default="beside",
        description="Where sidecars go: beside the photo, or into a tree below mirror_dir.",
    )
    mirror_dir: Path | None = Field(
        default=None, description="The folder for sidecars = mirror; outside the library."
    )
    profile: str = Field(
        default="",
        description="What its photos are asked about: photos, ecommerce, or a file of your own "
        "such as mine.toml; as model.profile, unless said.",
    )
    embed: bool = Field(
        default=False,
        description="Write the words into JPEG and PNG files too, for programs that read no "
        "sidecars, such as Lightroom; needs exiftool.",
    )
    vocabulary: Literal["open", "guided", "closed"] | None = Field(
        default=None, description="How free its keywords are; as vocabulary.mode, unless said."
    )
    ignore: tuple[str, ...] = Field(
        default=(), description="Patterns of names that are never entered or read, as in `*.tmp`."
    )


class IntakeSettings(Section):
    """When a file counts as finished, and how often folders are compared with the store."""

    quiet_seconds: float = Field(
        default=5, gt=0, le=3600, description="A file unchanged for so long counts as finished."
    )
    rescan_minutes: float = Field(
        default=5, gt=0, description="Time between scans that skip folders without changes."
    )
    full_scan_hours: float = Field(default=6, gt=0, description="Time between scans of everything.")
    confirm_above_percent: float = Field(
        default=50,
        gt=0,
        le=100,
        description="When more of a library is missing at once (and at least 100 photos), nothing "
        "is believed gone until you say so: phototagd confirm; with 100 nobody is asked.",
    )
    decoders: int | None = Field(
        default=None,
        ge=1,
        le=64,
        description="Processes that decode photos, each with some 60 MB of memory: by itself one "
        "for every four requests in flight, and never more than there are CPUs.",
    )


class ModelSettings(Section):
    """The model that looks at the photos, and what it is asked."""

    engine: Literal["ollama", "openai", "none"] = Field(
        default="ollama",
        description="What serves the model: Ollama, or any OpenAI-compatible server such as "
        "llama-server, vLLM, SGLang, LM Studio; with none, only places are filled in.",
    )
    url: Url = Field(
        default="http://127.0.0.1:11434", description="Where the model server listens."
    )
    token_file: Path | None = Field(
        default=None,
        description="A file with the token that the server wants; without it, the systemd "
        "credential `model-token`, if there is one.",
    )
    name: str = Field(default="qwen3-vl:4b-instruct", min_length=1, description="The model.")
    language: str = Field(
        default="auto",
        pattern=LANGUAGE,
        description="The language of captions and keywords: en, zh, de …; auto follows the locale.",
    )
    keyword_language: str = Field(
        default="",
        pattern=r"^$|" + LANGUAGE.replace("auto|", ""),
        description="The language of keywords, if it is not that of the captions.",
    )
    keywords_in_both: bool = Field(
        default=False,
        description="Write each keyword in both languages, where keyword_language is another.",
    )
    caption: Literal["short", "detailed"] = Field(
        default="short",
        description="One or two sentences, or up to six about people, clothes, action, "
        "background, light and mood.",
    )
    caption_characters: int = Field(
        default=0,
        ge=0,
        le=2000,
        description="At most so many characters a caption; 0 means 320 for short ones and 900 "
        "for detailed ones.",
    )
    profile: str = Field(
        default="photos",
        min_length=1,
        description="What photos are asked about: photos, ecommerce, or a file of your own such "
        "as mine.toml.",
    )
    ask_also: tuple[str, ...] = Field(
        default=(),
        description='Optional fields of profiles that are asked about too, as in ["product_text"].',
    )
    max_keywords: int = Field(
        default=15, ge=1, le=100, description="At most so many keywords a photo."
    )
    share_pairs: bool = Field(
        default=True,
        description="Ask once about a RAW and the JPEG or HEIC of the same name and time.",
    )
    image_long_side: int = Field(
        default=1024, ge=128, le=8192, description="Pixels of the long side of the picture sent."
    )
    timeout_seconds: float = Field(
        default=300,
        gt=0,
        description="One answer may take so long, from the request to its last word.",
    )
    load_timeout_seconds: float = Field(
        default=1800, gt=0, description="Loading the model may take so long."
    )
    keep_alive: str = Field(
        default="30m",
        pattern=r"^(-?\d+|-?(\d+(\.\d+)?(ms|s|m|h))+)$",
        description="How long the model stays loaded without work: 30m, 1h, or -1 for ever.",
    )
    unload_after_minutes: float = Field(
        default=5,
        ge=0,
        description="Without photos to ask about for so long, the model is unloaded; 0 leaves "
        "that to keep_alive.",
    )
    yield_to_others: bool = Field(
        default=True,
        description="Wait while another program uses a model of its own on the same server, and "
        "five minutes after.",
    )
    options: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="Options handed to the server as they are, as in {num_ctx = 8192}.",
    )
    allow_cloud: bool = Field(
        default=False,
        description="Allow models that the server runs elsewhere: photos leave the house.",
    )


class ScheduleSettings(Section):
    """When photos are asked about, in local time; what a person asks for is asked at once.

    Watching folders and writing sidecars go on all the time.
    """

    active: Times = Field(
        default="always",
        description='Times like "22:00-07:00", several with commas; "always" or "never".',
    )
    monday: Times | None = Field(default=None, description="Times that begin on this day.")
    tuesday: Times | None = Field(default=None, description="The same for Tuesday.")
    wednesday: Times | None = Field(default=None, description="The same for Wednesday.")
    thursday: Times | None = Field(default=None, description="The same for Thursday.")
    friday: Times | None = Field(default=None, description="The same for Friday.")
    saturday: Times | None = Field(default=None, description="The same for Saturday.")
    sunday: Times | None = Field(default=None, description="The same for Sunday.")


class EndpointSettings(Section):
    """One of several model servers; without any, `model.url` is the only one."""

    url: Url = Field(description="Where it listens.")
    token_file: Path | None = Field(
        default=None, description="A file with the token that it wants."
    )
    engine: Literal["ollama", "openai"] | None = Field(
        default=None, description="What it is; as model.engine, unless said."
    )
    name: str | None = Field(
        default=None, min_length=1, description="The model there; as model.name, unless said."
    )
    concurrency: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Requests in flight at the same time: 1 for Ollama, the slots of a "
        "llama-server, 8 to 16 for vLLM and SGLang.",
    )
    extra_body: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="Further keys of every request to an OpenAI-compatible server, as in "
        '{reasoning_effort = "none"}.',
    )


class SidecarSettings(Section):
    """How sidecars are called."""

    naming: Literal["auto", "append", "replace", "both-for-raw"] = Field(
        default="auto",
        description="IMG_1.jpg.xmp (append), IMG_1.xmp (replace), both for RAW files, or what is "
        "there already and append for the rest (auto).",
    )


class VocabularySettings(Section):
    """Which words become keywords, so that there are few and the same ones."""

    mode: Literal["open", "guided", "closed"] = Field(
        default="guided",
        description="Every word of the model is written (open), known words and those that "
        "several photos have (guided), or words of the vocabulary alone (closed).",
    )
    born_after_photos: int = Field(
        default=3, ge=1, le=1000, description="A new word is known once so many photos have it."
    )
    warm_up_photos: int = Field(
        default=100,
        ge=0,
        description="New words need not wait before so many photos were answered.",
    )
    write_waiting: bool = Field(
        default=False, description="Write words that still wait, too; they are always searched."
    )
    places: str = Field(
        default="auto",
        max_length=60,
        description="The top word of places, as in Places|Norway|Bergen; auto for Places or 地点, "
        "empty for none.",
    )
    dates: str = Field(
        default="",
        max_length=60,
        description="The top word of dates, as in Dates|2024|2024-05; empty for none.",
    )
    cameras: str = Field(
        default="",
        max_length=60,
        description="The top word of cameras, as in Cameras|FUJIFILM|X-T4; empty for none.",
    )


class BackupSettings(Section):
    """Copies of the database in the state folder, made at night."""

    keep: int = Field(default=3, ge=0, le=1000, description="How many stay; 0 makes none.")


class WebSettings(Section):
    """The gallery, health and metrics on TCP; commands use a socket of their own."""

    listen: Address = Field(
        default="127.0.0.1:8420",
        description="HOST:PORT of gallery, health and metrics; empty switches them off.",
    )
    gallery: bool = Field(
        default=True,
        description="Show the photos in a browser; without it health and metrics are served "
        "alone. Beyond this machine it needs a password: `phototagd web setup`.",
    )
    hosts: tuple[str, ...] = Field(
        default=(),
        description="Names by which browsers may reach the gallery, besides IP addresses and "
        'localhost, as in ["nas.lan"].',
    )
    thumbnails_mb: int = Field(
        default=2048,
        ge=16,
        description="The small pictures in the state folder take at most so many megabytes; "
        "those not looked at for longest go first.",
    )
    upload_mb: int = Field(
        default=500,
        ge=0,
        description="A photo sent through the gallery may have so many megabytes; 0 takes none.",
    )
    inbox: Path | None = Field(
        default=None,
        description="The folder where photos sent through the gallery go, inside a library; "
        "without it `Inbox` in the first library that can be written.",
    )


class LogSettings(Section):
    """What is logged, and how; always to standard error."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Events below this level are not logged."
    )
    format: Literal["auto", "console", "json"] = Field(
        default="auto",
        description="auto: for people on a terminal, one JSON object per line elsewhere.",
    )


class Settings(BaseSettings):
    """All options as they are in force. Made by `load_settings`, never changed."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="PHOTOTAGD_",
        env_nested_delimiter="__",
    )

    state_dir: Path = Field(
        description="The database, its backups and the control socket; on a local disk."
    )
    library: tuple[LibrarySettings, ...] = Field(default=(), description="The watched folders.")
    endpoint: tuple[EndpointSettings, ...] = Field(default=(), description="The model servers.")
    intake: IntakeSettings = IntakeSettings()
    model: ModelSettings = ModelSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    sidecar: SidecarSettings = SidecarSettings()
    vocabulary: VocabularySettings = VocabularySettings()
    privacy: PrivacySettings = PrivacySettings()
    search: SearchSettings = SearchSettings()
    backup: BackupSettings = BackupSettings()
    web: WebSettings = WebSettings()
    log: LogSettings = LogSettings()
    _origin: Origin = PrivateAttr(default_factory=Origin)

    @property
    def origin(self) -> Origin:
        """Where the values were written."""
        return self._origin

    def coming_from(self, origin: Origin) -> "Settings":
        """These settings, knowing where their values were written."""
        self._origin = origin
        return self

    @classmethod
    def settings_customise_sources(  # noqa: D102 -- the library's hook
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # The sources are read by `loading`, which remembers where each value came from.
        return (init_settings,)
