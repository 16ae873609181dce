-- Search. Texts are cut into tokens by rules/text/tokenising.py before they come here: the tokenizer
-- `ascii` then only splits at spaces, so what is indexed does not depend on this SQLite's Unicode.

CREATE TABLE search_photo(
  asset_id INTEGER PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  taken_at INTEGER,                             -- seconds since 1970 on the photo's own clock
  month INTEGER,
  hour INTEGER,
  people INTEGER,                               -- NULL: unknown
  has_text INTEGER NOT NULL,
  has_place INTEGER NOT NULL,
  is_private INTEGER NOT NULL,
  is_tagged INTEGER NOT NULL
) STRICT;
CREATE INDEX search_photo_taken ON search_photo(taken_at);
CREATE INDEX search_photo_tagged ON search_photo(is_tagged);

CREATE TABLE search_fact(
  field TEXT NOT NULL,
  value TEXT NOT NULL,                          -- folded
  asset_id INTEGER NOT NULL REFERENCES search_photo(asset_id) ON DELETE CASCADE,
  PRIMARY KEY(field, value, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_fact_asset ON search_fact(asset_id);

CREATE VIRTUAL TABLE search_text USING fts5(whole, keywords, caption, text, path, tokenize = 'ascii');

-- Assets whose entry is not what the store says any more. Whoever changes words refreshes the
-- entry in the same transaction and takes the asset off this list; the janitor does the rest.
-- (An OR IGNORE in a trigger gives way to the ON CONFLICT of the statement that fires it.)
CREATE TABLE search_stale(asset_id INTEGER PRIMARY KEY) STRICT;

CREATE TRIGGER search_photo_deleted AFTER DELETE ON search_photo BEGIN
  DELETE FROM search_text WHERE rowid = OLD.asset_id;
END;
CREATE TRIGGER asset_visibility_searched AFTER UPDATE OF visibility ON asset BEGIN
  UPDATE search_photo SET is_private = NEW.visibility = 'private' WHERE asset_id = NEW.id;
END;
CREATE TRIGGER asset_inserted_searched AFTER INSERT ON asset BEGIN
  INSERT INTO search_stale(asset_id) SELECT NEW.id
  WHERE NOT EXISTS(SELECT 1 FROM search_stale WHERE asset_id = NEW.id);
END;
CREATE TRIGGER asset_deleted_searched AFTER DELETE ON asset BEGIN
  DELETE FROM search_stale WHERE asset_id = OLD.id;
END;
CREATE TRIGGER path_inserted_searched AFTER INSERT ON path WHEN NEW.asset_id IS NOT NULL BEGIN
  INSERT INTO search_stale(asset_id) SELECT NEW.asset_id
  WHERE NOT EXISTS(SELECT 1 FROM search_stale WHERE asset_id = NEW.asset_id);
END;
CREATE TRIGGER path_updated_searched
AFTER UPDATE OF folder_id, name, state, asset_id, gone_at, facts, place, words ON path BEGIN
  INSERT INTO search_stale(asset_id)
  SELECT id FROM asset WHERE id IN (OLD.asset_id, NEW.asset_id)
    AND NOT EXISTS(SELECT 1 FROM search_stale WHERE asset_id = asset.id);
END;
CREATE TRIGGER path_deleted_searched AFTER DELETE ON path WHEN OLD.asset_id IS NOT NULL BEGIN
  INSERT INTO search_stale(asset_id) SELECT OLD.asset_id
  WHERE NOT EXISTS(SELECT 1 FROM search_stale WHERE asset_id = OLD.asset_id);
END;
CREATE TRIGGER tagging_inserted_searched AFTER INSERT ON tagging BEGIN
  INSERT INTO search_stale(asset_id) SELECT NEW.asset_id
  WHERE NOT EXISTS(SELECT 1 FROM search_stale WHERE asset_id = NEW.asset_id);
END;
CREATE TRIGGER tagging_updated_searched AFTER UPDATE ON tagging BEGIN
  INSERT INTO search_stale(asset_id) SELECT NEW.asset_id
  WHERE NOT EXISTS(SELECT 1 FROM search_stale WHERE asset_id = NEW.asset_id);
END;
CREATE TRIGGER tagging_deleted_searched AFTER DELETE ON tagging BEGIN
  INSERT INTO search_stale(asset_id) SELECT OLD.asset_id
  WHERE NOT EXISTS(SELECT 1 FROM search_stale WHERE asset_id = OLD.asset_id);
END;

-- A database from before: everything is still to be indexed.
INSERT INTO search_stale(asset_id) SELECT id FROM asset;

PRAGMA user_version = 3;
