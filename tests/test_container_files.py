"""The container files keep the daemon private, unprivileged and polite."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from phototagd.rules.asking.models import DEFAULT_MODEL
from phototagd.settings import load_settings

ROOT = Path(__file__).parent.parent
DOCKER = ROOT / "docker"
OVERRIDES = ["compose.nvidia.yaml", "compose.amd.yaml"]


def _compose(name: str = "compose.yaml") -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((DOCKER / name).read_text())
    return content


def _env_example() -> dict[str, str]:
    lines = (DOCKER / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("name", ["phototagd", "ollama", "model"])
def test_every_service_has_no_rights_it_does_not_need(name: str) -> None:
    """Read-only root, no capabilities, no way to gain any."""
    service = _compose()["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_ports_are_for_this_machine_alone() -> None:
    """Nothing is published to the network unless .env says so; the model server not at all."""
    services = _compose()["services"]
    published = {name: s["ports"] for name, s in services.items() if "ports" in s}

    assert list(published) == ["phototagd"]
    ports = [_interpolated(port, _env_example()) for port in published["phototagd"]]
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_model_server_is_set_for_months_unattended() -> None:
    """The picture cache that eats all memory is off; nothing goes to a cloud."""
    environment = _compose()["services"]["ollama"]["environment"]

    assert environment["LLAMA_ARG_CACHE_RAM"] == "0"
    assert environment["OLLAMA_NO_CLOUD"] == "1"
    assert environment["OLLAMA_NUM_PARALLEL"] == "1"


def test_the_daemon_runs_as_the_owner_of_the_photos() -> None:
    """Not as root, and mounts made later on the host show inside."""
    service = _compose()["services"]["phototagd"]

    assert service["user"] == "${PUID:-1000}:${PGID:-1000}"
    assert service["stop_grace_period"] == "90s"
    assert any(v.endswith(":/photos:rslave") for v in service["volumes"])
    assert re.search(r"^USER 1000:1000$", (DOCKER / "Dockerfile").read_text(), re.MULTILINE)


def test_the_environment_of_the_container_is_one_the_daemon_accepts(tmp_path: Path) -> None:
    """No variable that the settings would refuse; the model pulled is the model asked."""
    defaults = {"PHOTOS": str(tmp_path)} | _env_example()
    environ = {
        key: _interpolated(value, defaults)
        for key, value in _compose()["services"]["phototagd"]["environment"].items()
    }
    image = dict(re.findall(r"(PHOTOTAGD_\w+)=(\S+)", (DOCKER / "Dockerfile").read_text()))
    settings = load_settings(file=None, flags={}, environ=image | environ)

    assert settings.state_dir == Path("/data")
    assert settings.web.listen == "0.0.0.0:8420"
    assert settings.model.name == DEFAULT_MODEL
    assert settings.model.url == "http://ollama:11434"
    pulled = _compose()["services"]["model"]["command"][1]
    assert _interpolated(pulled, defaults) == settings.model.name


def _interpolated(value: str, variables: dict[str, str]) -> str:
    return re.sub(r"\$\{(\w+)(?::[-?][^}]*)?\}", lambda m: variables[m[1]], value)


@pytest.mark.parametrize("name", ["compose.yaml", *OVERRIDES])
def test_every_variable_stands_in_the_example_with_its_default(name: str) -> None:
    """What can be set is in .env.example, with the value it has anyway."""
    example = _env_example()
    for variable, default in re.findall(
        r"\$\{(\w+)(?::-([^}]*))?[:?}]", (DOCKER / name).read_text()
    ):
        assert variable in example
        assert default in ("", example[variable])


@pytest.mark.parametrize("name", OVERRIDES)
def test_overrides_change_the_model_server_only(name: str) -> None:
    """A GPU file adds devices to a service that exists, and nothing else."""
    override = _compose(name)

    assert list(override) == ["services"]
    assert list(override["services"]) == ["ollama"]


def test_the_image_is_built_from_what_is_sent() -> None:
    """Everything the Dockerfile copies is let through, and exists."""
    allowed = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (DOCKER / "Dockerfile").read_text(), re.MULTILINE
    )
    names = [name for line in copied for name in line.split()]

    assert set(names) == set(allowed)
    assert all((ROOT / name).exists() for name in names)


@pytest.mark.parametrize("files", [[], *([o] for o in OVERRIDES)], ids="+".join)
def test_compose_understands_the_files(files: list[str], tmp_path: Path) -> None:
    """Docker's own reader accepts them; needs the compose plugin, but no running engine."""
    if not _has_compose():
        pytest.skip("docker compose is not installed")
    arguments = [part for name in ["compose.yaml", *files] for part in ("-f", str(DOCKER / name))]
    done = subprocess.run(
        ["docker", "compose", *arguments, "config", "--quiet"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PHOTOS": str(tmp_path)},
    )

    assert done.returncode == 0, done.stderr


def _has_compose() -> bool:
    if shutil.which("docker") is None:
        return False
    done = subprocess.run(
        ["docker", "compose", "version"], capture_output=True, timeout=60, check=False
    )
    return done.returncode == 0
