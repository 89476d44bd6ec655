"""Many small networks: a sweep over learning rates and seeds, and a search by chance."""

from __future__ import annotations

from typing import Any

import mlflow
import numpy as np
from data import Digits, evaluate, weights_picture
from models import challenge, register
from sklearn.metrics import classification_report
from sklearn.neural_network import MLPClassifier


def sweep(data: Digits, epochs: int) -> None:
    """Three learning rates with three seeds each, below one parent; the best network is registered."""
    best, best_accuracy = None, 0.0
    with mlflow.start_run(run_name="sweep", description="Which learning rate is best, whatever the seed?"):
        for rate in (0.001, 0.01, 0.1):
            for seed in (1, 2, 3):
                config = {"learning_rate": rate, "seed": seed, "hidden": 24, "batch_size": 64}
                with mlflow.start_run(run_name=f"rate {rate}, seed {seed}", nested=True):
                    mlflow.set_tag("stage", "sweep")
                    model = train(data, {"optimizer": "adam", **config}, epochs)
                    accuracy = model.score(data.x_test, data.y_test)
                if accuracy > best_accuracy:
                    best, best_accuracy = model, accuracy
                    mlflow.log_metric("best_accuracy", accuracy)
        version = register(best, data)
    challenge(version, best_accuracy)


def search(data: Digits, trials: int, epochs: int) -> None:
    """Networks with settings by chance; what learns nothing is given up early."""
    random = np.random.default_rng(11)
    for trial in range(trials):
        config = {
            "optimizer": str(random.choice(["adam", "sgd"])),
            "learning_rate": float(f"{10 ** random.uniform(-4, 0):.2g}"),
            "hidden": int(random.integers(24, 97)),
            "batch_size": int(random.choice([32, 64, 128])),
            "weight_decay": float(f"{10 ** random.uniform(-6, 0):.2g}"),
            "seed": 7,
        }
        with mlflow.start_run(run_name=f"trial-{trial:02d}"):
            mlflow.set_tag("stage", "search")
            train(data, config, epochs, least_accuracy=0.3)


def train(data: Digits, config: dict[str, Any], epochs: int, least_accuracy: float = 0) -> MLPClassifier:
    """A network, trained epoch by epoch and logged to the active run; ended when it is worse than that after two."""
    mlflow.log_params(config)
    mlflow.log_dict(config, "config.yaml")
    model = MLPClassifier(
        (config["hidden"],),
        solver=config["optimizer"],
        learning_rate_init=config["learning_rate"],
        alpha=config.get("weight_decay", 0.0001),
        random_state=config["seed"],
    )
    random = np.random.default_rng(config["seed"])
    for epoch in range(epochs):
        order = random.permutation(len(data.x_train))
        for batch in np.split(order, range(config["batch_size"], len(order), config["batch_size"])):
            model.partial_fit(data.x_train[batch], data.y_train[batch], classes=np.arange(10))
        values = evaluate(model, data.x_train, data.y_train, "train")
        values |= evaluate(model, data.x_test, data.y_test, "validation")
        mlflow.log_metrics(values, step=epoch)
        if epoch % 5 == 0:
            mlflow.log_image(weights_picture(model), key="weights", step=epoch, synchronous=True)
        if epoch >= 2 and values["validation/accuracy"] < least_accuracy:
            mlflow.end_run("KILLED")
            return model
    report = classification_report(data.y_test, model.predict(data.x_test), zero_division=0)
    mlflow.log_text(report, "report.txt")
    return model
