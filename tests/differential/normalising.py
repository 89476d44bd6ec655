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
    # MLflow's newer routes answer nothing where the older ones answer an empty object.
    empty = answer.body in ("", {})
    content_type = "" if empty else answer.content_type
    return {
        "status": answer.status,
        "content_type": content_type,
        "body": {} if empty else _value("", answer.body),
    }


def _value(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _member(key, name, child)
            for name, child in sorted(value.items())
            if not _left_out(key, name, child)
        }
    if isinstance(value, list):
        return [_value(key, child) for child in value]
    if isinstance(value, str):
        return _text(key, value)
    if isinstance(value, int) and abs(value - time.time() * 1000) < DAY:
        return "<now>"
    return value


def _left_out(parent: str, name: str, value: Any) -> bool:
    """Parts that only Runyard answers (D-17): the size of empty files, the aliases of versions in lists, no outputs."""
    lists = ("latest_versions", "model_versions")
    empty = (name == "file_size" and value == 0) or (name == "outputs" and value == {})
    return empty or (name == "aliases" and parent in lists)


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
