"""Trains a linear classifier on scikit-learn's digits, and logs each step without waiting for it.

Nothing here knows Runyard. With `runyard-mlflow` installed, its server may come and go meanwhile:

    MLFLOW_TRACKING_URI=runyard://127.0.0.1:5000 python examples/outage/train.py
"""

from __future__ import annotations

import argparse
import time

import mlflow
import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier


def main() -> None:
    """Train for so many steps, and say how long the slowest of them was held up by logging."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=3000, help="batches to train on")
    parser.add_argument("--pause", type=float, default=0.003, help="seconds to wait after each")
    arguments = parser.parse_args()
    digits = load_digits()
    images, truth = digits.data / 16.0, digits.target
    random = np.random.default_rng(7)
    model = SGDClassifier(loss="log_loss", alpha=0.001, random_state=7)
    slowest = 0.0
    mlflow.set_experiment("outage")
    with mlflow.start_run(run_name="linear"):
        mlflow.log_params({"alpha": 0.001, "batch_size": 64, "steps": arguments.steps})
        for step in range(arguments.steps):
            batch = random.integers(0, len(images), 64)
            model.partial_fit(images[batch], truth[batch], classes=np.arange(10))
            accuracy = float(model.score(images[batch], truth[batch]))
            began = time.perf_counter()
            mlflow.log_metric("train/accuracy", accuracy, step=step, synchronous=False)
            slowest = max(slowest, time.perf_counter() - began)
            time.sleep(arguments.pause)
    print(f"  {arguments.steps} steps trained; the slowest call to mlflow took {slowest * 1000:.1f} ms.")


if __name__ == "__main__":
    main()
