"""Where artifacts belong: addresses of a server's own store, and of runs and logged models that it has not made yet."""

from __future__ import annotations

import posixpath
import threading

from runyard_mlflow.address import MODEL, OWN, RUN
from runyard_mlflow.artifacts.remote import Remote


def key_of(location: str) -> str | None:
    """The key of an address in the server's own store; None for one that clients reach by themselves."""
    return location[len(OWN) :].strip("/") if location.startswith(OWN) else None


def same_places(place: str, location: str) -> frozenset[str]:
    """The names of a place of which `location` is the address: that, and the run or the model whose folder it is."""
    *_, above, owner, last = ["", "", "", *location.split("/")]
    unmade = f"{MODEL if above == 'models' else RUN}{owner}"
    return frozenset((place, location, unmade) if last == "artifacts" else (place, location))


class Places:
    """Asks the server once for each run or model that was made while it was away. Safe for threads."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._locations: dict[str, str] = {}
        self._lock = threading.Lock()

    def location_of(self, place: str) -> str:
        """The address of a place; raises Away, or MlflowException when the server has no such run or model."""
        if not place.startswith((RUN, MODEL)):
            return place
        with self._lock:
            found = self._locations.get(place)
        if found is None:
            if place.startswith(RUN):
                found = self._remote.location_of_run(place[len(RUN) :])
            else:
                found = self._remote.location_of_model(place[len(MODEL) :])
            with self._lock:
                self._locations[place] = found
        return found


def join(key: str, path: str) -> str:
    """The key of a path in a folder."""
    return posixpath.join(key, path) if path else key
