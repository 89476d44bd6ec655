"""Charts beside the list of jobs, in a real browser."""

from __future__ import annotations

import pytest

from tests.e2e.studio import START, create_run, log, play, points
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_charts_follow_the_list(server: Server) -> None:
    for number in range(24):
        run = create_run(server.address, f"run-{number:02d}", start=START - number * 1000)
        log(
            server.address,
            run,
            metrics=points("loss", [3.0, 2.0, 1.0 + number]) + points("acc", [0.5, 0.6]),
            params=[{"key": "lr", "value": "0.2" if number % 2 else "0.1"}],
        )

    def begin() -> None:
        newest = create_run(server.address, "newest", start=START + 1000)
        log(server.address, newest, metrics=points("loss", [2.0]))

    play("beside", {"address": server.address}, {"begin": begin})
