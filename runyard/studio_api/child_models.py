"""What the studio's API answers about the children of a run."""

from __future__ import annotations

from pydantic import Field

from runyard.studio_api.models import Model, RunRow


class ChildPage(Model):
    runs: list[RunRow] = Field(description="active children, the newest first")
    metrics: list[str] = Field(description="names of metrics that most of the newest children have")
    params: list[str] = Field(description="names of parameters in which the newest children differ")
    total: int
    next_page_token: str | None
