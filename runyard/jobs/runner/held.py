"""One job that this runner holds: its folder, its nodes' supervisors, and what they say."""

from __future__ import annotations

import logging
import shutil
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

import msgspec

from runyard.job_entities import (
    CANCELED,
    COMPLETED,
    FAILED,
    FINAL,
    FINALIZING,
    NOT_RESPONDING,
    PREPARING,
    RUNNING,
    STARTING,
    JobInfo,
    JobReport,
    NodeState,
)
from runyard.jobs.alone import alone
from runyard.jobs.entities import SEARCH_SPACE_PREFIX, CommandJob, Job, decode
from runyard.jobs.nursery import Nursery
from runyard.jobs.processes import end_marked, is_alive, send, started
from runyard.jobs.supervisor import order as files
from runyard.jobs.supervisor.order import LOCK, Order, Status, Stop, read_status

log = logging.getLogger("runyard.jobs.runner")

HELD = "held.json"
# Seconds after which one that ended is not taken for one that ends again and again.
STEADY_SECONDS = 60.0
# Seconds after which a supervisor that says nothing is taken for hanging, and after which it is ended.
SILENT_SECONDS, HUNG_SECONDS = 60.0, 600.0
MOST_RESTARTS = 3
RETRIED = ("exit_code", "signal", "out_of_memory", "supervisor")


class Place(msgspec.Struct):
    """What is the same for all jobs of a runner."""

    folder: str
    address: str
    token: str
    environments: str
    grace_seconds: float
    strict: bool = False
    uv: str | None = None


class Holding(msgspec.Struct):
    """What is kept of a job, so that another process of this runner can go on."""

    info: JobInfo
    retry: int = 0
    gpus: list[int] = []
    history: list[str] = []
    cancel: bool = False


