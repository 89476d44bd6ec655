"""The mlflow clients that Runyard is tested with, each installed in an environment of its own.

An environment is built once, under `.cache/compat/NAME-DIGEST` in the repository, where the digest covers all that
decides its contents: a changed requirement file makes a new environment and never half of an old one.
"""

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path(__file__).with_name("requirements")


@dataclass(frozen=True)
class Environment:
    """One client: the version of mlflow, the Python that it needs, and the requirement files to install.

    `requirements` are exact pins installed with uv. `with_pip` are installed afterwards with the environment's own
    pip, because machines say through pip's configuration where their build of PyTorch comes from.
    """

    name: str
    version: tuple[int, int]
    python: str
    requirements: str
    with_pip: str | None = None
    # Whether it logs through runyard-mlflow.
    plugin: bool = False

    @property
    def title(self) -> str:
        return f"{self.name}-plugin" if self.plugin else self.name

    @property
    def files(self) -> list[Path]:
        names = [self.requirements] + ([self.with_pip] if self.with_pip else [])
        return [REQUIREMENTS / name for name in names]


# The newest has the most to do, so it begins first.
ENVIRONMENTS = (
    Environment("mlflow-3", (3, 17), "3.11", "mlflow-3.txt", with_pip="torch.txt"),
    Environment("mlflow-2.8", (2, 8), "3.11", "mlflow-2.8.txt"),
    Environment("mlflow-2.22", (2, 22), "3.11", "mlflow-2.22.txt"),
)


WITH_PLUGIN = tuple(replace(environment, plugin=True) for environment in ENVIRONMENTS)


def plugin_folder() -> Path:
    """A folder that holds runyard-mlflow as it is now, installed so that a client finds its entry points."""
    sources = sorted((REPOSITORY / "client").rglob("*.*"))
    content = b"\0".join(path.read_bytes() for path in sources if path.suffix in (".py", ".toml"))
    folder = REPOSITORY / ".cache" / "compat" / f"plugin-{hashlib.sha256(content).hexdigest()[:12]}"
    if not (folder / "finished").exists():
        shutil.rmtree(folder, ignore_errors=True)
        # Without what uv has built before of the same version.
        options = ["--quiet", "--no-deps", "--no-cache", "--target", str(folder)]
        _install([_uv(), "pip", "install", *options, str(REPOSITORY / "client")])
        (folder / "finished").touch()
    return folder


def interpreter(environment: Environment) -> Path:
    """The path of the environment's Python, built first if it is missing."""
    folder = REPOSITORY / ".cache" / "compat" / f"{environment.name}-{_digest(environment)}"
    python = folder / "bin" / "python"
    finished = folder / "finished"
    if not finished.exists():
        _build(environment, folder, python)
        finished.touch()
    return python


def _digest(environment: Environment) -> str:
    content = b"\0".join([environment.python.encode(), *(path.read_bytes() for path in environment.files)])
    return hashlib.sha256(content).hexdigest()[:12]


def _build(environment: Environment, folder: Path, python: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    uv = _uv()
    _install([uv, "venv", "--quiet", "--seed", "--python", environment.python, str(folder)])
    requirements = str(REQUIREMENTS / environment.requirements)
    _install([uv, "pip", "install", "--quiet", "--python", str(python), "--requirement", requirements])
    if environment.with_pip:
        more = str(REQUIREMENTS / environment.with_pip)
        _install([str(python), "-m", "pip", "install", "--quiet", "--requirement", more])


def _uv() -> str:
    own = REPOSITORY / ".tools" / "bin" / "uv"
    found = str(own) if own.exists() else shutil.which("uv")
    if found is None:
        raise RuntimeError("uv is needed to build the clients' environments: run `make install`")
    return found


def _install(command: list[str]) -> None:
    # The Python of the machine is taken where it has the wanted version, and fetched by uv where it has not.
    environment = {**os.environ, "UV_PYTHON_PREFERENCE": "system"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
