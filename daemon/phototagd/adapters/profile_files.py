"""Profiles as files: those that come with phototagd, and a person's own."""

from importlib.resources import files
from pathlib import Path

from phototagd.domain.errors import ConfigError
from phototagd.domain.profile import Profile
from phototagd.rules.answers.profile_reading import profile_from

ENDING = ".toml"


def shipped_names() -> tuple[str, ...]:
    """The names of the profiles that come with phototagd."""
    folder = files("phototagd").joinpath("profiles")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(ENDING) for name in names if name.endswith(ENDING)))


def is_file_name(wanted: str) -> bool:
    """Whether a setting names a file; otherwise it names a profile that we ship."""
    return wanted.endswith(ENDING)


def text_of(wanted: str) -> str:
    """The text of a profile by its name, or of a file; raises ConfigError for neither."""
    if not is_file_name(wanted):
        if wanted not in shipped_names():
            known = ", ".join(shipped_names())
            raise ConfigError(
                f"profile {wanted!r}: is not known; there are {known}, "
                f"and files of your own, as in mine{ENDING}"
            )
        return files("phototagd").joinpath("profiles", wanted + ENDING).read_text("utf-8")
    try:
        return Path(wanted).read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{wanted}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{wanted}: is not UTF-8 text") from error


def read_profile(wanted: str) -> Profile:
    """A profile by its name, or from a file; raises ConfigError for what makes no sense."""
    profile = profile_from(text_of(wanted), wanted)
    if is_file_name(wanted) and profile.name in shipped_names():
        raise ConfigError(
            f'{wanted}: name = "{profile.name}" is taken by a profile of phototagd: '
            f'give yours another, as in name = "my-{profile.name}"'
        )
    return profile
