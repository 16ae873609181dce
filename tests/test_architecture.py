"""The house keeps its own rules: imports point down, files and functions stay small."""

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "daemon" / "phototagd"
FILES = sorted(SOURCE.rglob("*.py"))


def test_imports_point_down() -> None:
    """The contracts in pyproject.toml hold.

    In a process of its own: import-linter configures logging, and disables every other logger.
    """
    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=SOURCE.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert lint.returncode == 0, lint.stdout


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(SOURCE)))
def test_a_file_has_at_most_400_lines_and_its_functions_40(file: Path) -> None:
    """What grows beyond that is split by noun or question."""
    text = file.read_text()
    long_functions = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= 40
    ]

    assert not long_functions
    assert text.count("\n") <= 400


def test_the_median_file_is_small() -> None:
    """Half of the files have 120 lines or fewer."""
    assert statistics.median(f.read_text().count("\n") for f in FILES) <= 120
