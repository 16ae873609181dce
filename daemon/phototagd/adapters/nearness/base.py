"""The bulk of a large library: its signs in a file that is mapped into memory.

The file is a cache: it says how far it follows the store, and is made again when it does not
fit. It holds a header of one page, the asset numbers, and the signs.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from phototagd.adapters.nearness.signs import Ids, Signs
from phototagd.domain.errors import Unavailable

_HEADER_BYTES = 4096
_FORMAT = 1


@dataclass(slots=True, eq=False)
class Base:
    """Asset numbers and signs; what went since is no longer `alive`."""

    assets: Ids
    signs: Signs
    alive: npt.NDArray[np.bool_]
    order: npt.NDArray[np.int64]
    change: int

    @classmethod
    def load(cls, file: Path, space: str) -> "Base | None":
        """The cache of a space; None when there is none, or it is for another one or torn."""
        try:
            with file.open("rb") as stream:
                header = json.loads(stream.read(_HEADER_BYTES).rstrip(b"\0"))
            count, words = header["count"], header["words"]
            is_ours = header["format"] == _FORMAT and header["space"] == space
            size = _HEADER_BYTES + count * 8 * (1 + words)
            if not is_ours or file.stat().st_size != size:
                return None
            assets = np.memmap(file, np.int64, "r", _HEADER_BYTES, (count,))
            signs = np.memmap(file, np.uint64, "r", _HEADER_BYTES + count * 8, (count, words))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return cls.of(np.asarray(assets), np.asarray(signs), header["change"])

    @classmethod
    def of(cls, assets: Ids, signs: Signs, change: int) -> Self:
        """A base of these rows; of an asset that comes twice the later one counts."""
        order = np.argsort(assets, kind="stable")
        alive = np.ones(len(assets), dtype=np.bool_)
        in_order = assets[order]
        alive[order[:-1][in_order[:-1] == in_order[1:]]] = False
        return cls(assets, signs, alive, order, change)

    def places(self, assets: Ids) -> npt.NDArray[np.int64]:
        """Where the living ones of these assets stand."""
        if not len(self.assets):
            return np.empty(0, dtype=np.int64)
        at = np.searchsorted(self.assets, assets, side="right", sorter=self.order) - 1
        found = self.order[np.clip(at, 0, None)]
        found = found[(at >= 0) & (self.assets[found] == assets)]
        living: npt.NDArray[np.int64] = found[self.alive[found]]
        return living

    def forget(self, asset: int) -> None:
        """This asset is elsewhere, or gone."""
        self.alive[self.places(np.array([asset], dtype=np.int64))] = False


def write_base(
    file: Path,
    *,
    space: str,
    change: int,
    words: int,
    pieces: Iterable[tuple[Ids, Signs]],
) -> Base:
    """Write the cache, whole or not at all, and map it.

    Raises Unavailable when the disk does not take it.
    """
    temporary = file.with_name(file.name + ".new")
    signs_file = file.with_name(file.name + ".signs")
    try:
        with signs_file.open("wb+") as beside, temporary.open("wb") as stream:
            stream.write(b"\0" * _HEADER_BYTES)
            count = 0
            for assets, signs in pieces:
                stream.write(assets.tobytes())
                beside.write(signs.tobytes())
                count += len(assets)
            beside.seek(0)
            while part := beside.read(1 << 20):
                stream.write(part)
            header: dict[str, Any] = {"format": _FORMAT, "space": space, "change": change}
            stream.seek(0)
            stream.write(json.dumps({**header, "count": count, "words": words}).encode())
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
        signs_file.unlink()
    except OSError as error:
        raise Unavailable(f"{file} cannot be written: {error.strerror}") from error
    loaded = Base.load(file, space)
    if loaded is None:
        raise Unavailable(f"{file} cannot be read again")
    return loaded
