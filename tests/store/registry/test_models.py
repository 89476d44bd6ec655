from __future__ import annotations

from collections.abc import Callable

import pytest

from runyard.entities import KeyValue
from runyard.errors import AlreadyExists, InvalidParameter, MissingParameter, RegisteredModelNotFound
from runyard.store.registry import models, reading, versions
from runyard.store.registry.entities import RegisteredModel
from runyard.store.store import Store
from runyard.store.transaction import Transaction


def add(store: Store, name: str, *tags: KeyValue) -> None:
    store.write(lambda tx: models.create(tx, name, "", tags))


def write(store: Store, work: Callable[[Transaction], int]) -> RegisteredModel:
    """Do a write that returns a row id; the model as it is then."""
    return store.read(reading.model_of, store.write(work))


def add_version(store: Store, name: str, stage: str = "None") -> str:
    key = store.write(lambda tx: versions.create(tx, versions.NewVersion(name, "s3://bucket/model")))
    made = store.read(reading.version_of, key)
    store.write(lambda tx: versions.transition(tx, name, made.version, stage, False))
    return made.version


def test_a_model_reads_back_as_it_was_created(store: Store) -> None:
    tags = [KeyValue("team", "a"), KeyValue("team", "b"), KeyValue("empty", "")]
    made = write(store, lambda tx: models.create(tx, "iris", "what it is", tags))
    assert made == store.read(reading.get_model, "iris")
    assert (made.name, made.description) == ("iris", "what it is")
    assert made.tags == [KeyValue("empty", ""), KeyValue("team", "b")]
    assert made.creation_timestamp == made.last_updated_timestamp > 1_600_000_000_000


def test_a_name_is_given_once(store: Store) -> None:
    add(store, "iris")
    with pytest.raises(AlreadyExists, match="registered model with name 'iris' already exists"):
        add(store, "iris")
    add(store, "Iris")


def test_a_prompt_and_a_model_share_no_name(store: Store) -> None:
    prompt = KeyValue("mlflow.prompt.is_prompt", "true")
    add(store, "greeting", prompt)
    with pytest.raises(AlreadyExists, match="because a prompt has it already"):
        add(store, "greeting")
    with pytest.raises(AlreadyExists, match="A prompt with name 'greeting' already exists"):
        add(store, "greeting", prompt)
    add(store, "iris")
    with pytest.raises(AlreadyExists, match="because a registered model has it already"):
        add(store, "iris", prompt)


@pytest.mark.parametrize("name", ["", "  ", "a/b", "a:b", "..", "../x", ".", "x" * 257, "nul\0"])
def test_names_that_break_a_rule_are_refused(store: Store, name: str) -> None:
    with pytest.raises(InvalidParameter):
        add(store, name)


@pytest.mark.parametrize("name", ["a b", "a.b", "модель", "x" * 256, "100%", "a\\b", "'quoted\""])
def test_odd_names_work(store: Store, name: str) -> None:
    add(store, name)
    assert store.read(reading.get_model, name).name == name


def test_renaming_takes_versions_and_aliases_along(store: Store) -> None:
    add(store, "old")
    add(store, "taken")
    version = add_version(store, "old")
    store.write(lambda tx: models.set_alias(tx, "old", "champion", version))
    with pytest.raises(AlreadyExists, match="'taken'"):
        store.write(lambda tx: models.rename(tx, "old", "taken"))
    renamed = write(store, lambda tx: models.rename(tx, "old", "new"))
    assert renamed.name == "new" and renamed.latest_versions[0].name == "new"
    assert store.read(reading.get_version_by_alias, "new", "champion").version == version
    with pytest.raises(RegisteredModelNotFound):
        store.read(reading.get_model, "old")


def test_renaming_to_its_own_name_changes_nothing(store: Store) -> None:
    add(store, "same")
    assert write(store, lambda tx: models.rename(tx, "same", "same")).name == "same"


def test_a_description_can_be_replaced_and_removed(store: Store) -> None:
    add(store, "iris")
    assert write(store, lambda tx: models.update(tx, "iris", "first")).description == "first"
    assert write(store, lambda tx: models.update(tx, "iris", None)).description is None


def test_deletion_takes_everything_along(store: Store) -> None:
    add(store, "iris", KeyValue("a", "b"))
    version = add_version(store, "iris")
    store.write(lambda tx: models.set_alias(tx, "iris", "champion", version))
    store.write(lambda tx: versions.set_tag(tx, "iris", version, KeyValue("a", "b")))
    store.write(lambda tx: models.delete(tx, "iris"))
    tables = (
        "registered_model",
        "registered_model_tag",
        "registered_model_alias",
        "model_version",
        "model_version_tag",
    )
    for table in tables:
        assert store.session().one(f"SELECT COUNT(*) FROM {table}") == (0,)
    with pytest.raises(RegisteredModelNotFound, match="'iris'"):
        store.write(lambda tx: models.delete(tx, "iris"))


