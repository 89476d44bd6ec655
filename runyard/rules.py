"""MLflow's rules for names, keys and values, each with a message that names the field and the rule.

Source: the MLflow client and server 3.17 (keys, lengths), docs/reference/protocol.md.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from runyard.errors import InvalidParameter, MissingParameter

MAX_KEY = 250
MAX_PARAM_VALUE = 6000
MAX_TAG_VALUE = 8000
MAX_EXPERIMENT_TAG_VALUE = 20_000
MAX_EXPERIMENT_NAME = 500
MAX_BATCH_METRICS = 1000
MAX_BATCH_PARAMS = 100
MAX_BATCH_TAGS = 100
MAX_BATCH = 1000
MAX_STEP = 2**63 - 1
MIN_STEP = -(2**63)

_KEY = re.compile(r"[/\w.\- :]*\Z")
# Of those that clients choose; the same form as those that are chosen here.
MODEL_ID = re.compile(r"m-[0-9a-f]{32}\Z")
RUN_ID = re.compile(r"[a-zA-Z0-9][\w\-]{0,255}\Z")


@lru_cache(maxsize=20_000)
def check_key(key: str, field: str) -> None:
    """Check the name of a metric, parameter or tag; `field` is how the message calls it."""
    if not key:
        raise MissingParameter(field)
    shown = key if len(key) <= 60 else key[:60] + "…"
    if not _KEY.match(key):
        raise InvalidParameter(
            f"Invalid value '{shown}' for parameter '{field}': names may contain only letters, digits, "
            "underscores (_), dashes (-), periods (.), spaces ( ), colons (:) and slashes (/)."
        )
    if len(key) > MAX_KEY:
        raise InvalidParameter(
            f"Invalid value '{shown}' for parameter '{field}': it has {len(key)} characters, and at most "
            f"{MAX_KEY} are allowed."
        )
    # A name becomes a path in other stores, so it must be one that no normalisation would change.
    if posixpath.normpath(key) != key or key == "." or key.startswith(("..", "/")):
        raise InvalidParameter(
            f"Invalid value '{shown}' for parameter '{field}': it must be a normalised relative path such as "
            f"'{_normal(key)}'."
        )


def _normal(key: str) -> str:
    return posixpath.normpath("/" + key).lstrip("/") or "name"


def check_length(value: str, field: str, limit: int) -> None:
    """Check that `value` has at most `limit` characters."""
    if len(value) > limit:
        raise InvalidParameter(
            f"Invalid value for parameter '{field}': it has {len(value)} characters, and at most {limit} are "
            "allowed."
        )


def check_text(value: str, field: str) -> None:
    """Refuse what no database text can hold: NUL characters and lone surrogates."""
    if "\0" in value:
        raise InvalidParameter(f"Invalid value for parameter '{field}': it contains a NUL character.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidParameter(f"Invalid value for parameter '{field}': it is not valid Unicode.") from None


def kept_tag(key: str, value: str, field: str = "key") -> str:
    """Check a tag of a run and return the value to keep: as MLflow's server does, a longer one is cut off."""
    check_key(key, field)
    check_text(value, f"tag '{key}'")
    return value[:MAX_TAG_VALUE]


def kept_param(key: str, value: str, field: str = "key") -> str:
    """Check a parameter of a run and return the value to keep: as MLflow's server does, a longer one is cut off."""
    check_key(key, field)
    check_text(value, f"param '{key}'")
    return value[:MAX_PARAM_VALUE]


def check_experiment_tag(key: str, value: str) -> None:
    """Check a tag of an experiment."""
    check_key(key, "key")
    check_length(value, f"tag '{key}'", MAX_EXPERIMENT_TAG_VALUE)
    check_text(value, f"tag '{key}'")


def check_experiment_name(name: str | None) -> str:
    """Check an experiment's name and return it."""
    if name is None or not name.strip():
        raise MissingParameter("name")
    check_length(name, "name", MAX_EXPERIMENT_NAME)
    check_text(name, "name")
    return name
