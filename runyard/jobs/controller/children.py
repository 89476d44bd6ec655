"""The jobs that a sweep or a pipeline has begun, and what it tells the server."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from runyard.errors import RunyardError
from runyard.job_entities import FAILED, FINAL, STATES, JobInfo
from runyard.jobs.answers import JobAnswer, Jobs
from runyard.jobs.controller import answers
from runyard.jobs.controller.answers import Point, RunData
from runyard.jobs.entities import Job, PipelineJob, SweepJob
from runyard.jobs.link import Query, Refused, patiently
from runyard.jobs.supervisor.keeper import Failed, Keeper
from runyard.jobs.supervisor.order import ORDER

T = TypeVar("T")
# Seconds between two looks.
LOOK_SECONDS = 0.2
MLFLOW = "/api/2.0/mlflow"
JOBS = "/api/2.0/runyard/jobs"
UNFINISHED = [state for state in STATES if state not in FINAL]
CANCELED_MESSAGE = "Canceled on request."
MOST_EXPERIMENTS = 20_000


class ControllerOrder(msgspec.Struct, kw_only=True):
    """What a runner tells a controller."""

    name: str
    retry: int
    address: str
    token: str = ""
    job: SweepJob | PipelineJob
    info: JobInfo
    history: list[str] = []


def read_order(folder: Path) -> ControllerOrder:
    """Raises OSError and msgspec.ValidationError."""
    return msgspec.json.decode((folder / ORDER).read_bytes(), type=ControllerOrder)


class Controller(Keeper):
    """Begins children and looks after them. All that it knows it can learn from the server again."""

    stages = ("controller", "queue")

    def __init__(self, folder: Path, order: ControllerOrder) -> None:
        super().__init__(folder, order.name, order.address, order.token)
        self.order = order
        self._children: dict[str, JobInfo] | None = None
        self._began: int | None = None
        self._user: str | None = None
        # It has ended, and waits for its children: nothing can stop that.
        self._is_ending = False

    def control(self) -> tuple[str, str]:
        """Begin children until all is done; a word and a sentence on what went wrong."""
        raise NotImplementedError

    def settle(self) -> None:
        """What is left to say when all children have ended."""

    def work(self) -> tuple[str, str]:
        """The same, but for a failure that is a cancellation: the server cancels children before this is told of it."""
        if self.before is None:
            for line in self.order.history:
                logging.getLogger("runyard.jobs.queue").info("%s", line)
        self.check_stop()
        try:
            reason, message = self.control()
        except RunyardError as error:
            raise Failed(self.order.info.type, error.message) from error
        if reason and self.info().cancel_requested is not None:
            return "canceled", CANCELED_MESSAGE
        return reason, message

    def finish(self) -> None:
        """However it ended, its children have ended before it."""
        self._is_ending = True
        try:
            self.end_children(f"Canceled with '{self.name}', which began it.")
            self.settle()
        except RunyardError as error:
            self.log.error("What is left can't be ended: %s", error.message)

    def pause(self) -> None:
        """Wait before the next look; raises Stopped when it is to end."""
        self.stop.wait(LOOK_SECONDS)
        self.check_stop()

    def patient(self, call: Callable[[], T]) -> T:
        """Call again while the server is away; raises Stopped when it is to end."""
        return patiently(call, self._may_stop)

    def _may_stop(self) -> bool:
        return not self._is_ending and self.check_stop()

    def get(self, path: str, kind: type[T], query: Query) -> T:
        """Read an answer; raises Refused."""
        return self.patient(partial(self.link.get, path, kind, query))

    def post(self, path: str, body: object, kind: type[T]) -> T:
        """Post and read the answer; raises Refused."""
        return self.patient(partial(self.link.post, path, body, kind))

    # Jobs

    def job_of(self, name: str) -> JobInfo:
        """A job as it is now, with its file; raises Refused."""
        return self.get(f"{JOBS}/get", JobAnswer, {"name": name}).job

    def info(self) -> JobInfo:
        """This job itself, as it is now."""
        return self.job_of(self.name)

    def is_over_time(self) -> bool:
        """Whether it has run for longer than its limit."""
        limit = self.order.job.timeout
        if limit is None:
            return False
        if self._began is None:
            self._began = self.info().started
        return self._began is not None and time.time_ns() // 1_000_000 - self._began > limit * 1000

    def children(self) -> dict[str, JobInfo]:
        """All that were begun, by name. Those that had ended before are not asked for again."""
        if self._children is None:
            self._children = self._listed([])
            return self._children
        going = self._listed(UNFINISHED)
        gone = [name for name, job in self._children.items() if not job.is_final and name not in going]
        # A child that was put into the trash is in no list.
        self._children |= going | {name: self._ended(name) for name in gone}
        return self._children

    def _ended(self, name: str) -> JobInfo:
        assert self._children is not None
        try:
            return self.job_of(name)
        except Refused as error:
            known = self._children[name]
            return msgspec.structs.replace(known, state=FAILED, reason="lost", message=error.message)

    def _listed(self, states: list[str]) -> dict[str, JobInfo]:
        found: dict[str, JobInfo] = {}
        query: dict[str, str | int | list[str]] = {
            "parent": self.name,
            "max_results": 1000,
            "state": states,
        }
        while True:
            page = self.get(f"{JOBS}/list", Jobs, query)
            found |= {job.name: job for job in page.jobs}
            if not page.next_page_token:
                return found
            query["page_token"] = page.next_page_token

    def begin(self, job: Job, snapshot: str | None) -> JobInfo:
        """Queue a child; if an earlier process of this controller has, that one is taken. Raises Failed, Refused."""
        assert job.name is not None and self._children is not None
        job.parent_job_name = self.name
        job.experiment_name = self.order.info.experiment_name
        if self.info().cancel_requested is not None:
            # The server has canceled those before; this process will be told soon.
            raise Failed("canceled", CANCELED_MESSAGE)
        body = {"job": job, "snapshot": snapshot, "user": self.user()}
        try:
            found = self.post(f"{JOBS}/create", body, JobAnswer).job
        except Refused as error:
            if error.error_code != "RESOURCE_ALREADY_EXISTS":
                raise
            found = self._earlier(job.name)
        self._children[found.name] = found
        return found

    def _earlier(self, name: str) -> JobInfo:
        try:
            found = self.job_of(name)
        except Refused:
            found = None
        if found is None or found.parent != self.name:
            raise Failed(self.order.info.type, f"Its job '{name}' can't be begun: another run has this name.")
        return found

    def cancel(self, child: JobInfo, message: str) -> None:
        """Ask for a child's end, once."""
        if child.cancel_requested is None and not child.is_final:
            self.post(f"{JOBS}/cancel", {"name": child.name, "message": message}, JobAnswer)

    def end_children(self, message: str) -> None:
        """Ask for the end of all, and wait for it."""
        while left := [child for child in self.children().values() if not child.is_final]:
            for child in left:
                self.cancel(child, message)
            time.sleep(LOOK_SECONDS)

    # Runs

    def points(self, name: str, metric: str) -> list[Point]:
        """A run's values of a metric in the order of steps."""
        points: list[Point] = []
        query: dict[str, str | int | list[str]] = {
            "run_id": name,
            "metric_key": metric,
            "max_results": 25_000,
        }
        while True:
            page = self.get(f"{MLFLOW}/metrics/get-history", answers.History, query)
            points += page.metrics
            if not page.next_page_token:
                return sorted(points, key=lambda point: (point.step, point.timestamp))
            query["page_token"] = page.next_page_token

    def data(self, name: str) -> RunData:
        """A run's latest metrics, its parameters and tags."""
        return self.get(f"{MLFLOW}/runs/get", answers.RunAnswer, {"run_id": name}).run.data

    def tags(self, name: str) -> dict[str, str]:
        """A run's tags."""
        return {tag.key: tag.value for tag in self.data(name).tags}

    def user(self) -> str:
        """Whose this job is; children are, too."""
        if self._user is None:
            answer = self.get(f"{MLFLOW}/runs/get", answers.RunAnswer, {"run_id": self.name})
            self._user = answer.run.info.user_id
        return self._user

    def find(self, filter_text: str) -> list[str]:
        """Runs of all experiments, the newest first."""
        body = {
            "experiment_ids": self._experiments(),
            "filter": filter_text,
            "order_by": ["attributes.start_time DESC"],
            "max_results": 5,
        }
        return [run.info.run_id for run in self.post(f"{MLFLOW}/runs/search", body, answers.Runs).runs]

    def _experiments(self) -> list[str]:
        """The newest, and this one."""
        found = [self.order.info.experiment_id]
        body = {"max_results": 1000, "order_by": ["creation_time DESC"]}
        while len(found) < MOST_EXPERIMENTS - 1000:
            page = self.post(f"{MLFLOW}/experiments/search", body, answers.Experiments)
            found += [experiment.experiment_id for experiment in page.experiments]
            if not page.next_page_token:
                break
            body["page_token"] = page.next_page_token
        return list(dict.fromkeys(found))

    def note(self, name: str, tags: Mapping[str, str] = {}, params: Mapping[str, str] = {}) -> None:
        """Write tags and parameters of a run; what is refused is in the log."""
        body = {
            "run_id": name,
            "tags": [{"key": key, "value": value} for key, value in tags.items()],
            "params": [{"key": key, "value": value} for key, value in params.items()],
        }
        try:
            self.post(f"{MLFLOW}/runs/log-batch", body, dict)
        except Refused as error:
            self.log.warning("%s is not noted on %s: %s", ", ".join([*tags, *params]), name, error.message)

    def log_metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Log values of this job itself, all or none."""
        at = time.time_ns() // 1_000_000
        metrics = [
            {"key": key, "value": value, "timestamp": at, "step": step} for key, value in values.items()
        ]
        self.post(f"{MLFLOW}/runs/log-batch", {"run_id": self.name, "metrics": metrics}, dict)
