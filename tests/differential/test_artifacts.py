"""Files of runs over HTTP: upload, listing, download, deletion, and paths that must not climb."""

import pytest

from tests.differential.both import Both

FILES = "/api/2.0/mlflow-artifacts/artifacts"
BYTES = "application/octet-stream"
# Paths that only MLflow takes, and the errors of its artifact routes.
PATHS = ("D-09", "D-14", "D-16", "D-19", "D-21")


@pytest.fixture
def stored(both: Both) -> Both:
    """Both servers with a few files of the run."""
    for path, content in (
        ("a.txt", b"a"),
        ("b/c.txt", b"text"),
        ("b/d/e.bin", bytes(range(256))),
        ("empty", b""),
    ):
        both.same("PUT", f"{FILES}/{{experiment}}/{{run}}/artifacts/{path}", raw=content, content_type=BYTES)
    return both


def test_listing_of_a_run(stored: Both) -> None:
    one = {"run_id": "{run}"}
    stored.same("GET", "artifacts/list", one)
    for path in ("b", "b/d", "a.txt", "missing", "b/", "", ".", "b/../b", "../", "/b", "b//d", "%2e%2e"):
        stored.same("GET", "artifacts/list", {**one, "path": path}, allow=PATHS)


def test_listing_of_the_store(stored: Both) -> None:
    for path in (
        "{experiment}/{run}/artifacts",
        "{experiment}/{run}/artifacts/b",
        "missing",
        "../",
        "a/../../b",
    ):
        stored.same("GET", FILES, {"path": path}, allow=PATHS)


def test_download(stored: Both) -> None:
    for path in (
        "a.txt",
        "b/c.txt",
        "empty",
        "missing.txt",
        "../../x",
        "%2e%2e/x",
        "b%2Fc.txt",
        "a.txt/",
        "b",
    ):
        stored.same("GET", f"{FILES}/{{experiment}}/{{run}}/artifacts/{path}", allow=PATHS)
    for path in ("a.txt", "b/c.txt", "missing.txt", "../a.txt", ""):
        stored.same("GET", "/get-artifact", {"run_uuid": "{run}", "path": path}, allow=PATHS)
        stored.same("GET", "/get-artifact", {"run_id": "{run}", "path": path}, allow=PATHS)
    stored.same("GET", "/get-artifact", {"run_uuid": "0" * 32, "path": "a.txt"})
    stored.same("GET", "/get-artifact", {"path": "a.txt"}, allow=PATHS)


def test_overwriting_and_deleting(stored: Both) -> None:
    place = f"{FILES}/{{experiment}}/{{run}}/artifacts"
    stored.same("PUT", f"{place}/a.txt", raw=b"longer text", content_type=BYTES)
    stored.same("GET", f"{place}/a.txt")
    stored.same("DELETE", f"{place}/a.txt")
    stored.same("GET", f"{place}/a.txt", allow=PATHS)
    stored.same("GET", "artifacts/list", {"run_id": "{run}"})
    stored.same("DELETE", f"{place}/b")
    stored.same("GET", "artifacts/list", {"run_id": "{run}"})
    stored.same("DELETE", f"{place}/missing", allow=PATHS)


def test_paths_that_climb(stored: Both) -> None:
    place = f"{FILES}/{{experiment}}/{{run}}/artifacts"
    for path in (
        "../../../up.txt",
        "%2e%2e/up.txt",
        "..%2fup.txt",
        "a/%2e%2e/up.txt",
        "%2Fup.txt",
        "a%5c..%5cup.txt",
    ):
        answers = stored.ask("PUT", f"{place}/{path}", raw=b"x", content_type=BYTES)
        assert answers[1].status in (400, 404), (path, answers[1])
    listed = stored.ask("GET", "artifacts/list", {"run_id": "{run}"})[1].body["files"]
    assert [item["path"] for item in listed] == ["a.txt", "b", "empty"]


def test_upload_by_a_page(stored: Both) -> None:
    upload = "/ajax-api/2.0/mlflow/upload-artifact"
    stored.same("POST", f"{upload}?run_uuid={{run}}&path=up/loaded.txt", raw=b"content", content_type=BYTES)
    stored.same("GET", f"{FILES}/{{experiment}}/{{run}}/artifacts/up/loaded.txt")
    stored.same("POST", f"{upload}?run_uuid={{run}}&path=../x", raw=b"content", content_type=BYTES)
    stored.same("POST", f"{upload}?path=x", raw=b"content", content_type=BYTES)
    stored.same("POST", f"{upload}?run_uuid={{run}}", raw=b"content", content_type=BYTES)
