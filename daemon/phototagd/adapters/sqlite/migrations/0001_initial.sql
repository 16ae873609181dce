-- The first schema. Times are milliseconds since 1970 UTC; paths are bytes; stamps are texts of
-- exact integers ("size mtime_ns inode", folders "mtime_ns ctime_ns inode"), because inodes and
-- far-away times do not fit into SQLite's 64 signed bits.

CREATE TABLE library(
  id INTEGER PRIMARY KEY,
  root BLOB NOT NULL UNIQUE,
  identity TEXT,                                -- JSON: device, inode, filesystem
  is_configured INTEGER NOT NULL,
  first_scan_done INTEGER NOT NULL DEFAULT 0,
  last_scan_at INTEGER
) STRICT;

CREATE TABLE folder(
  id INTEGER PRIMARY KEY,
  library_id INTEGER NOT NULL REFERENCES library(id),
  relpath BLOB NOT NULL,
  stamp TEXT,                                   -- NULL: to be read by the next scan
  listed_at INTEGER,
  UNIQUE(library_id, relpath),
  CHECK((stamp IS NULL) = (listed_at IS NULL))
) STRICT;

CREATE TABLE asset(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  visibility TEXT NOT NULL DEFAULT 'visible',
  width INTEGER,
  height INTEGER,
  pixel_hash TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  standing TEXT                                 -- kept by the triggers below, see the view standing
) STRICT;
CREATE INDEX asset_standing ON asset(standing) WHERE standing IS NOT NULL;

