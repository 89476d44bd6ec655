"""The tracking store behind `runyard://`: what is logged goes through the spool, the rest is asked of the server."""

from __future__ import annotations

import json
import re
import struct
import uuid
from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from mlflow.entities import Experiment, Metric, Param, Run, RunInfo, RunStatus, RunTag
from mlflow.exceptions import MlflowException
from mlflow.protos import service_pb2
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE, RESOURCE_DOES_NOT_EXIST, ErrorCode
from mlflow.utils.proto_json_utils import parse_dict

from runyard_mlflow import placeholders
from runyard_mlflow.address import (
    address_of_run,
    destination_of,
    parts_of,
    with_addresses,
    without_addresses,
)
from runyard_mlflow.calls import apis, call
from runyard_mlflow.context.surroundings import SURROUNDINGS
from runyard_mlflow.context.tagging import is_marked, missing_tags, with_context
from runyard_mlflow.credentials import credentials_of
from runyard_mlflow.gpus import GpuCounters
from runyard_mlflow.headers import within
from runyard_mlflow.job import PARENT_TAG, run_without_start, with_parent
from runyard_mlflow.local import FolderTransport
from runyard_mlflow.logged_models import SpooledModels
from runyard_mlflow.notebook import explain_errors
from runyard_mlflow.operation import Operation, check, check_answers, unreached
from runyard_mlflow.session import SESSIONS, Session
from runyard_mlflow.settings import given_run
from runyard_mlflow.spool.frames import point_frame, points_frame, request_frame, target_of
from runyard_mlflow.transport import Away

_NOT_FOUND = ErrorCode.Name(RESOURCE_DOES_NOT_EXIST)
# Bytes of a run id or a metric's name that a frame has room for.
MOST_TEXT = 2**16 - 1
# Targets of points that are remembered.
MOST_TARGETS = 100_000


