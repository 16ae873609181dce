# ruff: noqa: SIM905 -- word lists read best as text
"""A scripted model that names known concepts well, and one word in ten badly."""

import random
from dataclasses import dataclass

CONCEPTS = """
dog cat horse bird cow sheep beach mountain lake forest river waterfall bridge castle church tower
street market harbor boat train car bicycle bus airplane flower tree garden park snow rain sunset
sunrise cloud rainbow moon child baby woman man crowd wedding birthday party concert museum statue
painting book kitchen table chair lamp window door roof stairs bread cake coffee pizza salad fruit
apple banana strawberry tomato wine bottle cup knife clock camera phone computer guitar piano drum
football tennis swimming skiing running hiking camping tent fire candle balloon umbrella hat shoe
dress shirt glasses bag suitcase map sign fence gate tunnel lighthouse windmill temple pagoda desert
island cliff cave volcano glacier meadow vineyard orchard barn tractor gazebo fountain bench
squirrel rabbit deer fox bear elephant lion tiger monkey penguin dolphin whale turtle butterfly bee
""".split()
_JUNK = ("beautifulness", "vibey", "aesthetic feel", "photogenic", "memorable", "atmospherics")
_FAULTS = ("plural", "typo", "case", "hyphen", "kind", "invented")


@dataclass(frozen=True, slots=True)
class Said:
    """A word, the concept that was meant ('' where none was), and the fault in it."""

    word: str
    concept: str
    fault: str = ""


class NoisyModel:
    """Says `most` words of each photo; every tenth has one of six faults. Same seed, same words."""

    def __init__(self, *, seed: int = 3407, most: int = 8, share: float = 0.1) -> None:
        self._random = random.Random(seed)
        self._most = most
        self._share = share
        self._weights = [1 / (rank + 8) for rank in range(len(CONCEPTS))]

    def answer(self) -> list[Said]:
        """What is said of one more photo."""
        meant = self._random.choices(CONCEPTS, self._weights, k=self._most)
        return [self._say(concept) for concept in dict.fromkeys(meant)]

    def _say(self, concept: str) -> Said:
        if self._random.random() >= self._share:
            return Said(concept, concept)
        fault = self._random.choice(_FAULTS)
        return Said(self._spoilt(concept, fault), "" if fault == "invented" else concept, fault)

    def _spoilt(self, concept: str, fault: str) -> str:
        match fault:
            case "plural":
                return f"{concept}es" if concept.endswith(("s", "ch", "sh", "x")) else f"{concept}s"
            case "typo":
                at = self._random.randrange(1, len(concept))
                return concept[:at] + self._random.choice("aeiourstln") + concept[at:]
            case "case":
                return concept.upper()
            case "hyphen":
                at = self._random.randrange(1, len(concept))
                return f"{concept[:at]}-{concept[at:]}"
            case "kind":
                adjective = self._random.choice(("old", "small", "big", "red", "blue", "white"))
                return f"{adjective} {concept}"
            case _:
                number = self._random.randrange(400)
                return f"{self._random.choice(_JUNK)} {number}"
