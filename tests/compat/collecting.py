"""The checks that the scripts define, found in their source text, and the run of them in a client's environment.

The scripts need mlflow of some version, so they are never imported here: a check is a function named `check_…`, and
its marks `@since("X.Y")` and `@before("X.Y")` say which versions it holds for.
"""

import ast
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.compat.environments import REPOSITORY, Environment, interpreter, plugin_folder
from tests.compat.servers import plain_environment

SCRIPTS = Path(__file__).with_name("scripts")
# Seconds for all checks of a client; far above what a busy machine of two cores needs.
LIMIT = 1500


@dataclass(frozen=True)
class Check:
    """One function of a script: `name` is `module.function`; it holds for versions in [since, before)."""

    name: str
    since: tuple[int, int]
    before: tuple[int, int]

    def holds_for(self, environment: Environment) -> bool:
        return self.since <= environment.version < self.before


@dataclass(frozen=True)
class Outcome:
    """What became of a check: the traceback of its failure, or None."""

    error: str | None
    seconds: float


def checks_in(folder: Path) -> Iterator[Check]:
    """All checks of a folder's scripts, in the order of the source."""
    for path in sorted(folder.glob("checks_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("check_"):
                marks = {name: version for mark in node.decorator_list for name, version in _mark(mark)}
                name = f"{path.stem}.{node.name}"
                yield Check(name, marks.get("since", (0, 0)), marks.get("before", (99, 0)))


def _mark(node: ast.expr) -> Iterator[tuple[str, tuple[int, int]]]:
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and isinstance(node.args[0], ast.Constant)
    ):
        major, minor = str(node.args[0].value).split(".")
        yield node.func.id, (int(major), int(minor))


def run_checks(
    environment: Environment, folder: Path, names: list[str], address: str, scratch: Path
) -> dict[str, Outcome]:
    """Run the named checks of a folder in one process of the client, against the server at `address`."""
    scratch.mkdir(parents=True, exist_ok=True)
    results = scratch / "results.jsonl"
    results.touch()
    command = [str(interpreter(environment)), str(SCRIPTS / "run.py"), str(results), *names]
    output = scratch / "output.log"
    ended = _run(command, _client_environment(environment, address, folder, scratch), output)
    outcomes = dict(_outcomes(results))
    lost = Outcome(f"the client {ended}:\n{_tail(output)}", 0.0)
    return {name: outcomes.get(name, lost) for name in names}


def _run(command: list[str], environment: dict[str, str], output: Path) -> str:
    """Run a client in the folder of its output; how it ended, in words."""
    with output.open("wb") as file:
        try:
            done = subprocess.run(
                command,
                cwd=output.parent,
                env=environment,
                stdout=file,
                stderr=file,
                timeout=LIMIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"was not done after {LIMIT} s"
    return f"ended with {done.returncode}"


def _outcomes(results: Path) -> Iterator[tuple[str, Outcome]]:
    for line in results.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        yield found["name"], Outcome(found["error"], found["seconds"])


def _client_environment(
    environment: Environment, address: str, folder: Path, scratch: Path
) -> dict[str, str]:
    path = [str(SCRIPTS), str(folder)]
    if environment.plugin:
        address = address.replace("http://", "runyard://")
        path.append(str(plugin_folder()))
    return {
        **plain_environment(),
        "MLFLOW_TRACKING_URI": address,
        "RUNYARD_SPOOL": str(scratch / "spool"),
        # A failure should show soon: the client's own seven retries take minutes.
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
        "MLFLOW_HTTP_REQUEST_TIMEOUT": "60",
        "GIT_PYTHON_REFRESH": "quiet",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(REPOSITORY / ".cache" / "compat" / "matplotlib"),
        "OMP_NUM_THREADS": "1",
        "TMPDIR": str(scratch),
        "PYTHONPATH": os.pathsep.join(path),
    }


def _tail(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[-4000:]
