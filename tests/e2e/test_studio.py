"""Drives the studio in a real browser against a live server; scenarios.mjs holds what is done and seen there."""

from __future__ import annotations

import base64
import socket
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.studio import START, create_run, log, play, points, post, prepare, put_artifact
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    prepare()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


@pytest.fixture(scope="module")
def many_runs(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """120 finished runs in one experiment, run-000 the newest; run-007 has the loss 7."""
    with Server(tmp_path_factory.mktemp("many") / "data") as started:
        experiment = post(started.address, "experiments/create", {"name": "digits"})["experiment_id"]
        for number in range(120):
            run = create_run(started.address, f"run-{number:03d}", experiment, START - number * 1000)
            params = [{"key": "lr", "value": f"{number / 1000:.3f}"}, {"key": "seed", "value": "7"}]
            log(started.address, run, metrics=points("loss", [1.0, float(number)]), params=params)
            post(started.address, "runs/update", {"run_id": run, "status": "FINISHED"})
        yield started


@pytest.fixture(scope="module")
def one_run(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server, and the id of its only run."""
    with Server(tmp_path_factory.mktemp("one") / "data") as started:
        yield started.address, finished_run(started.address)


def finished_run(address: str) -> str:
    run = create_run(address, "finished-run")
    params = [{"key": "batch_size", "value": "32"}, *({"key": f"param_{n}", "value": "1"} for n in range(20))]
    tags = [
        {"key": "team", "value": "vision"},
        {"key": "mlflow.note.content", "value": "A note about the run."},
    ]
    log(address, run, metrics=points("loss", [1.0, 0.5, 0.25, 0.2]), params=params, tags=tags)
    log(address, run, metrics=points("accuracy", [0.1, 0.5, 0.75, 0.8]))
    return run


def picture() -> bytes:
    """A PNG of 3 by 2 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = b"".join(b"\0" + bytes([200, 30, 30] * 3) for _ in range(2))
    header = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_an_empty_workspace_says_how_to_log_a_first_run_and_shows_it(server: Server) -> None:
    play("firstStart", {"address": server.address}, {"log": lambda: _first_run(server.address)})


def _first_run(address: str) -> None:
    log(address, create_run(address, "first-run"), metrics=points("loss", [0.5]))


def test_runs_are_listed_sorted_searched_and_filtered(many_runs: Server) -> None:
    play("list", {"address": many_runs.address})


def test_columns_and_experiments_are_chosen(many_runs: Server) -> None:
    play("columns", {"address": many_runs.address})


def test_checked_runs_are_compared(many_runs: Server) -> None:
    play("compare", {"address": many_runs.address})


def test_views_are_saved_and_shared(many_runs: Server) -> None:
    play("views", {"address": many_runs.address})


def test_the_keyboard_leads_through_the_list(many_runs: Server) -> None:
    play("keyboard", {"address": many_runs.address})


def test_name_description_and_tags_are_edited(server: Server) -> None:
    play("edit", {"address": server.address, "run": finished_run(server.address)})


def test_runs_are_deleted_and_restored(server: Server) -> None:
    for number, name in enumerate(("first", "second", "third")):
        create_run(server.address, name, start=START + number)
    play("trash", {"address": server.address})


def test_charts_grow_while_a_script_logs(server: Server) -> None:
    script = Path(__file__).with_name("log_until_told.py")
    command = [sys.executable, str(script), server.address]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as logging:
        assert logging.stdin is not None and logging.stdout is not None
        given = {"address": server.address, "run": logging.stdout.readline().strip()}
        try:
            play("live", given, {"finish": lambda: _finish(logging)})
        finally:
            logging.kill()


def _finish(logging: subprocess.Popen[str]) -> None:
    assert logging.stdin is not None
    logging.stdin.close()
    assert logging.wait(60) == 0


def test_files_are_listed_previewed_and_downloaded(server: Server, tmp_path: Path) -> None:
    run = finished_run(server.address)
    weights = bytes(range(256)) * 300
    files = {
        "notes.txt": "\n".join(f"line {n}: größe" for n in range(3000)).encode(),
        "plots/picture.png": picture(),
        "deep/er/weights.bin": weights,
    }
    for path, content in files.items():
        put_artifact(server.address, run, path, content)
    given = {"address": server.address, "run": run, "weights": base64.b64encode(weights).decode()}
    play("outputs", {**given, "all": str(tmp_path / "all.zip"), "folder": str(tmp_path / "folder.zip")})
    assert unpacked(tmp_path / "all.zip") == files
    assert unpacked(tmp_path / "folder.zip") == {"er/weights.bin": weights}


def test_logs_are_followed(server: Server) -> None:
    run = create_run(server.address, "a job")
    lines = [f"line {n}" for n in range(3000)]
    text = "\n".join([*lines, " 50%|##  |\r100%|####|", "\x1b[31mwarning\x1b[0m: hot", ""])
    put_artifact(server.address, run, "user_logs/std_log.txt", text.encode())
    big = "\n".join(f"big line {n}" for n in range(100_000)).encode()
    put_artifact(server.address, run, "big.log", big)
    written = [text]

    def write() -> None:
        written.append(f"the newest line{'' if len(written) == 1 else ' but one'}\n")
        put_artifact(server.address, run, "user_logs/std_log.txt", "".join(written).encode())

    play("logs", {"address": server.address, "run": run}, {"write": write})


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("scenario", ["links", "overview", "together", "save", "dark", "unknown"])
def test_a_finished_run(one_run: tuple[str, str], scenario: str) -> None:
    address, run = one_run
    play(scenario, {"address": address, "run": run})


def test_a_restarted_server_is_noticed_and_nothing_is_missed(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    with Server(tmp_path / "data", "--port", port) as server:
        run = finished_run(server.address)

        def start() -> None:
            server.start()
            log(
                server.address,
                run,
                metrics=[{"key": "loss", "value": 0.1, "step": 9, "timestamp": 1_700_000_009_000}],
            )

        actions = {"stop": lambda: _stop(server), "start": start}
        play("restart", {"address": server.address, "run": run}, actions)


def _stop(server: Server) -> None:
    server.stop()


def test_extremes_are_shown_as_quietly_as_anything_else(server: Server) -> None:
    many, odd = create_run(server.address, "many"), create_run(server.address, "n" * 250)
    for start in range(0, 10_000, 1000):
        metrics = [
            point for n in range(start, start + 1000) for point in points(f"metric-{n:05d}", [float(n)])
        ]
        log(server.address, many, metrics=metrics)
    log(server.address, odd, metrics=points("nothing", ["NaN", "NaN", "Infinity"]) + points("one", [1.0]))
    log(
        server.address,
        odd,
        metrics=points("m" * 250, [1.0, 2.0]),
        params=[{"key": "p" * 250, "value": "v" * 4000}],
    )
    play("extremes", {"address": server.address, "many": many, "odd": odd})
