"""Which frames of each producer are applied, so that sending them again changes nothing (docs/formats/spool.md).

Of the frames that came last, it is also known which were refused: their sender asks again when the answer was lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from runyard.entities import Entity
from runyard.store.metadata.session import Session

# Milliseconds for which a producer is remembered that sends nothing: longer than a client keeps what it can't send.
REMEMBERED = 400 * 24 * 3600 * 1000

# Refusals of one request that are kept.
MOST_REFUSED = 1000

# Ranges of a producer above which frames of unknown runs count as applied, too.
MOST_RANGES = 2000

# First and last number, both inclusive.
Range = tuple[int, int]


class Refused(Entity):
    """Frames that can't be applied: now, or, unless `again` says so, ever.

    A run may be created later by another process, which could not reach the server before.
    """

    first: int
    last: int
    run_id: str
    error_code: str
    message: str
    again: bool = False


class Applied:
    """The numbers of one producer's applied frames, as few disjoint ranges in ascending order.

    Frames that were refused for good count as applied; `refused` are those of the request that came last.
    """

    def __init__(self, ranges: Iterable[Range] = (), refused: Sequence[Refused] = ()) -> None:
        self.ranges = list(ranges)
        self.refused = list(refused)

    def refused_between(self, first: int, last: int) -> list[Refused]:
        """What is known to be refused of a range."""
        return [entry for entry in self.refused if entry.last >= first and entry.first <= last]

    def missing(self, first: int, last: int) -> list[Range]:
        """The parts of a range that are not applied."""
        found = []
        for start, end in self.ranges:
            if end < first:
                continue
            if start > last:
                break
            if start > first:
                found.append((first, start - 1))
            first = end + 1
        if first <= last:
            found.append((first, last))
        return found

    def settle(self, first: int, last: int, refused: Sequence[Refused]) -> None:
        """Count a range as applied but for what was refused for now; what was refused for good is kept."""
        self.refused = [entry for entry in refused if not entry.again]
        for entry in sorted((entry for entry in refused if entry.again), key=lambda entry: entry.first):
            if len(self.ranges) >= MOST_RANGES:
                break
            if entry.first > first:
                self.add(first, entry.first - 1)
            first = max(first, entry.last + 1)
        if first <= last:
            self.add(first, last)

    def add(self, first: int, last: int) -> None:
        """Count a range as applied."""
        kept = []
        for start, end in self.ranges:
            if end < first - 1 or start > last + 1:
                kept.append((start, end))
            else:
                first, last = min(first, start), max(last, end)
        self.ranges = sorted([*kept, (first, last)])


def load(session: Session, producer: str) -> Applied:
    """What is applied of a producer."""
    row = session.one("SELECT ranges, refused FROM producer WHERE id = ?", (producer,))
    if row is None:
        return Applied()
    return Applied(
        msgspec.json.decode(row[0], type=list[Range]), msgspec.json.decode(row[1], type=list[Refused])
    )


def store(session: Session, producer: str, applied: Applied, now: int) -> None:
    """Replace what is known of a producer; with a new one, forget those that were silent for too long."""
    ranges, refused = (
        msgspec.json.encode(each).decode() for each in (applied.ranges, applied.refused[:MOST_REFUSED])
    )
    known = session.run(
        "UPDATE producer SET ranges = ?, refused = ?, updated = ? WHERE id = ?",
        (ranges, refused, now, producer),
    )
    if not known:
        session.run(
            "INSERT INTO producer (id, ranges, refused, updated) VALUES (?, ?, ?, ?)",
            (producer, ranges, refused, now),
        )
        session.run("DELETE FROM producer WHERE updated < ?", (now - REMEMBERED,))
