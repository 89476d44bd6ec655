"""Reads job files, and says all that is wrong with them: docs/reference/job-files.md."""

from runyard.jobs.spec.loader import Loaded, load_job, load_job_text
from runyard.jobs.spec.problems import JobFileError, Problem

__all__ = ["JobFileError", "Loaded", "Problem", "load_job", "load_job_text"]
