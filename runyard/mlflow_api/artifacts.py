"""The endpoints of artifacts: files by their key in the store, and by the run, model or version they belong to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from runyard.entities import Entity
from runyard.errors import InvalidParameter, NotSupported
from runyard.http.codec import decode, encode
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import artifact_parts, wire
from runyard.mlflow_api.artifact_announce import announce
from runyard.mlflow_api.artifact_digests import REPR_DIGEST, Checked, given_digest
from runyard.mlflow_api.artifact_files import content_length, receive, send_file, sweep_when_due
from runyard.mlflow_api.artifact_times import logged_at
from runyard.mlflow_api.fields import max_results, query_parameter, run_id_of
from runyard.store.artifacts.interface import Entry
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.owners import model_location, run_location, version_location
from runyard.store.artifacts.paths import artifact_key, folder_key, join_keys
from runyard.store.page_tokens import make_token, read_token

T = TypeVar("T")
# A folder's listing has at most so many entries on a page.
PAGE_ENTRIES = 10_000
# MLflow's own limit for uploads from its web page.
MAX_PAGE_UPLOAD = 10 * 1024 * 1024
NO_PRESIGNED_DOWNLOAD = "Presigned download is not supported for the current artifact repository"
NO_PRESIGNED_UPLOAD = "Presigned upload is not supported for the current artifact repository"


class ListArtifacts(wire.Request):
    run_id: str | None = None
    run_uuid: str | None = None
    path: str | None = None
    page_token: str | None = None
    # Runyard's own: entries on a page.
    max_results: int | None = None


class ListModelArtifacts(wire.Request):
    artifact_directory_path: str | None = None
    page_token: str | None = None
    max_results: int | None = None


class FileInfo(Entity):
    """`path` is relative to the run or model; `file_size` is in bytes and absent for folders."""

    path: str
    is_dir: bool
    file_size: int | None = None


class ArtifactsAnswer(Entity):
    root_uri: str | None = None
    files: list[FileInfo] = []
    next_page_token: str | None = None


async def download(request: Request) -> Response:
    """The bytes of a file."""
    return await _send(request, artifact_key(request.values["path"]))


async def upload(request: Request) -> Response:
    """Store the body as a file, over the one that is there."""
    key = artifact_key(request.values["path"])
    await _store(request, key)
    return encode(request, wire.Empty())


async def delete(request: Request) -> Response:
    """Delete a file, or a folder with all that it holds."""
    key = folder_key(request.values["path"])
    if not key:
        raise InvalidParameter("The whole artifact store can't be deleted by one request; name a path.")
    await _on_thread(request, partial(request.store.artifacts.delete, key))
    announce(request.store, key)
    return encode(request, wire.Empty())


async def list_folder(request: Request) -> Response:
    """The entries of a folder by its key, with bare names, all at once: clients ask for no second page."""
    given = request.query.get("path")
    key = folder_key(given[-1] if given else None)
    entries = await _on_thread(request, partial(request.store.artifacts.list, key))
    return encode(request, ArtifactsAnswer(files=_infos(entries, "")))


async def list_run(request: Request) -> Response:
    """A page of the entries of a folder of a run."""
    wanted = await decode(request, ListArtifacts)
    path = folder_key(wanted.path)
    location = await request.read(run_location, run_id_of(wanted))
    return await _list_page(request, location, path, wanted.page_token, wanted.max_results)


async def list_model(request: Request) -> Response:
    """A page of the entries of a folder of a logged model."""
    wanted = await decode(request, ListModelArtifacts)
    path = folder_key(wanted.artifact_directory_path)
    location = await request.read(model_location, request.values["model_id"])
    return await _list_page(request, location, path, wanted.page_token, wanted.max_results)


async def get_of_run(request: Request) -> Response:
    """The bytes of a file of a run."""
    path = artifact_key(query_parameter(request, "path"))
    location = await request.read(run_location, query_parameter(request, "run_id", "run_uuid"))
    return await _send(request, join_keys(location_key(location), path))


async def get_of_model(request: Request) -> Response:
    """The bytes of a file of a logged model."""
    path = artifact_key(query_parameter(request, "artifact_file_path"))
    location = await request.read(model_location, request.values["model_id"])
    return await _send(request, join_keys(location_key(location), path))


async def get_of_version(request: Request) -> Response:
    """The bytes of a file of a registered model's version."""
    path = artifact_key(query_parameter(request, "path"))
    name, version = query_parameter(request, "name"), query_parameter(request, "version")
    location = await request.read(version_location, name, version)
    return await _send(request, join_keys(location_key(location), path))


