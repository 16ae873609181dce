"""The words of a sidecar, out of an answer and the living vocabulary."""

from phototagd.domain.vocabulary import WordChoice
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.flow.writing.sheet import Evidence
from phototagd.flow.writing.wording import Words
from phototagd.rules.sidecars.merging import keywords_of
from phototagd.rules.vocabulary.branches import Branches, branches_of


class VocabularyWording:
    """Offers what the vocabulary makes of an answer, then where and when it was."""

    def __init__(self, *, vocabulary: LivingVocabulary, branches: Branches) -> None:
        self._vocabulary = vocabulary
        self._branches = branches

    def words(self, evidence: Evidence) -> Words:
        """The keyword paths of an answer."""
        choice = self.choice(evidence)
        branches = branches_of(self._branches, evidence.place, evidence.facts)
        return Words((*choice.written, *branches), said=choice.said)

    def choice(self, evidence: Evidence) -> WordChoice:
        """What becomes of the words of the answer."""
        keywords = keywords_of(evidence.tagging)
        return self._vocabulary.choose(keywords, evidence.record.location.library)
