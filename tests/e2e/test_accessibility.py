"""axe finds nothing wrong with any page of the studio: WCAG 2.1 A and AA, and best practices."""

from __future__ import annotations

import pytest

from tests.e2e.studio import START, create_run, finished_run, log, play, points, post, put_artifact
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_pages_with_data(server: Server) -> None:
    run = finished_run(server.address)
    put_artifact(server.address, run, "user_logs/std_log.txt", b"\x1b[31msaid once\x1b[0m\nand again\n")
    code = b"# Trains.\n@cache\nclass Net(Base):\n    def run(self, n=1): return int('a')\n"
    put_artifact(server.address, run, "train.py", code)
    put_artifact(server.address, run, "plots/notes.md", b"# Notes\n")
    other = create_run(server.address, "other-run", start=START + 1)
    log(
        server.address,
        other,
        metrics=points("loss", [2.0, 1.0]),
        params=[{"key": "batch_size", "value": "64"}],
    )
    deleted = create_run(server.address, "deleted-run")
    post(server.address, "runs/delete", {"run_id": deleted})
    archived = create_run(server.address, "archived-run")
    log(server.address, archived, tags=[{"key": "runyard.archived", "value": "true"}])
    bare = create_run(server.address, "bare-run", start=START - 1)
    play(
        "accessibleFull",
        {"address": server.address, "run": run, "other": other, "bare": bare, "archived": archived},
    )


def test_pages_without_data(server: Server) -> None:
    play("accessibleEmpty", {"address": server.address})
