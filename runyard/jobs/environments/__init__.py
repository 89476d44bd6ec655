"""Virtual environments of jobs, built once with uv and kept by what they hold: docs/concepts/environments.md."""

from runyard.jobs.environments.build import Built, ensure
from runyard.jobs.environments.failed import EnvironmentFailed
from runyard.jobs.environments.keeping import Described, describe, prune
from runyard.jobs.environments.using import use

__all__ = ["Built", "Described", "EnvironmentFailed", "describe", "ensure", "prune", "use"]
