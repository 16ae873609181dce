-- Other ways to find photos: what looks alike, what was taken where, searches that are kept.

-- What a picture looks like. Unsigned 64-bit numbers, stored as the signed ones of the same bits.
CREATE TABLE sketch(
  asset_id INTEGER PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  phash INTEGER NOT NULL,
  dhash INTEGER NOT NULL,
  is_flat INTEGER NOT NULL
) STRICT;

-- Places are counted and listed without reading what else is known of each path.
CREATE INDEX path_place ON path(place, asset_id)
WHERE place IS NOT NULL AND state = 'known' AND gone_at IS NULL;

CREATE TABLE saved_search(
  name TEXT PRIMARY KEY,
  query TEXT NOT NULL,
  sorting TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 9;
