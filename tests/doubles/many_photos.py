"""A library of as many photos as wanted, put straight into the tables: looking is what counts."""

import random
import sqlite3
from datetime import UTC, datetime

from phototagd.adapters.sqlite.store import Store

_FIRST_YEAR, _LAST_YEAR = 1998, 2026


def fill(store: Store, count: int) -> None:
    """Photos with a date, a shape and a caption each, spread over the years."""
    chance = random.Random(1)
    library = store.catalogue.open_library(b"/many").id
    start = int(datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime(_LAST_YEAR, 11, 1, tzinfo=UTC).timestamp())
    shapes = [(6000, 4000), (4000, 3000), (3000, 4000), (4000, 6000), (3000, 3000), (9000, 3000)]
    rows = [(n, chance.choice(shapes), chance.randrange(start, end)) for n in range(1, count + 1)]
    words = '{{"caption": "A photo number {}", "keywords": []}}'

    def write(c: sqlite3.Connection) -> None:
        c.execute("INSERT INTO folder(id, library_id, relpath) VALUES(1, ?, x'')", (library,))
        c.executemany(
            "INSERT INTO asset(id, kind, width, height, created_at) VALUES(?, 'jpeg', ?, ?, 0)",
            [(n, width, height) for n, (width, height), _ in rows],
        )
        c.executemany(
            """INSERT INTO path(id, folder_id, name, stamp, state, asset_id, content_hash, words,
                                changed_at)
               VALUES(?, 1, ?, '1 1 1', 'known', ?, ?, ?, 0)""",
            [(n, b"%d.jpg" % n, n, f"{n:x}", words.format(n)) for n, *_ in rows],
        )
        c.executemany(
            """INSERT INTO search_photo(asset_id, taken_at, has_text, has_place, is_private,
                                        is_tagged)
               VALUES(?, ?, 0, 0, 0, 1)""",
            [(n, at) for n, _, at in rows],
        )
        c.execute("DELETE FROM search_stale")

    store._database.write(write)
