"""What has gone wrong in other trackers: paths, links and ids that lead out of the store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.faults.server import Server
from tests.mlflow_api.artifacts_http import FILES, Answer, Client

SECRET = b"the canary's secret"
LISTING = "/api/2.0/mlflow/artifacts/list"
PARTS = "/api/2.0/mlflow-artifacts/mpu"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    base = tmp_path_factory.mktemp("base")
    (base / "canary").write_bytes(SECRET)
    running = Server(base / "workspace")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def client(server: Server) -> Client:
    return Client(server.address)


@pytest.fixture(scope="module")
def run_id(client: Client) -> str:
    return client.run()


@pytest.fixture(autouse=True)
def nothing_escapes(server: Server) -> Iterator[None]:
    """After every attempt the canary lives, and beside the workspace lies nothing new."""
    base = server.folder.parent
    yield
    assert (base / "canary").read_bytes() == SECRET
    assert sorted(os.listdir(base)) == ["canary", "workspace"]
    assert set(os.listdir(server.folder / "artifacts")) <= {".runyard", "0"}
    assert os.listdir(server.folder / "artifacts/.runyard/uploads") == []


def attempts(server: Server, depth: int) -> list[str]:
    """Paths, as they stand in a URL, that would reach the canary from `depth` folders below the store's root."""
    up = depth + 2  # the root and the workspace
    absolute = str(server.folder.parent / "canary")
    plain = "../" * up + "canary"
    encoded = plain.replace(".", "%2e").replace("/", "%2f")
    twice, thrice = encoded.replace("%", "%25"), encoded.replace("%", "%2525")
    return [
        plain,
        "x/" + "../" * (up + 1) + "canary",
        plain.replace("..", "%2e%2e"),
        plain.replace("/", "%2f"),
        encoded,
        twice,
        thrice,
        plain.replace("/", "\\"),
        plain.replace("/", "%5c"),
        plain.replace("/", "%255c"),
        plain.replace("..", "%c0%ae%c0%ae"),
        plain.replace("../", "....//"),
        plain.replace("../", "..;/"),
        "./" + plain,
        absolute,
        "/" + absolute,
        quote(absolute, safe=""),
        quote(quote(absolute, safe=""), safe=""),
        f"file://{absolute}",
        f"file:{absolute}",
        "C:/Windows/win.ini",
        "C:%5cWindows%5cwin.ini",
        "c%3a%2fWindows%2fwin.ini",
        "%5c%5chost%5cshare",
        "canary%00.txt",
        "..%00/canary",
        "../runyard.db",
        "%2e%2e/runyard.db",
        ".runyard/uploads/x",
        "%2erunyard/multipart/x",
    ]


def check_refused(answer: Answer, attempt: str) -> None:
    assert 400 <= answer.status < 500, (attempt, answer)
    assert SECRET not in answer.body, attempt
    assert b"SQLite format" not in answer.body, attempt


def test_paths_in_the_url(client: Client, server: Server) -> None:
    for prefix in ("/api", "/ajax-api"):
        for attempt in attempts(server, 0):
            for method in ("GET", "HEAD", "PUT", "DELETE"):
                body = b"overwritten" if method == "PUT" else None
                answer = client.request(method, f"{prefix}/2.0/mlflow-artifacts/artifacts/{attempt}", body)
                check_refused(answer, f"{method} {attempt}")


def test_paths_below_a_run_in_the_url(client: Client, server: Server, run_id: str) -> None:
    for attempt in attempts(server, 3):
        if attempt.lstrip("%2e.").startswith("runyard"):
            continue  # below a run it is an ordinary name
        for method in ("GET", "PUT", "DELETE"):
            body = b"overwritten" if method == "PUT" else None
            answer = client.request(method, f"{FILES}/0/{run_id}/artifacts/{attempt}", body)
            check_refused(answer, f"{method} {attempt}")


def test_paths_in_the_query(client: Client, server: Server, run_id: str) -> None:
    routes = [
        ("GET", f"{LISTING}?run_id={run_id}&path="),
        ("GET", f"/get-artifact?run_uuid={run_id}&path="),
        ("GET", f"/ajax-api/2.0/mlflow/get-artifact?run_uuid={run_id}&path="),
        ("POST", f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run_id}&path="),
    ]
    for attempt in attempts(server, 3):
        if "runyard/" in attempt:
            continue
        for method, route in routes:
            body = b"overwritten" if method == "POST" else None
            check_refused(client.request(method, route + quote_spaces(attempt), body), route + attempt)
    for attempt in attempts(server, 0):
        check_refused(client.get(f"{FILES}?path={quote_spaces(attempt)}"), attempt)


