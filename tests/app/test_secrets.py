"""Tokens come from files, go to the server they are for, and are shown to nobody."""

from pathlib import Path

import httpx
import pytest

from doubles import FakeClock
from phototagd.adapters.ollama import OllamaCaptioner
from phototagd.app.asking.engines import endpoints_of
from phototagd.app.asking.server_tokens import credential_file, with_token
from phototagd.domain.errors import ConfigError, Unavailable
from phototagd.settings import EndpointSettings, ModelSettings, Settings, effective, load_settings

TOKEN = "s3cret/with:odd@signs%"
URL = "https://gpu.example:8443/v1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    return file


def test_the_server_gets_the_token_as_it_stands_in_the_file(file: Path) -> None:
    """As a bearer token, in a header; nobody else sees it."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(401, json={"error": "unauthorized"})

    captioner = OllamaCaptioner(
        url=with_token(URL, file),
        model="m",
        keep_alive="30m",
        timeout_seconds=1,
        load_timeout_seconds=1,
        allow_cloud=False,
        clock=FakeClock(),
        http=httpx.MockTransport(answer),
    )

    with pytest.raises(Unavailable) as caught:
        captioner.probe()

    assert seen[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert "s3cret" not in str(seen[0].url)
    assert "s3cret" not in captioner.name
    assert "s3cret" not in f"{caught.value} {caught.value.remedy} {caught.value.__cause__}"
    captioner.close()


@pytest.mark.parametrize("content", ["", "two\nlines", "with space", "\x00", "ümlaut"])
def test_what_is_no_token_is_refused_without_showing_it(tmp_path: Path, content: str) -> None:
    file = tmp_path / "token"
    file.write_text(content)

    with pytest.raises(ConfigError) as caught:
        with_token(URL, file)

    assert str(file) in str(caught.value)
    assert not content or content not in str(caught.value)


def test_a_token_that_is_not_there_is_a_wrong_setting(tmp_path: Path) -> None:
    """Systemd does not start the daemon again and again for it."""
    with pytest.raises(ConfigError, match="No such file"):
        with_token(URL, tmp_path / "nothing")


def test_two_secrets_for_one_server_are_a_mistake(file: Path) -> None:
    with pytest.raises(ConfigError, match="already"):
        with_token("http://anna:pass@gpu", file)


def test_systemd_hands_over_a_token_without_any_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the one server of `model.url` only: others would learn what is not theirs."""
    assert credential_file({"CREDENTIALS_DIRECTORY": str(tmp_path)}) is None
    (tmp_path / "model-token").write_text(TOKEN)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    [only] = endpoints_of(Settings(state_dir=tmp_path))
    [listed] = endpoints_of(Settings(state_dir=tmp_path, endpoint=(EndpointSettings(url=URL),)))

    assert only.token_file == tmp_path / "model-token"
    assert listed.token_file is None


def test_the_settings_show_the_file_and_never_what_is_in_it(file: Path, tmp_path: Path) -> None:
    """Relative to the settings file, as every path."""
    toml = tmp_path / "settings.toml"
    toml.write_text(
        '[model]\ntoken_file = "token"\n[[endpoint]]\nurl = "http://a"\ntoken_file = "t"'
    )

    settings = load_settings(file=toml, flags={}, environ={})

    assert settings.model == ModelSettings(token_file=file)
    assert settings.endpoint[0].token_file == tmp_path / "t"
    assert TOKEN not in str(effective(settings))
