"""The vocabulary, wired: who keeps it, who lets it grow, who takes orders."""

import os
from collections.abc import Callable
from pathlib import Path

from phototagd.adapters.sqlite.store import Store
from phototagd.adapters.vocabulary_file import VocabularyTextFile
from phototagd.domain.vocabulary import VocabularyMode, VocabularyPolicy
from phototagd.flow.tending.gardener import Gardener
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.flow.tending.orders import VocabularyOrders
from phototagd.flow.tending.wording import VocabularyWording
from phototagd.ports import Clock, Listener
from phototagd.rules.text.language import language_of
from phototagd.rules.vocabulary.branches import Branches
from phototagd.rules.vocabulary.suggesting import Neighbours
from phototagd.settings import Settings

FILE_NAME = "vocabulary.txt"
MOST_HINTED = 60


class Vocabulary:
    """All that has to do with the vocabulary, on one store.

    `neighbours` finds words of like meaning; it is not called before somebody asks. `on_queued`
    wakes who writes sidecars.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        store: Store,
        language: str,
        neighbours: Neighbours,
        clock: Clock,
        emit: Listener,
        on_queued: Callable[[], None],
    ) -> None:
        policy = _policy(settings, store)
        self.living = LivingVocabulary(
            store=store.vocabulary, policy=policy, clock=clock, emit=emit
        )
        self.wording = VocabularyWording(
            vocabulary=self.living, branches=_branches(settings, language)
        )
        self.orders = VocabularyOrders(
            vocabulary=self.living, store=store.vocabulary, neighbours=neighbours
        )
        self.gardener = Gardener(
            vocabulary=self.living,
            store=store.vocabulary,
            policy=policy,
            file=VocabularyTextFile(path=file_in(settings.state_dir)),
            clock=clock,
            on_queued=on_queued,
        )

    def hint(self) -> tuple[str, ...]:
        """The words to be offered to the model."""
        return self.living.hint(MOST_HINTED)


def file_in(state_dir: Path) -> Path:
    """Where the vocabulary of a state folder lies as text."""
    return state_dir / FILE_NAME


def _policy(settings: Settings, store: Store) -> VocabularyPolicy:
    chosen = settings.vocabulary
    modes = {
        store.catalogue.open_library(os.fsencode(library.path)).id: VocabularyMode(
            library.vocabulary
        )
        for library in settings.library
        if library.vocabulary is not None
    }
    return VocabularyPolicy(
        mode=VocabularyMode(chosen.mode),
        modes=modes,
        born_after=chosen.born_after_photos,
        warm_up_photos=chosen.warm_up_photos,
        writes_waiting=chosen.write_waiting,
    )


def _branches(settings: Settings, language: str) -> Branches:
    chosen = settings.vocabulary
    places = chosen.places
    if places == "auto":
        places = "地点" if language_of(language).code == "zh" else "Places"
    return Branches(places=places, dates=chosen.dates, cameras=chosen.cameras)
