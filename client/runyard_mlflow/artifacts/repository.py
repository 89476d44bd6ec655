"""The artifact repository behind `runyard://HOST:PORT/…`, which mlflow makes for a run, a model or an address."""

from __future__ import annotations

import os
import posixpath
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlflow.entities import FileInfo
from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE, RESOURCE_DOES_NOT_EXIST
from mlflow.store.artifact.artifact_repo import ArtifactRepository
from mlflow.utils.async_logging.run_operations import RunOperations

from runyard_mlflow.address import place_of
from runyard_mlflow.artifacts.names import LocalFile, artifact_folder, artifact_path, destination, files_below

if TYPE_CHECKING:
    from runyard_mlflow.session import Session


class RunyardArtifactRepository(ArtifactRepository):
    """Sends, lists and fetches the artifacts at one address; while the server is away, keeps what is logged."""

    def __init__(
        self, artifact_uri: str, tracking_uri: str | None = None, registry_uri: str | None = None
    ) -> None:
        super().__init__(artifact_uri)
        # MLflow before 3.1.2, and before 3.5, does not know these.
        self.tracking_uri = tracking_uri
        self.registry_uri = registry_uri
        self._server, self._place = place_of(artifact_uri)

    @property
    def _session(self) -> Session:
        # mlflow loads this module while it is only half loaded itself.
        from runyard_mlflow.session import SESSIONS

        return SESSIONS.get(self._server)

    # Logging.

    def log_artifact(self, local_file: str | os.PathLike[str], artifact_path: str | None = None) -> None:
        """Log a file; while the server can't be reached, a copy of it is sent later.

        Raises MlflowException for a path or a name that is no artifact's, and OSError for a file that can't be read.
        """
        source = Path(local_file)
        if source.is_dir():
            self.log_artifacts(source, posixpath.join(artifact_folder(artifact_path), source.name))
            return
        self._session.files.log(self._place, [_one(source, artifact_path)])

    def log_artifacts(self, local_dir: str | os.PathLike[str], artifact_path: str | None = None) -> None:
        """Log all files of a folder, with the folders in it; the same as `log_artifact`."""
        folder = Path(local_dir)
        if not folder.is_dir():
            raise MlflowException(
                f"Invalid parameter local_dir '{folder}': it is no folder.",
                error_code=INVALID_PARAMETER_VALUE,
            )
        self._session.files.log(self._place, files_below(folder, artifact_folder(artifact_path)))

    def _log_artifact_async(
        self, filename: str, artifact_path: str | None = None, artifact: Any = None
    ) -> RunOperations:
        """Log an image, or the file `filename`, and return; it is in the spool as soon as it is encoded."""
        files = self._session.files
        folder = artifact_folder(artifact_path)

        def write() -> None:
            if not hasattr(artifact, "save"):
                files.keep(self._place, [_one(Path(filename), folder)])
                return
            with tempfile.TemporaryDirectory() as temporary:
                source = Path(temporary, posixpath.basename(filename))
                artifact.save(source)
                path = posixpath.join(folder, filename)
                files.keep(self._place, [LocalFile(source, path, source.stat().st_size)])

        return RunOperations([files.later(write)])

    def flush_async_logging(self) -> None:
        """Wait until what was logged is on the server, within the settings' bounds; a warning says what is not."""
        self._session.flush()

    # Reading.

    def list_artifacts(self, path: str | None = None) -> list[FileInfo]:
        """The entries of a folder, by path; none for a file. Raises MlflowException, soon, without a server."""
        folder = _wanted(path)
        entries = self._read().entries(self._place, folder)
        found = [
            FileInfo(posixpath.join(folder, entry.name), entry.is_folder, entry.size) for entry in entries
        ]
        return sorted(found, key=lambda each: each.path)

    def download_artifacts(self, artifact_path: str | None = None, dst_path: str | None = None) -> str:
        """Fetch a file, or a folder with all that it holds, below `dst_path`, an existing folder, or a new one.

        Returns where it is. Each file is checked, and is there whole or not at all. Raises MlflowException.
        """
        root = _folder_for(dst_path)
        path = _wanted(artifact_path)
        files = self._read()
        found, empty = files.tree(self._place, path)
        if path and not found and empty == [path]:
            # No folder: a file, or nothing.
            found, empty = [(path, 0)], []
        wanted = [(each, destination(root, each), size) for each, size in found]
        for each in empty:
            (destination(root, each) if each else root).mkdir(parents=True, exist_ok=True)
        files.fetch(self._place, wanted)
        return str(destination(root, path) if path else root)

    def _download_file(self, remote_file_path: str, local_path: str | os.PathLike[str]) -> None:
        """Fetch one file to a path."""
        self._read().fetch(self._place, [(_wanted(remote_file_path), Path(local_path), 0)])

    def delete_artifacts(self, artifact_path: str | None = None) -> None:
        """Delete a file, or a folder with all that it holds."""
        self._read().delete(self._place, _wanted(artifact_path))

    def _read(self) -> Any:
        session = self._session
        # Who reads, finds what this process logged.
        session.stored(session.producer.last)
        return session.files


def _one(source: Path, folder: str | None) -> LocalFile:
    path = artifact_path(artifact_folder(folder), source.name)
    return LocalFile(source, path, source.stat().st_size)


def _wanted(path: str | None) -> str:
    """A path that is read, which may end like a folder's."""
    return artifact_folder((path or "").rstrip("/"))


def _folder_for(dst_path: str | None) -> Path:
    if dst_path is None:
        return Path(tempfile.mkdtemp())
    root = Path(dst_path).absolute()
    if not root.exists():
        raise MlflowException(
            f"The destination path for downloaded artifacts does not exist: {root}",
            error_code=RESOURCE_DOES_NOT_EXIST,
        )
    if not root.is_dir():
        raise MlflowException(
            f"The destination path for downloaded artifacts must be a directory: {root}",
            error_code=INVALID_PARAMETER_VALUE,
        )
    return root
