# Every command of the house, each defined here and nowhere else. `make` alone lists them.

PYTHON ?= python3
JOBS ?= logical
BIN := .venv/bin
PYTEST := $(BIN)/pytest
# Each worker takes a run of neighbours, which share what they are built on, and steals when it has done.
TOGETHER := -n $(JOBS) --dist worksteal
UV := $(BIN)/uv
# `make run` is content with the test set where it is already installed.
INSTALLED := $(if $(wildcard .venv/test.installed),test,run)
LOCK := $(UV) pip compile --quiet --python $(BIN)/python --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --override requirements/overrides.txt
# What writes the files of the database anew has the server for itself, and is measured on PostgreSQL too: one process,
# at work while the checks are.
ALONE := tests/journeys/retention/test_bytes.py tests/journeys/retention/test_scrubbing.py
MEASURED := -p tests.harness.measured

# What Python compiles is kept: each worker and each child would compile Django again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test alone test-fast drill check format lint types imports migrations messages docs vendor cases data fix lock clean

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "make %-10s %s\n", $$1, $$2 }'

install: .venv/test.installed ## create .venv with the program, its tests and its checks; start nothing
	@echo "Ready: $(BIN)/chezsoi"

run: .venv/$(INSTALLED).installed ## migrate, build the demo territory, serve http://localhost:8000
	@$(BIN)/chezsoi run

test: .venv/test.installed ## everything: checks, both databases, browser, a sample of each campaign
	@$(BIN)/python -m tests.machine
	@$(BIN)/python -m tests.harness.measured --forget
	@$(MAKE) --no-print-directory --jobs=2 check alone
	$(PYTEST) $(TOGETHER) $(MEASURED)
	$(BIN)/python -m tests.postgres -- $(PYTEST) $(TOGETHER) --hypothesis-profile=quick -m "django_db and not browser"
	$(BIN)/python -m tests.harness.measured

alone: .venv/test.installed
	$(BIN)/python -m tests.postgres -- $(PYTEST) -n 0 $(ALONE) $(MEASURED)

test-fast: .venv/test.installed ## the rules, the law, the methods, the house itself, and the main job on SQLite (under a minute)
	$(PYTEST) $(TOGETHER) --hypothesis-profile=quick -m "not slow and not browser" $$($(BIN)/python -m tests.harness.rooms)

drill: .venv/test.installed ## the large campaigns, on both databases; figures kept in benchmarks/results (an hour)
	@$(BIN)/python -m tests.machine
	$(PYTEST) -m drill
	$(BIN)/python -m tests.postgres -- $(PYTEST) -m drill

check: .venv/test.installed format lint types imports migrations messages docs vendor ## what needs no test to be seen wrong

format: .venv/test.installed ## the code is laid out as ruff lays it out
	$(BIN)/ruff format --check .

lint: .venv/test.installed ## the code follows the rules of pyproject.toml
	$(BIN)/ruff check .

types: .venv/test.installed ## the types agree
	$(BIN)/mypy

imports: .venv/test.installed ## nothing imports what stands above it (.importlinter)
	$(BIN)/lint-imports

migrations: .venv/test.installed ## the models and the migrations say the same
	$(BIN)/python -m tests.checks.migrations

messages: .venv/test.installed ## French and English are complete and well typeset
	$(BIN)/python -m tests.checks.messages

docs: .venv/test.installed ## every link of the documentation leads somewhere, every example runs
	$(BIN)/python -m tests.checks.docs

vendor: .venv/test.installed ## third-party assets are those recorded
	$(BIN)/python -m tests.checks.vendor

cases: .venv/test.installed ## the law and the methods, on cases a jurist or a statistician can read
	$(PYTEST) -q tests/law tests/engines

data: .venv/test.installed ## the reference data are those recorded
	$(PYTEST) -q tests/data

fix: .venv/test.installed ## lay out and mend what a machine can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/test.installed ## choose versions again from requirements/*.in
	$(LOCK) requirements/run.in --output-file requirements/run.lock
	$(LOCK) requirements/test.in --output-file requirements/test.lock
	$(BIN)/python -m tests.checks.platforms

clean: ## remove what was built; keep var/, where the data and the keys are
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .measured
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/%.installed: requirements/%.lock requirements/uv.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "chezsoi needs Python 3.11 or later; name it: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python cannot make a virtual environment here; on Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@test -x $(UV) || $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/uv.txt
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements/$*.lock requirements/uv.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
