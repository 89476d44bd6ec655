"""Which frames of a producer are missing, and that what is known of it survives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from runyard.store import producers
from runyard.store.metadata.database import connect, create_or_check
from runyard.store.producers import MOST_RANGES, Applied, Range, Refused

PRODUCER = "ab" * 16


@pytest.mark.parametrize(
    ("ranges", "asked", "missing"),
    [
        ([], (1, 5), [(1, 5)]),
        ([(1, 5)], (1, 5), []),
        ([(1, 5)], (4, 9), [(6, 9)]),
        ([(3, 5)], (1, 9), [(1, 2), (6, 9)]),
        ([(1, 2), (5, 6), (9, 9)], (2, 8), [(3, 4), (7, 8)]),
        ([(10, 20)], (1, 5), [(1, 5)]),
    ],
)
def test_what_is_missing(ranges: list[Range], asked: Range, missing: list[Range]) -> None:
    assert Applied(ranges).missing(*asked) == missing


def test_ranges_in_any_order_are_counted_once_and_joined() -> None:
    chance = random.Random(5)
    pieces = [(first, first + 9) for first in range(1, 1000, 10)]
    chance.shuffle(pieces)
    applied, counted = Applied(), 0
    for first, last in pieces:
        # Each piece overlaps what comes before and after it.
        wanted = (max(1, first - chance.randrange(20)), last + chance.randrange(20))
        counted += sum(end - start + 1 for start, end in applied.missing(*wanted))
        applied.add(*wanted)
        assert applied.missing(*wanted) == []
    assert counted == sum(end - start + 1 for start, end in applied.ranges)
    assert applied.ranges[0][0] == 1
    assert len(applied.ranges) == 1


def refused(first: int, last: int, again: bool) -> Refused:
    return Refused(first, last, "run", "RESOURCE_DOES_NOT_EXIST", "No run.", again)


def test_what_is_refused_for_now_stays_missing_and_for_good_does_not() -> None:
    applied = Applied()
    applied.settle(1, 10, [refused(9, 10, True), refused(3, 4, True), refused(6, 6, False)])
    assert applied.missing(1, 10) == [(3, 4), (9, 10)]
    assert applied.refused_between(5, 7) == [refused(6, 6, False)]
    applied.settle(1, 10, [])
    assert applied.ranges == [(1, 10)]


def test_the_number_of_ranges_is_bounded() -> None:
    applied = Applied()
    applied.settle(1, 10_000, [refused(number, number, True) for number in range(2, 10_000, 2)])
    assert len(applied.ranges) <= MOST_RANGES + 1
    assert applied.ranges[-1][1] == 10_000


def test_what_is_known_survives_and_silent_producers_are_forgotten(tmp_path: Path) -> None:
    create_or_check(tmp_path, "full")
    session = connect(tmp_path)
    known = Applied([(1, 7)], [refused(7, 7, False)])
    producers.store(session, PRODUCER, known, 5)
    found = producers.load(session, PRODUCER)
    assert (found.ranges, found.refused) == (known.ranges, known.refused)
    known.add(8, 9)
    producers.store(session, PRODUCER, known, 6)
    assert producers.load(session, PRODUCER).ranges == [(1, 9)]
    producers.store(session, "cd" * 16, known, 7 + producers.REMEMBERED)
    assert producers.load(session, PRODUCER).ranges == []
    session.close()
