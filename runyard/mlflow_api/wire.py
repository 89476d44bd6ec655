"""Requests and answers of experiments, runs and metrics, as MLflow's protocol buffers spell them in JSON.

Every field is optional here: a missing one is an error only where MLflow requires it, and handlers say which.
"""

from __future__ import annotations

import msgspec

from runyard.entities import Entity, Experiment, KeyValue, Metric, Run, RunInfo
from runyard.store.metadata.run_json import JsonRun


class Request(msgspec.Struct):
    """Base of all requests; unknown fields are ignored, as protocol buffers do."""


class TagGiven(Request, gc=False):
    key: str = ""
    value: str = ""


class CreateExperiment(Request):
    name: str | None = None
    artifact_location: str | None = None
    tags: list[TagGiven] | None = None


class GetExperiment(Request):
    experiment_id: str | None = None


class GetExperimentByName(Request):
    experiment_name: str | None = None


class UpdateExperiment(Request):
    experiment_id: str | None = None
    new_name: str | None = None


class SetExperimentTag(Request):
    experiment_id: str | None = None
    key: str | None = None
    value: str | None = None


class DeleteExperimentTag(Request):
    experiment_id: str | None = None
    key: str | None = None


class SearchExperiments(Request):
    max_results: int | None = None
    page_token: str | None = None
    filter: str | None = None
    order_by: list[str] | None = None
    view_type: str | int | None = None


class CreateRun(Request):
    experiment_id: str | None = None
    user_id: str | None = None
    run_name: str | None = None
    start_time: int | None = None
    tags: list[TagGiven] | None = None


class UpdateRun(Request):
    run_id: str | None = None
    run_uuid: str | None = None
    status: str | int | None = None
    end_time: int | None = None
    run_name: str | None = None


class NamedRun(Request):
    """get, delete and restore."""

    run_id: str | None = None
    run_uuid: str | None = None


class SearchRuns(Request):
    experiment_ids: list[str] | None = None
    filter: str | None = None
    run_view_type: str | int | None = None
    max_results: int | None = None
    order_by: list[str] | None = None
    page_token: str | None = None
    # Runyard's own: leave metrics, parameters and inputs out of the answer.
    metadata_only: bool = False


class SetTag(Request):
    run_id: str | None = None
    run_uuid: str | None = None
    key: str | None = None
    value: str | None = None


class DeleteTag(Request):
    run_id: str | None = None
    run_uuid: str | None = None
    key: str | None = None


class LogParam(Request):
    run_id: str | None = None
    run_uuid: str | None = None
    key: str | None = None
    value: str | None = None


class MetricGiven(Request, gc=False):
    key: str | None = None
    value: float | None = None
    timestamp: int | None = None
    step: int | None = None
    model_id: str | None = None
    dataset_name: str | None = None
    dataset_digest: str | None = None
    run_id: str | None = None


class LogMetric(MetricGiven):
    run_uuid: str | None = None


class LogBatch(Request):
    run_id: str | None = None
    metrics: list[MetricGiven] | None = None
    params: list[TagGiven] | None = None
    tags: list[TagGiven] | None = None


class PlainMetric(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A metric as nearly all are: complete, and of no model. Half of the time that MetricGiven takes to decode."""

    key: str
    value: float
    timestamp: int
    step: int = 0


class PlainBatch(msgspec.Struct, forbid_unknown_fields=True):
    """A batch of nothing but plain metrics, and its parameters and tags."""

    run_id: str
    metrics: list[PlainMetric]
    params: list[TagGiven] = []
    tags: list[TagGiven] = []


class GetHistory(Request):
    run_id: str | None = None
    run_uuid: str | None = None
    metric_key: str | None = None
    max_results: int | None = None
    page_token: str | None = None


class GetHistoryBulk(Request):
    run_id: list[str] | None = None
    metric_key: str | None = None
    max_results: int | None = None


class GetHistoryInterval(Request):
    run_ids: list[str] | None = None
    metric_key: str | None = None
    start_step: int | None = None
    end_step: int | None = None
    max_results: int | None = None


class Empty(Entity):
    """`{}`"""


class ExperimentId(Entity):
    experiment_id: str


class ExperimentAnswer(Entity):
    experiment: Experiment


class Experiments(Entity):
    experiments: list[Experiment] = []
    next_page_token: str | None = None


class RunAnswer(Entity):
    run: Run | JsonRun


class RunInfoAnswer(Entity):
    run_info: RunInfo


class Runs(Entity):
    runs: list[Run] | list[JsonRun] = []
    next_page_token: str | None = None


class History(Entity):
    metrics: list[Metric] = []
    next_page_token: str | None = None


def pairs(given: list[TagGiven] | None) -> list[KeyValue]:
    """Tags or parameters of a request."""
    return [KeyValue(tag.key, tag.value) for tag in given or ()]
