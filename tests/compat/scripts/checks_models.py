"""Logging models and loading them back, and the model registry."""

from typing import Any

import mlflow
from checks import before, client, equal, new_run, refused, since, true, unique, version
from mlflow.tracking import MlflowClient


def fitted() -> tuple[Any, Any]:
    from sklearn.datasets import load_iris
    from sklearn.linear_model import LogisticRegression

    data = load_iris()
    return LogisticRegression(max_iter=500).fit(data.data, data.target), data.data


def log(model: Any, **arguments: Any) -> Any:
    """log_model with the name spelled as this version wants it, and no guessing of requirements (it is slow)."""
    place = {"name": "model"} if version() >= (3, 0) else {"artifact_path": "model"}
    return mlflow.sklearn.log_model(model, **place, pip_requirements=["scikit-learn"], **arguments)


def same_predictions(loaded: Any, model: Any, inputs: Any) -> None:
    equal(loaded.predict(inputs).tolist(), model.predict(inputs).tolist(), "predictions")


def check_sklearn_model_comes_back() -> None:
    model, inputs = fitted()
    with mlflow.start_run() as run:
        info = log(model, input_example=inputs[:2])
    uri = f"runs:/{run.info.run_id}/model"
    same_predictions(mlflow.sklearn.load_model(uri), model, inputs)
    same_predictions(mlflow.pyfunc.load_model(uri), model, inputs)
    same_predictions(mlflow.sklearn.load_model(info.model_uri), model, inputs)
    equal(mlflow.models.get_model_info(uri).run_id, run.info.run_id)


@before("3.0")
def check_model_is_noted_on_the_run() -> None:
    model, _ = fitted()
    with mlflow.start_run() as run:
        log(model)
    true(
        "mlflow.log-model.history" in client().get_run(run.info.run_id).data.tags, "the tag of logged models"
    )
    names = {item.path for item in client().list_artifacts(run.info.run_id, "model")}
    true({"model/MLmodel", "model/requirements.txt"} <= names, f"files of the model: {names}")


def registered(description: str = "") -> tuple[str, str]:
    """The name of a new registered model and the id of the run whose model is its version 1."""
    model, _ = fitted()
    name = unique("registered")
    with mlflow.start_run() as run:
        log(model, registered_model_name=name)
    return name, str(run.info.run_id)


def check_registering_while_logging() -> None:
    name, run_id = registered()
    found = client().get_model_version(name, "1")
    equal((found.name, found.version, found.run_id, found.status), (name, "1", run_id, "READY"))
    model, inputs = fitted()
    same_predictions(mlflow.sklearn.load_model(f"models:/{name}/1"), model, inputs)
    same_predictions(mlflow.pyfunc.load_model(f"models:/{name}/latest"), model, inputs)


def check_registering_a_logged_model() -> None:
    model, inputs = fitted()
    with mlflow.start_run() as run:
        log(model)
    name = unique("later")
    versions = [mlflow.register_model(f"runs:/{run.info.run_id}/model", name).version for _ in range(2)]
    equal([str(number) for number in versions], ["1", "2"])
    same_predictions(mlflow.sklearn.load_model(f"models:/{name}/2"), model, inputs)


def check_aliases() -> None:
    name, run_id = registered()
    mlflow.register_model(f"runs:/{run_id}/model", name)
    client().set_registered_model_alias(name, "champion", "1")
    client().set_registered_model_alias(name, "newest", "2")
    equal(client().get_model_version_by_alias(name, "champion").version, "1")
    client().set_registered_model_alias(name, "champion", "2")
    equal(client().get_model_version_by_alias(name, "champion").version, "2")
    equal(sorted(client().get_model_version(name, "2").aliases), ["champion", "newest"])
    equal(client().get_model_version(name, "1").aliases, [])
    equal(client().get_registered_model(name).aliases, {"champion": "2", "newest": "2"})
    model, inputs = fitted()
    same_predictions(mlflow.sklearn.load_model(f"models:/{name}@champion"), model, inputs)
    client().delete_registered_model_alias(name, "champion")
    refused(
        lambda: client().get_model_version_by_alias(name, "champion"), "INVALID_PARAMETER_VALUE", "champion"
    )
    refused(lambda: client().set_registered_model_alias(name, "v1", "1"), "INVALID_PARAMETER_VALUE")
    refused(lambda: client().set_registered_model_alias(name, "latest", "1"), "INVALID_PARAMETER_VALUE")


def check_stages() -> None:
    name, run_id = registered()
    mlflow.register_model(f"runs:/{run_id}/model", name)
    equal(client().transition_model_version_stage(name, "1", "Production").current_stage, "Production")
    client().transition_model_version_stage(name, "2", "production", archive_existing_versions=True)
    equal(client().get_model_version(name, "1").current_stage, "Archived")
    equal(client().get_model_version(name, "2").current_stage, "Production")
    latest = {found.current_stage: found.version for found in client().get_latest_versions(name)}
    equal(latest, {"Archived": "1", "Production": "2"})
    equal([found.version for found in client().get_latest_versions(name, ["Production"])], ["2"])
    refused(lambda: client().transition_model_version_stage(name, "1", "Nonsense"), "INVALID_PARAMETER_VALUE")
    model, inputs = fitted()
    same_predictions(mlflow.sklearn.load_model(f"models:/{name}/Production"), model, inputs)


