-- The vocabulary, and which photos have which of the model's words: a change of the vocabulary
-- finds the photos it concerns through them, and the model is not asked again.

CREATE TABLE term(
  id INTEGER PRIMARY KEY,
  parent_id INTEGER,                            -- of a term that may be gone: then it is at the top
  name TEXT NOT NULL,
  synonyms TEXT NOT NULL,                       -- JSON
  translations TEXT NOT NULL,                   -- JSON
  origin TEXT NOT NULL CHECK(origin IN ('person', 'file', 'answers')),
  is_blocked INTEGER NOT NULL,
  is_exported INTEGER NOT NULL
) STRICT;

CREATE TABLE vocabulary_state(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  revision INTEGER NOT NULL,                    -- counts the changes, for whoever keeps a copy
  last_term INTEGER NOT NULL,                   -- the highest id ever given: none is given twice
  is_grown INTEGER NOT NULL,                    -- the time is over in which every word is written
  policy TEXT NOT NULL                          -- the settings that the sidecars were written by
) STRICT;
INSERT INTO vocabulary_state VALUES(1, 0, 0, 0, '');

-- What a person changed: the rows as they were before, for taking it back.
CREATE TABLE vocabulary_change(
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  description TEXT NOT NULL,
  before TEXT NOT NULL,                         -- JSON
  created TEXT NOT NULL,                        -- JSON
  undone_at INTEGER
) STRICT;

-- `key` is what the variants of a word have in common, cut by rules/vocabulary/spelling.py; NULL
-- until then. `is_news` says that the count grew since somebody looked whether it is enough.
CREATE TABLE answer_word(
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE,
  key TEXT,
  photos INTEGER NOT NULL DEFAULT 0,
  is_news INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX answer_word_key ON answer_word(key);
CREATE INDEX answer_word_news ON answer_word(id) WHERE is_news;

CREATE TABLE answer_word_photo(
  asset_id INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  word_id INTEGER NOT NULL REFERENCES answer_word(id),
  PRIMARY KEY(asset_id, word_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_word_photo_word ON answer_word_photo(word_id, asset_id);

-- Every answer that is kept counts, because libraries may be written from different ones.
CREATE VIEW answer_keyword AS
SELECT tagging.asset_id, keyword.value AS word
FROM tagging, json_each(tagging.answer, '$.keywords') AS keyword;

CREATE TRIGGER answer_word_photo_inserted AFTER INSERT ON answer_word_photo BEGIN
  UPDATE answer_word SET photos = photos + 1, is_news = 1 WHERE id = NEW.word_id;
END;
CREATE TRIGGER answer_word_photo_deleted AFTER DELETE ON answer_word_photo BEGIN
  UPDATE answer_word SET photos = photos - 1 WHERE id = OLD.word_id;
END;

CREATE TRIGGER tagging_inserted_words AFTER INSERT ON tagging BEGIN
  INSERT INTO answer_word(word)
  SELECT DISTINCT word FROM answer_keyword WHERE asset_id = NEW.asset_id
    AND NOT EXISTS(SELECT 1 FROM answer_word AS known WHERE known.word = answer_keyword.word);
  INSERT INTO answer_word_photo(asset_id, word_id)
  SELECT DISTINCT NEW.asset_id, answer_word.id FROM answer_keyword JOIN answer_word USING(word)
  WHERE answer_keyword.asset_id = NEW.asset_id
    AND NOT EXISTS(SELECT 1 FROM answer_word_photo AS known
                   WHERE known.asset_id = NEW.asset_id AND known.word_id = answer_word.id);
END;
CREATE TRIGGER tagging_updated_words AFTER UPDATE OF answer ON tagging BEGIN
  INSERT INTO answer_word(word)
  SELECT DISTINCT word FROM answer_keyword WHERE asset_id = NEW.asset_id
    AND NOT EXISTS(SELECT 1 FROM answer_word AS known WHERE known.word = answer_keyword.word);
  DELETE FROM answer_word_photo WHERE asset_id = NEW.asset_id
    AND word_id NOT IN (SELECT answer_word.id FROM answer_keyword JOIN answer_word USING(word)
                        WHERE answer_keyword.asset_id = NEW.asset_id);
  INSERT INTO answer_word_photo(asset_id, word_id)
  SELECT DISTINCT NEW.asset_id, answer_word.id FROM answer_keyword JOIN answer_word USING(word)
  WHERE answer_keyword.asset_id = NEW.asset_id
    AND NOT EXISTS(SELECT 1 FROM answer_word_photo AS known
                   WHERE known.asset_id = NEW.asset_id AND known.word_id = answer_word.id);
END;

-- Photos whose sidecars are to be written anew, and paths whose words nobody has learnt from.
CREATE TABLE rewording(asset_id INTEGER PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE) STRICT;
CREATE TABLE unlearnt(path_id INTEGER PRIMARY KEY REFERENCES path(id) ON DELETE CASCADE) STRICT;
CREATE TRIGGER path_words_updated AFTER UPDATE OF words ON path WHEN NEW.words <> OLD.words BEGIN
  INSERT INTO unlearnt(path_id) SELECT NEW.id
  WHERE NOT EXISTS(SELECT 1 FROM unlearnt WHERE path_id = NEW.id);
END;

-- A database from before: everything is still to be counted and learnt.
INSERT INTO answer_word(word) SELECT DISTINCT word FROM answer_keyword;
INSERT INTO answer_word_photo(asset_id, word_id)
SELECT DISTINCT answer_keyword.asset_id, answer_word.id FROM answer_keyword JOIN answer_word USING(word);
INSERT INTO unlearnt(path_id) SELECT id FROM path WHERE words <> '{}';

PRAGMA user_version = 8;
