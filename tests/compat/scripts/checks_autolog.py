"""Automatic logging of scikit-learn, LightGBM, XGBoost and PyTorch, and loading what it saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import mlflow
from checks import client, equal, since, true, values


@contextmanager
def logging_of(flavor: Any, **arguments: Any) -> Iterator[None]:
    flavor.autolog(**arguments)
    try:
        yield
    finally:
        flavor.autolog(disable=True)


def iris() -> tuple[Any, Any]:
    from sklearn.datasets import load_iris

    data = load_iris(as_frame=True)
    return data.data, data.target


def files(run_id: str) -> set[str]:
    return {item.path for item in client().list_artifacts(run_id)}


def check_all_flavors_at_once() -> None:
    """Must be the first: a flavor that was switched by itself is left alone by the general switch."""
    from sklearn.ensemble import RandomForestClassifier

    inputs, targets = iris()
    mlflow.autolog(silent=True, log_models=False)
    try:
        RandomForestClassifier(n_estimators=5, random_state=0).fit(inputs, targets)
        run = mlflow.last_active_run()
    finally:
        mlflow.autolog(disable=True, silent=True)
    found = client().get_run(run.info.run_id)
    equal((found.info.status, found.data.params["n_estimators"]), ("FINISHED", "5"))
    tags = found.data.tags
    equal(tags["estimator_name"], "RandomForestClassifier")
    true("model" not in files(run.info.run_id), "no model")


def check_sklearn() -> None:
    from sklearn.linear_model import LogisticRegression

    inputs, targets = iris()
    with logging_of(mlflow.sklearn), mlflow.start_run() as run:
        model = LogisticRegression(max_iter=300, C=0.5).fit(inputs, targets)
        score = model.score(inputs, targets)
    found = client().get_run(run.info.run_id)
    equal((found.data.params["C"], found.data.params["max_iter"]), ("0.5", "300"))
    true(found.data.metrics["training_accuracy_score"] > 0.9, "the training accuracy")
    true(score in found.data.metrics.values(), "the score after fitting")
    true("training_confusion_matrix.png" in files(run.info.run_id), f"plots in {files(run.info.run_id)}")
    equal(len(found.inputs.dataset_inputs), 1, "datasets")
    loaded = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/model")
    equal(loaded.predict(inputs).tolist(), model.predict(inputs).tolist())


def check_sklearn_grid_search() -> None:
    from sklearn.model_selection import GridSearchCV
    from sklearn.tree import DecisionTreeClassifier

    inputs, targets = iris()
    with logging_of(mlflow.sklearn, max_tuning_runs=3), mlflow.start_run() as run:
        search = GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": [1, 2, 3, 4]}, cv=2)
        search.fit(inputs, targets)
    experiment = run.info.experiment_id
    children = client().search_runs([experiment], f"tags.mlflow.parentRunId = '{run.info.run_id}'")
    equal(len(children), 3, "the best of four tries")
    true(all("mean_test_score" in child.data.metrics for child in children), "the children's scores")
    parent = client().get_run(run.info.run_id)
    equal(parent.data.params["best_max_depth"], str(search.best_params_["max_depth"]))
    equal(parent.data.metrics["best_cv_score"], search.best_score_)
    true({"cv_results.csv", "estimator.html"} <= files(run.info.run_id), f"files {files(run.info.run_id)}")
    best = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/best_estimator")
    equal(best.predict(inputs).tolist(), search.best_estimator_.predict(inputs).tolist())


def check_without_models() -> None:
    from sklearn.linear_model import Ridge

    inputs, targets = iris()
    with logging_of(mlflow.sklearn, log_models=False), mlflow.start_run() as run:
        Ridge(alpha=0.25).fit(inputs, targets)
    equal(client().get_run(run.info.run_id).data.params["alpha"], "0.25")
    true("model" not in files(run.info.run_id), "no model")


@since("3.0")
def check_lightgbm() -> None:
    import lightgbm

    inputs, targets = iris()
    data = lightgbm.Dataset(inputs, targets)
    settings = {"objective": "multiclass", "num_class": 3, "verbosity": -1, "num_threads": 1}
    with logging_of(mlflow.lightgbm), mlflow.start_run() as run:
        model = lightgbm.train(settings, data, 12, valid_sets=[data], valid_names=["train"])
    _boosted(run.info.run_id, "train-multi_logloss", "feature_importance_split.png")
    loaded = mlflow.lightgbm.load_model(f"runs:/{run.info.run_id}/model")
    equal(loaded.predict(inputs).tolist(), model.predict(inputs).tolist())


@since("3.0")
def check_xgboost() -> None:
    import xgboost

    inputs, targets = iris()
    data = xgboost.DMatrix(inputs, targets)
    settings = {"objective": "multi:softprob", "num_class": 3, "eval_metric": "mlogloss", "nthread": 1}
    with logging_of(mlflow.xgboost), mlflow.start_run() as run:
        model = xgboost.train(settings, data, 12, evals=[(data, "train")])
    _boosted(run.info.run_id, "train-mlogloss", "feature_importance_weight.png")
    loaded = mlflow.xgboost.load_model(f"runs:/{run.info.run_id}/model")
    equal(loaded.predict(data).tolist(), model.predict(data).tolist())


def _boosted(run_id: str, metric: str, picture: str) -> None:
    curve = values(run_id, metric)
    equal(len(curve), 12, f"points of {metric}")
    true(curve[-1] < curve[0], "the loss falls")
    found = client().get_run(run_id)
    equal(found.data.metrics[metric], curve[-1])
    true("num_class" in found.data.params, f"parameters {found.data.params}")
    true(picture in files(run_id), f"files {files(run_id)}")
    context = [tag.value for item in found.inputs.dataset_inputs for tag in item.tags]
    true("train" in context, f"datasets of {context}")


@since("3.0")
def check_pytorch_lightning() -> None:
    import logging
    import warnings

    import lightning
    import torch

    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")

    class Line(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.layer = torch.nn.Linear(4, 1)

        def training_step(self, batch: Any, index: int) -> Any:
            loss = torch.nn.functional.mse_loss(self.layer(batch[0]).squeeze(1), batch[1])
            self.log("train_loss", loss, on_epoch=True)
            return loss

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.parameters(), lr=0.01)

    torch.manual_seed(0)
    torch.set_num_threads(1)
    inputs, targets = iris()
    data = torch.utils.data.TensorDataset(
        torch.tensor(inputs.to_numpy(), dtype=torch.float32),
        torch.tensor(targets.to_numpy(), dtype=torch.float32),
    )
    line = Line()
    trainer = lightning.Trainer(
        max_epochs=3,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    with logging_of(mlflow.pytorch), mlflow.start_run() as run:
        trainer.fit(line, torch.utils.data.DataLoader(data, batch_size=50))
    found = client().get_run(run.info.run_id)
    true("train_loss" in found.data.metrics, f"metrics {found.data.metrics}")
    true(len(values(run.info.run_id, "train_loss_epoch")) >= 3, "a point for each epoch")
    equal(found.data.params["optimizer_name"], "SGD")
    true("model_summary.txt" in files(run.info.run_id), f"files {files(run.info.run_id)}")
    loaded = mlflow.pytorch.load_model(f"runs:/{run.info.run_id}/model")
    sample = torch.ones(2, 4)
    equal(loaded.layer(sample).tolist(), line.layer(sample).tolist())


@since("3.0")
def check_pytorch_model() -> None:
    import numpy
    import torch

    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU())
    sample = numpy.ones((2, 4), dtype=numpy.float32)
    with mlflow.start_run() as run:
        mlflow.log_metric("loss", torch.tensor(0.5))
        info = mlflow.pytorch.log_model(
            model, name="net", pip_requirements=["torch"], serialization_format="pickle"
        )
    equal(client().get_run(run.info.run_id).data.metrics, {"loss": 0.5})
    for uri in (f"runs:/{run.info.run_id}/net", info.model_uri):
        loaded = mlflow.pytorch.load_model(uri)
        equal(loaded(torch.from_numpy(sample)).tolist(), model(torch.from_numpy(sample)).tolist())
