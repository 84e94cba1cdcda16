# One file, few words. `make` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than two cores: the tests that start processes wait half of their time.
WORKERS ?= 3
SHARED ?= ../shared

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

# Says what is missing in a sentence instead of failing half way.
.python:
	@command -v $(PY) >/dev/null 2>&1 || { echo "Python 3.11 or newer is needed. On Debian: apt-get install python3 python3-venv; or name yours: make PY=/path/to/python3"; exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PY) is $$($(PY) -V 2>&1). Name a newer one: make PY=python3.12"; exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.lock pyproject.toml | .python
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run tests/requirements.lock
	@$(BIN)/pip install --quiet --require-hashes -r tests/requirements.lock
	@touch $@

run: $(VENV)/.run ## set everything up and start the bot (with no token: in the sandbox)
	@exec $(BIN)/python -m bot run $(ARGS)

test: $(VENV)/.test ## set everything up and run the whole suite with its coverage floors
	$(BIN)/python -m tests.suite -n $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/.test ## format, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(VENV)/.test ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: $(VENV)/.run ## score matching, stories and reading on labelled rows (needs SHARED; LABELS=file adds rows)
	@$(BIN)/python -m benchmarks.evaluate $(SHARED) $(LABELS)

conformance: $(VENV)/.run ## run the feed corpus through our parser (needs SHARED)
	@$(BIN)/python -m benchmarks.conformance $(SHARED)

bench: $(VENV)/.test ## the benchmarks, as ratios measured in one run
	@$(BIN)/python -m benchmarks

lock: $(VENV)/.test ## choose versions anew and write both lock files, with hashes and no addresses
	@$(BIN)/pip install --quiet 'uv>=0.9'
	@$(BIN)/python -m tests.lock

.PHONY: help run test check fix eval conformance bench lock .python
