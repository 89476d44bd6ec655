"""Searches of experiments, the model registry and logged models on a real database."""

from __future__ import annotations

import pytest

from runyard.errors import InvalidParameter
from runyard.store.metadata.search import (
    MetricDataset,
    ModelOrder,
    Page,
    search_experiments,
    search_logged_models,
    search_model_versions,
    search_registered_models,
)
from runyard.store.metadata.session import Session

NAN = float("nan")


def experiment(session: Session, name: str, created: int, stage: str = "active", **tags: str) -> int:
    key = session.insert(
        "INSERT INTO experiment (name, artifact_location, lifecycle_stage, creation_time, last_update_time) "
        "VALUES (?, 'x', ?, ?, ?)",
        (name, stage, created, created + 1),
    )
    session.many("INSERT INTO experiment_tag VALUES (?, ?, ?)", [(key, *tag) for tag in tags.items()])
    return key


def names(session: Session, table: str, page: Page) -> list[str]:
    column = "version" if table == "model_version" else "name"
    rows: dict[int, object] = dict(session.all(f"SELECT id, {column} FROM {table}"))
    return [str(rows[key]) for key in page.ids]


class TestExperiments:
    @pytest.fixture(autouse=True)
    def some(self, session: Session) -> None:
        session.run("DELETE FROM experiment")
        self.keys = {
            "a": experiment(session, "a", 1, team="vision"),
            "b": experiment(session, "b", 3, team="audio"),
            "Ab": experiment(session, "Ab", 3),
            "gone": experiment(session, "gone", 4, "deleted"),
        }

    @pytest.mark.parametrize(
        ("filter", "order_by", "expected"),
        [
            ("", [], ["b", "Ab", "a"]),
            ("", ["name"], ["Ab", "a", "b"]),
            ("", ["creation_time DESC"], ["Ab", "b", "a"]),
            ("", ["tags.team DESC"], ["a", "b", "Ab"]),
            ("name LIKE 'a%'", [], ["a"]),
            ("attribute.name ILIKE 'a%'", [], ["Ab", "a"]),
            ("tags.team = 'vision' OR tag.team IS NULL", [], ["Ab", "a"]),
            ("tags.team != 'vision'", [], ["b"]),
            ("creation_time > 2 AND last_update_time <= 4", ["experiment_id"], ["b", "Ab"]),
            ("name IN ('a', 'gone')", [], ["a"]),
        ],
    )
    def test_found(self, session: Session, filter: str, order_by: list[str], expected: list[str]) -> None:
        assert names(session, "experiment", search_experiments(session, filter, order_by)) == expected

    def test_ids_are_written_as_texts(self, session: Session) -> None:
        listed = f"'{self.keys['a']}', '{self.keys['b']}'"
        found = search_experiments(session, f"experiment_id IN ({listed})", ["name"])
        assert names(session, "experiment", found) == ["a", "b"]

    def test_views(self, session: Session) -> None:
        assert names(session, "experiment", search_experiments(session, view="DELETED_ONLY")) == ["gone"]
        assert len(search_experiments(session, view="ALL").ids) == 4

    def test_other_workspaces_are_not_seen(self, session: Session) -> None:
        assert search_experiments(session, workspace="other").ids == []

    def test_pages(self, session: Session) -> None:
        found, token = [], None
        while True:
            page = search_experiments(session, "", ["name"], "ALL", 1, token)
            found += names(session, "experiment", page)
            token = page.next_page_token
            if token is None:
                break
        assert found == ["Ab", "a", "b", "gone"]


def registered(session: Session, name: str, updated: int, **tags: str) -> int:
    key = session.insert(
        "INSERT INTO registered_model (name, creation_time, last_update_time) VALUES (?, ?, ?)",
        (name, 1, updated),
    )
    session.many(
        "INSERT INTO registered_model_tag VALUES (?, ?, ?)",
        [(key, name.replace("__", "."), value) for name, value in tags.items()],
    )
    return key


