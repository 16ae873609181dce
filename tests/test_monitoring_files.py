"""The dashboard and the alerts ask for numbers that the daemon really shows."""

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from doubles.control import a_status
from phototagd.adapters.metrics import Gauges, Metrics
from phototagd.domain.engine import EngineMemory
from phototagd.rules.asking.breaking import Phase

ROOT = Path(__file__).parent.parent
DOCKER = ROOT / "docker"
NAME = re.compile(r"\b(?:phototagd|process)_[a-z_]+")
LABELS = re.compile(r"\b(phototagd_[a-z_]+)\{([^}]*)\}")
REQUIRED = os.environ.get("PHOTOTAGD_TEST_REQUIRE_TOOLS") == "1"


def _page() -> dict[str, set[str]]:
    """Every series of the page with the labels it has."""
    now = datetime(2026, 5, 1, tzinfo=UTC)
    page = Metrics(
        gauges=Gauges(
            status=a_status,
            oldest_queued=lambda: now,
            waiting=dict,
            endpoints=lambda: {"http://gpu:11434": Phase.CLOSED},
            engine_memory=lambda: EngineMemory(total=2, gpu=1),
            store_size=lambda: {"database": 1, "wal": 1},
            disk_free=lambda: 1,
            last_backup=lambda: now,
            now=lambda: now,
        )
    )
    families = text_string_to_metric_families(page.render().decode())
    return {sample.name: set(sample.labels) for family in families for sample in family.samples}


def _rules() -> list[dict[str, Any]]:
    [group] = yaml.safe_load((DOCKER / "alerts.yml").read_text())["groups"]
    rules: list[dict[str, Any]] = group["rules"]
    return rules


def _panels() -> list[dict[str, Any]]:
    panels: list[dict[str, Any]] = json.loads((DOCKER / "grafana-dashboard.json").read_text())[
        "panels"
    ]
    return panels


def _expressions() -> list[str]:
    asked = [target["expr"] for panel in _panels() for target in panel["targets"]]
    return asked + [rule["expr"] for rule in _rules()]


@pytest.mark.parametrize("expression", _expressions())
def test_every_number_asked_for_is_shown(expression: str) -> None:
    """A renamed metric would leave a panel empty, and an alert silent for ever."""
    page = _page()

    assert set(NAME.findall(expression)) <= page.keys()
    for name, selector in LABELS.findall(expression):
        assert set(re.findall(r"(\w+)=", selector)) <= page[name]


def test_every_alert_says_what_it_is_about() -> None:
    for rule in _rules():
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in {"info", "warning", "critical"}


def test_the_dashboard_has_no_panel_on_another() -> None:
    """Each stands in a place of its own, and reads from the source that is chosen."""
    panels = _panels()
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels]

    assert len(set(places)) == len({panel["id"] for panel in panels}) == len(panels) >= 8
    assert {panel["datasource"]["uid"] for panel in panels} == {"${source}"}


def _promtool(*arguments: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("promtool") is None:
        if REQUIRED:
            pytest.fail("promtool is not installed, and PHOTOTAGD_TEST_REQUIRE_TOOLS is set")
        pytest.skip("promtool is not installed (Debian: prometheus)")
    return subprocess.run(
        ["promtool", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_prometheus_understands_the_files() -> None:
    """By its own judgement."""
    done = _promtool("check", "config", str(DOCKER / "prometheus.yml"))

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(_rules())} rules found" in done.stdout


def test_the_alerts_come_when_they_should_and_not_when_photos_wait_on_purpose(
    tmp_path: Path,
) -> None:
    """Played through by promtool."""
    played = tmp_path / "alerts.yml"
    text = (ROOT / "tests" / "alerts.yml").read_text()
    played.write_text(text.replace('"{rules}"', json.dumps(str(DOCKER / "alerts.yml"))))

    done = _promtool("test", "rules", str(played))

    assert done.returncode == 0, done.stdout + done.stderr
