"""All settings in one table, and the only place that reads the environment.

A setting's value comes from, in this order: the command line, the variable `RUNYARD_<NAME>`, the default.
They are read once, checked, and passed down as one frozen `Settings`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from runyard.errors import InvalidParameter


@dataclass(frozen=True)
class Setting:
    """One row of the table: its name, default, meaning, and the values it may take."""

    name: str
    default: str | int | float
    help: str
    choices: tuple[str, ...] = ()
    minimum: float = 0

    def parse(self, text: str | int | float) -> str | int | float:
        """Turn `text` into the type of the default; raise InvalidParameter that names the rule."""
        kind = type(self.default)
        try:
            value = kind(text)
        except ValueError:
            raise InvalidParameter(
                f"Setting '{self.name}' must be of type {kind.__name__}: {text!r}"
            ) from None
        if self.choices and value not in self.choices:
            raise InvalidParameter(
                f"Setting '{self.name}' must be one of {', '.join(self.choices)}: {text!r}"
            )
        if isinstance(value, int | float) and value < self.minimum:
            raise InvalidParameter(f"Setting '{self.name}' must be at least {self.minimum:g}: {text!r}")
        return value


SETTINGS = (
    Setting("host", "127.0.0.1", "address to listen on"),
    Setting("port", 5000, "port to listen on; 0 takes a free one"),
    Setting("workers", 1, "server processes that share the port and the folder", minimum=1),
    Setting(
        "durability",
        "full",
        "full: a 200 survives a power cut; relaxed: it survives a killed process, and a power cut may take "
        "the last moments",
        choices=("full", "relaxed"),
    ),
    Setting(
        "allowed_hosts",
        "",
        "host names, separated by commas, that requests may name in their Host header beside localhost and "
        "IP addresses; * allows all",
    ),
    Setting("cors_origins", "", "origins, separated by commas, whose pages may call the API from a browser"),
    Setting(
        "max_body_bytes",
        64 * 1024 * 1024,
        "largest request body in bytes (artifacts have no limit)",
        minimum=1024,
    ),
    Setting("group_requests", 2048, "most requests committed together", minimum=1),
    Setting(
        "queue_requests", 20_000, "most requests waiting to be committed before 503 is answered", minimum=1
    ),
    Setting("reader_threads", 4, "threads that answer reads, each with a connection of its own", minimum=1),
    Setting("compact_points", 131_072, "points in a run's tail that make it be compacted at once", minimum=1),
    Setting("compact_idle_seconds", 3.0, "seconds without a new point after which a run's tail is compacted"),
    Setting("series_cache_bytes", 64 * 1024 * 1024, "bytes of decoded series kept for charts"),
    Setting("retry_window_seconds", 600, "seconds during which a repeated request is recognised as a retry"),
    Setting(
        "runner",
        "auto",
        "whether the server runs jobs on this machine: auto (where it listens on this machine alone), local or none",
        choices=("auto", "local", "none"),
    ),
    Setting("runner_cpus", 0.0, "processors that jobs may take together; 0 takes all of the machine"),
    Setting(
        "runner_memory_bytes", 0, "bytes of memory that jobs may take together; 0 takes all of the machine"
    ),
    Setting(
        "runner_grace_seconds",
        10.0,
        "seconds between SIGTERM and SIGKILL when a job is canceled or over its limit",
    ),
    Setting(
        "runner_strict",
        0,
        "1: jobs that name a cloud's environments fail, instead of getting what stands for them here",
    ),
    Setting(
        "job_silent_seconds", 30.0, "seconds without a word of its runner after which a job is NotResponding"
    ),
    Setting("job_lost_seconds", 600.0, "seconds without a word of its runner after which a job has failed"),
    Setting(
        "log_level", "warning", "least severity that is logged", choices=("debug", "info", "warning", "error")
    ),
)


@dataclass(frozen=True)
class Settings:
    """The values of every row of `SETTINGS`."""

    host: str = "127.0.0.1"
    port: int = 5000
    workers: int = 1
    durability: str = "full"
    allowed_hosts: str = ""
    cors_origins: str = ""
    max_body_bytes: int = 64 * 1024 * 1024
    group_requests: int = 2048
    queue_requests: int = 20_000
    reader_threads: int = 4
    compact_points: int = 131_072
    compact_idle_seconds: float = 3.0
    series_cache_bytes: int = 64 * 1024 * 1024
    retry_window_seconds: int = 600
    runner: str = "auto"
    runner_cpus: float = 0.0
    runner_memory_bytes: int = 0
    runner_grace_seconds: float = 10.0
    runner_strict: int = 0
    job_silent_seconds: float = 30.0
    job_lost_seconds: float = 600.0
    log_level: str = "warning"


def load_settings(
    given: Mapping[str, str | int | float | None], environment: Mapping[str, str] | None = None
) -> Settings:
    """Read every setting once; values of `given` that are None count as absent.

    Raises InvalidParameter for a value that breaks a rule or a name that is no setting.
    """
    environment = os.environ if environment is None else environment
    unknown = set(given) - {setting.name for setting in SETTINGS}
    if unknown:
        raise InvalidParameter(f"There is no setting named {', '.join(sorted(unknown))}")
    values: dict[str, str | int | float] = {}
    for setting in SETTINGS:
        text = given.get(setting.name)
        if text is None:
            text = environment.get(f"RUNYARD_{setting.name.upper()}", setting.default)
        values[setting.name] = setting.parse(text)
    return Settings(**values)  # type: ignore[arg-type]  # each row's parse gives the field's type


def given_address() -> str:
    """The server that MLflow's clients are told of; empty where they are told of none."""
    return os.environ.get("MLFLOW_TRACKING_URI", "")


def given_token() -> str:
    """The token that MLflow's clients send."""
    return os.environ.get("MLFLOW_TRACKING_TOKEN", "")


def inherited_environment() -> dict[str, str]:
    """The whole environment, for processes that are started."""
    return dict(os.environ)


assert {field.name for field in fields(Settings)} == {setting.name for setting in SETTINGS}
