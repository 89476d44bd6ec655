from __future__ import annotations

import sqlite3

from runyard.store.metadata.session import SLICE, Session, in_list, marks, slices


def test_slices_hold_every_entry_once_and_in_order() -> None:
    for number in (0, 1, SLICE - 1, SLICE, SLICE + 1, 2 * SLICE):
        parts = list(slices(range(number)))
        assert [entry for part in parts for entry in part] == list(range(number))
        assert [len(part) for part in parts[:-1]] == [SLICE] * (len(parts) - 1)
        assert all(0 < len(part) <= SLICE for part in parts)
    assert list(slices(iter("abcde"), 2)) == [["a", "b"], ["c", "d"], ["e"]]


def test_placeholders_of_in() -> None:
    session = Session(sqlite3.connect(":memory:"))
    values = [3, 1, 2]
    assert session.one(f"SELECT 2 IN ({marks(values)}), 4 IN ({marks(values)})", values * 2) == (1, 0)
    listed, parameters = in_list(values, "n")
    assert session.one(f"SELECT 2 IN ({listed}), 4 IN ({listed})", parameters) == (1, 0)
    # SQLite takes an empty list, which holds nothing.
    assert session.one(f"SELECT 2 IN ({marks([])})") == (0,)
    session.close()
