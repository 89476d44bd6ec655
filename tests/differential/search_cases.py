"""The runs that are searched, and the filters and orders that both servers must understand alike."""

from typing import Any

RUNS: tuple[tuple[str, dict[str, Any], dict[str, str], dict[str, str]], ...] = (
    (
        "a",
        {"loss": 0.5, "with space": 1, "a/b": 2},
        {"lr": "0.1", "model": "Forest"},
        {"team": "vision", "n": "10"},
    ),
    (
        "b",
        {"loss": 0.25, "acc": -1},
        {"lr": "0.2", "model": "forest"},
        {"team": "audio", "odd key": "1", "n": "9"},
    ),
    ("c", {"loss": 0.5, "acc": 1e300}, {"lr": "0.1", "q": 'say "x"'}, {"team": "Vision"}),
    ("d", {"acc": 0}, {"model": "Tree's", "50%": "50% off_x"}, {"a.b": "dotted"}),
    ("e", {}, {"empty": ""}, {"team": "vision"}),
    ("f", {"loss": 2, "acc": 3, "nan": "NaN"}, {"lr": "1e-3"}, {"team": "ñandú"}),
)

# One filter a line; the first is empty.
FILTERS = r"""
metrics.loss < 0.5
metrics.loss <= 0.5
metrics.loss > .3
metric.loss >= 0.25
metrics.loss = 0.5
metrics.loss != 0.5
metrics.loss = 5e-1
metrics.acc < 0
metrics.acc = -1
metrics.acc > 1e299
metrics.loss=0.5
metrics . loss = 0.5
metrics.`with space` = 1
metrics."with space" = 1
metrics.`a/b` = 2
metrics.missing > 0
metrics.nan = 0
metrics.nan < 1
metrics.nan != 5
metrics.nan > -1
metrics.loss > 'x'
metrics.loss LIKE '1'
metrics.loss
metrics.loss >
metrics.loss > 0.1 AND
0.5 = metrics.loss
params.lr = '0.1'
params.lr = "0.1"
params.lr != '0.1'
parameter.lr = '0.1'
param.lr = '0.1'
parameters.model LIKE 'For%'
params.model LIKE '%est'
params.model like 'f%'
params.model ILIKE 'F%'
params.model LIKE '_orest'
params.model = "Tree's"
params.q = 'say "x"'
params.empty = ''
params.`50%` = '50% off_x'
params.`50%` LIKE '50\%%'
params.lr > '0'
params.lr = 0.1
params.lr
params.lr IS NULL
params.lr IS NOT NULL
params.lr is not null and metrics.loss > 0
params.lr = lr
tags.team = 'vision'
tag.team = 'vision'
tags.team != 'vision'
tags.team ILIKE 'VISION'
tags.team LIKE 'ñ%'
tags.`odd key` = '1'
tags."odd key" = "1"
tags.a.b = 'dotted'
tags.`a.b` = 'dotted'
tags.n > '1'
tags.team IS NULL
tags.team IS NOT NULL
tags.missing = 'x'
tags.`mlflow.runName` = 'a'
tags.mlflow.runName LIKE 'b'
tags.team = ''
attributes.status = 'RUNNING'
status = 'FINISHED'
attr.status != 'RUNNING'
status = 'running'
attribute.status LIKE 'F%'
status = 'x'
run_name = 'c'
attributes.run_name LIKE '%'
attributes.`run name` = 'c'
`Run name` = 'c'
run_name != 'c'
run_name ILIKE 'C'
attributes.`run_name` = 'c'
start_time > 2000
attributes.start_time <= 2000
start_time = 3000
start_time != 3000
created > 2000
start_time > '2000'
end_time < 9000
end_time = 9000
start_time LIKE '2'
user_id = 'ann'
attributes.user_id LIKE 'a%'
artifact_uri LIKE '%artifacts'
artifact_uri = 'x'
run_id = '{a}'
attributes.run_id IN ('{a}', '{b}')
run_id NOT IN ('{a}', '{b}')
run_id != '{a}'
run_id IN ('{a}')
run_id IN ()
run_id IN ('{a}',)
run_id LIKE '%'
run_id > 'a'
run_id IN ('x'
attributes.nonsense = 'x'
nonsense.key = 'x'
nonsense = 'x'
lifecycle_stage = 'active'
= 'x'
metrics.loss = 0.5 AND params.lr = '0.1' and tags.team = 'vision'
metrics.loss > 0 and metrics.loss < 1
params.lr = '0.1';
params.lr = '0.1' -- comment
params.lr = '0.1
params.'lr' = '0.1'
()
datasets.name = 'digits'
dataset.digest = 'd1'
dataset.context = 'train'
datasets.name LIKE 'dig%'
dataset.name IN ('digits', 'x')
datasets.nonsense = 'x'
dataset.name ILIKE 'DIGITS'
dataset.name > 'x'
metrics.loss > 0.3 AND metrics.acc < 5
tags.team = 'vision' AND tags.n = '10'
params.lr LIKE '0.%'
""".splitlines()

