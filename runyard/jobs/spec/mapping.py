"""What stands for a cloud's computes and environments here; each decision is a sentence for the job's log."""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from runyard.jobs.entities import Environment
from runyard.jobs.spec.conda import pip_of
from runyard.jobs.spec.decisions import Decision, EnvironmentNotMapped
from runyard.jobs.spec.dockerfile import read_dockerfile
from runyard.jobs.spec.packages import replaced

__all__ = ["Decision", "EnvironmentNotMapped", "EnvironmentPlan", "map_compute", "map_environment"]

LOCAL = "local"
CURRENT = "current"


class EnvironmentPlan(msgspec.Struct):
    """The virtual environment to make: a version of Python, None being the runner's own, and requirement lines.

    `uses_current` says that none is made: the command finds the runner's own Python.
    """

    python: str | None = None
    requirements: list[str] = []
    uses_current: bool = False
    decisions: list[Decision] = []


# By what the name of a curated environment holds: what of pip it stands for. The first that matches counts.
_PROFILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"lightgbm", ("lightgbm", "scikit-learn", "pandas", "numpy", "matplotlib", "mlflow")),
    (r"xgboost", ("xgboost", "scikit-learn", "pandas", "numpy", "matplotlib", "mlflow")),
    (r"responsible-?ai|interpret", ("scikit-learn", "pandas", "numpy", "shap", "mlflow")),
    (r"tensorflow|keras", ("tensorflow", "pandas", "numpy", "matplotlib", "mlflow")),
    (r"pytorch|acpt|torch|huggingface|transformers", ("torch", "torchvision", "pandas", "numpy", "mlflow")),
    (r"sklearn|scikit|automl|general", ("scikit-learn", "pandas", "numpy", "scipy", "matplotlib", "mlflow")),
    (r"minimal|base|python|inference|openmpi|ubuntu", ("mlflow",)),
)
_PYTHON = re.compile(r"(?:py|python)[-_]?(3)[.-]?(\d{1,2})(?![\d.]*\d{3})", re.IGNORECASE)
_IMAGE = re.compile(r"(?:.*/)?python:(\d+\.\d+)[\w.\-]*$")


def map_compute(compute: str | None, known: Collection[str] = (LOCAL,)) -> Decision:
    """The compute that a job goes to: its own where there is one of that name, else this machine's."""
    name = (compute or "").removeprefix("azureml:").partition("@")[0]
    if name in known:
        return Decision(name, f"The compute is '{name}'.")
    if name in ("", LOCAL, "serverless"):
        return Decision(LOCAL, f"The compute is '{LOCAL}', which stands for {compute or 'none'}.")
    return Decision(
        LOCAL,
        f"There is no compute '{name}' here: '{LOCAL}' stands for it. "
        f"`runyard runner --compute {name}` makes a runner that takes its jobs.",
        is_guess=True,
    )


def map_environment(environment: Environment | None) -> EnvironmentPlan:
    """The virtual environment for what a job file says; raises EnvironmentNotMapped."""
    if environment is None or environment.reference == CURRENT:
        return EnvironmentPlan(
            uses_current=True,
            decisions=[Decision(CURRENT, "The command finds the Python that the runner runs in.")],
        )
    if environment.requirements is not None:
        return _of_requirements(environment)
    if environment.dockerfile is not None:
        return _of_dockerfile(environment)
    if environment.conda is not None:
        return _of_conda(environment)
    if environment.image is not None:
        return _of_image(environment.image)
    if environment.reference is not None:
        return _of_reference(environment.reference)
    return EnvironmentPlan(
        python=environment.python,
        decisions=[Decision("", "The environment says nothing: it is empty.", is_guess=True)],
    )


def _of_requirements(environment: Environment) -> EnvironmentPlan:
    lines, decisions = replaced(environment.requirements or [])
    said = Decision("requirements", f"The environment has {len(lines)} requirements.")
    return EnvironmentPlan(environment.python, lines, decisions=[said, *decisions])


def _of_conda(environment: Environment) -> EnvironmentPlan:
    assert environment.conda is not None
    python, lines, decisions = pip_of(environment.conda)
    lines, more = replaced(lines)
    said = Decision(
        "conda", "What the conda file names is installed with pip; there is no conda here.", is_guess=True
    )
    if environment.image is not None:
        decisions.append(Decision("", f"The image '{environment.image}' below it is ignored.", is_guess=True))
    return EnvironmentPlan(python, lines, decisions=[said, *decisions, *more])


def _of_dockerfile(environment: Environment) -> EnvironmentPlan:
    found = read_dockerfile(environment.dockerfile or "", environment.files)
    base = _of_image(found.image)
    lines, more = replaced(found.requirements)
    said = Decision(
        "Dockerfile", "What the Dockerfile installs with pip is installed; no image is built.", is_guess=True
    )
    # What the file installs counts where the image has it, too.
    kept = [line for line in base.requirements if _name(line) not in {_name(each) for each in lines}]
    return EnvironmentPlan(base.python, [*kept, *lines], decisions=[said, *base.decisions, *more])


def _of_image(image: str) -> EnvironmentPlan:
    plain = _IMAGE.match(image)
    if plain is not None:
        said = Decision(plain[1], f"The image '{image}' stands for Python {plain[1]} and no packages.")
        return EnvironmentPlan(plain[1], [], decisions=[said])
    return _profile(image, f"the image '{image}'")


def _of_reference(reference: str) -> EnvironmentPlan:
    return _profile(reference, f"the environment '{reference}'")


def _profile(name: str, what: str) -> EnvironmentPlan:
    text = name.lower()
    for pattern, requirements in _PROFILES:
        if re.search(pattern, text):
            found = _PYTHON.search(text)
            version = f"{found[1]}.{found[2]}" if found is not None else None
            told = f"Python {version} and " if version else ""
            said = Decision(pattern, f"For {what}: {told}{', '.join(requirements)} from PyPI.", is_guess=True)
            return EnvironmentPlan(version, list(requirements), decisions=[said])
    raise EnvironmentNotMapped(
        f"Nothing here stands for {what}. Name requirements instead: `environment: {{requirements: [pandas]}}`, or "
        "`environment: current` for the runner's own Python."
    )


def _name(line: str) -> str:
    return re.split(r"[\s\[<>=!~;@]", line.strip(), maxsplit=1)[0].lower().replace("_", "-")
