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
        "RUNYARD_SPOOL_MAX_BYTES", str(10 * 1024**3), "size of the spool above which nothing is added to it"
    ),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings(NamedTuple):
    """What holds for one producer; read once, when it begins."""

    spool: Path
    offline: bool
    drain_seconds: float
    away_seconds: float
    request_seconds: float
    spool_bytes: int
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
        spool_bytes=int(_seconds("RUNYARD_SPOOL_MAX_BYTES")),
        console=_console(),
    )


def given_run() -> str:
    """The run that somebody has made for this process; empty where there is none. mlflow forgets it when it begins."""
    return _given("MLFLOW_RUN_ID")


# How programs that start several processes say which of them this is, and how many there are.
_RANKS = (
    ("RANK", "WORLD_SIZE"),
    ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"),
    ("PMI_RANK", "PMI_SIZE"),
    ("SLURM_PROCID", "SLURM_NTASKS"),
)


def rank_and_processes() -> tuple[int, int]:
    """Which of several processes of a run this is, from 0 on, and how many there are; 0 and 1 for a single one."""
    for rank, processes in _RANKS:
        pair = _given(rank), _given(processes)
        if all(text.isascii() and text.isdigit() for text in pair) and int(pair[0]) < int(pair[1]):
            return int(pair[0]), int(pair[1])
    return 0, 1


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


def _seconds(name: str, default: str = "") -> float:
    text = os.environ.get(name) or default or _BY_NAME[name].default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf"):
        raise ValueError(f"{name} is '{text}': it must be a number above 0.")
    return value
