"""Which profile each library has, and the styles that come of them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from phototagd.adapters.profile_files import read_profile
from phototagd.app.asking.language import chosen_language
from phototagd.domain.errors import ConfigError
from phototagd.domain.profile import Profile
from phototagd.rules.answers.style import CaptionKind, Style
from phototagd.settings import LibrarySettings, Settings


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles in use by the word that settings have for them; the usual one first."""

    by_setting: Mapping[str, Profile]
    usual: Profile

    def of(self, library: LibrarySettings) -> str:
        """The name of a library's profile."""
        return self.by_setting[library.profile].name if library.profile else self.usual.name


def profiles_of(settings: Settings) -> Profiles:
    """The profiles that the settings name.

    Raises ConfigError for one that cannot be read, and for two of the same name.
    """
    wanted = dict.fromkeys([settings.model.profile, *(one.profile for one in settings.library)])
    by_setting = {setting: read_profile(setting) for setting in wanted if setting}
    by_name: dict[str, str] = {}
    for setting, profile in by_setting.items():
        other = by_name.setdefault(profile.name, setting)
        if other != setting:
            raise ConfigError(
                f'{setting} and {other}: both are called "{profile.name}"; '
                f"give one of them another name"
            )
    return Profiles(by_setting, by_setting[settings.model.profile])


def styles_of(settings: Settings, profiles: Profiles) -> dict[str, Style]:
    """How photos of each profile in use shall be asked about, by its name."""
    model = settings.model
    language = chosen_language(model.language, os.environ)
    return {
        profile.name: Style(
            profile=profile,
            language=language,
            keyword_language=model.keyword_language,
            is_bilingual=model.keywords_in_both,
            caption=CaptionKind(model.caption),
            caption_characters=model.caption_characters,
            ask_also=frozenset(model.ask_also),
            max_keywords=model.max_keywords,
            image_long_side=model.image_long_side,
            options=dict(model.options),
        )
        for profile in profiles.by_setting.values()
    }
