-- Photos that went at once in large numbers wait for a person's word; and what is done once a week.

ALTER TABLE library ADD COLUMN losses_confirmed_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX path_missing ON path(missing_scans) WHERE missing_scans > 0 AND gone_at IS NULL;

CREATE TABLE chore(
  name TEXT PRIMARY KEY,
  done_at INTEGER NOT NULL,
  result TEXT NOT NULL DEFAULT ''
) STRICT;

PRAGMA user_version = 6;
