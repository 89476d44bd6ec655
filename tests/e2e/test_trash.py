"""Sizes, experiments in the trash, and deleting for ever, in a real browser."""

from __future__ import annotations

import pytest

from tests.e2e.studio import create_run, log, play, points, post, put_artifact
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

FILE = bytes(1_000_000)


def experiment(address: str, name: str) -> str:
    return str(post(address, "experiments/create", {"name": name})["experiment_id"])


def test_the_trash_is_emptied_after_a_confirmation_that_names_what_goes(server: Server) -> None:
    address = server.address
    first = create_run(address, "first")
    log(address, first, metrics=points("loss", [1.0, 0.5, 0.25]))
    put_artifact(address, first, "model.bin", FILE)
    kept = create_run(address, "kept")
    post(address, "registered-models/create", {"name": "digits model"})
    version = {"name": "digits model", "source": f"runs:/{kept}/model", "run_id": kept}
    post(address, "model-versions/create", version)
    old = experiment(address, "old digits")
    log(address, create_run(address, "of old digits", old), metrics=points("loss", [1.0]))
    for run in (first, kept):
        post(address, "runs/delete", {"run_id": run})
    post(address, "experiments/delete", {"experiment_id": old})
    play("purge", {"address": address, "first": first})


def test_experiments_are_renamed_deleted_and_restored_and_say_their_size(server: Server) -> None:
    digits = experiment(server.address, "digits")
    run = create_run(server.address, "a job", digits)
    put_artifact(server.address, run, "model.bin", FILE, digits)
    put_artifact(server.address, run, "user_logs/std_log.txt", b"line\n" * 1000, digits)
    play("experiments", {"address": server.address, "run": run})
