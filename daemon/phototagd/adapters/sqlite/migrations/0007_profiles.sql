-- Profiles: what the photos of a library are asked about. A `tag` job's recipe names the profile
-- whose current recipe is meant; '' stands for the profile photos, which needed no name before.

ALTER TABLE library ADD COLUMN profile TEXT NOT NULL DEFAULT 'photos';
ALTER TABLE recipe ADD COLUMN profile TEXT NOT NULL DEFAULT 'photos';
ALTER TABLE recipe ADD COLUMN keyword_language TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 7;
