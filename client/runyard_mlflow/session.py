"""What a process logs to one server: its producer, and the thread that sends."""

from __future__ import annotations

import atexit
import logging
import math
import multiprocessing
import os
import threading
import time
from multiprocessing.util import Finalize

from mlflow.exceptions import MlflowException

from runyard_mlflow.console.captured import Captured
from runyard_mlflow.console.log import ConsoleLog
from runyard_mlflow.console.sending import ConsoleSender
from runyard_mlflow.credentials import credentials_of
from runyard_mlflow.sender import Sender
from runyard_mlflow.settings import Settings, read_settings
from runyard_mlflow.spool.left import leftovers, name_target, send_console, send_left, target_folder
from runyard_mlflow.spool.producer import Lost, Producer
from runyard_mlflow.transport import Away, Refusal, TooLarge, Transport

log = logging.getLogger("runyard_mlflow")

# Seconds after which a server that could not be reached is asked again, where nothing is to be sent.
PROBE_SECONDS = 15.0


class Session:
    """One process's logging to one server."""

    def __init__(self, server: str, settings: Settings) -> None:
        self.server = server
        self.settings = settings
        folder = target_folder(settings.spool, server)
        name_target(folder, server)
        self.producer = Producer(folder, settings.spool_bytes)
        self.transport = Transport(credentials_of(server), settings.request_seconds)
        self.sender = Sender(self.producer, self.transport, server, settings.offline, self._send_leftovers)
        self._probed = -math.inf
        self.console = ConsoleSender(self._console_transport, self._send_earlier)
        # Held by the thread that sends what others left: where their output goes in a file is asked once.
        self._leftovers = threading.Lock()

    def _console_transport(self) -> Transport:
        # Of its own: what is logged must not wait for a large piece of output.
        return Transport(credentials_of(self.server), self.settings.request_seconds)

    def _send_earlier(self, log: ConsoleLog) -> None:
        """Send what ended processes left for the file of a log: it comes before."""
        if log.offset is not None:
            return
        transport = self._console_transport()
        with self._leftovers:
            for left in leftovers(self.producer.folder.parent):
                send_console(left, transport, None, (log.run_id, log.artifact))

    def _send_leftovers(self) -> None:
        """Send what processes left that were killed, or ended while the server was away."""
        for left in leftovers(self.producer.folder.parent):
            try:
                with self._leftovers:
                    send_left(left, self.transport)
            except (Away, TooLarge, OSError) as error:
                log.debug("%s is left for later: %s", left.folder, error)

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
            try:
                self.transport.reach()
            except Away as error:
                sender.gone(str(error))
            except MlflowException:
                # It answers: that there is no such experiment.
                sender.back()
            else:
                sender.back()
            self._probed = time.monotonic()
        return sender.away_since is None

    def stored(self, number: int) -> bool:
        """Wait until a frame is on the server; False, soon, when the server can't be reached."""
        return self.sender.wait(number, self.settings.drain_seconds)

    def drain(self, number: int | None = None) -> bool:
        """Wait until a frame, or all that was logged, is on the server, within the bounds of the settings."""
        last = self.producer.last if number is None else number
        return self.sender.wait(last, self.settings.drain_seconds, self.settings.away_seconds)

    def refusal(self, number: int) -> Refusal | None:
        """Why the server refused a frame, if it did."""
        return self.sender.refusal(number)

    def close(self) -> None:
        """Send what is left, within the bounds, and say what could not be sent."""
        sent = self.drain()
        output = self.console.finish(self.settings.drain_seconds if sent else 0.0)
        self.console.close()
        self.sender.close()
        refused = self.sender.send_kept() if sent else 0
        left = self.producer.last - self.sender.sent
        self.producer.close()
        if output:
            log.warning(
                "%d bytes of the console are not on %s yet. They are safe in %s; `runyard-sync` sends them.",
                output,
                self.server,
                self.producer.folder,
            )
        if not sent:
            log.warning(
                "%d logged calls are not on %s yet. They are safe in %s; `runyard-sync` sends them.",
                left,
                self.server,
                self.producer.folder,
            )
        elif refused:
            log.warning(
                "%d logged calls belong to runs that %s does not have yet. They are safe in %s; "
                "`runyard-sync` sends them.",
                refused,
                self.server,
                self.producer.folder,
            )


class Sessions:
    """The sessions of this process, by server: mlflow makes several stores for one address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Session] = {}
        self.captured = Captured()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def get(self, server: str) -> Session:
        """The session for a server, opened at the first call."""
        found = self._open.get(server)
        if found is not None:
            return found
        with self._lock:
            if server not in self._open:
                self._open[server] = Session(server, read_settings())
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

    def _forget(self) -> None:
        # A forked process: the parent's thread and numbers are not its own.
        self._lock = threading.Lock()
        self._open = {}
        self.captured.forget()


SESSIONS = Sessions()
# Early: mlflow ends the active run when the interpreter exits, and what was registered first is called last.
atexit.register(SESSIONS.close)
