"""The code of jobs, as it was when they were submitted."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter

from runyard.errors import NotFound
from runyard.jobs.snapshot import Blobs, Entry, Snapshot, decode
from runyard.jobs_api.blobs import FOLDER
from runyard.store.jobs import reading
from runyard.studio_api import job_models as models
from runyard.studio_api.permissions import needs
from runyard.studio_api.reader import Reader

# Bytes of a file that a page shows.
MOST_BYTES = 1024 * 1024


def code_routes(reader: Reader) -> APIRouter:
    """Routes that show the code of a job."""
    router = APIRouter(tags=["jobs"])

    @router.get("/jobs/{name}/code", response_model=models.JobCode, **needs("read"))
    async def job_code(name: str) -> models.JobCode:
        """The files of a job's code."""
        digest = (await reader.read(reading.get, name)).snapshot
        if digest is None:
            return models.JobCode(digest=None, files=[])
        snapshot = await reader.on_files(partial(_snapshot, _blobs(reader), digest))
        files = [
            models.CodeFile(path=entry.path, size=entry.size, executable=entry.executable)
            for entry in snapshot.entries
        ]
        return models.JobCode(digest=digest, files=files)

    @router.get("/jobs/{name}/code/{path:path}", response_model=models.CodeText, **needs("read"))
    async def code_file(name: str, path: str) -> models.CodeText:
        """One file of a job's code, as a text."""
        digest = (await reader.read(reading.get, name)).snapshot
        if digest is None:
            raise NotFound(f"The job '{name}' has no code.")
        return await reader.on_files(partial(_text, _blobs(reader), digest, path))

    return router


def _blobs(reader: Reader) -> Blobs:
    return Blobs(reader.store.folder / FOLDER)


def _snapshot(blobs: Blobs, digest: str) -> Snapshot:
    with blobs.open(digest) as file:
        return decode(file.read())


def _text(blobs: Blobs, digest: str, path: str) -> models.CodeText:
    entry = _entry(_snapshot(blobs, digest), path)
    with blobs.open(entry.sha256) as file:
        data = file.read(MOST_BYTES)
    return models.CodeText(path=path, size=entry.size, text=_decoded(data), more=entry.size > len(data))


def _entry(snapshot: Snapshot, path: str) -> Entry:
    for entry in snapshot.entries:
        if entry.path == path:
            return entry
    raise NotFound(f"The job's code has no file '{path}'.")


def _decoded(data: bytes) -> str | None:
    """The text; None for bytes that are none."""
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        # The end of a long file may lie within a character.
        is_cut = len(data) == MOST_BYTES and error.start > len(data) - 4
        return data[: error.start].decode() if is_cut else None
