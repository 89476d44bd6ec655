"""What the studio's API takes and answers.

Documented fields stay; fields may be added. Times are milliseconds since 1970 UTC. Page tokens are opaque.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

# JSON has no spelling for numbers that are not finite.
Number = float | Literal["NaN", "Infinity", "-Infinity"]
XAxis = Literal["step", "time", "relative", "process"]


class Model(BaseModel):
    """Base of all: answers always carry every field."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class Place(Model):
    """Where a filter is wrong, for a field to mark it."""

    position: int = Field(description="in characters (code points) from the start of the expression")
    length: int = Field(description="in characters; 0 where something is missing")
    reason: str = Field(description="the message without the place")


class JobProblem(Model):
    """What is wrong with a job file, or worth a word, and where."""

    line: int = Field(description="from 1")
    column: int = Field(description="from 1")
    field: str = Field(description="the path of names from the file's top; empty for the file itself")
    message: str


class Error(Model):
    """What went wrong, in MLflow's shape."""

    error_code: str
    message: str
    place: Place | None
    problems: list[JobProblem] = Field(default=[], description="all that is wrong with a job file")


class ExperimentRow(Model):
    experiment_id: str
    name: str
    creation_time: int
    run_count: int = Field(description="active runs")
    latest_start: int | None = Field(description="when its newest run started")
    default_view: str | None = Field(description="id of the saved view with which its list opens")


class ExperimentPage(Model):
    experiments: list[ExperimentRow]
    next_page_token: str | None


class RunFields(Model):
    """A run's own fields that lists and plots show."""

    run_id: str
    name: str
    experiment_id: str
    experiment_name: str
    user: str
    status: str
    start_time: int | None
    end_time: int | None


class RunRow(RunFields):
    """A run with the columns that were asked for."""

    lifecycle_stage: str
    parent_run_id: str | None
    parent_run_name: str | None
    job_state: str | None = Field(description="of a run that is a job: Queued, Preparing, Running, …")
    child_count: int | None = Field(default=None, description="of a tree: children that match, too")
    metrics: dict[str, Number] = Field(description="latest values of the asked metrics that it has")
    metric_min: dict[str, Number] = Field(description="least values, which pass over NaN")
    metric_max: dict[str, Number] = Field(description="greatest values, which pass over NaN")
    params: dict[str, str] = Field(description="the asked parameters that it has")
    tags: dict[str, str] = Field(description="the asked tags that it has")


class RunPage(Model):
    runs: list[RunRow]
    next_page_token: str | None


class ChosenRuns(Model):
    run_ids: list[str] = Field(min_length=1, max_length=1000)


class ChangedRuns(Model):
    runs: int = Field(description="runs that are now as asked, also those that were so before")


class ComparedText(Model):
    """A parameter or a tag of several runs."""

    name: str
    values: list[str | None] = Field(description="in the order of the runs; null where a run has none")


class ComparedMetric(Model):
    """Latest values of a metric of several runs."""

    name: str
    values: list[Number | None] = Field(description="in the order of the runs; null where a run has none")


class Comparison(Model):
    runs: list[RunRow] = Field(description="in the order asked, without metrics and parameters")
    params: list[ComparedText]
    tags: list[ComparedText]
    metrics: list[ComparedMetric]
    more: bool = Field(description="whether there are more names than were asked for")


class Names(Model):
    names: list[str]
    more: bool = Field(description="whether there are more than were asked for")


class KeyValue(Model):
    key: str
    value: str


class RunDetail(Model):
    """All of a run but its metrics."""

    run_id: str
    name: str
    experiment_id: str
    experiment_name: str
    user: str
    status: str
    lifecycle_stage: str
    start_time: int | None
    end_time: int | None
    artifact_uri: str
    parent_run_id: str | None
    parent_run_name: str | None
    job_state: str | None = Field(description="of a run that is a job: Queued, Preparing, Running, …")
    metric_count: int
    child_count: int = Field(description="active runs that name this one as their parent")
    params: list[KeyValue]
    tags: list[KeyValue]


class RunChange(Model):
    """What is given changes, the rest stays."""

    name: str | None = Field(default=None, min_length=1)
    description: str | None = Field(default=None, description="Markdown; empty for none")
    set_tags: list[KeyValue] = Field(default=[], max_length=100)
    delete_tags: list[str] = Field(default=[], max_length=100)


ViewPage = Literal["jobs", "metrics", "compare"]


class SavedView(Model):
    view_id: str
    name: str
    query: str = Field(description="of the page's address, without the question mark")
    updated: int


class SavedViews(Model):
    views: list[SavedView]


class NewView(Model):
    page: ViewPage
    name: str
    query: str


class DefaultView(Model):
    """With which saved view an experiment's list opens; none: with the built-in one."""

    view_id: str | None


class ViewChange(Model):
    """What is given changes, the rest stays."""

    name: str | None = None
    query: str | None = None
    held: str | None = Field(
        default=None,
        description="the query that the reader saw the view hold; where it holds another one by now, nothing changes",
    )


class MetricTable(Model):
    """A run's metrics in columns of equal length, ordered by name."""

    names: list[str]
    latest: list[Number]
    latest_step: list[int]


class Smoothing(Model):
    kind: Literal["none", "ema", "mean", "gaussian"] = "none"
    amount: float = Field(
        default=0, ge=0, description="ema: weight of the past, 0 to 1; mean and gaussian: width in points"
    )


class Chart(Model):
    """Curves that share one x axis, and therefore one set of bucket edges."""

    run_ids: list[str] = Field(min_length=1, max_length=200)
    metrics: list[str] = Field(min_length=1, max_length=200)
    start: float | None = Field(default=None, description="least x, in the unit of the axis")
    end: float | None = Field(default=None, description="greatest x")


class SeriesRequest(Model):
    x: XAxis = Field(
        default="step",
        description="step; time in ms since 1970; relative in ms since the run's start; process: that without pauses",
    )
    max_points: int = Field(default=1000, ge=2, le=10_000, description="most points or buckets per curve")
    smoothing: Smoothing = Smoothing()
    charts: list[Chart] = Field(min_length=1, max_length=50)
