from __future__ import annotations

import pytest

from runyard.store.metadata import experiments
from runyard.store.store import Store
from runyard.studio_api import artifacts
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import create_run


def put(store: Store, key: str, content: bytes) -> None:
    upload = store.artifacts.upload(key)
    upload.write([content])
    upload.publish()


def test_folders_come_first_then_files_with_their_sizes(filled: Store, client: Client) -> None:
    put(filled, "0/c/artifacts/notes.txt", b"12345")
    put(filled, "0/c/artifacts/plots/loss.png", b"1")
    put(filled, "0/c/artifacts/a.txt", b"")
    assert client.get("/runs/c/artifacts").json() == {
        "path": "",
        "entries": [
            {"path": "plots", "is_dir": True, "size": None},
            {"path": "a.txt", "is_dir": False, "size": 0},
            {"path": "notes.txt", "is_dir": False, "size": 5},
        ],
        "more": False,
        "next_page_token": None,
    }
    inside = client.get("/runs/c/artifacts", path="plots").json()
    assert inside["entries"] == [{"path": "plots/loss.png", "is_dir": False, "size": 1}]


def test_a_run_without_files_has_an_empty_tree(client: Client) -> None:
    assert client.get("/runs/c/artifacts").json()["entries"] == []


def test_a_full_folder_is_listed_in_pages(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifacts, "MOST_ENTRIES", 2)
    for name in ("a", "b", "c", "d", "e/x"):
        put(filled, f"0/c/artifacts/many/{name}", b"")
    query, pages = {"path": "many"}, []
    while True:
        page = client.get("/runs/c/artifacts", **query).json()
        pages.append([entry["path"] for entry in page["entries"]])
        assert page["more"] is (page["next_page_token"] is not None)
        if not page["more"]:
            break
        query["page_token"] = page["next_page_token"]
    assert pages == [["many/a", "many/b"], ["many/c", "many/d"], ["many/e"]]
    elsewhere = client.get("/runs/c/artifacts", path="", page_token=query["page_token"])
    assert (elsewhere.status, "page_token" in elsewhere.json()["message"]) == (400, True)


def test_paths_are_found_in_all_folders_of_several_runs(filled: Store, client: Client) -> None:
    put(filled, "0/c/artifacts/user_logs/std_log.txt", b"12345")
    put(filled, "0/c/artifacts/conf/Model.yaml", b"1")
    put(filled, "1/a/artifacts/user_logs/std_log.txt", b"1")
    put(filled, "1/a/artifacts/model/weights.bin", b"1")
    found = client.get("/artifact-paths", run_id=["c", "a"]).json()
    assert found == {
        "paths": [
            {"path": "user_logs/std_log.txt", "size": 5, "runs": [0, 1]},
            {"path": "conf/Model.yaml", "size": 1, "runs": [0]},
            {"path": "model/weights.bin", "size": 1, "runs": [1]},
        ],
        "more": False,
    }
    model = client.get("/artifact-paths", run_id=["c", "a"], search="mODEL").json()["paths"]
    assert [each["path"] for each in model] == ["conf/Model.yaml", "model/weights.bin"]
    first = client.get("/artifact-paths", run_id=["c", "a"], limit=1).json()
    assert (len(first["paths"]), first["more"]) == (1, True)
    assert client.get("/artifact-paths", run_id=["c", "nothing"]).status == 404


def test_a_search_for_paths_says_when_it_has_not_looked_at_all(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifacts, "MOST_FILES", 2)
    for name in "abc":
        put(filled, f"0/c/artifacts/{name}", b"")
    found = client.get("/artifact-paths", run_id=["c"]).json()
    assert ([each["path"] for each in found["paths"]], found["more"]) == (["a", "b"], True)


@pytest.mark.parametrize("path", ["../../b", "/etc", "a//b", "a/%2e%2e/b"])
def test_paths_stay_below_the_run(client: Client, path: str) -> None:
    answer = client.get("/runs/c/artifacts", path=path)
    assert (answer.status, answer.json()["error_code"]) == (400, "INVALID_PARAMETER_VALUE")


def test_files_that_lie_elsewhere_and_unknown_runs_are_told(filled: Store, client: Client) -> None:
    elsewhere = filled.write(lambda transaction: experiments.create(transaction, "s3", "s3://bucket/x", []))
    create_run(filled, "remote", elsewhere)
    answer = client.get("/runs/remote/artifacts")
    assert answer.status == 400 and "s3://bucket" in answer.json()["message"]
    assert client.get("/runs/nothing/artifacts").status == 404
