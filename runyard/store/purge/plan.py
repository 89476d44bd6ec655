"""What a purge would delete, and what it keeps because a registered version needs it; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from runyard.entities import DELETED
from runyard.errors import InvalidParameter
from runyard.store.artifacts.locations import SCHEME, location_key
from runyard.store.metadata.experiments import DEFAULT_ID
from runyard.store.metadata.session import Session, in_list, slices

# Ids of runs and models that are being purged begin with this; see rows.py.
TOMB = "purged:"
AFTER_TOMB = "purged;"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be purged: these runs and these experiments with all that is in them; None for the whole trash.

    Only what went into the trash at `before` (milliseconds since 1970) or earlier: what somebody deletes while a
    confirmation is read stays.
    """

    before: int
    run_ids: Sequence[str] | None = None
    experiment_ids: Sequence[str] | None = None

    @property
    def everything(self) -> bool:
        """Whether the whole trash is meant."""
        return self.run_ids is None and self.experiment_ids is None


class TrashedRun(NamedTuple):
    """A run in the trash."""

    key: int
    run_id: str
    name: str
    experiment_id: int
    artifact_uri: str


class TrashedExperiment(NamedTuple):
    """An experiment in the trash."""

    key: int
    name: str


class TrashedModel(NamedTuple):
    """A logged model that goes without its run: it is in the trash itself, or in an experiment that is."""

    key: int
    model_id: str
    name: str


class Kept(msgspec.Struct, frozen=True):
    """Something that stays in the trash, and why; `kind` is run, experiment or model."""

    kind: str
    id: str
    name: str
    reason: str


@dataclass(slots=True)
class Plan:
    """What goes and what stays."""

    runs: list[TrashedRun] = field(default_factory=list)
    experiments: list[TrashedExperiment] = field(default_factory=list)
    models: list[TrashedModel] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


def plan(session: Session, choice: Choice) -> Plan:
    """Read what `choice` means now; ids that are not in the trash are left out."""
    result = Plan()
    with session.snapshot():
        experiments = list(_experiments(session, choice))
        holding = _Holding(session)
        for runs in slices(_runs(session, choice, [key for key, _ in experiments])):
            holders = holding.of_runs(runs)
            for run in runs:
                if run.run_id in holders:
                    result.kept.append(Kept("run", run.run_id, run.name, _needed(holders[run.run_id])))
                else:
                    result.runs.append(run)
        _add_models(session, choice, experiments, result)
        _add_experiments(session, experiments, result)
    return result


def _needed(version: str) -> str:
    return f"needed by the registered model {version}"


_RUNS = "SELECT id, run_id, name, experiment_id, artifact_uri FROM run WHERE lifecycle_stage = 'deleted' AND"


# The newest first: their pages lie near the end of the file, which is then shortened without moving others.
def _runs(session: Session, choice: Choice, experiments: Sequence[int]) -> Iterator[TrashedRun]:
    before: dict[str, object] = {"before": choice.before}
    if choice.everything:
        yield from map(
            TrashedRun._make, session.iterate(f"{_RUNS} deleted_time <= :before ORDER BY id DESC", before)
        )
        return
    seen = set()
    parts: list[tuple[str, Sequence[object]]] = [
        ("run_id", choice.run_ids or ()),
        ("experiment_id", experiments),
    ]
    for column, values in parts:
        for part in slices(values):
            marks, chosen = in_list(part, "value")
            sql = f"{_RUNS} deleted_time <= :before AND {column} IN ({marks}) ORDER BY id DESC"
            for run in map(TrashedRun._make, session.all(sql, before | chosen)):
                if run.key not in seen:
                    seen.add(run.key)
                    yield run


def _experiments(session: Session, choice: Choice) -> Iterator[TrashedExperiment]:
    if choice.run_ids is not None and choice.experiment_ids is None:
        return
    wanted = None if choice.experiment_ids is None else set(choice.experiment_ids)
    for key, name in session.all(
        "SELECT id, name FROM experiment WHERE lifecycle_stage = ? AND last_update_time <= ? ORDER BY id",
        (DELETED, choice.before),
    ):
        if wanted is None or str(key) in wanted:
            yield TrashedExperiment(key, name)


_MODELS = """
    SELECT id, model_id, name, source_run_id FROM logged_model WHERE NOT (model_id >= :tomb AND model_id < :after)
"""


