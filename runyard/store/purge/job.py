"""Purges in the background: one at a time in a folder, whoever asked may leave."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from runyard.errors import InvalidState, RunyardError
from runyard.store.purge import rows, state
from runyard.store.purge.state import Progress

if TYPE_CHECKING:
    from runyard.store.purge.plan import Choice
    from runyard.store.store import Store

log = logging.getLogger("runyard.purge")

# How often the file is written that other processes read.
TELL_SECONDS = 0.25
_BUSY = "The trash is being emptied already; wait until that is done."


class PurgeJob:
    """Starts purges of one store and says how they go; owns their thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._path = store.folder / "purge.json"
        # Held by the process that purges, so that there is one purge in a folder, and others see whether it lives.
        self._lock_path = store.folder / "purge.lock"
        self._turn = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._progress: Progress | None = None

    def start(self, choice: Choice) -> Progress:
        """Begin to purge what `choice` means; raises InvalidState while another purge runs."""
        progress = Progress(started=time.time_ns() // 1_000_000)
        self._launch(progress, lambda: self._purge(progress, choice))
        return msgspec.structs.replace(progress)

    def finish_begun(self) -> bool:
        """Finish in the background what an ended process began, if there is any and nobody does it already."""
        if not (self._store.read(rows.run_tombs, 1) or self._store.read(rows.model_tombs, 1)):
            return False
        try:
            self._launch(None, self._finish)
        except InvalidState:
            return False
        return True

    def run(self, choice: Choice, tell: Callable[[Progress], None]) -> Progress:
        """Purge on the calling thread, without pauses; `tell` hears how it goes."""
        from runyard.store.purge.engine import Engine

        progress = Progress(started=time.time_ns() // 1_000_000)
        lock = self._take_lock()
        try:
            Engine(self._store, progress, lambda: tell(progress), self._stop, pause=False).purge(choice)
        finally:
            os.close(lock)
        progress.status = "done"
        return progress

    def progress(self) -> Progress | None:
        """How the purge goes that runs, or how the last one went; None when there never was one."""
        if self._progress is not None and self._progress.status == "running":
            return msgspec.structs.replace(self._progress)
        found = state.read(self._path)
        if found is not None and found.status == "running" and not self._is_locked():
            found.status = "interrupted"
        return found

    def wait(self) -> None:
        """Wait until nothing is being purged by this process."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def close(self) -> None:
        """Stop; what was begun is finished at the next start."""
        self._stop.set()
        self.wait()

    def _launch(self, progress: Progress | None, work: Callable[[], None]) -> None:
        with self._turn:
            lock = self._take_lock()

            def run() -> None:
                try:
                    work()
                finally:
                    self._store.end_session()
                    os.close(lock)

            self._progress = progress
            if progress is not None:
                state.write(self._path, progress)
            self._thread = threading.Thread(target=run, name="runyard-purge", daemon=True)
            self._thread.start()

    def _take_lock(self) -> int:
        handle = os.open(self._lock_path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise InvalidState(_BUSY) from None
        return handle

    def _is_locked(self) -> bool:
        try:
            os.close(self._take_lock())
        except InvalidState:
            return True
        return False

    def _purge(self, progress: Progress, choice: Choice) -> None:
        from runyard.store.purge.engine import Engine, Stopped

        told = time.monotonic()

        def tell() -> None:
            nonlocal told
            if time.monotonic() - told >= TELL_SECONDS:
                told = time.monotonic()
                state.write(self._path, progress)

        try:
            Engine(self._store, progress, tell, self._stop).purge(choice)
            progress.status = "done"
        except Stopped:
            progress.status = "interrupted"
        except Exception as error:  # a thread boundary: whoever asks is told
            progress.status = "failed"
            progress.error = error.message if isinstance(error, RunyardError) else str(error)
            log.exception("The trash could not be emptied")
        progress.ended = time.time_ns() // 1_000_000
        state.write(self._path, progress)

    def _finish(self) -> None:
        from runyard.store.purge.engine import Engine, Stopped

        progress = Progress(started=time.time_ns() // 1_000_000)
        try:
            Engine(self._store, progress, lambda: None, self._stop).finish()
            log.info("Finished purging what an ended process had begun")
        except Stopped:
            pass
        except Exception:  # a thread boundary; it is tried again at the next purge or start
            log.exception("What an ended process began to purge could not be finished")
