"""Names of artifacts: how a client may spell them, and where on its disk a server's names may lead."""

from __future__ import annotations

import logging
import os
import posixpath
import re
from pathlib import Path
from typing import NamedTuple

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE

log = logging.getLogger("runyard_mlflow")
_DRIVE = re.compile(r"[A-Za-z]:")


class LocalFile(NamedTuple):
    """A file on this disk, the path of the artifact that it becomes, and its size in bytes."""

    source: Path
    path: str
    size: int


def artifact_folder(path: str | None) -> str:
    """A path that a caller gave, with `/` between its names and nothing else to be resolved; empty for none.

    Raises MlflowException for a path that is absolute or holds `..`, `.` or empty names.
    """
    # Joined by os.path.join, as mlflow itself does, a path has backslashes on Windows.
    folder = (path or "").replace("\\", "/")
    if folder and (posixpath.normpath(folder) != folder or not _is_plain(folder)):
        raise MlflowException(
            f"Invalid artifact path '{path}': it must be relative, in its shortest form and without '..'.",
            error_code=INVALID_PARAMETER_VALUE,
        )
    return folder


def artifact_path(folder: str, name: str) -> str:
    """The path of a file in an artifact folder; raises MlflowException for a name that no server takes."""
    if "\\" in name:
        raise MlflowException(
            f"Invalid name of an artifact '{name}': it must not contain a backslash.",
            error_code=INVALID_PARAMETER_VALUE,
        )
    return posixpath.join(folder, name)


def destination(root: Path, path: str) -> Path:
    """Where a file goes that a server calls `path`; raises MlflowException where that would be outside of `root`."""
    if not _is_plain(path):
        raise MlflowException(
            f"Invalid artifact path '{path}' in the server's answer: it leads out of the folder.",
            error_code=INVALID_PARAMETER_VALUE,
        )
    return root.joinpath(*path.split("/"))


def _is_plain(path: str) -> bool:
    """Whether a path leads downwards on every system: backslashes and drives do so on none but one."""
    names = path.split("/")
    return not (
        any(name in ("", ".", "..") or _DRIVE.match(name) for name in names) or "\\" in path or "\0" in path
    )


def files_below(folder: Path, target: str) -> list[LocalFile]:
    """All files of a folder, as artifacts in the folder `target`.

    Links to files are followed within the folder only, links to folders never, as with mlflow.
    """
    inside = os.path.realpath(folder)
    found = []
    for place, _, names in os.walk(folder):
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        where = target if below == "." else posixpath.join(target, below)
        for name in sorted(names):
            source = Path(place, name)
            if source.is_symlink() and not os.path.realpath(source).startswith(inside + os.sep):
                log.warning("%s is not logged: it is a link that leads out of the folder.", source)
            elif not source.is_file():
                log.warning("%s is not logged: it is no regular file.", source)
            else:
                found.append(LocalFile(source, artifact_path(where, name), source.stat().st_size))
    return found
