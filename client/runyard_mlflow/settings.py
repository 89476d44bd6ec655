"""The plugin's settings: one table, and the only reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Setting(NamedTuple):
    """An environment variable, its default, and what it is for."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("RUNYARD_SPOOL", "", "folder of the spool (default: runyard/spool in the user's state folder)"),
    Setting("RUNYARD_OFFLINE", "false", "true: nothing is sent until `runyard sync`"),
    Setting(
        "RUNYARD_DRAIN_TIMEOUT",
        "",
        "seconds that flush, end_run, wait and the interpreter's exit wait for what is not sent yet "
        "(default: AZUREML_ARTIFACTS_DEFAULT_TIMEOUT, else 300)",
    ),
    Setting(
        "RUNYARD_AWAY_TIMEOUT",
        "10",
        "seconds of these after which they end when the server can't be reached",
    ),
    Setting("RUNYARD_REQUEST_TIMEOUT", "10", "seconds that one request may take before it is sent again"),
    Setting(
        "RUNYARD_CONSOLE",
        "auto",
        "whether stdout and stderr are kept with the run: auto (where MLFLOW_RUN_ID names it), true or false",
    ),
    Setting(
        "RUNYARD_SPOOL_MAX_BYTES",
        str(10 * 1024**3),
        "size of the spool, with what all processes have in it, above which nothing is added to it",
    ),
    Setting(
        "RUNYARD_SPOOL_MAX_DAYS",
        "365",
        "days after which what an ended process left is named, and sent by `runyard-sync --old` only; at most 365, as "
        "the server forgets after 400 what it has",
    ),
    Setting("RUNYARD_RUN_CONTEXT", "true", "false: no tags `runyard.…` on new runs"),
)
# Bytes of two files of the spool: with less, nothing could be written.
LEAST_SPOOL = 8 * 1024**2
MOST_DAYS = 365.0
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings(NamedTuple):
    """What holds for one producer; read once, when it begins."""

    spool: Path
    offline: bool
    drain_seconds: float
    away_seconds: float
    request_seconds: float
    spool_bytes: int
    spool_days: float
    run_context: bool
    # auto, true or false.
    console: str


def read_settings() -> Settings:
    """Read the environment; raises ValueError that names the variable and the rule."""
    drain = "RUNYARD_DRAIN_TIMEOUT"
    if not _given(drain) and os.environ.get("AZUREML_ARTIFACTS_DEFAULT_TIMEOUT"):
        drain = "AZUREML_ARTIFACTS_DEFAULT_TIMEOUT"
    return Settings(
        spool=Path(_given("RUNYARD_SPOOL") or _state_folder()).expanduser().absolute(),
        offline=_boolean("RUNYARD_OFFLINE"),
        drain_seconds=_seconds(drain, "300"),
        away_seconds=_seconds("RUNYARD_AWAY_TIMEOUT"),
        request_seconds=_seconds("RUNYARD_REQUEST_TIMEOUT"),
        spool_bytes=int(_number("RUNYARD_SPOOL_MAX_BYTES", at_least=LEAST_SPOOL)),
        spool_days=_number("RUNYARD_SPOOL_MAX_DAYS", at_most=MOST_DAYS),
        run_context=_boolean("RUNYARD_RUN_CONTEXT"),
        console=_console(),
    )


# What launchers of distributed jobs tell each process; the first whose rank is given counts.
_TORCHRUN = {
    "rank": "RANK",
    "local_rank": "LOCAL_RANK",
    "world_size": "WORLD_SIZE",
    "node_rank": "GROUP_RANK",
}
_OPEN_MPI = {
    "rank": "OMPI_COMM_WORLD_RANK",
    "local_rank": "OMPI_COMM_WORLD_LOCAL_RANK",
    "world_size": "OMPI_COMM_WORLD_SIZE",
}
_MPICH = {"rank": "PMI_RANK", "local_rank": "MPI_LOCALRANKID", "world_size": "PMI_SIZE"}
_SLURM = {
    "rank": "SLURM_PROCID",
    "local_rank": "SLURM_LOCALID",
    "world_size": "SLURM_STEP_NUM_TASKS",
    "node_rank": "SLURM_NODEID",
}


def read_ranks() -> dict[str, str]:
    """Rank, local rank, world size and node rank of this process, as far as its launcher says them."""
    launchers = [_TORCHRUN, _OPEN_MPI, _MPICH]
    # A batch script has a rank, too; only what `srun` starts is one of several.
    if _given("SLURM_STEP_ID").isdecimal():
        launchers.append(_SLURM)
    for names in launchers:
        found = {field: _given(name) for field, name in names.items() if _given(name).isdecimal()}
        if "rank" in found:
            return found
    return {}


def rank_and_processes() -> tuple[int, int]:
    """Which of several processes of a run this is, from 0 on, and how many there are; 0 and 1 for a single one."""
    found = read_ranks()
    rank, processes = int(found.get("rank", 0)), int(found.get("world_size", 1))
    return (rank, processes) if rank < processes else (0, 1)


def given_run() -> str:
    """The run that somebody has made for this process; empty where there is none. mlflow forgets it when it begins."""
    return _given("MLFLOW_RUN_ID")


def given_job() -> str:
    """The job that this process belongs to; empty where it belongs to none."""
    return _given("RUNYARD_JOB")


def _console() -> str:
    text = (_given("RUNYARD_CONSOLE") or _BY_NAME["RUNYARD_CONSOLE"].default).lower()
    text = {"1": "true", "0": "false"}.get(text, text)
    if text not in ("auto", "true", "false"):
        raise ValueError(f"RUNYARD_CONSOLE is '{text}': it must be auto, true or false.")
    return text


def _state_folder() -> Path:
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "runyard" / "spool"


def _given(name: str) -> str:
    return os.environ.get(name, "")


def _boolean(name: str) -> bool:
    text = (_given(name) or _BY_NAME[name].default).lower()
    if text not in ("true", "false", "1", "0"):
        raise ValueError(f"{name} is '{text}': it must be true or false.")
    return text in ("true", "1")


def _number(name: str, at_least: float = 0.0, at_most: float = float("inf")) -> float:
    value = _seconds(name)
    if value < at_least:
        raise ValueError(f"{name} is '{_given(name)}': it must be at least {at_least:.0f}.")
    if value > at_most:
        raise ValueError(f"{name} is '{_given(name)}': it must be at most {at_most:.0f}.")
    return value


def _seconds(name: str, default: str = "") -> float:
    text = os.environ.get(name) or default or _BY_NAME[name].default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf"):
        raise ValueError(f"{name} is '{text}': it must be a number above 0.")
    return value
