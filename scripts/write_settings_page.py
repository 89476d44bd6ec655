"""Write the table of docs/reference/settings.md from the table in runyard/settings.py."""

from __future__ import annotations

from pathlib import Path

from runyard.settings import SETTINGS

TARGET = Path(__file__).resolve().parent.parent / "docs/reference/settings.md"
HEADER = """# Settings

Every setting is an option of `runyard server` (`--durability relaxed`) and a variable (`RUNYARD_DURABILITY=relaxed`).
The option wins. A value that breaks a rule ends the start with a message that names the setting and the rule.

| setting | default | meaning |
|---|---|---|
"""


def main() -> None:
    """Write the page."""
    rows = []
    for setting in SETTINGS:
        meaning = setting.help[0].upper() + setting.help[1:]
        if setting.choices:
            meaning += f" (one of {', '.join(setting.choices)})"
        rows.append(f"| `{setting.name}` | `{setting.default}` | {meaning} |\n")
    TARGET.write_text(HEADER + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
