"""What the studio's API answers about pictures and tables that runs log."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from runyard.studio_api.models import Model


class ImageSeries(Model):
    """The images logged under one key, in columns of equal length by step; of one step the newest."""

    key: str
    steps: list[int]
    times: list[int]
    paths: list[str] = Field(description="from the run's artifact root")
    thumbnails: list[str | None] = Field(description="paths of small variants, where there is one")


class ImageListing(Model):
    series: list[ImageSeries] = Field(description="by key")
    more: bool = Field(description="whether the run has more images than are listed")


class Figure(Model):
    """A picture that is logged as a plain file."""

    path: str = Field(description="from the run's artifact root")
    size: int
    kind: Literal["image", "html"]


class LoggedTable(Model):
    path: str = Field(description="from the run's artifact root")
    size: int | None = Field(description="bytes; null when the file is gone")


class FigureListing(Model):
    figures: list[Figure] = Field(description="those of the upper folders first")
    tables: list[LoggedTable] = Field(description="in the order of their logging")
    more: bool = Field(description="whether there are files that were not looked at, or more than are listed")
