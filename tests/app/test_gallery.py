"""Who may look at the photos of a daemon."""

from pathlib import Path

import pytest

from phototagd.adapters.door_keys import FileDoorKeys
from phototagd.app.showing.gallery import refuse_open_door
from phototagd.domain.errors import ConfigError
from phototagd.settings import Settings, WebSettings


def settings(folder: Path, **web: object) -> Settings:
    return Settings(state_dir=folder, web=WebSettings.model_validate(web))


@pytest.mark.parametrize(
    "web",
    [
        {"listen": "0.0.0.0:8420"},
        {"listen": "[::]:8420"},
        {"listen": "192.168.1.5:8420"},
        {"listen": "nas.lan:8420"},
        {"hosts": ["nas.lan"]},  # something stands before it
    ],
)
def test_beyond_this_machine_a_password_is_needed(tmp_path: Path, web: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=r"no password; set one with `phototagd web setup`"):
        refuse_open_door(settings(tmp_path, **web))

    FileDoorKeys(folder=tmp_path / "web").set_password("open sesame")
    refuse_open_door(settings(tmp_path, **web))


@pytest.mark.parametrize("listen", ["127.0.0.1:8420", "localhost:0", "[::1]:1"])
def test_on_this_machine_none_is(tmp_path: Path, listen: str) -> None:
    refuse_open_door(settings(tmp_path, listen=listen))
