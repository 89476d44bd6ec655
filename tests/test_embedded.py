"""The application in the process that asks it: opened, paused for a fork, closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.embedded import Embedded
from runyard.errors import Unavailable

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Embedded]:
    made = Embedded(tmp_path / "folder")
    yield made
    made.close()


def ask(embedded: Embedded, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    method = "GET" if body is None else "POST"
    given = b"" if body is None else json.dumps(body).encode()
    answer = embedded.ask(method, f"/api/2.0/mlflow/{path}", given, JSON, 30)
    assert answer.headers["content-type"] == "application/json"
    return answer.status, json.loads(answer.body)


def create(embedded: Embedded, name: str) -> str:
    status, said = ask(embedded, "experiments/create", {"name": name})
    assert status == 200
    return str(said["experiment_id"])


def test_it_answers_as_a_server_does(embedded: Embedded) -> None:
    assert create(embedded, "é one") == "1"
    status, said = ask(embedded, "experiments/get-by-name?experiment_name=%C3%A9+one")
    assert status == 200
    assert said["experiment"]["experiment_id"] == "1"  # type: ignore[index]
    assert ask(embedded, "experiments/create", {"name": "é one"})[0] == 400
    assert ask(embedded, "no/such")[1]["error_code"] == "ENDPOINT_NOT_FOUND"


def test_after_a_pause_and_after_its_end_it_opens_again(embedded: Embedded, tmp_path: Path) -> None:
    create(embedded, "one")
    before = threading.active_count()
    embedded.pause()
    assert threading.active_count() < before
    assert list((tmp_path / "folder" / "processes").iterdir()) == []
    waiting = threading.Thread(target=create, args=(embedded, "two"))
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    embedded.resume()
    waiting.join()
    embedded.close()
    assert ask(embedded, "experiments/get?experiment_id=2")[0] == 200


def test_a_folder_that_can_not_be_opened_costs_nothing_and_may_recover(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "artifacts").touch()
    embedded = Embedded(folder)
    for _ in range(3):
        with pytest.raises(OSError):
            embedded.open()
    embedded.close()
    threads, handles = threading.active_count(), len(os.listdir("/proc/self/fd"))
    for _ in range(10):
        with pytest.raises(OSError):
            embedded.open()
    (folder / "artifacts").unlink()
    assert create(embedded, "one") == "1"
    embedded.close()
    assert (threading.active_count(), len(os.listdir("/proc/self/fd"))) == (threads, handles)


def test_what_takes_too_long_is_said(embedded: Embedded) -> None:
    embedded.open()
    with pytest.raises(Unavailable, match="no answer within"):
        embedded.ask("POST", "/api/2.0/mlflow/experiments/create", b'{"name": "late"}', JSON, 0)
    # And is done all the same.
    embedded.close()
    assert ask(embedded, "experiments/get-by-name?experiment_name=late")[0] == 200


def test_it_imports_nothing_slow(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from runyard.embedded import Embedded; "
        f"embedded = Embedded(Path({str(tmp_path / 'folder')!r})); embedded.open(); embedded.close(); "
        "print([name for name in ('fastapi', 'uvicorn', 'sqlalchemy', 'numpy') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
