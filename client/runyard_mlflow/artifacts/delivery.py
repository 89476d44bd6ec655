"""Sends one file of the spool."""

from __future__ import annotations

import logging
import posixpath
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST, ErrorCode
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

from runyard_mlflow.artifacts.digests import Piece
from runyard_mlflow.artifacts.places import Places, join, key_of
from runyard_mlflow.artifacts.remote import Remote, Superseded
from runyard_mlflow.artifacts.uploads import Outgoing, Uploads
from runyard_mlflow.spool.files import KeptFile, Unknown, read_note
from runyard_mlflow.spool.left import Left, remove
from runyard_mlflow.transport import SourceUnreadable, Transport, Unwilling

log = logging.getLogger("runyard_mlflow")
_NOT_FOUND = ErrorCode.Name(RESOURCE_DOES_NOT_EXIST)


class TooEarly(Exception):
    """The server does not have the run of a file yet; another process may make it."""


class Refused(Exception):
    """The server does not take a file, or its copy is damaged: sending it again would change nothing."""


class Delivery:
    """Sends files of the spool to one server."""

    def __init__(self, transport: Transport, away_seconds: float) -> None:
        self._remote = Remote(transport)
        self._uploads = Uploads(self._remote, away_seconds)
        self._places = Places(self._remote)

    def send(self, kept: KeptFile) -> None:
        """Send a file, unless the server has it, or has what was logged there since.

        Raises Away, TooEarly or Refused. The copy stays in any case; who called removes it.
        """
        try:
            location = self._places.location_of(kept.place)
        except MlflowException as error:
            if error.error_code == _NOT_FOUND:
                raise TooEarly(str(error)) from None
            raise Refused(str(error)) from None
        try:
            self._send(kept, location)
        except Superseded:
            log.debug("%s was logged anew since.", kept.path)
        except (MlflowException, SourceUnreadable) as error:
            raise Refused(str(error)) from None

    def _send(self, kept: KeptFile, location: str) -> None:
        key = key_of(location)
        if key is not None:
            # Before the copy is read, which takes long for nothing while the server is away.
            self._remote.head(join(key, kept.path))
        if Piece(kept.data, 0, kept.size).digest().hex() != kept.sha256:
            raise Refused("its copy in the spool is damaged, as after a power cut")
        if key is None:
            _send_named(kept, location)
            return
        file = Outgoing(kept.data, join(key, kept.path), kept.size, kept.logged)
        _, away = self._uploads.send([file])
        if away is not None:
            raise away


def _send_named(kept: KeptFile, location: str) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        # Those take the artifact's name from the file's.
        named = Path(temporary, posixpath.basename(kept.path))
        try:
            named.symlink_to(kept.data)
        except OSError:  # as on Windows, where that is a privilege
            shutil.copyfile(kept.data, named)
        send_elsewhere(location, named, kept.path)


def send_elsewhere(location: str, source: Path, path: str) -> None:
    """Send to a store that is not the server's, with mlflow's own client for it; raises Away, or MlflowException."""
    try:
        get_artifact_repository(location).log_artifact(str(source), posixpath.dirname(path) or None)
    except MlflowException:
        raise
    except Exception as error:  # of whatever library that store takes
        raise Unwilling(f"{location}: {error}") from None


def send_left_files(
    left: Left,
    delivery: Delivery,
    unreadable: Callable[[Path, str], None] | None = None,
) -> list[str]:
    """Send the files that a process left; what the server refuses comes back.

    What is not needed any more is removed, unless the process is still there: it sends them itself.

    `unreadable` is told which are no files of a spool, and which stay as the server has not made their runs. Raises
    Away, and may then be called again.
    """
    refused = []
    for note in left.files():
        try:
            kept = read_note(note)
            delivery.send(kept)
        except FileNotFoundError:
            # Its process, or another one that sends, has removed it meanwhile.
            continue
        except (Unknown, TooEarly) as error:
            if unreadable is not None:
                unreadable(note, str(error))
            continue
        except Refused as error:
            refused.append(f"{kept.path}: {error}; it stays in {kept.data}")
            if left.ended:
                kept.refuse()
            continue
        if left.ended:
            kept.remove()
    if left.ended:
        remove(left.folder)
    return refused
