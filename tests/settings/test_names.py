"""Folders with any name reach the daemon unchanged."""

import os

from hypothesis import given
from hypothesis import strategies as st

from phototagd.settings import load_settings


@given(st.binary(min_size=1, max_size=40).filter(lambda b: not set(b) & {0, 0x2F, 0x2E, 0x7E}))
def test_a_folder_of_any_bytes_can_be_a_library(name: bytes) -> None:
    """Names that are not UTF-8 survive the command line and the settings."""
    flags = {"library": [{"path": os.fsdecode(b"/" + name)}]}

    settings = load_settings(file=None, flags=flags, environ={})

    assert os.fsencode(settings.library[0].path) == b"/" + name
