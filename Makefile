# `make` alone prints the targets. All paths are relative, so the checkout may lie anywhere.
PYTHON ?= python3
QIOS := .venv/bin/qios
# Compiled once, into our own folders: a start of dbt takes half the time.
export PYTHONDONTWRITEBYTECODE :=
# Its workers are ended in ways that Python warns of now and then (sqlfluff issue 4080).
SQLFLUFF := PYTHONWARNINGS=ignore:resource_tracker .venv/bin/sqlfluff lint --quiet

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench contracts docs stop clean

help: ## Print the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: ## Install the locked packages into .venv, start PostgreSQL, create the database
	@"$(PYTHON)" scripts/setup.py

run: setup ## Build the database and let the sample files flow through it
	$(QIOS) build
	$(QIOS) ingest samples
	$(QIOS) status

test: lint ## Lint, build, and run every test
	$(QIOS) build
	.venv/bin/pytest -n 2

# A model that is only `{{ declared_table() }}` has no SQL of its own to look at.
lint: setup ## Check style, formatting, and every rule that needs no database
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	$(QIOS) check --offline
	$(SQLFLUFF) $$(grep -rL --include='*.sql' 'declared_table()' models tests/dbt)

bench: setup ## Measure speed as ratios, in some twenty minutes
	.venv/bin/python scripts/bench.py

contracts: setup ## Write the contracts anew from the registry
	$(QIOS) contracts

docs: setup ## Write the dbt docs into target/
	.venv/bin/dbt docs generate

stop: ## Stop the private PostgreSQL; its data stays
	$(QIOS) db stop

clean: ## Remove what can be made again; never the database
	rm -rf .venv target logs .pytest_cache .ruff_cache .hypothesis
