"""Where a new run's artifacts lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.metadata import experiments, run_data, runs
from runyard.store.store import Store


@pytest.mark.parametrize(
    ("location", "uri"),
    [
        (None, "mlflow-artifacts:/1/RUN/artifacts"),
        ("s3://bucket/folder/", "s3://bucket/folder/RUN/artifacts"),
        ("wasbs://c@a.example/x?sig=a/b", "wasbs://c@a.example/x/RUN/artifacts?sig=a/b"),
    ],
)
def test_artifacts_lie_below_the_experiments_location(tmp_path: Path, location: str | None, uri: str) -> None:
    with Store(tmp_path, Settings()) as store:
        experiment = store.write(lambda tx: experiments.create(tx, "e", location, []))
        new = runs.NewRun("RUN", experiment, "", "", None, [])
        store.write(lambda tx: runs.create(tx, new))
        assert store.read(run_data.get, "RUN").info.artifact_uri == uri