def check_registered_models() -> None:
    name = unique("crud")
    created = client().create_registered_model(name, tags={"a": "1"}, description="first")
    equal((created.name, created.tags, created.description), (name, {"a": "1"}, "first"))
    refused(lambda: client().create_registered_model(name), "RESOURCE_ALREADY_EXISTS", name)
    refused(lambda: client().create_registered_model(""), "INVALID_PARAMETER_VALUE")
    client().update_registered_model(name, "second")
    client().set_registered_model_tag(name, "b", "2")
    client().delete_registered_model_tag(name, "a")
    found = client().get_registered_model(name)
    equal((found.description, found.tags), ("second", {"b": "2"}))
    true(found.creation_timestamp <= found.last_updated_timestamp, "times")
    renamed = unique("renamed")
    client().rename_registered_model(name, renamed)
    refused(lambda: client().get_registered_model(name), "RESOURCE_DOES_NOT_EXIST", name)
    client().delete_registered_model(renamed)
    refused(lambda: client().get_registered_model(renamed), "RESOURCE_DOES_NOT_EXIST", renamed)


def check_model_versions() -> None:
    name = unique("versions")
    run_id = new_run()
    client().create_registered_model(name)
    source = client().get_run(run_id).info.artifact_uri + "/model"
    created = client().create_model_version(name, source, run_id, tags={"a": "1"}, description="first")
    equal(
        (created.version, created.run_id, created.source, created.description), ("1", run_id, source, "first")
    )
    client().update_model_version(name, "1", "second")
    client().set_model_version_tag(name, "1", "b", "2")
    client().delete_model_version_tag(name, "1", "a")
    found = client().get_model_version(name, "1")
    equal((found.description, found.tags, found.current_stage), ("second", {"b": "2"}, "None"))
    equal(client().get_model_version_download_uri(name, "1"), source)
    equal(client().create_model_version(name, source, run_id).version, "2")
    client().delete_model_version(name, "2")
    refused(lambda: client().get_model_version(name, "2"), "RESOURCE_DOES_NOT_EXIST", name)
    equal(
        client().create_model_version(name, source, run_id).version,
        "3",
        "the number after a deleted version",
    )
    refused(lambda: client().create_model_version(unique("none"), source, run_id), "RESOURCE_DOES_NOT_EXIST")


def check_registry_search() -> None:
    prefix = unique("find")
    for index in range(5):
        client().create_registered_model(f"{prefix}-{index}", tags={"index": str(index)})
    run_id = new_run()
    source = client().get_run(run_id).info.artifact_uri
    for _ in range(3):
        client().create_model_version(f"{prefix}-0", source, run_id, tags={"k": "v"})

    def models(text: str, **arguments: Any) -> list[str]:
        return [
            model.name[len(prefix) + 1 :] for model in client().search_registered_models(text, **arguments)
        ]

    equal(models(f"name LIKE '{prefix}%'"), ["0", "1", "2", "3", "4"])
    equal(models(f"name ILIKE '{prefix.upper()}%'", order_by=["name DESC"]), ["4", "3", "2", "1", "0"])
    equal(models(f"name LIKE '{prefix}%' AND tags.index = '3'"), ["3"])
    equal(models(f"name = '{prefix}-2'"), ["2"])

    def versions(text: str, **arguments: Any) -> list[str]:
        return [found.version for found in client().search_model_versions(text, **arguments)]

    equal(sorted(versions(f"name = '{prefix}-0'")), ["1", "2", "3"])
    equal(versions(f"name = '{prefix}-0'", order_by=["version_number ASC"]), ["1", "2", "3"])
    equal(sorted(versions(f"run_id = '{run_id}'")), ["1", "2", "3"])
    equal(sorted(versions(f"name LIKE '{prefix}%' AND tags.k = 'v'")), ["1", "2", "3"])
    equal(versions(f"name = '{prefix}-4'"), [])
    pages, token = [], None
    while True:
        page = client().search_registered_models(f"name LIKE '{prefix}%'", max_results=2, page_token=token)
        pages.append(len(page))
        token = page.token
        if not token:
            break
    equal(pages, [2, 2, 1])


def check_model_files_of_a_version() -> None:
    name, _ = registered()
    path = mlflow.artifacts.download_artifacts(artifact_uri=f"models:/{name}/1")
    with open(f"{path}/MLmodel", encoding="utf-8") as file:
        true("sklearn" in file.read(), "the MLmodel file of the version")


@since("2.9")
def check_copy_of_a_version() -> None:
    name, _ = registered()
    copied = MlflowClient().copy_model_version(f"models:/{name}/1", unique("copy"))
    equal(copied.version, "1")
    model, inputs = fitted()
    same_predictions(mlflow.sklearn.load_model(f"models:/{copied.name}/1"), model, inputs)