class NodeWatch:
    """The supervisor of one node of the try that is under way."""

    def __init__(self, folder: Path, index: int, nursery: Nursery) -> None:
        self._nursery = nursery
        self.folder = folder
        self.index = index
        self.state = NodeState(index, STARTING)
        self._seen = (0, 0)
        self._restarts = 0
        self._began = 0.0
        # The number and the start of the supervisor that was started here.
        self._process: tuple[int, str] | None = None
        self.silent = False

    def is_alive(self) -> bool:
        """Whether a supervisor holds the node's lock."""
        try:
            with alone(self.folder / LOCK) as is_free:
                return not is_free
        except FileNotFoundError:
            return False

    def start(self, module: str) -> None:
        """Start a supervisor, which belongs to nobody: it goes on when this process ends."""
        try:
            pid = self._nursery.start(module, self.folder)
        except OSError as error:
            log.error("%s can't be supervised: %s", self.folder, error)
            return
        self._process = pid, started(pid)
        self._began = time.monotonic()

    def look(self, module: str, mark: str) -> bool:
        """Read what the supervisor says, and start it where there is none; whether anything changed."""
        if self._process is not None and not is_alive(*self._process):
            self._process = None
            if time.monotonic() - self._began > STEADY_SECONDS:
                self._restarts = 0
        changed = self._read()
        if self.state.state in FINAL:
            return changed
        if self._process is None and not self.is_alive():
            # It may have written its last word in between.
            if self._read() and self.state.state in FINAL:
                return True
            if self._restarts > MOST_RESTARTS:
                end_marked(mark)
                self.state = msgspec.structs.replace(
                    self.state, state=FAILED, reason="supervisor", message=self._last_words()
                )
                return True
            self._restarts += 1
            self.start(module)
        return changed

    def _read(self) -> bool:
        try:
            status = (self.folder / files.STATUS).stat()
        except FileNotFoundError:
            return False
        age = time.time() - status.st_mtime
        self.silent = age > SILENT_SECONDS
        if age > HUNG_SECONDS:
            self.kill()
        seen = (status.st_mtime_ns, status.st_ino)
        if seen == self._seen:
            return False
        self._seen = seen
        found = read_status(self.folder)
        if found is None or found.node == self.state:
            return False
        self.state = found.node
        return True

    def _last_words(self) -> str:
        text = ""
        with suppress(OSError):
            text = (self.folder / "supervisor.err").read_text(errors="replace")[-500:].strip()
        return f"The supervisor of node {self.index} ended again and again. {text}"

    def stop(self, stop: Stop) -> None:
        """Ask for the node's end."""
        if not (self.folder / files.STOP).exists():
            files.write(self.folder / files.STOP, stop)
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End a supervisor that hangs; another one cleans up after it."""
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if (status := self._status()) is not None and self.is_alive():
            send([status.pid], number)

    def _status(self) -> Status | None:
        try:
            return read_status(self.folder)
        except (OSError, msgspec.DecodeError):
            return None


class Held:
    """A job of this runner."""

    def __init__(self, holding: Holding, place: Place, nursery: Nursery) -> None:
        self._nursery = nursery
        self.holding = holding
        self.place = place
        self.folder = Path(place.folder) / "jobs" / holding.info.name
        self.job: Job = decode(bytes(holding.info.job))
        self._nodes: list[NodeWatch] = []
        self._state = ""
        self._changed = True
        self.report: JobReport | None = None

    @property
    def name(self) -> str:
        """The job's."""
        return self.holding.info.name

    @property
    def count(self) -> int:
        """How many nodes it has."""
        return self.job.task.resources.instance_count if isinstance(self.job, CommandJob) else 1

    @property
    def module(self) -> str:
        """The program of its supervisors."""
        return "runyard.jobs.supervisor" if isinstance(self.job, CommandJob) else "runyard.jobs.controller"

    def save(self) -> None:
        """Write down that it is held: from now on another process of this runner goes on with it."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.write(self.folder / HELD, self.holding)

    def begin(self) -> None:
        """Give the orders of the try that is under way, unless they are given, and look after its supervisors."""
        tried = self.folder / f"try-{self.holding.retry}"
        port = 0
        for index in range(self.count):
            folder = tried / f"node-{index}"
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not (folder / files.ORDER).exists():
                port = port or _free_port()
                files.write(folder / files.ORDER, self._order(index, port))
            self._nodes.append(NodeWatch(folder, index, self._nursery))
        if self.holding.cancel:
            self.cancel()
        self.look()

    def _order(self, index: int, port: int) -> Order | dict[str, object]:
        info, place = self.holding.info, self.place
        common = {
            "name": info.name,
            "address": place.address,
            "token": place.token,
            "retry": self.holding.retry,
        }
        if not isinstance(self.job, CommandJob):
            return {**common, "job": self.job, "info": info, "history": self.holding.history}
        return Order(
            **common,  # type: ignore[arg-type]  # each has the field's type
            node=index,
            nodes=self.count,
            artifact_uri=info.artifact_uri,
            experiment_id=info.experiment_id,
            experiment_name=info.experiment_name,
            job=self.job,
            snapshot=info.snapshot,
            environments=place.environments,
            uv=place.uv,
            master_port=port,
            gpus=self._gpus(index),
            grace_seconds=place.grace_seconds,
            strict=place.strict,
            search_space=self._search_space(),
            history=self.holding.history if index == 0 else [],
        )

    def _gpus(self, index: int) -> list[int] | None:
        gpus = self.holding.gpus
        if not gpus:
            return None
        each = len(gpus) // self.count
        return gpus[index * each : (index + 1) * each]

    def _search_space(self) -> dict[str, str]:
        return {
            key.removeprefix(SEARCH_SPACE_PREFIX): value
            for key, value in self.job.properties.items()
            if key.startswith(SEARCH_SPACE_PREFIX)
        }

    def cancel(self) -> None:
        """End it, because somebody wants it."""
        if not self.holding.cancel:
            self.holding.cancel = True
            self.save()
        self._stop_all(Stop("canceled", "Canceled on request."))

    def abandon(self) -> None:
        """End all at once: the server has given the job up."""
        self._stop_all(Stop("canceled", "The server does not count it as this runner's any more."))

    def _stop_all(self, stop: Stop, but: int | None = None) -> None:
        for node in self._nodes:
            if node.index != but and node.state.state not in FINAL:
                node.stop(stop)

    def look(self) -> None:
        """See how the nodes are, and make a report of it when something has changed."""
        for node in self._nodes:
            mark = f"{self.name}/{self.holding.retry}/{node.index}"
            self._changed |= node.look(self.module, mark)
        states = [node.state for node in self._nodes]
        failed = next((state for state in states if state.reason and state.reason != "peer"), None)
        if failed is not None:
            self._stop_all(
                Stop("peer", f"Node {failed.index} ended before: {failed.message}"), but=failed.index
            )
        state = self._told(states)
        if state in FINAL:
            self._end(state, failed)
        elif state != self._state or self._changed:
            message = "A supervisor says nothing; it may hang." if state == NOT_RESPONDING else ""
            self._state, self._changed = state, False
            self.report = self._say(state, "", message, states)

    def _say(self, state: str, reason: str, message: str, states: list[NodeState]) -> JobReport:
        began = [rank.started for node in states for rank in node.ranks if rank.started is not None]
        started = min(began, default=None)
        return JobReport(self.name, state, reason, message, self.holding.retry, started, states)

    def _told(self, states: list[NodeState]) -> str:
        found = {state.state for state in states}
        if found <= set(FINAL):
            bad = [state for state in states if state.state != COMPLETED and state.reason != "peer"]
            if not bad:
                return COMPLETED
            return CANCELED if all(state.state == CANCELED for state in bad) else FAILED
        if any(node.silent for node in self._nodes):
            return NOT_RESPONDING
        if RUNNING in found:
            return RUNNING
        if found <= {FINALIZING, *FINAL}:
            return FINALIZING
        return PREPARING if PREPARING in found or found & {FINALIZING, *FINAL} else STARTING

    def _end(self, state: str, failed: NodeState | None) -> None:
        reason, message = ("", "") if failed is None else (failed.reason, failed.message)
        if self.count > 1 and failed is not None:
            message = f"Node {failed.index}: {message}"
        tries = self.job.retries.count if isinstance(self.job, CommandJob) else 0
        if state == FAILED and self.holding.retry < tries and reason in RETRIED and not self.holding.cancel:
            self._try_again(message, tries)
            return
        if self._state != state:
            self._state = state
            states = [node.state for node in self._nodes]
            self.report = self._say(state, reason, message, states)

    def _try_again(self, message: str, tries: int) -> None:
        said = f"Try {self.holding.retry + 1} of {tries + 1} failed: {message}"
        log.info("%s: %s", self.name, said)
        self.holding.history = [*self.holding.history, said]
        self.holding.retry += 1
        self.save()
        self._nodes, self._state = [], ""
        self.begin()
        self.report = self._say(PREPARING, "", said, [node.state for node in self._nodes])

    @property
    def has_ended(self) -> bool:
        """Whether its last report is a final one."""
        return self._state in FINAL

    @property
    def computes(self) -> bool:
        """Whether its processes may still run: after them it takes no processor any more."""
        return any(node.state.state not in (FINALIZING, *FINAL) for node in self._nodes) or not self._nodes

    def remove(self) -> None:
        """Forget it; its logs and outputs are artifacts. The folder goes away in one step."""
        gone = self.folder.with_name(f".gone-{self.name}")
        with suppress(FileNotFoundError):
            self.folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def found_holdings(folder: Path) -> list[Holding]:
    """What another process of this runner held."""
    found = []
    for path in sorted((folder / "jobs").glob(f"*/{HELD}")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=Holding))
        except (OSError, msgspec.DecodeError) as error:
            log.error("%s can't be read: %s", path, error)
    for path in (folder / "jobs").glob(".gone-*"):
        shutil.rmtree(path, ignore_errors=True)
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
