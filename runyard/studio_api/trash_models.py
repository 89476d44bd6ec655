"""What the routes of the trash and of sizes take and answer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from runyard.studio_api.models import Model


class Size(Model):
    """Bytes, and what they hold."""

    runs: int
    points: int
    total: int = Field(description="bytes of points, artifacts and texts")
    point_bytes: int = Field(description="as stored: compressed chunks, and what waits to become one")
    files: int
    artifact_bytes: int = Field(description="files in this server's store, with those of logged models")
    log_bytes: int = Field(description="of the artifacts, those in user_logs, system_logs and logs")
    text_bytes: int = Field(description="keys and values of parameters and tags")


class RunSize(Model):
    run_id: str
    size: Size


class RunSizes(Model):
    sizes: list[RunSize]
    complete: bool = Field(description="false: some are missing; ask again, and more are measured")


class ExperimentSize(Model):
    experiment_id: str
    size: Size = Field(description="of its runs, those in the trash included")
    complete: bool = Field(description="false: a part; ask again, and more is measured")


class ExperimentSizes(Model):
    sizes: list[ExperimentSize]


class TrashedExperiment(Model):
    experiment_id: str
    name: str
    deleted_time: int
    run_count: int = Field(description="its runs, which are in the trash with it")


class TrashedExperiments(Model):
    experiments: list[TrashedExperiment]


class TrashChoice(Model):
    """Runs, and experiments with all that is in them; without both, the whole trash."""

    run_ids: list[str] | None = Field(default=None, max_length=10_000)
    experiment_ids: list[str] | None = Field(default=None, max_length=10_000)


class KeptItem(Model):
    """What stays in the trash, and why."""

    kind: Literal["run", "experiment", "model"]
    id: str
    name: str
    reason: str


class TrashPlan(Model):
    """What deleting for ever would delete."""

    before: int = Field(description="what goes into the trash later than this is not meant")
    runs: int
    experiments: int
    models: int = Field(description="logged models that go without a run")
    size: Size
    complete: bool = Field(description="false: the size is of a part of the runs; ask again")
    run_names: list[str] = Field(description="of the first runs")
    experiment_names: list[str] = Field(description="of the first experiments")
    elsewhere: int = Field(description="runs whose artifacts lie outside of this server, where they stay")
    kept: list[KeptItem] = Field(description="the first of those that stay")
    kept_total: int


class Purge(TrashChoice):
    """What was confirmed."""

    before: int = Field(description="as the plan said")


class PurgeProgress(Model):
    """A purge that runs, or the last one; bytes are those that were given back to the file system."""

    status: Literal["running", "done", "failed", "interrupted"]
    phase: Literal["runs", "space"]
    started: int
    ended: int | None
    runs_total: int
    runs_done: int
    runs: int = Field(description="runs that were deleted")
    experiments: int
    models: int
    points: int
    files: int
    file_bytes: int
    database_bytes: int
    reusable_bytes: int = Field(description="free in the database's file, and used before it grows")
    elsewhere: int
    kept: list[KeptItem]
    kept_total: int
    error: str | None


class PurgeState(Model):
    purge: PurgeProgress | None


class ExperimentChange(Model):
    name: str = Field(min_length=1)
