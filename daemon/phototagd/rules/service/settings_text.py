"""Puts one value into a settings file as a person would: everything else stays as it is."""

import json
import re

_TABLE = re.compile(r"^\s*\[+[^\]]*\]+\s*(#.*)?$")


def with_value(text: str, table: str, key: str, value: str) -> str:
    """The TOML text with `key` of `table` set to a text.

    A line that sets it already is replaced; else one is added to the table, which is added at
    the end if it is missing. The caller checks the result by reading it.
    """
    lines = text.splitlines()
    line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    start = next((n for n, one in enumerate(lines) if _is_table(one, table)), None)
    if start is None:
        return "\n".join([*lines, *([""] if lines else []), f"[{table}]", line]) + "\n"
    end = next((n for n in range(start + 1, len(lines)) if _TABLE.match(lines[n])), len(lines))
    setting = re.compile(rf"^\s*{re.escape(key)}\s*=")
    at = next((n for n in range(start + 1, end) if setting.match(lines[n])), None)
    if at is None:
        lines.insert(start + 1, line)
    else:
        lines[at] = line
    return "\n".join(lines) + "\n"


def _is_table(line: str, table: str) -> bool:
    return re.match(rf"^\s*\[\s*{re.escape(table)}\s*\]\s*(#.*)?$", line) is not None
