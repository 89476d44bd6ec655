"""Adds tags `runyard.…` to new runs, where the tracking URI is one of Runyard."""

from __future__ import annotations

import mlflow
from mlflow.tracking.context.abstract_context import RunContextProvider

from runyard_mlflow.address import is_runyard
from runyard_mlflow.context.process import process_tags
from runyard_mlflow.context.surroundings import SURROUNDINGS, clean
from runyard_mlflow.settings import read_settings

# Seconds that a new run waits for what takes longer; what comes later is added afterwards.
SHORT = 0.1
# A tag that every run has of which the context is told.
MARK = "runyard.command"


class RunContext(RunContextProvider):
    """mlflow asks it when it begins a run, not when it resumes one: ranks do not overwrite each other's tags."""

    def in_context(self) -> bool:
        """Whether runs go to Runyard, and tags are wanted."""
        return is_runyard(mlflow.get_tracking_uri()) and read_settings().run_context

    def tags(self) -> dict[str, str]:
        """What is known at once, or soon."""
        return {**clean(process_tags()), **(SURROUNDINGS.known(SHORT) or {})}
