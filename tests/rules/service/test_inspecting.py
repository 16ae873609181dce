from datetime import UTC, datetime, timedelta

import pytest

from phototagd.rules.service.inspecting import SLOW_COMMIT_SECONDS, is_inspection_due, is_slow

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days_ago", "is_idle", "is_due"),
    [
        (None, True, True),
        (None, False, False),
        (6.9, True, False),
        (7, True, True),
        (7, False, False),
        (14, False, True),
        (-300, True, True),
        (-300, False, False),
    ],
)
def test_the_store_is_read_weekly_when_idle_and_fortnightly_anyway(
    days_ago: float | None,
    is_idle: bool,  # noqa: FBT001 -- a parameter of the table above
    is_due: bool,  # noqa: FBT001 -- as above
) -> None:
    last = None if days_ago is None else NOW - timedelta(days=days_ago)

    assert is_inspection_due(last, NOW, is_idle=is_idle) is is_due


def test_a_spinning_disk_is_not_slow() -> None:
    assert not is_slow(None)
    assert not is_slow(0.03)
    assert is_slow(SLOW_COMMIT_SECONDS * 1.01)
