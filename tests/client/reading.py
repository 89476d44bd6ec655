"""What a server has of an experiment's runs, read without mlflow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.faults.wire import Connection, encode_request


@dataclass(frozen=True)
class Point:
    """A point of a metric; `time` in milliseconds."""

    step: int
    time: int
    # As the server spells it: a number, or NaN and infinities as text.
    value: float | str


@dataclass(frozen=True)
class Stored:
    """A run: its info and data as the server answers them, points in their order, and files by path."""

    run: dict[str, Any]
    points: dict[str, list[Point]]
    artifacts: dict[str, bytes]

    @property
    def info(self) -> dict[str, Any]:
        found: dict[str, Any] = self.run["info"]
        return found

    @property
    def metrics(self) -> dict[str, list[tuple[int, float]]]:
        """Steps and values of each metric."""
        return {
            name: [(point.step, float(point.value)) for point in points]
            for name, points in self.points.items()
        }

    def pairs(self, kind: str) -> dict[str, str]:
        """Params or tags."""
        return {each["key"]: each["value"] for each in self.run["data"].get(kind, [])}


def stored_runs(address: str, experiment: str) -> list[Stored]:
    """The runs of an experiment, the oldest first."""
    with Connection(address, timeout=60) as connection:
        found = connection.get("experiments/get-by-name", experiment_name=experiment)
        assert found.status == 200, found
        wanted: dict[str, Any] = {
            "experiment_ids": [found.json()["experiment"]["experiment_id"]],
            "max_results": 1000,
        }
        wanted["run_view_type"] = "ALL"
        runs = connection.post("runs/search", wanted).json().get("runs", [])
        runs.sort(key=lambda run: run["info"]["start_time"])
        return [_stored(connection, run) for run in runs]


def _stored(connection: Connection, run: dict[str, Any]) -> Stored:
    run_id = run["info"]["run_id"]
    names = sorted(metric["key"] for metric in run["data"].get("metrics", []))
    return Stored(
        run,
        {name: _points(connection, run_id, name) for name in names},
        _artifacts(connection, run_id, ""),
    )


def _points(connection: Connection, run_id: str, name: str) -> list[Point]:
    answer = connection.get("metrics/get-history", run_id=run_id, metric_key=name)
    assert answer.status == 200, answer
    found = answer.json()["metrics"]
    return [Point(point["step"], point["timestamp"], point["value"]) for point in found]


def _artifacts(connection: Connection, run_id: str, folder: str) -> dict[str, bytes]:
    query = urlencode({"run_id": run_id, "path": folder})
    listed = connection.send(encode_request("GET", f"/api/2.0/mlflow/artifacts/list?{query}"))
    found: dict[str, bytes] = {}
    for entry in listed.json().get("files", []):
        path = entry["path"]
        if entry.get("is_dir"):
            found |= _artifacts(connection, run_id, path)
        else:
            query = urlencode({"run_uuid": run_id, "path": path})
            answer = connection.send(encode_request("GET", f"/get-artifact?{query}"))
            assert answer.status == 200, answer
            found[path] = answer.body
    return found


def files_below(connection: Connection, folder: str) -> dict[str, bytes]:
    """The files of a folder of the store of artifacts, such as that of a logged model, by their paths in it."""
    base = "/api/2.0/mlflow-artifacts/artifacts"
    listed = connection.send(encode_request("GET", f"{base}?{urlencode({'path': folder})}"))
    found: dict[str, bytes] = {}
    for entry in listed.json().get("files", []):
        path = entry["path"].rpartition("/")[2]
        if entry.get("is_dir"):
            inner = files_below(connection, f"{folder}/{path}")
            found |= {f"{path}/{name}": data for name, data in inner.items()}
        else:
            found[path] = connection.send(encode_request("GET", f"{base}/{folder}/{path}")).body
    return found


def as_json(data: bytes) -> Any:
    """What a file of JSON says."""
    return json.loads(data)
