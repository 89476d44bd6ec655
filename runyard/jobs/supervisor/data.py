"""Brings a node's inputs, makes room for its outputs, and says where both are."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from runyard.errors import RunyardError
from runyard.jobs.entities import CommandJob, Input, Output
from runyard.jobs.link import Link
from runyard.jobs.supervisor.artifacts import download

log = logging.getLogger("runyard.jobs.data")


class DataFailed(RunyardError):
    """An input can't be had."""

    status = 400


class Data(NamedTuple):
    """By name, what an expression stands for: a value, a path, or None for an optional one that is not there."""

    inputs: dict[str, str | None]
    outputs: dict[str, str]

    def expressions(self) -> dict[str, str | None]:
        """As `${{…}}` names them."""
        found: dict[str, str | None] = {f"inputs.{name}": value for name, value in self.inputs.items()}
        return found | {f"outputs.{name}": value for name, value in self.outputs.items()}

    def variables(self) -> dict[str, str]:
        """As the hosted service's variables name them."""
        found = {f"AZURE_ML_INPUT_{name}": value for name, value in self.inputs.items() if value is not None}
        return found | {f"AZURE_ML_OUTPUT_{name}": value for name, value in self.outputs.items()}


def bring(job: CommandJob, folder: Path, link: Link) -> Data:
    """Bring the inputs below `folder` and make empty outputs; raises DataFailed, Away, OSError."""
    for part in ("inputs", "outputs"):
        # Of an attempt that did not get to its end.
        shutil.rmtree(folder / part, ignore_errors=True)
    inputs = {name: _bring(name, given, folder / "inputs", link) for name, given in job.inputs.items()}
    outputs = {name: _room(name, given, folder / "outputs") for name, given in job.outputs.items()}
    return Data(inputs, outputs)


def _bring(name: str, given: Input, folder: Path, link: Link) -> str | None:
    if given.type == "literal":
        log.info("inputs.%s is %r.", name, given.value)
        return None if given.value is None else _text(given.value)
    if given.path is None:
        log.info("inputs.%s is optional, and not given.", name)
        return None
    scheme = urlsplit(given.path).scheme
    bringer = _BRINGERS.get("file" if len(scheme) < 2 else scheme)
    if bringer is None:
        raise DataFailed(
            f"inputs.{name}: nothing here can read '{given.path}'. Give a local path, http(s):// or runs:/."
        )
    folder.mkdir(exist_ok=True)
    found = bringer(name, given, folder / name, link)
    log.info("inputs.%s is %s, from %s.", name, found, given.path)
    return str(found)


def _text(value: object) -> str:
    # As the hosted service writes them into commands.
    return str(value)


def _local(name: str, given: Input, target: Path, link: Link) -> Path:
    assert given.path is not None
    source = Path(given.path.removeprefix("file://"))
    if not source.exists():
        raise DataFailed(f"inputs.{name}: there is no {source} on this machine.")
    if given.type == "uri_folder" and not source.is_dir():
        raise DataFailed(f"inputs.{name}: {source} is a file, and its type is uri_folder.")
    if given.type == "uri_file" and not source.is_file():
        raise DataFailed(f"inputs.{name}: {source} is no file, and its type is uri_file.")
    if given.mode == "direct":
        return source
    # Names with their endings: readers go by them.
    place = target if source.is_dir() else target / source.name
    place.parent.mkdir(parents=True, exist_ok=True)
    if given.mode in ("download", "eval_download"):
        if source.is_dir():
            shutil.copytree(source, place)
        else:
            shutil.copy2(source, place)
    else:
        place.symlink_to(source.absolute())
    return place


def _web(name: str, given: Input, target: Path, link: Link) -> Path:
    import urllib.request

    assert given.path is not None
    if given.mode == "direct":
        return Path(given.path)
    place = target / (Path(urlsplit(given.path).path).name or "data")
    target.mkdir(parents=True)
    try:
        with urllib.request.urlopen(given.path, timeout=60) as answer, place.open("wb") as file:
            shutil.copyfileobj(answer, file, 1024 * 1024)
    except OSError as error:
        raise DataFailed(f"inputs.{name}: {given.path} can't be fetched: {error}") from None
    return place


def _run(name: str, given: Input, target: Path, link: Link) -> Path:
    """`runs:/RUN/PATH`: an artifact of this server."""
    assert given.path is not None
    run_id, _, path = given.path.removeprefix("runs:/").lstrip("/").partition("/")
    return _artifact(name, given, run_id, path, target, link)


def _of_job(name: str, given: Input, target: Path, link: Link) -> Path:
    """`azureml://jobs/JOB/outputs/OUTPUT/paths/PATH`: what another job here has written."""
    assert given.path is not None
    parts = given.path.removeprefix("azureml://").strip("/").split("/")
    if len(parts) < 4 or parts[0] != "jobs" or parts[2] != "outputs":
        raise DataFailed(
            f"inputs.{name}: '{given.path}' is the cloud's; of this kind azureml://jobs/JOB/outputs/NAME works."
        )
    rest = "/".join(parts[5:]) if parts[4:5] == ["paths"] else ""
    folder = "" if parts[3] in ("artifacts", "default") else f"named-outputs/{parts[3]}"
    return _artifact(name, given, parts[1], "/".join(filter(None, (folder, rest))), target, link)


def _artifact(name: str, given: Input, run_id: str, path: str, target: Path, link: Link) -> Path:
    count = download(link, run_id, path, target)
    if count == 0:
        raise DataFailed(f"inputs.{name}: the run '{run_id}' has no artifact '{path}'.")
    if given.type == "uri_file":
        files = [each for each in target.rglob("*") if each.is_file()]
        if len(files) != 1:
            raise DataFailed(
                f"inputs.{name}: '{given.path}' is {len(files)} files, and its type is uri_file."
            )
        return files[0]
    return target


_Bringer = Callable[[str, Input, Path, Link], Path]
_BRINGERS: dict[str, _Bringer] = {
    "file": _local,
    "http": _web,
    "https": _web,
    "runs": _run,
    "azureml": _of_job,
}


def _room(name: str, given: Output, folder: Path) -> str:
    """An empty folder: some writers refuse one that is not. Of a file, its place in one."""
    place = folder / name
    place.mkdir(parents=True)
    if given.type == "uri_file":
        return str(place / (Path(urlsplit(given.path).path).name if given.path else name))
    return str(place)
