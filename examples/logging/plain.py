"""Trains a linear classifier on scikit-learn's handwritten digits, batch by batch, and logs each of them.

Nothing here knows Runyard: set MLFLOW_TRACKING_URI and run it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import mlflow
import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

CLASSES = list(range(10))


def train(epochs: int, batch_size: int, alpha: float) -> None:
    """One run: a point for each batch, two for each epoch, and the weights."""
    digits = load_digits()
    x_train, x_test, y_train, y_test = train_test_split(
        digits.data / 16, digits.target, test_size=0.25, random_state=7, stratify=digits.target
    )
    mlflow.set_experiment("logging-plain")
    with mlflow.start_run(run_name="linear"):
        mlflow.log_params({"epochs": epochs, "batch_size": batch_size, "alpha": alpha})
        mlflow.set_tag("data", "digits")
        model = SGDClassifier(loss="log_loss", alpha=alpha, random_state=7)
        shuffled = np.random.default_rng(7)
        losses: list[float] = []
        for epoch in range(epochs):
            order = shuffled.permutation(len(x_train))
            for start in range(0, len(order), batch_size):
                batch = order[start : start + batch_size]
                model.partial_fit(x_train[batch], y_train[batch], classes=CLASSES)
                loss = float(log_loss(y_train[batch], model.predict_proba(x_train[batch]), labels=CLASSES))
                # Training does not wait for what it logs.
                mlflow.log_metric("batch/loss", loss, step=len(losses), synchronous=False)
                losses.append(loss)
            measured = {
                "validation/accuracy": float(model.score(x_test, y_test)),
                "validation/loss": float(log_loss(y_test, model.predict_proba(x_test), labels=CLASSES)),
            }
            # This does: when it returns, everybody sees it.
            mlflow.log_metrics(measured, step=epoch)
            print(f"epoch {epoch}: {measured['validation/accuracy']:.3f} of the test images are told right")
        mlflow.log_dict({"losses": losses}, "batches.json")
        with tempfile.TemporaryDirectory() as folder:
            weights = Path(folder) / "weights.npz"
            np.savez(weights, coefficients=model.coef_, intercepts=model.intercept_)
            mlflow.log_artifact(str(weights), "model")


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--alpha", type=float, default=1e-4, help="weight of the penalty")
    arguments = parser.parse_args()
    train(arguments.epochs, arguments.batch_size, arguments.alpha)


if __name__ == "__main__":
    main()
