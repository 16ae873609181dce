"""`phototagd web token`: made, listed, revoked; shown once."""

import pytest

from doubles.house import FakeHouse
from phototagd.adapters.door_keys import FileDoorKeys


def keys(house: FakeHouse) -> FileDoorKeys:
    return FileDoorKeys(folder=house.state_dir / "web")


def test_a_token_is_printed_alone_and_holds(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert house.run("web", "token", "phone") == 0

    token = capsys.readouterr().out.strip()
    assert token.startswith("phototagd_")
    assert keys(house).token_name(token) == "phone"


def test_tokens_are_listed_without_their_secrets(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("tablet", "phone"):
        house.run("web", "token", name)
    capsys.readouterr()

    assert house.run("web", "tokens") == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["phone", "tablet"]
    assert "phototagd_" not in "".join(lines)


def test_a_revoked_token_is_worthless(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    house.run("web", "token", "phone")
    token = capsys.readouterr().out.strip()

    assert house.run("web", "revoke", "phone") == 0
    assert keys(house).token_name(token) is None
    assert house.run("web", "revoke", "phone") == 78
    assert "no token" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "x" * 65, "a\nb"])
def test_a_name_is_one_that_can_be_shown(house: FakeHouse, name: str) -> None:
    assert house.run("web", "token", name) == 78
