# `make demo` and `make test` do all the set-up themselves: Python 3.11 or newer and pip are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check golden mutation clean

demo: $(VENV)/.run  ## install, and compare one item on every platform
	$(BIN)/feecalc compare examples/tee.yaml

test: check  ## everything CI runs; pytest comes last
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev  ## style, types, layers, and the schedules with their cases
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/feecalc schedules check

golden: $(VENV)/.dev  ## write the golden files anew; read the difference before you commit it
	$(BIN)/python -m pytest --update-golden

mutation: $(VENV)/.dev  ## change every number of every card and see whether a case notices; writes docs/mutation.md (minutes)
	$(BIN)/python -m tests.mutation.run

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "feecalc needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run
