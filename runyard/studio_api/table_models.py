"""What the table of runs asks for beside its rows: groups, and tags of many runs at once."""

from __future__ import annotations

from pydantic import Field

from runyard.studio_api.models import KeyValue, Model, Number


class Figures(Model):
    """Of one metric over all runs of a group; values that are not finite are counted and else left out."""

    count: int = Field(description="runs with a finite value")
    not_finite: int = Field(description="runs whose value is NaN or an infinity")
    mean: Number | None
    std: Number | None = Field(description="of a sample (n - 1); null for a single value")
    min: Number | None
    max: Number | None


class RunGroup(Model):
    """Runs that are equal in what they are grouped by."""

    value: str | None = Field(description="null: the runs that have none")
    runs: int
    metrics: dict[str, Figures] = Field(
        description="of the latest values; metrics that no run has are left out"
    )
    metric_min: dict[str, Figures] = Field(description="of each run's least value")
    metric_max: dict[str, Figures] = Field(description="of each run's greatest value")


class RunGroupPage(Model):
    groups: list[RunGroup]
    total: int = Field(description="groups on all pages")
    next_page_token: str | None


class TagChange(Model):
    """Tags to set on runs, and keys of tags to remove from those that have them."""

    run_ids: list[str] = Field(min_length=1, max_length=10_000)
    set_tags: list[KeyValue] = Field(default=[], max_length=100)
    delete_tags: list[str] = Field(default=[], max_length=100)


class TaggedRuns(Model):
    runs: int = Field(description="runs that changed; a tag that was not there can't be removed")


class ArchivedRuns(Model):
    runs: int
