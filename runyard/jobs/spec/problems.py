"""What is wrong with a job file: all of it at once, each with its place."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import NamedTuple

from runyard.errors import InvalidParameter


class Problem(NamedTuple):
    """`line` and `column` count from 1; `field` is the path of names from the file's top."""

    file: str
    line: int
    column: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field + ': ' if self.field else ''}{self.message}"


class JobFileError(InvalidParameter):
    """A job file that can't be taken; `problems` are all that were found, in the order of their lines."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = sorted(
            set(problems), key=lambda problem: (problem.file, problem.line, problem.column)
        )
        super().__init__("\n".join(map(str, self.problems)))


class Findings:
    """Collects problems, and what is worth a word: an error where the reader is strict."""

    def __init__(self, strict: bool = False) -> None:
        self._strict = strict
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def warn(self, problem: Problem) -> None:
        """Tell of something that does not mean here what it means elsewhere."""
        (self.problems if self._strict else self.warnings).append(problem)


def hint(word: str, known: Collection[str]) -> str:
    """What may have been meant."""
    close = difflib.get_close_matches(word, known, 1, 0.7)
    return f" Did you mean '{close[0]}'?" if close else ""
