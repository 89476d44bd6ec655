"""One node of a job from its order to its end."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from runyard.errors import RunyardError
from runyard.job_entities import RUNNING
from runyard.jobs.environments import Built, ensure
from runyard.jobs.link import Away, Refused, patiently, pauses
from runyard.jobs.processes import end_marked
from runyard.jobs.snapshot import extract_tar
from runyard.jobs.spec.expressions import substitute
from runyard.jobs.spec.mapping import EnvironmentNotMapped, EnvironmentPlan, map_environment
from runyard.jobs.supervisor.artifacts import files_below, upload
from runyard.jobs.supervisor.data import Data, bring
from runyard.jobs.supervisor.keeper import Failed, Keeper
from runyard.jobs.supervisor.order import Order, read_order
from runyard.jobs.supervisor.processes import Processes
from runyard.jobs.supervisor.ranks import Places, ranks_of, variables

log = logging.getLogger("runyard.jobs.supervisor")
T = TypeVar("T")

SYNC_SECONDS = 600.0


class Node(Keeper):
    """The supervisor's work; everything lies below its folder."""

    stages = ("supervisor", "queue", "snapshot", "environment", "data")

    def __init__(self, folder: Path, inherited: Mapping[str, str]) -> None:
        self.order: Order = read_order(folder)
        order = self.order
        super().__init__(folder, order.name, order.address, order.token, order.prefix, order.node)
        self._inherited = inherited
        self._was_running = self.status.has_begun
        self._data: Data | None = None
        self._plugin = False
        self._python = Path(sys.executable)

    def work(self) -> tuple[str, str]:
        """Prepare, and run the processes."""
        if self._was_running:
            end_marked(self.order.mark)
            raise Failed(
                "supervisor",
                "Its supervisor was killed; the processes were ended, and what they wrote is kept.",
            )
        self._prepare()
        return self._run_ranks()

    def abandon(self) -> None:
        """End the processes."""
        end_marked(self.order.mark)

    # Preparing

    def _prepare(self) -> None:
        for line in self.order.history:
            logging.getLogger("runyard.jobs.queue").info("%s", line)
        self._staged("snapshot", self._fetch_code)
        built = self._staged("environment", self._build)
        self._data = self._staged("data", lambda: bring(self.order.job, self.folder, self.link))
        self._python, self._plugin = built

    def _staged(self, stage: str, work: Callable[[], T]) -> T:
        """Do one stage; what it raises is the job's end. While the server is away it waits."""
        began = time.monotonic()
        try:
            found = patiently(work, self.check_stop)
        except (RunyardError, OSError, subprocess.SubprocessError, tarfile.TarError) as error:
            logging.getLogger(f"runyard.jobs.{stage}").error("%s", error)
            raise Failed(stage, f"{_FAILURES[stage]}: {error}") from error
        logging.getLogger(f"runyard.jobs.{stage}").info("Done after %.2f seconds.", time.monotonic() - began)
        self.check_stop()
        return found

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
        with self.link.open("GET", path) as answer:
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
        self.status.has_begun = True
        self.status.node.ranks = self._processes.states
        self.say(RUNNING)
        try:
            self._processes.start(command, code, self.folder / "logs" / "user_logs", told)
        except OSError as error:
            self._processes.ending.say("supervisor", f"The command can't be started: {error}")
        limit = order.job.timeout
        deadline = None if limit is None else time.monotonic() + limit
        self._processes.wait(self._stopped, deadline, task.resources.memory_bytes)
        return self._processes.ending.reason, self._processes.ending.message

    def _stopped(self) -> bool:
        if self.stop.is_set():
            self._processes.ending.say(*self.stop_reason())
            return True
        return False

    def _changed(self) -> None:
        self.say(self.status.node.state)

    # Finalizing

    def finish(self) -> None:
        """Send what the processes wrote and logged; what can't be sent is in the log."""
        if not self.status.has_begun:
            return
        code = self.folder / "code"
        prefix = self.order.prefix
        for name in ("outputs", "logs"):
            self._upload(code / name, f"{prefix}{name}")
        for name in self.order.job.outputs:
            self._upload(self.folder / "outputs" / name, f"{prefix}named-outputs/{name}")
        self._drain()

    def _upload(self, source: Path, name: str) -> None:
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
            upload(self.link, self.order.artifact_uri, file, name)

        try:
            patiently(put)
        except (Refused, OSError) as error:
            log.error("%s is not kept: %s", name, error)

    def _drain(self) -> None:
        """Send what processes logged and could not send: they were killed, or the server was away."""
        spool = self.folder / "spool"
        if not self._plugin or not any(path.is_file() for path in spool.rglob("*")):
            return
        call = "from runyard_mlflow.command import main; main()"
        program = [str(self._python), "-c", call, "--server", self.address(), str(spool)]
        for pause in pauses():
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
            self.link.send("GET", "/health")
        except Away:
            return True
        except Refused:
            return False
        return False


_FAILURES = {
    "snapshot": "The code could not be fetched",
    "environment": "The environment could not be made",
    "data": "The inputs could not be brought",
}


def has_plugin() -> bool:
    """Whether this Python has the client's plugin and mlflow."""
    from importlib.util import find_spec

    return find_spec("runyard_mlflow") is not None and find_spec("mlflow") is not None
