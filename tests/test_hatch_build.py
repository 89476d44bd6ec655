"""The studio's build hook: what makes it build anew, and what does not. A real build is `make studio`."""

from __future__ import annotations

from pathlib import Path

import pytest

import hatch_build


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "studio" / "src").mkdir(parents=True)
    (tmp_path / "studio" / "src" / "main.tsx").write_text("1")
    (tmp_path / "studio" / "package-lock.json").write_text("{}")
    (tmp_path / "runyard").mkdir()
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The npm commands that were run; they do what the real ones leave behind."""
    ran: list[tuple[str, ...]] = []

    def npm(studio: Path, *arguments: str) -> None:
        ran.append(arguments)
        if arguments[0] == "ci":
            for package in ("vite", "vitest"):
                folder = studio / "node_modules" / package
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "package.json").touch()
        else:
            (studio / "dist").mkdir()
            (studio / "dist" / "index.html").write_text((studio / "src" / "main.tsx").read_text())

    monkeypatch.setattr(hatch_build, "npm", npm)
    return ran


def test_unchanged_sources_are_not_built_again(root: Path, commands: list[tuple[str, ...]]) -> None:
    hatch_build.build(root, development=True)
    assert [command[0] for command in commands] == ["ci", "run"]
    hatch_build.build(root, development=True)
    assert len(commands) == 2


def test_changed_sources_are_built_without_installing_again(
    root: Path, commands: list[tuple[str, ...]]
) -> None:
    hatch_build.build(root, development=True)
    (root / "studio" / "src" / "main.tsx").write_text("2")
    hatch_build.build(root, development=True)
    assert [command[0] for command in commands] == ["ci", "run", "run"]
    assert (root / "runyard" / "studio_dist" / "index.html").read_text() == "2"


def test_another_lock_file_is_installed(root: Path, commands: list[tuple[str, ...]]) -> None:
    hatch_build.build(root, development=False)
    (root / "studio" / "package-lock.json").write_text("{} ")
    hatch_build.build(root, development=False)
    assert [command[0] for command in commands] == ["ci", "run", "ci", "run"]
    assert "--omit=dev" in commands[0]


def test_the_hash_follows_names_and_contents_of_sources_only(root: Path) -> None:
    studio = root / "studio"
    before = hatch_build.source_hash(studio)
    (studio / "node_modules").mkdir()
    (studio / "node_modules" / "x.js").write_text("1")
    assert hatch_build.source_hash(studio) == before
    (studio / "src" / "main.tsx").rename(studio / "src" / "other.tsx")
    renamed = hatch_build.source_hash(studio)
    (studio / "src" / "other.tsx").write_text("2")
    assert len({before, renamed, hatch_build.source_hash(studio)}) == 3
