"""The files that run the daemon as a service: checked with the tools that read them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from phototagd.rules.service.service_unit import Installation, unit_for
from phototagd.settings import load_settings

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "systemd" / "phototagd.service"
INSTALLED = "/opt/phototagd/.venv/bin/phototagd"
REQUIRED = os.environ.get("PHOTOTAGD_TEST_REQUIRE_TOOLS") == "1"


def _needs(tool: str) -> None:
    if shutil.which(tool) is None:
        if REQUIRED:
            pytest.fail(f"{tool} is not installed, and PHOTOTAGD_TEST_REQUIRE_TOOLS is set")
        pytest.skip(f"{tool} is not installed")


def _section(file: Path, name: str) -> dict[str, list[str]]:
    """The directives of one section, each with all its values in order."""
    directives: dict[str, list[str]] = {}
    section = ""
    for line in file.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif section == name and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            directives.setdefault(key, []).append(value)
    return directives


@pytest.fixture
def runnable(tmp_path: Path) -> Path:
    """The unit with a program that exists on this machine."""
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace(INSTALLED, "/bin/true"))
    return unit


def _systemd_analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    _needs("systemd-analyze")
    return subprocess.run(
        ["systemd-analyze", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0"},
    )


def test_systemd_understands_the_unit(runnable: Path) -> None:
    """No unknown directive, no value that is ignored."""
    done = _systemd_analyze("verify", "--man=no", str(runnable))

    assert done.returncode == 0
    assert runnable.name not in done.stderr


@pytest.mark.parametrize("example", ["photos.conf.example", "lan-model.conf.example"])
def test_systemd_understands_the_drop_ins(runnable: Path, example: str) -> None:
    """Each example fits the unit, with its commented lines switched on too."""
    lines = (ROOT / "systemd" / example).read_text().splitlines()
    folder = runnable.with_suffix(".service.d")
    folder.mkdir()
    (folder / "example.conf").write_text(
        "\n".join(re.sub(r"^#(?=[A-Z]\w+=)", "", line) for line in lines) + "\n"
    )

    done = _systemd_analyze("verify", "--man=no", str(runnable))

    assert done.returncode == 0
    assert "example.conf" not in done.stderr


def test_the_unit_exposes_little(runnable: Path) -> None:
    """By the judgement of systemd itself, at most 1.5 of 10."""
    done = _systemd_analyze("security", "--offline=true", "--no-pager", str(runnable))
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)

    assert found, done.stdout + done.stderr
    assert float(found[1]) <= 1.5


@pytest.mark.parametrize(
    ("folders", "most"),
    [(("/srv/photos",), 1.5), (("/home/anna/Pictures", "/srv/sidecars"), 2.0)],
    ids=["share", "home"],
)
def test_a_unit_for_real_folders_exposes_hardly_more(
    tmp_path: Path, folders: tuple[str, ...], most: float
) -> None:
    """What `systemd install` writes: libraries opened, a model server in the local network."""
    place = Installation(
        program="/bin/true",
        settings="/etc/phototagd/settings.toml",
        user="phototagd",
        group="phototagd",
        writable=folders,
        addresses=("192.168.1.20",),
    )
    unit = tmp_path / UNIT.name
    unit.write_text(unit_for(UNIT.read_text(), place))

    done = _systemd_analyze("security", "--offline=true", "--no-pager", str(unit))
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)

    assert found, done.stdout + done.stderr
    assert float(found[1]) <= most


def test_an_unmount_never_stops_the_daemon() -> None:
    """Shares order the start and nothing else."""
    unit = _section(UNIT, "Unit")

    assert not {"RequiresMountsFor", "BindsTo", "Requires", "Requisite"} & unit.keys()
    assert "remote-fs.target" in unit["After"][0].split()


def test_the_unit_keeps_the_promises_of_the_daemon() -> None:
    """The exit code for wrong settings, the reload signal and the watchdog are wired."""
    service = _section(UNIT, "Service")

    assert service["Type"] == ["notify"]
    assert service["RestartPreventExitStatus"] == ["78"]
    assert service["ExecReload"] == ["/bin/kill -HUP $MAINPID"]
    assert service["ExecStart"] == [f"{INSTALLED} run --settings /etc/phototagd/settings.toml"]
    assert int(service["WatchdogSec"][0]) > 0


def test_the_decoder_may_limit_itself() -> None:
    """The child that decodes sets a memory limit and dies with its parent: both are allowed."""
    done = _systemd_analyze("syscall-filter", "@default", "@process", "@system-service")

    assert {"prlimit64", "prctl"} <= set(done.stdout.split())
    assert _section(UNIT, "Service")["SystemCallFilter"] == [
        "@system-service",
        "~@privileged @resources",
        "@chown",
    ]


def test_the_settings_for_the_service_are_right() -> None:
    """The example loads, and names the folder that the unit and its drop-in name."""
    settings = load_settings(file=ROOT / "systemd" / "settings.toml", flags={}, environ={})

    assert settings.state_dir == Path("/var/lib/phototagd")
    assert _section(UNIT, "Service")["StateDirectory"] == ["phototagd"]
    photos = _section(ROOT / "systemd" / "photos.conf.example", "Service")["ReadWritePaths"]
    assert photos == [f"-{settings.library[0].path}"]


def test_sysusers_creates_the_user_of_the_unit(tmp_path: Path) -> None:
    """In an empty root, systemd-sysusers makes the user and puts it into the group."""
    _needs("systemd-sysusers")
    (tmp_path / "etc").mkdir()
    subprocess.run(
        ["systemd-sysusers", f"--root={tmp_path}", "-"],
        input=(ROOT / "systemd" / "sysusers.conf").read_text(),
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    service = _section(UNIT, "Service")
    users = [line.split(":")[0] for line in (tmp_path / "etc/passwd").read_text().splitlines()]
    groups = {
        line.split(":")[0]: line.split(":")[3].split(",")
        for line in (tmp_path / "etc/group").read_text().splitlines()
    }

    assert service["User"][0] in users
    assert service["User"][0] in groups[service["Group"][0]]
