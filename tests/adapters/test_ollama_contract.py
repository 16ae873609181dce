"""The captioner contract over the fake, the adapter with the double, and a real server."""

import os
from collections.abc import Iterator

import pytest

from contracts.captioner import CaptionerContract
from doubles.captioners import DoubleRig, FakeRig, RealRig
from doubles.ollama import OllamaDouble


class TestFakeCaptioner(CaptionerContract):
    @pytest.fixture
    def rig(self) -> FakeRig:
        return FakeRig()


@pytest.mark.parametrize("version", ["0.24.0", "0.30.0", "0.32.15"])
class TestOllamaCaptioner(CaptionerContract):
    @pytest.fixture
    def rig(self, version: str) -> Iterator[DoubleRig]:
        with OllamaDouble(version=version) as double:
            rig = DoubleRig(double)
            yield rig
            rig.captioner.close()


@pytest.mark.skipif(
    "PHOTOTAGD_TEST_OLLAMA" not in os.environ,
    reason="set PHOTOTAGD_TEST_OLLAMA=http://host:11434 to ask a real server",
)
class TestRealServer(CaptionerContract):
    @pytest.fixture
    def rig(self) -> Iterator[RealRig]:
        rig = RealRig()
        yield rig
        rig.captioner.close()
