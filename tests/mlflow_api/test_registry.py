"""The model registry over HTTP: fields, answers and errors."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from tests.compat.servers import runyard_server
from tests.differential.calls import Answer, call

MODELS = "/api/2.0/mlflow/registered-models/"
VERSIONS = "/api/2.0/mlflow/model-versions/"
names = (f"model {number}" for number in count())


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with runyard_server(tmp_path_factory.mktemp("registry")) as server:
        yield server.port


def ok(answer: Answer) -> Any:
    assert answer.status == 200, answer
    return answer.body


def refused(answer: Answer, status: int, code: str, words: str) -> None:
    assert (answer.status, answer.error_code) == (status, code), answer
    assert words in answer.message


@pytest.fixture
def name(port: int) -> str:
    name = next(names)
    ok(call(port, "POST", MODELS + "create", {"name": name}))
    return name


def add_version(port: int, name: str, **fields: Any) -> Any:
    body = {"name": name, "source": "s3://bucket/model", **fields}
    return ok(call(port, "POST", VERSIONS + "create", body))["model_version"]


def test_a_created_model_answers_what_mlflow_answers(port: int) -> None:
    name = next(names)
    tags = [{"key": "k", "value": "v"}, {"key": "no value"}]
    model = ok(call(port, "POST", MODELS + "create", {"name": name, "description": "d", "tags": tags}))[
        "registered_model"
    ]
    assert model == {
        "name": name,
        "creation_timestamp": model["creation_timestamp"],
        "last_updated_timestamp": model["creation_timestamp"],
        "description": "d",
        "tags": [{"key": "k", "value": "v"}, {"key": "no value", "value": ""}],
    }
    assert ok(call(port, "GET", MODELS + "get", {"name": name})) == {"registered_model": model}
    bare = ok(call(port, "POST", MODELS + "create", {"name": next(names)}))["registered_model"]
    assert set(bare) == {"name", "creation_timestamp", "last_updated_timestamp"}


def test_a_created_version_answers_what_mlflow_answers(port: int, name: str) -> None:
    made = add_version(port, name)
    assert made == {
        "name": name,
        "version": "1",
        "creation_timestamp": made["creation_timestamp"],
        "last_updated_timestamp": made["creation_timestamp"],
        "current_stage": "None",
        "description": "",
        "source": "s3://bucket/model",
        "run_id": "",
        "run_link": "",
        "status": "READY",
    }
    wanted = {"name": name, "version": "1"}
    assert ok(call(port, "GET", VERSIONS + "get", wanted)) == {"model_version": made}
    assert ok(call(port, "GET", VERSIONS + "get-download-uri", wanted)) == {
        "artifact_uri": "s3://bucket/model"
    }


def test_the_life_of_a_model_and_its_versions(port: int, name: str) -> None:
    add_version(port, name)
    add_version(port, name)
    stage = {"name": name, "version": "1", "stage": "Production", "archive_existing_versions": False}
    moved = ok(call(port, "POST", VERSIONS + "transition-stage", stage))["model_version"]
    assert moved["current_stage"] == "Production"
    stage = {"name": name, "version": 2, "stage": "production", "archive_existing_versions": True}
    ok(call(port, "POST", VERSIONS + "transition-stage", stage))
    for method in ("GET", "POST"):
        latest = ok(call(port, method, MODELS + "get-latest-versions", {"name": name}))["model_versions"]
        assert [(found["version"], found["current_stage"]) for found in latest] == [
            ("1", "Archived"),
            ("2", "Production"),
        ]
        wanted = {"name": name, "stages": ["Archived"]}
        assert len(ok(call(port, method, MODELS + "get-latest-versions", wanted))["model_versions"]) == 1
    ok(call(port, "POST", MODELS + "alias", {"name": name, "alias": "best", "version": "2"}))
    found = ok(call(port, "GET", MODELS + "alias", {"name": name, "alias": "best"}))["model_version"]
    assert (found["version"], found["aliases"]) == ("2", ["best"])
    tag = {"name": name, "version": "2", "key": "a/b", "value": "c"}
    ok(call(port, "POST", VERSIONS + "set-tag", tag))
    ok(call(port, "POST", MODELS + "set-tag", {"name": name, "key": "k", "value": "v"}))
    ok(call(port, "PATCH", VERSIONS + "update", {"name": name, "version": "2", "description": "x"}))
    ok(call(port, "PATCH", MODELS + "update", {"name": name, "description": "y"}))
    other = next(names)
    renamed = ok(call(port, "POST", MODELS + "rename", {"name": name, "new_name": other}))["registered_model"]
    assert renamed["aliases"] == [{"alias": "best", "version": "2"}]
    assert (renamed["description"], renamed["tags"]) == ("y", [{"key": "k", "value": "v"}])
    newest = renamed["latest_versions"][-1]
    assert (newest["description"], newest["tags"]) == ("x", [{"key": "a/b", "value": "c"}])
    ok(call(port, "DELETE", VERSIONS + "delete-tag", {"name": other, "version": "2", "key": "a/b"}))
    ok(call(port, "DELETE", MODELS + "delete-tag", {"name": other, "key": "k"}))
    ok(call(port, "DELETE", MODELS + "alias", {"name": other, "alias": "best"}))
    ok(call(port, "DELETE", VERSIONS + "delete", {"name": other, "version": "2"}))
    assert add_version(port, other)["version"] == "3"
    ok(call(port, "DELETE", MODELS + "delete", {"name": other}))
    missing = call(port, "GET", MODELS + "get", {"name": other})
    refused(missing, 404, "RESOURCE_DOES_NOT_EXIST", other)


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", MODELS + "create", {}, "name"),
        ("POST", MODELS + "create", {"name": " "}, "name"),
        ("POST", MODELS + "create", {"name": None, "x": 1}, "name"),
        ("POST", MODELS + "create", {"name": 5}, "name"),
        ("POST", MODELS + "create", {"name": "n", "tags": "t"}, "tags"),
        ("POST", MODELS + "rename", {"name": "n"}, "new_name"),
        ("GET", MODELS + "get", {}, "name"),
        ("GET", MODELS + "search", {"max_results": 1001}, "max_results"),
        ("GET", MODELS + "search", {"max_results": "many"}, "max_results"),
        ("POST", MODELS + "set-tag", {"name": "n"}, "key"),
        ("POST", MODELS + "alias", {"name": "n", "alias": "v1", "version": "1"}, "alias"),
        ("POST", MODELS + "alias", {"name": "n", "version": "1"}, "alias"),
        ("POST", MODELS + "alias", {"name": "n", "alias": "a"}, "version"),
        ("GET", MODELS + "alias", {"name": "n"}, "alias"),
        ("POST", VERSIONS + "create", {"name": "n"}, "source"),
        ("POST", VERSIONS + "create", {"source": "s3://b/x"}, "name"),
        ("GET", VERSIONS + "get", {"name": "n"}, "version"),
        ("GET", VERSIONS + "get", {"name": "n", "version": "x"}, "version"),
        ("GET", VERSIONS + "search", {"max_results": 200_001}, "max_results"),
        ("POST", VERSIONS + "transition-stage", {"name": "n", "version": "1"}, "stage"),
        ("DELETE", VERSIONS + "delete", {"name": "n"}, "version"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    port: int, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    refused(call(port, method, path, body), 400, "INVALID_PARAMETER_VALUE", f"'{field}")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", MODELS + "rename", {"name": "none", "new_name": "other"}),
        ("PATCH", MODELS + "update", {"name": "none"}),
        ("DELETE", MODELS + "delete", {"name": "none"}),
        ("POST", MODELS + "set-tag", {"name": "none", "key": "k", "value": "v"}),
        ("GET", MODELS + "get-latest-versions", {"name": "none"}),
        ("GET", MODELS + "alias", {"name": "none", "alias": "a"}),
        ("POST", VERSIONS + "create", {"name": "none", "source": "s3://b/x"}),
        ("GET", VERSIONS + "get", {"name": "none", "version": "1"}),
        ("GET", VERSIONS + "get", {"name": "none", "version": "9" * 30}),
        ("PATCH", VERSIONS + "update", {"name": "none", "version": "1"}),
        ("GET", VERSIONS + "get-download-uri", {"name": "none", "version": "1"}),
    ],
)
def test_what_does_not_exist_is_not_found(port: int, method: str, path: str, body: dict[str, Any]) -> None:
    refused(call(port, method, path, body), 404, "RESOURCE_DOES_NOT_EXIST", "'none'")


def test_taken_names_are_a_client_error(port: int, name: str) -> None:
    refused(call(port, "POST", MODELS + "create", {"name": name}), 400, "RESOURCE_ALREADY_EXISTS", name)
    other = next(names)
    ok(call(port, "POST", MODELS + "create", {"name": other}))
    clash = call(port, "POST", MODELS + "rename", {"name": name, "new_name": other})
    refused(clash, 400, "RESOURCE_ALREADY_EXISTS", other)


@pytest.mark.parametrize(
    "source",
    ["/etc", "file:///etc", "//etc", "file:/etc?x", "mlflow-artifacts:/0/%2e%2e/%2e%2e/etc", "runs:/../etc"],
)
def test_the_servers_own_files_are_no_source(port: int, name: str, source: str) -> None:
    body = {"name": name, "source": source, "tags": [{"key": "mlflow.prompt.is_prompt", "value": "false"}]}
    refused(call(port, "POST", VERSIONS + "create", body), 400, "INVALID_PARAMETER_VALUE", source)
    assert "latest_versions" not in ok(call(port, "GET", MODELS + "get", {"name": name}))["registered_model"]


def test_search_pages_through_models_and_versions(port: int) -> None:
    mine = sorted(next(names) for _ in range(5))
    for each in mine:
        ok(call(port, "POST", MODELS + "create", {"name": each, "tags": [{"key": "set", "value": "mine"}]}))
        add_version(port, each, tags=[{"key": "set", "value": "mine"}])
    wanted = {"filter": "tags.set = 'mine'", "max_results": 2, "order_by": ["name DESC"]}
    assert page_through(port, MODELS, "registered_models", wanted) == mine[::-1]
    wanted = {"filter": "tags.`set` = 'mine'", "max_results": 2, "order_by": ["name"]}
    assert page_through(port, VERSIONS, "model_versions", wanted) == mine
    bad = call(port, "GET", MODELS + "search", {"filter": "colour = 'red'"})
    refused(bad, 400, "INVALID_PARAMETER_VALUE", "colour")


def page_through(port: int, path: str, field: str, wanted: dict[str, Any]) -> list[str]:
    found: list[str] = []
    token: dict[str, Any] = {}
    while True:
        page = ok(call(port, "GET", path + "search", {**wanted, **token}))
        found += [each["name"] for each in page.get(field, [])]
        if "next_page_token" not in page:
            return found
        assert len(page[field]) == wanted["max_results"]
        token = {"page_token": page["next_page_token"]}


def test_prompts_are_found_only_when_asked_for(port: int) -> None:
    name = next(names)
    prompt = [{"key": "mlflow.prompt.is_prompt", "value": "true"}]
    ok(call(port, "POST", MODELS + "create", {"name": name, "tags": prompt}))
    add_version(port, name, source="dummy-source", tags=prompt)
    asked = {"filter": "tags.`mlflow.prompt.is_prompt` = 'true'"}
    for path, field in ((MODELS, "registered_models"), (VERSIONS, "model_versions")):
        assert name not in [each["name"] for each in ok(call(port, "GET", path + "search")).get(field, [])]
        assert name in [each["name"] for each in ok(call(port, "GET", path + "search", asked))[field]]


def test_a_browser_reaches_the_registry_too(port: int, name: str) -> None:
    found = ok(call(port, "GET", "/ajax-api/2.0/mlflow/registered-models/get", {"name": name}))
    assert found["registered_model"]["name"] == name


def test_everything_belongs_to_one_workspace(port: int) -> None:
    path = "/api/3.0/mlflow/workspaces"
    assert ok(call(port, "GET", path)) == {"workspaces": [{"name": "default"}]}
    assert ok(call(port, "GET", path + "/default")) == {"workspace": {"name": "default"}}
    refused(call(port, "GET", path + "/other"), 404, "RESOURCE_DOES_NOT_EXIST", "'other'")
    refused(call(port, "POST", path, {"name": "other"}), 400, "INVALID_STATE", "one workspace")
    refused(
        call(port, "PATCH", path + "/default", {"description": "d"}), 400, "INVALID_STATE", "one workspace"
    )
    refused(call(port, "DELETE", path + "/default"), 400, "INVALID_STATE", "one workspace")
    refused(call(port, "DELETE", path + "/other"), 404, "RESOURCE_DOES_NOT_EXIST", "'other'")


def test_a_retried_creation_makes_one_version(port: int, name: str) -> None:
    answers = [send_named(port, {"name": name, "source": "s3://bucket/model"}) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["model_version"]["version"] == "1"
    assert add_version(port, name)["version"] == "2"


def send_named(port: int, body: dict[str, str]) -> Any:
    """Send the same creation as a client does that names its requests."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"create {body['name']}"}
        connection.request("POST", VERSIONS + "create", json.dumps(body), headers)
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()
