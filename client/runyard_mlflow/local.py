"""Logs straight into a workspace folder: what a server would answer is answered in this process."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import requests
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE, INVALID_STATE
from mlflow.utils.rest_utils import MlflowHostCreds

from runyard_mlflow.settings import Settings
from runyard_mlflow.spool.left import DATABASE, SPOOL
from runyard_mlflow.transport import Away, Transport

_FRAMES = "application/octet-stream"
# What may be in a folder before its database is.
_BEGUN = {SPOOL, "live", "journal", "processes", "artifacts"}


class FolderTransport(Transport):
    """Says and asks in this process what Transport does over the network."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Open the folder, unless nothing is to be sent; raises MlflowException where it never can be opened."""
        super().__init__(MlflowHostCreds(f"file:{folder}"), settings.request_seconds)
        _check(folder)
        self._folder = folder
        try:
            from runyard.embedded import Embedded
            from runyard.errors import InvalidParameter, InvalidState, RunyardError
        except ImportError as error:
            raise MlflowException(
                f"Logging into the folder {folder} needs Runyard itself: pip install runyard ({error}).",
                error_code=INVALID_STATE,
            ) from None
        self._troubles = (RunyardError, OSError, sqlite3.Error)
        try:
            self._embedded = Embedded(folder)
        except InvalidParameter as error:  # a variable that is a setting of Runyard
            raise MlflowException(error.message, error_code=INVALID_PARAMETER_VALUE) from None
        if not settings.offline:
            try:
                self._embedded.open()
            except InvalidState as error:
                raise MlflowException(error.message, error_code=INVALID_STATE) from None
            except sqlite3.DatabaseError as error:
                if not isinstance(error, sqlite3.OperationalError):
                    raise _no_workspace(folder, f"its {DATABASE} can't be read ({error})") from None
            except self._troubles:
                # It may pass, as a full disk does: calls are in the spool meanwhile.
                pass

    def pause(self) -> None:
        """Close the folder, which a forked process could not use otherwise."""
        self._embedded.pause()

    def resume(self) -> None:
        """Let it be opened again."""
        self._embedded.resume()

    def close(self) -> None:
        """Close the folder."""
        super().close()
        self._embedded.close()

    def _call(
        self,
        method: str,
        path: str,
        more: dict[str, Any] | None = None,
        seconds: float | None = None,
        **given: Any,
    ) -> requests.Response:
        data = given.pop("data", None)
        if data is not None:
            # Of a file, a part at a time.
            given["data"] = data if isinstance(data, bytes) else b"".join(data)
        headers = {"Content-Type": _FRAMES, **{name: value for name, value in (more or {}).items() if value}}
        asked = requests.Request(method, f"http://localhost{path}", headers, **given).prepare()
        body = asked.body if isinstance(asked.body, bytes) else b""
        named = {name: str(value) for name, value in asked.headers.items()}
        try:
            status, told, said = self._embedded.ask(
                method, asked.path_url, body, named, seconds or self.seconds
            )
        except self._troubles as error:
            raise Away(str(error)) from None
        answer = requests.Response()
        answer.status_code = status
        answer.headers.update(told)
        answer._content = said
        answer.url = asked.url or path
        answer.encoding = "utf-8"
        return answer


def _check(folder: Path) -> None:
    """Refuse a folder of something else: a slip of the pen must not fill it with Runyard's files."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _no_workspace(folder, f"it can't be made ({error.strerror})") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _no_workspace(folder, "it can't be written to")
    if not (folder / DATABASE).is_file():
        other = next((path.name for path in folder.iterdir() if not _is_begun(path.name)), None)
        if other is not None:
            raise _no_workspace(folder, f"it holds other files, as '{other}'")


def _is_begun(name: str) -> bool:
    return name in _BEGUN or name.startswith(DATABASE)


def _no_workspace(folder: Path, why: str) -> MlflowException:
    return MlflowException(
        f"Invalid tracking URI 'runyard:{folder}': the folder is no workspace of Runyard: {why}. Name a new or an "
        "empty folder, or one that `runyard server` serves.",
        error_code=INVALID_PARAMETER_VALUE,
    )
