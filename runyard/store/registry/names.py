"""The registry's rules for names, aliases, version numbers, stages and tags.

Source: MLflow 3.17, see docs/reference/registry.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from runyard.entities import KeyValue
from runyard.errors import InvalidParameter, MissingParameter
from runyard.rules import check_key, check_length, check_text
from runyard.store.registry.entities import STAGES

MAX_NAME = 256
MAX_ALIAS = 255
MAX_TAG_VALUE = 100_000
PROMPT_TAG = "mlflow.prompt.is_prompt"

_ALIAS = re.compile(r"[\w\-]+\Z")
_LIKE_A_VERSION = re.compile(r"[vV]\d+\Z")
_NUMBER = re.compile(r"-?[0-9]{1,40}\Z")
_STAGES = {stage.lower(): stage for stage in STAGES}


def check_model_name(name: str, field: str = "name") -> None:
    """Check the name of a registered model."""
    if not name.strip():
        raise MissingParameter(field)
    check_length(name, field, MAX_NAME)
    check_text(name, field)
    if "/" in name or ":" in name:
        raise InvalidParameter(
            f"Invalid value '{name}' for parameter '{field}': '/' and ':' are not allowed."
        )
    # A name becomes a path in other stores.
    if name.startswith("..") or name == ".":
        raise InvalidParameter(f"Invalid value '{name}' for parameter '{field}': it must not be a path.")


def check_alias(alias: str) -> None:
    """Check an alias that is looked up or removed."""
    if not alias:
        raise MissingParameter("alias")
    check_length(alias, "alias", MAX_ALIAS)
    check_text(alias, "alias")
    if not _ALIAS.match(alias):
        raise InvalidParameter(
            f"Invalid value '{alias}' for parameter 'alias': only letters, digits, underscores (_) and dashes (-) "
            "are allowed."
        )


def check_new_alias(alias: str) -> None:
    """Check an alias that is set: `latest`, and what looks like a version, mean something else already."""
    check_alias(alias)
    if alias.lower() == "latest" or _LIKE_A_VERSION.match(alias):
        raise InvalidParameter(
            f"Invalid value '{alias}' for parameter 'alias': 'latest' and names like 'v1' are reserved."
        )


def version_number(version: str | int) -> int:
    """The number that a version is given as; -1 for one that is larger than any."""
    text = str(version)
    if not text:
        raise MissingParameter("version")
    if not _NUMBER.match(text):
        shown = text if len(text) <= 60 else text[:60] + "…"
        raise InvalidParameter(f"Parameter 'version' must be an integer, got '{shown}'.")
    number = int(text)
    return number if number < 2**31 else -1


def canonical_stage(stage: str) -> str:
    """A stage in its own spelling, whatever the case it was given in."""
    known = _STAGES.get(stage.lower())
    if known is None:
        raise InvalidParameter(
            f"Invalid value '{stage}' for parameter 'stage': it must be one of {', '.join(STAGES)}."
        )
    return known


def check_registry_tags(tags: Iterable[KeyValue]) -> None:
    """Check tags of a registered model or a version."""
    for tag in tags:
        check_key(tag.key, "key")
        check_length(tag.value, f"tag '{tag.key}'", MAX_TAG_VALUE)
        check_text(tag.value, f"tag '{tag.key}'")


def is_prompt(tags: Iterable[KeyValue]) -> bool:
    """Whether these tags mark a prompt; of a key that is given twice, the last counts."""
    return {tag.key: tag.value for tag in tags}.get(PROMPT_TAG, "").lower() == "true"
