"""The real engine that reads text, which stands apart so that no other test meets it."""

import os
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[2] / "build" / "ocr"


def ocr_folder() -> Path:
    """Where it can be imported from, or a skipped test; a failed one where tools are required."""
    if not (_FOLDER / "rapidocr").is_dir():
        if os.environ.get("PHOTOTAGD_TEST_REQUIRE_TOOLS") == "1":
            pytest.fail("RapidOCR is required here: make build/ocr/.installed")
        pytest.skip("RapidOCR is not there: make build/ocr/.installed")
    return _FOLDER
