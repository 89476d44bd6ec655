"""The digits, and pictures of what a network makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score, log_loss
from sklearn.model_selection import train_test_split

RIGHT, WRONG = (60, 160, 90), (210, 60, 50)


@dataclass(frozen=True)
class Digits:
    """Images of 8 by 8 pixels from 0 to 1, one a row, and the digits that they show."""

    x_train: Any
    x_test: Any
    y_train: Any
    y_test: Any


def load() -> Digits:
    """A quarter of scikit-learn's digits for testing, the same ones each time."""
    digits = load_digits()
    return Digits(
        *train_test_split(
            digits.data / 16.0, digits.target, test_size=0.25, random_state=7, stratify=digits.target
        )
    )


def evaluate(model: Any, images: Any, digits: Any, name: str) -> dict[str, float]:
    """Loss and accuracy of a model on some images."""
    chances = model.predict_proba(images)
    accuracy = float(accuracy_score(digits, chances.argmax(axis=1)))
    return {f"{name}/loss": float(log_loss(digits, chances, labels=range(10))), f"{name}/accuracy": accuracy}


def weights_picture(model: Any) -> Any:
    """What the first 12 neurons look for: blue where they want ink, red where they want none."""
    weights = model.coefs_[0].T[:12].reshape(-1, 8, 8)
    colors = plt.get_cmap("RdBu")(0.5 + weights / (2 * np.abs(weights).max()))[..., :3]
    return _grid((colors * 255).astype(np.uint8), columns=4, gap=(255, 255, 255))


def doubts_picture(model: Any, data: Digits) -> Any:
    """The 24 test images that the model is least sure of, framed in green if it is right and in red if not."""
    chances = model.predict_proba(data.x_test)
    doubted = np.argsort(chances.max(axis=1))[:24]
    right = chances[doubted].argmax(axis=1) == data.y_test[doubted]
    ink = 255 - data.x_test[doubted].reshape(-1, 8, 8, 1) * 255
    return _grid(ink.repeat(3, axis=3).astype(np.uint8), 6, [RIGHT if each else WRONG for each in right])


def _grid(tiles: Any, columns: int, gap: Any) -> Any:
    """Tiles of 8 by 8 pixels in rows, each pixel enlarged, with a frame of the colour `gap`, or one for each."""
    colors = np.broadcast_to(np.asarray(gap, np.uint8), (len(tiles), 3))
    framed = np.tile(colors[:, None, None], (1, 72, 72, 1))
    framed[:, 4:-4, 4:-4] = tiles.repeat(8, axis=1).repeat(8, axis=2)
    rows = framed.reshape(-1, columns, 72, 72, 3)
    return rows.transpose(0, 2, 1, 3, 4).reshape(-1, columns * 72, 3)


def confusion_figure(data: Digits, predicted: Any) -> Figure:
    """Which digits are taken for which."""
    figure, axes = plt.subplots(figsize=(6, 6))
    ConfusionMatrixDisplay.from_predictions(data.y_test, predicted, ax=axes, colorbar=False, cmap="Blues")
    figure.tight_layout()
    return figure


def confidence_figure(chances: Any, right: Any) -> Figure:
    """How sure the model is where it is right and where it is wrong."""
    figure, axes = plt.subplots(figsize=(6, 6))
    confidence = chances.max(axis=1)
    axes.hist(
        [confidence[right], confidence[~right]], bins=20, stacked=True, label=["right", "wrong"], log=True
    )
    axes.set_xlabel("confidence")
    axes.set_ylabel("test images")
    axes.legend()
    figure.tight_layout()
    return figure
