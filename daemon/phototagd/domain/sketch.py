"""What a picture looks like."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sketch:
    """What an upright picture looks like, in twice 64 bits that few edits change.

    `phash` is made of its coarse waves, `dhash` of what grows brighter to the right. Both say
    nothing of a picture that `is_flat`: a wall, the night sky, an empty page.
    """

    phash: int
    dhash: int
    is_flat: bool = False
