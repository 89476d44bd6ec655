"""Trains real models on scikit-learn's handwritten digits and logs them with the stock mlflow client.

Nothing here knows Runyard: set MLFLOW_TRACKING_URI and run it.

    MLFLOW_TRACKING_URI=http://127.0.0.1:5000 python examples/digits/train.py
"""

from __future__ import annotations

import argparse

import mlflow
from data import Digits, evaluate, load
from models import MODEL, challenge, describe
from network import network
from sklearn.ensemble import RandomForestClassifier
from sweeps import search, sweep


def random_forest(data: Digits) -> None:
    """One run by autologging: parameters, metrics and the model, which becomes the first champion."""
    mlflow.sklearn.autolog(registered_model_name=MODEL)
    with mlflow.start_run(run_name="random-forest") as run:
        model = RandomForestClassifier(n_estimators=60, max_depth=12, random_state=7)
        model.fit(data.x_train, data.y_train)
        measured = evaluate(model, data.x_test, data.y_test, "validation")
        mlflow.log_metrics(measured)
    mlflow.sklearn.autolog(disable=True)
    [version] = mlflow.MlflowClient().search_model_versions(f"run_id = '{run.info.run_id}'")
    challenge(version.version, measured["validation/accuracy"])
    describe()


def main() -> None:
    """Train everything, the longest last."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=2000, help="batches that the network is trained on")
    parser.add_argument("--epochs", type=int, default=16, help="epochs of each run of the sweep")
    parser.add_argument("--trials", type=int, default=24, help="runs of the search")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds to wait after each batch")
    arguments = parser.parse_args()
    data = load()
    mlflow.set_experiment("digits-search")
    search(data, arguments.trials, epochs=6)
    mlflow.set_experiment("digits")
    random_forest(data)
    sweep(data, arguments.epochs)
    network(data, arguments.steps, arguments.pause)


if __name__ == "__main__":
    main()
