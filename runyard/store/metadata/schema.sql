-- Written by scripts/write_schema.py from schema.py.
CREATE TABLE experiment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	workspace TEXT DEFAULT 'default' NOT NULL,
	name TEXT NOT NULL,
	artifact_location TEXT NOT NULL,
	lifecycle_stage TEXT DEFAULT 'active' NOT NULL,
	creation_time BIGINT NOT NULL,
	last_update_time BIGINT NOT NULL,
	UNIQUE (workspace, name)
);
CREATE TABLE producer (
	id TEXT NOT NULL,
	ranges TEXT NOT NULL,
	refused TEXT NOT NULL,
	updated BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE receipt (
	process TEXT NOT NULL,
	updated BIGINT NOT NULL,
	payload BLOB NOT NULL,
	journal BIGINT DEFAULT '0' NOT NULL,
	PRIMARY KEY (process)
);
CREATE TABLE registered_model (
	id INTEGER NOT NULL,
	workspace TEXT DEFAULT 'default' NOT NULL,
	name TEXT NOT NULL,
	description TEXT,
	creation_time BIGINT NOT NULL,
	last_update_time BIGINT NOT NULL,
	last_version INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (workspace, name)
);
CREATE TABLE saved_view (
	id TEXT NOT NULL,
	page TEXT NOT NULL,
	name TEXT NOT NULL,
	"query" TEXT NOT NULL,
	updated BIGINT NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (page, name)
);
CREATE TABLE alias_change (
	id INTEGER NOT NULL,
	model_id INTEGER NOT NULL,
	alias TEXT NOT NULL,
	version INTEGER,
	time BIGINT,
	PRIMARY KEY (id),
	FOREIGN KEY(model_id) REFERENCES registered_model (id) ON DELETE CASCADE
);
CREATE INDEX alias_change_by_model ON alias_change (model_id, id);
CREATE TABLE dataset (
	id INTEGER NOT NULL,
	experiment_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	digest TEXT NOT NULL,
	source_type TEXT NOT NULL,
	source TEXT NOT NULL,
	schema TEXT,
	profile TEXT,
	PRIMARY KEY (id),
	UNIQUE (experiment_id, name, digest),
	FOREIGN KEY(experiment_id) REFERENCES experiment (id) ON DELETE CASCADE
);
CREATE TABLE experiment_tag (
	experiment_id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (experiment_id, "key"),
	FOREIGN KEY(experiment_id) REFERENCES experiment (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE TABLE logged_model (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	model_id TEXT NOT NULL,
	experiment_id INTEGER NOT NULL,
	source_run_id TEXT,
	name TEXT NOT NULL,
	model_type TEXT,
	artifact_location TEXT NOT NULL,
	status TEXT NOT NULL,
	status_message TEXT,
	creation_time BIGINT NOT NULL,
	last_update_time BIGINT NOT NULL,
	lifecycle_stage TEXT DEFAULT 'active' NOT NULL,
	UNIQUE (model_id),
	FOREIGN KEY(experiment_id) REFERENCES experiment (id) ON DELETE CASCADE
);
CREATE INDEX logged_model_by_experiment ON logged_model (experiment_id, creation_time);
CREATE INDEX logged_model_by_run ON logged_model (source_run_id);
CREATE TABLE model_version (
	id INTEGER NOT NULL,
	model_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	creation_time BIGINT NOT NULL,
	last_update_time BIGINT NOT NULL,
	description TEXT,
	user_id TEXT,
	current_stage TEXT DEFAULT 'None' NOT NULL,
	source TEXT NOT NULL,
	storage_location TEXT,
	run_id TEXT,
	run_link TEXT,
	logged_model_id TEXT,
	status TEXT DEFAULT 'READY' NOT NULL,
	status_message TEXT,
	PRIMARY KEY (id),
	UNIQUE (model_id, version),
	FOREIGN KEY(model_id) REFERENCES registered_model (id) ON DELETE CASCADE
);
CREATE INDEX model_version_by_logged_model ON model_version (logged_model_id);
CREATE INDEX model_version_by_run ON model_version (run_id);
CREATE INDEX model_version_by_stage ON model_version (model_id, current_stage, version);
CREATE TABLE registered_model_alias (
	model_id INTEGER NOT NULL,
	alias TEXT NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (model_id, alias),
	FOREIGN KEY(model_id) REFERENCES registered_model (id) ON DELETE CASCADE
);
CREATE TABLE registered_model_tag (
	model_id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (model_id, "key"),
	FOREIGN KEY(model_id) REFERENCES registered_model (id) ON DELETE CASCADE
);
CREATE TABLE run (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	run_id TEXT NOT NULL,
	experiment_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	user_id TEXT NOT NULL,
	status TEXT NOT NULL,
	start_time BIGINT,
	end_time BIGINT,
	lifecycle_stage TEXT DEFAULT 'active' NOT NULL,
	deleted_time BIGINT,
	artifact_uri TEXT NOT NULL,
	UNIQUE (run_id),
	FOREIGN KEY(experiment_id) REFERENCES experiment (id) ON DELETE CASCADE
);
CREATE INDEX run_by_start ON run (experiment_id, lifecycle_stage, start_time, run_id);
CREATE INDEX run_by_start_everywhere ON run (lifecycle_stage, start_time, run_id);
CREATE TABLE job (
	run_id INTEGER NOT NULL,
	type TEXT NOT NULL,
	spec TEXT NOT NULL,
	source TEXT NOT NULL,
	snapshot TEXT,
	compute TEXT NOT NULL,
	parent TEXT,
	state TEXT NOT NULL,
	reason TEXT NOT NULL,
	message TEXT NOT NULL,
	created BIGINT NOT NULL,
	started BIGINT,
	ended BIGINT,
	cancel_requested BIGINT,
	runner TEXT,
	heard BIGINT,
	retry INTEGER NOT NULL,
	nodes TEXT NOT NULL,
	PRIMARY KEY (run_id),
	FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE
);
CREATE INDEX job_by_parent ON job (parent);
CREATE INDEX job_by_state ON job (state, run_id);
CREATE TABLE logged_model_metric (
	model_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	dataset_name TEXT DEFAULT '' NOT NULL,
	dataset_digest TEXT DEFAULT '' NOT NULL,
	run_id TEXT NOT NULL,
	step BIGINT NOT NULL,
	timestamp BIGINT NOT NULL,
	value FLOAT,
	value_nan INTEGER NOT NULL,
	PRIMARY KEY (model_id, name, dataset_name, dataset_digest, run_id),
	FOREIGN KEY(model_id) REFERENCES logged_model (id) ON DELETE CASCADE
);
CREATE TABLE logged_model_param (
	model_id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (model_id, "key"),
	FOREIGN KEY(model_id) REFERENCES logged_model (id) ON DELETE CASCADE
);
CREATE TABLE logged_model_tag (
	model_id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (model_id, "key"),
	FOREIGN KEY(model_id) REFERENCES logged_model (id) ON DELETE CASCADE
);
CREATE TABLE metric_chunk (
	series_id BIGINT NOT NULL,
	seq INTEGER NOT NULL,
	run_id INTEGER NOT NULL,
	count INTEGER NOT NULL,
	min_step BIGINT NOT NULL,
	max_step BIGINT NOT NULL,
	min_time BIGINT NOT NULL,
	max_time BIGINT NOT NULL,
	min_value FLOAT,
	max_value FLOAT,
	payload BLOB NOT NULL,
	PRIMARY KEY (series_id, seq),
	FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX metric_chunk_by_run ON metric_chunk (run_id);
CREATE TABLE metric_tail (
	run_id INTEGER NOT NULL,
	id BIGINT NOT NULL,
	points INTEGER NOT NULL,
	payload BLOB NOT NULL,
	PRIMARY KEY (run_id, id),
	FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE TABLE model_version_tag (
	version_id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (version_id, "key"),
	FOREIGN KEY(version_id) REFERENCES model_version (id) ON DELETE CASCADE
);
CREATE TABLE param (
	run_id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (run_id, "key"),
	FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX param_by_value ON param ("key", substr(value, 1, 64));
CREATE TABLE run_dataset (
	run_id INTEGER NOT NULL,
	dataset_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	tags TEXT NOT NULL,
	context TEXT,
	PRIMARY KEY (run_id, dataset_id),
	FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE,
	FOREIGN KEY(dataset_id) REFERENCES dataset (id) ON DELETE CASCADE
);
CREATE INDEX run_dataset_by_dataset ON run_dataset (dataset_id);
CREATE TABLE run_model (
	run_id INTEGER NOT NULL,
	direction TEXT NOT NULL,
	model_id TEXT NOT NULL,
	step BIGINT NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (run_id, direction, model_id),
	FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE
);
CREATE TABLE run_tag (
	run_id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (run_id, "key"),
	FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX run_tag_by_value ON run_tag ("key", substr(value, 1, 64));
CREATE TABLE series (
	run_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	id BIGINT NOT NULL,
	experiment_id BIGINT NOT NULL,
	latest_step BIGINT NOT NULL,
	latest_time BIGINT NOT NULL,
	latest_value FLOAT,
	latest_nan INTEGER NOT NULL,
	count BIGINT NOT NULL,
	min_value FLOAT,
	max_value FLOAT,
	min_step BIGINT NOT NULL,
	max_step BIGINT NOT NULL,
	min_time BIGINT NOT NULL,
	max_time BIGINT NOT NULL,
	non_finite BIGINT NOT NULL,
	PRIMARY KEY (run_id, name),
	FOREIGN KEY(run_id) REFERENCES run (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE UNIQUE INDEX series_by_id ON series (id);
CREATE INDEX series_by_latest ON series (experiment_id, name, latest_nan, latest_value);
CREATE TABLE job_event (
	id INTEGER NOT NULL,
	job_id INTEGER NOT NULL,
	time BIGINT NOT NULL,
	state TEXT NOT NULL,
	message TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(job_id) REFERENCES job (run_id) ON DELETE CASCADE
);
CREATE INDEX job_event_by_job ON job_event (job_id, id);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO alembic_version (version_num) VALUES ('0006');
