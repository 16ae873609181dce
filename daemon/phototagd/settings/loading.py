"""From flags, environment, file and defaults to one frozen `Settings`, or a clear refusal."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import ValidationError

from phototagd.domain.errors import ConfigError
from phototagd.settings.consistency import refuse_contradictions
from phototagd.settings.environment import FILE_VARIABLE, read_environment
from phototagd.settings.explaining import Source, explained
from phototagd.settings.keys import flat
from phototagd.settings.options import Origin, Settings

APP = "phototagd"
FILE_NAME = "settings.toml"


def find_settings_file(*, environ: Mapping[str, str], folder: Path) -> Path | None:
    """The file to read when no flag names one.

    `$PHOTOTAGD_SETTINGS`, else the first that exists of `settings.toml` in `folder`, in the
    user's and in the system's configuration folder.
    """
    named = environ.get(FILE_VARIABLE)
    if named:
        return Path(named)
    folders = (folder, Path(platformdirs.user_config_dir(APP)), Path("/etc") / APP)
    return next((f / FILE_NAME for f in folders if (f / FILE_NAME).is_file()), None)


def load_settings(
    *, file: Path | None, flags: Mapping[str, Any], environ: Mapping[str, str]
) -> Settings:
    """The options in force: flags over environment over file over defaults.

    `flags` maps dotted keys to values; None means not said. A list replaces a list. Relative
    paths are relative to the file they stand in, else to the current folder. Raises
    ConfigError that names the key, the value, where it was written and what is allowed.
    """
    here = Path.cwd()
    sources = (
        Source("default", {"state_dir": _default_state_dir(environ)}),
        Source(str(file), _resolved(_read_file(file), file.absolute().parent) if file else {}),
        Source("environment", _resolved(read_environment(environ), here)),
        Source("flag", _resolved(_nested(flags), here)),
    )
    merged: dict[str, Any] = {}
    for source in sources:
        _merge(merged, source.values)
    try:
        settings = Settings(**merged)
    except ValidationError as error:
        raise ConfigError("\n".join(explained(e, sources) for e in error.errors())) from error
    refuse_contradictions(settings)
    where = {key: source.name for source in sources for key, _ in flat(source.values)}
    return settings.coming_from(Origin(file=file, flags=flags, environ=environ, sources=where))


def reload_settings(settings: Settings) -> Settings:
    """The settings as they would be loaded now, from the same places."""
    origin = settings.origin
    return load_settings(file=origin.file, flags=origin.flags, environ=origin.environ)


def _read_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise ConfigError(f"{file}: is not valid TOML: {error}") from error


def _default_state_dir(environ: Mapping[str, str]) -> str:
    given = environ.get("STATE_DIRECTORY", "").split(":")[0]  # systemd gives a list
    return given or platformdirs.user_state_dir(APP)


def _nested(flags: Mapping[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, value in flags.items():
        if value is None:
            continue
        *tables, name = key.split(".")
        table = tree
        for part in tables:
            table = table.setdefault(part, {})
        table[name] = value
    return tree


def _merge(into: dict[str, Any], values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(value, Mapping):
            table = into.get(name)
            into[name] = dict(table) if isinstance(table, Mapping) else {}
            _merge(into[name], value)
        else:
            into[name] = value


def _resolved(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The values with every path made absolute."""
    tree = _absolute(values, ("state_dir",), folder)
    if isinstance(tree.get("model"), Mapping):
        tree["model"] = _absolute(tree["model"], ("token_file", "profile"), folder)
    if isinstance(tree.get("web"), Mapping):
        tree["web"] = _absolute(tree["web"], ("inbox",), folder)
    libraries = ("library", ("path", "mirror_dir", "profile"))
    for name, paths in (libraries, ("endpoint", ("token_file",))):
        entries = tree.get(name)
        if isinstance(entries, list | tuple):
            tree[name] = [
                _absolute(entry, paths, folder) if isinstance(entry, Mapping) else entry
                for entry in entries
            ]
    return tree


def _absolute(table: Mapping[str, Any], names: tuple[str, ...], folder: Path) -> dict[str, Any]:
    paths = {name: table[name] for name in names if isinstance(table.get(name), str | Path)}
    return dict(table) | {
        name: os.path.normpath(folder / Path(value).expanduser())
        for name, value in paths.items()
        if str(value) and (name != "profile" or str(value).endswith(".toml"))
    }
