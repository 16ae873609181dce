"""Which profiles an asset is asked about by, inside a transaction that somebody else began."""

import sqlite3

from phototagd.adapters.sqlite.queue import jobs
from phototagd.domain.asset import AssetId, LibraryId
from phototagd.domain.job import Priority
from phototagd.domain.profile import recipe_asking

_CHANGED = "its library has another profile now"


def profile_of(connection: sqlite3.Connection, library: LibraryId) -> str:
    """The profile of a library."""
    (profile,) = connection.execute(
        "SELECT profile FROM library WHERE id = ?", (library,)
    ).fetchone()
    return str(profile)


def profiles_of(connection: sqlite3.Connection, asset: AssetId) -> list[str]:
    """The profiles of the libraries in which an asset has a live copy."""
    rows = connection.execute(
        """SELECT DISTINCT library.profile FROM path INDEXED BY path_asset
           CROSS JOIN folder ON folder.id = path.folder_id
           CROSS JOIN library ON library.id = folder.library_id
           WHERE path.asset_id = ? AND path.state = 'known' AND path.gone_at IS NULL
           ORDER BY library.profile""",
        (asset,),
    ).fetchall()
    return [str(row["profile"]) for row in rows]


def is_answered(connection: sqlite3.Connection, asset: AssetId, profile: str) -> bool:
    """Whether an asset has an answer by any recipe of a profile."""
    row = connection.execute(
        """SELECT 1 FROM tagging JOIN recipe ON recipe.key = tagging.recipe_key
           WHERE asset_id = ? AND recipe.profile = ? LIMIT 1""",
        (asset, profile),
    ).fetchone()
    return row is not None


def change_profile(
    connection: sqlite3.Connection, library: LibraryId, profile: str, now: int
) -> None:
    """Give a library another profile; questions that wait are asked in its words.

    Answers of before stay, and so do the words in sidecars, until they are asked for anew.
    """
    before = profile_of(connection, library)
    if before == profile:
        return
    connection.execute("UPDATE library SET profile = ? WHERE id = ?", (profile, library))
    for row in _waiting(connection, library, recipe_asking(before)):
        asset = AssetId(row["asset_id"])
        jobs.put_tag(
            connection,
            asset=asset,
            recipe=recipe_asking(profile),
            priority=Priority(row["priority"]),
            now=now,
        )
        if before not in profiles_of(connection, asset):
            jobs.cancel_question(connection, row["id"], _CHANGED, now)


def _waiting(connection: sqlite3.Connection, library: LibraryId, recipe: str) -> list[sqlite3.Row]:
    return connection.execute(
        """SELECT DISTINCT job.id, job.asset_id, job.priority FROM folder
           CROSS JOIN path ON path.folder_id = folder.id
           CROSS JOIN job INDEXED BY job_tag ON job.asset_id = path.asset_id
           WHERE folder.library_id = ? AND path.state = 'known' AND path.gone_at IS NULL
             AND job.kind = 'tag' AND job.recipe = ? AND job.state IN ('queued', 'running')""",
        (library, recipe),
    ).fetchall()
