"""Trains a small network on scikit-learn's handwritten digits in several processes, which all log into one run.

    torchrun --nproc-per-node 2 ddp.py

Rank 0 creates the run and tells the others its id. Each rank logs curves of its own and points of a shared one.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import mlflow
import torch
import torch.distributed as dist
from sklearn.datasets import load_digits
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset


def data() -> tuple[TensorDataset, TensorDataset]:
    """Images for training, and 297 others for validation."""
    digits = load_digits()
    images = torch.tensor(digits.data / 16, dtype=torch.float32)
    labels = torch.tensor(digits.target, dtype=torch.int64)
    order = torch.randperm(len(images), generator=torch.Generator().manual_seed(7))
    train, validation = order[:1500], order[1500:]
    return TensorDataset(images[train], labels[train]), TensorDataset(images[validation], labels[validation])


def mean_over_ranks(value: torch.Tensor) -> float:
    """The mean of what each rank has."""
    total = value.detach().clone()
    dist.all_reduce(total)
    return float(total / dist.get_world_size())


def train(run_id: str, epochs: int, batch_size: int) -> nn.Module:
    """What every rank does; the trained network, which is the same on all."""
    rank = dist.get_rank()
    client = mlflow.MlflowClient()
    torch.manual_seed(7)
    network = DistributedDataParallel(nn.Sequential(nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 10)))
    optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
    training, validation = data()
    sampler: DistributedSampler[TensorDataset] = DistributedSampler(training, seed=7)
    step = 0
    for epoch in range(epochs):
        began = time.perf_counter()
        sampler.set_epoch(epoch)
        for images, labels in DataLoader(training, batch_size, sampler=sampler):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(network(images), labels)
            loss.backward()
            optimizer.step()
            client.log_metric(run_id, f"rank-{rank}/loss", loss.item(), step=step, synchronous=False)
            mean = mean_over_ranks(loss)
            if rank == 0:
                client.log_metric(run_id, "loss", mean, step=step, synchronous=False)
            step += 1
        # One curve to which all ranks add.
        seconds = time.perf_counter() - began
        client.log_metric(run_id, "epoch/seconds", seconds, step=epoch, synchronous=False)
        if rank == 0:
            # Without DDP's wrapper, which would wait for the other ranks.
            accuracy = accuracy_of(network.module, validation)
            client.log_metric(run_id, "validation/accuracy", accuracy, step=epoch)
    trained: nn.Module = network.module
    return trained


def accuracy_of(network: nn.Module, images: TensorDataset) -> float:
    """The part of the images that is told right."""
    pixels, labels = images.tensors
    with torch.no_grad():
        return float((network(pixels).argmax(dim=1) == labels).float().mean())


def create_run(parameters: dict[str, int]) -> str:
    """The id of a new run, the same on all ranks."""
    shared = [""]
    if dist.get_rank() == 0:
        mlflow.set_experiment("logging-ddp")
        shared[0] = mlflow.start_run(run_name="ddp").info.run_id
        mlflow.log_params({**parameters, "world_size": dist.get_world_size()})
    dist.broadcast_object_list(shared, src=0)
    return shared[0]


def main() -> None:
    """What torchrun starts once for each rank."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch-size", type=int, default=32)
    arguments = parser.parse_args()
    dist.init_process_group("gloo")
    run_id = create_run({"epochs": arguments.epochs, "batch_size": arguments.batch_size})
    network = train(run_id, arguments.epochs, arguments.batch_size)
    # The run ends when the server has what every rank logged.
    mlflow.flush_async_logging()
    dist.barrier()
    if dist.get_rank() == 0:
        with tempfile.TemporaryDirectory() as folder:
            weights = Path(folder) / "weights.pt"
            torch.save(network.state_dict(), weights)
            mlflow.log_artifact(str(weights), "model")
        mlflow.end_run()
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
