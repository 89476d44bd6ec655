"""The plugin of mlflow that jobs log through: where it comes from, and where an environment has it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from runyard.jobs.environments.requirements import PLUGIN

_MODULE = "runyard_mlflow"


@dataclass(frozen=True)
class Plugin:
    """How uv is told to install it; `identity` is another text when what is installed would be another."""

    arguments: tuple[str, ...]
    identity: str


def own_plugin(name: str = PLUGIN) -> Plugin | None:
    """The distribution that stands beside Runyard itself, or None where there is none."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    source, editable = _local_source(found)
    if source is None:
        pinned = f"{name}=={found.version}"
        return Plugin((pinned,), pinned)
    identity = f"{name}=={found.version} {source} {_content(source)}"
    if editable:
        return Plugin(("--editable", str(source)), f"editable {identity}")
    # Or a wheel that uv built earlier of the same folder is taken.
    return Plugin(("--refresh-package", name, str(source)), identity)


def _local_source(found: Distribution) -> tuple[Path | None, bool]:
    """The folder or archive that it was installed from, if that is still there (PEP 610)."""
    said = json.loads(found.read_text("direct_url.json") or "{}")
    address = urlsplit(said.get("url", ""))
    path = Path(url2pathname(address.path))
    if address.scheme != "file" or not path.exists():
        return None, False
    return path, bool(said.get("dir_info", {}).get("editable", False))


def _content(source: Path) -> str:
    """What decides the installed metadata: the code of an editable one is read where it lies."""
    described = source / "pyproject.toml" if source.is_dir() else source
    try:
        return hashlib.sha256(described.read_bytes()).hexdigest()
    except OSError:
        return ""


def plugin_folder(site: Path) -> Path | None:
    """The package's folder, as far as it is importable from this site-packages; no Python is started."""
    for folder in [site, *_further(site)]:
        if (folder / _MODULE / "__init__.py").is_file():
            return folder / _MODULE
    return None


def _further(site: Path) -> list[Path]:
    """Folders that .pth files add to the path, as editable installations do."""
    lines = [
        line for file in sorted(site.glob("*.pth")) for line in file.read_text(errors="replace").splitlines()
    ]
    return [site / line for line in lines if line and not line.startswith(("import ", "import\t", "#"))]


def needs_setuptools(site: Path) -> bool:
    """Whether the mlflow that is installed there can't be imported for want of setuptools alone."""
    importing = site / "mlflow" / "utils" / "requirements_utils.py"
    if not importing.is_file() or (site / "setuptools").exists():
        return False
    return re.search(rb"^import pkg_resources\b", importing.read_bytes(), re.MULTILINE) is not None


def mlflow_version(site: Path) -> tuple[int, int] | None:
    """The version of mlflow, or of mlflow-skinny, that is installed there: major and minor."""
    for name in ("mlflow", "mlflow_skinny"):
        for folder in site.glob(f"{name}-*.dist-info"):
            numbers = folder.name.removesuffix(".dist-info").partition("-")[2].split(".")
            if len(numbers) > 1 and numbers[0].isdecimal() and numbers[1].isdecimal():
                return int(numbers[0]), int(numbers[1])
    return None
