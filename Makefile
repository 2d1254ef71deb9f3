# `make demo` shows what the program does; `make test` runs every check.
# Needs Python 3.11 to 3.13 and make, and nothing else.

PYTHON ?= python3
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint lock docs clean

demo: .venv/.installed
	.venv/bin/according demo

# One thread a matrix product: more only get in the way of each other.
test: export OPENBLAS_NUM_THREADS = 1
test: .venv/.installed-dev
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m according.reference --check docs
	.venv/bin/pytest -rs

lint: .venv/.installed-dev
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# The pages of docs/ that are made from the code.
docs: .venv/.installed-dev
	.venv/bin/python -m according.reference docs

# New versions of everything, with hashes, for every platform. Needs uv.
lock:
	uv pip compile pyproject.toml --group build --universal --generate-hashes --python-version 3.11 \
		--upgrade --no-header --output-file requirements.lock
	uv pip compile pyproject.toml --group build --group dev --universal --generate-hashes --python-version 3.11 \
		--constraint requirements.lock --no-header --output-file requirements-dev.lock

clean:
	rm -rf .venv demo build dist

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/.installed-dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@ .venv/.installed
