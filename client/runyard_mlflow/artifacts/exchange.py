"""One process's artifacts for one server: sent at once, or kept and sent later; fetched when the server answers."""

from __future__ import annotations

import logging
import posixpath
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import RESOURCE_DOES_NOT_EXIST, TEMPORARILY_UNAVAILABLE, ErrorCode

from runyard_mlflow.address import RUN
from runyard_mlflow.artifacts.delivery import Delivery, send_elsewhere, send_left_files
from runyard_mlflow.artifacts.downloads import Downloads, Wanted
from runyard_mlflow.artifacts.keeper import Keeper
from runyard_mlflow.artifacts.names import LocalFile
from runyard_mlflow.artifacts.places import Places, join, key_of, same_places
from runyard_mlflow.artifacts.remote import Entry, Remote
from runyard_mlflow.artifacts.uploads import Outgoing, Uploads
from runyard_mlflow.sender import Sender
from runyard_mlflow.settings import Settings
from runyard_mlflow.spool.left import Left
from runyard_mlflow.spool.producer import Lost, Producer
from runyard_mlflow.transport import Away, SourceUnreadable, Transport, Unwilling

log = logging.getLogger("runyard_mlflow")
_NOT_FOUND = ErrorCode.Name(RESOURCE_DOES_NOT_EXIST)


class Exchange:
    """Safe for threads. A place is an address as the server keeps it, or `run:` and a run's id."""

    def __init__(
        self,
        server: str,
        settings: Settings,
        transport: Transport,
        producer: Producer,
        sender: Sender,
        answers: Callable[[], bool],
    ) -> None:
        self._server = server
        self._settings = settings
        self._sender = sender
        self._answers = answers
        self._remote = Remote(transport)
        self._places = Places(self._remote)
        self._uploads = Uploads(self._remote, settings.away_seconds)
        self._downloads = Downloads(self._remote, settings.away_seconds)
        self._delivery = Delivery(transport, settings.away_seconds)
        self._keeper = Keeper(server, producer, sender, self._delivery, settings.offline)
        self._background: ThreadPoolExecutor | None = None
        self._running: set[Future[None]] = set()

    @property
    def count(self) -> int:
        """Files that are not on the server yet."""
        return self._keeper.count

    # Logging.

    def log(self, place: str, files: Sequence[LocalFile]) -> None:
        """Send files, or keep them in the spool where the server can't be reached.

        Raises MlflowException for what the server refuses, and OSError for a file that can't be read.
        """
        if not self._answers() or not self._keeper.takes_files:
            self.keep(place, files)
            return
        try:
            location = self._places.location_of(place)
            left = self._send(location, files)
        except Away as error:
            self._keeper.failed(error)
            left = list(files)
        except SourceUnreadable as error:
            raise error.__cause__ or OSError(str(error)) from None
        except MlflowException as error:
            # The run is in the spool, and not on the server yet.
            if error.error_code != _NOT_FOUND or not place.startswith(RUN):
                raise
            left = list(files)
        else:
            unsent = {file.path for file in left}
            for file in files:
                if file.path not in unsent:
                    self._keeper.forget(same_places(place, location), file.path)
        self.keep(place, left)

    def _send(self, location: str, files: Sequence[LocalFile]) -> list[LocalFile]:
        key = key_of(location)
        if key is None:
            for file in files:
                send_elsewhere(location, file.source, file.path)
            return []
        outgoing = [Outgoing(file.source, join(key, file.path), file.size) for file in files]
        unsent, away = self._uploads.send(outgoing)
        if away is not None:
            self._keeper.failed(away)
        paths = {file.key for file in unsent}
        return [file for file, sent in zip(files, outgoing, strict=True) if sent.key in paths]

    def keep(self, place: str, files: Sequence[LocalFile]) -> None:
        """Copy files into the spool, to be sent when the server answers; raises OSError for one that can't be read."""
        for file in files:
            try:
                self._keeper.keep(file.source, place, file.path)
            except Lost:
                # Told once by the spool; training goes on.
                continue

    def later(self, work: Callable[[], None]) -> Future[None]:
        """Do what ends in `keep` on a thread, in the order of the calls."""
        if self._background is None:
            self._background = ThreadPoolExecutor(1, thread_name_prefix="runyard-images")
        try:
            future = self._background.submit(work)
        except RuntimeError:  # the interpreter is ending
            work()
            future = Future()
            future.set_result(None)
            return future
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        return future

    def adopt(self, left: Left) -> None:
        """Send the files, too, that an ended process left."""
        if left.files():
            self._keeper.adopt(partial(self._send_left, left))

    def _send_left(self, left: Left) -> None:
        try:
            send_left_files(left, self._delivery)
        except (Away, OSError) as error:
            log.debug("%s is left for later: %s", left.folder, error)

    def drain(self, began: float) -> bool:
        """Wait until all is on the server, within the bounds of the settings, which count from `began`."""
        settings = self._settings
        running = set(self._running)
        wait(running, max(0.0, began + settings.drain_seconds - time.monotonic()))
        passed = time.monotonic() - began
        return self._keeper.wait(settings.drain_seconds - passed, max(0.0, settings.away_seconds - passed))

    def close(self) -> None:
        """Send nothing more; what is left stays in the spool."""
        self._keeper.close()

    # Reading.

    def _ready(self, place: str) -> str:
        """The key of a place, when the server answers and has what this process logged."""
        if self._settings.offline or not self._answers():
            raise self._not_now(self._sender.reason or "RUNYARD_OFFLINE is set")
        self._keeper.wait(self._settings.drain_seconds, 0.0)
        key = key_of(self._places.location_of(place))
        if key is None:
            raise MlflowException(f"The artifacts of {place} are not in {self._server}.")
        return key

    def _unreachable(self, error: Away) -> MlflowException:
        if not isinstance(error, Unwilling):
            self._sender.gone(str(error))
        return self._not_now(str(error))

    def _not_now(self, reason: str) -> MlflowException:
        return MlflowException(
            f"{self._server} can't be reached ({reason}): artifacts can't be read until it answers.",
            error_code=TEMPORARILY_UNAVAILABLE,
        )

    def entries(self, place: str, path: str) -> list[Entry]:
        """The entries of a folder; raises MlflowException when the server can't be reached."""
        try:
            return self._remote.list(join(self._ready(place), path))
        except Away as error:
            raise self._unreachable(error) from None

    def fetch(self, place: str, files: Sequence[tuple[str, Path, int]]) -> None:
        """Fetch files, given as path, destination and size as far as it is known; raises MlflowException."""
        try:
            key = self._ready(place)
            self._downloads.fetch([Wanted(join(key, path), to, size) for path, to, size in files])
        except Away as error:
            raise self._unreachable(error) from None

    def delete(self, place: str, path: str) -> None:
        """Delete a file or a folder; raises MlflowException."""
        try:
            self._remote.delete(join(self._ready(place), path))
        except Away as error:
            raise self._unreachable(error) from None

    def tree(self, place: str, path: str) -> tuple[list[tuple[str, int]], list[str]]:
        """All files below a folder with their sizes in bytes, and the empty folders; raises MlflowException."""
        files: list[tuple[str, int]] = []
        empty: list[str] = []
        waiting = [path]
        while waiting:
            folder = waiting.pop()
            entries = self.entries(place, folder)
            for entry in entries:
                below = posixpath.join(folder, entry.name)
                if entry.is_folder:
                    waiting.append(below)
                else:
                    files.append((below, entry.size or 0))
            if not entries:
                empty.append(folder)
        return files, empty
