"""What a process logs to one server: its producer, and the thread that sends."""

from __future__ import annotations

import atexit
import contextlib
import logging
import math
import multiprocessing
import os
import threading
import time
from multiprocessing.util import Finalize
from pathlib import Path

from mlflow.exceptions import MlflowException

from runyard_mlflow.address import folder_of, parts_of
from runyard_mlflow.artifacts.exchange import Exchange
from runyard_mlflow.console.captured import Captured
from runyard_mlflow.console.log import ConsoleLog
from runyard_mlflow.console.sending import ConsoleSender
from runyard_mlflow.credentials import credentials_of
from runyard_mlflow.local import FolderTransport
from runyard_mlflow.old import OldData
from runyard_mlflow.sender import Sender
from runyard_mlflow.settings import Settings, read_settings
from runyard_mlflow.spool.age import is_older
from runyard_mlflow.spool.left import (
    HERE,
    SPOOL,
    leftovers,
    name_target,
    send_console,
    send_left,
    target_folder,
)
from runyard_mlflow.spool.producer import Lost, Producer
from runyard_mlflow.transport import Away, Refusal, Transport

log = logging.getLogger("runyard_mlflow")

# Seconds after which a server that could not be reached is asked again, where nothing is to be sent.
PROBE_SECONDS = 15.0


class Session:
    """One process's logging to one server, whose address may name a workspace."""

    def __init__(self, server: str, settings: Settings) -> None:
        self.server = server
        self.settings = settings
        self._folder = folder_of(server)
        self.transport = transport_to(server, settings)
        self._check_workspace()
        folder = spool_for(server, settings)
        self.producer = Producer(folder, settings.spool_bytes)
        self.sender = Sender(self.producer, self.transport, server, settings.offline, self._send_leftovers)
        # Connections of its own: those of the frames must not wait for a file.
        files = self.transport if folder_of(server) is not None else transport_to(server, settings)
        self.files = Exchange(server, settings, files, self.producer, self.sender, self.answers)
        self._probed = -math.inf
        self.console = ConsoleSender(self._console_transport, self._send_earlier)
        # Held by the thread that sends what others left: where their output goes in a file is asked once.
        self._leftovers = threading.Lock()

    def _console_transport(self) -> Transport:
        # Of its own: what is logged must not wait for a large piece of output.
        return self.transport if self._folder is not None else transport_to(self.server, self.settings)

    def _send_earlier(self, log: ConsoleLog) -> None:
        """Send what ended processes left for the file of a log: it comes before."""
        if log.offset is not None:
            return
        transport = self._console_transport()
        with self._leftovers:
            for left in leftovers(self.producer.folder.parent):
                send_console(left, transport, None, (log.run_id, log.artifact))

    def _check_workspace(self) -> None:
        if not self.settings.offline:
            with contextlib.suppress(Away):
                self.transport.check_workspace()

    def _send_leftovers(self) -> None:
        """Send what processes left that were killed, or ended while the server was away."""
        for left in leftovers(self.producer.folder.parent):
            if is_older(left.folder, self.settings.spool_days):
                # It is named, and waits for `runyard-sync --old`.
                continue
            try:
                with self._leftovers:
                    send_left(left, self.transport)
            except (Away, OSError) as error:
                log.debug("%s is left for later: %s", left.folder, error)
            else:
                self.files.adopt(left)

    def log(self, frame: bytes) -> int:
        """Write a frame into the spool; its number, or 0 when the spool is full."""
        try:
            number = self.producer.add(frame)
        except Lost:
            return 0
        self.sender.notice()
        return number

    def answers(self) -> bool:
        """Whether the server can be reached, as far as is known; it is asked only where nothing is known."""
        sender = self.sender
        if self.settings.offline:
            return False
        if sender.answered and sender.away_since is None:
            return True
        # The sender tries as long as there is something to send.
        if sender.sent == self.producer.last and time.monotonic() - self._probed > PROBE_SECONDS:
            self._probe()
        return sender.away_since is None

    def reaches(self) -> bool:
        """Whether the server can be reached now: it is asked, unless it is known to be away."""
        if self.answers():
            self._probe()
        return self.sender.away_since is None and not self.settings.offline

    def _probe(self) -> None:
        try:
            self.transport.reach()
        except Away as error:
            self.sender.gone(str(error))
        except MlflowException:
            # It answers: that there is no such experiment.
            self.sender.back()
        else:
            self.sender.back()
        self._probed = time.monotonic()

    def stored(self, number: int) -> bool:
        """Wait until a frame is on the server; False, soon, when the server can't be reached."""
        return self.sender.wait(number, self.settings.drain_seconds)

    def drain(self, number: int | None = None) -> bool:
        """Wait until a frame, or all that was logged, is on the server, within the bounds of the settings."""
        began = time.monotonic()
        last = self.producer.last if number is None else number
        sent = self.sender.wait(last, self.settings.drain_seconds, self.settings.away_seconds)
        return sent if number is not None else self.files.drain(began) and sent

    def flush(self) -> None:
        """The same for all that was logged; says what is not on the server then."""
        if not self.drain() and self.files.count:
            log.warning(
                "%d artifacts are not on %s yet. They are kept in %s and sent when it answers.",
                self.files.count,
                self.server,
                self.producer.folder,
            )

    def end_run(self) -> None:
        """Drain at the end of a run; while the server is away, at most what is left of an outage's bound."""
        away_since = self.sender.away_since
        away = 0.0 if away_since is None else time.monotonic() - away_since
        seconds = max(0.0, self.settings.away_seconds - away)
        self.sender.wait(self.producer.last, self.settings.drain_seconds, seconds)

    def refusal(self, number: int) -> Refusal | None:
        """Why the server refused a frame, if it did."""
        return self.sender.refusal(number)

    def close(self) -> None:
        """Send what is left, within the bounds, and say what could not be sent."""
        # Who interrupts the wait is told all the same where what is left lies.
        output = 0
        with contextlib.suppress(KeyboardInterrupt):
            sent = self.drain()
            output = self.console.finish(self.settings.drain_seconds if sent else 0.0)
        self.console.close()
        self.files.close()
        self.sender.close()
        left = self.producer.last - self.sender.sent
        sent = left == 0
        refused = self.sender.send_kept() if sent else 0
        lost = self.producer.close()
        self.transport.close()
        if lost:
            log.error(
                "%d logged calls were in memory alone and are lost: %s can't be reached.", lost, self.server
            )
            left -= lost
        if output:
            log.warning(
                "%d bytes of the console are not on %s yet. They are safe in %s; `%s` sends them.",
                output,
                self.server,
                self.producer.folder,
                self._sync(),
            )
        if not sent and left > 0:
            log.warning(
                "%d logged calls are not on %s yet. They are safe in %s; `%s` sends them.",
                left,
                self.server,
                self.producer.folder,
                self._sync(),
            )
        elif refused:
            log.warning(
                "%d logged calls are not taken by %s yet: it does not have their runs, or they are too large. They are "
                "safe in %s; `%s` sends them.",
                refused,
                self.server,
                self.producer.folder,
                self._sync(),
            )
        if self.files.count:
            log.warning(
                "%d artifacts are not on %s yet. They are safe in %s; `%s` sends them.",
                self.files.count,
                self.server,
                self.producer.folder,
                self._sync(),
            )

    def _sync(self) -> str:
        return "runyard-sync" if self._folder is None else f"runyard-sync {self._folder}"


