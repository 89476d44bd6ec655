"""Builds an environment once, whoever asks for it, and finds it again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from runyard.jobs.environments.failed import EnvironmentFailed
from runyard.jobs.environments.keeping import remove_rubbish, size_of
from runyard.jobs.environments.known import Python
from runyard.jobs.environments.layout import KEY_DIGITS, Place, Ready, python_of
from runyard.jobs.environments.locks import exclusive
from runyard.jobs.environments.plugin import (
    Plugin,
    mlflow_version,
    needs_setuptools,
    own_plugin,
    plugin_folder,
)
from runyard.jobs.environments.program import find_uv, run, say
from runyard.jobs.environments.pythons import resolve
from runyard.jobs.environments.requirements import PLUGIN, Requirements, normalise, shown

# Another number whenever the same key would mean other content.
_FORM = 1
# The plugin's oldest mlflow.
_OLDEST_MLFLOW = (2, 8)
_WITH_PKG_RESOURCES = "setuptools<81"


@dataclass(frozen=True)
class Built:
    """An environment that is whole: its folder, its interpreter, and whether the plugin can be imported there."""

    folder: Path
    python: Path
    key: str
    was_cached: bool
    has_plugin: bool


def ensure(
    cache: Path,
    python: str | None,
    requirements: Sequence[str],
    log: BinaryIO,
    *,
    wait_seconds: float | None = None,
    uv: Path | None = None,
    lenient_python: bool = False,
) -> Built:
    """The environment of these requirements: the one that is there, or a new one, built by one process alone.

    `python` is a version or a range, None the Python of this process. `log` gets what uv says, as it comes.
    `wait_seconds` bounds the wait for another build of the same. Raises EnvironmentFailed.
    """
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = normalise(requirements)
    plugin = own_plugin()
    interpreter = resolve(cache, python, log, uv, lenient_python)
    place = Place(cache.absolute(), key_of(wanted, interpreter, plugin))
    if (ready := place.ready()) is not None:
        return _built(place, ready, was_cached=True)
    name = place.key[:KEY_DIGITS]
    with exclusive(
        place.lock, lambda: say(log, f"Waits for another build of the environment {name}."), wait_seconds
    ):
        # Meanwhile another one may have built it.
        if (ready := place.ready()) is not None:
            return _built(place, ready, was_cached=True)
        return _built(place, _build(place, wanted, interpreter, plugin, find_uv(uv), log), was_cached=False)


def key_of(wanted: Requirements, interpreter: Python, plugin: Plugin | None) -> str:
    """SHA-256, in hexadecimal, of all that decides what the environment holds."""
    content = {
        "form": _FORM,
        "requirements": wanted.lines,
        "asks_plugin": wanted.asks_plugin,
        # Kind, version, system, processor and C library.
        "python": interpreter.key,
        "plugin": plugin.identity if plugin else None,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _built(place: Place, ready: Ready, was_cached: bool) -> Built:
    folder = place.folder / ready.attempt
    has_plugin = ready.plugin is not None and Path(ready.plugin, "__init__.py").is_file()
    return Built(folder, python_of(folder), place.key, was_cached, has_plugin)


def _build(
    place: Place, wanted: Requirements, interpreter: Python, plugin: Plugin | None, uv: Path, log: BinaryIO
) -> Ready:
    """Build under the lock; what a failed one leaves is removed at once, or by the next after a kill."""
    place.marker.unlink(missing_ok=True)
    remove_rubbish(place.folder)
    attempt = place.new_attempt()
    try:
        run([str(uv), "venv", "--no-project", "--python", interpreter.path, str(attempt)], log)
        _install(uv, attempt, wanted, log)
        site = _site_packages(attempt)
        _add_setuptools(uv, attempt, site, log)
        _add_plugin(uv, attempt, site, wanted, plugin, log)
    except BaseException:
        remove_rubbish(place.folder)
        raise
    folder = plugin_folder(site)
    ready = Ready(
        key=place.key,
        attempt=attempt.name,
        requirements=[shown(line) for line in wanted.lines] + [PLUGIN] * wanted.asks_plugin,
        python=interpreter.version,
        size=size_of(attempt),
        created=time.time(),
        plugin=str(folder) if folder else None,
    )
    place.publish(ready)
    return ready


def _install(uv: Path, attempt: Path, wanted: Requirements, log: BinaryIO) -> None:
    if not wanted.lines:
        return
    # In a file, since a command line is seen by all users, and its lines may hold passwords.
    file = attempt / "requirements.txt"
    file.touch(mode=0o600)
    file.write_text("\n".join(wanted.lines) + "\n", encoding="utf-8")
    try:
        run([*_pip(uv, attempt), "--requirement", str(file)], log)
    finally:
        file.unlink(missing_ok=True)


def _add_setuptools(uv: Path, attempt: Path, site: Path, log: BinaryIO) -> None:
    """Give an older mlflow what it imports and does not ask for, since every environment once had it."""
    if needs_setuptools(site):
        say(log, "This mlflow imports pkg_resources, which only older versions of setuptools bring.")
        run([*_pip(uv, attempt), _WITH_PKG_RESOURCES], log)


def _add_plugin(
    uv: Path, attempt: Path, site: Path, wanted: Requirements, plugin: Plugin | None, log: BinaryIO
) -> None:
    """Install the plugin wherever the requirements brought mlflow in, of themselves or through others."""
    version = mlflow_version(site)
    if version is None and not wanted.asks_plugin:
        return
    if plugin is None:
        if wanted.asks_plugin:
            raise EnvironmentFailed(
                f"The requirement '{PLUGIN}' can't be met: it is not installed beside Runyard."
            )
        say(log, f"{PLUGIN} is not installed beside Runyard, so that the job logs without it.")
    elif version is not None and version < _OLDEST_MLFLOW:
        say(
            log,
            f"mlflow {version[0]}.{version[1]} is older than {PLUGIN} takes, so that the job logs without it.",
        )
    else:
        # Its one dependency is mlflow-skinny, which would overwrite files of an mlflow that comes whole.
        options = ["--no-deps"] if version is not None else []
        run([*_pip(uv, attempt), *options, *plugin.arguments], log)


def _pip(uv: Path, attempt: Path) -> list[str]:
    return [str(uv), "pip", "install", "--python", str(python_of(attempt))]


def _site_packages(attempt: Path) -> Path:
    return next((attempt / "lib").glob("python*/site-packages"))
