"""The deliberate differences, as docs/reference/differences.md lists them, and the general ones as conditions."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.differential.calls import Answer

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reference" / "differences.md"
HEADING = re.compile(r"^### (D-\d\d) ", re.MULTILINE)

Holds = Callable[[Answer, Answer], bool]


def listed() -> list[str]:
    """The ids of the document, in its order."""
    return HEADING.findall(DOCUMENT.read_text(encoding="utf-8"))


def _refused(answer: Answer) -> bool:
    return answer.status == 400 and answer.error_code == "INVALID_PARAMETER_VALUE"


# Differences of a kind that many calls show. A test names those that a call may show; the condition says exactly
# what MLflow answers and what Runyard does.
GENERAL: dict[str, Holds] = {
    "D-09": lambda mlflow, runyard: (
        (mlflow.status >= 500 and runyard.status < 500)
        or (mlflow.error_code == "BAD_REQUEST" and 400 <= runyard.status < 500)
    ),
    "D-10": lambda mlflow, runyard: mlflow.status == 200 and _refused(runyard),
    "D-11": lambda mlflow, runyard: (
        (mlflow.status == 200 or _refused(mlflow) or mlflow.error_code == "BAD_REQUEST")
        and runyard.status == 400
        and runyard.error_code in ("BAD_REQUEST", "INVALID_PARAMETER_VALUE")
    ),
    "D-12": lambda mlflow, runyard: (
        _refused(mlflow) and "Content-Type" in mlflow.message and runyard.status < 500
    ),
    "D-13": lambda mlflow, runyard: mlflow.status == 400 and runyard.status == 200,
    "D-14": lambda mlflow, runyard: (
        mlflow.status == 200 and (runyard.status, runyard.error_code) == (404, "RESOURCE_DOES_NOT_EXIST")
    ),
    "D-15": lambda mlflow, runyard: _refused(mlflow) and runyard.status in (200, 404),
    "D-16": lambda mlflow, runyard: (
        mlflow.status >= 400 and mlflow.error_code is None and mlflow.status == runyard.status
    ),
    "D-19": lambda mlflow, runyard: mlflow.status == 200 and _refused(runyard) and "path" in runyard.message,
    "D-21": lambda mlflow, runyard: mlflow.status == 404 and _refused(runyard),
}
