"""Which environments have the plugin, and what it leaves as it is."""

from __future__ import annotations

import io
import subprocess
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from runyard.jobs.environments import EnvironmentFailed, build, ensure
from runyard.jobs.environments.plugin import Plugin, mlflow_version, own_plugin, plugin_folder
from tests.jobs.environments.conftest import write_wheel


def installed(python: Path) -> set[str]:
    """The names of the distributions in an environment."""
    site = next(python.parent.parent.glob("lib/python*/site-packages"))
    return {folder.name.partition("-")[0] for folder in site.glob("*.dist-info")}


@pytest.fixture
def wheels(tmp_path: Path) -> list[str]:
    """Options by which uv takes packages from a folder alone."""
    return ["--no-index", f"--find-links {tmp_path / 'wheels'}"]


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin that is built without an index, in place of the one that stands beside Runyard."""
    write_wheel(tmp_path / "wheels", "runyard-mlflow", "9.0", "mlflow-skinny>=2.8")
    wheel = tmp_path / "wheels" / "runyard_mlflow-9.0-py3-none-any.whl"
    arguments = ("--no-index", "--find-links", str(wheel.parent), str(wheel))
    monkeypatch.setattr(build, "own_plugin", lambda: Plugin(arguments, str(wheel)))


def test_the_real_plugin_beside_the_oldest_mlflow(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, ["mlflow-skinny==2.8.0"], log)
    assert built.has_plugin
    code = (
        "from importlib.metadata import entry_points, version\n"
        "import runyard_mlflow\n"
        "stores = entry_points(group='mlflow.tracking_store', name='runyard')\n"
        "print(version('mlflow-skinny'), [store.value for store in stores])"
    )
    done = subprocess.run([built.python, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2.8.0 ['runyard_mlflow.tracking:RunyardStore']"


def test_no_mlflow_no_plugin(cache: Path, log: io.BytesIO) -> None:
    built = ensure(cache, None, ["iniconfig"], log)
    assert not built.has_plugin
    assert installed(built.python) == {"iniconfig"}


@pytest.mark.usefixtures("plugin")
def test_a_package_that_brings_mlflow_brings_the_plugin(
    cache: Path, log: io.BytesIO, tmp_path: Path, wheels: list[str]
) -> None:
    write_wheel(tmp_path / "wheels", "trainer", "1.0", "mlflow")
    # It comes whole, as those before mlflow-skinny was a part of its own.
    write_wheel(tmp_path / "wheels", "mlflow", "2.8.1")
    write_wheel(tmp_path / "wheels", "mlflow-skinny", "3.0.0")
    built = ensure(cache, None, [*wheels, "trainer"], log)
    assert installed(built.python) == {"trainer", "mlflow", "runyard_mlflow"}


@pytest.mark.usefixtures("plugin")
def test_the_plugin_alone_brings_mlflow(
    cache: Path, log: io.BytesIO, tmp_path: Path, wheels: list[str]
) -> None:
    write_wheel(tmp_path / "wheels", "mlflow-skinny", "3.0.0")
    built = ensure(cache, None, [*wheels, "runyard-mlflow>=0.0.1"], log)
    assert installed(built.python) == {"mlflow_skinny", "runyard_mlflow"}


@pytest.mark.usefixtures("plugin")
def test_an_older_mlflow_stays_without(
    cache: Path, log: io.BytesIO, tmp_path: Path, wheels: list[str]
) -> None:
    write_wheel(tmp_path / "wheels", "mlflow", "2.7.9")
    built = ensure(cache, None, [*wheels, "mlflow"], log)
    assert installed(built.python) == {"mlflow"}
    assert not built.has_plugin
    assert b"mlflow 2.7 is older than runyard-mlflow takes" in log.getvalue()


def test_without_a_plugin_beside_runyard(
    cache: Path, log: io.BytesIO, tmp_path: Path, wheels: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "own_plugin", lambda: None)
    write_wheel(tmp_path / "wheels", "mlflow", "3.0.0")
    assert not ensure(cache, None, [*wheels, "mlflow"], log).has_plugin
    assert b"runyard-mlflow is not installed beside Runyard" in log.getvalue()
    with pytest.raises(EnvironmentFailed, match="'runyard-mlflow' can't be met"):
        ensure(cache, None, [*wheels, "mlflow", "runyard-mlflow"], log)


def source_of(folder: Path, direct_url: str | None, monkeypatch: pytest.MonkeyPatch) -> Plugin | None:
    """Where the plugin is taken from, when its installation says `direct_url` (PEP 610)."""
    info = folder / "runyard_mlflow-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: runyard-mlflow\nVersion: 1.2\n")
    if direct_url is not None:
        (info / "direct_url.json").write_text(direct_url)
    monkeypatch.setattr("runyard.jobs.environments.plugin.distribution", lambda name: PathDistribution(info))
    return own_plugin()


def test_it_comes_from_the_index_in_the_version_of_the_runner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert source_of(tmp_path, None, monkeypatch) == Plugin(("runyard-mlflow==1.2",), "runyard-mlflow==1.2")


def test_it_comes_from_the_folder_that_the_runner_has_it_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = tmp_path / "my client"
    client.mkdir()
    (client / "pyproject.toml").write_text("[project]")
    said = f'{{"url": "{client.as_uri()}", "dir_info": {{"editable": true}}}}'
    found = source_of(tmp_path, said, monkeypatch)
    assert found is not None
    assert found.arguments == ("--editable", str(client))
    # Other metadata is another environment.
    (client / "pyproject.toml").write_text("[project]\n")
    changed = own_plugin()
    assert changed is not None and changed.identity != found.identity


def test_a_folder_that_is_gone_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = source_of(tmp_path, '{"url": "file:///nowhere/client", "dir_info": {}}', monkeypatch)
    assert found == Plugin(("runyard-mlflow==1.2",), "runyard-mlflow==1.2")


def test_it_is_found_without_a_python(tmp_path: Path) -> None:
    site, source = tmp_path / "site", tmp_path / "source"
    (source / "runyard_mlflow").mkdir(parents=True)
    site.mkdir()
    (site / "runyard.pth").write_text(f"import nothing\n# {source}\n")
    (source / "runyard_mlflow" / "__init__.py").touch()
    assert plugin_folder(site) is None
    (site / "runyard.pth").write_text(f"import nothing\n{source}\n")
    assert plugin_folder(site) == source / "runyard_mlflow"


def test_the_version_of_mlflow(tmp_path: Path) -> None:
    (tmp_path / "mlflow_tracing-3.1.0.dist-info").mkdir()
    assert mlflow_version(tmp_path) is None
    (tmp_path / "mlflow_skinny-2.16.0rc1.dist-info").mkdir()
    assert mlflow_version(tmp_path) == (2, 16)
