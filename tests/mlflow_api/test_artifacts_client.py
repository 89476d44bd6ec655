"""Artifacts as the stock MLflow client sends and reads them, uploads in parts included."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server
from tests.mlflow_api.artifacts_http import Client

SCRIPT = """
import hashlib, os, pathlib, sys
import mlflow
from mlflow.artifacts import download_artifacts, list_artifacts
from mlflow.exceptions import MlflowException

folder = pathlib.Path(sys.argv[1])
big = folder / "big file.bin"
big.write_bytes(os.urandom(3_000_000) + b"the end")
exact = folder / "exact.bin"
exact.write_bytes(os.urandom(2 << 20))
small = folder / "small.txt"
small.write_text("small")
tree = folder / "tree"
(tree / "deep" / "er").mkdir(parents=True)
(tree / "a.txt").write_text("a")
(tree / "deep" / "er" / "b.txt").write_text("b")

with mlflow.start_run() as run:
    # As text: MLflow 3.17's uploads in parts do not take a Path.
    mlflow.log_artifact(str(big))
    mlflow.log_artifact(str(exact), "models/v 1")
    mlflow.log_artifact(str(small))
    mlflow.log_artifacts(tree, "tree")
    mlflow.log_text("hello", "notes/hello.txt")
    mlflow.log_dict({"a": 1}, "d.yaml")
run_id = run.info.run_id

def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()

assert digest(download_artifacts(run_id=run_id, artifact_path=big.name)) == digest(big)
assert digest(download_artifacts(run_id=run_id, artifact_path="models/v 1/exact.bin")) == digest(exact)
client = mlflow.MlflowClient()
listed = {f.path: (f.is_dir, f.file_size) for f in client.list_artifacts(run_id)}
assert listed == {
    "big file.bin": (False, 3_000_007), "models": (True, None), "small.txt": (False, 5),
    "tree": (True, None), "notes": (True, None), "d.yaml": (False, 5),
}, listed
assert [f.path for f in client.list_artifacts(run_id, "tree")] == ["tree/a.txt", "tree/deep"]
assert client.list_artifacts(run_id, "small.txt") == []
whole = pathlib.Path(download_artifacts(run_id=run_id, artifact_path="tree", dst_path=folder / "copy"))
assert sorted(str(p.relative_to(whole)) for p in whole.rglob("*.txt")) == ["a.txt", "deep/er/b.txt"]
assert mlflow.artifacts.load_text(f"runs:/{run_id}/notes/hello.txt") == "hello"
mlflow.log_text("hello again", "notes/hello.txt", run_id=run_id)
assert mlflow.artifacts.load_text(f"runs:/{run_id}/notes/hello.txt") == "hello again"
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository
repository = get_artifact_repository(run.info.artifact_uri)
repository.delete_artifacts("tree/deep")
assert [f.path for f in client.list_artifacts(run_id, "tree")] == ["tree/a.txt"]
repository.delete_artifacts()
assert client.list_artifacts(run_id) == []
print("done")
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("workspace"))
    yield running
    running.stop()


def run_client(server: Server, folder: Path, **variables: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")}
    environment.update(
        variables,
        MLFLOW_TRACKING_URI=server.address,
        MLFLOW_HTTP_REQUEST_MAX_RETRIES="1",
        NO_PROXY="127.0.0.1",
    )
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.stdout.endswith("done\n"), done.stdout + done.stderr


def multipart_uploads(server: Server) -> int:
    return len(os.listdir(server.folder / "artifacts/.runyard/multipart"))


def test_uploads_in_parts(server: Server, tmp_path: Path) -> None:
    before = multipart_uploads(server)
    run_client(
        server,
        tmp_path,
        MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD="true",
        MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE="100000",
        MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE="1048576",
    )
    assert multipart_uploads(server) - before == 2


def test_plain_uploads_and_downloads_that_should_be_presigned(server: Server, tmp_path: Path) -> None:
    before = multipart_uploads(server)
    run_client(
        server,
        tmp_path,
        MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD="false",
        MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD="true",
    )
    assert multipart_uploads(server) == before


def test_a_part_that_fails_aborts_the_upload(server: Server) -> None:
    """What the client does when a part is refused: it aborts, and nothing of the upload is left."""
    client = Client(server.address)
    run_id = client.run()
    base = "/api/2.0/mlflow-artifacts/mpu"
    created = client.post(
        f"{base}/create/0/{run_id}/artifacts/sub", {"path": "C:\\m.bin", "num_parts": 2}
    ).json()
    urls = [credential["url"] for credential in created["credentials"]]
    assert [url.startswith(f"{server.address}/api/2.0/") for url in urls] == [True, True]
    paths = [url.removeprefix(server.address) for url in urls]
    assert client.request("PUT", paths[0], b"x" * 100).status == 200
    assert client.request("PUT", paths[1], iter([b"y"]), {"Transfer-Encoding": "chunked"}).status == 400
    named = {"path": "C:\\m.bin", "upload_id": created["upload_id"]}
    assert client.post(f"{base}/complete/0/{run_id}/artifacts/sub", {**named, "parts": []}).status == 400
    assert client.post(f"{base}/abort/0/{run_id}/artifacts/sub", named).status == 200
    assert client.request("PUT", paths[1], b"y").status == 404
    assert client.names(f"0/{run_id}/artifacts") == []
