"""What a job is told when it can't have its environment."""

from __future__ import annotations

from runyard.errors import InvalidState


class EnvironmentFailed(InvalidState):
    """An environment can't be built or used; the message is what uv said last, or the rule that was broken."""
