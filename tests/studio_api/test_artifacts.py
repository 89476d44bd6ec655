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
    }
    inside = client.get("/runs/c/artifacts", path="plots").json()
    assert inside["entries"] == [{"path": "plots/loss.png", "is_dir": False, "size": 1}]


def test_a_run_without_files_has_an_empty_tree(client: Client) -> None:
    assert client.get("/runs/c/artifacts").json()["entries"] == []


def test_a_full_folder_says_that_there_is_more(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifacts, "MOST_ENTRIES", 2)
    for name in "abc":
        put(filled, f"0/c/artifacts/{name}", b"")
    folder = client.get("/runs/c/artifacts").json()
    assert (len(folder["entries"]), folder["more"]) == (2, True)


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