-- Several contents can be one asset: the same pixels with other metadata around them.
CREATE TABLE identity(
  content_hash TEXT PRIMARY KEY,
  asset_id INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_asset ON identity(asset_id);

CREATE TABLE path(
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL REFERENCES folder(id),
  name BLOB NOT NULL,
  stamp TEXT NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('known', 'foreign', 'waiting', 'dead')),
  reason TEXT NOT NULL DEFAULT '',
  retry_at INTEGER,
  tries INTEGER NOT NULL DEFAULT 0,
  asset_id INTEGER REFERENCES asset(id),
  content_hash TEXT NOT NULL DEFAULT '',
  sidecar_name BLOB,
  sidecar_stamp TEXT,
  sidecar_digest TEXT NOT NULL DEFAULT '',
  facts TEXT,                                   -- JSON
  place TEXT,                                   -- JSON
  words TEXT NOT NULL DEFAULT '{}',             -- JSON
  missing_scans INTEGER NOT NULL DEFAULT 0,
  gone_at INTEGER,
  moved_from INTEGER REFERENCES path(id) ON DELETE SET NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE(folder_id, name),
  CHECK(state <> 'known' OR asset_id IS NOT NULL),
  CHECK(state = 'known' OR gone_at IS NULL)
) STRICT;
CREATE INDEX path_asset ON path(asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX path_refused ON path(state, changed_at) WHERE state IN ('waiting', 'dead');
CREATE INDEX path_retry ON path(retry_at) WHERE state = 'waiting';
CREATE INDEX path_gone ON path(gone_at) WHERE gone_at IS NOT NULL;
CREATE INDEX path_moved ON path(moved_from) WHERE moved_from IS NOT NULL;

CREATE TABLE recipe(
  key TEXT PRIMARY KEY,
  model TEXT NOT NULL,
  model_digest TEXT NOT NULL,
  system TEXT NOT NULL,
  user TEXT NOT NULL,
  schema TEXT NOT NULL,
  options TEXT NOT NULL,
  image_long_side INTEGER NOT NULL,
  language TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tagging(
  id INTEGER PRIMARY KEY,
  asset_id INTEGER NOT NULL REFERENCES asset(id),
  recipe_key TEXT NOT NULL REFERENCES recipe(key),
  answer TEXT NOT NULL,                         -- JSON
  raw TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seconds REAL NOT NULL,
  tokens_per_second REAL NOT NULL,
  salvage TEXT NOT NULL,
  redactions TEXT NOT NULL,                     -- JSON
  UNIQUE(asset_id, recipe_key)
) STRICT;

-- `generation` counts the claims: the fencing token of a lease. `again_at` is set when a running
-- job is asked for once more; its end queues it again. `attempt` counts charged failures.
CREATE TABLE job(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK(kind IN ('tag', 'write')),
  asset_id INTEGER NOT NULL REFERENCES asset(id),
  path_id INTEGER REFERENCES path(id) ON DELETE CASCADE,
  recipe TEXT NOT NULL DEFAULT '',              -- '': the current one, resolved when asked
  priority INTEGER NOT NULL,
  state TEXT NOT NULL CHECK(state IN ('queued', 'running', 'done', 'dead', 'cancelled')),
  run_after INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  snoozes INTEGER NOT NULL DEFAULT 0,
  suspect INTEGER NOT NULL DEFAULT 0,
  generation INTEGER NOT NULL DEFAULT 0,
  again_at INTEGER,
  leased_by TEXT,
  leased_until INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  queued_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK((kind = 'write') = (path_id IS NOT NULL)),
  CHECK((state = 'running') = (leased_by IS NOT NULL AND leased_until IS NOT NULL)),
  CHECK(state = 'running' OR again_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX job_tag ON job(asset_id, recipe) WHERE kind = 'tag';
CREATE UNIQUE INDEX job_write ON job(path_id) WHERE path_id IS NOT NULL;
CREATE INDEX job_newest ON job(asset_id, kind, queued_at, id);
CREATE INDEX job_due ON job(kind, priority, run_after, id) WHERE state = 'queued';
CREATE INDEX job_waiting ON job(queued_at, run_after) WHERE state = 'queued';
CREATE INDEX job_leased ON job(leased_until) WHERE state = 'running';
CREATE INDEX job_changed ON job(state, updated_at, id);

CREATE VIEW path_record AS
SELECT path.*, folder.library_id, folder.relpath, library.root, coalesce(asset.kind, '') AS kind
FROM path
JOIN folder ON folder.id = path.folder_id
JOIN library ON library.id = folder.library_id
LEFT JOIN asset ON asset.id = path.asset_id;

-- Where a photo stands, by its least finished job: the newest `tag` job decides; after that
-- ('unwritten' is a queued `write` job) the writing of its sidecars. NULL when no copy is left.
CREATE VIEW standing AS
SELECT asset.id AS asset_id, CASE
    WHEN tag.state = 'cancelled' THEN 'cancelled'
    WHEN NOT EXISTS(SELECT 1 FROM path INDEXED BY path_asset
                    WHERE asset_id = asset.id AND state = 'known' AND gone_at IS NULL) THEN NULL
    WHEN tag.state IN ('queued', 'running', 'dead') THEN tag.state
    ELSE CASE (SELECT min(CASE state WHEN 'queued' THEN 1 WHEN 'running' THEN 2 WHEN 'dead' THEN 3 END)
               FROM job INDEXED BY job_newest WHERE asset_id = asset.id AND kind = 'write')
         WHEN 1 THEN 'unwritten' WHEN 2 THEN 'running' WHEN 3 THEN 'dead' ELSE 'done' END
  END AS standing
FROM asset
LEFT JOIN job AS tag ON tag.id = (SELECT id FROM job INDEXED BY job_newest
                                  WHERE asset_id = asset.id AND kind = 'tag'
                                  ORDER BY queued_at DESC, id DESC LIMIT 1);

CREATE TRIGGER job_inserted AFTER INSERT ON job BEGIN
  UPDATE asset SET standing = (SELECT standing FROM standing WHERE asset_id = NEW.asset_id)
  WHERE id = NEW.asset_id;
END;
CREATE TRIGGER job_updated AFTER UPDATE OF state, asset_id, queued_at ON job BEGIN
  UPDATE asset SET standing = (SELECT standing FROM standing WHERE asset_id = asset.id)
  WHERE id IN (OLD.asset_id, NEW.asset_id);
END;
CREATE TRIGGER job_deleted AFTER DELETE ON job BEGIN
  UPDATE asset SET standing = (SELECT standing FROM standing WHERE asset_id = OLD.asset_id)
  WHERE id = OLD.asset_id;
END;
CREATE TRIGGER path_inserted AFTER INSERT ON path WHEN NEW.asset_id IS NOT NULL BEGIN
  UPDATE asset SET standing = (SELECT standing FROM standing WHERE asset_id = NEW.asset_id)
  WHERE id = NEW.asset_id;
END;
CREATE TRIGGER path_updated AFTER UPDATE OF state, asset_id, gone_at ON path BEGIN
  UPDATE asset SET standing = (SELECT standing FROM standing WHERE asset_id = asset.id)
  WHERE id IN (OLD.asset_id, NEW.asset_id);
END;
CREATE TRIGGER path_deleted AFTER DELETE ON path WHEN OLD.asset_id IS NOT NULL BEGIN
  UPDATE asset SET standing = (SELECT standing FROM standing WHERE asset_id = OLD.asset_id)
  WHERE id = OLD.asset_id;
END;

PRAGMA user_version = 1;