def quote_spaces(path: str) -> str:
    return path.replace("\\", "%5c").replace("#", "%23").replace("&", "%26")


def test_uploads_in_parts(client: Client, server: Server, run_id: str) -> None:
    for attempt in attempts(server, 0):
        for step in ("create", "complete", "abort"):
            body = {
                "path": "canary",
                "num_parts": 1,
                "upload_id": "0" * 48,
                "parts": [{"part_number": 1, "etag": "x"}],
            }
            check_refused(client.post(f"{PARTS}/{step}/{attempt}", body), f"{step} {attempt}")
    for name in ("..", "x/..", "C:\\x\\..", "/", "%2e%2e", "..%2fcanary", "a\0b", ""):
        answer = client.post(f"{PARTS}/create/0/{run_id}/artifacts", {"path": name, "num_parts": 1})
        check_refused(answer, name)


@pytest.mark.parametrize(
    "upload_id",
    ["..", "%2e%2e", "..%2f..%2fuploads", "0" * 48, "x", "0" * 47 + "%0a", "%2e%2e%2f" * 5 + "canary"],
)
def test_upload_ids_are_no_paths(client: Client, upload_id: str) -> None:
    for number in ("1", "0", "-1", "1e3", "99999999", "..", "%2e%2e"):
        answer = client.request("PUT", f"{PARTS}/parts/{upload_id}/{number}", b"x")
        check_refused(answer, upload_id)


def test_an_upload_can_not_be_turned_to_another_run(client: Client, server: Server, run_id: str) -> None:
    other = client.run()
    created = client.post(
        f"{PARTS}/create/0/{run_id}/artifacts", {"path": "/tmp/m.bin", "num_parts": 1}
    ).json()
    part = client.request("PUT", created["credentials"][0]["url"].removeprefix(client.address), b"mine")
    ended = {
        "path": "m.bin",
        "upload_id": created["upload_id"],
        "parts": [{"part_number": 1, "etag": part.headers["etag"]}],
    }
    for folder in (f"0/{other}/artifacts", "0", f"0/{run_id}/artifacts/sub"):
        for step in ("complete", "abort"):
            check_refused(client.post(f"{PARTS}/{step}/{folder}", ended), folder)
        assert "m.bin" not in client.names(folder)
    check_refused(client.post(f"{PARTS}/complete/0/{run_id}/artifacts", {**ended, "path": "n.bin"}), "name")
    assert client.post(f"{PARTS}/complete/0/{run_id}/artifacts", ended).status == 200
    assert client.file(f"0/{run_id}/artifacts/m.bin").body == b"mine"


def test_links_in_the_store_lead_nowhere(client: Client, server: Server) -> None:
    run_id = client.run()
    folder = f"0/{run_id}/artifacts"
    client.put(f"{folder}/real/x", b"1")
    base = server.folder.parent
    path = server.folder / "artifacts" / folder
    (path / "out").symlink_to(base)
    (path / "file").symlink_to(base / "canary")
    (path / "database").symlink_to(server.folder / "runyard.db")
    assert client.names(folder) == ["real"]
    assert client.names(f"{folder}/out") == []
    for name in ("out/canary", "file", "database"):
        check_refused(client.file(f"{folder}/{name}"), name)
        check_refused(client.query("/get-artifact", run_id=run_id, path=name), name)
    for name in ("out/canary", "out/new"):
        check_refused(client.put(f"{folder}/{name}", b"overwritten"), name)
        check_refused(client.delete(f"{folder}/{name}"), name)
        created = client.post(f"{PARTS}/create/{folder}/out", {"path": name.split("/")[1], "num_parts": 1})
        upload = created.json()
        part = client.request(
            "PUT", upload["credentials"][0]["url"].removeprefix(client.address), b"overwritten"
        )
        ended = {
            "path": name.split("/")[1],
            "upload_id": upload["upload_id"],
            "parts": [{"part_number": 1, "etag": part.headers["etag"]}],
        }
        check_refused(client.post(f"{PARTS}/complete/{folder}/out", ended), name)
    # A write to the link's own name replaces the link, and deleting the folder does not follow any.
    assert client.put(f"{folder}/file", b"mine").status == 200
    assert client.delete(folder).status == 200


