"""Both languages, wired: who translates keywords where two languages are wanted."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from phototagd.domain.errors import Unavailable
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.flow.tending.translations import Translations
from phototagd.flow.writing.bilingual_wording import BilingualWording
from phototagd.flow.writing.wording import Wording
from phototagd.rules.answers.style import Style

Learn = Callable[[Sequence[tuple[str, str]]], None]


def worded(wording: Wording, vocabulary: LivingVocabulary, style: Style) -> Wording:
    """The wording in force: in both languages where the style wants that."""
    if not style.wants_pairs:
        return wording
    translations = Translations(vocabulary=vocabulary, language=style.language)
    return BilingualWording(wording=wording, known=translations.known)


def learner(vocabulary: LivingVocabulary, style: Style) -> Learn:
    """Who is told of the pairs in an answer; what cannot be kept comes with another photo."""
    translations = Translations(vocabulary=vocabulary, language=style.language)

    def learn(pairs: Sequence[tuple[str, str]]) -> None:
        with suppress(Unavailable):
            translations.learn(pairs)

    return learn