def version(
    session: Session, model: int, number: int, updated: int, run_id: str | None = None, **tags: str
) -> None:
    key = session.insert(
        "INSERT INTO model_version (model_id, version, creation_time, last_update_time, source, run_id) "
        "VALUES (?, ?, 1, ?, ?, ?)",
        (model, number, updated, f"runs:/{run_id}/model", run_id),
    )
    session.many(
        "INSERT INTO model_version_tag VALUES (?, ?, ?)",
        [(key, name.replace("__", "."), value) for name, value in tags.items()],
    )


class TestRegistry:
    @pytest.fixture(autouse=True)
    def some(self, session: Session) -> None:
        net = registered(session, "net", 5, stage="old")
        tree = registered(session, "Tree", 7)
        prompt = registered(session, "ask", 9, mlflow__prompt__is_prompt="true")
        version(session, net, 1, 10, "r1")
        version(session, net, 2, 30, "r2", quality="good")
        version(session, net, 10, 20, None)
        version(session, tree, 3, 30, "r1")
        version(session, prompt, 4, 99, None, mlflow__prompt__is_prompt="true")

    @pytest.mark.parametrize(
        ("filter", "order_by", "expected"),
        [
            ("", [], ["Tree", "net"]),
            ("", ["timestamp DESC"], ["Tree", "net"]),
            ("", ["last_updated_timestamp"], ["net", "Tree"]),
            ("name ILIKE 'T%'", [], ["Tree"]),
            ("name IN ('net', 'x')", [], ["net"]),
            ("tags.stage = 'old'", [], ["net"]),
            ("tags.`mlflow.prompt.is_prompt` = 'true'", [], ["ask"]),
            ("tags.`mlflow.prompt.is_prompt` != 'true'", [], ["Tree", "net"]),
            ("tags.`mlflow.prompt.is_prompt` = 'false' AND name != 'x'", ["name DESC"], ["net", "Tree"]),
            ("last_updated_timestamp > 5", [], ["Tree"]),
        ],
    )
    def test_models(self, session: Session, filter: str, order_by: list[str], expected: list[str]) -> None:
        found = search_registered_models(session, filter, order_by)
        assert names(session, "registered_model", found) == expected

    @pytest.mark.parametrize(
        ("filter", "order_by", "expected"),
        [
            ("", [], ["3", "2", "10", "1"]),
            ("", ["version_number"], ["1", "2", "3", "10"]),
            ("", ["name"], ["3", "10", "2", "1"]),
            ("name = 'net' AND version_number >= 2", ["version_number DESC"], ["10", "2"]),
            ("version_number = '2'", [], ["2"]),
            ("run_id = 'r1'", [], ["3", "1"]),
            ("run_id IN ('r2')", [], ["2"]),
            ("run_id != 'r1'", [], ["2"]),
            ("run_id IS NULL", [], ["10"]),
            ("source_path LIKE 'runs:/r1%'", [], ["3", "1"]),
            ("tags.quality = 'good'", [], ["2"]),
            ("tags.`mlflow.prompt.is_prompt` = 'true'", [], ["4"]),
        ],
    )
    def test_versions(self, session: Session, filter: str, order_by: list[str], expected: list[str]) -> None:
        found = search_model_versions(session, filter, order_by)
        assert names(session, "model_version", found) == expected

    def test_pages_go_through_equal_names(self, session: Session) -> None:
        found, token = [], None
        while True:
            page = search_model_versions(session, "", ["name"], 1, token)
            found += names(session, "model_version", page)
            token = page.next_page_token
            if token is None:
                break
        assert found == ["3", "10", "2", "1"]


def logged(session: Session, name: str, created: int, status: str = "READY", **params: str) -> int:
    key = session.insert(
        "INSERT INTO logged_model (model_id, experiment_id, name, artifact_location, status, creation_time, "
        "last_update_time, source_run_id) VALUES (?, 1, ?, 'x', ?, ?, ?, ?)",
        (f"m-{name}", name, status, created, created, "r" if name == "a" else None),
    )
    session.many("INSERT INTO logged_model_param VALUES (?, ?, ?)", [(key, *item) for item in params.items()])
    return key


