"""What plots over many runs take and answer: columns of values, a value for each run."""

from __future__ import annotations

from pydantic import Field

from runyard.studio_api.models import ComparedText, Model, Number, RunFields

MOST_RUNS = 1000
MOST_COLUMNS = 100


class PlotRuns(Model):
    run_ids: list[str] = Field(min_length=1, max_length=MOST_RUNS)


class WantedColumns(PlotRuns):
    params: list[str] = Field(default=[], max_length=MOST_COLUMNS)
    metrics: list[str] = Field(default=[], max_length=MOST_COLUMNS)


class PlotRun(RunFields):
    """A run as far as it is plotted."""


class MetricColumn(Model):
    """A metric of several runs; in the order of the runs, null where a run has none."""

    name: str
    latest: list[Number | None]
    min: list[Number | None] = Field(description="least value that is no NaN")
    max: list[Number | None] = Field(description="greatest value that is no NaN")


class RunColumns(Model):
    runs: list[PlotRun] = Field(description="in the order asked, unknown ones left out")
    params: list[ComparedText] = Field(description="in the order asked, also those that no run has")
    metrics: list[MetricColumn] = Field(description="in the order asked, also those that no run has")


class ParamUse(Model):
    name: str
    runs: int = Field(description="how many of the runs have it")
    values: int = Field(description="how many different values they have")


class MetricUse(Model):
    name: str
    runs: int = Field(description="how many of the counted runs have it")


class RunNames(Model):
    """What can be plotted of some runs."""

    params: list[ParamUse] = Field(description="those with several values first")
    metrics: list[MetricUse] = Field(description="the commonest first, those of the machine last")
    counted: int = Field(description="runs whose metrics were counted: not all where there are many")
    more: bool = Field(description="whether there are more names than were asked for")
