"""One network, trained batch by batch, with every kind of thing that one logs."""

from __future__ import annotations

import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import mlflow
import numpy as np
import pandas as pd
from data import Digits, confidence_figure, confusion_figure, doubts_picture, evaluate, weights_picture
from mlflow.entities import Metric
from models import challenge, register
from sklearn.metrics import classification_report
from sklearn.neural_network import MLPClassifier

CONFIG = {"optimizer": "adam", "learning_rate": 0.002, "hidden": 48, "batch_size": 64, "seed": 7}
DESCRIPTION = """A network with **one hidden layer**, trained batch by batch on images of 8 × 8 pixels.

- each batch: loss and accuracy, logged asynchronously
- every 50 steps: loss and accuracy on the test images
- every 250 steps: the log, pictures of the weights, and of the images it is least certain of
"""
GREEN, PLAIN = "\x1b[32m", "\x1b[0m"


def network(data: Digits, steps: int, pause: float) -> None:
    """Train it for so many batches, with a pause after each, and register the result."""
    mlflow.set_system_metrics_sampling_interval(1)
    with mlflow.start_run(run_name="network", description=DESCRIPTION, log_system_metrics=True):
        mlflow.log_params(CONFIG)
        mlflow.log_dict(CONFIG, "config.yaml")
        mlflow.set_tags({"dataset": "digits", "stage": "candidate"})
        mlflow.log_input(
            mlflow.data.from_numpy(data.x_train, targets=data.y_train, name="digits"), "training"
        )
        model = train(data, steps, pause)
        measured = evaluate(model, data.x_test, data.y_test, "validation")
        mlflow.log_metrics(measured, step=steps)
        log_files(model, data)
        with mlflow.start_run(run_name="calibration", nested=True) as child:
            log_calibration(child.info.run_id, model, data)
        version = register(model, data, steps)
    challenge(version, measured["validation/accuracy"])


def train(data: Digits, steps: int, pause: float) -> MLPClassifier:
    """A network that learnt from `steps` batches, logged while it did."""
    random = np.random.default_rng(CONFIG["seed"])
    model = MLPClassifier(
        (CONFIG["hidden"],), learning_rate_init=CONFIG["learning_rate"], random_state=CONFIG["seed"]
    )
    best = 0.0
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "std_log.txt"
        for step in range(steps):
            batch = random.integers(0, len(data.x_train), CONFIG["batch_size"])
            images, digits = data.x_train[batch], data.y_train[batch]
            model.partial_fit(images, digits, classes=np.arange(10))
            # Thousands of points: asynchronously, so that training does not wait for them.
            values = {"train/loss": model.loss_, "train/accuracy": model.score(images, digits)}
            mlflow.log_metrics(values, step=step, synchronous=False)
            if step % 50 == 0:
                # A few: synchronously, readable as soon as the call returns.
                measured = evaluate(model, data.x_test, data.y_test, "validation")
                mlflow.log_metrics(measured, step=step)
                write_line(log, step, model.loss_, measured["validation/accuracy"], best)
                best = max(best, measured["validation/accuracy"])
            if step % 250 == 0:
                mlflow.log_artifact(str(log), "user_logs")
                mlflow.log_image(weights_picture(model), key="weights", step=step)
                mlflow.log_image(doubts_picture(model, data), key="least certain", step=step)
            time.sleep(pause)
        mlflow.log_artifact(str(log), "user_logs")
    return model


def write_line(log: Path, step: int, loss: float, accuracy: float, best: float) -> None:
    """A line of the log; in green when the network was never as good."""
    mark = f"  {GREEN}best so far{PLAIN}" if accuracy > best else ""
    with log.open("a") as file:
        now = datetime.now().strftime("%H:%M:%S.%f")[:-3]
        file.write(f"{now}  step {step:5}  loss {loss:.4f}  validation accuracy {accuracy:.4f}{mark}\n")


def log_files(model: MLPClassifier, data: Digits) -> None:
    """Figures, an image, a text, a dictionary, a table and a folder."""
    chances = model.predict_proba(data.x_test)
    predicted = chances.argmax(axis=1)
    figures = {
        "confusion": confusion_figure(data, predicted),
        "confidence": confidence_figure(chances, predicted == data.y_test),
    }
    for name, figure in figures.items():
        mlflow.log_figure(figure, f"figures/{name}.png")
        plt.close(figure)
    mlflow.log_image(doubts_picture(model, data), "figures/least_certain.png")
    mlflow.log_text(classification_report(data.y_test, predicted, zero_division=0), "report.txt")
    table = pd.DataFrame({"image": range(len(predicted)), "digit": data.y_test, "predicted": predicted})
    table["confidence"] = chances.max(axis=1).round(4)
    mistakes = table[table.digit != table.predicted]
    mlflow.log_table(mistakes, "mistakes.json")
    mlflow.log_dict({"test_images": len(table), "mistakes": len(mistakes)}, "summary.json")
    with tempfile.TemporaryDirectory() as folder:
        table.to_csv(Path(folder) / "test.csv", index=False)
        table.to_parquet(Path(folder) / "test.parquet", index=False)
        mlflow.log_artifacts(folder, "predictions")


def log_calibration(run_id: str, model: Any, data: Digits) -> None:
    """How often the network is right when it is so many percent sure: a whole curve in one call."""
    chances = model.predict_proba(data.x_test)
    percent = (chances.max(axis=1) * 100).astype(int) // 10 * 10
    right = chances.argmax(axis=1) == data.y_test
    now = time.time_ns() // 1_000_000
    curve = [Metric("right", float(right[percent == at].mean()), now, int(at)) for at in np.unique(percent)]
    mlflow.MlflowClient().log_batch(run_id, metrics=curve)
    mlflow.log_param("bins", 10)
