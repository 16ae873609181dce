"""How many decoding processes keep so many lanes busy?"""

LANES_PER_DECODER = 4
"""A photo of 24 megapixels takes a core about 0.15 s; a lane needs one every second or slower."""


LANES_PER_READER = 1
"""Reading the text in a photo takes a core half a second to two, as long as some models do."""


def decoders(*, lanes: int, cpus: int, is_text_read: bool = False) -> int:
    """One for every four lanes, never more than there are CPUs, and one at least.

    Where the text in photos is read, too, one for every lane.
    """
    lanes_each = LANES_PER_READER if is_text_read else LANES_PER_DECODER
    return max(1, min(-(-lanes // lanes_each), cpus))
