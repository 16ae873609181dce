"""Ways into the library besides searching, over the parts of one daemon."""

from phototagd.adapters.gazetteer import GeonamesGazetteer, country_name
from phototagd.adapters.vocabulary_file import VocabularyTextFile
from phototagd.app.parts import Parts
from phototagd.flow.finding.guide import Guide
from phototagd.flow.finding.place_names import PlaceNames
from phototagd.flow.finding.searches import SearchKeeper
from phototagd.rules.text.language import language_of

SEARCHES_FILE = "searches.json"
_LANGUAGES = ("en", "zh")


def guide_of(parts: Parts) -> Guide:
    """Who shows the library as a whole."""
    own = "zh" if language_of(parts.style.language).code == "zh" else "en"
    gazetteers = {
        language: parts.writing.gazetteer
        if language == own
        else GeonamesGazetteer(language=language)
        for language in _LANGUAGES
    }
    return Guide(
        store=parts.store.overview,
        gallery=parts.store.gallery,
        sketches=parts.store.sketches,
        index=parts.store.search,
        names=PlaceNames(gazetteers=gazetteers, country=country_name),
        clock=parts.clock,
    )


def searches_of(parts: Parts) -> SearchKeeper:
    """Who keeps searches for a person."""
    file = VocabularyTextFile(path=parts.settings.state_dir / SEARCHES_FILE)
    return SearchKeeper(store=parts.store.saved_searches, file=file)
