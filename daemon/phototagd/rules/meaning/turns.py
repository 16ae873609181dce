"""When are photos turned into vectors, next to a model that looks at photos?

A server that cannot hold both models loads one after the other, for minutes. So vectors wait
until no photo waits; under a backlog of days they get a turn now and then, large enough to be
worth two loads.
"""

from dataclasses import dataclass

TURN_EVERY_SECONDS = 1800.0
WORTH_A_TURN = 500
TURN = 2000
"""Photos of one turn: about a minute on a GPU."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What goes on: `is_shared` when both models live on one server.

    `is_open` whether models may work now at all; `since_turn` seconds since the last turn.
    """

    photos_waiting: int
    vectors_due: int
    since_turn: float
    is_shared: bool
    is_open: bool


def turn(traffic: Traffic) -> int:
    """How many photos may be turned into vectors now; 0 when others go first."""
    if not traffic.vectors_due or not traffic.is_open:
        return 0
    if not traffic.is_shared or not traffic.photos_waiting:
        return TURN
    is_worth_it = traffic.vectors_due >= WORTH_A_TURN and traffic.since_turn >= TURN_EVERY_SECONDS
    return TURN if is_worth_it else 0
