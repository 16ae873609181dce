-- What the text in photos shows. Classes, scores and counts alone: never what was read.

CREATE TABLE privacy_check(
  asset_id INTEGER PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  reader TEXT NOT NULL,                         -- what read the text, with its version
  checked_at INTEGER NOT NULL,
  findings TEXT NOT NULL                        -- JSON
) STRICT;

-- The history of a private photo says when and why, and no words.
CREATE TRIGGER history_private AFTER INSERT ON history
WHEN (SELECT visibility FROM asset
      WHERE id = (SELECT asset_id FROM path WHERE id = NEW.path_id)) = 'private' BEGIN
  UPDATE history SET added = '[]', removed = '[]', caption_before = '', caption_after = ''
  WHERE id = NEW.id;
END;
CREATE TRIGGER asset_private_history AFTER UPDATE OF visibility ON asset
WHEN NEW.visibility = 'private' AND OLD.visibility <> 'private' BEGIN
  UPDATE history SET added = '[]', removed = '[]', caption_before = '', caption_after = ''
  WHERE path_id IN (SELECT id FROM path WHERE asset_id = NEW.id);
  UPDATE edit SET said = NULL WHERE asset_id = NEW.id;
END;

-- Photos that are private already.
UPDATE history SET added = '[]', removed = '[]', caption_before = '', caption_after = ''
WHERE path_id IN (SELECT path.id FROM path JOIN asset ON asset.id = asset_id
                  WHERE visibility = 'private');
UPDATE edit SET said = NULL
WHERE asset_id IN (SELECT id FROM asset WHERE visibility = 'private');

PRAGMA user_version = 10;
