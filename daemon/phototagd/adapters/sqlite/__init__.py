"""The store in one SQLite database: `store` and `catalogue` put together what the rooms hold.

`database` opens the file and `queue` has the jobs; the other rooms are those of `flow`.
"""
