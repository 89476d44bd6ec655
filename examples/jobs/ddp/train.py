"""Trains a small network on handwritten digits in all processes of a job, which log into its run."""

import argparse

import mlflow
import torch
import torch.distributed as dist
from sklearn.datasets import load_digits
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=3)
epochs = parser.parse_args().epochs

torch.set_num_threads(1)
# Where the other processes are, the job's variables say.
dist.init_process_group("gloo")
rank = dist.get_rank()
torch.manual_seed(7)
digits = load_digits()
data = TensorDataset(
    torch.tensor(digits.data / 16, dtype=torch.float32), torch.tensor(digits.target, dtype=torch.int64)
)
sampler = DistributedSampler(data, seed=7)
network = DistributedDataParallel(nn.Sequential(nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 10)))
optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
step = 0
for epoch in range(epochs):
    sampler.set_epoch(epoch)
    for images, labels in DataLoader(data, 32, sampler=sampler):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()
        mlflow.log_metric(f"rank-{rank}/loss", loss.item(), step=step, synchronous=False)
        step += 1
    mean = loss.detach().clone()
    dist.all_reduce(mean)
    if rank == 0:
        mlflow.log_metric("loss", mean.item() / dist.get_world_size(), step=epoch)
        print(f"epoch {epoch}: loss {mean.item() / dist.get_world_size():.3f}", flush=True)
mlflow.flush_async_logging()
dist.destroy_process_group()
