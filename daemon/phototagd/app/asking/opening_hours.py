"""When the settings allow photos to be asked about."""

from phototagd.rules.asking.schedules import DAYS, Schedule
from phototagd.settings import Settings


def opening_hours(settings: Settings) -> Schedule:
    """The schedule of the settings."""
    schedule = settings.schedule
    return Schedule.parse(schedule.active, [getattr(schedule, day) for day in DAYS])
