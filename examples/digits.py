"""Trains real models on scikit-learn's handwritten digits and logs them with the stock mlflow client.

Nothing here knows Runyard: set MLFLOW_TRACKING_URI and run it.

    MLFLOW_TRACKING_URI=http://127.0.0.1:5000 python examples/digits.py
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import mlflow
import numpy as np
import sklearn
from matplotlib.figure import Figure
from mlflow.entities import Metric
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

EXPERIMENT = "digits"


def load() -> tuple[Any, Any, Any, Any]:
    """Pixels scaled to 0..1 and labels: training pixels, test pixels, training labels, test labels."""
    digits = load_digits()
    parts: tuple[Any, Any, Any, Any] = train_test_split(
        digits.data / 16.0, digits.target, test_size=0.25, random_state=7, stratify=digits.target
    )
    return parts


def random_forest() -> str:
    """One run by autologging: parameters, metrics and the model; the run's id."""
    x_train, x_test, y_train, y_test = load()
    mlflow.sklearn.autolog()
    with mlflow.start_run(run_name="random-forest-autolog") as run:
        model = RandomForestClassifier(n_estimators=60, max_depth=12, random_state=7)
        model.fit(x_train, y_train)
        mlflow.log_metric("test_accuracy", accuracy_score(y_test, model.predict(x_test)))
    mlflow.sklearn.autolog(disable=True)
    return run.info.run_id


def network(steps: int, pause: float) -> str:
    """A neural network trained batch by batch, with every kind of thing that one logs; the run's id."""
    x_train, x_test, y_train, y_test = load()
    params = {"hidden": 48, "batch_size": 64, "learning_rate": 0.002, "optimizer": "adam", "seed": 7}
    model = MLPClassifier(
        (params["hidden"],), learning_rate_init=params["learning_rate"], random_state=params["seed"]
    )
    random = np.random.default_rng(7)
    with mlflow.start_run(run_name="network", description="A small network, trained batch by batch.") as run:
        mlflow.log_params(params)
        mlflow.set_tags({"dataset": "digits", "stage": "demo"})
        for step in range(steps):
            batch = random.integers(0, len(x_train), params["batch_size"])
            model.partial_fit(x_train[batch], y_train[batch], classes=np.arange(10))
            # Thousands of points: asynchronously, so that training does not wait for them.
            mlflow.log_metrics(
                {"train/loss": float(model.loss_), "train/seconds": time.process_time()},
                step=step,
                synchronous=False,
            )
            if step % 50 == 0:
                # A few: synchronously, readable as soon as the call returns.
                mlflow.log_metric("validation/accuracy", model.score(x_test, y_test), step=step)
            time.sleep(pause)
        predicted = model.predict(x_test)
        mlflow.log_metric("test_accuracy", accuracy_score(y_test, predicted))
        log_curve(run.info.run_id, np.sort(model.predict_proba(x_test).max(axis=1)))
        log_files(model, x_test, y_test, predicted)
        with mlflow.start_run(run_name="calibration", nested=True):
            confidence = model.predict_proba(x_test).max(axis=1)
            mlflow.log_param("bins", 10)
            mlflow.log_metric("gap", abs(float(confidence.mean()) - accuracy_score(y_test, predicted)))
        mlflow.sklearn.log_model(
            model,
            name="model",
            input_example=x_test[:2],
            pip_requirements=[f"scikit-learn=={sklearn.__version__}"],
            # The optimizer is part of the saved model, and skops loads only what it is told to trust.
            skops_trusted_types=["sklearn.neural_network._stochastic_optimizers.AdamOptimizer"],
            registered_model_name=EXPERIMENT,
        )
    client = mlflow.MlflowClient()
    newest = client.search_model_versions(f"name = '{EXPERIMENT}'", order_by=["version_number DESC"])[0]
    client.set_registered_model_alias(EXPERIMENT, "champion", newest.version)
    return run.info.run_id


def sweep(epochs: int) -> list[str]:
    """Six short runs over two optimizers and three learning rates, below one parent; their ids."""
    x_train, x_test, y_train, y_test = load()
    runs: list[str] = []
    with mlflow.start_run(run_name="sweep"):
        for optimizer in ("adam", "sgd"):
            for rate in (0.001, 0.01, 0.1):
                with mlflow.start_run(run_name=f"{optimizer}, {rate}", nested=True) as run:
                    mlflow.log_params({"optimizer": optimizer, "learning_rate": rate, "hidden": 24})
                    mlflow.set_tag("stage", "sweep")
                    model = MLPClassifier((24,), solver=optimizer, learning_rate_init=rate, random_state=7)
                    for epoch in range(epochs):
                        for start in range(0, len(x_train), 64):
                            batch = slice(start, start + 64)
                            model.partial_fit(x_train[batch], y_train[batch], classes=np.arange(10))
                        values = {"loss": float(model.loss_), "accuracy": model.score(x_test, y_test)}
                        mlflow.log_metrics(values, step=epoch)
                        if epoch % 10 == 0:
                            mlflow.log_image(first_weights(model), key="first weights", step=epoch)
                    runs.append(run.info.run_id)
    return runs


def first_weights(model: Any) -> Any:
    """The first eight neurons as an image, 512 by 64 pixels of 8 bits."""
    weights = np.concatenate([column.reshape(8, 8) for column in model.coefs_[0].T[:8]], axis=1)
    scaled = (weights - weights.min()) / (weights.max() - weights.min())
    return (scaled.repeat(8, 0).repeat(8, 1) * 255).astype(np.uint8)


def log_curve(run_id: str, values: Any) -> None:
    """A whole curve in one call."""
    now = time.time_ns() // 1_000_000
    curve = [Metric("confidence", float(value), now, step) for step, value in enumerate(values)]
    mlflow.MlflowClient().log_batch(run_id, metrics=curve)


def log_files(model: Any, x_test: Any, y_test: Any, predicted: Any) -> None:
    """An image, a figure, a text, a dictionary and a folder."""
    mlflow.log_image(first_weights(model), "images/first_weights.png")
    figure, axes = plt.subplots(figsize=(6, 6))
    assert isinstance(figure, Figure)
    ConfusionMatrixDisplay.from_predictions(y_test, predicted, ax=axes, colorbar=False)
    mlflow.log_figure(figure, "figures/confusion.png")
    plt.close(figure)
    wrong = np.flatnonzero(predicted != y_test)
    mlflow.log_text("\n".join(f"{i}: {y_test[i]} taken for {predicted[i]}" for i in wrong), "mistakes.txt")
    mlflow.log_dict({"test_images": len(x_test), "mistakes": len(wrong)}, "summary.json")
    with tempfile.TemporaryDirectory() as folder:
        for digit in range(10):
            path = Path(folder) / "per_digit" / f"{digit}.csv"
            path.parent.mkdir(exist_ok=True)
            rows = x_test[y_test == digit][:5]
            np.savetxt(path, rows, fmt="%.3f", delimiter=",")
        mlflow.log_artifacts(folder, "samples")


def main() -> None:
    """Train everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=3000, help="batches that the network is trained on")
    parser.add_argument("--epochs", type=int, default=31, help="epochs of each run of the sweep")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds to wait after each batch")
    arguments = parser.parse_args()
    mlflow.set_experiment(EXPERIMENT)
    print(f"random forest, by autologging: run {random_forest()}")
    print(f"a sweep over six networks:     runs {', '.join(sweep(arguments.epochs))}")
    print(f"network, batch by batch:       run {network(arguments.steps, arguments.pause)}")


if __name__ == "__main__":
    main()