# What only Runyard understands (D-05), with what it finds.
MORE_FILTERS = {
    " ": "fedcba",
    "metrics.a/b = 2": "a",
    "metrics.loss IS NULL": "ed",
    "metrics.loss IN (1, 2)": "f",
    "metrics.loss BETWEEN 1 AND 2": "f",
    "tags.team NOT LIKE 'v%'": "fcb",
    "status IN ('FINISHED', 'FAILED')": "ba",
    "status NOT IN ('RUNNING')": "ba",
    "run_name IN ('a', 'b')": "ba",
    "end_time IS NULL": "fedc",
    "params.lr = '0.1' OR params.lr = '0.2'": "cba",
    "NOT (params.lr = '0.1' OR params.lr = '0.2') AND params.lr IS NOT NULL": "f",
    "params.model REGEXP '^[Ff]or'": "ba",
}

# One order a line, its columns separated by semicolons; the first is empty.
ORDERS = [
    line.split("; ")
    for line in r"""
metrics.loss
metrics.loss ASC
metrics.loss DESC
metrics.nan
metrics.nan DESC
metrics.loss desc
metric.acc DESC
metrics.`with space`
metrics."with space" DESC
metrics.missing
metrics.loss; run_name DESC
params.lr
params.lr DESC
param.model ASC
parameters.missing DESC
tags.team
tag.team DESC
tags.`odd key`
tags.`mlflow.runName` DESC
attributes.start_time ASC
start_time
start_time DESC
end_time
attribute.end_time DESC
status; run_name
run_name
attributes.run_name DESC
attributes.`Start Time`
Created DESC
user_id
lifecycle_stage
experiment_id
run_id, x
nonsense.key
attributes.nonsense
metrics.loss SIDEWAYS
metrics.loss ASC DESC
metrics
dataset.name
""".splitlines()
]

MORE_ORDERS = {"`Run name` DESC": "fedcba", "duration": "bafedc", "metrics.a/b DESC": "afedcb"}

EXPERIMENT_FILTERS = r"""
name LIKE '{prefix}%'
name LIKE '{prefix}%' AND tag.k != '1'
name ILIKE '{prefix}%'
attribute.name = '{prefix}a'
name != 'Default'
name LIKE '{prefix}%' AND tags.k LIKE '%'
tags.`k` ILIKE '1' AND name LIKE '{prefix}%'
name > 'a'
name LIKE '{prefix}%' AND creation_time > 0
name LIKE '{prefix}%' AND last_update_time < 5
name = 5
name LIKE '{prefix}%' AND creation_time != 0
nonsense = 'x'
attributes.x = 'y'
tags.k
metrics.m = 1
name LIKE '{prefix}%' AND tags.k IS NULL
name LIKE '{prefix}%' AND tags.k IS NOT NULL
experiment_id = '0'
name = '{prefix}a
""".splitlines()

EXPERIMENT_ORDERS = [
    line.split("; ")
    for line in r"""
name
name DESC
experiment_id
experiment_id DESC
creation_time ASC
attribute.name
last_update_time DESC; name
nonsense
name SIDEWAYS
metrics.m
""".splitlines()
]
