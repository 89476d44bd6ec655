"""Which servers run jobs."""

from __future__ import annotations

import pytest

from runyard.jobs.runner.start import is_wanted
from runyard.settings import Settings


@pytest.mark.parametrize(
    ("runner", "host", "wanted"),
    [
        ("auto", "127.0.0.1", True),
        ("auto", "::1", True),
        ("auto", "0.0.0.0", False),
        ("auto", "10.0.0.3", False),
        ("local", "0.0.0.0", True),
        ("none", "127.0.0.1", False),
    ],
)
def test_a_server_that_others_reach_runs_none_unless_told_to(runner: str, host: str, wanted: bool) -> None:
    assert is_wanted(Settings(runner=runner, host=host)) is wanted
