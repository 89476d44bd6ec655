"""Marks new runs, where the tracking URI is one of Runyard, as ones that get tags `runyard.…`."""

from __future__ import annotations

import mlflow
from mlflow.tracking.context.abstract_context import RunContextProvider

from runyard_mlflow.address import is_runyard
from runyard_mlflow.settings import read_settings

# The store puts the tags in its place.
MARK = "runyard.context"


class RunContext(RunContextProvider):
    """mlflow asks it when it begins a run, not when it resumes one: ranks do not overwrite each other's tags.

    It asks for the sources of datasets, too, which must not hold a list of packages: so what it gets is short.
    """

    def in_context(self) -> bool:
        """Whether runs go to Runyard, and tags are wanted."""
        return is_runyard(mlflow.get_tracking_uri()) and read_settings().run_context

    def tags(self) -> dict[str, str]:
        """The mark."""
        return {MARK: "true"}
