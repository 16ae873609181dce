"""The READMEs say what the code does, and every link leads somewhere."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

import docs_reference
from phototagd.cli import exits
from phototagd.settings import reference

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CHINESE = ROOT / "README.zh.md"
PAGES = [README, CHINESE, *sorted(ROOT.glob("daemon/**/*.md"))]
DECISIONS = sorted((ROOT / "daemon" / "decisions").glob("*.md"))


def test_the_generated_parts_are_what_the_code_says() -> None:
    """Otherwise run `make docs`."""
    text = README.read_text()

    assert docs_reference.rewritten(text) == text


def test_every_command_setting_and_event_is_explained() -> None:
    """No option without help, no command without a sentence, and all in the README."""
    text = README.read_text()
    commands = docs_reference.visible_commands()

    assert commands
    assert all(command.__doc__ for command in commands.values())
    assert all(f"`phototagd {name}" in text for name in commands)
    assert all(option.help and f"{option.key}`" in text for option in reference())
    assert all(f"`{event.name}`" in text for event in docs_reference.event_classes())


def test_every_exit_code_is_explained() -> None:
    """Scripts rely on them."""
    codes = [code for name, code in vars(exits).items() if name.isupper()]

    assert codes
    assert all(f"\n| {code} | " in README.read_text() for code in codes)


@pytest.mark.parametrize("page", [README, CHINESE], ids=lambda p: p.name)
def test_the_two_commands_are_on_the_first_screen(page: Path) -> None:
    """A newcomer sees how to run and how to test before scrolling."""
    first_screen = "\n".join(page.read_text().splitlines()[:20])

    assert "make run" in first_screen
    assert "make test" in first_screen


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    """A link into the source names a file that exists, and a heading that it has."""
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text()):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page

        assert file.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in _anchors(file), f"{page.name}: {target}"


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_nothing_is_left_to_be_written(page: Path) -> None:
    assert not re.search(r"\b(TODO|FIXME|TBD|XXX)\b|lorem ipsum", page.read_text(), re.IGNORECASE)


def test_every_dependency_has_its_reason() -> None:
    """The page on dependencies has one line for each, and none for those that are gone."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    required = {re.split(r"[><=\[]", line)[0] for line in (*project["dependencies"], *extras)}
    page = (ROOT / "daemon/decisions/0002-dependencies.md").read_text()
    explained = set(re.findall(r"^\| ([a-z0-9-]+) \|", page, re.MULTILINE)) - {"package", "---"}

    assert explained == required


def test_decisions_are_numbered_without_gaps() -> None:
    """A decision is found by its number, also years later."""
    numbers = [int(page.name[:4]) for page in DECISIONS]

    assert numbers[0] == 1
    assert all(b - a == 1 for a, b in pairwise(numbers))
    assert all(
        page.read_text().startswith(f"# {number:04} ")
        for page, number in zip(DECISIONS, numbers, strict=True)
    )


def test_the_changelog_knows_this_version() -> None:
    """What is not released yet stands under Unreleased."""
    text = (ROOT / "daemon" / "CHANGELOG.md").read_text()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert "## Unreleased" in text or f"## {version}" in text
