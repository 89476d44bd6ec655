"""What requests for runs have in common: which runs, and which columns of them."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from fastapi import Depends, Query

from runyard.store.metadata import experiments
from runyard.store.metadata.search import ViewType
from runyard.store.metadata.session import Session
from runyard.store.queries.run_rows import Columns

MAX_SEARCH_CHARACTERS = 500
View = Literal["active", "archived", "undeleted", "deleted"]
_VIEWS: dict[View, ViewType] = {
    "active": "UNARCHIVED",
    "archived": "ARCHIVED",
    "undeleted": "ACTIVE_ONLY",
    "deleted": "DELETED_ONLY",
}
_Names = Annotated[list[str] | None, Query(max_length=100)]


class Which(NamedTuple):
    """The runs of some experiments (none: of all) that match a filter and hold a text."""

    experiments: list[str]
    filter: str
    text: str
    view: View

    @property
    def view_type(self) -> ViewType:
        return _VIEWS[self.view]

    def experiment_ids(self, session: Session) -> list[str]:
        """Those whose runs are listed; of the trash also those that are in it themselves."""
        if self.experiments:
            return self.experiments
        return experiments.all_ids(session) if self.view == "deleted" else experiments.active_ids(session)


def _which(
    experiment_id: Annotated[list[str] | None, Query(description="none: all active experiments")] = None,
    filter: Annotated[str, Query(description="an expression in MLflow's filter language")] = "",
    search: Annotated[
        str,
        Query(
            description="text in the name, id, user, description or a tag", max_length=MAX_SEARCH_CHARACTERS
        ),
    ] = "",
    view: Annotated[
        View, Query(description="active: neither archived nor in the trash; undeleted: also archived ones")
    ] = "active",
) -> Which:
    return Which(experiment_id or [], filter, search, view)


def _columns(
    metric: Annotated[list[str] | None, Query(max_length=100, description="latest values")] = None,
    metric_min: Annotated[list[str] | None, Query(max_length=100, description="least values")] = None,
    metric_max: Annotated[list[str] | None, Query(max_length=100, description="greatest values")] = None,
    param: _Names = None,
    tag: _Names = None,
) -> Columns:
    return Columns(metric or [], metric_min or [], metric_max or [], param or [], tag or [])


AskedRuns = Annotated[Which, Depends(_which)]
AskedColumns = Annotated[Columns, Depends(_columns)]
