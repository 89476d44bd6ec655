"""What was decided for a job, as its log says it."""

from __future__ import annotations

import msgspec

from runyard.errors import RunyardError


class Decision(msgspec.Struct):
    """`value` is what was chosen; `is_guess` says that the job file meant something else, which is not here."""

    value: str
    message: str
    is_guess: bool = False


class EnvironmentNotMapped(RunyardError):
    """Nothing here stands for an environment."""

    error_code = "INVALID_PARAMETER_VALUE"
    status = 400
