"""The daemon as a process: build, serve until told to stop, or work once through everything."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import Self

from phototagd import __version__
from phototagd.adapters.instance import SOCKET_NAME
from phototagd.adapters.systemd import SystemdNotifier
from phototagd.app.arriving.libraries import schedule_of
from phototagd.app.asking.engines import Connect, captioner_at
from phototagd.app.asking.opening_hours import opening_hours
from phototagd.app.crew import Crew
from phototagd.app.desk.desk import Desk
from phototagd.app.once import Once
from phototagd.app.opening import opened
from phototagd.app.parts import Parts
from phototagd.app.showing.gallery import gallery_of
from phototagd.app.signals import Signals
from phototagd.app.store import no_step
from phototagd.domain.errors import ConfigError, Unavailable
from phototagd.domain.events import DaemonChanged, Trouble
from phototagd.domain.status import StatusReport
from phototagd.log import set_level
from phototagd.ports import Listener, StepHook
from phototagd.settings import Settings, changes, reload_settings
from phototagd.web.server import WebServer

STOPPED = 0
INTERRUPTED = 130
SUPERVISE_SECONDS = 5.0


class Daemon:
    """One daemon on one state folder, which it holds locked until `close`."""

    def __init__(self, *, settings: Settings, parts: Parts, resources: ExitStack) -> None:
        self._settings = settings
        self._parts = parts
        self._resources = resources

    @classmethod
    def build(
        cls,
        settings: Settings,
        *,
        listeners: Sequence[Listener] = (),
        step: StepHook = no_step,
        connect: Connect = captioner_at,
    ) -> Self:
        """Open the state folder and wire everything; nothing runs yet.

        Raises what `opened` raises. `step` is told the name of each durable step; `connect`
        makes the client of a model server.
        """
        resources = ExitStack()
        parts = resources.enter_context(
            opened(settings, listeners=listeners, step=step, connect=connect)
        )
        return cls(settings=settings, parts=parts, resources=resources)

    def serve(self) -> int:
        """Run until SIGTERM or SIGINT; the exit code."""
        crew = Crew(self._parts)
        desk = Desk(self._parts, is_running=True, stuck=crew.stuck, on_rescan=crew.wake_watchers)
        gallery = gallery_of(self._parts)
        web = WebServer(
            control=desk,
            health=desk,
            control_socket=self._settings.state_dir / SOCKET_NAME,
            listen=self._settings.web.listen,
            gallery=gallery.application(desk) if gallery else None,
        )
        notifier = SystemdNotifier(environ=os.environ, monotonic=self._parts.clock.monotonic)
        with Signals() as signals:
            web.start()
            try:
                crew.start()
                if gallery:
                    gallery.start()
                self._tell("ready", version=__version__, libraries=self._roots())
                notifier.ready(_line(desk.status()))
                self._supervise(signals, notifier, desk)
            finally:
                notifier.stopping()
                self._tell("stopping")
                crew.stop()
                web.stop()
                if gallery:
                    gallery.stop()
                self._tell("stopped")
        return INTERRUPTED if signals.interrupted else STOPPED

    def run_once(
        self, *, wait_seconds: float, progress: Callable[[StatusReport], None] | None = None
    ) -> int:
        """Scan everything, tag what is new, and end; the exit code.

        While the model server is away and photos wait, it waits at most `wait_seconds`.
        """
        crew = Crew(self._parts)
        desk = Desk(self._parts, is_running=True, stuck=crew.stuck)
        with Signals() as signals:
            try:
                crew.start()
                once = Once(self._parts, desk, wait_seconds=wait_seconds, progress=progress)
                return once.run(signals.stop)
            finally:
                crew.stop()

    def close(self) -> None:
        """Close the store and give the state folder back; may be called twice."""
        self._resources.close()

    def _supervise(self, signals: Signals, notifier: SystemdNotifier, desk: Desk) -> None:
        """Feed the service manager's watchdog as long as every loop makes progress."""
        interval = notifier.watchdog_interval
        seconds = min(SUPERVISE_SECONDS, interval.total_seconds() if interval else 60.0)
        told: Sequence[str] = ()
        while not signals.stop.wait(seconds):
            if signals.take_reload():
                with notifier.reloading():
                    self._reload()
            stuck = desk.stuck()
            if not stuck:
                notifier.alive()
                with suppress(Unavailable):  # a store that cannot be read is told elsewhere
                    notifier.status(_line(desk.status()))
            elif stuck != told:
                self._parts.bus(Trouble(what="loops", reason=f"no progress: {', '.join(stuck)}"))
            told = stuck

    def _reload(self) -> None:
        """Take over what can change while running; name what needs a restart."""
        try:
            new = reload_settings(self._settings)
        except ConfigError as error:
            self._parts.bus(
                Trouble(what="settings", reason=str(error), remedy="the old ones stay in force")
            )
            return
        difference = changes(self._settings, new)
        set_level(new.log.level)
        for watcher in self._parts.arriving.watchers:
            watcher.reschedule(schedule_of(new))
        self._parts.asking.gates.reschedule(opening_hours(new))
        self._parts.bells.gates_moved()
        self._tell(
            "reloaded", changed=list(difference.live), needs_restart=list(difference.restart)
        )

    def _roots(self) -> list[str]:
        return [str(library.path) for library in self._settings.library]

    def _tell(self, state: str, **detail: object) -> None:
        self._parts.bus(DaemonChanged(state=state, detail=detail))


def _line(report: StatusReport) -> str:
    """One line for `systemctl status`."""
    return (
        f"{report.queued} queued, {report.done} done, {report.dead} dead, "
        f"{report.per_minute:g} a minute, model {report.engine.state}"
    )