class RunyardStore(SpooledModels):
    """Logs durably and in order; safe for threads and after a fork."""

    def __init__(self, store_uri: str, artifact_uri: str | None = None) -> None:
        # What the session's address is, and its parts.
        self._destination = destination_of(store_uri)
        server, self._workspace = parts_of(self._destination)
        self._targets: dict[tuple[str, str], bytes] = {}
        # What was made or read here, for when the server can't be reached: runs by id, experiments by name.
        self._runs: dict[str, Run] = {}
        self._experiments: dict[str, Experiment] = {}
        self._gpus = GpuCounters()
        # Runs that are not created because the spool was full.
        self._lost: set[str] = set()
        # Read early: mlflow removes it when it begins that run.
        self._given_run = given_run()
        super().__init__(partial(credentials_of, server))
        explain_errors()

    @property
    def session(self) -> Session:
        """Where this process logs to."""
        return SESSIONS.get(self._destination)

    # Points.

    def log_metric(self, run_id: str, metric: Metric) -> None:
        """Log one point, and return when readers see it, or when it is safe while the server is away."""
        self._stored(self._log_metric(SESSIONS.get(self._destination), run_id, metric))

    def log_metric_async(self, run_id: str, metric: Metric) -> Operation:
        """Log one point, and return when it is safe."""
        session = SESSIONS.get(self._destination)
        return Operation(session, self._log_metric(session, run_id, metric))

    def _log_metric(self, session: Session, run_id: str, metric: Metric) -> int:
        if _is_linked(metric):
            return self._request("runs/log-batch", {"run_id": run_id, "metrics": [_spelled(metric)]})
        target = self._targets.get((run_id, metric.key)) or self._target(run_id, metric.key)
        try:
            frame = point_frame(target, metric.step, metric.timestamp, metric.value)
        except struct.error:
            raise _no_number(metric) from None
        return session.log(frame)

    def _target(self, run_id: str, name: str) -> bytes:
        if len(self._targets) >= MOST_TARGETS:
            self._targets.clear()
        _check_texts(run_id, name)
        target = self._targets[run_id, name] = target_of(run_id, name)
        return target

    # Batches.

    def log_batch(
        self, run_id: str, metrics: Sequence[Metric], params: Sequence[Param], tags: Sequence[RunTag]
    ) -> None:
        """Log points, parameters and tags together, and return when readers see them."""
        for number in self._log_batch(run_id, metrics, params, tags):
            self._stored(number)

    def log_batch_async(
        self, run_id: str, metrics: Sequence[Metric], params: Sequence[Param], tags: Sequence[RunTag]
    ) -> Any:
        """The same, and return when they are safe."""
        numbers = self._log_batch(run_id, metrics, params, tags)
        return Operation(self.session, min(numbers, default=self.session.sender.sent))

    def _log_batch(
        self, run_id: str, metrics: Sequence[Metric], params: Sequence[Param], tags: Sequence[RunTag]
    ) -> list[int]:
        if metrics and (missing := self._gpus.missing(metrics)):
            metrics = [*metrics, *missing]
        plain = not params and not tags and not any(map(_is_linked, metrics))
        if plain and metrics:
            return [self.session.log(_points(run_id, metrics))]
        body: dict[str, Any] = {"run_id": run_id}
        body["metrics"] = [_spelled(metric) for metric in metrics]
        body["params"] = [{"key": param.key, "value": param.value} for param in params]
        body["tags"] = [{"key": tag.key, "value": tag.value} for tag in tags]
        return [self._request("runs/log-batch", body)] if metrics or params or tags else []

    def _request(self, path: str, body: dict[str, Any]) -> int:
        # Surrogates, which no text of a database can hold, are the server's to refuse.
        return self.session.log(request_frame(path, json.dumps(body).encode()))

    def _write(self, path: str, body: dict[str, Any]) -> None:
        self._stored(self._request(path, body))

    def _stored(self, number: int) -> None:
        """Wait for a frame; while the server is away, what is in the spool is enough."""
        session = self.session
        stored = session.stored(number)
        refusal = session.refusal(number)
        if refusal is not None and refusal.run_id not in self._lost:
            check(session, number, stored)

    # Runs.

    def create_run(
        self,
        experiment_id: str,
        user_id: str,
        start_time: int,
        tags: Sequence[RunTag],
        run_name: str | None,
    ) -> Run:
        """Create a run under an id that is chosen here; while the server is away, it is created later."""
        if job := run_without_start():
            return self.get_run(job)
        tags = with_parent(tags)
        run_id = uuid.uuid4().hex
        marked = is_marked(tags)
        if marked:
            tags = with_context(tags)
        body = placeholders.experiment_field(str(experiment_id))
        body |= {"run_id": run_id, "user_id": user_id, "start_time": start_time, "run_name": run_name}
        body["tags"] = [{"key": tag.key, "value": tag.value} for tag in tags]
        number = self._request("runs/create", body)
        if not number:
            self._lost.add(run_id)
        self._stored(number)
        self._runs[run_id] = placeholders.new_run(
            run_id,
            str(experiment_id),
            user_id,
            start_time,
            tags,
            run_name,
            address_of_run(self._destination, run_id),
        )
        if marked:
            self._complete(run_id, tags)
        if not any(tag.key == PARENT_TAG for tag in tags):
            SESSIONS.captured.begin(self.session, run_id, is_new=True, is_given=False)
        return self.get_run(run_id)

    def _complete(self, run_id: str, tags: Sequence[RunTag]) -> None:
        """Add the tags of the run's context that were not there in time."""

        def add(found: dict[str, str]) -> None:
            missing = missing_tags(found, tags)
            if missing:
                self._log_batch(run_id, [], [], missing)

        SURROUNDINGS.later(add)

    def get_run(self, run_id: str) -> Run:
        """The run, with all that this process logged to it; while the server is away, what is known of it."""
        session = self.session
        session.stored(session.producer.last)
        if session.answers():
            try:
                answer = self._quickly(service_pb2.GetRun, "runs/get", {"run_id": run_id})
            except Away as error:
                session.sender.gone(str(error))
            except MlflowException:
                if run_id not in self._lost:
                    raise
            else:
                self._runs[run_id] = run = Run.from_proto(answer.run)
                return run
        known = self._runs.get(run_id)
        if known is None:
            return placeholders.unknown_run(run_id, address_of_run(self._destination, run_id))
        return placeholders.without_metrics(known)

    def update_run_info(
        self, run_id: str, run_status: int | None, end_time: int | None, run_name: str | None
    ) -> RunInfo:
        """Change a run's status, end time or name."""
        body: dict[str, Any] = {"run_id": run_id, "end_time": end_time, "run_name": run_name}
        if run_status is not None:
            body["status"] = RunStatus.to_string(run_status)
        self._write("runs/update", body)
        if run_status == RunStatus.RUNNING:
            given = run_id == self._given_run
            SESSIONS.captured.begin(self.session, run_id, is_new=False, is_given=given)
        elif run_status is not None:
            SESSIONS.captured.run_ended(run_id)
        return self.get_run(run_id).info

    # Experiments, which training begins with.

    def get_experiment_by_name(self, experiment_name: str) -> Experiment | None:
        """The experiment; while the server is away, one that is made with its first run."""
        if self.session.answers():
            try:
                answer = self._quickly(
                    service_pb2.GetExperimentByName,
                    "experiments/get-by-name",
                    {"experiment_name": experiment_name},
                )
            except Away as error:
                self.session.sender.gone(str(error))
            except MlflowException as error:
                if error.error_code != _NOT_FOUND:
                    raise
                return None
            else:
                return self._known(Experiment.from_proto(answer.experiment))
        return self._experiments.get(experiment_name) or placeholders.new_experiment(experiment_name)

    def get_experiment(self, experiment_id: str) -> Experiment:
        """The experiment; while the server is away, what is known of it."""
        name = placeholders.name_of(str(experiment_id))
        if name is not None:
            return self.get_experiment_by_name(name) or placeholders.new_experiment(name)
        if self.session.answers():
            try:
                body = {"experiment_id": str(experiment_id)}
                answer = self._quickly(service_pb2.GetExperiment, "experiments/get", body)
            except Away as error:
                self.session.sender.gone(str(error))
            else:
                return self._known(Experiment.from_proto(answer.experiment))
        known = (each for each in self._experiments.values() if each.experiment_id == str(experiment_id))
        return next(known, None) or placeholders.unknown_experiment(str(experiment_id))

    def create_experiment(
        self, name: str, artifact_location: str | None = None, tags: Sequence[Any] | None = None
    ) -> str:
        """Create an experiment; while the server is away, it is made with its first run."""
        if not self.session.answers():
            return placeholders.experiment_id(name)
        created: str = super().create_experiment(name, artifact_location, tags)
        return created

    def _known(self, experiment: Experiment) -> Experiment:
        self._experiments[experiment.name] = experiment
        return experiment

    def _quickly(self, api: Any, path: str, given: dict[str, str]) -> Any:
        """Ask the server once: mlflow's own calls try for minutes. Raises Away."""
        message = api.Response()
        parse_dict(self.session.transport.ask(path, given), message)
        return with_addresses(message, self._destination)

    # Draining.

    def flush_async_logging(self) -> None:
        """Wait until all that was logged is on the server, within the bounds of the settings."""
        self.session.drain()

    def shut_down_async_logging(self) -> None:
        """The same at the end of a run, of which there may be many: all wait once for an outage."""
        self.session.end_run()

    def end_async_logging(self) -> None:
        """Nothing ends: each call is as safe as the one before."""

    # Everything else that is asked of the server.

    def _call_endpoint(
        self, api: Any, json_body: str | None = None, endpoint: str | None = None, **kwargs: Any
    ) -> Any:
        spooled = _SPOOLED.get(api)
        if spooled is not None and json_body is not None:
            path, body_of = spooled
            self._write(path, body_of(json.loads(json_body)))
            return api.Response()
        session = self.session
        if api not in _BEFORE:
            # Who reads, finds what this process logged.
            session.stored(session.producer.last)
        check_answers(session)
        if json_body is not None:
            json_body = without_addresses(self._with_experiments(json_body), self._destination)
        return with_addresses(self._ask(session, api, json_body, endpoint, kwargs), self._destination)

    def _ask(
        self, session: Session, api: Any, json_body: str | None, endpoint: str | None, more: dict[str, Any]
    ) -> Any:
        others = more or api in getattr(self, "_V3_APIS", ()) or api not in apis()
        if others and not isinstance(session.transport, FolderTransport):
            # Of parts of mlflow that Runyard does not have.
            with within(self._workspace):
                return super()._call_endpoint(api, json_body, endpoint=endpoint, **more)
        try:
            return call(session.transport, api, json_body, endpoint, session.settings.away_seconds)
        except Away as error:
            session.sender.gone(str(error))
            raise unreached(session) from None

    def _with_experiments(self, json_body: str) -> str:
        """A request in which experiments that were made meanwhile have the server's ids."""

        def identity(found: re.Match[str]) -> str:
            name = placeholders.name_of(found.group())
            experiment = None if name is None else self.get_experiment_by_name(name)
            return found.group() if experiment is None else str(experiment.experiment_id)

        return placeholders.PATTERN.sub(identity, json_body)


