"""Did so much of a library go at once that a person should say whether it was meant?

Believing a deletion deletes no file, but it cancels work, lets sidecars follow, and hides photos
from the search. Whole folders go by accident more often than on purpose.
"""

LEAST = 100  # photos; fewer are nobody's whole library, and quickly put right
MOST_SHARE = 0.5


def is_mass(lost: int, known: int, *, share: float, was_asked: bool = False) -> bool:
    """Whether `lost` photos of `known` ones (lost ones included) are more than that share.

    Once a person was asked, few are too many: perhaps the others were put back just now.
    """
    return (was_asked or lost >= LEAST) and lost > share * known
