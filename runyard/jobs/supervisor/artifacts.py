"""Moves files between a node and the artifacts of runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from runyard.jobs.answers import Listing
from runyard.jobs.link import Link, Refused

PREFIX = "/api/2.0/mlflow-artifacts/artifacts/"
SCHEME = "mlflow-artifacts:/"


def location(artifact_uri: str) -> str:
    """The path below which a run's artifacts are put; raises Refused for what lies elsewhere."""
    if not artifact_uri.startswith(SCHEME):
        raise Refused(
            400,
            "",
            f"The artifacts of this experiment lie at {artifact_uri}, which is not this server's.",
            {},
        )
    return PREFIX + artifact_uri.removeprefix(SCHEME).strip("/")


def files_below(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each regular file with its path from the folder on; links that lead out of it are left out."""
    root = folder.resolve()
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_file() and path.resolve().is_relative_to(root):
                yield path, path.relative_to(folder).as_posix()


def upload(link: Link, artifact_uri: str, source: Path, name: str) -> None:
    """Put one file; raises Away and Refused, OSError."""
    headers = {"content-type": "application/octet-stream", "content-length": str(source.stat().st_size)}
    with source.open("rb") as file:
        link.send("PUT", f"{location(artifact_uri)}/{name}", file, headers=headers, more_seconds=600.0)


def download(link: Link, run_id: str, path: str, target: Path) -> int:
    """Fetch an artifact, or a folder of them, into the folder `target`; how many files that are."""
    count = 0
    for name in _names(link, run_id, path):
        relative = (
            Path(name).relative_to(path) if path and name != path else Path(Path(name).name if path else name)
        )
        place = target / relative
        if ".." in relative.parts or relative.is_absolute():
            raise Refused(400, "", f"The artifact '{name}' has no place in a folder.", {})
        place.parent.mkdir(parents=True, exist_ok=True)
        with link.open("GET", "/get-artifact", query={"run_uuid": run_id, "path": name}) as answer:
            with place.open("wb") as file:
                shutil.copyfileobj(answer, file, 1024 * 1024)
        count += 1
    return count


def _names(link: Link, run_id: str, path: str) -> Iterator[str]:
    """The paths of all files at or below `path`."""
    token = ""
    empty = True
    while True:
        query: dict[str, str | int | list[str]] = {"run_id": run_id}
        query |= {"path": path} if path else {}
        query |= {"page_token": token} if token else {}
        listing = link.get("/api/2.0/mlflow/artifacts/list", Listing, query)
        for entry in listing.files:
            empty = False
            if entry.is_dir:
                yield from _names(link, run_id, entry.path)
            else:
                yield entry.path
        token = listing.next_page_token
        if not token:
            break
    if empty and path and _is_file(link, run_id, path):
        yield path


def _is_file(link: Link, run_id: str, path: str) -> bool:
    try:
        link.send(
            "GET", "/get-artifact", query={"run_uuid": run_id, "path": path}, headers={"range": "bytes=0-0"}
        )
    except Refused:
        return False
    return True
