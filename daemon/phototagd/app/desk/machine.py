"""The machine below the daemon as `check` sees it: disk speed, backups, clock, watches."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from phototagd.app.parts import Parts
from phototagd.domain.errors import EmbedRefused, Unavailable
from phototagd.domain.status import Finding, FindingCause, FindingLevel
from phototagd.rules.service.inspecting import SLOW_COMMIT_SECONDS, is_slow

OLD_BACKUP = timedelta(days=7)
FEW_WATCHES = 8192
FIRST_RELEASE = datetime(2026, 1, 1, tzinfo=UTC)
MOST_AHEAD = timedelta(days=1)
TRIAL_COMMITS = 12
WATCHES = Path("/proc/sys/fs/inotify/max_user_watches")


def machine_findings(parts: Parts) -> Iterator[Finding]:
    """Everything that was looked at, good or bad."""
    yield _disk_speed(parts)
    yield _soundness(parts)
    yield _backups(parts)
    yield _clock(parts)
    yield from _watches(parts)
    yield from _witness(parts)


def _witness(parts: Parts) -> Iterator[Finding]:
    embedding = parts.shelving.embedding
    if embedding is None:
        return
    try:
        version = embedding.witness.version()
        yield _finding("exiftool", FindingLevel.OK, f"version {version}, for words in photos")
    except (Unavailable, EmbedRefused) as error:
        remedy = getattr(error, "remedy", "") or "try it by itself: exiftool -ver"
        yield _finding("exiftool", FindingLevel.PROBLEM, str(error), remedy)


def _disk_speed(parts: Parts) -> Finding:
    care = parts.store.care
    try:
        for _ in range(TRIAL_COMMITS):
            care.prove_writable()
    except Unavailable as error:
        return _finding("state disk", FindingLevel.PROBLEM, str(error), error.remedy)
    seconds = care.commit_seconds() or 0.0
    detail = f"a promise takes {seconds * 1000:.0f} ms to reach the disk"
    if is_slow(seconds):
        remedy = f"put state_dir on a faster disk: more than {SLOW_COMMIT_SECONDS * 1000:.0f} ms"
        return _finding("state disk", FindingLevel.WARNING, detail, f"{remedy} hold photos up")
    return _finding("state disk", FindingLevel.OK, detail)


def _soundness(parts: Parts) -> Finding:
    last = parts.store.care.last_inspection()
    if last is None:
        return _finding("database", FindingLevel.OK, "not read as a whole yet: phototagd verify")
    day = f"{last.at.astimezone():%Y-%m-%d}"
    if last.complaints:
        return _finding(
            "database",
            FindingLevel.PROBLEM,
            f"damaged on {day}: {last.complaints[0]}",
            "stop the daemon, then restore a backup or run: phototagd rebuild",
        )
    return _finding("database", FindingLevel.OK, f"read as a whole on {day}, and sound")


def _backups(parts: Parts) -> Finding:
    if not parts.settings.backup.keep:
        return _finding(
            "backups",
            FindingLevel.WARNING,
            "none are made: backup.keep is 0",
            "set backup.keep to 3; without one, sidecars alone bring the words back",
        )
    try:
        newest = parts.keeping.archivist.newest()
    except Unavailable as error:
        return _finding("backups", FindingLevel.PROBLEM, str(error), error.remedy)
    if newest is None:
        return _finding("backups", FindingLevel.OK, "none yet: the first is made at night")
    age = parts.clock.now() - newest
    detail = f"the last one is {max(age.days, 0)} days old"
    if age > OLD_BACKUP:
        remedy = "let the daemon run at night, or run: phototagd backup"
        return _finding("backups", FindingLevel.WARNING, detail, remedy)
    return _finding("backups", FindingLevel.OK, detail)


def _clock(parts: Parts) -> Finding:
    now = parts.clock.now()
    remedy = "set the clock: timedatectl set-ntp true"
    if now < FIRST_RELEASE:
        return _finding("clock", FindingLevel.WARNING, f"it says {now:%Y-%m-%d}", remedy)
    catalogue = parts.store.catalogue
    scans = filter(None, (catalogue.last_scan(library.id) for library in catalogue.libraries()))
    latest = max(scans, default=now)
    if latest > now + MOST_AHEAD:
        detail = f"it says {now:%Y-%m-%d}, but the last scan was on {latest:%Y-%m-%d}"
        return _finding("clock", FindingLevel.WARNING, detail, remedy)
    return _finding("clock", FindingLevel.OK, f"{now.astimezone():%Y-%m-%d %H:%M}")


def _watches(parts: Parts) -> Iterator[Finding]:
    """Only where hints come from the kernel; a library that has too few says so itself, too."""
    is_wanted = any(
        library.watch in ("auto", "native")
        and not parts.mounts.mount_of(os.fsencode(library.path)).is_remote
        for library in parts.settings.library
    )
    try:
        limit = int(WATCHES.read_text())
    except (OSError, ValueError):
        return
    if not is_wanted:
        return
    level = FindingLevel.WARNING if limit < FEW_WATCHES else FindingLevel.OK
    remedy = "sysctl fs.inotify.max_user_watches=524288" if limit < FEW_WATCHES else ""
    yield _finding("watches", level, f"the kernel allows {limit:,} watched folders", remedy)


def _finding(name: str, level: FindingLevel, detail: str, remedy: str = "") -> Finding:
    return Finding(
        name=name, level=level, cause=FindingCause.SETTINGS, detail=detail, remedy=remedy
    )
