"""Each change of an alias is written down in the transaction that makes it."""

from __future__ import annotations

import pytest

from runyard.errors import ModelVersionNotFound
from runyard.store.metadata.session import Session
from runyard.store.registry import models, reading, versions
from runyard.store.registry.alias_history import AliasSpan, alias_spans
from runyard.store.store import Store
from runyard.store.transaction import Transaction


@pytest.fixture(autouse=True)
def registered(store: Store) -> None:
    """The model iris with the versions 1 to 3."""
    store.write(lambda tx: models.create(tx, "iris"))
    for _ in range(3):
        store.write(lambda tx: versions.create(tx, versions.NewVersion("iris", "s3://bucket/model")))


def spans(store: Store, name: str = "iris", most: int = 100) -> list[AliasSpan]:
    def read(session: Session) -> list[AliasSpan]:
        return alias_spans(session, reading.find_model(session, name), most)[0]

    return store.read(read)


def set_alias(store: Store, alias: str, version: str) -> int:
    """Set it and return when that was."""

    def work(transaction: Transaction) -> int:
        models.set_alias(transaction, "iris", alias, version)
        return transaction.now

    return store.write(work)


def rows(store: Store) -> int:
    row = store.session().one("SELECT count(*) FROM alias_change")
    assert row is not None
    return int(row[0])


def test_moving_and_removing_ends_what_was_held(store: Store) -> None:
    first = set_alias(store, "champion", "1")
    other = set_alias(store, "challenger", "2")
    moved = set_alias(store, "champion", "2")
    assert spans(store) == [
        AliasSpan("champion", 1, first, moved),
        AliasSpan("challenger", 2, other, None),
        AliasSpan("champion", 2, moved, None),
    ]
    store.write(lambda tx: models.delete_alias(tx, "iris", "champion"))
    (_, _, last) = spans(store)
    assert last.end is not None and last.end >= moved
    again = set_alias(store, "champion", "3")
    assert spans(store)[-1] == AliasSpan("champion", 3, again, None)


def test_what_changes_nothing_is_not_written(store: Store) -> None:
    set_alias(store, "champion", "1")
    set_alias(store, "champion", "1")
    store.write(lambda tx: models.delete_alias(tx, "iris", "never-set"))
    with pytest.raises(ModelVersionNotFound):
        set_alias(store, "champion", "9")
    store.write(lambda tx: versions.delete(tx, "iris", "3"))
    assert rows(store) == 1


def test_a_deleted_version_ends_all_its_aliases(store: Store) -> None:
    set_alias(store, "a", "2")
    set_alias(store, "b", "2")
    set_alias(store, "c", "1")
    store.write(lambda tx: versions.delete(tx, "iris", "2"))
    ends = {span.alias: span.end is not None for span in spans(store)}
    assert ends == {"a": True, "b": True, "c": False}


def test_history_follows_a_new_name_and_goes_with_the_model(store: Store) -> None:
    set_alias(store, "champion", "1")
    store.write(lambda tx: models.rename(tx, "iris", "flowers"))
    assert [span.alias for span in spans(store, "flowers")] == ["champion"]
    store.write(lambda tx: models.delete(tx, "flowers"))
    assert rows(store) == 0
    store.write(lambda tx: models.create(tx, "flowers"))
    assert spans(store, "flowers") == []


def test_only_the_newest_changes_are_read(store: Store) -> None:
    times = [set_alias(store, "champion", str(1 + number % 2)) for number in range(6)]
    key = store.read(reading.find_model, "iris")
    assert store.read(alias_spans, key, 6)[1] is False
    found, cut = store.read(alias_spans, key, 2)
    assert cut is True
    assert found == [AliasSpan("champion", 1, times[4], times[5]), AliasSpan("champion", 2, times[5], None)]
