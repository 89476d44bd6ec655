from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
import yaml

from runyard.entities import KeyValue
from runyard.store.metadata import logged_models
from runyard.store.registry import models, versions
from runyard.store.store import Store
from tests.studio_api.asgi import Answer, Client

NAME = "größe 50% ?#&"
INPUTS = [
    {"type": "double", "name": "width", "required": True},
    {"type": "array", "items": {"type": "string"}, "name": "words", "required": False},
    {
        "type": "object",
        "properties": {"a": {"type": "long", "required": True}, "b": {"type": "double", "required": False}},
        "name": "both",
        "required": True,
    },
]
MLMODEL = {
    "flavors": {
        "python_function": {"python_version": "3.11.7", "env": {"conda": "conda.yaml"}, "code": None},
        "sklearn": {"sklearn_version": "1.9.1"},
    },
    "mlflow_version": "3.17.2",
    "model_size_bytes": 11724,
    "saved_input_example_info": {"artifact_path": "input_example.json", "type": "dataframe"},
    "signature": {
        "inputs": json.dumps(INPUTS),
        "outputs": json.dumps([{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1, 3]}}]),
        "params": json.dumps([{"name": "threshold", "default": 0.5, "shape": None, "type": "double"}]),
    },
}


def put(store: Store, key: str, content: str) -> None:
    upload = store.artifacts.upload(key)
    upload.write([content.encode()])
    upload.publish()


@pytest.fixture(autouse=True)
def registered(filled: Store) -> None:
    """A model of run a, with three versions of which the first has files, and two others without versions."""
    for name in (NAME, "wine", "iris"):
        filled.write(partial(models.create, name=name, tags=[KeyValue("team", name[:4])]))
    new = logged_models.NewLoggedModel("0", "model", "", "a", [KeyValue("depth", "3")])
    model_id = filled.write(lambda tx: logged_models.create(tx, new))
    for source in (f"models:/{model_id}", "s3://bucket/model", "s3://bucket/model"):
        filled.write(partial(versions.create, new=versions.NewVersion(NAME, source)))
    put(filled, f"0/models/{model_id}/artifacts/MLmodel", yaml.safe_dump(MLMODEL, default_flow_style=False))
    put(
        filled, f"0/models/{model_id}/artifacts/input_example.json", '{"columns": ["width"], "data": [[1.5]]}'
    )
    put(filled, f"0/models/{model_id}/artifacts/requirements.txt", "scikit-learn==1.9.1")


def path(*rest: str, name: str = NAME) -> str:
    """A path as the server decodes it."""
    return "/".join(("/models", name, *rest))


def send(client: Client, method: str, target: str, body: Any = None) -> Answer:
    return client.call(method, target, body=b"" if body is None else json.dumps(body).encode())


