"""Packages of the hosted service, and what takes their place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from runyard.jobs.spec.decisions import Decision

# What logs to the hosted service logs here with the plugin.
_REPLACED = {"azureml-mlflow": ("mlflow", "runyard-mlflow")}
# They speak to the hosted service alone.
_DROPPED = {
    "azureml-core",
    "azureml-defaults",
    "azureml-sdk",
    "azureml-dataset-runtime",
    "azureml-train",
    "azureml-telemetry",
    "azureml-pipeline",
    "azureml-inference-server-http",
    "azure-ai-ml",
}


def replaced(lines: Iterable[str]) -> tuple[list[str], list[Decision]]:
    """Requirement lines without the hosted service's own packages, and what was done to them."""
    kept: list[str] = []
    decisions = []
    for line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name = name_of(text)
        if name in _DROPPED:
            decisions.append(
                Decision("", f"'{text}' is left out: it speaks to the cloud alone.", is_guess=True)
            )
        elif name in _REPLACED:
            others = _REPLACED[name]
            kept += [other for other in others if other not in map(name_of, kept)]
            decisions.append(
                Decision(others[-1], f"{' and '.join(others)} stand for '{text}'.", is_guess=True)
            )
        else:
            kept.append(text)
    return kept, decisions


def name_of(requirement: str) -> str:
    """The name of the package that a requirement line asks for; empty for an option."""
    if requirement.startswith("-"):
        return ""
    name = re.split(r"[\s\[<>=!~;@]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()
