"""The search of the list in a real browser, and the keyboard's way through the studio."""

from __future__ import annotations

import pytest

from tests.e2e.studio import log, play, post
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def tagged(many_runs: Server) -> Server:
    """run-118 has a tag and a description."""
    found = post(many_runs.address, "runs/search", {"experiment_ids": ["1"], "filter": "run_name = 'run-118'"})
    run = found["runs"][0]["info"]["run_id"]
    tags = [
        {"key": "my tag", "value": "it's"},
        {"key": "mlflow.note.content", "value": "A fine description."},
    ]
    log(many_runs.address, run, tags=tags)
    return many_runs


@pytest.mark.parametrize("scenario", ["filterLanguage", "filterErrors"])
def test_the_list_is_filtered(tagged: Server, scenario: str) -> None:
    play(scenario, {"address": tagged.address})
