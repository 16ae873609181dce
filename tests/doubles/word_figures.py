"""How a vocabulary does on a stream of noisy answers: the figures of the house."""

from collections import Counter
from dataclasses import dataclass

from doubles.noisy_answers import NoisyModel
from phototagd.domain.vocabulary import VocabularyMode, WordUse
from phototagd.rules.vocabulary.growing import born
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.mapping import Mapper
from phototagd.rules.vocabulary.spelling import exact_key, variant_key


@dataclass(frozen=True, slots=True)
class Figures:
    """`born` counts new keywords per 1,000 photos after the warm-up; the others are shares."""

    born: float
    findable: float
    wrong: float
    terms: int


def figures(*, photos: int, warm_up: int, seed: int = 3407) -> Figures:
    """Let a vocabulary live through a stream, as the gardener would, and judge it at the end.

    A meant word is findable when it is written. A merge is wrong
    when another word is written for one that did not mean it.
    """
    model = NoisyModel(seed=seed)
    mapper, counts, births = Mapper(Lexicon()), Counter[str](), 0
    answers = [model.answer() for _ in range(photos)]
    for number, answer in enumerate(answers):
        counts.update({one.word for one in answer})
        keys = {variant_key(one.word) for one in answer if mapper.is_unknown(one.word)}
        uses = [WordUse(w, variant_key(w), n) for w, n in counts.items() if variant_key(w) in keys]
        change = born(mapper, uses, at_least=3)
        if change:
            mapper = Mapper(mapper.lexicon.changed(change))
            births += len(change.put) if number >= warm_up else 0
    meant = found = merged = wrong = 0
    for answer in answers:
        choice = mapper.choose([o.word for o in answer], VocabularyMode.GUIDED, with_waiting=False)
        written = {exact_key(path.rpartition("|")[2]) for path in choice.written}
        replaced = {word: exact_key(leaf) for word, leaf in choice.said if leaf}
        for one in answer:
            meant += bool(one.concept)
            found += bool(one.concept) and (one.concept in written)
            merged += one.word in replaced
            wrong += one.word in replaced and not _is_right(replaced[one.word], one.concept)
    return Figures(
        born=births * 1000 / (photos - warm_up),
        findable=found / meant,
        wrong=wrong / max(merged, 1),
        terms=len(mapper.lexicon),
    )


def _is_right(leaf: str, concept: str) -> bool:
    return variant_key(leaf) == variant_key(concept)
