"""The composition root: settings in, a wired daemon out. Only here concrete classes are named."""

from phototagd.app.daemon import Daemon
from phototagd.app.offline import offline_control

__all__ = ["Daemon", "offline_control"]
