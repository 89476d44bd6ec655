"""The search of the list in a real browser, and the keyboard's way through the studio."""

from __future__ import annotations

from functools import partial

import pytest

from tests.e2e.studio import START, create_run, log, play, post
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def tagged(many_runs: Server) -> Server:
    """run-118 has a tag and a description."""
    found = post(
        many_runs.address, "runs/search", {"experiment_ids": ["1"], "filter": "run_name = 'run-118'"}
    )
    run = found["runs"][0]["info"]["run_id"]
    tags = [
        {"key": "my tag", "value": "it's"},
        {"key": "mlflow.note.content", "value": "A fine description."},
    ]
    log(many_runs.address, run, tags=tags)
    return many_runs


@pytest.mark.parametrize("scenario", ["filterLanguage", "filterErrors", "keyboardOnly"])
def test_the_list_is_filtered(tagged: Server, scenario: str) -> None:
    play(scenario, {"address": tagged.address})


@pytest.mark.parametrize("scenario", ["palette", "defaultView"])
def test_the_frame(many_runs: Server, scenario: str) -> None:
    play(scenario, {"address": many_runs.address})


def test_pages_follow_at_the_chosen_pace(server: Server) -> None:
    names = ("first", "second", "third", "fourth")

    def create(number: int) -> None:
        create_run(server.address, names[number], start=START + number)

    create(0)
    play("pace", {"address": server.address}, {names[n]: partial(create, n) for n in (1, 2, 3)})
