"""Decides what a new version's `source` means, and refuses those that would name the server's own files.

    s3://…, gs://…, any other store     taken as it is; this server never opens it
    http(s)://host/…, ftp://host/…      the same, without query or fragment
    mlflow-artifacts:/path              files of this server, by their key in the artifact store
    runs:/<run id>/path                 files of a run; names the version's run
    models:/m-…                         a logged model; names its run
    models:/<name>/<version>            a copy of another version; also @alias, a stage, `latest`
    /path, file:/path, anything else    the server's own files: only within the artifacts of the version's run

Every check looks at the text as it is and as it reads after percent-decoding, however often it was encoded.
The tag that marks a prompt buys no exception: a prompt's source must be one of MLflow's two placeholders.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import NamedTuple, NoReturn
from urllib.parse import unquote

from runyard.entities import DELETED, KeyValue
from runyard.errors import InvalidParameter, LoggedModelNotFound, MissingParameter, NotFound
from runyard.rules import check_length, check_text
from runyard.store.artifacts.locations import location_key
from runyard.store.metadata.session import Session
from runyard.store.registry import reading
from runyard.store.registry.entities import ModelVersion
from runyard.store.registry.names import is_prompt

MAX_SOURCE = 5000
# What MLflow's clients send for prompts, which have no files.
PROMPT_SOURCES = ("dummy-source", "prompt-template")

# One letter is a Windows drive. A plus sign is a space to who decodes it as forms do, and then there is no scheme.
_URI = re.compile(r"([A-Za-z][A-Za-z0-9.\-]+):(.*)\Z", re.DOTALL)
_HOST_SCHEMES = ("http", "https", "ftp", "sftp")
# A browser would run them when they are shown as a link.
_SCRIPT_SCHEMES = ("javascript", "vbscript", "data", "blob", "about")
_DECODINGS = 10


class Origin(NamedTuple):
    """What is recorded of where a version comes from; `location` is where its files are."""

    source: str
    location: str
    run_id: str
    model_id: str


def resolve(session: Session, source: str, run_id: str, model_id: str, tags: Iterable[KeyValue]) -> Origin:
    """What `source` means, given the run and the logged model that the client names (or "").

    Raises InvalidParameter for a source that is refused or contradicts `run_id` or `model_id`, and NotFound when
    it names a version or a logged model that does not exist.
    """
    if not source:
        raise MissingParameter("source")
    check_length(source, "source", MAX_SOURCE)
    check_text(source, "source")
    if is_prompt(tags):
        if source not in PROMPT_SOURCES:
            _refuse(source, f"a prompt's source must be one of {', '.join(PROMPT_SOURCES)}")
        return Origin(source, source, run_id, model_id)
    _check_characters(source)
    match = _URI.match(source)
    scheme = match[1].lower() if match else "file"
    rest = match[2] if match else source
    if scheme == "file":
        return _own_file(session, source, rest, run_id, model_id)
    if scheme == "models":
        return _models(session, source, rest, run_id, model_id)
    if scheme == "runs":
        return _runs(session, source, rest, run_id, model_id)
    if scheme in _SCRIPT_SCHEMES:
        _refuse(source, f"it can't be a {scheme}: URI")
    if scheme == "mlflow-artifacts":
        _check_own_path(source, rest)
        location_key(source)
    elif scheme in _HOST_SCHEMES:
        _check_host(source, rest)
    elif not rest.strip("/"):
        _refuse(source, "it names nothing")
    return Origin(source, source, run_id or _run_of(session, model_id), model_id)


def _refuse(source: str, why: str) -> NoReturn:
    raise InvalidParameter(f"Invalid model version source '{source}': {why}.")


def _check_characters(source: str) -> None:
    for text in (source, _decoded(source)):
        if any(ord(character) < 32 or ord(character) == 127 for character in text):
            _refuse(source, "control characters are not allowed")
        if "\\" in text:
            _refuse(source, "backslashes are not allowed")
        if any(part in (".", "..") for part in re.split(r"[/:?#;&=]", text)):
            _refuse(source, "the path segments '.' and '..' are not allowed")


def _decoded(source: str) -> str:
    for _ in range(_DECODINGS):
        decoded = unquote(source)
        if decoded == source:
            return source
        source = decoded
    _refuse(source, "it is percent-encoded too often")


def _check_own_path(source: str, rest: str) -> None:
    """The path of a file that this server keeps, whatever it is decoded to, has no second meaning."""
    for path in (rest, _decoded(rest)):
        if path.startswith("///"):
            path = path[2:]
        if not path.startswith("/") or path == "/" or "//" in path:
            _refuse(source, "it must have the form 'scheme:/path', without a host or empty path segments")
        if "?" in path or "#" in path:
            _refuse(source, "a query or a fragment is not allowed")


def _check_host(source: str, rest: str) -> None:
    if not re.match(r"//[^/?#]+", rest):
        _refuse(source, "it names no host")
    if re.search(r"[?#]", _decoded(rest)):
        _refuse(source, "a query or a fragment is not allowed")


def _own_file(session: Session, source: str, path: str, run_id: str, model_id: str) -> Origin:
    """A path on the server's disk: within the run's artifacts, or refused."""
    row = session.one("SELECT artifact_uri FROM run WHERE run_id = ?", (run_id,))
    match = _URI.match(row[0]) if row else None
    if row is not None and (match is None or match[1].lower() == "file"):
        root = _disk_path(match[2] if match else row[0])
        wanted = _disk_path(path)
        # Both without symbolic links: a link inside the run's folder leads outside.
        if root is not None and wanted is not None and os.path.commonpath([root, wanted]) == root:
            return Origin(source, source, run_id, model_id)
    _refuse(
        source,
        "it names a file of the server itself, which is allowed only within the artifacts of the run that "
        "'run_id' names",
    )


def _disk_path(path: str) -> str | None:
    """The absolute path without links that `path` names; None when it is not plainly one."""
    if path.startswith("//localhost/"):
        path = path[len("//localhost") :]
    elif path.startswith("///"):
        path = path[2:]
    if not path.startswith("/") or path.startswith("//") or re.search(r"[?#%;]", path):
        return None
    return os.path.realpath(path)


def _runs(session: Session, source: str, rest: str, run_id: str, model_id: str) -> Origin:
    _check_own_path(source, rest)
    named = rest.lstrip("/").split("/")[0]
    if run_id and run_id != named:
        _refuse(source, f"it names another run than 'run_id', which is '{run_id}'")
    return Origin(source, source, named, model_id)


def _models(session: Session, source: str, rest: str, run_id: str, model_id: str) -> Origin:
    parts = rest[1:].split("/")
    if not rest.startswith("/") or len(parts) > 2 or not all(part.strip() for part in parts):
        _refuse(
            source,
            "it must have the form models:/<model id>, models:/<name>/<version> or models:/<name>@<alias>",
        )
    if len(parts) == 1 and "@" not in parts[0]:
        return _logged_model(session, source, parts[0], run_id, model_id)
    copied = _registered(session, source, parts)
    for field, given, there in (
        ("run_id", run_id, copied.run_id),
        ("model_id", model_id, copied.model_id),
    ):
        if given and given != (there or ""):
            _refuse(source, f"'{field}' must be that of the version that it names, '{there or ''}'")
    return Origin(
        f"models:/{copied.name}/{copied.version}",
        reading.get_download_uri(session, copied.name, copied.version),
        copied.run_id or "",
        copied.model_id or "",
    )


def _logged_model(session: Session, source: str, named: str, run_id: str, model_id: str) -> Origin:
    if model_id and model_id != named:
        _refuse(source, f"it names another model than 'model_id', which is '{model_id}'")
    row = session.one(
        "SELECT artifact_location, source_run_id FROM logged_model WHERE model_id = ? AND lifecycle_stage <> ?",
        (named, DELETED),
    )
    if row is None:
        raise LoggedModelNotFound(named)
    return Origin(source, row[0], run_id or row[1] or "", named)


def _registered(session: Session, source: str, parts: list[str]) -> ModelVersion:
    """The version that models:/name/version, models:/name/stage, /latest or models:/name@alias names."""
    name, _, alias = parts[0].rpartition("@") if len(parts) == 1 else (parts[0], "", "")
    if is_prompt(reading.get_model(session, name).tags):
        _refuse(source, "a prompt can't be the source of a model's version")
    if len(parts) == 1:
        return reading.get_version_by_alias(session, name, alias)
    suffix = parts[1]
    if suffix.isascii() and suffix.isdigit():
        return reading.get_version(session, name, suffix)
    if suffix.lower() == "latest":
        return reading.get_version_by_alias(session, name, "latest")
    latest = reading.get_latest_versions(session, name, [suffix])
    if not latest:
        raise NotFound(f"The registered model '{name}' has no version in stage '{suffix}'.")
    return latest[0]


def _run_of(session: Session, model_id: str) -> str:
    """The run that made a logged model, or ""; raises LoggedModelNotFound."""
    if not model_id:
        return ""
    row = session.one("SELECT source_run_id FROM logged_model WHERE model_id = ?", (model_id,))
    if row is None:
        raise LoggedModelNotFound(model_id)
    return row[0] or ""
