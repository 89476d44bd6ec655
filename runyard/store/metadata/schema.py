"""The tables, declared once with SQLAlchemy Core.

Only migrations, `schema.sql` and the tests that hold them together import this module: SQLAlchemy takes longer
to import than the server may take to start (see docs/decisions/0002-plain-sql.md). Columns hold integers, text,
floats and bytes only, so that a row means the same in SQLite and PostgreSQL.

Times are milliseconds since 1970 UTC. `run.id` is an internal number; `run.run_id` is what clients see.
A NaN is stored as NULL with `*_nan` set, because SQLite has no NaN.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

# SQLite makes a column its row id only when the type is spelt INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")
Real = Float(53)


def _run(name: str = "run_id") -> Column[int]:
    return Column(name, Id, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)


def _experiment() -> Column[int]:
    return Column("experiment_id", Id, ForeignKey("experiment.id", ondelete="CASCADE"), nullable=False)


experiment = Table(
    "experiment",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("workspace", Text, nullable=False, server_default="default"),
    Column("name", Text, nullable=False),
    Column("artifact_location", Text, nullable=False),
    Column("lifecycle_stage", Text, nullable=False, server_default="active"),
    Column("creation_time", BigInteger, nullable=False),
    Column("last_update_time", BigInteger, nullable=False),
    UniqueConstraint("workspace", "name"),
    # A number is never given twice: an old link must not open another experiment.
    sqlite_autoincrement=True,
)

experiment_tag = Table(
    "experiment_tag",
    metadata,
    Column("experiment_id", Id, ForeignKey("experiment.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

run = Table(
    "run",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("run_id", Text, nullable=False, unique=True),
    _experiment(),
    Column("name", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("start_time", BigInteger),
    Column("end_time", BigInteger),
    # active; deleted, that is in the trash; or purged: nobody finds it, and its rows go (purge/rows.py).
    Column("lifecycle_stage", Text, nullable=False, server_default="active"),
    Column("deleted_time", BigInteger),
    Column("artifact_uri", Text, nullable=False),
    sqlite_autoincrement=True,
)
Index("run_by_start", run.c.experiment_id, run.c.lifecycle_stage, run.c.start_time, run.c.run_id)
Index("run_by_start_everywhere", run.c.lifecycle_stage, run.c.start_time, run.c.run_id)

param = Table(
    "param",
    metadata,
    _run(),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
# Values reach 6,000 characters; 64 of them select well and keep the index small (and legal in PostgreSQL).
Index("param_by_value", param.c.key, text("substr(value, 1, 64)"))

run_tag = Table(
    "run_tag",
    metadata,
    _run(),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("run_tag_by_value", run_tag.c.key, text("substr(value, 1, 64)"))

series = Table(
    "series",
    metadata,
    _run(),
    Column("name", Text, primary_key=True),
    Column("id", BigInteger, nullable=False),
    # Copied from the run, so that one index orders an experiment's runs by a metric.
    Column("experiment_id", BigInteger, nullable=False),
    Column("latest_step", BigInteger, nullable=False),
    Column("latest_time", BigInteger, nullable=False),
    Column("latest_value", Real),
    Column("latest_nan", Integer, nullable=False),
    Column("count", BigInteger, nullable=False),
    # Of all values but NaN, infinities included; NULL when every value is NaN.
    Column("min_value", Real),
    Column("max_value", Real),
    Column("min_step", BigInteger, nullable=False),
    Column("max_step", BigInteger, nullable=False),
    Column("min_time", BigInteger, nullable=False),
    Column("max_time", BigInteger, nullable=False),
    Column("non_finite", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
Index("series_by_id", series.c.id, unique=True)
Index("series_by_latest", series.c.experiment_id, series.c.name, series.c.latest_nan, series.c.latest_value)

metric_tail = Table(
    "metric_tail",
    metadata,
    _run(),
    # Arrival order: microseconds since 1970, or one more than the last where that is larger. Never given twice,
    # so that a compaction can't take a later row for one that it read.
    Column("id", BigInteger, primary_key=True),
    Column("points", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    # One tree instead of a table and an index: half the pages in the commit of a single point.
    sqlite_with_rowid=False,
)

metric_chunk = Table(
    "metric_chunk",
    metadata,
    Column("series_id", BigInteger, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("run_id", Id, ForeignKey("run.id", ondelete="CASCADE"), nullable=False),
    Column("count", Integer, nullable=False),
    Column("min_step", BigInteger, nullable=False),
    Column("max_step", BigInteger, nullable=False),
    Column("min_time", BigInteger, nullable=False),
    Column("max_time", BigInteger, nullable=False),
    Column("min_value", Real),
    Column("max_value", Real),
    Column("payload", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
Index("metric_chunk_by_run", metric_chunk.c.run_id)

dataset = Table(
    "dataset",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    _experiment(),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("source_type", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("schema", Text),
    Column("profile", Text),
    UniqueConstraint("experiment_id", "name", "digest"),
)

run_dataset = Table(
    "run_dataset",
    metadata,
    _run(),
    Column("dataset_id", Id, ForeignKey("dataset.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
    # JSON array of {"key": ..., "value": ...}, as it was logged.
    Column("tags", Text, nullable=False),
    # The tag mlflow.data.context, for filters.
    Column("context", Text),
)
Index("run_dataset_by_dataset", run_dataset.c.dataset_id)

logged_model = Table(
    "logged_model",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("model_id", Text, nullable=False, unique=True),
    _experiment(),
    Column("source_run_id", Text),
    Column("name", Text, nullable=False),
    Column("model_type", Text),
    Column("artifact_location", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_message", Text),
    Column("creation_time", BigInteger, nullable=False),
    Column("last_update_time", BigInteger, nullable=False),
    Column("lifecycle_stage", Text, nullable=False, server_default="active"),
    sqlite_autoincrement=True,
)
Index("logged_model_by_experiment", logged_model.c.experiment_id, logged_model.c.creation_time)
Index("logged_model_by_run", logged_model.c.source_run_id)


def _model() -> Column[int]:
    return Column("model_id", Id, ForeignKey("logged_model.id", ondelete="CASCADE"), primary_key=True)


logged_model_param = Table(
    "logged_model_param",
    metadata,
    _model(),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

logged_model_tag = Table(
    "logged_model_tag",
    metadata,
    _model(),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

logged_model_metric = Table(
    "logged_model_metric",
    metadata,
    _model(),
    Column("name", Text, primary_key=True),
    # Empty when the metric was logged without a dataset: a key column can't be NULL.
    Column("dataset_name", Text, primary_key=True, server_default=""),
    Column("dataset_digest", Text, primary_key=True, server_default=""),
    Column("run_id", Text, primary_key=True),
    Column("step", BigInteger, nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("value", Real),
    Column("value_nan", Integer, nullable=False),
)

run_model = Table(
    "run_model",
    metadata,
    _run(),
    Column("direction", Text, primary_key=True),  # "input" or "output"
    Column("model_id", Text, primary_key=True),
    Column("step", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),
)

registered_model = Table(
    "registered_model",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("workspace", Text, nullable=False, server_default="default"),
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("creation_time", BigInteger, nullable=False),
    Column("last_update_time", BigInteger, nullable=False),
    # Version numbers are never given twice, also when the newest version was deleted.
    Column("last_version", Integer, nullable=False, server_default="0"),
    UniqueConstraint("workspace", "name"),
)

registered_model_tag = Table(
    "registered_model_tag",
    metadata,
    Column("model_id", Id, ForeignKey("registered_model.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

model_version = Table(
    "model_version",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("model_id", Id, ForeignKey("registered_model.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("creation_time", BigInteger, nullable=False),
    Column("last_update_time", BigInteger, nullable=False),
    Column("description", Text),
    Column("user_id", Text),
    Column("current_stage", Text, nullable=False, server_default="None"),
    Column("source", Text, nullable=False),
    Column("storage_location", Text),
    Column("run_id", Text),
    Column("run_link", Text),
    Column("logged_model_id", Text),
    Column("status", Text, nullable=False, server_default="READY"),
    Column("status_message", Text),
    UniqueConstraint("model_id", "version"),
)
Index("model_version_by_run", model_version.c.run_id)
Index("model_version_by_logged_model", model_version.c.logged_model_id)
# The newest version of each stage, without reading the others.
Index(
    "model_version_by_stage", model_version.c.model_id, model_version.c.current_stage, model_version.c.version
)

model_version_tag = Table(
    "model_version_tag",
    metadata,
    Column("version_id", Id, ForeignKey("model_version.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

registered_model_alias = Table(
    "registered_model_alias",
    metadata,
    Column("model_id", Id, ForeignKey("registered_model.id", ondelete="CASCADE"), primary_key=True),
    Column("alias", Text, primary_key=True),
    Column("version", Integer, nullable=False),
)

# What each alias named from when on; rows are only ever added, and go with their model.
alias_change = Table(
    "alias_change",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("model_id", Id, ForeignKey("registered_model.id", ondelete="CASCADE"), nullable=False),
    Column("alias", Text, nullable=False),
    # NULL: from then on the alias named no version.
    Column("version", Integer),
    # NULL: it named this version already when the table was made.
    Column("time", BigInteger),
)
Index("alias_change_by_model", alias_change.c.model_id, alias_change.c.id)

receipt = Table(
    "receipt",
    metadata,
    # The server process that wrote it; it replaces its own row.
    Column("process", Text, primary_key=True),
    Column("updated", BigInteger, nullable=False),
    # msgpack: the requests whose answers may not have arrived (runyard/store/receipts.py).
    Column("payload", LargeBinary, nullable=False),
    # The last request of the process's journal that is in the database (runyard/store/journal/).
    Column("journal", BigInteger, nullable=False, server_default="0"),
)

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Text, primary_key=True),
    # The kind of page: jobs, metrics or compare.
    Column("page", Text, nullable=False),
    Column("name", Text, nullable=False),
    # The query of the page's address, which says all that the page shows.
    Column("query", Text, nullable=False),
    Column("updated", BigInteger, nullable=False),
    UniqueConstraint("page", "name"),
)

producer = Table(
    "producer",
    metadata,
    # Of a process that logs through a spool (docs/formats/spool.md).
    Column("id", Text, primary_key=True),
    # JSON: the numbers of the frames that are applied, as ranges (runyard/store/producers.py).
    Column("ranges", Text, nullable=False),
    # JSON: what was refused of those that came last.
    Column("refused", Text, nullable=False),
    Column("updated", BigInteger, nullable=False),
)

job = Table(
    "job",
    metadata,
    _run(),
    # command, sweep or pipeline.
    Column("type", Text, nullable=False),
    # JSON: the job file as it was checked (runyard/jobs/entities.py), and its text as it was written.
    Column("spec", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("snapshot", Text),
    Column("compute", Text, nullable=False),
    Column("parent", Text),
    # One of runyard/job_entities.py; why it came into it.
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("started", BigInteger),
    Column("ended", BigInteger),
    Column("cancel_requested", BigInteger),
    # Which runner holds it, and when that was heard of last.
    Column("runner", Text),
    Column("heard", BigInteger),
    Column("retry", Integer, nullable=False),
    # JSON: its nodes and their processes.
    Column("nodes", Text, nullable=False),
)
Index("job_by_state", job.c.state, job.c.run_id)
Index("job_by_parent", job.c.parent)

job_event = Table(
    "job_event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("job_id", Id, ForeignKey("job.run_id", ondelete="CASCADE"), nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("message", Text, nullable=False),
)
Index("job_event_by_job", job_event.c.job_id, job_event.c.id)
