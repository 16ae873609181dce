"""Flags over environment over file over defaults, and refusals that name everything."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.errors import ConfigError
from phototagd.settings import (
    Settings,
    changes,
    effective,
    find_settings_file,
    load_settings,
    reference,
    reload_settings,
)

SHIPPED = Path(__file__).parents[2] / "settings.toml"


def loaded(
    tmp_path: Path,
    text: str = "",
    *,
    flags: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    return load_settings(file=file, flags=flags or {}, environ=environ or {})


@given(st.lists(st.booleans(), min_size=3, max_size=3))
def test_the_strongest_place_that_says_something_wins(said: list[bool]) -> None:
    """Flag, then environment, then default; what is not said never overrides."""
    flag, env, both = said
    environ = {"PHOTOTAGD_MODEL__NAME": "from-env"} if env or both else {}
    flags = {"model.name": "from-flag" if flag or both else None}

    settings = load_settings(file=None, flags=flags, environ=environ)

    expected = "from-flag" if flag or both else "from-env" if env else "qwen3-vl:4b-instruct"
    assert expected == settings.model.name


def test_each_option_knows_where_it_was_written(tmp_path: Path) -> None:
    """File, environment, flag and default, in one table."""
    settings = loaded(
        tmp_path,
        '[model]\nname = "file"\nmax_keywords = 7\nlanguage = "zh"',
        environ={"PHOTOTAGD_MODEL__MAX_KEYWORDS": "8", "PHOTOTAGD_MODEL__LANGUAGE": "de"},
        flags={"model.language": "en", "web.listen": ""},
    )
    rows = {row.key: (row.value, row.source) for row in effective(settings)}

    assert rows["model.name"] == ("file", str(tmp_path / "settings.toml"))
    assert rows["model.max_keywords"] == (8, "environment")
    assert rows["model.language"] == ("en", "flag")
    assert rows["web.listen"] == ("", "flag")
    assert rows["log.level"] == ("info", "default")


def test_paths_are_relative_to_what_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path in the file hangs on the file, one in a flag on the current folder."""
    monkeypatch.chdir("/")
    text = 'state_dir = "state"\n[[library]]\npath = "../photos"\n'

    from_file = loaded(tmp_path, text)
    from_flag = loaded(tmp_path, text, flags={"library": [{"path": "other"}]})

    assert from_file.state_dir == tmp_path / "state"
    assert [lib.path for lib in from_file.library] == [tmp_path.parent / "photos"]
    assert [lib.path for lib in from_flag.library] == [Path("/other")]


def test_lists_and_free_tables_come_from_the_environment_as_json(tmp_path: Path) -> None:
    """Libraries replace those of the file; model options are merged with it."""
    settings = loaded(
        tmp_path,
        '[[library]]\npath = "a"\n[model.options]\nnum_ctx = 1\nseed = 2',
        environ={
            "PHOTOTAGD_LIBRARY": '[{"path": "/p", "watch": "scan", "ignore": ["x*"]}]',
            "PHOTOTAGD_MODEL__OPTIONS__SEED": "7",
        },
    )

    assert [(str(lib.path), lib.watch, lib.ignore) for lib in settings.library] == [
        ("/p", "scan", ("x*",))
    ]
    assert settings.model.options == {"num_ctx": 1, "seed": 7}


