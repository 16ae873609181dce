"""The report of a run begins empty."""

import pytest

from bench.table import begin_report


@pytest.fixture(scope="session", autouse=True)
def _report() -> None:
    begin_report()
