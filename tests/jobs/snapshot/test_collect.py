"""What a job takes of its code folder."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from runyard.errors import InvalidParameter
from runyard.jobs.snapshot import Entry, FileChanged, TooMuchCode, collect, decode, encode
from runyard.jobs.snapshot import reading as reading_module
from tests.jobs.snapshot.folders import paths, write


@pytest.fixture
def code(tmp_path: Path) -> Path:
    return tmp_path / "code"


def test_files_with_their_digests(code: Path) -> None:
    write(code, {"train.py": "print(1)\n", "lib/b.py": "", "lib/a b/é.py": "x"})
    (code / "train.py").chmod(0o755)
    snapshot = collect(code)
    assert snapshot.entries == [
        Entry("lib/a b/é.py", 1, hashlib.sha256(b"x").hexdigest()),
        Entry("lib/b.py", 0, hashlib.sha256(b"").hexdigest()),
        Entry("train.py", 9, hashlib.sha256(b"print(1)\n").hexdigest(), executable=True),
    ]
    assert snapshot.size == 10
    assert snapshot.digest == hashlib.sha256(encode(snapshot)).hexdigest()
    assert decode(encode(snapshot)) == snapshot


def test_the_digest_is_that_of_the_content_alone(code: Path, tmp_path: Path) -> None:
    files = {"a.py": "1", "b/c.py": "2"}
    first = collect(write(code, files))
    os.utime(code / "a.py", (1, 1))
    assert collect(write(tmp_path / "other", dict(reversed(files.items())))) == first == collect(code)
    (code / "a.py").write_text("3")
    assert collect(code).digest != first.digest


def test_the_canonical_form_stays(code: Path) -> None:
    snapshot = collect(write(code, {"é.py": "1"}))
    assert (
        encode(snapshot)
        == (
            '[{"executable":false,"path":"é.py","sha256":'
            '"6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b","size":1}]'
        ).encode()
    )
    assert snapshot.digest == "6e9d8c861467ade5fdc149035fc7207277fcb420eb5a4477d5903f33b7f9ae25"


def test_one_file(code: Path) -> None:
    write(code, {"train.py": "1", "other.py": "2", ".amlignore": "*"})
    assert paths(collect(code / "train.py")) == ["train.py"]


def test_an_empty_folder(code: Path) -> None:
    code.mkdir()
    assert collect(code).entries == []


def test_what_is_not_there(code: Path) -> None:
    with pytest.raises(InvalidParameter, match="'code' must be a folder or a file: there is no"):
        collect(code)
    with pytest.raises(InvalidParameter, match="is neither"):
        collect(Path("/dev/null"))


def test_what_is_always_left_out(code: Path) -> None:
    write(
        code,
        {
            "train.py": "",
            ".git/HEAD": "",
            "lib/.git": "gitdir: elsewhere",
            "lib/__pycache__/a.pyc": "",
            ".runyard/runyard.db": "",
            "tracking/runyard.db": "",
            "tracking/artifacts/model.bin": "",
            ".amlignore": "!.git\n!__pycache__\n!tracking\n",
        },
    )
    assert paths(collect(code)) == [".amlignore", "train.py"]


def test_a_workspace_is_no_code(code: Path) -> None:
    with pytest.raises(InvalidParameter, match="is a workspace or holds no code"):
        collect(write(code, {"runyard.db": ""}))


def test_rules_of_the_root(code: Path) -> None:
    write(code, {"a.log": "", "data/x": "", "lib/a.log": "", "lib/.gitignore": "b.py", "lib/b.py": ""})
    write(code, {".gitignore": "*.log\n/data/\n"})
    assert paths(collect(code)) == [".gitignore", "lib/.gitignore", "lib/b.py"]
    # It wins, and nothing of the other one counts.
    write(code, {".amlignore": "*.py\n"})
    assert "data/x" in paths(collect(code))
    assert "lib/b.py" not in paths(collect(code))


def test_rules_that_can_not_be_read(code: Path) -> None:
    write(code, {"a.py": ""})
    (code / ".amlignore").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidParameter, match=r"\.amlignore' can't be read as gitignore patterns"):
        collect(code)


def test_links_inside_are_followed(code: Path) -> None:
    write(code, {"lib/a.py": "1", "lib/run.sh": "2"})
    (code / "lib/run.sh").chmod(0o755)
    (code / "train.py").symlink_to("lib/a.py")
    (code / "run.sh").symlink_to(code / "lib/run.sh")
    (code / "library").symlink_to("lib", target_is_directory=True)
    snapshot = collect(code)
    assert paths(snapshot) == [
        "lib/a.py",
        "lib/run.sh",
        "library/a.py",
        "library/run.sh",
        "run.sh",
        "train.py",
    ]
    assert [entry.executable for entry in snapshot.entries] == [False, True, False, True, True, False]
    assert snapshot.entries[-1].sha256 == snapshot.entries[0].sha256


@pytest.mark.parametrize("target", ["../secret", "/etc/passwd", "lib/../../secret", "/"])
def test_links_that_lead_out_are_refused(code: Path, target: str) -> None:
    write(code, {"lib/a.py": "", "../secret": "s"})
    (code / "link").symlink_to(target)
    with pytest.raises(InvalidParameter, match="The symbolic link 'link' leads out of the code folder"):
        collect(code)
    (code / ".amlignore").write_text("/link\n")
    assert paths(collect(code)) == [".amlignore", "lib/a.py"]


def test_a_link_over_a_link_leads_out(code: Path, tmp_path: Path) -> None:
    write(code, {"a.py": ""})
    write(tmp_path / "other", {"secret": ""})
    (code / "hidden").symlink_to(tmp_path / "other")
    (code / "link").symlink_to("hidden/secret")
    (code / ".gitignore").write_text("hidden")
    with pytest.raises(InvalidParameter, match="'link' leads out"):
        collect(code)


def test_a_link_to_nowhere_is_refused(code: Path) -> None:
    write(code, {"a.py": ""})
    (code / "lib").symlink_to("nothing")
    with pytest.raises(InvalidParameter, match="'lib' leads nowhere"):
        collect(code)


@pytest.mark.parametrize(
    ("link", "target"), [("lib/up", ".."), ("lib/self", "self"), ("lib/more/up", "../../lib")]
)
def test_links_in_a_circle_are_refused(code: Path, link: str, target: str) -> None:
    write(code, {"lib/more/a.py": ""})
    (code / link).symlink_to(target)
    with pytest.raises(InvalidParameter, match="The symbolic link"):
        collect(code)


def test_a_circle_of_two_links_is_refused(code: Path) -> None:
    write(code, {"a/x": "", "b/y": ""})
    (code / "a/b").symlink_to("../b")
    (code / "b/a").symlink_to("../a")
    with pytest.raises(InvalidParameter, match="leads to a folder that it lies in"):
        collect(code)


def test_a_link_to_what_is_left_out_is_left_out(code: Path) -> None:
    write(code, {"a.py": "", ".git/config": "", ".runyard/runyard.db": "", ".runyard/artifacts/x": ""})
    (code / "config").symlink_to(".git/config")
    (code / "artifacts").symlink_to(".runyard/artifacts")
    assert paths(collect(code)) == ["a.py"]


def test_the_folder_itself_may_be_a_link(code: Path, tmp_path: Path) -> None:
    write(code, {"a.py": "1"})
    (tmp_path / "link").symlink_to(code)
    assert collect(tmp_path / "link") == collect(code)


def test_pipes_and_sockets_are_refused(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(code, {"a.py": ""})
    os.mkfifo(code / "pipe")
    with pytest.raises(InvalidParameter, match="'pipe', which is no regular file"):
        collect(code)
    (code / "pipe").unlink()
    # The path of a socket must be short.
    monkeypatch.chdir(code)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        with pytest.raises(InvalidParameter, match="'socket', which is no regular file"):
            collect(code)
        write(code, {".amlignore": "socket"})
        assert paths(collect(code)) == [".amlignore", "a.py"]


def test_a_name_that_is_no_text_is_refused(code: Path) -> None:
    code.mkdir()
    (Path(os.fsdecode(os.fsencode(code) + b"/\xff.py"))).touch()
    with pytest.raises(InvalidParameter, match="not valid UTF-8"):
        collect(code)


def test_too_many_files(code: Path) -> None:
    write(code, {f"data/{number}.txt": "x" * 2048 for number in range(8)} | {"train.py": "", "lib/a.py": ""})
    assert len(collect(code, most_files=10).entries) == 10
    with pytest.raises(TooMuchCode) as failure:
        collect(code, most_files=9)
    message = str(failure.value)
    assert (
        f"The code '{code}' has 10 files of 16.0 KiB, and at most 9 files of 300.0 MiB are taken." in message
    )
    assert "are 'data/' (16.0 KiB in 8 files), 'lib/a.py' (0 bytes), 'train.py' (0 bytes)." in message
    assert f"'{code}/.amlignore', one a line, such as 'data/'" in message
    write(code, {".amlignore": "data/"})
    assert len(collect(code, most_files=9).entries) == 3


def test_too_many_bytes(code: Path) -> None:
    write(code, {"model.bin": "x" * 3000, "train.py": "x"})
    with pytest.raises(
        TooMuchCode, match=r"has 2 files of 2\.9 KiB.*The largest are 'model\.bin' \(2\.9 KiB\)"
    ):
        collect(code, most_bytes=3000)
    assert len(collect(code, most_bytes=3001).entries) == 2
    with pytest.raises(TooMuchCode, match=r"model\.bin' has 2\.9 KiB, and at most 2\.0 KiB are taken"):
        collect(code / "model.bin", most_bytes=2048)


def test_the_entry_that_fills_a_folder_is_named(code: Path) -> None:
    write(code, {"src/lib/a.py": "1", "src/lib/models/large.bin": "x" * 5000, "src/b.py": "1", "c.py": "1"})
    with pytest.raises(
        TooMuchCode, match=r"The largest are 'src/lib/models/large\.bin' \(4\.9 KiB\), 'c\.py'"
    ):
        collect(code, most_bytes=4096)


def test_folders_in_folders_end(code: Path) -> None:
    write(code, {"/".join(["n"] * 100 + ["a.py"]): ""})
    assert len(collect(code).entries) == 1
    write(code, {"/".join(["n"] * 101 + ["a.py"]): ""})
    with pytest.raises(InvalidParameter, match="more than 100 deep"):
        collect(code)


def test_counting_ends(code: Path) -> None:
    write(code, {f"data/{number}": "" for number in range(120)})
    with pytest.raises(TooMuchCode, match="has at least 101 files"):
        collect(code, most_files=2)


def test_a_file_that_changes_while_it_is_read(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(code, {"log.txt": "one"}) / "log.txt"
    monkeypatch.setattr(reading_module, "_PIECE", 1)
    real, reads = os.read, []

    def read(descriptor: int, length: int) -> bytes:
        reads.append(length)
        if len(reads) == 2:
            with file.open("a") as appending:
                appending.write(" two")
        return real(descriptor, length)

    monkeypatch.setattr(os, "read", read)
    with pytest.raises(FileChanged, match=r"'log\.txt' of the code changed while it was read"):
        collect(code)


def test_a_file_that_is_overwritten_in_place(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same length, and with its old time set again: the time of the change itself tells."""
    file = write(code, {"a.txt": "one"}) / "a.txt"
    before = file.stat()
    real, reads = os.read, []

    def read(descriptor: int, length: int) -> bytes:
        data = real(descriptor, length)
        reads.append(length)
        while len(reads) == 1 and file.stat().st_ctime_ns == before.st_ctime_ns:
            file.write_text("two")
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        return data

    monkeypatch.setattr(os, "read", read)
    with pytest.raises(FileChanged):
        collect(code)


def test_reading_holds_no_file_in_memory(code: Path) -> None:
    """Pieces of at most one MiB are asked for, however large the file is."""
    write(code, {"large": ""})
    os.truncate(code / "large", 8 << 20)
    lengths: list[int] = []

    def watch(frame: FrameType, event: str, called: Any) -> None:
        if event == "c_return" and called is os.read:
            lengths.append(len(frame.f_locals.get("data") or b""))

    sys.setprofile(watch)
    try:
        snapshot = collect(code)
    finally:
        sys.setprofile(None)
    assert snapshot.size == 8 << 20
    assert len(lengths) == 9 and max(lengths) <= 1 << 20
