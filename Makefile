# `make help` lists the targets. Nothing but Python 3.11 or newer and make is needed.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: help install demo test lint format clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## make .venv and install ittgen into it

demo: $(VENV)/.installed ## grow a dataset with the procedural teacher: no key, no model, no network
	$(BIN)/ittgen grow examples/self_instruct.toml

test: $(VENV)/.dev lint ## everything a change must pass: lint, types, tests
	$(BIN)/pytest

lint: $(VENV)/.dev ## ruff, mypy, and the prompts' lock
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/ittgen prompts check

format: $(VENV)/.dev ## let ruff mend what it can
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

clean: ## remove the environment and caches; data and journals stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ittgen needs Python 3.11 or newer; make PYTHON=/path/to/it")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	$(PIP) --editable '.[dev]'
	touch $@
