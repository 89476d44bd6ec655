"""Imports point one way, and the server's start imports nothing slow."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What each part may import of the others.
ALLOWED = {
    "cli": {"cli", "http", "jobs", "store", "common"},
    "embedded": {"embedded", "http", "store", "common"},
    "http": {"http", "mlflow_api", "jobs_api", "studio_api", "store", "common"},
    "jobs_api": {"jobs_api", "http", "jobs", "store", "common"},
    "mlflow_api": {"mlflow_api", "http", "store", "common"},
    "studio_api": {"studio_api", "jobs_api", "jobs", "store", "common"},
    "jobs": {"jobs", "common"},
    "store": {"store", "common"},
    "common": {"common"},
}
COMMON = {"errors", "settings", "entities", "rules", "job_entities", "__init__"}
SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|FROM|WHERE|PRAGMA)\s")
RUNS_SQL = {"all", "one", "iterate", "run", "insert", "many", "connection"}


def part_of(module: str) -> str:
    """The part that a dotted name such as `runyard.store.writer` belongs to."""
    names = module.split(".")
    return "common" if len(names) == 1 or names[1] in COMMON else names[1]


def imported(path: Path) -> set[str]:
    """The parts of runyard that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "runyard":
            found.add(part_of(node.module))
        elif isinstance(node, ast.Import):
            found |= {part_of(name.name) for name in node.names if name.name.split(".")[0] == "runyard"}
    return found


def test_imports_point_one_way() -> None:
    wrong = []
    for path in sorted((ROOT / "runyard").rglob("*.py")):
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for other in imported(path) - ALLOWED[part_of(module)]:
            wrong.append(f"{module} imports {other}")
    assert wrong == []


def test_the_client_imports_nothing_of_the_server() -> None:
    files = sorted((ROOT / "client").rglob("*.py"))
    assert len(files) > 10
    # Without a server, the script's process does what one would; who submits jobs needs what reads them.
    assert [path.name for path in files if imported(path)] == ["local.py", "projects.py"]
    local = ROOT / "client/runyard_mlflow/local.py"
    assert imported(local) == {"embedded", "common"}
    # Only where it is needed: most scripts run where there is no server's package.
    for path in (local, ROOT / "client/runyard_mlflow/projects.py"):
        assert not re.search(r"^(from|import) runyard\b", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_server_needs_no_client() -> None:
    # `runyard sync` says so where it is missing.
    needing = [
        path.name
        for path in (ROOT / "runyard").rglob("*.py")
        if re.search(r"^\s*(from|import) runyard_mlflow", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert needing == ["cli.py"]


def statements(path: Path) -> list[str]:
    """Lines of a file that hold SQL, or run some on a session."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.value.strip()[:40]}")
        elif (
            isinstance(node, ast.Attribute)
            and node.attr in RUNS_SQL
            and ast.unparse(node.value).rpartition(".")[2] == "session"
        ):
            found.append(f"{path.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}")
    return found


def test_sql_stands_in_the_store() -> None:
    parts = [ROOT / "runyard" / name for name in ("studio_api", "mlflow_api", "http")]
    assert [line for part in parts for path in sorted(part.rglob("*.py")) for line in statements(path)] == []
    # What the search looks for is found where it belongs.
    assert len(statements(ROOT / "runyard/store/metadata/run_data.py")) > 10


def test_the_server_starts_without_slow_imports() -> None:
    """They take from 0.3 s (numpy) to 1 s (FastAPI) each, and a start takes less than one second."""
    slow = ["numpy", "sqlalchemy", "alembic", "fastapi", "pydantic", "pcodec", "optuna", "scipy"]
    code = (
        "import sys, runyard.http.server, runyard.cli; "
        f"print([name for name in {slow!r} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
