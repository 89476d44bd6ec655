"""Which run the output of this process goes to."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from runyard_mlflow.console.capture import Capture
from runyard_mlflow.console.log import new_log
from runyard_mlflow.console.rank import artifact_of
from runyard_mlflow.settings import rank_and_processes

if TYPE_CHECKING:
    from runyard_mlflow.session import Session

log = logging.getLogger("runyard_mlflow")

# Seconds that the end of a run waits for the helper to have all that was written.
STOP_SECONDS = 10.0
# Between two looks whether the helper lives: without it, writing stalls when the pipe is full.
WATCH_SECONDS = 0.5


class Captured:
    """At most one run of a process, as it has one stdout; a forked process has its parent's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._capture: Capture | None = None
        self._session: Session | None = None
        # Whether its run has ended, but an exception is on its way to stderr.
        self._lingers = False
        self._inherited = False
        self._count = 0

    def begin(self, session: Session, run_id: str, is_new: bool, is_given: bool) -> None:
        """A run begins: capture it, if that is wanted and none is.

        `is_new`: this process has made it, so that nothing is in its file; `is_given`: somebody has made it for this
        process.
        """
        wanted = session.settings.console
        if wanted == "false" or (wanted == "auto" and (not is_given or "ipykernel" in sys.modules)):
            return
        with self._lock:
            if self._lingers:
                self._stop()
            if self._capture is not None or self._inherited:
                return
            try:
                self._start(session, run_id, is_new)
            except (OSError, ValueError, subprocess.SubprocessError) as error:
                log.warning("The console of run %s is not kept: %s", run_id, error)

    def _start(self, session: Session, run_id: str, is_new: bool) -> None:
        self._count += 1
        found = new_log(
            session.producer.folder,
            self._count,
            run_id,
            artifact_of(*rank_and_processes()),
            offset=0 if is_new else None,
            sends=not session.settings.offline,
        )
        capture = Capture(found, session.settings.spool_bytes)
        self._capture, self._session = capture, session
        threading.Thread(target=self._watch, args=(capture,), name="runyard-tee", daemon=True).start()
        if not session.settings.offline:
            session.console.add(found)

    def run_ended(self, run_id: str) -> None:
        """A run has ended: so does its capture, unless an exception ended it, whose traceback comes later."""
        with self._lock:
            if self._capture is None or self._capture.log.run_id != run_id:
                return
            if sys.exc_info()[0] is not None:
                self._lingers = True
                return
            session = self._session
            self._stop()
        if session is not None and session.sender.away_since is None:
            session.console.finish(session.settings.drain_seconds)

    def end(self) -> None:
        """End what is captured; it is sent by its session."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        capture, self._capture, self._session, self._lingers = self._capture, None, None, False
        if capture is not None:
            try:
                capture.stop(STOP_SECONDS)
            except (OSError, ValueError) as error:
                # A script may have closed or replaced what was led elsewhere.
                log.debug("The capture of run %s ended: %s", capture.log.run_id, error)

    def _watch(self, capture: Capture) -> None:
        """Replace a helper that died. On a thread of its own: the one that sends may wait for the server."""
        while True:
            time.sleep(WATCH_SECONDS)
            with self._lock:
                if self._capture is not capture:
                    return
                if capture.tend():
                    continue
                capture.abandon()
                self._capture = self._session = None
                self._lingers = False
            log.warning("The console is not kept any more: its helper ends again and again.")
            return

    def forget(self) -> None:
        """In a forked process: what it writes is its parent's."""
        self._lock = threading.Lock()
        if self._capture is not None:
            self._inherited = True
            self._capture.forget()
            self._capture = self._session = None
