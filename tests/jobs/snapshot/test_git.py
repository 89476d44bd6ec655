"""Code from repositories: real ones of this machine, fetched by the real git."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from runyard.errors import InvalidParameter
from runyard.jobs.snapshot import GitFailed, collect, from_git
from runyard.jobs.snapshot.addresses import PROTOCOLS, Address, parse, shown
from tests.jobs.snapshot.folders import git, paths, write

# Only tests fetch from this machine.
LOCAL = (*PROTOCOLS, "file")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = write(tmp_path / "repository", {"train.py": "old", "sub/a.py": "1"})
    git(folder, "init", "--quiet", "--initial-branch=main", "--template=")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "one")
    git(folder, "tag", "v1")
    write(folder, {"train.py": "new"})
    git(folder, "commit", "--quiet", "-am", "two")
    git(folder, "checkout", "--quiet", "-b", "feature/x")
    write(folder, {"more.py": ""})
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "three")
    git(folder, "checkout", "--quiet", "main")
    return folder


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "into"


@pytest.fixture
def log() -> io.BytesIO:
    return io.BytesIO()


def test_the_default_branch(repository: Path, into: Path, log: io.BytesIO) -> None:
    found = from_git(f"git+{repository.as_uri()}", None, into, log, protocols=LOCAL)
    assert found == into
    assert paths(collect(found)) == ["sub/a.py", "train.py"]
    assert (found / "train.py").read_text() == "new"
    # The commit is told, and only that one is fetched.
    assert git(repository, "rev-parse", "HEAD").encode() in log.getvalue()
    assert git(into, "rev-list", "--all", "--count", "HEAD") == "1"


@pytest.mark.parametrize("form", ["{}#v1", "git+{}@v1", "git+{}@v1#egg=name"])
def test_a_tag(repository: Path, into: Path, log: io.BytesIO, form: str) -> None:
    found = from_git(form.format(repository.as_uri()), None, into, log, protocols=LOCAL)
    assert (found / "train.py").read_text() == "old"


@pytest.mark.parametrize("form", ["{}#main:sub", "git+{}@main#subdirectory=sub", "{}#:sub"])
def test_a_folder(repository: Path, into: Path, log: io.BytesIO, form: str) -> None:
    found = from_git(form.format(repository.as_uri()), None, into, log, protocols=LOCAL)
    assert paths(collect(found)) == ["a.py"]


def test_a_branch_that_is_asked_for_beside_it(repository: Path, into: Path, log: io.BytesIO) -> None:
    found = from_git(repository.as_uri(), "feature/x", into, log, protocols=LOCAL)
    assert "more.py" in paths(collect(found))


@pytest.mark.parametrize("digits", [40, 10])
def test_a_commit(repository: Path, into: Path, log: io.BytesIO, digits: int) -> None:
    commit = git(repository, "rev-parse", "v1")[:digits]
    found = from_git(repository.as_uri(), commit, into, log, protocols=LOCAL)
    assert (found / "train.py").read_text() == "old"


def test_what_is_not_there_leaves_nothing(repository: Path, into: Path, log: io.BytesIO) -> None:
    with pytest.raises(GitFailed, match="absent"):
        from_git(repository.as_uri(), "absent", into, log, protocols=LOCAL)
    with pytest.raises(GitFailed, match="nowhere"):
        from_git("file:///nowhere", None, into, log, protocols=LOCAL)
    with pytest.raises(InvalidParameter, match="no folder 'absent'"):
        from_git(f"{repository.as_uri()}#main:absent", None, into, log, protocols=LOCAL)
    assert list(into.iterdir()) == []
    # The same folder may be tried again.
    assert from_git(repository.as_uri(), None, into, log, protocols=LOCAL) == into


def test_a_folder_with_something_in_it_is_refused(repository: Path, into: Path, log: io.BytesIO) -> None:
    write(into, {"mine": "1"})
    with pytest.raises(InvalidParameter, match="empty folder"):
        from_git(repository.as_uri(), None, into, log, protocols=LOCAL)
    assert (into / "mine").read_text() == "1"


def test_a_link_of_the_repository_leads_nowhere(repository: Path, into: Path, log: io.BytesIO) -> None:
    (repository / "out").symlink_to("/etc")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "link")
    with pytest.raises(InvalidParameter, match="no folder 'out'"):
        from_git(f"{repository.as_uri()}#main:out", None, into, log, protocols=LOCAL)


def test_settings_that_redirect_to_programs_are_not_followed(
    repository: Path, into: Path, log: io.BytesIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user's own settings may allow `ext::`; a job's address never comes to it."""
    settings = tmp_path / "settings"
    settings.write_text(
        f'[protocol "ext"]\nallow = always\n[url "ext::sh -c touch% {tmp_path}/touched "]\ninsteadOf = https://host/\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    with pytest.raises(GitFailed, match="transport 'ext' not allowed"):
        from_git("https://host/repository", None, into, log)
    assert not (tmp_path / "touched").exists()


def test_hooks_of_the_user_are_not_run(
    repository: Path, into: Path, log: io.BytesIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = write(tmp_path / "template/hooks", {"post-checkout": f"#!/bin/sh\ntouch {tmp_path}/touched\n"})
    (hook / "post-checkout").chmod(0o755)
    settings = tmp_path / "settings"
    settings.write_text(f"[init]\ntemplateDir = {tmp_path}/template\n[core]\nhooksPath = {hook}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    from_git(repository.as_uri(), None, into, log, protocols=LOCAL)
    assert not (tmp_path / "touched").exists()


def test_below_a_hook_of_git(
    repository: Path, into: Path, log: io.BytesIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository))
    from_git(repository.as_uri(), "v1", into, log, protocols=LOCAL)
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_WORK_TREE")
    assert (into / "train.py").read_text() == "old"
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "symbolic-ref", "HEAD") == "refs/heads/main"


@pytest.mark.parametrize(
    ("url", "ref", "expected"),
    [
        ("https://host/a.git", None, Address("https://host/a.git", None, None)),
        ("https://host/a.git#dev:src/job", None, Address("https://host/a.git", "dev", "src/job")),
        ("git+https://host/a@v1.0", None, Address("https://host/a", "v1.0", None)),
        ("git+ssh://git@host/a.git@feature/x", "", Address("ssh://git@host/a.git", "feature/x", None)),
        ("ssh://git@host:22/a.git", "v1", Address("ssh://git@host:22/a.git", "v1", None)),
        ("git@host:team/a.git#main:src", None, Address("git@host:team/a.git", "main", "src")),
        ("https://user:pw@host/a.git@v1", "v1", Address("https://user:pw@host/a.git", "v1", None)),
        ("git+https://host/a@v1#egg=a&subdirectory=b", None, Address("https://host/a", "v1", "b")),
    ],
)
def test_addresses(url: str, ref: str | None, expected: Address) -> None:
    assert parse(url, ref) == expected


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c touch",
        "ext::sh",
        "fd::17",
        "file:///etc",
        "/etc",
        "./repository",
        "--upload-pack=touch",
        "-oProxyCommand=touch@host:a",
        "https://-oProxyCommand=touch/a",
        "ssh://-oProxyCommand=touch/a",
        "ssh://git@-oProxyCommand=touch/a",
        "https:///a",
        "https:host",
        "https://host/a b",
        "https://host/a\n",
        "git+ext::sh",
        "ftp://host/a",
        "transport::https://host/a",
        "host:a",
        "",
    ],
)
def test_addresses_that_are_refused(url: str, into: Path, log: io.BytesIO) -> None:
    with pytest.raises(InvalidParameter, match="git address"):
        from_git(url, None, into, log)
    assert log.getvalue() == b""


