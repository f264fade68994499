# `make help` lists the targets. Nothing but Python 3.11 or newer and make is needed.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

EXAMPLES := $(patsubst examples/%.toml,regenerate-%,$(sort $(wildcard examples/*.toml)))
TEACHER ?= $(if $(MODEL),openai)
# A table as a whole: options of the recipe's own teacher, such as noise, mean nothing to another one.
COMMA := ,
TABLE = use = "$(TEACHER)"$(if $(MODEL),$(COMMA) model = "$(MODEL)")$(if $(BASE_URL),$(COMMA) base_url = "$(BASE_URL)")
USING = $(if $(TEACHER),--set 'teacher={ $(TABLE) }')

.PHONY: help install demo regenerate test test-vllm lint format clean
.NOTPARALLEL:

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## make .venv and install ittgen into it

demo: $(VENV)/.installed ## grow a dataset with the procedural teacher: no key, no model, no network
	$(BIN)/ittgen grow examples/self_instruct.toml

regenerate: $(EXAMPLES) ## grow and verify every recipe in examples/; regenerate-NAME does one. TEACHER= MODEL= BASE_URL= choose the teacher

# Not in .PHONY, where make would not look for the pattern.
regenerate-%: examples/%.toml $(VENV)/.installed
	path=$$($(BIN)/ittgen grow $< $(USING)) && $(BIN)/ittgen verify "$$(basename "$$(dirname "$$path")")"

test: $(VENV)/.dev lint ## everything a change must pass: lint, types, tests
	$(BIN)/pytest

test-vllm: $(VENV)-vllm/.ready ## the tests with a real vLLM on the CPU, in an environment of its own (4 to 6 GB)
	$(VENV)-vllm/bin/pytest tests/vllm

lint: $(VENV)/.dev ## ruff, mypy, and the prompts' lock
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/ittgen prompts check

format: $(VENV)/.dev ## let ruff mend what it can
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

clean: ## remove the environment and caches; data and journals stay
	rm -rf $(VENV) $(VENV)-vllm .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ittgen needs Python 3.11 or newer; make PYTHON=/path/to/it")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.installed
	$(PIP) --editable '.[dev]'
	touch $@

$(VENV)-vllm/.ready: pyproject.toml tests/vllm/environment.py
	$(PYTHON) tests/vllm/environment.py $(VENV)-vllm
	touch $@
