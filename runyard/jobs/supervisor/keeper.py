"""What supervisors and controllers have in common: they say how they are, obey, keep their logs, and end."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

from runyard.job_entities import CANCELED, COMPLETED, FAILED, FINALIZING, PREPARING, NodeState
from runyard.jobs.link import Link
from runyard.jobs.processes import started
from runyard.jobs.supervisor import order as files
from runyard.jobs.supervisor.logs import LogSender
from runyard.jobs.supervisor.order import Status, read_status, read_stop

BEAT_SECONDS = 1.0


class Stopped(Exception):
    """Somebody wants its end."""


class Failed(Exception):
    """It can't go on: a word and a sentence."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason, self.message = reason, message


class Keeper:
    """Works in `folder`, RUNNER/jobs/JOB/TRY/NODE; one process does at a time."""

    # Names of its logs; the first is that of all that has none of its own.
    stages: tuple[str, ...] = ("supervisor",)

    def __init__(
        self, folder: Path, name: str, address: str, token: str, prefix: str = "", node: int = 0
    ) -> None:
        self.folder = folder
        self.name = name
        self._own_address = address
        self._token = token
        self._prefix = prefix
        self.before = read_status(folder)
        state = NodeState(node, PREPARING, os.uname().nodename, os.getpid())
        self.status = Status(os.getpid(), started(os.getpid()), state)
        if self.before is not None:
            self.status.node.ranks = self.before.node.ranks
            self.status.has_begun = self.before.has_begun
        self._lock = threading.Lock()
        self.stop = threading.Event()
        self.link = self.new_link()
        self.log = logging.getLogger(f"runyard.jobs.{self.stages[0]}")

    def new_link(self) -> Link:
        """A connection to the server, for one thread."""
        return Link(self.address, self._token)

    def address(self) -> str:
        """The server's, which a runner writes down when it has another one than before."""
        with suppress(OSError):
            return (self.folder.parents[3] / files.SERVER).read_text()
        return self._own_address

    def run(self) -> None:
        """Do all of it; what goes wrong is in the status at the end, and nothing is raised."""
        signal.signal(signal.SIGTERM, lambda *_: self.stop.set())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if read_stop(self.folder) is not None:
            self.stop.set()
        self.say(PREPARING)
        self._open_logs()
        sender = LogSender(self.folder / "logs", self._prefix, self.name, self.new_link())
        threading.Thread(target=self._beat, name="runyard-beat", daemon=True).start()
        reason, message = self._work()
        state = COMPLETED if not reason else CANCELED if reason in ("canceled", "timeout") else FAILED
        # Others of the job are told of it while this one sends what it has.
        self.say(FINALIZING, reason, message)
        self.finish()
        self.log.info("It has ended: %s. %s", state, message)
        sender.finish()
        self.say(state, reason, message)

    def _work(self) -> tuple[str, str]:
        try:
            return self.work()
        except Stopped:
            return self.stop_reason()
        except Failed as failed:
            self.log.error("%s", failed.message)
            return failed.reason, failed.message
        except Exception as error:  # the process's boundary: whatever it is, the job must end and say so
            self.log.exception("This failed")
            return self.stages[0], f"The {self.stages[0]} failed: {error}"

    def work(self) -> tuple[str, str]:
        """Do the work; a word and a sentence on what went wrong, both empty when nothing did."""
        raise NotImplementedError

    def abandon(self) -> None:
        """End what was started: the folder is gone."""

    def finish(self) -> None:
        """What is left to do when the work has ended, however it did."""

    def stop_reason(self) -> tuple[str, str]:
        """Why it is to end."""
        stop = read_stop(self.folder)
        return ("canceled", "It was told to end.") if stop is None else (stop.reason, stop.message)

    def check_stop(self) -> bool:
        """Raise Stopped when it is to end."""
        if self.stop.is_set():
            raise Stopped
        return False

    def say(self, state: str, reason: str = "", message: str = "") -> None:
        """Write down how it is."""
        with self._lock:
            node = self.status.node
            node.state, node.reason, node.message = state, reason, message
            files.write(self.folder / files.STATUS, self.status)

    def _beat(self) -> None:
        """Show that it lives."""
        while True:
            time.sleep(BEAT_SECONDS)
            try:
                os.utime(self.folder / files.STATUS)
            except OSError:
                if not self.folder.exists():
                    # The workspace was deleted: nobody will ever ask for it.
                    self.abandon()
                    os._exit(1)

    def _open_logs(self) -> None:
        folder = self.folder / "logs" / "system_logs"
        folder.mkdir(parents=True, exist_ok=True)
        form = logging.Formatter("%(asctime)s %(levelname)s %(message)s")
        form.default_msec_format = "%s.%03d"
        for stage in self.stages:
            handler = logging.FileHandler(folder / f"{stage}.log", delay=True)
            handler.setFormatter(form)
            logger = logging.getLogger(f"runyard.jobs.{stage}")
            logger.setLevel(logging.INFO)
            logger.propagate = False
            logger.addHandler(handler)
