"""The model registry: models, versions, stages, aliases, tags and searches."""

import uuid

import pytest

from tests.differential.both import Both


@pytest.fixture
def registry(both: Both) -> Both:
    """Both servers with `{model}`, a registered model without versions, and the `{source}` of the run's files."""
    name = uuid.uuid4().hex
    both.remember("model", (name, name))
    both.same("POST", "registered-models/create", {"name": "{model}"})
    both.same("GET", "runs/get", {"run_id": "{run}"}, remember={"source": "run.info.artifact_uri"})
    return both


VERSION = {"name": "{model}", "source": "{source}", "run_id": "{run}"}
ONE = {"name": "{model}"}
FIRST = {"name": "{model}", "version": "1"}


def test_registered_models(registry: Both) -> None:
    registry.same("POST", "registered-models/create", ONE)
    registry.same("GET", "registered-models/get", ONE)
    registry.same("PATCH", "registered-models/update", {**ONE, "description": "why ✓"})
    registry.same("PATCH", "registered-models/update", ONE)
    registry.same("POST", "registered-models/set-tag", {**ONE, "key": "a", "value": "1"})
    registry.same("POST", "registered-models/set-tag", {**ONE, "key": "a", "value": "2"})
    registry.same("POST", "registered-models/set-tag", {**ONE, "key": "k" * 251, "value": "v"})
    registry.same("GET", "registered-models/get", ONE)
    registry.same("DELETE", "registered-models/delete-tag", {**ONE, "key": "a"})
    registry.same("DELETE", "registered-models/delete-tag", {**ONE, "key": "a"})
    registry.same("POST", "registered-models/rename", {**ONE, "new_name": "other {model}"})
    registry.same("GET", "registered-models/get", ONE)
    registry.same("GET", "registered-models/get", {"name": "other {model}"})
    registry.same("DELETE", "registered-models/delete", {"name": "other {model}"})
    registry.same("DELETE", "registered-models/delete", {"name": "other {model}"})


def test_names_of_models(registry: Both) -> None:
    for name in (
        "a/b {unique}",
        "a:b {unique}",
        "опыт {unique}",
        " {unique} ",
        ".",
        "..",
        "n" * 251 + " {unique}",
        "{unique}%",
    ):
        # MLflow's own limit of 256 characters is the database's, and SQLite has none.
        registry.same("POST", "registered-models/create", {"name": name}, allow=("D-10",))


def test_versions(registry: Both) -> None:
    registry.same(
        "POST", "model-versions/create", {**VERSION, "description": "d", "run_link": "https://x.test/1"}
    )
    registry.same("GET", "model-versions/get", FIRST)
    registry.same("POST", "model-versions/create", {**VERSION, "tags": [{"key": "a", "value": "1"}]})
    registry.same("PATCH", "model-versions/update", {**FIRST, "description": "changed"})
    registry.same("POST", "model-versions/set-tag", {**FIRST, "key": "b", "value": "2"})
    registry.same("GET", "model-versions/get", FIRST)
    registry.same("DELETE", "model-versions/delete-tag", {**FIRST, "key": "b"})
    registry.same("GET", "model-versions/get-download-uri", FIRST)
    registry.same("GET", "registered-models/get-latest-versions", ONE)
    registry.same("DELETE", "model-versions/delete", {**ONE, "version": "2"})
    registry.same("GET", "model-versions/get", {**ONE, "version": "2"})
    registry.same("POST", "model-versions/create", VERSION)
    for version in ("0", "-1", "99", "x", "1.5"):
        registry.same("GET", "model-versions/get", {**ONE, "version": version}, allow=("D-09",))


def test_sources(registry: Both) -> None:
    for source in ("/etc/passwd", "file:///etc/passwd", "../x", "mlflow-artifacts:/../x", "{source}/../../x"):
        answers = registry.ask("POST", "model-versions/create", {**VERSION, "source": source})
        assert answers[1].status == 400, (source, answers[1])
    registry.same("POST", "model-versions/create", {**VERSION, "source": "s3://bucket/model", "run_id": ""})


