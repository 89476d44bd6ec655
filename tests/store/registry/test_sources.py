from __future__ import annotations

from pathlib import Path

import pytest

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, LoggedModelNotFound, MissingParameter, NotFound
from runyard.store.metadata import logged_model_data, logged_models, runs
from runyard.store.registry import models, reading, versions
from runyard.store.registry.entities import ModelVersion
from runyard.store.registry.names import PROMPT_TAG
from runyard.store.store import Store

RUN = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def registered(store: Store) -> None:
    store.write(lambda tx: models.create(tx, "iris"))
    store.write(lambda tx: runs.create(tx, runs.NewRun(RUN, "0", "", "", None, [])))


def add(store: Store, source: str, run_id: str = "", model_id: str = "", *tags: KeyValue) -> ModelVersion:
    new = versions.NewVersion("iris", source, run_id, tags=tags, model_id=model_id)
    return create(store, new)


def create(store: Store, new: versions.NewVersion) -> ModelVersion:
    return store.read(reading.version_of, store.write(lambda tx: versions.create(tx, new)))


@pytest.mark.parametrize(
    "source",
    [
        "s3://bucket/path/to/model",
        "S3://bucket/path",
        "s3://bucket/path?versionId=1",
        "gs://bucket/a b/c%20d",
        "wasbs://container@account.blob.core.windows.net/path",
        "dbfs:/path",
        "https://host.example/path",
        "mlflow-artifacts:/0/run/artifacts/model",
        "mlflow-artifacts:///0/run/artifacts/model",
        f"runs:/{RUN}/model",
        f"runs:/{RUN}",
    ],
)
def test_addresses_of_stores_are_taken_as_they_are(store: Store, source: str) -> None:
    made = add(store, source)
    assert made.source == source
    assert store.read(reading.get_download_uri, "iris", made.version) == source


SERVER_FILES = [
    "/etc/passwd",
    "//etc/passwd",
    "///etc/passwd",
    "etc/passwd",
    "./etc",
    "~/secrets",
    "file:/etc/passwd",
    "FILE:/etc/passwd",
    "file:etc/passwd",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "file://host/etc/passwd",
    "file:/etc/passwd?a=b",
    "file:/etc/passwd#a",
    "file:/etc/passwd;a=b",
    "file:///etc%2fpasswd",
    "%66ile:/etc/passwd",
    " file:/etc/passwd",
    "fi\tle:/etc/passwd",
    "C:/Windows/win.ini",
    "C:\\Windows\\win.ini",
    "\\\\host\\share",
    "dummy-source",
]
TRICKS = [
    "s3://bucket/../../etc/passwd",
    "s3://bucket/%2e%2e/etc",
    "s3://bucket/%252e%252e/etc",
    "s3://bucket/%25252e%25252e/etc",
    "s3://bucket/..%2f..%2fetc",
    "s3://bucket/..%5c..%5cetc",
    "s3://bucket/a%00b",
    "s3://bucket/a\nb",
    "s3:/bucket?/../etc",
    "s3:",
    "s3://",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:///etc/passwd",
    "http:/etc/passwd",
    "http://host/a?b",
    "http://host/a#b",
    "http://host/a%3fb",
    "http://host/api/2.0/mlflow-artifacts/artifacts/../../etc",
    "http://host/..;/etc",
    "mlflow-artifacts:/0/../../etc",
    "mlflow-artifacts:/0/%2e%2e/etc",
    "mlflow-artifacts:/0//etc",
    "mlflow-artifacts:////etc",
    "mlflow-artifacts://host:80/0/a",
    "mlflow-artifacts:0/a",
    "mlflow-artifacts:/",
    "mlflow-artifacts:/0/a?b",
    "mlflow-artifacts:/0/a%3Fb",
    "mlflow-artifacts:/0/a#b",
    "mlflow-artifacts:/0/a%2523b",
    "runs://host/run/model",
    "runs:/../../etc",
    "runs:/",
    "runs:run/model",
    "models:/",
    "models://registry/iris/1",
    "models:/iris/1/extra",
    "models:/iris/",
    "models:/@alias",
    "s3://bucket/" + "x" * 5000,
]


@pytest.mark.parametrize("source", SERVER_FILES + TRICKS)
@pytest.mark.parametrize("run_id", ["", RUN, "unknown"])
def test_the_servers_own_files_are_refused(store: Store, source: str, run_id: str) -> None:
    with pytest.raises(InvalidParameter):
        add(store, source, run_id)
    assert store.session().one("SELECT COUNT(*) FROM model_version") == (0,)


@pytest.mark.parametrize("source", [*SERVER_FILES[:-1], "s3://bucket/model"])
def test_the_tag_of_prompts_buys_no_exception(store: Store, source: str) -> None:
    with pytest.raises(InvalidParameter, match="a prompt's source must be one of"):
        add(store, source, "", "", KeyValue(PROMPT_TAG, "true"))


def test_of_two_prompt_tags_the_last_counts(store: Store) -> None:
    with pytest.raises(InvalidParameter, match="a file of the server"):
        add(store, "/etc", "", "", KeyValue(PROMPT_TAG, "true"), KeyValue(PROMPT_TAG, "false"))
    made = add(store, "dummy-source", "", "", KeyValue(PROMPT_TAG, "True"))
    assert made.source == "dummy-source"


