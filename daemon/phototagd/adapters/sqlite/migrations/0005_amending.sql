-- What persons change and take back, and what is remembered of every change of a sidecar.

-- A person's verdict, which no model overrules: it decides the visibility, whoever writes it.
ALTER TABLE asset ADD COLUMN verdict TEXT CHECK(verdict IN ('visible', 'private'));
CREATE TRIGGER asset_verdict AFTER UPDATE OF visibility, verdict ON asset
WHEN NEW.verdict <> NEW.visibility BEGIN
  UPDATE asset SET visibility = NEW.verdict WHERE id = NEW.id;
END;

-- A sidecar as it was before we first touched it. Digests are SHA-256 in hex.
CREATE TABLE origin(
  path_id INTEGER NOT NULL REFERENCES path(id) ON DELETE CASCADE,
  name BLOB NOT NULL,
  content BLOB,                                 -- zlib; NULL: there was no file
  digest TEXT NOT NULL,                         -- of the content; '' without one
  previous TEXT NOT NULL,                       -- the file before our last write
  written TEXT NOT NULL,                        -- and after it
  is_mixed INTEGER NOT NULL,
  PRIMARY KEY(path_id, name)
) STRICT;

CREATE TABLE history(
  id INTEGER PRIMARY KEY,
  path_id INTEGER NOT NULL REFERENCES path(id) ON DELETE CASCADE,
  name BLOB NOT NULL,
  written_at INTEGER NOT NULL,
  cause TEXT NOT NULL,
  model TEXT NOT NULL,
  recipe TEXT NOT NULL,
  added TEXT NOT NULL,                          -- JSON
  removed TEXT NOT NULL,                        -- JSON
  caption_before TEXT NOT NULL,
  caption_after TEXT NOT NULL,
  digest_before TEXT NOT NULL,
  digest_after TEXT NOT NULL,
  is_settled INTEGER NOT NULL DEFAULT 0         -- 0: intended, perhaps never written
) STRICT;
CREATE INDEX history_path ON history(path_id, written_at);

-- Paths beside which nothing of ours may stand. `rejected` are the words that a person had
-- taken out before: they stay out when the path is lifted, and the row goes with that write.
CREATE TABLE withheld(
  path_id INTEGER PRIMARY KEY REFERENCES path(id) ON DELETE CASCADE,
  undone_at INTEGER NOT NULL,
  settled_at INTEGER,
  lifted_at INTEGER,
  rejected TEXT NOT NULL                        -- JSON
) STRICT;

-- What persons changed, beside what the model had said; `edit_copy` are the sidecars that
-- still wait for it.
CREATE TABLE edit(
  id INTEGER PRIMARY KEY,
  asset_id INTEGER REFERENCES asset(id) ON DELETE SET NULL,
  edited_at INTEGER NOT NULL,
  added TEXT NOT NULL,                          -- JSON
  removed TEXT NOT NULL,                        -- JSON
  caption TEXT,
  is_private INTEGER,
  recipe_key TEXT,
  said TEXT                                     -- JSON: the model's answer
) STRICT;
CREATE INDEX edit_asset ON edit(asset_id) WHERE asset_id IS NOT NULL;
CREATE TABLE edit_copy(
  path_id INTEGER NOT NULL REFERENCES path(id) ON DELETE CASCADE,
  edit_id INTEGER NOT NULL REFERENCES edit(id) ON DELETE CASCADE,
  PRIMARY KEY(path_id, edit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_copy_edit ON edit_copy(edit_id);

PRAGMA user_version = 5;
