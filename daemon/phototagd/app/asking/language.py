"""Which language `auto` means on this machine."""

from collections.abc import Mapping

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order POSIX looks at them


def chosen_language(wanted: str, environ: Mapping[str, str]) -> str:
    """The language to answer in: as the settings say, or that of the locale, or English.

    A Chinese locale keeps its region: it decides between the simplified and the traditional
    script.
    """
    if wanted != "auto":
        return wanted
    locale = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    tag = locale.split(".")[0].split("@")[0].replace("_", "-")
    language = tag.split("-")[0].lower()
    if language in ("", "c", "posix"):
        return "en"
    return tag if language == "zh" else language
