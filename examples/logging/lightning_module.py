"""Trains a small network on scikit-learn's handwritten digits with Lightning, whose own `MLFlowLogger` logs."""

from __future__ import annotations

import argparse
import os
import tempfile

import torch
from lightning.pytorch import LightningModule, Trainer, seed_everything
from lightning.pytorch.callbacks import ModelCheckpoint
from lightning.pytorch.loggers import MLFlowLogger
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

Batch = list[torch.Tensor]


class Digits(LightningModule):
    """A network of two layers."""

    def __init__(self, width: int, learning_rate: float) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.learning_rate = learning_rate
        self.layers = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))

    def training_step(self, batch: Batch, index: int) -> torch.Tensor:
        """The loss of a batch, which is logged."""
        images, labels = batch
        loss: torch.Tensor = nn.functional.cross_entropy(self.layers(images), labels)
        self.log("train/loss", loss)
        return loss

    def validation_step(self, batch: Batch, index: int) -> None:
        """Loss and accuracy, logged as means of an epoch."""
        images, labels = batch
        chances = self.layers(images)
        self.log("validation/loss", nn.functional.cross_entropy(chances, labels))
        self.log("validation/accuracy", (chances.argmax(dim=1) == labels).float().mean())

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """Adam."""
        return torch.optim.Adam(self.parameters(), lr=self.learning_rate)


def loaders(batch_size: int) -> tuple[DataLoader[Batch], DataLoader[Batch]]:
    """Images for training, and 297 others for validation."""
    digits = load_digits()
    images = torch.tensor(digits.data / 16, dtype=torch.float32)
    labels = torch.tensor(digits.target, dtype=torch.int64)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(7))
    train, validation = order[:1500], order[1500:]
    return (
        DataLoader(TensorDataset(images[train], labels[train]), batch_size, shuffle=True),
        DataLoader(TensorDataset(images[validation], labels[validation]), batch_size),
    )


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch-size", type=int, default=32)
    arguments = parser.parse_args()
    seed_everything(7)
    logger = MLFlowLogger(
        experiment_name="logging-lightning",
        run_name="lightning",
        tracking_uri=os.environ["MLFLOW_TRACKING_URI"],
        # The best checkpoint, when training ends.
        log_model=True,
        # Training does not wait for what is logged.
        synchronous=False,
    )
    train, validation = loaders(arguments.batch_size)
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(
            max_epochs=arguments.epochs,
            accelerator="cpu",
            logger=logger,
            log_every_n_steps=1,
            callbacks=[ModelCheckpoint(folder, monitor="validation/loss", filename="best")],
            enable_progress_bar=False,
            enable_model_summary=False,
        )
        trainer.fit(Digits(width=48, learning_rate=3e-3), train, validation)


if __name__ == "__main__":
    main()
