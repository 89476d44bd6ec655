"""One node of a job from its order to its end."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from typing import TypeVar

from runyard.errors import RunyardError
from runyard.job_entities import CANCELED, COMPLETED, FAILED, FINALIZING, PREPARING, RUNNING, NodeState
from runyard.jobs.environments import Built, ensure
from runyard.jobs.link import Away, Link, Refused, patiently
from runyard.jobs.processes import end_marked, started
from runyard.jobs.snapshot import extract_tar
from runyard.jobs.spec.expressions import substitute
from runyard.jobs.spec.mapping import EnvironmentNotMapped, EnvironmentPlan, map_environment
from runyard.jobs.supervisor import order as files
from runyard.jobs.supervisor.artifacts import files_below, upload
from runyard.jobs.supervisor.data import Data, bring
from runyard.jobs.supervisor.logs import LogSender
from runyard.jobs.supervisor.order import Order, Status, read_order, read_status, read_stop
from runyard.jobs.supervisor.processes import Processes
from runyard.jobs.supervisor.ranks import Places, ranks_of, variables

log = logging.getLogger("runyard.jobs.supervisor")
T = TypeVar("T")

PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)
BEAT_SECONDS = 1.0
SYNC_SECONDS = 600.0


class Stopped(Exception):
    """Somebody wants the node's end."""


