"""What keeps strangers out, in files and in memory: the same contract."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doubles.door import FakeDoorKeys
from phototagd.adapters.door_keys import FileDoorKeys
from phototagd.domain.errors import Unavailable
from phototagd.ports import DoorKeys

UNTIL = datetime(2026, 12, 1, tzinfo=UTC)

Opened = Callable[[], DoorKeys]


@pytest.fixture(params=["file", "memory"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> DoorKeys:
    return FileDoorKeys(folder=tmp_path / "web") if request.param == "file" else FakeDoorKeys()


def test_without_a_password_nothing_is_right(keys: DoorKeys) -> None:
    assert not keys.has_password()
    assert not keys.is_right("")
    assert not keys.is_right("x")


def test_only_the_password_is_right(keys: DoorKeys) -> None:
    keys.set_password("芝麻 sesame")

    assert keys.has_password()
    assert keys.is_right("芝麻 sesame")
    assert not keys.is_right("芝麻 sesame ")
    assert not keys.is_right("")


def test_a_session_is_remembered_until_it_is_closed(keys: DoorKeys) -> None:
    keys.open_session("one", UNTIL)
    keys.open_session("two", UNTIL + timedelta(days=1))

    assert keys.session_until("one") == UNTIL
    keys.close_session("one")
    keys.close_session("never was")
    assert keys.session_until("one") is None
    assert keys.session_until("two") == UNTIL + timedelta(days=1)
    keys.close_all_sessions()
    keys.close_all_sessions()
    assert keys.session_until("two") is None


def test_a_new_password_ends_every_session_and_changes_the_key(keys: DoorKeys) -> None:
    key = keys.signing_key()
    assert keys.signing_key() == key
    keys.open_session("one", UNTIL)

    keys.set_password("another one")

    assert keys.session_until("one") is None
    assert keys.signing_key() != key


def test_a_token_is_known_until_it_is_revoked(keys: DoorKeys) -> None:
    token = keys.make_token("phone", UNTIL)
    other = keys.make_token("tablet", UNTIL)
    keys.set_password("open sesame")

    assert token != other
    assert [keys.token_name(one) for one in (token, other, "", "x")] == [
        "phone",
        "tablet",
        None,
        None,
    ]
    assert keys.tokens() == {"phone": UNTIL, "tablet": UNTIL}
    assert keys.revoke_token("phone")
    assert not keys.revoke_token("phone")
    assert keys.token_name(token) is None
    assert keys.token_name(other) == "tablet"


def test_a_new_token_replaces_the_one_of_its_name(keys: DoorKeys) -> None:
    old, new = keys.make_token("phone", UNTIL), keys.make_token("phone", UNTIL)

    assert keys.token_name(old) is None
    assert keys.token_name(new) == "phone"


def test_files_are_the_owners_alone_and_tell_nothing(tmp_path: Path) -> None:
    keys = FileDoorKeys(folder=tmp_path / "web")
    keys.set_password("open sesame")
    keys.open_session("session-name", UNTIL)
    token = keys.make_token("phone", UNTIL)
    key = keys.signing_key()

    again = FileDoorKeys(folder=tmp_path / "web")
    assert again.is_right("open sesame")
    assert again.session_until("session-name") == UNTIL
    assert again.signing_key() == key
    for file in (tmp_path / "web").iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"sesame" not in file.read_bytes()
        assert b"session-name" not in file.read_bytes()
        assert token.encode() not in file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_broken_files_let_nobody_in(tmp_path: Path, content: bytes) -> None:
    keys = FileDoorKeys(folder=tmp_path / "web")
    keys.set_password("open sesame")
    keys.open_session("one", UNTIL)
    (tmp_path / "web/sessions.json").write_bytes(content)
    (tmp_path / "web/password").write_bytes(content)
    token = keys.make_token("phone", UNTIL)
    (tmp_path / "web/tokens.json").write_bytes(content)

    assert keys.session_until("one") is None
    assert keys.token_name(token) is None
    assert not keys.is_right("open sesame")
    assert keys.has_password(), "still closed"


def test_a_disk_that_cannot_be_read_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "web").write_text("not a folder")

    with pytest.raises(Unavailable, match="keys of the gallery"):
        FileDoorKeys(folder=tmp_path / "web").signing_key()