def test_models_are_listed_searched_and_sorted_by_page(client: Client) -> None:
    first = client.get("/models", max_results=2).json()
    assert [row["name"] for row in first["models"]] == [NAME, "iris"]
    row = first["models"][0]
    assert (row["version_count"], row["latest_versions"][-1]["version"]) == (3, "3")
    assert row["tags"] == [{"key": "team", "value": "größ"}]
    rest = client.get("/models", max_results=2, page_token=first["next_page_token"]).json()
    assert ([row["name"] for row in rest["models"]], rest["next_page_token"]) == (["wine"], None)

    def names(**query: Any) -> list[str]:
        return [row["name"] for row in client.get("/models", **query).json()["models"]]

    assert names(search="RI") == ["iris"]
    assert names(search="50% ?") == [NAME]
    assert names(search="it's") == []
    assert (names(search="_"), names(search="r%s")) == ([], [])
    assert names(filter="tags.team = 'wine'") == ["wine"]
    assert names(filter="tags.team = 'wine' OR name = 'iris'", search="i") == ["iris", "wine"]
    assert names(sort="name", descending=True) == ["wine", "iris", NAME]
    refused = client.get("/models", filter="metrics.loss < 1")
    assert (refused.status, refused.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


def test_description_and_tags_change_together_or_not_at_all(client: Client) -> None:
    for target in (path(), path("versions", "2")):
        change = {"description": "*why*", "set_tags": [{"key": "owner", "value": "ada"}]}
        changed = send(client, "PATCH", target, change).json()
        assert changed["description"] == "*why*"
        assert {"key": "owner", "value": "ada"} in changed["tags"]
        assert client.get(target).json() == changed
        refused = send(
            client, "PATCH", target, {"description": "no", "set_tags": [{"key": "", "value": "x"}]}
        )
        assert (refused.status, refused.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")
        assert client.get(target).json() == changed
        changed = send(client, "PATCH", target, {"description": "", "delete_tags": ["owner"]}).json()
        assert changed["description"] == ""
        assert "owner" not in [tag["key"] for tag in changed["tags"]]


def test_an_alias_moves_only_from_where_the_reader_saw_it(client: Client) -> None:
    target = path("aliases", "champion")
    made = send(client, "PUT", target, {"version": "1", "held": None}).json()
    assert made["aliases"] == [{"alias": "champion", "version": "1"}]
    late = send(client, "PUT", target, {"version": "3", "held": None})
    assert (late.status, late.json()["error_code"]) == (400, "INVALID_STATE")
    assert "version 1" in late.json()["message"]
    moved = send(client, "PUT", target, {"version": "2", "held": "1"}).json()
    periods = [(each["version"], each["start"] is None, each["end"] is None) for each in moved["history"]]
    assert periods == [("1", False, False), ("2", False, True)]
    assert moved["history"][0]["end"] == moved["history"][1]["start"]
    for body in ({"version": "9", "held": "2"}, {"version": "x", "held": "2"}, {"version": "1"}):
        assert send(client, "PUT", target, body).status in (400, 404), body
    assert send(client, "PUT", path("aliases", "latest"), {"version": "1", "held": None}).status == 400
    assert client.get(path("versions", "2")).json()["aliases"] == ["champion"]
    assert send(client, "DELETE", target).status == 204
    left = client.get(path()).json()
    assert (left["aliases"], left["history"][1]["end"] is None) == ([], False)


def test_versions_are_listed_and_deleted(client: Client) -> None:
    first = client.get(path("versions"), max_results=2).json()
    assert [row["version"] for row in first["versions"]] == ["3", "2"]
    (oldest,) = client.get(path("versions"), max_results=2, page_token=first["next_page_token"]).json()[
        "versions"
    ]
    assert (oldest["version"], oldest["run_name"], oldest["user"]) == ("1", "name of a", "ada")
    assert client.get(path("versions"), page_token="x").status == 400
    assert send(client, "DELETE", path("versions", "2")).status == 204
    assert client.get(path("versions", "2")).status == 404
    assert client.get(path()).json()["version_count"] == 2
    assert send(client, "DELETE", path()).status == 204
    for target in (path(), path("versions"), path("versions", "1"), path("versions", "1", "files")):
        answer = client.get(target)
        assert (answer.status, answer.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST"), target


def test_a_version_tells_of_its_logged_model_and_its_files(client: Client) -> None:
    version = client.get(path("versions", "1")).json()
    assert version["logged_model"]["params"] == [{"key": "depth", "value": "3"}]
    files = client.get(path("versions", "1", "files")).json()
    assert files["problem"] is None
    types = [(field["name"], field["type"], field["required"]) for field in files["signature"]["inputs"]]
    assert types == [
        ("width", "double", True),
        ("words", "array(string)", False),
        ("both", "object(a: long, b?: double)", True),
    ]
    (output,), (param,) = files["signature"]["outputs"], files["signature"]["params"]
    assert (output["name"], output["type"], output["shape"]) == (None, "tensor(int64)", "(-1, 3)")
    assert (param["name"], param["type"], param["default"]) == ("threshold", "double", "0.5")
    assert json.loads(files["example"]["text"])["data"] == [[1.5]]
    assert [flavor["name"] for flavor in files["flavors"]] == ["python_function", "sklearn"]
    assert (files["python_version"], files["requirements"]) == ("3.11.7", "scikit-learn==1.9.1")
    listed = client.get(path("versions", "1", "artifacts")).json()
    assert [entry["path"] for entry in listed["entries"]] == [
        "MLmodel",
        "input_example.json",
        "requirements.txt",
    ]


def test_files_that_can_not_be_read_are_a_fact_and_no_failure(client: Client, filled: Store) -> None:
    outside = client.get(path("versions", "2", "files"))
    assert outside.status == 200
    assert "outside of this server's store" in outside.json()["problem"]

    lost = versions.NewVersion("wine", "runs:/0123456789abcdef0123456789abcdef/model")
    filled.write(partial(versions.create, new=lost))
    gone = client.get(path("versions", "1", "files", name="wine"))
    assert gone.status == 200
    assert "0123456789abcdef" in gone.json()["problem"]

    def problem(mlmodel: str) -> Any:
        model_id = client.get(path("versions", "1")).json()["model_id"]
        put(filled, f"0/models/{model_id}/artifacts/MLmodel", mlmodel)
        answer = client.get(path("versions", "1", "files"))
        assert answer.status == 200, answer.body
        return answer.json()

    assert (
        "could not determine a constructor"
        in problem("a: !!python/object/apply:os.system ['true']")["problem"]
    )
    assert "at most" in problem("a: '" + "x" * 4_000_000 + "'")["problem"]
    for odd in ("flavors: 1", "flavors:\n  a: 1", "signature: x", "signature:\n  inputs: '[[[1, 2'"):
        found = problem(odd)
        assert (found["problem"], found["signature"], found["flavors"]) == (None, None, []), odd
    leaving = problem("saved_input_example_info:\n  artifact_path: ../../../0/a/secret\n  type: x")
    assert (leaving["problem"], leaving["example"]) == (None, None)


@pytest.mark.filterwarnings("ignore")
def test_what_mlflow_itself_writes_is_read(client: Client, filled: Store) -> None:
    import pandas
    from mlflow.models import Model, infer_signature

    frame = pandas.DataFrame({f"a column with a rather long name {n}": [0.5, 1.5] for n in range(40)})
    frame["it's: ü"] = "text"
    signature = infer_signature(frame, frame["it's: ü"], params={"threshold": 0.5, "words": ["a", "b"]})
    model = Model(
        signature=signature, metadata={"note": "first\n  second: 'third'\n", "none": None, "list": [1, [2.5]]}
    )
    model.add_flavor("python_function", python_version="3.11.7", data=None)
    model_id = client.get(path("versions", "1")).json()["model_id"]
    put(filled, f"0/models/{model_id}/artifacts/MLmodel", model.to_yaml())
    files = client.get(path("versions", "1", "files")).json()
    assert files["problem"] is None
    assert [field["name"] for field in files["signature"]["inputs"]] == list(frame.columns)
    params = {field["name"]: (field["type"], field["default"]) for field in files["signature"]["params"]}
    assert params == {"threshold": ("double", "0.5"), "words": ("string", '["a", "b"]')}
    assert [flavor["name"] for flavor in files["flavors"]] == ["python_function"]
