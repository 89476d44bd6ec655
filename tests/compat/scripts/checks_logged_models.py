"""Logged models, the way that mlflow 3 keeps models."""

import os

import mlflow
from checks import client, equal, refused, since, true
from checks_models import fitted, log, same_predictions


@since("3.0")
def check_log_model_makes_one() -> None:
    model, inputs = fitted()
    with mlflow.start_run() as run:
        mlflow.log_metric("before", 1.0)
        info = log(model, params={"depth": 3})
    found = mlflow.get_logged_model(info.model_id)
    equal((found.name, found.source_run_id, str(found.status)), ("model", run.info.run_id, "READY"))
    equal(found.params, {"depth": "3"})
    equal(found.experiment_id, os.environ["CHECK_EXPERIMENT_ID"])
    same_predictions(mlflow.sklearn.load_model(f"models:/{info.model_id}"), model, inputs)
    outputs = client().get_run(run.info.run_id).outputs.model_outputs
    equal([output.model_id for output in outputs], [info.model_id])
    names = {item.path for item in client().list_logged_model_artifacts(info.model_id)}
    true("MLmodel" in names, f"files of the model: {names}")


@since("3.0")
def check_life_of_a_logged_model() -> None:
    model = mlflow.initialize_logged_model(
        name="agent", params={"a": "1"}, tags={"t": "1"}, model_type="agent"
    )
    equal((str(model.status), model.model_type, model.tags["t"]), ("PENDING", "agent", "1"))
    client().log_model_params(model.model_id, {"b": "2"})
    mlflow.set_logged_model_tags(model.model_id, {"u": "2"})
    mlflow.delete_logged_model_tag(model.model_id, "t")
    mlflow.finalize_logged_model(model.model_id, "READY")
    found = mlflow.get_logged_model(model.model_id)
    equal((str(found.status), found.params), ("READY", {"a": "1", "b": "2"}))
    true("t" not in found.tags and found.tags["u"] == "2", f"tags {found.tags}")
    client().delete_logged_model(model.model_id)
    refused(lambda: mlflow.get_logged_model(model.model_id), "RESOURCE_DOES_NOT_EXIST", model.model_id)


@since("3.0")
def check_search_of_logged_models() -> None:
    ids = {}
    for index, name in enumerate(("one", "two", "three")):
        with mlflow.start_run():
            made = mlflow.create_external_model(
                name=name, params={"index": str(index)}, tags={"kind": "external"}
            )
            mlflow.log_metric("score", index / 2, model_id=made.model_id)
        ids[name] = made.model_id
    experiment = [os.environ["CHECK_EXPERIMENT_ID"]]

    def names(text: str | None = None, **arguments: object) -> list[str]:
        found = mlflow.search_logged_models(experiment, text, output_format="list", **arguments)
        return [one.name for one in found]

    equal(names(), ["three", "two", "one"], "newest first")
    equal(names("name = 'two'"), ["two"])
    equal(names("params.index = '2'"), ["three"])
    equal(names("metrics.score >= 0.5"), ["three", "two"])
    equal(names("tags.kind = 'external' AND metrics.score < 0.5"), ["one"])
    equal(names(order_by=[{"field_name": "metrics.score", "ascending": True}]), ["one", "two", "three"])
    equal(names(order_by=[{"field_name": "name"}]), ["one", "three", "two"])
    equal(names(max_results=2), ["three", "two"])
    page = client().search_logged_models(experiment, max_results=2)
    rest = client().search_logged_models(experiment, max_results=2, page_token=page.token)
    equal([one.name for one in [*page, *rest]], ["three", "two", "one"])
    equal(mlflow.last_logged_model().model_id, ids["three"])


@since("3.0")
def check_registering_by_model_id() -> None:
    model, inputs = fitted()
    with mlflow.start_run():
        info = log(model)
    made = mlflow.register_model(f"models:/{info.model_id}", f"by id {info.model_id}")
    equal(str(made.version), "1")
    same_predictions(mlflow.sklearn.load_model(f"models:/{made.name}/1"), model, inputs)


@since("3.0")
def check_model_logged_outside_a_run() -> None:
    model, inputs = fitted()
    info = mlflow.sklearn.log_model(model, name="alone", pip_requirements=["scikit-learn"])
    same_predictions(mlflow.sklearn.load_model(info.model_uri), model, inputs)


@since("3.0")
def check_metrics_link_to_the_model_of_the_step() -> None:
    model, _ = fitted()
    with mlflow.start_run() as run:
        for step in range(3):
            info = mlflow.sklearn.log_model(model, name="step", step=step, pip_requirements=["scikit-learn"])
            mlflow.log_metric("score", step / 4, step=step, model_id=info.model_id)
    outputs = client().get_run(run.info.run_id).outputs.model_outputs
    equal(sorted(output.step for output in outputs), [0, 1, 2])
    best = mlflow.search_logged_models(
        [os.environ["CHECK_EXPERIMENT_ID"]],
        order_by=[{"field_name": "metrics.score", "ascending": False}],
        max_results=1,
        output_format="list",
    )
    equal([metric.value for metric in best[0].metrics], [0.5])