class Failed(Exception):
    """It can't go on: a word and a sentence."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason, self.message = reason, message


class Node:
    """The supervisor's work; everything lies below `folder`."""

    def __init__(self, folder: Path, inherited: Mapping[str, str]) -> None:
        self.folder = folder
        self.order: Order = read_order(folder)
        self._inherited = inherited
        before = read_status(folder)
        self._was_running = before is not None and before.has_begun
        self._status = Status(
            os.getpid(),
            started(os.getpid()),
            NodeState(self.order.node, PREPARING, os.uname().nodename, os.getpid()),
        )
        if before is not None:
            self._status.node.ranks = before.node.ranks
            self._status.has_begun = before.has_begun
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._link = Link(self._address, self.order.token)
        self._data: Data | None = None
        self._plugin = False
        self._python = Path(sys.executable)

    def _address(self) -> str:
        """The server's, which a runner writes down when it has another one than before."""
        with suppress(OSError):
            return (self.folder.parents[3] / files.SERVER).read_text()
        return self.order.address

    def run(self) -> None:
        """Do all of it; what goes wrong is in the status at the end, and nothing is raised."""
        signal.signal(signal.SIGTERM, lambda *_: self._stop.set())
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._say(PREPARING)
        self._open_logs()
        sender = LogSender(
            self.folder / "logs", self.order.prefix, self.order.name, Link(self._address, self.order.token)
        )
        beats = threading.Thread(target=self._beat, name="runyard-beat", daemon=True)
        beats.start()
        reason, message = self._work()
        state = COMPLETED if not reason else CANCELED if reason in ("canceled", "timeout") else FAILED
        with self._lock:
            self._status.node.reason, self._status.node.message = reason, message
        # Others of the job are told of it while this one sends what it has.
        self._say(FINALIZING)
        if self._status.has_begun:
            self._finalize()
        log.info("The node has ended: %s. %s", state, message)
        sender.finish()
        self._say(state)

    def _work(self) -> tuple[str, str]:
        try:
            if self._was_running:
                end_marked(self.order.mark)
                raise Failed(
                    "supervisor",
                    "Its supervisor was killed; the processes were ended, and what they wrote is kept.",
                )
            self._prepare()
            return self._run_ranks()
        except Stopped:
            return self._stop_reason()
        except Failed as failed:
            log.error("%s", failed.message)
            return failed.reason, failed.message
        except Exception as error:  # the node's boundary: whatever it is, the job must end and say so
            log.exception("The supervisor failed")
            return "supervisor", f"The supervisor failed: {error}"

    def _stop_reason(self) -> tuple[str, str]:
        stop = read_stop(self.folder)
        return (
            ("canceled", "Its supervisor was told to end.") if stop is None else (stop.reason, stop.message)
        )

    # Preparing

    def _prepare(self) -> None:
        for line in self.order.history:
            logging.getLogger("runyard.jobs.queue").info("%s", line)
        self._staged("snapshot", self._fetch_code)
        built = self._staged("environment", self._build)
        self._data = self._staged("data", lambda: bring(self.order.job, self.folder, self._link))
        self._python, self._plugin = built

    def _staged(self, stage: str, work: Callable[[], T]) -> T:
        """Do one stage; what it raises is the job's end. While the server is away it waits."""
        began = time.monotonic()
        try:
            found = patiently(work, chain(PAUSES, repeat(PAUSES[-1])), self._check_stop)
        except (RunyardError, OSError, subprocess.SubprocessError, tarfile.TarError) as error:
            logging.getLogger(f"runyard.jobs.{stage}").error("%s", error)
            raise Failed(stage, f"{_FAILURES[stage]}: {error}") from error
        logging.getLogger(f"runyard.jobs.{stage}").info("Done after %.2f seconds.", time.monotonic() - began)
        self._check_stop()
        return found

    def _check_stop(self) -> bool:
        if self._stop.is_set():
            raise Stopped
        return False

    def _fetch_code(self) -> None:
        code = self.folder / "code"
        # Of an attempt that did not get to its end.
        shutil.rmtree(code, ignore_errors=True)
        code.mkdir()
        if self.order.snapshot is None:
            logging.getLogger("runyard.jobs.snapshot").info(
                "The job has no code: its command runs in an empty folder."
            )
            return
        path = f"/api/2.0/runyard/snapshots/{self.order.snapshot}"
        with self._link.open("GET", path) as answer:
            extract_tar(answer, code)
        logging.getLogger("runyard.jobs.snapshot").info("The code is snapshot %s.", self.order.snapshot)

    def _build(self) -> tuple[Path, bool]:
        """The interpreter, and whether the plugin is there."""
        stage = logging.getLogger("runyard.jobs.environment")
        plan: EnvironmentPlan = map_environment(self.order.job.task.environment)
        for decision in plan.decisions:
            if decision.is_guess and self.order.strict:
                raise EnvironmentNotMapped(f"{decision.message} The runner is strict: it does not guess.")
            stage.log(logging.WARNING if decision.is_guess else logging.INFO, "%s", decision.message)
        if plan.uses_current:
            return Path(sys.executable), has_plugin()
        path = self.folder / "logs" / "azureml-logs" / "20_image_build_log.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            built: Built = ensure(
                Path(self.order.environments),
                plan.python,
                plan.requirements,
                file,
                uv=None if self.order.uv is None else Path(self.order.uv),
                # Files of the hosted service name versions of Python that few machines have any more.
                lenient_python=not self.order.strict,
            )
        stage.info("The environment is %s%s.", built.key[:16], ", built before" if built.was_cached else "")
        return built.python, built.has_plugin

    # Running

    def _run_ranks(self) -> tuple[str, str]:
        order, task = self.order, self.order.job.task
        assert self._data is not None
        values = self._data.expressions() | {f"search_space.{k}": v for k, v in order.search_space.items()}
        command = substitute(task.command, values)
        own = {name: substitute(value, values) for name, value in task.environment_variables.items()}
        for name in ("spool", "tmp"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        code = self.folder / "code"
        for name in ("outputs", "logs"):
            (code / name).mkdir(exist_ok=True)
        places = Places(code, self.folder / "spool", self.folder / "tmp", self._python.parent, self._plugin)
        told = variables(order, self._inherited, places, self._data.variables(), own)
        self._processes = Processes(ranks_of(order), order.mark, order.grace_seconds, self._changed)
        log.info("The command: %s", command)
        with self._lock:
            self._status.has_begun = True
            self._status.node.ranks = self._processes.states
        self._say(RUNNING)
        try:
            self._processes.start(command, code, self.folder / "logs" / "user_logs", told)
        except OSError as error:
            self._processes.ending.say("supervisor", f"The command can't be started: {error}")
        limit = order.job.timeout
        deadline = None if limit is None else time.monotonic() + limit
        self._processes.wait(self._stopped, deadline, task.resources.memory_bytes)
        return self._processes.ending.reason, self._processes.ending.message

    def _stopped(self) -> bool:
        if self._stop.is_set():
            self._processes.ending.say(*self._stop_reason())
            return True
        return False

    def _changed(self) -> None:
        self._say(self._status.node.state)

    # Finalizing

    def _finalize(self) -> None:
        """Send what the processes wrote and logged; what can't be sent is in the log."""
        code = self.folder / "code"
        prefix = self.order.prefix
        for name in ("outputs", "logs"):
            self._upload(code / name, f"{prefix}{name}")
        outputs = self.order.job.outputs
        for name, given in outputs.items():
            self._upload(self.folder / "outputs" / name, f"{prefix}named-outputs/{name}", given.path)
        self._drain()

    def _upload(self, source: Path, name: str, path: str | None = None) -> None:
        if not source.is_dir():
            return
        count = size = 0
        for file, relative in files_below(source):
            with suppress(FileNotFoundError):
                size += file.stat().st_size
                self._put(file, f"{name}/{relative}")
                count += 1
        if count:
            log.info("%d files of %s, %d bytes, are artifacts now.", count, name, size)

    def _put(self, file: Path, name: str) -> None:
        def put() -> None:
            upload(self._link, self.order.artifact_uri, file, name)

        try:
            patiently(put, chain(PAUSES, repeat(PAUSES[-1])))
        except (Refused, OSError) as error:
            log.error("%s is not kept: %s", name, error)

    def _drain(self) -> None:
        """Send what processes logged and could not send: they were killed, or the server was away."""
        spool = self.folder / "spool"
        if not self._plugin or not any(path.is_file() for path in spool.rglob("*")):
            return
        call = "from runyard_mlflow.command import main; main()"
        program = [str(self._python), "-c", call, "--server", self._address(), str(spool)]
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            done = subprocess.run(
                program,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=SYNC_SECONDS,
                env={**self._inherited, "RUNYARD_SPOOL": str(spool)},
                check=False,
            )
            if done.returncode == 0 or not self._is_away():
                log.info("What the processes logged is sent. %s", (done.stdout + done.stderr).strip()[-500:])
                if done.returncode:
                    log.error("Some of it was refused; it stays in %s.", spool)
                return
            time.sleep(pause)

    def _is_away(self) -> bool:
        try:
            self._link.send("GET", "/health")
        except Away:
            return True
        except Refused:
            return False
        return False

    # Saying how it is

    def _say(self, state: str) -> None:
        with self._lock:
            self._status.node.state = state
            files.write(self.folder / files.STATUS, self._status)

    def _beat(self) -> None:
        """Show that it lives."""
        while True:
            time.sleep(BEAT_SECONDS)
            with suppress(OSError):
                os.utime(self.folder / files.STATUS)

    def _open_logs(self) -> None:
        folder = self.folder / "logs" / "system_logs"
        folder.mkdir(parents=True, exist_ok=True)
        form = logging.Formatter("%(asctime)s %(levelname)s %(message)s")
        form.default_msec_format = "%s.%03d"
        stages = ("queue", "snapshot", "environment", "data", "supervisor")
        for stage in stages:
            handler = logging.FileHandler(folder / f"{stage}.log", delay=True)
            handler.setFormatter(form)
            logger = logging.getLogger(f"runyard.jobs.{stage}")
            logger.setLevel(logging.INFO)
            logger.propagate = False
            logger.addHandler(handler)


_FAILURES = {
    "snapshot": "The code could not be fetched",
    "environment": "The environment could not be made",
    "data": "The inputs could not be brought",
}


def has_plugin() -> bool:
    """Whether this Python has the client's plugin and mlflow."""
    from importlib.util import find_spec

    return find_spec("runyard_mlflow") is not None and find_spec("mlflow") is not None
