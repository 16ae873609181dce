"""Why can a person's question not be asked now?"""

from collections.abc import Sequence

from phototagd.domain.engine import EngineState
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import Priority
from phototagd.flow.asking.endpoint import HELD_BACK, NOT_CHECKED, Endpoint

PAUSED = "phototagd is paused: nothing is asked"
NO_MODEL = "no model is set"


def refusal(
    endpoints: Sequence[Endpoint], *, is_paused: bool, admitted: frozenset[Priority]
) -> Unavailable | None:
    """The reason and what to do; None while it can be asked, or that is being found out."""
    if is_paused:
        return Unavailable(PAUSED, remedy="go on with: phototagd resume")
    if not endpoints:
        return Unavailable(NO_MODEL, remedy="set model.engine")
    reports = [endpoint.report() for endpoint in endpoints]
    is_soon_known = any(
        one.state is EngineState.OK or one.reason in (HELD_BACK, NOT_CHECKED) for one in reports
    )
    if Priority.PERSON in admitted or is_soon_known:
        return None
    return Unavailable(reports[0].reason, remedy=reports[0].remedy)