def test_stages(registry: Both) -> None:
    for _ in range(3):
        registry.same("POST", "model-versions/create", VERSION)
    for version, stage, archive in (
        ("1", "Production", False),
        ("2", "production", True),
        ("3", "Staging", False),
        ("3", "None", False),
        ("3", "Nonsense", False),
        ("3", "None", True),
        ("9", "Staging", False),
    ):
        moved = {**ONE, "version": version, "stage": stage, "archive_existing_versions": archive}
        registry.same("POST", "model-versions/transition-stage", moved, allow=("D-09",))
    for stages in ([], ["Production"], ["archived", "None"], ["Nonsense"]):
        registry.same("POST", "registered-models/get-latest-versions", {**ONE, "stages": stages})
    registry.same("GET", "model-versions/get", FIRST)


def test_aliases(registry: Both) -> None:
    for _ in range(2):
        registry.same("POST", "model-versions/create", VERSION)
    for alias in (
        "best",
        "Best",
        "a_b-c.1",
        "latest",
        "v1",
        "V22",
        "v1x",
        "",
        "a b",
        "é",
        "x" * 256,
        "x" * 257,
    ):
        registry.same("POST", "registered-models/alias", {**FIRST, "alias": alias}, allow=("D-09",))
    registry.same("POST", "registered-models/alias", {**ONE, "version": "2", "alias": "best"})
    registry.same("POST", "registered-models/alias", {**ONE, "version": "9", "alias": "best"})
    registry.same("GET", "registered-models/alias", {**ONE, "alias": "best"})
    registry.same("GET", "model-versions/get", {**ONE, "version": "2"})
    registry.same("DELETE", "model-versions/delete", {**ONE, "version": "2"})
    registry.same("GET", "registered-models/alias", {**ONE, "alias": "best"})
    registry.same("DELETE", "registered-models/alias", {**ONE, "alias": "never"})


def test_searches(registry: Both) -> None:
    names = uuid.uuid4().hex[:8]
    registry.remember("prefix", (names, names))
    for index in range(4):
        tags = [{"key": "index", "value": str(index)}]
        registry.same("POST", "registered-models/create", {"name": f"{{prefix}}-{index}", "tags": tags})
        version = {**VERSION, "name": f"{{prefix}}-{index}", "tags": tags}
        registry.same("POST", "model-versions/create", version)
    like = "name LIKE '{prefix}%'"
    for query in (
        {"filter": like},
        {"filter": "name ILIKE '{prefix}%'", "order_by": ["name DESC"]},
        {"filter": like + " AND tags.index = '2'"},
        {"filter": like + " AND tags.index != '2'"},
        {"filter": "name = '{prefix}-1'"},
        {"filter": "name > 'a'"},
        {"filter": "nonsense = 'a'"},
        {"filter": "name = 'a"},
        {"filter": like, "order_by": ["nonsense"]},
        {"filter": like, "order_by": ["timestamp", "name"]},
        {"filter": like, "order_by": ["last_updated_timestamp DESC"]},
        {"filter": like, "max_results": 1001},
        {"filter": like, "max_results": 2},
        {"filter": like, "page_token": "invented"},
    ):
        registry.same("GET", "registered-models/search", query)
    for query in (
        {"filter": like, "order_by": ["name"]},
        {"filter": "name = '{prefix}-1'"},
        {"filter": "run_id = '{run}' AND " + like, "order_by": ["name DESC"]},
        {"filter": like + " AND tags.index = '2'"},
        {"filter": like + " AND source_path = '{source}'", "order_by": ["name"]},
        {"filter": like + " AND version_number > 0", "order_by": ["name"]},
        {"filter": "version_number LIKE '1'"},
        {"filter": "nonsense = 'a'"},
        {"filter": like, "order_by": ["version_number DESC", "name"]},
        {"filter": like, "order_by": ["nonsense"]},
        {"filter": like, "max_results": 200_001},
        {"filter": like, "max_results": 3, "order_by": ["name"]},
    ):
        registry.same("GET", "model-versions/search", query)
