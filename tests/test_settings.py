"""Settings: precedence, checks, and that the documentation lists every one."""

from __future__ import annotations

from pathlib import Path

import pytest

from runyard.errors import InvalidParameter
from runyard.settings import SETTINGS, Settings, load_settings

DOCS = Path(__file__).resolve().parent.parent / "docs" / "reference" / "settings.md"


def test_defaults_of_the_table_and_of_the_struct_are_equal() -> None:
    assert load_settings({}, {}) == Settings()


def test_command_line_beats_environment_beats_default() -> None:
    environment = {"RUNYARD_PORT": "6000", "RUNYARD_DURABILITY": "relaxed"}
    settings = load_settings({"port": "7000", "durability": None}, environment)
    assert (settings.port, settings.durability, settings.host) == (7000, "relaxed", "127.0.0.1")


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("port", "many", "must be of type int"),
        ("durability", "some", "must be one of full, relaxed"),
        ("workers", "0", "must be at least 1"),
        ("compact_idle_seconds", "-1", "must be at least 0"),
    ],
)
def test_a_bad_value_names_the_setting_and_the_rule(name: str, value: str, rule: str) -> None:
    with pytest.raises(InvalidParameter, match=f"'{name}' {rule}"):
        load_settings({name: value}, {})


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(InvalidParameter, match="colour"):
        load_settings({"colour": "blue"}, {})


def test_settings_are_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"| `{setting.name}` | `{setting.default}` |" in text, setting.name
