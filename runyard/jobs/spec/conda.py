"""What of a conda file pip can install."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from runyard.jobs.spec.decisions import Decision, EnvironmentNotMapped

# Conda's names of packages that PyPI has; where the names differ, PyPI's.
_PYPI = {
    name: name
    for name in (
        "numpy scipy pandas scikit-learn matplotlib seaborn lightgbm xgboost mlflow joblib pyarrow "
        "pillow tqdm requests pyyaml click psutil jupyter notebook ipykernel ipython nltk spacy "
        "gensim statsmodels networkx sympy h5py keras tensorflow transformers datasets optuna dask "
        "numba cython pydantic fastapi flask plotly bokeh shap imbalanced-learn catboost lightning "
        "torchmetrics opencv-python boto3 s3fs fsspec adlfs azure-storage-blob azure-identity "
        "setuptools wheel"
    ).split()
} | {
    "pytorch": "torch",
    "pytorch-lightning": "pytorch-lightning",
    "torchvision": "torchvision",
    "torchaudio": "torchaudio",
    "opencv": "opencv-python",
    "py-xgboost": "xgboost",
    "matplotlib-base": "matplotlib",
    "tensorflow-gpu": "tensorflow",
}
_SPEC = re.compile(r"(?:[\w\-.]+::)?([A-Za-z0-9_.\-]+)\s*([=<>!~].*)?$")
# They make sense to conda alone, and nothing is lost without them.
_QUIET = {"pip", "cudatoolkit", "pytorch-cuda", "cpuonly"}


def pip_of(conda: Mapping[str, Any]) -> tuple[str | None, list[str], list[Decision]]:
    """The version of Python that a conda file asks for, requirement lines, and what was decided."""
    python: str | None = None
    lines: list[str] = []
    decisions: list[Decision] = []
    for entry in _list(conda, "dependencies"):
        if isinstance(entry, Mapping):
            lines += map(str, _list(entry, "pip"))
            continue
        match = _SPEC.match(str(entry).strip())
        name = match[1].lower() if match is not None else ""
        if match is not None and name == "python":
            python = _version(match[2])
        elif match is not None and name in _PYPI:
            line = _PYPI[name] + _for_pip(match[2] or "")
            lines.append(line)
            decisions.append(Decision(line, f"conda's '{entry}' is pip's '{line}'.", is_guess=True))
        elif name not in _QUIET:
            decisions.append(
                Decision("", f"conda's '{entry}' is left out: pip has none of that name.", is_guess=True)
            )
    if conda.get("channels"):
        decisions.append(Decision("", "The channels are ignored: packages come from PyPI.", is_guess=True))
    return python, lines, decisions


def _list(mapping: Mapping[str, Any], name: str) -> list[Any]:
    found = mapping.get(name)
    if found is not None and not isinstance(found, list):
        raise EnvironmentNotMapped(f"The conda file's '{name}' must be a list.")
    return found or []


def _version(text: str | None) -> str | None:
    found = re.search(r"3\.\d+", text or "")
    return found[0] if found is not None else None


def _for_pip(version: str) -> str:
    """`=1.2` is `==1.2.*` to pip, `=1.2=build` the same; the others are written alike."""
    text = version.strip()
    if re.match(r"=[^=]", text):
        number = text[1:].partition("=")[0].strip()
        return f"=={number}" if number.count(".") >= 2 or number.endswith("*") else f"=={number}.*"
    return text.replace(" ", "")
