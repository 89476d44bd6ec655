"""Which processes a node starts, and what each is told: the environment variables of its launcher."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from runyard.job_entities import RankState
from runyard.jobs.processes import MARK
from runyard.jobs.supervisor.order import Order

# Nothing of the server's own process may lead a job's client elsewhere.
OWN_PREFIXES = ("MLFLOW_", "RUNYARD_", "AZUREML_", "AZURE_ML_")
PORT = 6105


class Rank(NamedTuple):
    """One process: its place, the file of its output below `user_logs`, and what it is told beside the rest."""

    rank: int
    local_rank: int
    log: str
    variables: dict[str, str]


def ranks_of(order: Order) -> list[Rank]:
    """The processes of this node."""
    distribution = order.job.task.distribution
    kind = distribution.type if distribution is not None else None
    if distribution is None or kind == "ray":
        return [Rank(order.node, 0, "std_log.txt", {})]
    if kind == "tensorflow":
        return _tensorflow(order)
    count = distribution.process_count_per_instance
    world = count * order.nodes
    found: list[Rank] = []
    for local in range(count):
        rank = order.node * count + local
        log = "std_log.txt" if world == 1 else f"std_log_process_{rank:0{max(2, len(str(world - 1)))}}.txt"
        make = _pytorch if kind == "pytorch" else _mpi
        found.append(Rank(rank, local, log, make(order, rank, local, count, world)))
    return found


def _pytorch(order: Order, rank: int, local: int, count: int, world: int) -> dict[str, str]:
    return {
        "MASTER_ADDR": order.master_address,
        "MASTER_PORT": str(order.master_port or PORT),
        "WORLD_SIZE": str(world),
        "NODE_RANK": str(order.node),
        "RANK": str(rank),
        "LOCAL_RANK": str(local),
        "LOCAL_WORLD_SIZE": str(count),
    }


def _mpi(order: Order, rank: int, local: int, count: int, world: int) -> dict[str, str]:
    return {
        "OMPI_COMM_WORLD_RANK": str(rank),
        "OMPI_COMM_WORLD_SIZE": str(world),
        "OMPI_COMM_WORLD_LOCAL_RANK": str(local),
        "OMPI_COMM_WORLD_LOCAL_SIZE": str(count),
        "AZ_BATCH_MASTER_NODE": f"{order.master_address}:{order.master_port or PORT}",
    }


def _tensorflow(order: Order) -> list[Rank]:
    """Workers, then parameter servers, dealt out to the nodes in turns; each listens on a port of its own."""
    distribution = order.job.task.distribution
    assert distribution is not None
    workers = distribution.worker_count or order.nodes
    tasks = [("worker", index) for index in range(workers)]
    tasks += [("ps", index) for index in range(distribution.parameter_server_count)]
    first = order.master_port or PORT
    places = {task: f"{order.master_address}:{first + number}" for number, task in enumerate(tasks)}
    cluster: dict[str, list[str]] = {}
    for (kind, _), place in places.items():
        cluster.setdefault(kind, []).append(place)
    found: list[Rank] = []
    for number, (kind, index) in enumerate(tasks):
        if number % order.nodes != order.node:
            continue
        told = {"cluster": cluster, "task": {"type": kind, "index": index}, "environment": "cloud"}
        log = "std_log.txt" if len(tasks) == 1 else f"std_log_node_{index}_{kind}.txt"
        found.append(Rank(number, len(found), log, {"TF_CONFIG": json.dumps(told)}))
    return found


class Places(NamedTuple):
    """Folders of a node, and the Python that its command finds first."""

    code: Path
    spool: Path
    temporary: Path
    programs: Path
    has_plugin: bool


def variables(
    order: Order,
    inherited: Mapping[str, str],
    places: Places,
    data: Mapping[str, str],
    own: Mapping[str, str],
) -> dict[str, str]:
    """What all processes of the node are told; `data` are the inputs and outputs, `own` those of the job file."""
    found = {name: value for name, value in inherited.items() if not name.startswith(OWN_PREFIXES)}
    found.pop("PYTHONHOME", None)
    found["PATH"] = f"{places.programs}:{inherited.get('PATH', '/usr/local/bin:/usr/bin:/bin')}"
    if places.programs.parent != Path(sys.prefix) or sys.prefix != sys.base_prefix:
        found["VIRTUAL_ENV"] = str(places.programs.parent)
    address = order.address
    if places.has_plugin:
        scheme, rest = address.split("://", 1)
        address = ("runyard+https://" if scheme == "https" else "runyard://") + rest
    found |= {
        "MLFLOW_TRACKING_URI": address,
        "MLFLOW_RUN_ID": order.name,
        # mlflow forgets that one when it has read it.
        "RUNYARD_JOB": order.name,
        "MLFLOW_EXPERIMENT_ID": order.experiment_id,
        # A plain client sends batches from ten threads, in any order.
        "MLFLOW_ASYNC_LOGGING_THREADPOOL_SIZE": "1",
        "RUNYARD_SPOOL": str(places.spool),
        # The supervisor keeps it, also of what is no Python.
        "RUNYARD_CONSOLE": "false",
        MARK: order.mark,
        # What is printed is to be seen at once.
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(places.temporary),
    }
    if order.token:
        found["MLFLOW_TRACKING_TOKEN"] = order.token
    if order.gpus is not None:
        found["CUDA_VISIBLE_DEVICES"] = ",".join(map(str, order.gpus))
    found |= _hosted(order, places)
    return {**found, **data, **own}


def _hosted(order: Order, places: Places) -> dict[str, str]:
    """Names that scripts written for the hosted service look for."""
    found = {
        "AZUREML_RUN_ID": order.name,
        "AZUREML_ROOT_RUN_ID": order.job.parent_job_name or order.name,
        "AZUREML_EXPERIMENT_ID": order.experiment_id,
        "AZUREML_ARM_SUBSCRIPTION": "runyard",
        "AZUREML_ARM_RESOURCEGROUP": "runyard",
        "AZUREML_ARM_WORKSPACE_NAME": "default",
        "AZUREML_ARM_PROJECT_NAME": order.experiment_name,
        "AZUREML_SERVICE_ENDPOINT": order.address,
        "AZUREML_CR_NODE_RANK": str(order.node),
        "AZUREML_NODE_COUNT": str(order.nodes),
        "AZ_BATCHAI_JOB_MASTER_NODE_IP": order.master_address,
        "AZUREML_CR_EXECUTION_WORKING_DIR_PATH": str(places.code),
    }
    if order.node > 0:
        found["AZUREML_SECONDARY_INSTANCE"] = "1"
    return found | {f"AZUREML_PARAMETER_{name}": value for name, value in order.search_space.items()}


def new_state(rank: Rank) -> RankState:
    """As it is before it begins."""
    return RankState(rank.rank, rank.local_rank)
