"""Who asks again about photos, wired to the parts of one daemon."""

from phototagd.app.parts import Parts
from phototagd.flow.asking.retagger import Retagger


def build_retagger(parts: Parts) -> Retagger:
    """The retagger over the parts; it rings for those who ask and write."""
    return Retagger(
        store=parts.store.retagging,
        ledger=parts.store.ledger,
        endpoints=parts.asking.endpoints,
        lanes=len(parts.asking.lanes),
        pace=parts.pace,
        clock=parts.clock,
        today=lambda: parts.clock.now().astimezone().date(),
        on_order=parts.bells.work_came,
    )
