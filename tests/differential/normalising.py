"""What may differ between two servers that say the same: ids, times, made-up names, tokens, and messages."""

import re
import time
from typing import Any

from tests.differential.calls import Answer

HEXADECIMAL = re.compile(r"[0-9a-f]{32}")
MADE_UP = re.compile(r"^[a-z]+-[a-z]+-\d+$")
DAY = 24 * 3600 * 1000
UNORDERED = {"tags": "key", "params": "key", "aliases": "alias"}
EXPERIMENT_IN_PATH = re.compile(r"(:/|artifacts/)\d+(?=/|$)")


def normal(answer: Answer) -> dict[str, Any]:
    """The parts of an answer that two servers must agree on."""
    if answer.status >= 400:
        return {"status": answer.status, "error_code": answer.error_code}
    return {"status": answer.status, "content_type": answer.content_type, "body": _value("", answer.body)}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _member(key, name, child) for name, child in sorted(value.items())}
    if isinstance(value, list):
        return [_value(key, child) for child in value]
    if isinstance(value, str):
        return _text(key, value)
    if isinstance(value, int) and abs(value - time.time() * 1000) < DAY:
        return "<now>"
    return value


def _member(parent: str, name: str, value: Any) -> Any:
    order = "key" if (parent, name) == ("data", "metrics") else UNORDERED.get(name)
    if order and isinstance(value, list) and all(isinstance(item, dict) and order in item for item in value):
        value = sorted(value, key=lambda item: str(item[order]))
    return _value(name, value)


def _text(key: str, value: str) -> str:
    if key in ("experiment_id", "experiment_ids", "next_page_token"):
        return f"<{key}>"
    if key in ("run_name", "name", "value") and MADE_UP.match(value):
        return "<made up>"
    return EXPERIMENT_IN_PATH.sub(r"\1<experiment>", HEXADECIMAL.sub("<id>", value))