async def upload_to_run(request: Request) -> Response:
    """Store the body, of at most 10 MB, as a file of a run."""
    run_id = query_parameter(request, "run_uuid", "run_id")
    path = artifact_key(query_parameter(request, "path"))
    size = content_length(request)
    if size is None or size > MAX_PAGE_UPLOAD:
        raise InvalidParameter("Artifact size is too large. Max size is 10MB.")
    if size == 0:
        raise InvalidParameter("Request must specify data.")
    location = await request.read(run_location, run_id)
    await _store(request, join_keys(location_key(location), path))
    return encode(request, wire.Empty())


async def presigned_download(request: Request) -> Response:
    """MLflow's client falls back to a plain download, which streams just as well from this server."""
    artifact_key(request.values["path"])
    raise NotSupported(NO_PRESIGNED_DOWNLOAD)


async def presigned_url(request: Request) -> Response:
    """URLs that reach a cloud store directly: there is none behind this server."""
    raise NotSupported(NO_PRESIGNED_UPLOAD if request.path.endswith("upload-url") else NO_PRESIGNED_DOWNLOAD)


async def server_info(request: Request) -> Response:
    """What MLflow's client may use; it is cached there for a minute."""
    return encode(
        request,
        {
            "store_type": "SqlStore",
            "workspaces_enabled": True,
            "trace_archival_enabled": False,
            # Taken when a client asks for it (MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD), but not advertised: MLflow
            # 3.17 then fails on every pathlib.Path of 500 MB or more, and never retries a part. A plain upload
            # streams as well, and is retried.
            "multipart_uploads_enabled": False,
            # The client means presigned URLs by this, and fails without them.
            "multipart_downloads_enabled": False,
            "presigned_upload_run_id_supported": False,
            "presigned_upload_model_id_supported": False,
            "features_enabled": {"gateway": False},
        },
    )


async def _on_thread(request: Request, function: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(request.store.artifact_threads, function)


async def _send(request: Request, key: str) -> Response:
    return await send_file(request, partial(request.store.artifacts.open, key), key.rpartition("/")[2])


async def _store(request: Request, key: str) -> None:
    sink = request.store.artifacts.upload(key, await logged_at(request, key))
    checked = Checked(sink, given_digest(request, REPR_DIGEST))
    etag = await receive(request, checked, partial(checked.finish, sink.publish))
    if checked.digest is not None:
        request.store.artifacts.digests.note(etag, checked.digest)
    announce(request.store, key)
    sweep_when_due(request)


async def _list_page(
    request: Request, location: str, path: str, token: str | None, results: int | None
) -> Response:
    count = max_results(results, PAGE_ENTRIES, PAGE_ENTRIES)
    listing = [location, path]
    last = read_token(listing, token, tuple[str])
    after = last[0] if last else ""
    key = join_keys(location_key(location), path)
    # One more than shown tells whether there is another page.
    entries = await _on_thread(request, partial(request.store.artifacts.list, key, after, count + 1))
    following = make_token(listing, [entries[count - 1].name]) if len(entries) > count else None
    return encode(request, ArtifactsAnswer(location, _infos(entries[:count], path), following))


def _infos(entries: list[Entry], path: str) -> list[FileInfo]:
    return [
        FileInfo(join_keys(path, entry.name), entry.is_folder, None if entry.is_folder else entry.size)
        for entry in entries
    ]


ROUTES = [
    Route("GET", "/2.0/mlflow/artifacts/list", list_run, "read"),
    Route("GET", "/2.0/mlflow-artifacts/artifacts", list_folder, "read"),
    Route("GET", "/2.0/mlflow-artifacts/artifacts/{path:path}", download, "read"),
    Route("PUT", "/2.0/mlflow-artifacts/artifacts/{path:path}", upload, "write"),
    Route("DELETE", "/2.0/mlflow-artifacts/artifacts/{path:path}", delete, "write"),
    *artifact_parts.ROUTES,
    Route("GET", "/2.0/mlflow-artifacts/presigned/{path:path}", presigned_download, "read"),
    Route("POST", "/2.0/mlflow/artifacts/presigned-upload-url", presigned_url, "write"),
    Route("POST", "/2.0/mlflow/artifacts/presigned-download-url", presigned_url, "read"),
    Route("GET", "/2.0/mlflow/logged-models/{model_id}/artifacts/directories", list_model, "read"),
    Route("GET", "/2.0/mlflow/logged-models/{model_id}/artifacts/files", get_of_model, "read"),
    Route("POST", "/2.0/mlflow/upload-artifact", upload_to_run, "write"),
    Route("GET", "/2.0/mlflow/get-artifact", get_of_run, "read"),
    Route("GET", "/get-artifact", get_of_run, "read"),
    Route("GET", "/model-versions/get-artifact", get_of_version, "read"),
    Route("GET", "/3.0/mlflow/server-info", server_info, "none"),
    Route("GET", "/3.0/mlflow/server-features", server_info, "none"),
]
