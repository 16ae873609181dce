"""The one predicate that decides which photos may be shown."""

from phototagd.domain.gallery import Sight

PHOTO = """
WITH photo AS NOT MATERIALIZED (
  SELECT asset.id, taken_at, people, is_private, width, height,
         coalesce(1.0 * width / height, 1.5) AS aspect
  FROM search_photo JOIN asset ON asset.id = asset_id
  WHERE :private OR NOT is_private)"""
"""Put before a query that reads `photo`; the parameter `private` is one of those of `given`."""

HIDDEN = "SELECT id FROM asset WHERE NOT :private AND visibility = 'private'"
"""The assets that must not be seen. Photos that are gone count too: jobs tell their names."""


def given(sight: Sight, **values: object) -> dict[str, object]:
    """The parameters of a query that reads `photo`."""
    return {"private": sight.sees_private, **values}
