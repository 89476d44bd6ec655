"""Which artifact locations are kept, and which the server reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runyard.errors import InvalidParameter
from runyard.store.artifacts.locations import location_key, validate_location
from runyard.store.artifacts.paths import artifact_key


@pytest.mark.parametrize(
    ("uri", "key"),
    [
        ("mlflow-artifacts:/", ""),
        ("mlflow-artifacts:/0", "0"),
        ("mlflow-artifacts:/team/vision/", "team/vision"),
        ("mlflow-artifacts:///0/run/artifacts", "0/run/artifacts"),
        ("MLFLOW-ARTIFACTS:/0", "0"),
        ("mlflow-artifacts:/my folder", "my folder"),
    ],
)
def test_locations_in_the_store(uri: str, key: str) -> None:
    assert location_key(uri) == key
    validate_location(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "s3://bucket/path",
        "gs://bucket",
        "wasbs://container@account.blob.core.windows.net/path?sv=1",
        "dbfs:/x",
        "hdfs://host:8020/x",
        "file:///mnt/shared/mlruns",
        "file:/mnt/shared",
        "file://localhost/mnt/shared",
        "file:///home/a%20b/mlruns",
        "/mnt/shared",
    ],
)
def test_locations_that_clients_reach_themselves_are_kept_but_never_read(uri: str) -> None:
    assert validate_location(uri) == uri
    with pytest.raises(InvalidParameter, match="outside of this server's store"):
        location_key(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "mlflow-artifacts:0",
        "mlflow-artifacts://host/0",
        "mlflow-artifacts://host:5000/0",
        "mlflow-artifacts:////etc",
        "mlflow-artifacts:/../etc",
        "mlflow-artifacts:/0/../../etc",
        "mlflow-artifacts:/0/%2e%2e/etc",
        "mlflow-artifacts:/0%2fetc",
        "mlflow-artifacts:/0?path=../../etc",
        "mlflow-artifacts:/0#/../../etc",
        "mlflow-artifacts:/0;x=../..",
        "mlflow-artifacts:/0\\..\\etc",
        "mlflow-artifacts:/.runyard/uploads",
        "runs:/abc/model",
        "models:/name/1",
        "javascript:alert(1)",
        "data:text/html,x",
        "mlruns",
        "./mlruns",
        "../mlruns",
        "//host/share",
        "\\\\host\\share",
        "C:\\mlruns",
        "C:/mlruns",
        "file:mlruns",
        "file://host/share",
        "file:////host/share",
        "file:///mnt/../etc",
        "file:///mnt/%2e%2e/etc",
        "file:///mnt/%252e%252e/etc",
        "file:///mnt?x",
        "file:///mnt%3fx",
        "file:///mnt#x",
        "file:///mnt%23x",
        "file:///mnt;x",
        "s3://bucket/a/../b",
        "s3://bucket/a?x=../b",
        "s3://bucket/a#b",
        "s3://bucket/a\nb",
        "/mnt/../etc",
        "/mnt/..%2fetc",
        "/mnt?x",
        "s3://" + "a" * 2048,
    ],
)
def test_refused(uri: str) -> None:
    with pytest.raises(InvalidParameter):
        validate_location(uri)
    with pytest.raises(InvalidParameter):
        location_key(uri)


def test_the_message_names_the_field() -> None:
    with pytest.raises(InvalidParameter, match="'artifact_location'"):
        validate_location("runs:/x")


def test_a_trailing_slash_is_not_kept() -> None:
    assert validate_location("s3://bucket/path/") == "s3://bucket/path"
    assert validate_location("mlflow-artifacts:/x/") == "mlflow-artifacts:/x"
    assert validate_location("mlflow-artifacts:/") == "mlflow-artifacts:/"
    assert validate_location("file:///") == "file:///"
    assert validate_location("/") == "/"


@given(st.text(max_size=60) | st.text("/.%2efac:;?#\\", max_size=30))
def test_what_the_server_reads_is_a_key(rest: str) -> None:
    try:
        key = location_key(f"mlflow-artifacts:{rest}")
    except InvalidParameter:
        return
    assert key == "" or artifact_key(key) == key
    assert location_key(f"mlflow-artifacts:/{key}") == key