def _as_batch(field: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def body_of(given: dict[str, Any]) -> dict[str, Any]:
        pair = {"key": given.get("key", ""), "value": given.get("value", "")}
        return {"run_id": given["run_id"], field: [pair]}

    return body_of


def _same(given: dict[str, Any]) -> dict[str, Any]:
    return given


# Requests that are written into the spool: the path of the frame, and its body.
_SPOOLED: dict[Any, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    service_pb2.LogParam: ("runs/log-batch", _as_batch("params")),
    service_pb2.SetTag: ("runs/log-batch", _as_batch("tags")),
    service_pb2.DeleteTag: ("runs/delete-tag", _same),
    service_pb2.LogInputs: ("runs/log-inputs", _same),
    service_pb2.LogModel: ("runs/log-model", _same),
}
# Of MLflow 3.
if hasattr(service_pb2, "LogOutputs"):
    _SPOOLED[service_pb2.LogOutputs] = ("runs/outputs", _same)
# Requests that depend on nothing that was logged.
_BEFORE = (service_pb2.GetExperiment, service_pb2.GetExperimentByName, service_pb2.CreateExperiment)


def _is_linked(metric: Metric) -> bool:
    """Whether a point belongs to a logged model, which MLflow 2 does not know."""
    return getattr(metric, "model_id", None) is not None


def _spelled(metric: Metric) -> dict[str, Any]:
    """A point as MLflow's API takes it; JSON has no NaN."""
    spelled = {"key": metric.key, "timestamp": metric.timestamp, "step": metric.step}
    spelled["value"] = str(float(metric.value))
    for field in ("model_id", "dataset_name", "dataset_digest"):
        value = getattr(metric, field, None)
        if value is not None:
            spelled[field] = value
    return spelled


def _points(run_id: str, metrics: Sequence[Metric]) -> bytes:
    names = [metric.key for metric in metrics]
    steps = [metric.step for metric in metrics]
    times = [metric.timestamp for metric in metrics]
    values = [metric.value for metric in metrics]
    try:
        return points_frame(run_id, names, steps, times, values)
    except (TypeError, ValueError, OverflowError, struct.error):
        for metric in metrics:
            _check_texts(run_id, metric.key)
            try:
                array("q", [metric.step, metric.timestamp])
                array("d", [metric.value])
            except (TypeError, ValueError, OverflowError):
                raise _no_number(metric) from None
        raise


def _check_texts(run_id: str, name: str) -> None:
    """Raise MlflowException for what no frame can hold; what else is wrong is the server's to say."""
    for what, text in (("run id", run_id), ("metric name", name)):
        try:
            fits = len(text.encode()) <= MOST_TEXT
        except (UnicodeEncodeError, AttributeError):
            fits = False
        if not fits:
            raise _invalid(
                f"Invalid {what} '{str(text)[:60]}': it must be text of at most {MOST_TEXT} bytes in UTF-8."
            )


def _no_number(metric: Metric) -> MlflowException:
    return _invalid(
        f"Invalid value of metric '{metric.key}': value {metric.value!r}, step {metric.step!r} and timestamp "
        f"{metric.timestamp!r} must be a number and two integers of 64 bits."
    )


def _invalid(message: str) -> MlflowException:
    return MlflowException(message, error_code=INVALID_PARAMETER_VALUE)
