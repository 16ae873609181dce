from pathlib import Path

import pytest

from phototagd.domain.errors import ConfigError
from phototagd.rules.service.service_unit import Installation, unit_for

TEMPLATE = (Path(__file__).parents[3] / "systemd" / "phototagd.service").read_text()


def unit(**more: object) -> list[str]:
    place: dict[str, object] = {
        "program": "/opt/phototagd/.venv/bin/phototagd",
        "settings": "/etc/phototagd/settings.toml",
        "user": "phototagd",
        "group": "media",
        "writable": (),
    }
    return unit_for(TEMPLATE, Installation(**(place | more))).splitlines()  # type: ignore[arg-type]


def test_the_usual_machine_has_the_template_as_it_is() -> None:
    assert unit() == TEMPLATE.splitlines()


def test_each_folder_is_opened_and_nothing_else() -> None:
    added = set(unit(writable=("/srv/photos", "/srv/more", "/srv/photos"))) - set(unit())

    assert added == {"ReadWritePaths=-/srv/photos", "ReadWritePaths=-/srv/more"}


def test_a_model_server_elsewhere_is_allowed_by_its_address() -> None:
    lines = unit(addresses=("192.168.1.20", "fd00::7"))

    assert lines.index("IPAddressAllow=192.168.1.20") > lines.index("IPAddressDeny=any")
    assert "IPAddressAllow=fd00::7" in lines


def test_homes_are_shown_only_when_something_lies_there() -> None:
    assert "ProtectHome=yes" in unit(writable=("/homes/anna",))
    for where in ("writable", "read"):
        assert "ProtectHome=read-only" in unit(**{where: ("/home/anna/Pictures",)})


def test_names_cannot_say_more_than_they_are() -> None:
    """Spaces, quotes and specifiers are a folder's, not systemd's."""
    lines = unit(writable=('/srv/100% "mine"', "/srv/a\\b"), program="/opt/$HOME/bin/phototagd")

    assert 'ReadWritePaths="-/srv/100%% \\"mine\\""' in lines
    assert 'ReadWritePaths="-/srv/a\\\\b"' in lines
    assert any(line.startswith('ExecStart="/opt/$$HOME/bin/phototagd" run') for line in lines)


@pytest.mark.parametrize("path", ["/srv/a\nExecStart=/bin/sh", "/srv/\udcff", "/srv/\x07"])
def test_what_a_unit_cannot_name_is_refused(path: str) -> None:
    with pytest.raises(ConfigError, match="cannot name"):
        unit(writable=(path,))
