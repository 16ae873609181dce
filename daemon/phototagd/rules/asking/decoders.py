"""How many decoding processes keep so many lanes busy?"""

LANES_PER_DECODER = 4
"""A photo of 24 megapixels takes a core about 0.15 s; a lane needs one every second or slower."""


def decoders(*, lanes: int, cpus: int) -> int:
    """One for every four lanes, never more than there are CPUs, and one at least."""
    return max(1, min(-(-lanes // LANES_PER_DECODER), cpus))
