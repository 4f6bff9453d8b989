# Every verb sets up what it needs by itself: ./bootstrap makes .venv from the lock files, without root.

PY := .venv/bin/python
RUN := .venv/bin/
DATA ?= demo-data/node
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo serve test check fix fuzz bench lock reference runtime dev

help: ## Show these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

runtime:
	@./bootstrap runtime

dev:
	@./bootstrap dev

demo: runtime ## Play a case between two practice States; ARGS="--exit" ends when every step has verified
	@$(RUN)rogatory demo $(ARGS)

serve: runtime ## Serve the node of a data folder: make serve DATA=folder
	@$(RUN)rogatory --data $(DATA) serve $(ARGS)

test: dev ## Run the whole test suite; ARGS goes to pytest
	@$(RUN)pytest -q -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: dev ## Format, lint, types, import contract, structure: no test of behaviour, under a minute
	@$(RUN)ruff format --check .
	@$(RUN)ruff check .
	@$(RUN)lint-imports
	@$(RUN)mypy
	@$(RUN)pytest -q tests/structure

fix: dev ## Put format and lint right where a machine can
	@$(RUN)ruff check --fix-only .
	@$(RUN)ruff format .

fuzz: dev ## Fuzz every parser of foreign bytes, by what each input reaches; ARGS="--minutes 60" for long
	@$(PY) -m tests.fuzz.coverage_guided $(ARGS)

bench: dev ## Measure, and print the ratios; ARGS goes to the benchmark
	@$(PY) -m bench $(ARGS)

reference: dev ## Write the reference pages that are read from the program
	@$(PY) docs/make_reference.py
	@$(PY) -m rogatory.cli.reference > docs/reference/commands.md
	@DJANGO_SETTINGS_MODULE=rogatory.site.settings $(PY) -m rogatory.api.reference > docs/reference/api.md

lock: dev ## Resolve the dependencies anew and write both lock files, with hashes
	@$(RUN)uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(ARGS) \
	    --group build -o requirements.lock pyproject.toml
	@$(RUN)uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(ARGS) \
	    -c requirements.lock --group build --group dev -o requirements-dev.lock pyproject.toml
