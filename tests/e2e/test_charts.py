"""How charts are drawn and laid out, in a real browser."""

from __future__ import annotations

import pytest

from tests.e2e.studio import START, create_run, log, play, points
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def three_metrics(address: str) -> str:
    """40 steps of a loss with an outlier, a NaN and an infinity; ten minutes of pause in the middle."""
    run = create_run(address, "charted")
    loss: list[float | str] = [1.0 - step / 100 for step in range(40)]
    loss[7], loss[20], loss[39] = 5.0, "Infinity", "NaN"
    metrics = points("train/loss", loss)
    metrics += points("train/acc", [0.95 * step / 39 for step in range(40)])
    metrics += points("lr", [0.1 * 0.9**step for step in range(40)])
    for metric in metrics:
        if metric["step"] >= 20:
            metric["timestamp"] += 600_000
    log(address, run, metrics=metrics)
    return run


def test_charts_are_arranged(server: Server) -> None:
    play("layout", {"address": server.address, "run": three_metrics(server.address)})


def test_axes_are_chosen(server: Server) -> None:
    play("axes", {"address": server.address, "run": three_metrics(server.address)})


def test_runs_are_drawn_as_groups(server: Server) -> None:
    runs: list[str] = []
    for name, optimizer, last in (
        ("adam-1", "adam", 1),
        ("adam-2", "adam", 3),
        ("sgd-1", "sgd", 10),
        ("sgd-2", "sgd", 20),
    ):
        run = create_run(server.address, name, start=START + len(runs))
        log(
            server.address,
            run,
            metrics=points("loss", [5.0, 4.0, float(last)]),
            params=[{"key": "optimizer", "value": optimizer}],
        )
        runs.append(run)
    play("runGroups", {"address": server.address, "runs": runs})
