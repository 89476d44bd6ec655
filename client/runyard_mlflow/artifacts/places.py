"""Where artifacts belong: addresses of a server's own store, and of runs that it has not made yet."""

from __future__ import annotations

import posixpath
import threading

from runyard_mlflow.address import OWN, RUN
from runyard_mlflow.artifacts.remote import Remote


def key_of(location: str) -> str | None:
    """The key of an address in the server's own store; None for one that clients reach by themselves."""
    return location[len(OWN) :].strip("/") if location.startswith(OWN) else None


def same_places(place: str, location: str) -> frozenset[str]:
    """The names of a place of which `location` is the address: that, and the run whose folder it is."""
    *_, run_id, last = ["", "", *location.split("/")]
    return frozenset((place, location, f"{RUN}{run_id}") if last == "artifacts" else (place, location))


class Places:
    """Asks the server once for each run that was made while it was away. Safe for threads."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._locations: dict[str, str] = {}
        self._lock = threading.Lock()

    def location_of(self, place: str) -> str:
        """The address of a place; raises Away, or MlflowException when the server has no such run."""
        if not place.startswith(RUN):
            return place
        with self._lock:
            found = self._locations.get(place)
        if found is None:
            found = self._remote.location_of(place[len(RUN) :])
            with self._lock:
                self._locations[place] = found
        return found


def join(key: str, path: str) -> str:
    """The key of a path in a folder."""
    return posixpath.join(key, path) if path else key
