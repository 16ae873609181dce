"""Options from the environment: `PHOTOTAGD_SECTION__KEY`, tables and lists as JSON."""

import json
from collections.abc import Mapping
from typing import Any, get_origin

from pydantic.fields import FieldInfo
from pydantic_settings import EnvSettingsSource, SettingsError

from phototagd.domain.errors import ConfigError
from phototagd.settings.keys import model_of, names_of, nearest
from phototagd.settings.options import Settings

PREFIX = "PHOTOTAGD_"
FILE_VARIABLE = "PHOTOTAGD_SETTINGS"
_TESTS = "PHOTOTAGD_TEST_"


class Environment(EnvSettingsSource):
    """Reads the mapping it is given, so that tests and reloads own the environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        super().__init__(Settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): value for name, value in self._environ.items()}


def read_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Our variables as nested tables.

    Raises ConfigError for a variable that names no option and for JSON that is none.
    """
    ours = {
        name: value
        for name, value in environ.items()
        if name.upper().startswith(PREFIX)
        and not name.upper().startswith(_TESTS)
        and name.upper() != FILE_VARIABLE
    }
    for name in ours:
        _refuse_unknown(name)
    try:
        values = Environment(ours)()
    except SettingsError as error:
        raise ConfigError(
            f"environment: {error}; tables and lists are written as JSON: {error.__cause__}"
        ) from error
    match values:
        case {"model": {"options": dict(options)}}:
            options.update({name: _as_json(value) for name, value in options.items()})
    return values


def variable(key: str) -> str:
    """The name of the variable for a dotted key."""
    return PREFIX + key.replace(".", "__").upper()


def _refuse_unknown(name: str) -> None:
    table: Any = Settings
    parts = name[len(PREFIX) :].lower().split("__")
    for depth, part in enumerate(parts):
        field = names_of(table).get(part)
        rest = depth < len(parts) - 1
        if field is None or (rest and not _may_be_nested(part, field)):
            known = [variable(".".join([*parts[:depth], known])) for known in names_of(table)]
            raise ConfigError(f"environment: unknown variable {name}{nearest(name.upper(), known)}")
        table = model_of(field)
        if table is None:
            return


def _may_be_nested(part: str, field: FieldInfo) -> bool:
    is_list = get_origin(field.annotation) is tuple
    return part == "options" or (model_of(field) is not None and not is_list)


def _as_json(value: Any) -> Any:
    """A number or truth value where the text is one: PHOTOTAGD_MODEL__OPTIONS__SEED=7."""
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value
