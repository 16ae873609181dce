"""How does the systemd unit look for these folders, this user and this model server?

From the template in the package, which opens nothing but the state folder; what a library, a
mirror or a model server elsewhere needs is added line by line. Syntax: systemd.unit(5),
systemd.service(5) and systemd.exec(5).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from phototagd.domain.errors import ConfigError

_HIDDEN = ("/home/", "/root/", "/run/user/")
_OPENED_AFTER = "ProtectSystem=strict"
_ALLOWED_AFTER = "IPAddressAllow=localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What differs from machine to machine; paths are absolute.

    `writable` are the folders that sidecars go to, `read` what else is read, `addresses` the
    model servers on other machines.
    """

    program: str
    settings: str
    user: str
    group: str
    writable: Sequence[str]
    read: Sequence[str] = ()
    addresses: Sequence[str] = ()


def unit_for(template: str, place: Installation) -> str:
    """The unit; raises ConfigError for a path that no unit can name."""
    command = f"{_word(place.program)} run --settings {_word(place.settings)}"
    text = _set(template, "ExecStart", command.replace("$", "$$"))
    text = _set(_set(text, "User", place.user), "Group", place.group)
    if any(path.startswith(_HIDDEN) for path in _all_paths(place)):
        # Hidden folders could not be opened again one by one: they can be seen, not written.
        text = _set(text, "ProtectHome", "read-only")
    # The minus sign lets the daemon start while a share is absent.
    opened = [f"ReadWritePaths={_word('-' + path)}" for path in dict.fromkeys(place.writable)]
    allowed = [f"IPAddressAllow={address}" for address in dict.fromkeys(place.addresses)]
    return _after(_after(text, _OPENED_AFTER, opened), _ALLOWED_AFTER, allowed)


def _all_paths(place: Installation) -> Iterable[str]:
    return (place.program, place.settings, *place.writable, *place.read)


def _set(text: str, key: str, value: str) -> str:
    line = re.compile(rf"^{key}=.*$", re.MULTILINE)
    assert len(line.findall(text)) == 1, f"the template sets {key} once"
    return line.sub(lambda _: f"{key}={value}", text)


def _after(text: str, line: str, more: Sequence[str]) -> str:
    assert text.count(f"\n{line}\n") == 1, f"the template says {line} once"
    return text.replace(f"\n{line}\n", "".join(f"\n{one}" for one in (line, *more)) + "\n")


def _word(text: str) -> str:
    """One word as units quote it; a percent sign begins a specifier there."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ConfigError(f"{text!a}: a unit cannot name it, for it is not UTF-8") from error
    if not text.isprintable():
        raise ConfigError(f"{text!a}: a unit cannot name it")
    doubled = text.replace("%", "%%")
    if re.fullmatch(r"[\w./@:+,=%-]+", doubled):
        return doubled
    return '"' + doubled.replace("\\", "\\\\").replace('"', '\\"') + '"'