@pytest.mark.parametrize(
    "ref",
    ["--upload-pack=touch", "a:b", "+main", "a..b", "a b", "a^", "a~1", "a@{1}", "a.lock", "a/", "a\n", "é"],
)
def test_references_that_are_refused(ref: str) -> None:
    with pytest.raises(InvalidParameter, match="git reference"):
        parse("https://host/a", ref)


@pytest.mark.parametrize("folder", ["../b", "/etc", "a/../b", ".git", "a//b"])
def test_folders_that_are_refused(folder: str) -> None:
    with pytest.raises(InvalidParameter, match="must be a path inside"):
        parse(f"https://host/a#main:{folder}", None)


def test_two_references() -> None:
    with pytest.raises(InvalidParameter, match="two references: 'v2' and 'v1'"):
        parse("https://host/a#v1", "v2")


def test_passwords_are_not_shown(into: Path, log: io.BytesIO) -> None:
    assert shown("https://user:secret@host/a") == "https://****@host/a"
    with pytest.raises(InvalidParameter) as failure:
        parse("ftp://user:secret@host/a", None)
    assert "secret" not in str(failure.value)
    # Nobody listens there.
    with pytest.raises(GitFailed) as failed:
        from_git("http://user:secret@127.0.0.1:9/a", None, into, log)
    assert "secret" not in str(failed.value) and b"secret" not in log.getvalue()
