"""Pages that are written from the code are what the code says, and links between pages lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.write_protocol_page import TARGET, render

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(page for part in ("docs", "benchmarks", "examples") for page in (ROOT / part).rglob("*.md")),
    ]
)


def test_the_protocol_page_is_what_the_path_table_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), "run python -m scripts.write_protocol_page"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_each_picture_is_shown_and_small() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    }
    pictures = sorted((ROOT / "docs/images").iterdir())
    assert [picture.name for picture in pictures if picture not in shown] == []
    assert max(picture.stat().st_size for picture in pictures) < 160_000
    assert sum(picture.stat().st_size for picture in pictures) < 3_000_000
