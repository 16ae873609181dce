"""What requests and answers of the API are made of."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import Tile

MOST_ID = 2**63 - 1
MOST_AT_ONCE = 500
USUAL = 50

_DIGITS = re.compile(r"-?[0-9]{1,19}")


def _plain(value: object) -> object:
    """Digits alone: `1_000`, ` 7 ` and `1.0` are no numbers in an address."""
    if isinstance(value, str) and not _DIGITS.fullmatch(value):
        raise ValueError("must be a whole number")
    return value


def _whole(value: object) -> object:
    """JSON knows one kind of number: 7.0 is the integer 7."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Number = Annotated[int, BeforeValidator(_plain)]
"""A whole number in an address."""

Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number in a body."""


class Params(BaseModel):
    """What stands in the address: in the path, and after the question mark."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(BaseModel):
    """What is sent as JSON; nothing is guessed, and nothing unknown is passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Answer(BaseModel):
    """What is answered as JSON."""

    model_config = ConfigDict(frozen=True)


class PhotoId(Params):
    """One photo."""

    id: Number = Field(ge=1, le=MOST_ID, description="The number of the photo.")


class Portion(Params):
    """A part of a long list."""

    limit: Number = Field(default=USUAL, ge=1, le=MOST_AT_ONCE, description="At most so many.")
    cursor: str = Field(
        default="0",
        pattern=r"^[0-9]{1,7}$",
        description="Where to go on: `next` of the answer before.",
    )

    @property
    def start(self) -> int:
        """How many were told before."""
        return int(self.cursor)

    def next(self, told: int, *, is_more: bool) -> str | None:
        """The cursor of the portion after this one; None at the end."""
        return str(self.start + told) if is_more else None


class PhotoTile(Answer):
    """A photo in a list."""

    id: int = Field(description="The number of the photo.")
    caption: str = Field(description="What is in it; empty until a model has looked at it.")
    width: int = Field(description="Pixels of the upright photo, or its likely shape.")
    height: int = Field(description="The same for its height.")
    version: str = Field(description="Changes whenever the picture may look different.")
    is_private: bool
    thumbnail: str = Field(description="Where its small picture is.")


def tile_of(tile: Tile) -> PhotoTile:
    """A photo in a list."""
    return PhotoTile(
        id=tile.asset,
        caption=tile.caption,
        width=tile.width,
        height=tile.height,
        version=tile.version,
        is_private=tile.is_private,
        thumbnail=f"/api/v1/photos/{tile.asset}/thumbnail?size=256",
    )


def asset_of(params: PhotoId) -> AssetId:
    """The photo that is meant."""
    return AssetId(params.id)


def local_time(at: datetime | None) -> str | None:
    """A time on the photo's own clock. OpenAPI's `date-time` would want a zone: none is known."""
    return None if at is None else at.replace(tzinfo=None).isoformat()