def test_the_state_folder_defaults_to_what_systemd_gives() -> None:
    """$STATE_DIRECTORY may hold several folders; the first is ours."""
    settings = load_settings(file=None, flags={}, environ={"STATE_DIRECTORY": "/var/lib/a:/b"})

    assert settings.state_dir == Path("/var/lib/a")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[model]\nnam = "x"', 'unknown key "model.nam"; did you mean "name"?'),
        ("[modle]\n", 'unknown key "modle"; did you mean "model"?'),
        ('[[library]]\npath = "a"\nwach = "scan"', '"library[0].wach"; did you mean "watch"?'),
        (
            '[model]\nengine = "olama"',
            "model.engine = 'olama': must be one of 'ollama', 'openai' or 'none'",
        ),
        ('[sidecar]\nnaming = "x"', "'auto', 'append', 'replace' or 'both-for-raw'"),
        ("[intake]\nquiet_seconds = -1", "intake.quiet_seconds = -1"),
        ("[intake]\nrescan_minutes = inf", "intake.rescan_minutes = inf"),
        ('[library]\npath = "a"', "must be a list; in the file, write [[library]]"),
        ('[[library]]\nwatch = "scan"', "library[0].path is missing"),
        ("model = 3", "must be a table; in the file, write [model]"),
        ('[model]\nurl = "ollama:11434"', "must be a URL like http://127.0.0.1:11434"),
        ('[web]\nlisten = "8420"', "must be HOST:PORT"),
        ('[log]\nlevel = "loud"', "log.level = 'loud'"),
        ("[model\n", "is not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_what_is_allowed(
    tmp_path: Path, text: str, said: str
) -> None:
    """The message is enough to put it right."""
    with pytest.raises(ConfigError, match=re.escape(said)) as refused:
        loaded(tmp_path, text)

    assert str(tmp_path / "settings.toml") in str(refused.value)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"PHOTOTAGD_MODEL__NAM": "x"}, 'did you mean "PHOTOTAGD_MODEL__NAME"?'),
        ({"PHOTOTAGD_STATEDIR": "x"}, 'did you mean "PHOTOTAGD_STATE_DIR"?'),
        ({"PHOTOTAGD_MODEL__NAME__X": "x"}, "unknown variable PHOTOTAGD_MODEL__NAME__X"),
        ({"PHOTOTAGD_LIBRARY__0__PATH": "x"}, "unknown variable PHOTOTAGD_LIBRARY__0__PATH"),
        ({"PHOTOTAGD_LIBRARY": "[{"}, "written as JSON"),
        ({"PHOTOTAGD_LIBRARY": '["/photos"]'}, "environment: library[0] = '/photos'"),
        ({"PHOTOTAGD_MODEL__ENGINE": "x"}, "environment: model.engine = 'x'"),
        ({"PHOTOTAGD_MODEL": "3"}, "environment: model = 3"),
    ],
)
def test_a_wrong_environment_is_refused(environ: dict[str, str], said: str) -> None:
    """A misspelt variable is an error, not silence."""
    with pytest.raises(ConfigError, match=re.escape(said)):
        load_settings(file=None, flags={}, environ=environ)


def test_variables_of_the_tests_and_of_others_are_left_alone() -> None:
    """PHOTOTAGD_TEST_* and PHOTOTAGD_SETTINGS are no options."""
    environ = {"PHOTOTAGD_TEST_OLLAMA": "x", "PHOTOTAGD_SETTINGS": "x", "PHOTOTAGDX": "x"}

    assert load_settings(file=None, flags={}, environ=environ).library == ()


@pytest.mark.parametrize(
    ("libraries", "said"),
    [
        ([{"path": "/p"}, {"path": "/p/"}], "is library[0] again"),
        ([{"path": "/p"}, {"path": "/p/q"}], "inside each other"),
        ([{"path": "/p/q"}, {"path": "/p"}], "inside each other"),
        ([{"path": "/p", "sidecars": "mirror"}], "library[0].mirror_dir is missing"),
        ([{"path": "/p", "sidecars": "mirror", "mirror_dir": "/p/m"}], "outside its library"),
        ([{"path": "/p/q", "sidecars": "mirror", "mirror_dir": "/p"}], "outside its library"),
    ],
)
def test_libraries_that_contradict_each_other_are_refused(
    libraries: list[dict[str, str]], said: str
) -> None:
    """Each photo belongs to one library, and a mirror is never scanned."""
    with pytest.raises(ConfigError, match=re.escape(said)):
        load_settings(file=None, flags={"library": libraries}, environ={})


