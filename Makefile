# make run: the desk on this book · make test · make check · make bench · make torture
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SERVER := $(VENV)/npm/.ready

.PHONY: run test torture check format bench clean
.DEFAULT_GOAL := run

run: $(READY)
	@$(BIN)/claimbook

test: $(READY) $(SERVER)
	@$(BIN)/pytest

# The tests of what must never happen, with large counts: takes an hour or so, and brings tests/torture/results.md
# up to date. TORTURE names some of them: make torture TORTURE=tests/test_writers.py
TORTURE ?= tests

torture: $(READY)
	@nice -n 15 $(BIN)/pytest --torture -m torture $(TORTURE)

check: $(READY)
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

# What it takes and where peers come from: bench/README.md; make bench BENCH='--sizes 1000,10000' is quick.
bench: $(READY)
	@$(BIN)/python bench/run.py $(BENCH)

clean:
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'claimbook needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo 'Setting up $(VENV) (once) ...' >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The test of editor completion drives a real language server; without npm it is skipped, aloud.
$(SERVER): $(READY)
	@mkdir -p $(VENV)/npm
	@if command -v npm >/dev/null; then \
	  npm install --silent --no-fund --no-audit --prefix $(VENV)/npm 'yaml-language-server@^1' >/dev/null \
	    || echo 'npm could not install yaml-language-server: its test will be skipped' >&2; \
	fi
	@touch $@
