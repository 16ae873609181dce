"""Settings for work that a person waits for."""

from phototagd.settings.options import ScheduleSettings, Settings


def attended(settings: Settings) -> Settings:
    """These settings for a run that a person waits for: at any time, yielding to nobody."""
    model = settings.model.model_copy(update={"yield_to_others": False})
    return settings.model_copy(update={"schedule": ScheduleSettings(), "model": model})