def _add_models(
    session: Session, choice: Choice, experiments: Sequence[TrashedExperiment], result: Plan
) -> None:
    """Logged models that are in the trash, or in an experiment of it; those of purged runs go with their runs."""
    within = "" if not experiments else ",".join(str(key) for key, _ in experiments)
    alone = "lifecycle_stage = 'deleted' AND last_update_time <= :before" if choice.everything else "1 = 0"
    found = session.all(
        f"{_MODELS} AND ({alone} OR experiment_id IN ({within})) ORDER BY id",
        {"tomb": TOMB, "after": AFTER_TOMB, "before": choice.before},
    )
    going = {run.run_id for run in result.runs}
    staying = {kept.id for kept in result.kept}
    for part in slices(found):
        rows = [row for row in part if row[3] not in going and row[3] not in staying]
        holders = model_holders(session, [row[1] for row in rows])
        for key, model_id, name, _ in rows:
            if model_id in holders:
                result.kept.append(Kept("model", model_id, name, _needed(holders[model_id])))
            else:
                result.models.append(TrashedModel(key, model_id, name))


def _add_experiments(session: Session, experiments: Sequence[TrashedExperiment], result: Plan) -> None:
    """Experiments that are empty afterwards."""
    going: dict[int, int] = {}
    for run in result.runs:
        going[run.experiment_id] = going.get(run.experiment_id, 0) + 1
    held = {kept.id for kept in result.kept if kept.kind == "model"}
    for experiment in experiments:
        key, name = experiment
        (runs,) = session.one(
            "SELECT count(*) FROM run WHERE experiment_id = ? AND lifecycle_stage <> 'purged'", (key,)
        ) or (0,)
        models = (
            session.all("SELECT model_id FROM logged_model WHERE experiment_id = ?", (key,)) if held else []
        )
        if key == DEFAULT_ID:
            reason = "runs without an experiment belong to it"
        elif runs > going.get(key, 0) or any(model_id in held for (model_id,) in models):
            reason = "something in it is kept"
        else:
            result.experiments.append(experiment)
            continue
        result.kept.append(Kept("experiment", str(key), name, reason))


# Asked about as many runs or models as one statement takes: a slice.
class _Holding:
    """Which registered versions hold runs: by the run's id, by a logged model of it, or by where their files lie."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # Keys of the files of versions, and of all folders above them.
        self._within: dict[str, str] = {}
        self._roots: dict[str, str] = {}
        for name, version, *places in session.all(
            "SELECT m.name, v.version, v.source, v.storage_location FROM model_version v "
            "JOIN registered_model m ON m.id = v.model_id "
            "WHERE v.source LIKE :own OR v.storage_location LIKE :own",
            {"own": f"{SCHEME}:%"},
        ):
            for key in {own_key(place) for place in places if place}:
                if key is not None:
                    self._roots[key] = f"{name} {version}"
                    for above in _above(key):
                        self._within[above] = f"{name} {version}"

    def of_runs(self, runs: Sequence[TrashedRun]) -> dict[str, str]:
        """By run id, "name version" of a version that needs the run."""
        marks, ids = in_list([run.run_id for run in runs], "id")
        found: dict[str, str] = {}
        for run_id, name, version in self._session.all(
            f"""SELECT v.run_id, m.name, v.version FROM model_version v
                JOIN registered_model m ON m.id = v.model_id WHERE v.run_id IN ({marks})
                UNION ALL
                SELECT l.source_run_id, m.name, v.version FROM logged_model l
                JOIN model_version v ON v.logged_model_id = l.model_id
                JOIN registered_model m ON m.id = v.model_id WHERE l.source_run_id IN ({marks})""",
            ids,
        ):
            found.setdefault(run_id, f"{name} {version}")
        if self._roots:
            for run in runs:
                holder = self._by_place(run.artifact_uri)
                if holder is not None:
                    found.setdefault(run.run_id, holder)
        return found

    def _by_place(self, uri: str) -> str | None:
        key = own_key(uri)
        if key is None:
            return None
        return self._within.get(key) or next(
            (self._roots[above] for above in _above(key) if above in self._roots), None
        )


def run_holders(session: Session, runs: Sequence[TrashedRun]) -> dict[str, str]:
    """By run id, "name version" of a registered version that needs the run."""
    return _Holding(session).of_runs(runs)


def model_holders(session: Session, model_ids: Sequence[str]) -> dict[str, str]:
    """By model id, "name version" of a version that is registered from the logged model."""
    if not model_ids:
        return {}
    marks, ids = in_list(model_ids, "id")
    return {
        model_id: f"{name} {version}"
        for model_id, name, version in session.all(
            "SELECT v.logged_model_id, m.name, v.version FROM model_version v "
            f"JOIN registered_model m ON m.id = v.model_id WHERE v.logged_model_id IN ({marks})",
            ids,
        )
    }


def own_key(uri: str) -> str | None:
    """The key of a location in this server's store; None for any other."""
    try:
        return location_key(uri)
    except InvalidParameter:
        return None


def _above(key: str) -> Iterator[str]:
    """A key and the folders that it lies in."""
    while key:
        yield key
        key = key.rpartition("/")[0]