def test_tags_are_set_and_removed(store: Store) -> None:
    add(store, "iris")
    store.write(lambda tx: models.set_tag(tx, "iris", KeyValue("a", "1")))
    store.write(lambda tx: models.set_tag(tx, "iris", KeyValue("a", "2")))
    assert store.read(reading.get_model, "iris").tags == [KeyValue("a", "2")]
    store.write(lambda tx: models.delete_tag(tx, "iris", "a"))
    store.write(lambda tx: models.delete_tag(tx, "iris", "a"))
    assert store.read(reading.get_model, "iris").tags == []


@pytest.mark.parametrize(
    ("key", "value"), [("", "v"), ("a*b", "v"), ("k" * 251, "v"), ("../a", "v"), ("k", "v" * 100_001)]
)
def test_tags_that_break_a_rule_are_refused(store: Store, key: str, value: str) -> None:
    add(store, "iris")
    with pytest.raises(InvalidParameter):
        store.write(lambda tx: models.set_tag(tx, "iris", KeyValue(key, value)))


def test_an_alias_names_one_version_at_a_time(store: Store) -> None:
    add(store, "iris")
    first, second = add_version(store, "iris"), add_version(store, "iris")
    store.write(lambda tx: models.set_alias(tx, "iris", "champion", first))
    store.write(lambda tx: models.set_alias(tx, "iris", "Champion", first))
    store.write(lambda tx: models.set_alias(tx, "iris", "champion", second))
    assert store.read(reading.get_version_by_alias, "iris", "champion").version == second
    assert store.read(reading.get_version, "iris", first).aliases == ["Champion"]
    model = store.read(reading.get_model, "iris")
    assert [(alias.alias, alias.version) for alias in model.aliases] == [
        ("Champion", first),
        ("champion", second),
    ]


def test_a_missing_alias_is_an_invalid_parameter_as_in_mlflow(store: Store) -> None:
    add(store, "iris")
    with pytest.raises(InvalidParameter, match="has no alias 'champion'"):
        store.read(reading.get_version_by_alias, "iris", "champion")
    store.write(lambda tx: models.delete_alias(tx, "iris", "champion"))


def test_latest_names_the_newest_version_whatever_its_stage(store: Store) -> None:
    add(store, "iris")
    add_version(store, "iris")
    newest = add_version(store, "iris", "Archived")
    assert store.read(reading.get_version_by_alias, "iris", "LATEST").version == newest


@pytest.mark.parametrize("alias", ["v1", "V22", "latest", "Latest", "a b", "a.b", "a/b", "x" * 256])
def test_aliases_that_break_a_rule_are_refused(store: Store, alias: str) -> None:
    add(store, "iris")
    version = add_version(store, "iris")
    with pytest.raises(InvalidParameter, match="alias"):
        store.write(lambda tx: models.set_alias(tx, "iris", alias, version))


def test_an_alias_must_have_a_name(store: Store) -> None:
    with pytest.raises(MissingParameter, match="'alias'"):
        store.write(lambda tx: models.set_alias(tx, "iris", "", "1"))


def test_latest_versions_are_one_per_stage(store: Store) -> None:
    add(store, "iris")
    add(store, "other")
    add_version(store, "other", "Production")
    made = [
        add_version(store, "iris", stage) for stage in ("Production", "Production", "None", "Staging", "None")
    ]
    latest = store.read(reading.get_latest_versions, "iris")
    assert [(version.version, version.current_stage) for version in latest] == [
        (made[1], "Production"),
        (made[3], "Staging"),
        (made[4], "None"),
    ]
    assert store.read(reading.get_model, "iris").latest_versions == latest
    assert [found.version for found in store.read(reading.get_latest_versions, "iris", ["production"])] == [
        made[1]
    ]
    with pytest.raises(InvalidParameter, match="'stage'"):
        store.read(reading.get_latest_versions, "iris", ["Live"])


def test_the_newest_of_a_stage_is_found_without_reading_all_versions(store: Store) -> None:
    add(store, "iris")
    statements: list[str] = []
    session = store.session()
    session.connection.set_trace_callback(statements.append)
    reading.get_model(session, "iris")
    session.connection.set_trace_callback(None)
    newest = next(text for text in statements if "CROSS JOIN" in text)
    plan = [row[3] for row in session.all(f"EXPLAIN QUERY PLAN {newest}")]
    index = "SEARCH v USING COVERING INDEX model_version_by_stage (model_id=? AND current_stage=?)"
    assert index in plan and not any("TEMP B-TREE" in step for step in plan)


def test_many_models_load_in_the_order_that_is_asked_for(store: Store) -> None:
    names = [f"m{index:04}" for index in range(1200)]

    def create_all(tx: Transaction) -> None:
        for name in names:
            models.create(tx, name)

    store.write(create_all)
    keys = [row[0] for row in store.session().all("SELECT id FROM registered_model ORDER BY name DESC")]
    loaded = store.read(reading.load_models, keys)
    assert [model.name for model in loaded] == names[::-1]
