"""No shell, no secrets in the source: read from the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "daemon" / "phototagd"
SHELLS = {
    "os.system",
    "os.popen",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "asyncio.create_subprocess_shell",
    "pty.spawn",
}
SOURCES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_name_ever_meets_a_shell(source: Path) -> None:
    """Neither by name nor by `shell=True`."""
    assert list(_shells(ast.parse(source.read_text()))) == []


def test_the_check_sees_a_shell() -> None:
    """It would be worth nothing otherwise."""
    text = "import os, subprocess\nos.system('x')\nsubprocess.run('x', shell=True)"

    assert len(list(_shells(ast.parse(text)))) == 2


def _shells(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if ast.unparse(call.func) in SHELLS or any(
            keyword.arg == "shell" and ast.unparse(keyword.value) != "False"
            for keyword in call.keywords
        ):
            yield ast.unparse(call)
