"""What must stay private is nowhere afterwards: not in the store, the log or a sidecar."""

import json
import re
from pathlib import Path

import pytest

from doubles.ollama import OllamaDouble
from doubles.ollama.faults import Say
from doubles.pictures import make_jpeg
from e2e.processes import PhotoDaemon, until

CARD = "4111 1111 1111 1111"
IBAN = "DE89 3704 0044 0532 0130 00"
RESIDENT_ID = "11010519491231002X"
PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
SECRETS = (CARD, IBAN, RESIDENT_ID, PASSPORT[1], "ERIKSSON")


def leaks(home: Path) -> list[str]:
    """Every file below `home` that holds a secret, spaced or not, in any usual encoding."""
    found = []
    for file in (path for path in home.rglob("*") if path.is_file()):
        content = file.read_bytes()
        squeezed = re.sub(rb"[\s-]", b"", content)
        found += [
            f"{file.name}: {secret}"
            for secret in SECRETS
            if secret.encode() in content or secret.replace(" ", "").encode() in squeezed
        ]
    return found


def test_leaks_are_seen(tmp_path: Path) -> None:
    """Or the other test would prove nothing."""
    (tmp_path / "spaced").write_text(f"of {CARD}.")
    (tmp_path / "joined").write_bytes(b"\xff" + IBAN.replace(" ", "").encode())
    assert sorted(leaks(tmp_path)) == [f"joined: {IBAN}", f"spaced: {CARD}"]


def answer(**more: object) -> Say:
    fields = {
        "caption": f"A hand holds the bank card {CARD} above a form.",
        "category": "document",
        "keywords": ["bank card", CARD, "form"],
        "mood": [],
        "objects": ["card", IBAN],
        "people": 0,
        "sensitive": "bank_card",
        "text": ["VALID THRU 12/30", CARD, IBAN, f"公民身份号码 {RESIDENT_ID}", *PASSPORT],
    }
    return Say(json.dumps({**fields, **more}, ensure_ascii=False))


@pytest.mark.parametrize("claimed", ["bank_card", "none"])
def test_numbers_of_cards_accounts_and_papers_are_kept_nowhere(
    tmp_path: Path, claimed: str
) -> None:
    """Also when the model itself sees nothing private, and when its answer is nonsense."""
    with OllamaDouble(models=["qwen3-vl:4b-instruct"]) as double:
        daemon = PhotoDaemon(tmp_path, f"http://127.0.0.1:{double.port}")
        with daemon.settings.open("a") as settings:
            settings.write('level = "debug"\n')  # of [log], the last table
        try:
            daemon.start()
            until(lambda: daemon.events("engine.ready"), "the model server")
            double.script(answer(sensitive=claimed))
            make_jpeg(daemon.photos / "card.jpg", seed=11)
            sidecar = daemon.photos / "card.jpg.xmp"
            until(sidecar.exists, "the sidecar")
            double.script(*[Say(f"It says {CARD}, {IBAN}, {RESIDENT_ID}: {{")] * 6)
            make_jpeg(daemon.photos / "nonsense.jpg", seed=12)
            until(lambda: daemon.status()["dead"] == 1, "the nonsense to be given up")
            shown = daemon.command("show", str(daemon.photos / "card.jpg"), "--json").stdout
            listed = daemon.command("jobs", "--json").stdout
        finally:
            daemon.close()
    (tmp_path / "shown.json").write_text(shown)
    (tmp_path / "listed.json").write_text(listed)
    assert leaks(tmp_path) == []
    tagged = daemon.events("photo.tagged")
    assert [event["is_private"] for event in tagged] == [True]
    assert "<phototagd:sensitive>none<" not in sidecar.read_text()
    assert "bank card" not in json.loads(shown)["words"]["caption"]
