"""Put the `uv` executable into .tools/bin with nothing but the standard library (and pip, where it is).

`make` calls this once. pip is asked first, because it honours the machine's own package index settings;
a Debian Python without pip falls back to the wheel on PyPI, checked against the digest that PyPI states.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

UV_VERSION = "0.13.9"
TOOLS = Path(__file__).resolve().parent.parent / ".tools"


def install_executable(source: Path) -> None:
    """Move `source` to .tools/bin/uv and make it executable."""
    target = TOOLS / "bin" / "uv"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(str(source), target)
    target.chmod(0o755)


def with_pip() -> bool:
    """Install uv with pip into a folder of the project; False when there is no working pip."""
    with tempfile.TemporaryDirectory(dir=TOOLS) as folder:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--only-binary=:all:", "--target", folder, f"uv=={UV_VERSION}"]
        if subprocess.run(command, check=False).returncode != 0:
            return False
        install_executable(Path(folder) / "bin" / "uv")
    return True


def with_urllib() -> None:
    """Download the wheel for this platform from PyPI, check its SHA-256 and unpack the executable."""
    with urllib.request.urlopen(f"https://pypi.org/pypi/uv/{UV_VERSION}/json") as answer:
        files = json.load(answer)["urls"]
    machine = platform.machine()
    system = "macosx" if sys.platform == "darwin" else "manylinux"
    wheel = next(
        file for file in files if system in file["filename"] and f"{machine}.whl" in file["filename"]
    )
    with urllib.request.urlopen(wheel["url"]) as answer:
        body = answer.read()
    if hashlib.sha256(body).hexdigest() != wheel["digests"]["sha256"]:
        raise SystemExit(f"{wheel['filename']}: the digest differs from the one that PyPI states")
    with zipfile.ZipFile(io.BytesIO(body)) as archive, tempfile.TemporaryDirectory(dir=TOOLS) as folder:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        install_executable(Path(archive.extract(member, folder)))


def main() -> None:
    """Bootstrap uv unless the wanted version is there already."""
    TOOLS.mkdir(exist_ok=True)
    target = TOOLS / "bin" / "uv"
    if target.exists() and os.access(target, os.X_OK):
        said = subprocess.run([target, "--version"], capture_output=True, text=True, check=False).stdout
        if said.split()[1:2] == [UV_VERSION]:
            return
    if not with_pip():
        with_urllib()


if __name__ == "__main__":
    main()
