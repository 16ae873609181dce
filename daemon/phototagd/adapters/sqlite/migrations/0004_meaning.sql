-- Search by meaning. The vector of a photo's words is kept here and nowhere else; whatever makes
-- it quick to search is derived and can be thrown away.

CREATE TABLE embedding_space(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,                    -- model, dimensions and version of the prefixes
  is_wanted INTEGER NOT NULL                    -- one of them
) STRICT;

-- How many vectors came or went so far: indexes ask for what is newer than they are.
CREATE TABLE embedding_change(only INTEGER PRIMARY KEY CHECK(only = 1), last INTEGER NOT NULL)
STRICT;
INSERT INTO embedding_change VALUES(1, 0);

CREATE TABLE embedding(
  change INTEGER PRIMARY KEY,
  asset_id INTEGER NOT NULL UNIQUE REFERENCES asset(id) ON DELETE CASCADE,
  space_id INTEGER NOT NULL REFERENCES embedding_space(id),
  digest BLOB NOT NULL,                         -- knows the words again
  has_failed INTEGER NOT NULL,                  -- the model makes nothing of these words
  vector BLOB                                   -- 16-bit floats; NULL: there is none any more
) STRICT;
CREATE INDEX embedding_failed ON embedding(space_id) WHERE has_failed;

-- Photos whose words have no vector of the wanted space yet.
CREATE TABLE embedding_due(asset_id INTEGER PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE)
STRICT;

-- What a person said was not meant.
CREATE TABLE search_refusal(
  id INTEGER PRIMARY KEY,
  asset_id INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  query TEXT NOT NULL,
  terms TEXT NOT NULL,                          -- a JSON list
  space TEXT NOT NULL,
  vector BLOB,
  UNIQUE(query, asset_id)
) STRICT;

-- Counting what may be seen must not read every photo.
CREATE INDEX search_photo_private ON search_photo(asset_id) WHERE is_private;

INSERT INTO embedding_due(asset_id) SELECT asset_id FROM search_photo WHERE is_tagged;

PRAGMA user_version = 4;
