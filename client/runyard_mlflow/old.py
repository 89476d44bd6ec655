"""Names what lies in the spool for so long that it is not sent by itself any more."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from runyard_mlflow.settings import Settings
from runyard_mlflow.spool.age import begun, is_older, said_age
from runyard_mlflow.spool.left import Left, calls, leftovers, targets

log = logging.getLogger("runyard_mlflow")

# Seconds that the end of a process waits for the warning to be written.
MOST_WAITED = 2.0


class OldData:
    """Tells once for each spool; what a forked process inherits knows what was told."""

    def __init__(self) -> None:
        self._told: set[Path] = set()
        self._thread: threading.Thread | None = None

    def tell(self, settings: Settings) -> None:
        """Warn of old data in the spool, without keeping the caller."""
        if settings.spool in self._told:
            return
        self._told.add(settings.spool)
        found = old_in(settings.spool, settings.spool_days)
        if not found:
            return
        # Its calls are counted by reading all of it.
        self._thread = threading.Thread(target=_warn, args=(found, settings), name="runyard-old", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Let the warning be written before the process ends."""
        thread, self._thread = self._thread, None
        # In a forked process, the thread is not there.
        if thread is not None and thread.is_alive():
            thread.join(MOST_WAITED)


def old_in(spool: Path, days: float) -> list[Left]:
    """What ended processes left that began more than so many days ago."""
    return [left for _, target in targets(spool) for left in leftovers(target) if is_older(left.folder, days)]


def _warn(found: list[Left], settings: Settings) -> None:
    oldest = min(found, key=lambda left: begun(left.folder))
    log.warning(
        "%d logged calls in %s are not sent by themselves any more: they are more than %g days old, the oldest %s. "
        "`runyard-sync --old` sends them, `runyard-sync --discard-older-than %g` removes them.",
        sum(map(calls, found)),
        settings.spool,
        settings.spool_days,
        said_age(oldest.folder),
        settings.spool_days,
    )
