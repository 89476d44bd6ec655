"""The tag in which MLflow 2 keeps what models a run logged among its artifacts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter
from runyard.store.metadata import runs
from runyard.store.transaction import Transaction

TAG = "mlflow.log-model.history"
REQUIRED = ("artifact_path", "flavors", "run_id", "utc_time_created")
# What MLflow keeps of a model's description; the rest is in its MLmodel file.
_KEPT = ("run_id", "artifact_path", "utc_time_created", "model_uuid")


def append(transaction: Transaction, run_id: str, model: Mapping[str, Any]) -> None:
    """Add a model to an active run's history; raises InvalidParameter when a field is missing."""
    entry = _entry(model)
    run = transaction.runs.active(run_id)
    row = transaction.session.one("SELECT value FROM run_tag WHERE run_id = ? AND key = ?", (run.key, TAG))
    history = _parse(row[0]) if row else []
    try:
        value = json.dumps([*history, entry])
    except RecursionError:
        raise InvalidParameter("Invalid value for parameter 'model_json': it is nested too deeply.") from None
    runs.set_tags(transaction, run_id, [KeyValue(TAG, value)])


def _entry(model: Mapping[str, Any]) -> dict[str, Any]:
    missing = [field for field in REQUIRED if field not in model]
    if missing:
        raise InvalidParameter(f"Invalid value for parameter 'model_json': it lacks {', '.join(missing)}.")
    flavors = model["flavors"]
    if not isinstance(flavors, dict):
        raise InvalidParameter("Invalid value for parameter 'model_json': 'flavors' must be an object.")
    entry = {field: model[field] for field in _KEPT if field in model}
    entry["flavors"] = {name: _without_config(flavor) for name, flavor in flavors.items()}
    return entry


def _without_config(flavor: Any) -> Any:
    if not isinstance(flavor, dict):
        return flavor
    return {field: value for field, value in flavor.items() if field != "config"}


def _parse(text: str) -> list[Any]:
    try:
        history = json.loads(text)
    except ValueError:
        history = None
    if not isinstance(history, list):
        raise InvalidParameter(f"The run's tag '{TAG}' is not a JSON list, so no model can be added to it.")
    return history
