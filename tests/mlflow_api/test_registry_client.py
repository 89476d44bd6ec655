"""The registry, logged models and prompts with the stock client: what a training script does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.compat.servers import runyard_server

# The client and its dependencies warn about each other.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def mlflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    import mlflow

    folder: Path = tmp_path_factory.mktemp("client")
    with runyard_server(folder) as server, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
        # By the environment, which is put back: set_tracking_uri and set_experiment would also write variables that
        # other clients of this process, and their children, take up.
        patch.setattr(mlflow.tracking._tracking_service.utils, "_tracking_uri", None)
        patch.setattr(mlflow.tracking.fluent, "_active_experiment_id", None)
        patch.setenv("MLFLOW_TRACKING_URI", server.address)
        patch.setenv("MLFLOW_EXPERIMENT_ID", mlflow.create_experiment("registry"))
        yield mlflow


@pytest.fixture(scope="module")
def client(mlflow: Any) -> Any:
    return mlflow.MlflowClient()


class Logged:
    """A model that a run logged and registered as version 1 of `double`."""

    def __init__(self, mlflow: Any) -> None:
        import numpy
        from sklearn.linear_model import LinearRegression

        self.inputs = numpy.arange(10.0).reshape(-1, 1)
        self.expected = self.inputs[:, 0] * 2
        fitted = LinearRegression().fit(self.inputs, self.expected)
        with mlflow.start_run() as run:
            dataset = mlflow.data.from_numpy(self.inputs, targets=self.expected, name="tiny")
            mlflow.log_input(dataset, context="training")
            self.info = mlflow.sklearn.log_model(
                fitted,
                name="model",
                pip_requirements=["scikit-learn"],
                params={"depth": 3},
                registered_model_name="double",
            )
            mlflow.log_metric("score", 0.9, model_id=self.info.model_id, dataset=dataset)
        self.run_id = run.info.run_id

    def check(self, mlflow: Any, uri: str) -> None:
        """Load the model from `uri` and see that it predicts what it did."""
        predicted = mlflow.pyfunc.load_model(uri).predict(self.inputs)
        assert predicted.tolist() == pytest.approx(self.expected.tolist(), abs=1e-9)


@pytest.fixture(scope="module")
def logged(mlflow: Any) -> Logged:
    return Logged(mlflow)


def test_a_logged_model_carries_params_metrics_and_its_registration(mlflow: Any, logged: Logged) -> None:
    model = mlflow.get_logged_model(logged.info.model_id)
    assert (str(model.status), model.params, model.source_run_id) == ("READY", {"depth": "3"}, logged.run_id)
    metric = model.metrics[0]
    assert (metric.key, metric.value, metric.dataset_name) == ("score", 0.9, "tiny")
    assert model.tags["mlflow.modelVersions"] == '[{"name": "double", "version": "1"}]'


def test_a_run_knows_its_dataset_and_its_model(client: Any, logged: Logged) -> None:
    run = client.get_run(logged.run_id)
    (given,) = run.inputs.dataset_inputs
    assert given.dataset.name == "tiny"
    assert {tag.key: tag.value for tag in given.tags} == {"mlflow.data.context": "training"}
    assert [output.model_id for output in run.outputs.model_outputs] == [logged.info.model_id]
    found = client.search_runs([run.info.experiment_id], "datasets.context = 'training'")
    assert [each.info.run_id for each in found] == [logged.run_id]


def test_a_model_loads_by_every_address(mlflow: Any, client: Any, logged: Logged) -> None:
    client.set_registered_model_alias("double", "champion", "1")
    addresses = (
        logged.info.model_uri,
        f"runs:/{logged.run_id}/model",
        "models:/double/1",
        "models:/double@champion",
        "models:/double/latest",
    )
    for address in addresses:
        logged.check(mlflow, address)
    assert client.get_model_version_by_alias("double", "champion").aliases == ["champion"]


def test_copies_of_copies_load_too(mlflow: Any, client: Any, logged: Logged) -> None:
    first = client.copy_model_version("models:/double/1", "copy")
    second = client.copy_model_version("models:/copy/1", "copy of copy")
    assert (first.source, second.source) == ("models:/double/1", "models:/copy/1")
    assert second.run_id == logged.run_id
    logged.check(mlflow, "models:/copy of copy/1")


def test_registering_twice_makes_two_versions(mlflow: Any, client: Any, logged: Logged) -> None:
    made = [mlflow.register_model(logged.info.model_uri, "twice").version for _ in range(2)]
    assert [int(version) for version in made] == [1, 2]
    client.delete_model_version("twice", "2")
    again = mlflow.register_model(f"runs:/{logged.run_id}/model", "twice")
    assert (int(again.version), again.run_id) == (3, logged.run_id)
    found = client.search_model_versions("name = 'twice'", order_by=["version_number ASC"])
    assert [int(version.version) for version in found] == [1, 3]


def test_prompts_have_versions_aliases_and_a_search_of_their_own(mlflow: Any, client: Any) -> None:
    mlflow.genai.register_prompt("greeting", "Hi {{name}}", commit_message="first", tags={"tone": "warm"})
    mlflow.genai.register_prompt("greeting", "Hello {{name}}")
    mlflow.genai.set_prompt_alias("greeting", alias="live", version=2)
    assert mlflow.genai.load_prompt("prompts:/greeting/1").format(name="Ada") == "Hi Ada"
    assert mlflow.genai.load_prompt("prompts:/greeting@live").format(name="Ada") == "Hello Ada"
    assert [prompt.name for prompt in mlflow.genai.search_prompts()] == ["greeting"]
    assert [version.version for version in client.search_prompt_versions("greeting")] == [2, 1]
    assert "greeting" not in [model.name for model in client.search_registered_models()]
    with pytest.raises(mlflow.MlflowException, match="because a prompt has it already"):
        client.create_registered_model("greeting")
