"""Keeps the file of the vocabulary, and takes over what a person writes into it."""

from phototagd.domain.vocabulary import TermOrigin
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.ports import Clock, VocabularyFile
from phototagd.rules.vocabulary.kept_file import edited_words, kept_text
from phototagd.rules.vocabulary.keyword_lists import imported, read_list

QUIET_SECONDS = 2.0
"""A file that changed so lately may still be being saved."""

ORDER = "edit vocabulary.txt"


class FileKeeper:
    """One look at a time; raises Unavailable where the file or the store cannot be used."""

    def __init__(self, *, vocabulary: LivingVocabulary, file: VocabularyFile, clock: Clock) -> None:
        self._vocabulary = vocabulary
        self._file = file
        self._clock = clock
        self._written: object = None  # the lexicon that the file holds
        self._known: object = None  # the stamp of the file as it was read or written last
        self._seen: object = None  # the stamp of one that somebody else may still be saving
        self._seen_at = 0.0

    @property
    def is_new(self) -> bool:
        """Whether it has not looked yet."""
        return self._written is None

    def restore(self) -> None:
        """A new database takes over the file that an older one left."""
        text = self._file.read()
        if text is not None and not len(self._vocabulary.mapper.lexicon):
            words = read_list(text)
            self._vocabulary.change(
                lambda mapper: imported(mapper.lexicon, words, TermOrigin.PERSON)
            )

    def keep(self) -> bool:
        """Take over what a person wrote, once it is saved; then write what changed.

        True when the vocabulary is another one by that.
        """
        stamp = self._file.stamp()
        if stamp == self._known:
            self._write(stamp)
            return False
        if not self._is_quiet(stamp):
            return False
        is_other = self._take_over()
        self._known, self._written = stamp, None
        self._write(stamp)
        return is_other

    def _write(self, stamp: object) -> None:
        lexicon = self._vocabulary.mapper.lexicon
        if lexicon is self._written:
            return
        text = kept_text(lexicon)
        if text != self._file.read():
            if self._file.stamp() != stamp:
                return  # somebody writes it just now
            self._file.write(text)
            self._known = self._file.stamp()
        self._written = lexicon

    def _is_quiet(self, stamp: object) -> bool:
        now = self._clock.monotonic()
        if stamp != self._seen:
            self._seen, self._seen_at = stamp, now
        is_first = self.is_new or stamp is None
        return is_first or now - self._seen_at >= QUIET_SECONDS

    def _take_over(self) -> bool:
        text = self._file.read() or ""
        words = edited_words(text, self._vocabulary.mapper.lexicon)
        return (
            bool(words)
            and self._vocabulary.change(
                lambda mapper: imported(mapper.lexicon, words, TermOrigin.PERSON), order=ORDER
            )
            > 0
        )
