"""What is told of a run's files: folders, lines, and paths of several runs."""

from __future__ import annotations

from pydantic import Field

from runyard.studio_api.models import Model


class ArtifactEntry(Model):
    path: str = Field(description="from the run's artifact root")
    is_dir: bool
    size: int | None = Field(description="bytes; null for a folder")


class ArtifactFolder(Model):
    path: str
    entries: list[ArtifactEntry] = Field(description="folders first, then files, each by name")
    more: bool = Field(description="whether the folder holds more entries than are listed")
    next_page_token: str | None = Field(description="asks for the entries that follow by name")


class ArtifactPath(Model):
    path: str = Field(description="of a file, from the artifact root")
    size: int = Field(description="bytes, in the first of the runs that have it")
    runs: list[int] = Field(description="which of the asked runs have it, by their place in the request")


class ArtifactPaths(Model):
    paths: list[ArtifactPath] = Field(description="those that most runs have first, then by name")
    more: bool = Field(description="whether there are more than are listed, or than were looked at")


class ArtifactLines(Model):
    """Where the lines of a file are. While it is not `complete`, ask again: each request counts on."""

    size: int = Field(description="bytes of the file")
    etag: str = Field(description="of the file that was counted, as /get-artifact answers it")
    complete: bool
    counted: int = Field(description="bytes that were counted")
    lines: int = Field(description="lines in what was counted")
    block_bytes: int
    before: list[int] = Field(description="newlines before each block of `block_bytes`; empty until complete")


class LinesFound(Model):
    """Lines that hold a text, in the part of the file that was searched."""

    lines: list[int] = Field(description="numbers of the first of them, from 1")
    count: int = Field(description="how many lines of this part hold it")
    searched: int = Field(description="bytes from the beginning of the file that are searched now")
    size: int = Field(description="bytes of the file")
    next_page_token: str | None = Field(description="asks for the following part; null when all is searched")
