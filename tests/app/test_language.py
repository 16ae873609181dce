"""`auto` follows the locale; Chinese keeps its region, which decides its script."""

import pytest

from phototagd.app.asking.language import chosen_language


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_CA@euro"}, "fr"),
        ({"LANG": "en_US", "LC_ALL": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_CN"}, "zh-CN"),
        ({"LANG": "sv", "LC_ALL": ""}, "sv"),
    ],
)
def test_auto_follows_the_locale(environ: dict[str, str], language: str) -> None:
    assert chosen_language("auto", environ) == language


def test_what_is_said_counts() -> None:
    assert chosen_language("zh", {"LANG": "de_DE.UTF-8"}) == "zh"
