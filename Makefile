# Every verb has one recipe, and CI calls the same ones. Needs only Python 3.10+ and make.
PYTHON ?= python3
UV := .tools/bin/uv
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PYTHON_PREFERENCE ?= only-system
# Compiled once at install: every start of the server is quicker by a second.
export UV_COMPILE_BYTECODE := 1
BIN := .venv/bin

.PHONY: help install studio demo screenshots test test-fast lint format types check bench bench-studio bench-client bench-jobs clean
.DEFAULT_GOAL := help

help:  ## show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

$(UV): scripts/bootstrap_uv.py
	@$(PYTHON) scripts/bootstrap_uv.py && touch $@

# The client plugin's own file has its entry points.
.venv/.installed: $(UV) pyproject.toml client/pyproject.toml uv.lock hatch_build.py
	@$(UV) sync --quiet --locked --python $(PYTHON)
	@touch $@

install: .venv/.installed  ## install everything into .venv

studio: .venv/.installed  ## build the web studio into runyard/studio_dist
	@$(BIN)/python hatch_build.py

demo: studio  ## train real models against a fresh server and leave the studio open
	@$(BIN)/python examples/demo.py

screenshots: studio  ## take the pictures of docs/images from a fresh demo
	@$(BIN)/python -m scripts.take_screenshots

# On all cores: a file's tests on one of them, since what they share is made once for it; scenarios of the browser one by
# one. The clients of other versions share a server and their environments over several files, so they have one core.
test: check  ## install everything, run every test
	@$(BIN)/pytest -n logical --dist loadfile -m "not compat and not e2e"
	@$(BIN)/pytest -n logical -m e2e
	@$(BIN)/pytest -m compat

test-fast: .venv/.installed  ## the tests without other mlflow versions and without a browser
	@$(BIN)/pytest -m "not compat and not e2e"

lint: .venv/.installed  ## ruff
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/.installed  ## mypy --strict
	@$(BIN)/mypy

check: lint types studio  ## linters and type checks of both languages
	@$(BIN)/python hatch_build.py --check

format: .venv/.installed  ## write the code as ruff would
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: studio  ## measure Runyard beside mlflow server and FastTrackML
	@$(BIN)/python -m benchmarks.run

bench-studio: studio  ## measure the studio in a browser beside MLflow's page
	@$(BIN)/python -m benchmarks.studio

bench-client: .venv/.installed  ## measure what logging costs a training loop, beside other libraries
	@$(BIN)/python -m benchmarks.client

bench-jobs: .venv/.installed  ## measure what a job costs, beside the same command run by hand
	@$(BIN)/python -m benchmarks.jobs

clean:  ## remove all that was installed and built
	rm -rf .venv .tools .cache runyard/studio_dist studio/node_modules
