"""The store of a state folder, and what is told when it is opened."""

from datetime import timedelta
from pathlib import Path

from phototagd.adapters.sqlite.database.connecting import version_warning
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.events import Trouble
from phototagd.ports import Clock, Listener, StepHook
from phototagd.rules.arriving.losing import MOST_SHARE

DATABASE_NAME = "phototagd.db"
PLACE_PATIENCE = timedelta(minutes=10)
"""How long a photo without words waits before its place alone gets it a sidecar."""


def no_step(_name: str) -> None:
    """What happens at a named step in production: nothing."""


def open_store(
    state_dir: Path,
    *,
    clock: Clock,
    emit: Listener,
    has_engine: bool,
    loss_share: float = MOST_SHARE,
    step: StepHook = no_step,
) -> Store:
    """Open the database of a state folder; raises what `Store.open` raises.

    Without an engine no words will come, so places are written at once.
    """
    store = Store.open(
        state_dir / DATABASE_NAME,
        clock=clock,
        place_patience=PLACE_PATIENCE if has_engine else timedelta(),
        loss_share=loss_share,
        step=step,
    )
    if store.recovered_from is not None:
        emit(
            Trouble(
                what="database",
                reason=f"it was damaged and lies in {store.recovered_from} now",
                remedy="nothing: photos are read again, and sidecars kept every word",
            )
        )
    return store


def database_warning() -> str:
    """What is wrong with this machine's SQLite; empty when nothing is."""
    return version_warning()
