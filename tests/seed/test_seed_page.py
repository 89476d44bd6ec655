"""Every Python snippet of the page that Runyard answers, run by unmodified clients and read back."""

from pathlib import Path

import pytest

from tests.compat.collecting import Check, checks_in
from tests.compat.conftest import Outcomes
from tests.compat.environments import ENVIRONMENTS, Environment

SCRIPTS = Path(__file__).with_name("scripts")

CASES = [
    pytest.param(environment, SCRIPTS, check, id=f"{environment.name}-{check.name.rpartition('.')[2]}")
    for environment in ENVIRONMENTS
    for check in checks_in(SCRIPTS)
    if check.holds_for(environment)
]


# The first test of an environment installs it and runs all of its checks.
@pytest.mark.compat
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("environment", "folder", "check"), CASES)
def test_snippet(outcomes: Outcomes, environment: Environment, folder: Path, check: Check) -> None:
    error = outcomes(environment, folder, check.name).error
    if error is not None:
        pytest.fail(f"with {environment.name}:\n{error}", pytrace=False)