def measured(
    session: Session, key: int, value: float, dataset: str = "", time: int = 0, run: str = "r"
) -> None:
    is_nan = value != value
    session.run(
        "INSERT INTO logged_model_metric (model_id, name, dataset_name, dataset_digest, run_id, step, "
        "timestamp, value, value_nan) VALUES (?, 'acc', ?, ?, ?, 0, ?, ?, ?)",
        (key, dataset, "d1" if dataset else "", run, time, None if is_nan else value, int(is_nan)),
    )


class TestLoggedModels:
    @pytest.fixture(autouse=True)
    def some(self, session: Session) -> None:
        session.run("DELETE FROM experiment")
        session.run(
            "INSERT INTO experiment (id, name, artifact_location, creation_time, last_update_time) "
            "VALUES (1, 'e', 'x', 0, 0)"
        )
        a = logged(session, "a", 1, depth="3")
        b = logged(session, "b", 2, "FAILED", depth="30")
        c = logged(session, "c", 2)
        logged(session, "d", 0)
        measured(session, a, 0.9, "train", time=1)
        measured(session, a, 0.5, "test", time=2)
        measured(session, b, 0.7, "test")
        measured(session, c, NAN)

    def found(self, session: Session, page: Page) -> str:
        return "".join(names(session, "logged_model", page))

    @pytest.mark.parametrize(
        ("filter", "expected"),
        [
            ("", "bcad"),
            ("name = 'a'", "a"),
            ("attributes.model_id IN ('m-a', 'm-d')", "ad"),
            ("status = 'READY'", "cad"),
            ("status = 'LOGGED_MODEL_UPLOAD_FAILED'", "b"),
            ("source_run_id = 'r'", "a"),
            ("creation_time >= 1", "bca"),
            ("params.depth LIKE '3%'", "ba"),
            ("metrics.acc > 0.8", "a"),
            ("metrics.acc < 0.8", "ba"),
            ("metrics.acc != 0.7", "ca"),
            ("metrics.acc IS NULL", "d"),
        ],
    )
    def test_filters(self, session: Session, filter: str, expected: str) -> None:
        assert self.found(session, search_logged_models(session, ["1"], filter)) == expected

    def test_datasets_restrict_the_metrics(self, session: Session) -> None:
        train, test = MetricDataset("train"), MetricDataset("test", "d1")

        def found(filter: str, *datasets: MetricDataset) -> str:
            return self.found(session, search_logged_models(session, ["1"], filter, datasets))

        assert found("", train) == "a"
        assert found("", train, test) == "ba"
        assert found("metrics.acc > 0.6", test) == "b"
        assert found("metrics.acc > 0.6 OR name = 'd'", test) == "bd"
        assert found("", MetricDataset("test", "other")) == ""
        with pytest.raises(InvalidParameter, match="dataset_name"):
            found("", MetricDataset(""))

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            (ModelOrder("name", False), "dcba"),
            (ModelOrder("metrics.acc"), "abcd"),
            (ModelOrder("metrics.acc", False), "bacd"),
            (ModelOrder("metrics.acc", False, "train"), "abcd"),
            (ModelOrder("creation_time"), "dabc"),
            (ModelOrder("source_run_id"), "abcd"),
        ],
    )
    def test_orders(self, session: Session, order: ModelOrder, expected: str) -> None:
        whole = search_logged_models(session, ["1"], order_by=[order])
        assert self.found(session, whole) == expected
        found, token = "", None
        while True:
            page = search_logged_models(session, ["1"], order_by=[order], max_results=1, page_token=token)
            found += self.found(session, page)
            token = page.next_page_token
            if token is None:
                break
        assert found == expected

    def test_what_is_refused(self, session: Session) -> None:
        for order in (
            ModelOrder(""),
            ModelOrder("params.x"),
            ModelOrder("foo"),
            ModelOrder("name", True, None, "d"),
        ):
            with pytest.raises(InvalidParameter):
                search_logged_models(session, ["1"], order_by=[order])

    def test_no_experiments_have_no_models(self, session: Session) -> None:
        assert search_logged_models(session, []).ids == []
        assert search_logged_models(session, ["7"]).ids == []