def test_a_source_must_be_there(store: Store) -> None:
    with pytest.raises(MissingParameter, match="'source'"):
        add(store, "")


class TestARunOnTheServersDisk:
    """An administrator may have given an experiment a folder of the server."""

    @pytest.fixture
    def folder(self, store: Store, tmp_path: Path) -> Path:
        folder = tmp_path / "runs" / RUN / "artifacts"
        (folder / "model").mkdir(parents=True)
        store.write(
            lambda tx: tx.session.run(
                "UPDATE run SET artifact_uri = ? WHERE run_id = ?", (folder.as_uri(), RUN)
            )
        )
        return folder

    def test_its_artifacts_may_be_a_source(self, store: Store, folder: Path) -> None:
        assert add(store, str(folder / "model"), RUN).source == str(folder / "model")
        assert add(store, (folder / "model").as_uri(), RUN).run_id == RUN

    def test_nothing_else_may(self, store: Store, folder: Path) -> None:
        outside = folder.parent / "artifacts-of-another"
        outside.mkdir()
        (folder / "link").symlink_to("/etc")
        for source in (outside, folder.parent, folder / "link", folder / "link" / "passwd"):
            with pytest.raises(InvalidParameter, match="a file of the server"):
                add(store, str(source), RUN)
            with pytest.raises(InvalidParameter, match="a file of the server"):
                add(store, source.as_uri(), RUN)

    def test_the_run_must_be_named(self, store: Store, folder: Path) -> None:
        with pytest.raises(InvalidParameter, match="a file of the server"):
            add(store, str(folder / "model"))


def test_a_runs_source_names_the_run(store: Store) -> None:
    assert add(store, f"runs:/{RUN}/model").run_id == RUN
    assert add(store, f"runs:/{RUN}/model", RUN).run_id == RUN
    with pytest.raises(InvalidParameter, match="names another run"):
        add(store, f"runs:/{RUN}/model", "another")


def make_logged_model(store: Store) -> tuple[str, str]:
    new = logged_models.NewLoggedModel("0", "net", source_run_id=RUN)
    model_id = store.write(lambda tx: logged_models.create(tx, new))
    return model_id, store.read(logged_model_data.get, model_id).info.artifact_uri


def test_a_logged_model_gives_its_files_and_its_run(store: Store) -> None:
    model_id, location = make_logged_model(store)
    made = add(store, f"models:/{model_id}")
    assert (made.source, made.run_id, made.model_id) == (f"models:/{model_id}", RUN, model_id)
    assert store.read(reading.get_download_uri, "iris", made.version) == location
    assert add(store, f"models:/{model_id}", RUN, model_id).model_id == model_id
    with pytest.raises(InvalidParameter, match="names another model"):
        add(store, f"models:/{model_id}", "", "m-other")


def test_a_logged_model_that_is_named_must_exist(store: Store) -> None:
    model_id, _ = make_logged_model(store)
    assert add(store, "s3://bucket/model", "", model_id).run_id == RUN
    with pytest.raises(LoggedModelNotFound):
        add(store, "s3://bucket/model", "", "m-none")
    store.write(lambda tx: logged_models.delete(tx, model_id))
    with pytest.raises(LoggedModelNotFound):
        add(store, f"models:/{model_id}")


def test_a_copy_keeps_files_and_lineage(store: Store) -> None:
    model_id, location = make_logged_model(store)
    add(store, f"models:/{model_id}")
    store.write(lambda tx: models.create(tx, "copy"))
    copy = create(store, versions.NewVersion("copy", "models:/iris/1"))
    assert (copy.source, copy.run_id, copy.model_id) == ("models:/iris/1", RUN, model_id)
    again = create(store, versions.NewVersion("iris", "models:/copy/latest"))
    assert (again.source, again.version) == ("models:/copy/1", "2")
    assert store.read(reading.get_download_uri, "iris", 2) == location


def test_a_copy_may_be_named_by_alias_or_stage(store: Store) -> None:
    add(store, "s3://bucket/one")
    add(store, "s3://bucket/two")
    store.write(lambda tx: models.set_alias(tx, "iris", "champion", "1"))
    store.write(lambda tx: versions.transition(tx, "iris", "2", "Staging", False))
    assert add(store, "models:/iris@champion").source == "models:/iris/1"
    assert add(store, "models:/iris/staging").source == "models:/iris/2"


def test_a_copy_must_agree_with_its_source(store: Store) -> None:
    add(store, "s3://bucket/model", "one-run")
    with pytest.raises(InvalidParameter, match="'run_id' must be that of the version"):
        add(store, "models:/iris/1", "another-run")
    assert add(store, "models:/iris/1", "one-run").run_id == "one-run"


@pytest.mark.parametrize(
    "source", ["models:/iris/9", "models:/none/1", "models:/m-none", "models:/iris/Production"]
)
def test_what_a_source_names_must_exist(store: Store, source: str) -> None:
    with pytest.raises(NotFound):
        add(store, source)


def test_a_prompt_is_no_source(store: Store) -> None:
    prompt = KeyValue(PROMPT_TAG, "true")
    store.write(lambda tx: models.create(tx, "greeting", "", [prompt]))
    new = versions.NewVersion("greeting", "dummy-source", tags=[prompt])
    store.write(lambda tx: versions.create(tx, new))
    with pytest.raises(InvalidParameter, match="a prompt can't be the source"):
        add(store, "models:/greeting/1")
