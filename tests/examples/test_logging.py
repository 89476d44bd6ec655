"""Each example of `examples/logging` trains for real, and everything that it logs is on the server afterwards."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.client.reading import Stored, as_json, stored_runs
from tests.compat.environments import ENVIRONMENTS, interpreter, plugin_folder
from tests.compat.servers import plain_environment
from tests.faults.server import Server

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "logging"
NOTEBOOK = EXAMPLES / "notebook.ipynb"
NEWEST = ENVIRONMENTS[0]
SCHEMES = pytest.mark.parametrize("scheme", ["http", "runyard"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


def run(
    server: Server, folder: Path, command: list[str], scheme: str = "runyard", **settings: str
) -> list[Stored]:
    """Run an example to its end, which must be a good one; the runs that it logged."""
    environment = plain_environment() | {
        "MLFLOW_TRACKING_URI": server.address.replace("http://", f"{scheme}://"),
        "RUNYARD_SPOOL": str(folder / "spool"),
        "OMP_NUM_THREADS": "1",
        "MPLBACKEND": "Agg",
        **settings,
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert list(folder.glob("spool/*/*/*.spool")) == []
    name = "notebook" if command[-1].endswith(".ipynb") else Path(command[-3]).stem.split("_")[0]
    return stored_runs(server.address, f"logging-{name}")


def cells() -> list[str]:
    """The sources of the notebook's cells of code."""
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]


def series(run: Stored, name: str, length: int) -> list[float]:
    """A metric's values, one for each step from 0 on."""
    points = run.metrics[name]
    assert [step for step, _ in points] == list(range(length)), name
    return [value for _, value in points]


@SCHEMES
def test_plain(server: Server, tmp_path: Path, scheme: str) -> None:
    command = [sys.executable, str(EXAMPLES / "plain.py"), "--epochs", "4"]
    (logged,) = run(server, tmp_path, command, scheme)
    batches = 4 * 43
    assert logged.info["status"] == "FINISHED"
    assert logged.info["run_name"] == "linear"
    assert logged.pairs("params") == {"epochs": "4", "batch_size": "32", "alpha": "0.0001"}
    assert logged.pairs("tags")["data"] == "digits"
    assert set(logged.metrics) == {"batch/loss", "validation/accuracy", "validation/loss"}
    assert series(logged, "batch/loss", batches) == as_json(logged.artifacts["batches.json"])["losses"]
    assert series(logged, "validation/accuracy", 4)[-1] > 0.9
    assert series(logged, "validation/loss", 4)[-1] < 1
    assert set(logged.artifacts) == {"batches.json", "model/weights.npz"}
    weights = np.load(io.BytesIO(logged.artifacts["model/weights.npz"]))
    assert weights["coefficients"].shape == (10, 64)


# The cells one by one, in one interpreter, as a kernel runs them.
RUN_CELLS = """
import json, sys
namespace = {"__name__": "__main__"}
for number, cell in enumerate(json.load(open(sys.argv[1], encoding="utf-8"))["cells"]):
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), f"cell {number}", "exec"), namespace)
"""


def test_notebook(server: Server, tmp_path: Path) -> None:
    (logged,) = run(server, tmp_path, [sys.executable, "-c", RUN_CELLS, str(NOTEBOOK)])
    assert (logged.info["status"], logged.info["run_name"]) == ("FINISHED", "notebook")
    assert logged.pairs("params") == {
        "hidden_layer_sizes": "(16,)",
        "learning_rate_init": "0.01",
        "random_state": "7",
    }
    assert set(logged.metrics) == {"train/loss", "test/loss", "test/accuracy"}
    result = as_json(logged.artifacts["result.json"])
    assert series(logged, "train/loss", 20) == result["losses"]
    accuracy = series(logged, "test/accuracy", 20)
    assert accuracy[-1] == pytest.approx(1 - len(result["wrong"]) / 171)
    assert accuracy[-1] > 0.9
    assert len(series(logged, "test/loss", 20)) == 20
    assert set(logged.artifacts) == {"result.json", "roc.png"}
    assert logged.artifacts["roc.png"].startswith(b"\x89PNG")


def test_the_notebook_has_the_form_of_one() -> None:
    """As nbformat's schema of version 4.5 has it, and without outputs, which would go out of date."""
    found: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    assert found["metadata"]["kernelspec"].keys() == {"display_name", "language", "name"}
    identities = [cell["id"] for cell in found["cells"]]
    assert len(set(identities)) == len(identities)
    for cell in found["cells"]:
        fields = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            fields |= {"execution_count", "outputs"}
            assert (cell["execution_count"], cell["outputs"]) == (None, [])
        assert cell.keys() == fields
        assert all(isinstance(line, str) for line in cell["source"])


def test_the_notebooks_code_is_typed(tmp_path: Path) -> None:
    module = tmp_path / "notebook.py"
    # What a cell shows at its end is an expression, which is no mistake.
    module.write_text("\n".join(cells()), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
    command += ["--cache-dir", str(ROOT / ".mypy_cache" / "notebook"), str(module)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "MYPYPATH": ""}
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.compat
def test_ddp(server: Server, tmp_path: Path) -> None:
    python = str(interpreter(NEWEST))
    command = [python, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command += [str(EXAMPLES / "ddp.py"), "--epochs", "3"]
    (logged,) = run(server, tmp_path, command, PYTHONPATH=str(plugin_folder()))
    steps = 3 * 24
    assert (logged.info["status"], logged.info["run_name"]) == ("FINISHED", "ddp")
    assert logged.pairs("params") == {"epochs": "3", "batch_size": "32", "world_size": "2"}
    ranks = [series(logged, f"rank-{rank}/loss", steps) for rank in range(2)]
    assert ranks[0] != ranks[1]
    means = [(one + other) / 2 for one, other in zip(*ranks, strict=True)]
    assert series(logged, "loss", steps) == pytest.approx(means, rel=1e-5)
    assert means[-1] < means[0]
    # Each rank adds a point to each step.
    assert sorted(step for step, _ in logged.metrics["epoch/seconds"]) == [0, 0, 1, 1, 2, 2]
    assert series(logged, "validation/accuracy", 3)[-1] > 0.7
    assert set(logged.artifacts) == {"model/weights.pt"}
    assert logged.artifacts["model/weights.pt"].startswith(b"PK")


@pytest.mark.compat
def test_lightning(server: Server, tmp_path: Path) -> None:
    command = [str(interpreter(NEWEST)), str(EXAMPLES / "lightning_module.py"), "--epochs", "2"]
    (logged,) = run(server, tmp_path, command, PYTHONPATH=str(plugin_folder()))
    assert (logged.info["status"], logged.info["run_name"]) == ("FINISHED", "lightning")
    assert logged.pairs("params") == {"width": "48", "learning_rate": "0.003"}
    assert set(logged.metrics) == {"train/loss", "validation/loss", "validation/accuracy", "epoch"}
    losses = series(logged, "train/loss", 2 * 47)
    assert losses[-1] < losses[0]
    # At the last step of each epoch.
    for name in ("validation/loss", "validation/accuracy"):
        assert [step for step, _ in logged.metrics[name]] == [46, 93]
    assert logged.metrics["validation/accuracy"][-1][1] > 0.7
    assert logged.artifacts["best/best.ckpt"].startswith(b"PK")
