"""`systemd install` writes a unit that systemd itself accepts."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from doubles.house import FakeHouse

SETTINGS = """
state_dir = "{state}"
[[library]]
path = "/srv/my photos, 100%"
[[library]]
path = "/home/anna/Pictures"
sidecars = "mirror"
mirror_dir = "/srv/sidecars"
[model]
url = "{url}"
"""


@pytest.fixture
def house(tmp_path: Path) -> FakeHouse:
    house = FakeHouse(tmp_path)
    house.environ = {}
    return house


def settings(tmp_path: Path, url: str = "http://192.168.1.20:11434") -> str:
    file = tmp_path / "settings.toml"
    file.write_text(SETTINGS.format(state=tmp_path / "state", url=url))
    return str(file)


def test_it_opens_what_the_settings_name(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The mirror is written to, not the photos beside it; the model server may be asked."""
    file = settings(tmp_path)

    assert house.run("systemd", "install", "--print", "--settings", file) == 0

    unit = capsys.readouterr().out
    assert 'ReadWritePaths="-/srv/my photos, 100%%"' in unit
    assert "ReadWritePaths=-/srv/sidecars" in unit
    assert "ReadWritePaths=-/home/anna/Pictures" not in unit
    assert "IPAddressAllow=192.168.1.20" in unit
    assert f"--settings {file}" in unit


def test_a_server_on_this_machine_opens_nothing(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = settings(tmp_path, "http://localhost:11434")

    house.run("systemd", "install", "--print", "--settings", file)

    assert capsys.readouterr().out.count("IPAddressAllow=") == 1


def test_a_gallery_for_the_household_opens_the_home_network(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing beyond it."""
    file = Path(settings(tmp_path))
    file.write_text(file.read_text() + '[web]\nlisten = "0.0.0.0:8420"\n')

    assert house.run("systemd", "install", "--print", "--settings", str(file)) == 0

    allowed = re.findall(r"^IPAddressAllow=(\S+)$", capsys.readouterr().out, re.MULTILINE)
    assert "192.168.0.0/16" in allowed
    assert not {"any", "0.0.0.0/0", "::/0"} & set(allowed)


def test_the_written_unit_is_understood_and_exposes_little(
    house: FakeHouse, tmp_path: Path
) -> None:
    """By systemd's own judgement, with folders of every kind; written again, it stays one."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    folder = tmp_path / "units"
    folder.mkdir()
    for _ in range(2):
        arguments = ("--into", str(folder), "--user", "root", "--group", "root")
        assert house.run("systemd", "install", "--settings", settings(tmp_path), *arguments) == 0
    [unit] = folder.iterdir()
    text = unit.read_text()
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))

    verified = _analyze("verify", "--man=no", str(unit))
    judged = _analyze("security", "--offline=true", "--no-pager", str(unit))

    assert verified.returncode == 0
    assert unit.name not in verified.stderr
    found = re.search(r"exposure level for \S+: ([\d.]+)", judged.stdout)
    assert found, judged.stdout + judged.stderr
    assert unit.stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_not_ours_is_told(
    house: FakeHouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--settings", settings(tmp_path), "--into", str(tmp_path / "nowhere"))

    assert house.run("systemd", "install", *arguments) == 78
    assert "--print" in capsys.readouterr().err


def test_a_service_needs_a_settings_file(
    house: FakeHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    assert house.run("systemd", "install", "--print") == 78


def _analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
