# The newcomer's words. Each one may be said again and again.

.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

help:  ## Show these words.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

setup: .venv/.ready-dev  ## Make .venv with everything that development needs.

demo: .venv/.ready  ## Serve the sample newsroom; a second run starts at once and loses nothing.
	@$(BIN)/dateline demo --serve

serve: .venv/.ready  ## Serve what is in var/ (DATELINE_HOME) on DATELINE_BIND.
	@$(BIN)/dateline init && $(BIN)/dateline serve

test: setup tests/tools/node_modules/.ready  ## Run every test, on SQLite and on PostgreSQL where there is one; T=tests/desk for less.
	@$(BIN)/python -m tests $(T)

check: setup  ## Exactly what CI runs: ruff, types, import layers, migrations, docs, tests.
	$(BIN)/ruff check --output-format concise .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dateline makemigrations --check --dry-run
	@$(MAKE) --no-print-directory test

bench: setup  ## Measure on this machine; prints a table and writes JSON.
	@$(BIN)/python -m bench

messages: setup  ## Bring the translations up to date with the words of the screens.
	@mkdir -p var && PYTHONPATH=. $(BIN)/pybabel -q extract -F babel.cfg -k gettext_lazy --add-location file --sort-output -o var/words.pot .
	@PYTHONPATH=. $(BIN)/pybabel -q update -i var/words.pot -d src/dateline/locale -D django --no-fuzzy-matching --width 120 --ignore-obsolete --ignore-pot-creation-date
	@rm .venv/.ready-dev  # the next setup compiles them

locks:  ## Renew the lock files (needs uv on the PATH).
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

# Debian without python3-venv has no ensurepip: its own pip then fills the bare environment.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dateline needs Python 3.11 or newer; say PYTHON=python3.12 make demo to name one."; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || $(PYTHON) -m venv --clear --without-pip .venv

INSTALL = @if $(BIN)/python -m pip --version >/dev/null 2>&1; then PIP="$(BIN)/python -m pip"; else PIP="$(PYTHON) -m pip --python .venv/bin/python"; fi; \
	$$PIP install --quiet --disable-pip-version-check --require-hashes -r $(1) && \
	$$PIP install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

.venv/.ready: requirements.lock pyproject.toml hatch_build.py | .venv/bin/python
	@echo "Installing into .venv ..."
	$(call INSTALL,requirements.lock)
	@touch $@

.venv/.ready-dev: requirements-dev.lock pyproject.toml hatch_build.py | .venv/bin/python
	@echo "Installing into .venv ..."
	$(call INSTALL,requirements-dev.lock)
	@touch .venv/.ready $@

# axe and the Nu HTML checker, for the browser tests. Where there is no npm, those tests say so and are skipped.
tests/tools/node_modules/.ready: tests/tools/package-lock.json
	@if ! command -v npm >/dev/null; then echo "No npm here: pages will not be checked with axe and the Nu HTML checker."; \
	elif npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund --silent; then touch $@; \
	else echo "npm could not install tests/tools: pages will not be checked with axe and the Nu HTML checker."; fi

.PHONY: messages help setup demo serve test check bench locks
