# Everything a person or CI types. `make` alone lists it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install ocr run test format docs screenshot lock bench chaos clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "phototagd needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.runtime tests/requirements.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r tests/requirements.lock
	@touch $@

install: $(VENV)/.runtime ## make the environment for a service, start nothing

ocr: $(VENV)/.runtime ## add the reading of text in photos, 400 MB
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-ocr.lock

run: $(VENV)/.runtime ## make the environment and start the daemon on ./photos
	@mkdir -p photos
	$(BIN)/phototagd run --settings settings.toml photos

test: $(VENV)/.tools ## make the environment and run everything CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal

format: $(VENV)/.tools ## rewrite the source in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.tools ## rewrite the tables of the README from the code
	$(BIN)/python tests/docs_reference.py

screenshot: $(VENV)/.tools ## take the pictures of the README again; needs chromium
	cd tests && ../$(BIN)/python -m portrait

lock: ## pin the newest allowed versions again, with hashes
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet pip-tools
	build/lock/bin/pip-compile $(COMPILE) --all-build-deps -o requirements.lock pyproject.toml
	build/lock/bin/pip-compile $(COMPILE) -o requirements-ocr.lock requirements-ocr.in
	cd tests && ../build/lock/bin/pip-compile $(COMPILE) -o requirements.lock requirements.in
	cd tests/bench && ../../build/lock/bin/pip-compile $(COMPILE) -o requirements.lock requirements.in
COMPILE := --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
           --no-emit-index-url --no-emit-find-links --no-emit-options --no-annotate --no-header

build/peers/.installed: $(VENV)/.runtime tests/bench/requirements.lock
	$(BIN)/python -m pip install --quiet --require-hashes --upgrade --target build/peers -r tests/bench/requirements.lock
	@touch $@

build/ocr/.installed: $(VENV)/.runtime requirements-ocr.lock
	$(BIN)/python -m pip install --quiet --require-hashes --upgrade --target build/ocr -r requirements-ocr.lock
	@touch $@

bench: $(VENV)/.tools build/peers/.installed ## measure speed, as ratios within one run
	PYTHONPATH=build/peers $(BIN)/pytest tests/bench -n 0 -s -m bench --timeout 0

chaos: $(VENV)/.tools ## kill, starve and race a daemon for ten minutes; KILLS=500 for longer
	$(BIN)/pytest tests/chaos tests/e2e/test_*_faults.py tests/e2e/test_hostile_files.py tests/e2e/test_power_cut.py -n 0 -s --timeout 0

clean: ## remove what make made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
