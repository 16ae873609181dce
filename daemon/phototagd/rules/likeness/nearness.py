"""Do two photos show the same picture?"""

from phototagd.domain.likeness import Sketched

NEAR_PHASH = 4  # bits of 64
NEAR_DHASH = 6
NEAR_ASPECT = 0.02  # of the wider one


def is_near(one: Sketched, other: Sketched) -> bool:
    """Whether two photos show the same picture; shapes may differ by two percent."""
    if one.sketch.is_flat or other.sketch.is_flat:
        return False
    return (
        (one.sketch.phash ^ other.sketch.phash).bit_count() <= NEAR_PHASH
        and (one.sketch.dhash ^ other.sketch.dhash).bit_count() <= NEAR_DHASH
        and abs(one.aspect - other.aspect) <= NEAR_ASPECT * max(one.aspect, other.aspect)
    )
