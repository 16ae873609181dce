"""The options of searching: every one with its type, default and help."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from phototagd.settings.section import Section, Url


class SearchSettings(Section):
    """Finding photos by what their words mean, not only by the words."""

    embedding_model: str = Field(
        default="embeddinggemma",
        description="The model that turns words into vectors; while it is not there, or empty, "
        "photos are found by their words alone.",
    )
    embedding_engine: Literal["ollama", "openai"] | None = Field(
        default=None, description="What serves it; as model.engine, unless said."
    )
    embedding_url: Url | None = Field(
        default=None,
        description="Where its server listens; as model.url, unless said. An OpenAI-compatible "
        "server needs an address of its own here, for it serves one model.",
    )
    embedding_token_file: Path | None = Field(
        default=None, description="A file with the token that this server wants."
    )
    embedding_dimensions: int = Field(
        default=0,
        ge=0,
        le=8192,
        description="Numbers of a vector, as in 256 to halve the store; 0 keeps all. For models "
        "that were trained to be cut, such as embeddinggemma.",
    )
    embedding_keep_alive: str = Field(
        default="5m",
        pattern=r"^(-?\d+|-?(\d+(\.\d+)?(ms|s|m|h))+)$",
        description="How long Ollama keeps it loaded after a search.",
    )
