"""Health, version, measures, the studio's pages, and unknown endpoints."""

from __future__ import annotations

import re

import pytest

from tests.faults.server import Server
from tests.faults.wire import Connection, create_run, encode_request, metric


def test_health_and_version(connection: Connection) -> None:
    assert connection.send(encode_request("GET", "/health")).body == b"OK"
    assert re.fullmatch(rb"\d+\.\d+\.\d+", connection.send(encode_request("GET", "/version")).body)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/2.0/mlflow/unknown"),
        ("POST", "/api/3.0/mlflow/traces"),
        ("POST", "/ajax-api/3.0/mlflow/scorers/register"),
        ("POST", "/graphql"),
        ("POST", "/v1/traces"),
        ("POST", "/unknown"),
    ],
)
def test_an_unknown_endpoint_answers_json(connection: Connection, method: str, path: str) -> None:
    answer = connection.send(encode_request(method, path, b"{}"))
    assert answer.status == 404
    assert answer.json()["error_code"] == "ENDPOINT_NOT_FOUND"
    assert path in answer.json()["message"]


def test_a_wrong_method_answers_405_with_the_right_ones(connection: Connection) -> None:
    answer = connection.send(encode_request("DELETE", "/api/2.0/mlflow/runs/create"))
    assert answer.status == 405
    assert "POST" in answer.json()["message"]


def test_every_other_path_is_a_page_of_the_studio(connection: Connection) -> None:
    for path in ("/", "/jobs", "/jobs/some-run/metrics"):
        answer = connection.send(encode_request("GET", path))
        assert answer.status == 200
        assert answer.body.startswith(b"<!doctype html>")


def test_the_prefix_of_azures_addresses_is_taken(connection: Connection) -> None:
    prefix = "/mlflow/v1.0/subscriptions/s/resourceGroups/g/providers/p/workspaces/w"
    answer = connection.send(
        encode_request("GET", f"{prefix}/api/2.0/mlflow/experiments/get?experiment_id=0")
    )
    assert answer.json()["experiment"]["name"] == "Default"


def test_measures_count_requests_and_commits(server: Server, connection: Connection) -> None:
    run_id = create_run(connection)
    for step in range(3):
        connection.post("runs/log-metric", metric(run_id, "loss", 1.0, step))
    text = connection.send(encode_request("GET", "/metrics")).body.decode()
    values = dict(re.findall(r"^(runyard_\S+) ([0-9.e+-]+)$", text, re.MULTILINE))
    assert int(values['runyard_requests_total{route="/api/2.0/mlflow/runs/log-metric",status="200"}']) >= 3
    assert int(values["runyard_group_operations_total"]) >= 4
    assert float(values["runyard_commit_seconds_total"]) > 0
    assert int(values["runyard_queue_depth"]) == 0
    for name in set(re.findall(r"^(runyard_\w+?)(?:_bucket|_sum|_count)?[{ ]", text, re.MULTILINE)):
        assert f"# TYPE {name} " in text, name
