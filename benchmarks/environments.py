"""Where the peers are installed: an environment each, built with uv under `.cache/bench`.

FastTrackML's wheel carries a compiled server, so it is installed without the old mlflow that its Python
client depends on.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "bench"

MLFLOW = "mlflow==3.17.2"
FASTTRACKML = "fasttrackml==0.6.0"
# Libraries that log by themselves, without a server.
LOGGERS = ("wandb==0.31.0", "trackio==0.43.0", "tensorboardX==2.6.5", "aim==3.29.1")


class EnvironmentMissing(Exception):
    """A peer's environment could not be built; the message carries what uv said."""


def _uv() -> str:
    own = ROOT / ".tools" / "bin" / "uv"
    found = str(own) if own.exists() else shutil.which("uv")
    if found is None:
        raise EnvironmentMissing("uv is missing: run `make install` first")
    return found


def _build(name: str, requirement: str, *options: str) -> Path:
    """The environment's bin folder; built once, and again when the requirement changes."""
    folder = CACHE / name
    marker = folder / "requirement.txt"
    if marker.exists() and marker.read_text() == requirement:
        return folder / "bin"
    print(f"installing {requirement} into {folder.relative_to(ROOT)}", flush=True)
    python = str(folder / "bin" / "python")
    for command in (
        [_uv(), "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)],
        [
            _uv(),
            "pip",
            "install",
            "--quiet",
            "--compile-bytecode",
            "--python",
            python,
            *options,
            *requirement.split(),
        ],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise EnvironmentMissing(f"{' '.join(command)}\n{done.stderr}")
    marker.write_text(requirement)
    return folder / "bin"


def mlflow() -> Path:
    return _build("mlflow", MLFLOW) / "mlflow"


def fasttrackml() -> Path:
    return _build("fasttrackml", FASTTRACKML, "--no-deps") / "fml"


def loggers() -> Path:
    """The interpreter that has them all."""
    return _build("loggers", " ".join(LOGGERS)) / "python"


def runyard() -> Path:
    return Path(sys.executable).parent / "runyard"
