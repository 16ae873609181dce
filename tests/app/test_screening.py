"""Who reads the text in photos follows from the settings and from what is installed."""

from pathlib import Path

import pytest

from phototagd.app.asking.screening import text_reader
from phototagd.domain.errors import ConfigError
from phototagd.settings import ModelSettings, Settings
from phototagd.settings.privacy_options import PrivacySettings

NAME = "rapidocr 3.10.0"


def settings(folder: Path, *, ocr: bool | None, **tables: object) -> Settings:
    return Settings(state_dir=folder, privacy=PrivacySettings(ocr=ocr), **tables)  # type: ignore[arg-type]


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phototagd.app.asking.screening.installed_reader", lambda: NAME)


@pytest.mark.usefixtures("_installed")
def test_what_is_installed_reads_unless_it_is_told_not_to(tmp_path: Path) -> None:
    for wish in (None, True):
        reader = text_reader(settings(tmp_path, ocr=wish))
        assert reader is not None
        assert reader.name == NAME
    assert text_reader(settings(tmp_path, ocr=False)) is None
    without_model = settings(tmp_path, ocr=None, model=ModelSettings(engine="none"))
    assert text_reader(without_model) is None


def test_what_is_wanted_and_not_installed_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phototagd.app.asking.screening.installed_reader", lambda: "")

    assert text_reader(settings(tmp_path, ocr=None)) is None
    with pytest.raises(ConfigError, match=r"pip install 'phototagd\[ocr\]'"):
        text_reader(settings(tmp_path, ocr=True))
