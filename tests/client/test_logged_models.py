"""A model that is logged while the server is away is there, whole, when it is back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client.proxy import Proxy
from tests.client.scripts import Script, left_in, run_script, sync
from tests.client.test_outages import BOUNDS
from tests.faults.server import Server
from tests.faults.wire import Connection

pytestmark = pytest.mark.faults

TRAIN = """
    import numpy as np
    from sklearn.linear_model import LinearRegression
    mlflow.set_experiment("models")
    with mlflow.start_run() as run:
        mlflow.log_param("depth", 3)
        mlflow.log_metric("loss", 0.5)
        say(run.info.run_id)
        sys.stdin.readline()
        model = LinearRegression().fit(np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0]))
        more = {"params": {"kind": "linear"}, "tags": {"t": "1"}, "pip_requirements": []}
        info = mlflow.sklearn.log_model(model, name="line", **more)
        say(info.model_id)
        mlflow.set_logged_model_tags(info.model_id, {"u": "2"})
        say(mlflow.get_logged_model(info.model_id).status)
"""

LOAD = """
    for address in os.environ["MODELS"].split():
        model = mlflow.sklearn.load_model(address)
        say(round(float(model.predict([[10.0]])[0]), 6))
"""


def check_model(server: Server, run_id: str, model_id: str, spool: Path) -> None:
    with Connection(server.address) as connection:
        model = connection.get(f"logged-models/{model_id}").json()["model"]
        run = connection.get("runs/get", run_id=run_id).json()["run"]
    info = model["info"]
    assert (info["name"], info["status"], info["source_run_id"]) == ("line", "LOGGED_MODEL_READY", run_id)
    assert {"t": "1", "u": "2"}.items() <= {tag["key"]: tag["value"] for tag in info["tags"]}.items()
    assert {"key": "kind", "value": "linear"} in model["data"]["params"]
    assert [made["model_id"] for made in run["outputs"]["model_outputs"]] == [model_id]
    assert run["info"]["status"] == "FINISHED"
    models = f"models:/{model_id} runs:/{run_id}/line"
    said, _ = run_script(server.address.replace("http://", "runyard://"), spool, LOAD, MODELS=models)
    assert said == ["21.0", "21.0"]


@pytest.mark.parametrize("when", ["from the start", "in the middle"])
def test_a_model_is_logged_while_the_server_is_away(
    server: Server, proxy: Proxy, spool: Path, when: str
) -> None:
    proxy.down = when == "from the start"
    script = Script(f"runyard://{proxy.address}", spool, TRAIN, **BOUNDS)
    run_id = next(line for line in iter(script.hear, "") if len(line) == 32)
    proxy.down = True
    script.tell()
    said, errors = script.end()
    model_id, status = said.splitlines()[:2]
    assert status == "READY"
    assert errors.count("can't be reached") == 1
    proxy.down = False
    for _ in range(2):
        done = sync(spool)
        assert done.exit_code == 0, done.stderr
    assert left_in(spool) == []
    check_model(server, run_id, model_id, spool)


def test_a_model_is_logged_as_ever_while_the_server_answers(server: Server, spool: Path) -> None:
    script = Script(server.address.replace("http://", "runyard://"), spool, TRAIN)
    run_id = next(line for line in iter(script.hear, "") if len(line) == 32)
    script.tell()
    said, _ = script.end()
    model_id, status = said.splitlines()[:2]
    assert status == "READY"
    check_model(server, run_id, model_id, spool)