def test_an_inbox_lies_inside_a_library(tmp_path: Path) -> None:
    """Otherwise nobody would watch it; it is relative to the file, as all paths are."""
    library = '[[library]]\npath = "photos"\n[web]\ninbox = '

    with pytest.raises(ConfigError, match="must lie inside a library"):
        loaded(tmp_path, library + '"elsewhere"')
    settings = loaded(tmp_path, library + '"photos/new"')
    assert settings.web.inbox == tmp_path / "photos" / "new"


def test_a_library_behind_a_link_is_still_the_same(tmp_path: Path) -> None:
    """Links are resolved before libraries are compared."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    libraries = [{"path": str(tmp_path / "real")}, {"path": str(tmp_path / "link")}]

    with pytest.raises(ConfigError, match="again"):
        load_settings(file=None, flags={"library": libraries}, environ={})


@given(st.text("abcXYZ09.~-", min_size=1), st.text("abcXYZ09.~-", min_size=1))
def test_passwords_are_never_shown(user: str, password: str) -> None:
    """Neither in the table nor in an error."""
    secret = f"{user}:{password}@"
    good = load_settings(file=None, flags={"model.url": f"http://{secret}h:1"}, environ={})
    with pytest.raises(ConfigError) as refused:
        load_settings(file=None, flags={"model.url": f"ftp://{secret}h:1"}, environ={})

    assert secret not in str([row.value for row in effective(good)])
    assert secret not in str(refused.value)
    assert good.model.url == f"http://{secret}h:1"


def test_reloading_reads_the_file_again_and_tells_what_may_change_at_once(tmp_path: Path) -> None:
    """Log level and schedules are taken over; the rest waits for a restart."""
    old = loaded(tmp_path, "", flags={"model.name": "flag"})
    (tmp_path / "settings.toml").write_text(
        '[log]\nlevel = "debug"\n[intake]\nrescan_minutes = 1\n[model]\nname = "x"\nlanguage = "zh"'
    )

    new = reload_settings(old)

    assert new.model.name == "flag"
    assert changes(old, new).live == ("intake.rescan_minutes", "log.level")
    assert changes(old, new).restart == ("model.language",)


def test_a_changed_password_is_a_change(tmp_path: Path) -> None:
    """Though it is never shown."""
    old, new = (loaded(tmp_path, f'[model]\nurl = "http://u:{p}@h"') for p in ("one", "two"))

    assert changes(old, new).restart == ("model.url",)


def test_the_file_is_looked_for_where_people_put_it(tmp_path: Path) -> None:
    """A variable names it, else it lies in the current folder."""
    (tmp_path / "settings.toml").touch()

    assert find_settings_file(environ={}, folder=tmp_path) == tmp_path / "settings.toml"
    assert find_settings_file(environ={"PHOTOTAGD_SETTINGS": "/x"}, folder=tmp_path) == Path("/x")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """Only a file that nobody named may be absent."""
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read: No such file"):
        load_settings(file=tmp_path / "none.toml", flags={}, environ={})


def test_every_option_has_a_help_and_a_unit() -> None:
    """The README's tables are complete, and durations say what they count."""
    for option in reference():
        assert option.help.endswith("."), option.key
        assert option.allowed
        assert "timeout" not in option.key or option.key.endswith("_seconds")


def test_the_shipped_file_shows_every_option_with_its_default() -> None:
    """With all comments taken off, settings.toml is valid and says what is true anyway."""
    text = re.sub(r"^# (?=(\[\[?\w+\]\]?|\w+ = .*)$)", "", SHIPPED.read_text(), flags=re.MULTILINE)
    uncommented = tomllib.loads(text)

    missing = []
    for option in reference():
        table = option.table.strip("[]")
        values = uncommented.get(table, {}) if table else uncommented
        section = values[0] if isinstance(values, list) else values
        if option.key not in section:
            missing.append(f"[{table}] {option.key}")
        elif option.default:
            value = section[option.key]
            assert option.default == (str(value).lower() if isinstance(value, bool) else str(value))
    assert not missing
    assert load_settings(file=SHIPPED, flags={}, environ={}).library == ()
