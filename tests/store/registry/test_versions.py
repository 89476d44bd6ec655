from __future__ import annotations

from collections.abc import Callable

import pytest

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, ModelVersionNotFound, RegisteredModelNotFound
from runyard.store.registry import models, reading, versions
from runyard.store.registry.entities import ModelVersion
from runyard.store.store import Store
from runyard.store.transaction import Transaction


@pytest.fixture(autouse=True)
def registered(store: Store) -> None:
    store.write(lambda tx: models.create(tx, "iris"))


def add(store: Store, name: str = "iris", **fields: str) -> ModelVersion:
    new = versions.NewVersion(name, "s3://bucket/model")._replace(**fields)  # type: ignore[arg-type]  # strings only
    return write(store, lambda tx: versions.create(tx, new))


def write(store: Store, work: Callable[[Transaction], int]) -> ModelVersion:
    """Do a write that returns a row id; the version as it is then."""
    return store.read(reading.version_of, store.write(work))


def test_a_version_reads_back_as_it_was_created(store: Store) -> None:
    new = versions.NewVersion(
        "iris",
        "s3://bucket/model",
        "a-run",
        "https://link",
        "what it is",
        [KeyValue("a", "1"), KeyValue("a", "2")],
    )
    made = write(store, lambda tx: versions.create(tx, new))
    assert made == store.read(reading.get_version, "iris", "1")
    assert (made.name, made.version, made.current_stage, made.status) == ("iris", "1", "None", "READY")
    assert (made.source, made.run_id, made.run_link) == ("s3://bucket/model", "a-run", "https://link")
    assert (made.description, made.tags, made.aliases) == ("what it is", [KeyValue("a", "2")], [])
    assert made.creation_timestamp == made.last_updated_timestamp
    assert store.read(reading.get_download_uri, "iris", 1) == "s3://bucket/model"


def test_numbers_are_never_given_twice(store: Store) -> None:
    assert [add(store).version for _ in range(3)] == ["1", "2", "3"]
    store.write(lambda tx: versions.delete(tx, "iris", "3"))
    assert add(store).version == "4"


def test_a_version_needs_its_model(store: Store) -> None:
    with pytest.raises(RegisteredModelNotFound, match="'none'"):
        add(store, "none")


def test_a_failed_version_uses_up_no_number(store: Store) -> None:
    with pytest.raises(InvalidParameter):
        add(store, source="/etc/passwd")
    assert add(store).version == "1"


@pytest.mark.parametrize("version", ["2", 2, "0", "-1", "99999999999999999999999"])
def test_unknown_versions_are_not_found(store: Store, version: str | int) -> None:
    add(store)
    with pytest.raises(ModelVersionNotFound, match="'iris'"):
        store.read(reading.get_version, "iris", version)


@pytest.mark.parametrize("version", ["one", "1.0", "", "１", "1 ", "9" * 41])
def test_versions_must_be_numbers(store: Store, version: str) -> None:
    with pytest.raises(InvalidParameter, match="version"):
        store.read(reading.get_version, "iris", version)


def test_a_description_can_be_replaced_and_removed(store: Store) -> None:
    add(store, description="first")
    assert write(store, lambda tx: versions.update(tx, "iris", "1", "second")).description == "second"
    assert write(store, lambda tx: versions.update(tx, "iris", "1", None)).description is None


def test_a_transition_may_archive_what_is_there(store: Store) -> None:
    for _ in range(3):
        add(store)
    store.write(lambda tx: versions.transition(tx, "iris", "1", "production", False))
    store.write(lambda tx: versions.transition(tx, "iris", "2", "Production", False))
    moved = write(store, lambda tx: versions.transition(tx, "iris", "3", "PRODUCTION", True))
    assert moved.current_stage == "Production"
    stages = [store.read(reading.get_version, "iris", version).current_stage for version in (1, 2, 3)]
    assert stages == ["Archived", "Archived", "Production"]


@pytest.mark.parametrize("stage", ["None", "Archived"])
def test_only_active_stages_are_emptied(store: Store, stage: str) -> None:
    add(store)
    with pytest.raises(InvalidParameter, match="archive_existing_versions"):
        store.write(lambda tx: versions.transition(tx, "iris", "1", stage, True))


def test_unknown_stages_are_refused(store: Store) -> None:
    add(store)
    with pytest.raises(InvalidParameter, match="None, Staging, Production, Archived"):
        store.write(lambda tx: versions.transition(tx, "iris", "1", "Live", False))


def test_deleting_a_version_takes_its_aliases_and_tags_along(store: Store) -> None:
    add(store)
    add(store)
    store.write(lambda tx: models.set_alias(tx, "iris", "old", "1"))
    store.write(lambda tx: models.set_alias(tx, "iris", "new", "2"))
    store.write(lambda tx: versions.set_tag(tx, "iris", "1", KeyValue("a", "b")))
    store.write(lambda tx: versions.delete(tx, "iris", "1"))
    assert [alias.alias for alias in store.read(reading.get_model, "iris").aliases] == ["new"]
    assert store.session().one("SELECT COUNT(*) FROM model_version_tag") == (0,)
    with pytest.raises(ModelVersionNotFound):
        store.write(lambda tx: versions.delete(tx, "iris", "1"))


def test_tags_are_set_and_removed(store: Store) -> None:
    add(store)
    store.write(lambda tx: versions.set_tag(tx, "iris", "1", KeyValue("a", "1")))
    store.write(lambda tx: versions.set_tag(tx, "iris", 1, KeyValue("a", "2")))
    assert store.read(reading.get_version, "iris", 1).tags == [KeyValue("a", "2")]
    store.write(lambda tx: versions.delete_tag(tx, "iris", "1", "a"))
    store.write(lambda tx: versions.delete_tag(tx, "iris", "1", "never there"))
    assert store.read(reading.get_version, "iris", 1).tags == []


def test_a_change_of_a_version_is_a_change_of_its_model(store: Store) -> None:
    before = store.read(reading.get_model, "iris").last_updated_timestamp
    add(store)
    assert store.read(reading.get_model, "iris").last_updated_timestamp >= before
