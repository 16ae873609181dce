"""What is left of a query when a person takes out a part of it?"""

from phototagd.domain.search import Chip


def without_chip(text: str, chip: Chip) -> str:
    """The query without the part that a chip stands for.

    The rest is understood as before: its parts stay apart where nothing stood between them.
    """
    return " ".join(f"{text[: chip.start]} {text[chip.end :]}".split())
