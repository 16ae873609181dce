"""Every option with type, default and help, and how they are read. Only cli and app see it."""

from phototagd.settings.attending import attended
from phototagd.settings.doubts import Doubt, doubts
from phototagd.settings.loading import find_settings_file, load_settings, reload_settings
from phototagd.settings.options import (
    BackupSettings,
    EndpointSettings,
    IntakeSettings,
    LibrarySettings,
    LogSettings,
    ModelSettings,
    ScheduleSettings,
    Settings,
    SidecarSettings,
    WebSettings,
)
from phototagd.settings.reference import Option, reference
from phototagd.settings.search_options import SearchSettings
from phototagd.settings.showing import Changes, Row, changes, effective

__all__ = [
    "BackupSettings",
    "Changes",
    "Doubt",
    "EndpointSettings",
    "IntakeSettings",
    "LibrarySettings",
    "LogSettings",
    "ModelSettings",
    "Option",
    "Row",
    "ScheduleSettings",
    "SearchSettings",
    "Settings",
    "SidecarSettings",
    "WebSettings",
    "attended",
    "changes",
    "doubts",
    "effective",
    "find_settings_file",
    "load_settings",
    "reference",
    "reload_settings",
]
