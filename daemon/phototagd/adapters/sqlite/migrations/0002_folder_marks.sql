-- How a folder looked when it last agreed with the store, so that a full scan compares 16 bytes
-- instead of reading back what is remembered of each of its files. Whatever changes that memory
-- counts up the revision and takes the mark away.

ALTER TABLE folder ADD COLUMN seen BLOB NOT NULL DEFAULT x'';
ALTER TABLE folder ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER path_inserted_seen AFTER INSERT ON path BEGIN
  UPDATE folder SET seen = x'', revision = revision + 1 WHERE id = NEW.folder_id;
END;
CREATE TRIGGER path_updated_seen
AFTER UPDATE OF name, stamp, state, sidecar_name, sidecar_stamp, missing_scans, gone_at ON path BEGIN
  UPDATE folder SET seen = x'', revision = revision + 1 WHERE id = NEW.folder_id;
END;
CREATE TRIGGER path_deleted_seen AFTER DELETE ON path BEGIN
  UPDATE folder SET seen = x'', revision = revision + 1 WHERE id = OLD.folder_id;
END;

PRAGMA user_version = 2;
