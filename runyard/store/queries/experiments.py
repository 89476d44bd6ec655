"""Experiments as lists show them: those in use with numbers of their runs, and those in the trash."""

from __future__ import annotations

from typing import NamedTuple

from runyard.errors import ExperimentNotFound
from runyard.store.metadata.experiments import key_of
from runyard.store.metadata.saved_views import DEFAULT_TAG
from runyard.store.metadata.search.parameters import containing
from runyard.store.metadata.session import Session

_ACTIVE = f"""
    SELECT id, name, creation_time,
           (SELECT count(*) FROM run WHERE experiment_id = experiment.id AND lifecycle_stage = 'active'),
           (SELECT max(start_time) FROM run WHERE experiment_id = experiment.id AND lifecycle_stage = 'active'),
           (SELECT value FROM experiment_tag WHERE experiment_id = experiment.id AND key = '{DEFAULT_TAG}')
    FROM experiment
    WHERE lifecycle_stage = 'active' AND id > :after AND casefold(name) LIKE casefold(:pattern) ESCAPE '\\'
    ORDER BY id LIMIT :limit
"""
_TRASHED = """
    SELECT id, name, last_update_time,
           (SELECT count(*) FROM run WHERE experiment_id = experiment.id AND lifecycle_stage = 'deleted')
    FROM experiment WHERE lifecycle_stage = 'deleted' ORDER BY last_update_time DESC, id
"""


class ActiveExperiment(NamedTuple):
    """An experiment that is not in the trash; `runs` and `latest_start` are of runs that are not either."""

    key: int
    name: str
    creation_time: int
    runs: int
    latest_start: int | None
    default_view: str | None


class TrashedExperiment(NamedTuple):
    """An experiment in the trash, and the number of runs that are there with it."""

    key: int
    name: str
    deleted_time: int
    runs: int


def active_experiments(session: Session, text: str, after: int, limit: int) -> list[ActiveExperiment]:
    """Those behind the row id `after` whose names contain a text, whatever its case, as they were created."""
    parameters = {"after": after, "pattern": containing(text), "limit": limit}
    return [ActiveExperiment(*row) for row in session.iterate(_ACTIVE, parameters)]


def active_experiment(session: Session, experiment_id: str) -> ActiveExperiment:
    """One that is not in the trash; raises ExperimentNotFound."""
    key = key_of(experiment_id)
    found = active_experiments(session, "", key - 1, 1)
    if not found or found[0].key != key:
        raise ExperimentNotFound(experiment_id)
    return found[0]


def trashed_experiments(session: Session) -> list[TrashedExperiment]:
    """All that are in the trash, those that were deleted last first."""
    return [TrashedExperiment(*row) for row in session.iterate(_TRASHED)]
