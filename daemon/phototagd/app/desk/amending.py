"""Who takes persons' orders, wired to the parts of one daemon."""

from phototagd.app.parts import Parts
from phototagd.flow.writing.amender import Amender


def build_amender(parts: Parts) -> Amender:
    """The amender over the parts; it rings for the writer."""
    return Amender(
        catalogue=parts.store.catalogue,
        ledger=parts.store.ledger,
        planner=parts.writing.planner,
        find=parts.arriving.requests.find,
        known=parts.arriving.requests.known,
        on_order=parts.bells.to_write,
    )
