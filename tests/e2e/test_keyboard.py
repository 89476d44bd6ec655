"""The studio by keys alone."""

from __future__ import annotations

import pytest

from tests.e2e.studio import START, create_run, log, play, points, post, put_artifact
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_keys_alone_lead_through_the_main_path(server: Server) -> None:
    for place, name in enumerate(("first-run", "second-run", "third-run")):
        run = create_run(server.address, name, start=START - place)
        params = [{"key": f"param_{number}", "value": "1"} for number in range(100)]
        log(server.address, run, metrics=points("loss", [1.0, 0.5]), params=params)
        put_artifact(server.address, run, "plots/inner.txt", b"in a folder")
    post(server.address, "registered-models/create", {"name": "digits"})
    for version in (1, 2):
        post(server.address, "model-versions/create", {"name": "digits", "source": f"s3://models/{version}"})
    alias = {"name": "digits", "alias": "champion", "version": "2"}
    post(server.address, "registered-models/alias", alias)
    deleted = create_run(server.address, "deleted-run")
    post(server.address, "runs/delete", {"run_id": deleted})
    play("keyboardPath", {"address": server.address})
