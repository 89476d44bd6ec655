"""Reads what a run read and made: datasets, logged models, and registered versions that came from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from runyard.entities import KeyValue
from runyard.errors import NotFound
from runyard.store.metadata import logged_model_data
from runyard.store.metadata.logged_model_entities import LoggedModel
from runyard.store.metadata.run_data import find
from runyard.store.metadata.session import Session, in_list

MOST_DATASETS = 1000
MOST_MODELS = 200
MOST_VERSIONS = 200

_tags = msgspec.json.Decoder(list[KeyValue])


@dataclass
class RunDataset:
    name: str
    digest: str
    source_type: str
    context: str | None
    tags: list[KeyValue]


@dataclass
class LinkedModel:
    """A model as the run names it, and what is known of it."""

    model_id: str
    step: int | None
    model: LoggedModel | None


@dataclass
class RunVersion:
    name: str
    version: str
    status: str
    aliases: list[str] = field(default_factory=list)


@dataclass
class RunLineage:
    datasets: list[RunDataset]
    inputs: list[LinkedModel]
    outputs: list[LinkedModel]
    versions: list[RunVersion]
    more: bool


def lineage(session: Session, run_id: str) -> RunLineage:
    """What a run read and made; raises RunNotFound."""
    with session.snapshot():
        run = find(session, run_id)
        inputs, more_inputs = _models(session, _linked(session, run, "input"))
        outputs, more_outputs = _models(session, _made(session, run, run_id))
        datasets = _datasets(session, run)
        versions = _versions(session, run_id)
        return RunLineage(
            datasets=datasets[:MOST_DATASETS],
            inputs=inputs,
            outputs=outputs,
            versions=versions[:MOST_VERSIONS],
            more=more_inputs
            or more_outputs
            or len(datasets) > MOST_DATASETS
            or len(versions) > MOST_VERSIONS,
        )


def dataset(session: Session, run_id: str, name: str, digest: str) -> tuple[str, str | None, str | None]:
    """(source, schema, profile) of a dataset that a run read; raises RunNotFound or NotFound."""
    with session.snapshot():
        row = session.one(
            "SELECT d.source, d.schema, d.profile FROM run_dataset r JOIN dataset d ON d.id = r.dataset_id "
            "WHERE r.run_id = :run AND d.name = :name AND d.digest = :digest",
            {"run": find(session, run_id), "name": name, "digest": digest},
        )
    if row is None:
        raise NotFound(f"Run '{run_id}' has no dataset '{name}' with the digest '{digest}'.")
    return row[0], row[1], row[2]


def _datasets(session: Session, run: int) -> list[RunDataset]:
    rows = session.all(
        "SELECT d.name, d.digest, d.source_type, r.context, r.tags FROM run_dataset r "
        "JOIN dataset d ON d.id = r.dataset_id WHERE r.run_id = :run ORDER BY r.position LIMIT :limit",
        {"run": run, "limit": MOST_DATASETS + 1},
    )
    return [
        RunDataset(name, digest, source_type, context, _tags.decode(tags))
        for name, digest, source_type, context, tags in rows
    ]


def _linked(session: Session, run: int, direction: str) -> list[tuple[str, int | None]]:
    """(model id, step) of the models that the run itself names."""
    rows = session.all(
        "SELECT model_id, step FROM run_model WHERE run_id = :run AND direction = :direction "
        "ORDER BY position LIMIT :limit",
        {"run": run, "direction": direction, "limit": MOST_MODELS + 1},
    )
    # A model that is read has no step of its own.
    return [(model_id, step if direction == "output" else None) for model_id, step in rows]


def _made(session: Session, run: int, run_id: str) -> list[tuple[str, int | None]]:
    """Models that the run names as its outputs, then those that name the run as their source."""
    found = dict(_linked(session, run, "output"))
    rows = session.all(
        "SELECT model_id FROM logged_model WHERE source_run_id = :run AND lifecycle_stage = 'active' "
        "ORDER BY creation_time, id LIMIT :limit",
        {"run": run_id, "limit": MOST_MODELS + 1},
    )
    for (model_id,) in rows:
        found.setdefault(model_id, None)
    return list(found.items())


def _models(session: Session, links: Sequence[tuple[str, int | None]]) -> tuple[list[LinkedModel], bool]:
    """The models behind the first links, and whether there are more."""
    shown = links[:MOST_MODELS]
    known = {model.info.model_id: model for model in _load(session, [model_id for model_id, _ in shown])}
    return [LinkedModel(model_id, step, known.get(model_id)) for model_id, step in shown], len(links) > len(
        shown
    )


def _load(session: Session, model_ids: Sequence[str]) -> Iterator[LoggedModel]:
    if model_ids:
        marks, ids = in_list(model_ids, "id")
        sql = f"SELECT id FROM logged_model WHERE model_id IN ({marks}) AND lifecycle_stage = 'active'"
        yield from logged_model_data.load(session, [key for (key,) in session.all(sql, ids)])


def _versions(session: Session, run_id: str) -> list[RunVersion]:
    rows = session.all(
        "SELECT m.id, m.name, v.version, v.status FROM model_version v JOIN registered_model m ON m.id = v.model_id "
        "WHERE v.run_id = :run ORDER BY m.name, v.version LIMIT :limit",
        {"run": run_id, "limit": MOST_VERSIONS + 1},
    )
    found = {(key, version): RunVersion(name, str(version), status) for key, name, version, status in rows}
    if found:
        marks, models = in_list(sorted({key for key, _ in found}), "model")
        aliases = (
            "SELECT model_id, version, alias FROM registered_model_alias "
            f"WHERE model_id IN ({marks}) ORDER BY alias"
        )
        for key, version, alias in session.iterate(aliases, models):
            if (key, version) in found:
                found[key, version].aliases.append(alias)
    return list(found.values())
