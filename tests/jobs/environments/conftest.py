"""A cache of its own for each test, and a uv that a test holds up in the middle of a build."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import shlex
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from runyard.jobs.environments.program import find_uv

# Nothing here takes longer, however busy the machine is.
PATIENCE_SECONDS = 60.0


@pytest.fixture(autouse=True)
def no_downloads_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")
    monkeypatch.setenv("UV_PYTHON_PREFERENCE", "only-system")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "environments"


@pytest.fixture
def log() -> io.BytesIO:
    return io.BytesIO()


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Return once the condition holds."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.02)


@dataclass(frozen=True)
class GatedUv:
    """The real uv behind a script that counts environments, and holds up installations until the gate opens."""

    program: Path
    folder: Path

    @property
    def builds(self) -> int:
        """How many environments were begun."""
        file = self.folder / "venvs"
        return len(file.read_text().splitlines()) if file.exists() else 0

    def wait_until_installing(self) -> None:
        wait_for((self.folder / "installing").exists, "uv installs")

    def open(self) -> None:
        (self.folder / "gate").touch()

    def wait_until_ended(self) -> None:
        wait_for((self.folder / "ended").exists, "uv has ended")


@pytest.fixture
def gated(tmp_path: Path) -> GatedUv:
    folder = tmp_path / "gated"
    folder.mkdir()
    real, quoted = shlex.quote(str(find_uv())), shlex.quote(str(folder))
    program = folder / "uv"
    program.write_text(
        f"""#!/bin/sh
cd {quoted}
if [ "$1" = venv ]; then echo begun >> venvs; fi
if [ "$1" = pip ]; then
    echo "held up"
    touch installing
    while [ ! -e gate ]; do sleep 0.05; done
    {real} "$@"
    status=$?
    touch ended
    exit $status
fi
exec {real} "$@"
"""
    )
    program.chmod(0o755)
    return GatedUv(program, folder)


def builder(cache: Path, uv: Path, *requirements: str) -> list[str]:
    """The command of a process that builds, prints its log, and at the end the folder and whether it was cached."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from runyard.jobs.environments import ensure\n"
        "cache, uv, *lines = sys.argv[1:]\n"
        "built = ensure(Path(cache), None, lines, sys.stdout.buffer, uv=Path(uv))\n"
        "print(built.folder, built.was_cached)\n"
    )
    return [sys.executable, "-c", code, str(cache), str(uv), *requirements]


def write_wheel(folder: Path, name: str, version: str, *requires: str) -> None:
    """A wheel with one module that is named as the distribution, and says its version."""
    folder.mkdir(parents=True, exist_ok=True)
    module, info = name.replace("-", "_"), f"{name.replace('-', '_')}-{version}.dist-info"
    files = {
        f"{module}.py": f"version = {version!r}\n",
        f"{info}/METADATA": "\n".join(
            ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
            + [f"Requires-Dist: {line}" for line in requires]
        )
        + "\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},sha256={_digest(text)},{len(text)}\n" for path, text in files.items())
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"{module}-{version}-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def entries(folder: Path) -> list[str]:
    """The names in a folder, sorted."""
    return sorted(os.listdir(folder))
