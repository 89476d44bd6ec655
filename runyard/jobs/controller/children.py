"""The jobs that a sweep or a pipeline has begun, and what it tells the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from itertools import chain, repeat
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from runyard.job_entities import JobInfo
from runyard.jobs.entities import Job, PipelineJob, SweepJob
from runyard.jobs.link import Refused, patiently
from runyard.jobs.supervisor.keeper import Keeper
from runyard.jobs.supervisor.order import ORDER

T = TypeVar("T")
# Seconds between two looks; how long one waits while the server is away.
LOOK_SECONDS = 0.2
PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)
MLFLOW = "/api/2.0/mlflow"
JOBS = "/api/2.0/runyard/jobs"


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


class _Job(msgspec.Struct):
    job: JobInfo


class _Jobs(msgspec.Struct):
    jobs: list[JobInfo] = []
    next_page_token: str = ""


class Point(msgspec.Struct):
    """A logged value; what JSON has no number for is a text."""

    value: float | str
    timestamp: int
    step: int = 0


class _History(msgspec.Struct):
    metrics: list[Point] = []
    next_page_token: str = ""


class _Data(msgspec.Struct):
    metrics: list[dict[str, Any]] = []
    params: list[dict[str, str]] = []
    tags: list[dict[str, str]] = []


class _Run(msgspec.Struct):
    data: _Data


class _RunAnswer(msgspec.Struct):
    run: _Run


class _Runs(msgspec.Struct):
    runs: list[dict[str, Any]] = []


class Controller(Keeper):
    """Begins children and looks after them."""

    stages = ("controller", "queue")

    def __init__(self, folder: Path, order: ControllerOrder) -> None:
        super().__init__(folder, order.name, order.address, order.token)
        self.order = order

    def control(self) -> tuple[str, str]:
        """Begin children until all is done; a word and a sentence on what went wrong."""
        raise NotImplementedError

    def work(self) -> tuple[str, str]:
        """The same, but for a failure that is a cancellation: the server cancels children before this is told of it."""
        reason, message = self.control()
        if reason and self.info().cancel_requested is not None:
            return "canceled", "Canceled on request."
        return reason, message

    def info(self) -> JobInfo:
        """This job itself, as it is now."""
        return self.patient(lambda: self.link.get(f"{JOBS}/get", _Job, {"name": self.name})).job

    def patient(self, call: Callable[[], T]) -> T:
        """Call again while the server is away; ends when it is to end."""
        return patiently(call, chain(PAUSES, repeat(PAUSES[-1])), self.check_stop)

    def children(self) -> dict[str, JobInfo]:
        """All that were begun, by name."""
        found: dict[str, JobInfo] = {}
        token = ""
        while True:
            query: dict[str, str | int | list[str]] = {
                "parent": self.name,
                "max_results": 1000,
                "page_token": token,
            }
            page = self.patient(lambda: self.link.get(f"{JOBS}/list", _Jobs, query))  # noqa: B023  # called at once
            found |= {job.name: job for job in page.jobs}
            token = page.next_page_token
            if not token:
                return found

    def begin(self, job: Job, snapshot: str | None) -> JobInfo:
        """Queue a child; one of this name that is there already is taken for it."""
        job.parent_job_name = self.name
        job.experiment_name = self.order.info.experiment_name
        body = {"job": job, "snapshot": snapshot}
        try:
            return self.patient(lambda: self.link.post(f"{JOBS}/create", body, _Job)).job
        except Refused as error:
            if error.error_code != "RESOURCE_ALREADY_EXISTS":
                raise
            return self.patient(lambda: self.link.get(f"{JOBS}/get", _Job, {"name": job.name or ""})).job

    def cancel(self, name: str) -> None:
        """Ask for a child's end."""
        self.patient(lambda: self.link.post(f"{JOBS}/cancel", {"name": name}, _Job))

    def end_children(self) -> None:
        """Ask for the end of all, and wait for it."""
        while True:
            left = [child for child in self.children().values() if not child.is_final]
            if not left:
                return
            for child in left:
                if child.cancel_requested is None:
                    self.cancel(child.name)
            time.sleep(LOOK_SECONDS)

    def history(self, name: str, metric: str) -> list[float]:
        """The values of a child's metric in the order of steps."""
        points: list[Point] = []
        token = ""
        while True:
            query: dict[str, str | int | list[str]] = {
                "run_id": name,
                "metric_key": metric,
                "max_results": 25_000,
            }
            query |= {"page_token": token} if token else {}
            page = self.patient(lambda: self.link.get(f"{MLFLOW}/metrics/get-history", _History, query))  # noqa: B023
            points += page.metrics
            token = page.next_page_token
            if not token:
                break
        points.sort(key=lambda point: (point.step, point.timestamp))
        return [float(point.value) for point in points]

    def data(self, name: str) -> _Data:
        """A run's latest metrics, its parameters and tags."""
        query: dict[str, str | int | list[str]] = {"run_id": name}
        return self.patient(lambda: self.link.get(f"{MLFLOW}/runs/get", _RunAnswer, query)).run.data

    def tags(self, name: str) -> dict[str, str]:
        """A run's tags."""
        return {tag["key"]: tag["value"] for tag in self.data(name).tags}

    def find(self, filter_text: str) -> list[str]:
        """Runs of this experiment, the newest first."""
        body = {
            "experiment_ids": [self.order.info.experiment_id],
            "filter": filter_text,
            "order_by": ["attributes.start_time DESC"],
            "max_results": 5,
        }
        answer = self.patient(lambda: self.link.post(f"{MLFLOW}/runs/search", body, _Runs))
        return [str(run["info"]["run_id"]) for run in answer.runs]

    def note(self, name: str, tags: Mapping[str, str] = {}, params: Mapping[str, str] = {}) -> None:
        """Write tags and parameters of a run; what is refused is in the log."""
        body = {
            "run_id": name,
            "tags": [{"key": key, "value": value} for key, value in tags.items()],
            "params": [{"key": key, "value": value} for key, value in params.items()],
        }
        try:
            self.patient(lambda: self.link.post(f"{MLFLOW}/runs/log-batch", body, dict))
        except Refused as error:
            self.log.warning("%s is not noted on %s: %s", ", ".join([*tags, *params]), name, error.message)

    def log_metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Log values of this job itself."""
        at = time.time_ns() // 1_000_000
        metrics = [
            {"key": key, "value": value, "timestamp": at, "step": step} for key, value in values.items()
        ]
        body = {"run_id": self.name, "metrics": metrics}
        self.patient(lambda: self.link.post(f"{MLFLOW}/runs/log-batch", body, dict))
