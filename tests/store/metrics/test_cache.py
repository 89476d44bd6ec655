"""The cache of decoded series: exact at every version, bounded in bytes, safe between threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from runyard.errors import CorruptData
from runyard.store.metrics.cache import ENTRY_BYTES, SeriesCache
from runyard.store.metrics.points import Points
from runyard.store.metrics.summary import find_series
from tests.store.metrics.samples import Workspace, walk

ROOM = 10_000_000


def read(space: Workspace, cache: SeriesCache, name: str = "loss", number: int = 1) -> Points:
    with space.session.snapshot():
        return cache.read(space.session, space.series(name, number))


def test_a_series_is_decoded_once_and_continued_when_it_grows(space: Workspace) -> None:
    points = walk(9000)
    cache = SeriesCache(ROOM)
    for end in (100, 5000, 9000):
        space.append_points("loss", points[cache.misses and len(read(space, cache)) : end])
        assert read(space, cache).same(points[:end])
        space.store.compactor.compact_now()
        assert read(space, cache).same(points[:end])
    assert (cache.misses, cache.hits) == (3, 5)


def test_an_older_snapshot_gets_what_it_counts(space: Workspace) -> None:
    points = walk(300)
    cache = SeriesCache(ROOM)
    space.append_points("loss", points[:200])
    old = space.series("loss")
    space.append_points("loss", points[200:])
    assert read(space, cache).same(points)
    assert cache.read(space.session, old).same(points[:200])


def test_it_never_holds_more_bytes_than_it_may(space: Workspace) -> None:
    size = 24 * 1000 + ENTRY_BYTES
    cache = SeriesCache(2 * size)
    for name in "abc":
        space.append_points(name, walk(1000))
    space.append_points("large", walk(3000))
    for name in "abac":
        assert read(space, cache, name).same(walk(1000))
    assert cache.size == 2 * size
    hits = cache.hits
    # b was used longest ago; what is larger than everything is not kept and drives nothing out.
    assert read(space, cache, "large").same(walk(3000))
    read(space, cache, "a"), read(space, cache, "c")
    assert cache.hits == hits + 2
    read(space, cache, "b")
    assert cache.hits == hits + 2
    cache.clear()
    assert cache.size == 0


def test_arrays_can_not_be_changed_by_those_who_share_them(space: Workspace) -> None:
    space.append_points("loss", walk(10))
    points = read(space, SeriesCache(ROOM))
    with pytest.raises(ValueError, match="read-only"):
        points.values[0] = 1.0


def test_a_summary_that_counts_otherwise_is_an_error(space: Workspace) -> None:
    space.append_points("loss", walk(10))
    space.store.write(lambda tx: tx.session.run("UPDATE series SET count = 11"))
    with pytest.raises(CorruptData, match="10 stored points where its summary counts 11"):
        read(space, SeriesCache(ROOM))


def test_several_threads_read_while_points_come(space: Workspace) -> None:
    points = walk(20_000)
    cache = SeriesCache(ROOM)
    space.append_points("loss", points[:1000])
    key = space.run()

    def look(_: int) -> None:
        session = space.store.session()
        with session.snapshot():
            row = find_series(session, key, "loss")
            assert row is not None
            found = cache.read(session, row)
        assert found.same(points[: row.count])

    with ThreadPoolExecutor(4) as pool:
        for start in range(1000, 20_000, 1000):
            looks = pool.map(look, range(8))
            space.append_points("loss", points[start : start + 1000])
            if start % 5000 == 0:
                space.store.compactor.compact_now()
            list(looks)
    assert read(space, cache).same(points)


def test_a_purged_run_leaves_nothing_to_a_later_one(space: Workspace) -> None:
    """Series ids may be given again after a purge; run ids are not."""
    cache = SeriesCache(ROOM)
    space.append_points("loss", walk(100, 1))
    read(space, cache)
    key = space.run()

    def purge(transaction: object) -> None:
        transaction.session.run("DELETE FROM run WHERE id = ?", (key,))  # type: ignore[attr-defined]  # a Transaction
        transaction.forget()  # type: ignore[attr-defined]  # a Transaction

    space.store.write(purge)
    space.append_points("loss", walk(100, 2), 2)
    assert read(space, cache, number=2).same(walk(100, 2))