def transport_to(destination: str, settings: Settings) -> Transport:
    """What sends to a server, or into a folder; raises MlflowException where it can't be one."""
    folder = folder_of(destination)
    if folder is None:
        server, workspace = parts_of(destination)
        return Transport(credentials_of(server), settings.request_seconds, workspace)
    return FolderTransport(folder, settings)


def spool_for(server: str, settings: Settings) -> Path:
    """The folder for what goes to a server; what goes into a folder is in that folder's own spool."""
    folder = folder_of(server)
    target = target_folder(settings.spool, server) if folder is None else folder / SPOOL / HERE
    name_target(target, server if folder is None else HERE)
    return target


class Sessions:
    """The sessions of this process, by server: mlflow makes several stores for one address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Session] = {}
        self._old = OldData()
        self.captured = Captured()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._pause, after_in_parent=self._resume, after_in_child=self._forget)

    def get(self, server: str) -> Session:
        """The session for a server, opened at the first call."""
        found = self._open.get(server)
        if found is not None:
            return found
        with self._lock:
            if server not in self._open:
                self._open[server] = session = Session(server, read_settings())
                self._old.tell(session.settings)
                if multiprocessing.parent_process() is not None:
                    # Forked children end without the interpreter's exit.
                    Finalize(None, self.close, exitpriority=0)
            return self._open[server]

    def close(self) -> None:
        """Close all; what is logged afterwards opens them anew."""
        self.captured.end()
        with self._lock:
            found = list(self._open.values())
            self._open.clear()
        for session in found:
            session.close()
        self._old.wait()

    def _pause(self) -> None:
        # Until `_resume`, or `_forget` in the forked process, nothing is opened or closed.
        self._lock.acquire()
        for session in self._open.values():
            session.transport.pause()

    def _resume(self) -> None:
        for session in self._open.values():
            session.transport.resume()
        self._lock.release()

    def _forget(self) -> None:
        # A forked process: the parent's thread and numbers are not its own.
        self._lock = threading.Lock()
        self._open = {}
        self.captured.forget()


SESSIONS = Sessions()
# Early: mlflow ends the active run when the interpreter exits, and what was registered first is called last.
atexit.register(SESSIONS.close)