@pytest.mark.parametrize(
    "location",
    [
        "{base}",
        "file://{base}",
        "file:{base}",
        "file://localhost{base}",
        "/{base}",
        "file:///{base}",
        "file://{base}?x=1",
        "file://{base}#x",
        "file://{base};x",
        "file://{base}%3f",
        "mlflow-artifacts:/../..",
        "mlflow-artifacts:/0/../../..",
        "mlflow-artifacts:/%2e%2e/%2e%2e",
        "mlflow-artifacts://{base}",
        "mlflow-artifacts:///{base}",
        "mlflow-artifacts:{base}",
        "mlflow-artifacts:/x?../..",
        "http:{base}",
        "..",
        "../..",
    ],
)
def test_locations_that_name_the_servers_files(client: Client, server: Server, location: str) -> None:
    location = location.format(base=server.folder.parent)
    for name in (f"a {location}", f"b {location}"):
        created = client.post(
            "/api/2.0/mlflow/experiments/create",
            {
                "name": name,
                "artifact_location": location,
                "tags": [{"key": "mlflow.prompt.is_prompt", "value": "true"}],
            },
        )
        if created.status != 200:
            check_refused(created, location)
            continue
        run_id = client.run(created.json()["experiment_id"])
        for path in ("canary", "../canary", "workspace/runyard.db"):
            check_refused_or_empty(client.query(LISTING, run_id=run_id, path=path))
            check_refused(client.query("/get-artifact", run_id=run_id, path=path), location)
        listed = client.query(LISTING, run_id=run_id)
        check_refused_or_empty(listed)


def check_refused_or_empty(answer: Answer) -> None:
    assert answer.status < 500
    assert b"canary" not in answer.body or answer.status >= 400
    assert "files" not in answer.json()


def test_sources_that_name_the_servers_files(client: Client, server: Server, run_id: str) -> None:
    base = server.folder.parent
    client.post("/api/2.0/mlflow/registered-models/create", {"name": "m"})
    sources = [
        str(base),
        f"file://{base}",
        f"//{base}",
        f"file://{base}?x",
        "mlflow-artifacts:/../..",
        "runs:/../..",
    ]
    sources += [f"runs:/{run_id}/../../../..", f"mlflow-artifacts:/0/{run_id}/%2e%2e/%2e%2e/%2e%2e/%2e%2e"]
    for number, source in enumerate(sources, 1):
        for given in ({}, {"run_id": run_id}):
            answer = client.post(
                "/api/2.0/mlflow/model-versions/create", {"name": "m", "source": source, **given}
            )
            if answer.status == 200:
                version = answer.json()["model_version"]["version"]
                for path in ("canary", "../canary"):
                    got = client.query("/model-versions/get-artifact", name="m", version=version, path=path)
                    check_refused(got, source)
            else:
                check_refused(answer, f"{number} {source}")


def test_files_of_a_registered_version(client: Client, run_id: str) -> None:
    client.put(f"0/{run_id}/artifacts/model/MLmodel", b"flavors: {}")
    client.post("/api/2.0/mlflow/registered-models/create", {"name": "good"})
    for source in (f"runs:/{run_id}/model", f"mlflow-artifacts:/0/{run_id}/artifacts/model"):
        created = client.post(
            "/api/2.0/mlflow/model-versions/create", {"name": "good", "source": source, "run_id": run_id}
        )
        version = str(created.json()["model_version"]["version"])
        for path in ("MLmodel",):
            got = client.query("/model-versions/get-artifact", name="good", version=version, path=path)
            assert (got.status, got.body) == (200, b"flavors: {}")
        check_refused(
            client.query("/model-versions/get-artifact", name="good", version=version, path="../../x"), source
        )
    for name, version, status in (("good", "99", 404), ("absent", "1", 404), ("good", "x", 400)):
        got = client.query("/model-versions/get-artifact", name=name, version=version, path="MLmodel")
        assert got.status == status
