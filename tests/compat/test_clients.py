"""mlflow clients of several versions against Runyard: every check of `scripts/` in every environment.

What logs runs once more with the plugin `runyard-mlflow` between client and server, which must show in nothing.
"""

from pathlib import Path

import pytest

from tests.compat.collecting import SCRIPTS, Check, checks_in
from tests.compat.conftest import Outcomes
from tests.compat.environments import ENVIRONMENTS, WITH_PLUGIN, Environment

# They log nothing that the others do not, and take most of the time.
STOCK_ONLY = ("checks_autolog.", "checks_experiments.", "checks_models.", "checks_search.")

CASES = [
    pytest.param(environment, SCRIPTS, check, id=f"{environment.title}-{check.name.removeprefix('checks_')}")
    for environment in (*ENVIRONMENTS, *WITH_PLUGIN)
    for check in checks_in(SCRIPTS)
    if check.holds_for(environment) and not (environment.plugin and check.name.startswith(STOCK_ONLY))
]


# The first test of an environment installs it and runs all of its checks.
@pytest.mark.compat
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("environment", "folder", "check"), CASES)
def test_client(outcomes: Outcomes, environment: Environment, folder: Path, check: Check) -> None:
    error = outcomes(environment, folder, check.name).error
    if error is not None:
        pytest.fail(f"with {environment.title}:\n{error}", pytrace=False)
