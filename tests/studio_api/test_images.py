from __future__ import annotations

import json

import pytest

from runyard.store.metadata import experiments
from runyard.store.store import Store
from runyard.studio_api import images
from tests.studio_api.asgi import Client
from tests.studio_api.test_artifacts import put
from tests.studio_api.workspace import create_run, log

ID = "37b1a9d4-29d6-4a2e-b68a-0e0e1b6f1a6f"


def put_image(store: Store, key: str, step: int, time: int = 1, sep: str = "+", small: bool = True) -> str:
    """An image as MLflow's client names it; its path without the suffix."""
    path = sep.join((f"images/{key}", "step", str(step), "timestamp", str(time), ID))
    put(store, f"0/c/artifacts/{path}.png", b"picture")
    if small:
        put(store, f"0/c/artifacts/{path}{sep}compressed.webp", b"small")
    return path


def test_series_are_in_order_of_their_steps_with_both_ways_of_naming(filled: Store, client: Client) -> None:
    tenth = put_image(filled, "val~a b.c-d_e", 10)
    second = put_image(filled, "val~a b.c-d_e", 2, time=7, small=False)
    old = put_image(filled, "old", -1, sep="%")
    put(filled, "0/c/artifacts/images/no series.png", b"")
    assert client.get("/runs/c/images").json() == {
        "series": [
            {
                "key": "old",
                "steps": [-1],
                "times": [1],
                "paths": [f"{old}.png"],
                "thumbnails": [f"{old}%compressed.webp"],
            },
            {
                "key": "val/a b.c-d_e",
                "steps": [2, 10],
                "times": [7, 1],
                "paths": [f"{second}.png", f"{tenth}.png"],
                "thumbnails": [None, f"{tenth}+compressed.webp"],
            },
        ],
        "more": False,
    }


def test_a_variant_that_is_larger_than_its_original_is_none(filled: Store, client: Client) -> None:
    path = put_image(filled, "digits", 1)
    put(filled, f"0/c/artifacts/{path}+compressed.webp", b"enlarged and a blur")
    (series,) = client.get("/runs/c/images").json()["series"]
    assert (series["paths"], series["thumbnails"]) == ([f"{path}.png"], [None])


def test_the_newest_image_of_a_step_is_listed(filled: Store, client: Client) -> None:
    put_image(filled, "k", 1, time=99)
    newest = put_image(filled, "k", 1, time=100)
    (series,) = client.get("/runs/c/images").json()["series"]
    assert (series["paths"], series["times"]) == ([f"{newest}.png"], [100])


def test_too_many_images_are_cut_and_it_is_told(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "MOST_SERIES_FILES", 4)
    for step in range(3):
        put_image(filled, "k", step)
    listing = client.get("/runs/c/images").json()
    assert (listing["series"][0]["steps"], listing["more"]) == ([0, 1], True)


def test_figures_are_found_in_any_folder_and_series_are_left_out(filled: Store, client: Client) -> None:
    put_image(filled, "k", 1)
    for path in ("deep/er/plot.SVG", "top.png", "images/own.jpg", "figure.html", "notes.txt", "png"):
        put(filled, f"0/c/artifacts/{path}", b"123")
    put(filled, "0/c/artifacts/table_images/t/x.png", b"")
    listing = client.get("/runs/c/figures").json()
    assert [(each["path"], each["kind"], each["size"]) for each in listing["figures"]] == [
        ("figure.html", "html", 3),
        ("top.png", "image", 3),
        ("images/own.jpg", "image", 3),
        ("deep/er/plot.SVG", "image", 3),
    ]
    assert (listing["tables"], listing["more"]) == ([], False)


@pytest.mark.parametrize("limit", ["MOST_FILES", "MOST_FIGURES"])
def test_a_search_for_figures_ends(
    filled: Store, client: Client, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(images, limit, 2)
    for name in "abc":
        put(filled, f"0/c/artifacts/{name}.png", b"")
    listing = client.get("/runs/c/figures").json()
    assert (len(listing["figures"]), listing["more"]) == (2, True)


def test_tables_are_those_that_the_client_notes(filled: Store, client: Client) -> None:
    put(filled, "0/c/artifacts/eval/results.json", b"{}")
    noted = [
        {"path": "eval/results.json", "type": "table"},
        {"path": "gone.json", "type": "table"},
        {"path": "../../x.json", "type": "table"},
        {"path": "other.json", "type": "something"},
    ]
    log(filled, "c", tags={"mlflow.loggedArtifacts": json.dumps(noted)})
    assert client.get("/runs/c/figures").json()["tables"] == [
        {"path": "eval/results.json", "size": 2},
        {"path": "gone.json", "size": None},
        {"path": "../../x.json", "size": None},
    ]
    log(filled, "c", tags={"mlflow.loggedArtifacts": "no JSON"})
    assert client.get("/runs/c/figures").json()["tables"] == []


@pytest.mark.parametrize("route", ["images", "figures"])
def test_files_that_lie_elsewhere_and_unknown_runs_are_told(
    filled: Store, client: Client, route: str
) -> None:
    elsewhere = filled.write(lambda transaction: experiments.create(transaction, "s3", "s3://bucket/x", []))
    create_run(filled, "remote", elsewhere)
    answer = client.get(f"/runs/remote/{route}")
    assert answer.status == 400 and "s3://bucket" in answer.json()["message"]
    assert client.get(f"/runs/nothing/{route}").status == 404
    assert client.get(f"/runs/a/{route}").json()["more"] is False
