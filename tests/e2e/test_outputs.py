"""Browser tests of files and logs of any size and kind."""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.e2e.pages import PAGE
from tests.e2e.studio import create_run, play, put_artifact
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

CODE = "def train(rate=0.1):  # <b>slow</b>"


def test_a_long_log_is_searched_linked_and_wrapped(server: Server) -> None:
    run = create_run(server.address, "a long job")
    lines = [f"step {number}: {'all is well ' * (number % 9)}" for number in range(1, 80_001)]
    needles = [1_000, 41_000, 60_000]
    for number, text in zip(needles, ("a NEEDLE here", "one more needle", "needle bb"), strict=True):
        lines[number - 1] = text
    lines[60_000] = "long " * 300
    lines[60_001] = "x" * 60
    lines[-1] = f"the end is line {len(lines)}"
    content = "\n".join(lines).encode()
    put_artifact(server.address, run, "user_logs/std_log.txt", content)
    given = {"address": server.address, "run": run, "lines": len(lines), "needles": needles}
    play("longLog", {**given, "size": len(content)})


def test_files_of_every_kind_are_shown(server: Server) -> None:
    run = create_run(server.address, "files")
    for path, content in _files().items():
        put_artifact(server.address, run, path, content)
    play("previews", {"address": server.address, "run": run, "code": CODE})


def _files() -> dict[str, bytes]:
    table = pa.table(
        {
            "id": pa.array(range(2**62, 2**62 + 2_500), pa.int64()),
            "name": [None if number % 2 == 0 else f"name {number}" for number in range(2_500)],
            "tags": [["x"]] * 2_500,
        }
    )
    columns = io.BytesIO()
    parquet.write_table(table, columns, compression="zstd", row_group_size=700)
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8_000)
        file.writeframes(bytes(8_000))
    html = "<table><tr><td>a table</td></tr></table><script>document.write('a script ran')</script>"
    cells = [
        {"cell_type": "markdown", "source": ["# Findings"]},
        {
            "cell_type": "code",
            "source": "print(1)",
            "outputs": [{"output_type": "display_data", "data": {"text/html": html}}],
        },
    ]
    return {
        "code/train.py": f"{CODE}\n    return rate\n".encode(),
        "config.json": json.dumps({"model": {"layers": [3, 4]}, "lr": 0.1}).encode(),
        "table.csv": b'id,name,note\n1,"a, b","two\nlines"\n2,c,\n3,d,\n',
        "table.parquet": columns.getvalue(),
        "page.html": PAGE.encode(),
        "analysis.ipynb": json.dumps({"nbformat": 4, "cells": cells}).encode(),
        "README.md": b"# Read me\n",
        "latin.json": '{"city": "Köln am Rhein"}'.encode("cp1252"),
        "broken.md": b"# Half \x81 read\n",
        "wide.ipynb": json.dumps({"nbformat": 4, "cells": []}).encode("utf-16"),
        "sound.wav": sound.getvalue(),
        "model.pkl": b"\x80\x04N.",
    }


def test_many_files_are_listed_in_parts_and_found(server: Server, tmp_path: Path) -> None:
    run = create_run(server.address, "many files")
    put_artifact(server.address, run, "system_logs/node.txt", b"started\n")
    put_artifact(server.address, run, "many/file-0000.txt", b"number 0\n")
    # As uploads leave them, in a moment instead of a minute.
    folder = tmp_path / "data" / "artifacts" / "0" / run / "artifacts" / "many"
    for number in range(1, 2_005):
        (folder / f"file-{number:04d}.txt").write_text(f"number {number}\n")
    play("manyFiles", {"address": server.address, "run": run})


def test_files_of_two_runs_are_compared(server: Server) -> None:
    runs = [create_run(server.address, name) for name in ("first", "second")]
    for number, run in enumerate(runs):
        options = "".join(f"option {each}: on\n" for each in range(1, 40))
        put_artifact(server.address, run, "conf.yaml", f"{options}lr: 0.{number + 1}\n".encode())
        put_artifact(server.address, run, "same.txt", b"as it was\n")
        put_artifact(server.address, run, "weights.bin", bytes(range(200)) * (number + 1))
    put_artifact(server.address, runs[1], "only.txt", b"x\n")
    play("compareFiles", {"address": server.address, "runs": runs})
