"""What is kept of the models: versions of one registered model, and which of them is in use."""

from __future__ import annotations

from typing import Any

import mlflow
import sklearn
from data import Digits

MODEL = "digits"


def register(model: Any, data: Digits, step: int = 0) -> str:
    """Log a network with the active run's metrics of that step as a new version; its number."""
    logged = mlflow.sklearn.log_model(
        model,
        name="model",
        step=step,
        input_example=data.x_test[:2],
        pip_requirements=[f"scikit-learn=={sklearn.__version__}"],
        # The optimizer is part of the saved model, and skops loads only what it is told to trust.
        skops_trusted_types=["sklearn.neural_network._stochastic_optimizers.AdamOptimizer"],
        registered_model_name=MODEL,
    )
    return str(logged.registered_model_version)


def challenge(version: str, accuracy: float) -> None:
    """Make a new version the challenger, and the champion if it is more accurate than the one there is."""
    client = mlflow.MlflowClient()
    client.set_model_version_tag(MODEL, version, "accuracy", f"{accuracy:.4f}")
    client.set_registered_model_alias(MODEL, "challenger", version)
    champion = client.get_registered_model(MODEL).aliases.get("champion")
    if champion is not None:
        to_beat = client.get_model_version(MODEL, champion).tags["accuracy"]
        if accuracy <= float(to_beat):
            return
        client.set_registered_model_alias(MODEL, "previous", champion)
    client.set_registered_model_alias(MODEL, "champion", version)


def describe() -> None:
    """Say what the registered model is for."""
    client = mlflow.MlflowClient()
    client.update_registered_model(MODEL, "Reads handwritten digits. **champion** is what is in use.")
    client.set_registered_model_tag(MODEL, "task", "classification")
