"""Persons' own questions about photos, over the parts of one daemon."""

from phototagd.app.parts import Parts
from phototagd.domain.errors import PhotoError
from phototagd.domain.inquiry import Inquiry
from phototagd.rules.wire.showing import readable

UNKNOWN = "nothing is known of it; take it in first: phototagd tag"
PRIVATE = "the photo is private: nothing is asked about it"


class Inquiring:
    """Finds the photo that a question is about, and says what speaks against it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def ask(self, file: bytes, question: str) -> Inquiry:
        """Put a question about a photo; raises PhotoError for one that may not be asked about.

        Else raises what `Inquiries.ask` raises.
        """
        catalogue = self._parts.store.catalogue
        record = self._parts.arriving.requests.find(file)
        if record is None or record.asset is None:
            raise PhotoError(f"{readable(file)}: {UNKNOWN}")
        if any(facts.is_private for facts in self._parts.store.search.facts([record.asset])):
            raise PhotoError(f"{readable(file)}: {PRIVATE}")
        copies = [copy.absolute for copy in catalogue.paths_of(record.asset)]
        first = [record.absolute, *(copy for copy in copies if copy != record.absolute)]
        return self._parts.asking.inquiries.ask(
            first, question, profile=catalogue.profile_of(record.id)
        )

    def asked(self, name: str) -> Inquiry | None:
        """How far a question is; None for an unknown one."""
        return self._parts.asking.inquiries.asked(name)
