"""Loads runs for answers in JSON: what `run_data.load` gives, with the lists encoded already.

A page of 100 runs has thousands of tags, parameters and metrics, and to bring each into Python as a row costs more
than all else of a search. Here the database writes the lists of tags and parameters itself, one text a run, and the
texts of metrics and parameters are kept (run_texts.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from runyard.entities import Entity, Metric, RunInfo, RunInputs, RunOutputs, wire_value
from runyard.store.metadata.datasets import load_inputs, load_outputs
from runyard.store.metadata.run_data import INFO_COLUMNS, find, info
from runyard.store.metadata.run_texts import RunText, RunTexts, Version
from runyard.store.metadata.session import Session, marks, slices

# SQLite's own functions for JSON; PostgreSQL calls them json_agg and json_build_object. Numbers with a fraction
# must not be written so: SQLite shortens them to 15 digits.
_PAIRS = "json_group_array(json_object('key', key, 'value', value))"
# Columns behind INFO_COLUMNS; two make the Version.
_TAGS, _VERSION, _HAS_DATASETS, _HAS_MODELS = 10, slice(11, 13), 13, 14
_EMPTY = msgspec.Raw(b"[]")
# Of runs that have none; shared, so never changed.
_INPUTS, _OUTPUTS = RunInputs(), RunOutputs()
_encode = msgspec.json.Encoder().encode


class JsonData(Entity):
    """RunData, each list as its JSON. `_EMPTY` itself, and no equal text, is left out."""

    metrics: msgspec.Raw = _EMPTY
    params: msgspec.Raw = _EMPTY
    tags: msgspec.Raw = _EMPTY


class JsonRun(Entity):
    """A Run that can be encoded as JSON, and as nothing else."""

    info: RunInfo
    data: JsonData
    inputs: RunInputs
    outputs: RunOutputs


def get(session: Session, texts: RunTexts, run_id: str) -> JsonRun:
    """The run with this id, deleted or not; raises RunNotFound."""
    with session.snapshot():
        return load(session, texts, [find(session, run_id)])[0]


def load(session: Session, texts: RunTexts, keys: Sequence[int]) -> list[JsonRun]:
    """The runs with these row ids, in this order."""
    runs: list[JsonRun] = []
    with session.snapshot():
        for part in slices(keys):
            runs += _load_slice(session, texts, part)
    return runs


def _load_slice(session: Session, texts: RunTexts, keys: Sequence[int]) -> list[JsonRun]:
    rows = session.all(
        f"SELECT {INFO_COLUMNS}, "
        f"(SELECT {_PAIRS} FROM run_tag t WHERE t.run_id = r.id), "
        "(SELECT COUNT(*) FROM param p WHERE p.run_id = r.id), "
        "(SELECT SUM(s.count) FROM series s WHERE s.run_id = r.id), "
        "EXISTS (SELECT 1 FROM run_dataset d WHERE d.run_id = r.id), "
        "EXISTS (SELECT 1 FROM run_model m WHERE m.run_id = r.id) "
        f"FROM run r WHERE r.id IN ({marks(keys)})",
        keys,
    )
    kept = _texts(session, texts, {row[0]: row[_VERSION] for row in rows})
    found: dict[int, JsonRun] = {}
    linked: list[int] = []
    for row in rows:
        key = row[0]
        metrics, params = kept[key]
        found[key] = JsonRun(
            info(row[:_TAGS]), JsonData(metrics, params, _raw(row[_TAGS])), _INPUTS, _OUTPUTS
        )
        if row[_HAS_DATASETS] or row[_HAS_MODELS]:
            linked.append(key)
    if linked:
        for run, inputs in load_inputs(session, linked).items():
            found[run].inputs = inputs
        for run, outputs in load_outputs(session, linked).items():
            found[run].outputs = outputs
    return [found[key] for key in keys if key in found]


def _texts(session: Session, texts: RunTexts, versions: dict[int, Version]) -> dict[int, RunText]:
    found = texts.find(versions)
    missing = [run for run in versions if run not in found]
    if missing:
        fresh = _read(session, missing)
        texts.keep(versions, fresh)
        found.update(fresh)
    return found


def _read(session: Session, keys: Sequence[int]) -> dict[int, RunText]:
    listed = marks(keys)
    params: dict[int, str] = dict(
        session.all(f"SELECT run_id, {_PAIRS} FROM param WHERE run_id IN ({listed}) GROUP BY run_id", keys)
    )
    metrics: dict[int, list[Metric]] = {key: [] for key in keys}
    rows = session.all(
        "SELECT run_id, name, latest_value, latest_nan, latest_time, latest_step FROM series "
        f"WHERE run_id IN ({listed}) ORDER BY run_id, name",
        keys,
    )
    for run, name, value, nan, time, step in rows:
        metrics[run].append(Metric(name, wire_value(value, nan), time, step))
    return {
        key: RunText(msgspec.Raw(_encode(metrics[key])) if metrics[key] else _EMPTY, _raw(params.get(key)))
        for key in keys
    }


def _raw(text: str | None) -> msgspec.Raw:
    return _EMPTY if text is None or text == "[]" else msgspec.Raw(text.encode())
