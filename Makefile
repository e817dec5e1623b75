# Two commands are enough: `make run` to try the assistant, `make test` to check it.
PYTHON ?= python3
PORT ?= 8080
VENV := .venv

.PHONY: run install test chaos lint lock clean

run: install
	$(VENV)/bin/congdoan demo --port $(PORT)

install: $(VENV)/.installed

test: $(VENV)/.installed-test
	sh tests/install-browser
	sh tests/install-office
	$(MAKE) lint
	$(VENV)/bin/python -m pytest -n 2 --dist worksteal

# What `make test` does small: kills, faults of the network and of the disk, hostile updates. SEED begins it elsewhere.
SEED ?= 1
chaos: $(VENV)/.installed-test
	$(VENV)/bin/python -m pytest tests/faults -n 2 --dist worksteal --chaos --seed $(SEED)

lint: $(VENV)/.installed-test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# A stamp of its own for each lock file: what changes a lock file makes the environment anew.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(VENV)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.lock
	$(VENV)/bin/pip install --quiet --require-hashes -r requirements-test.lock
	touch $@

# Pins every package with its hash, the builder too; needs uv, names no package host.
UV_COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
  --python-version 3.11 pyproject.toml -

lock:
	echo "setuptools>=77" | $(UV_COMPILE) -o requirements.lock
	echo "setuptools>=77" | $(UV_COMPILE) --extra test -o requirements-test.lock

clean:
	rm -rf $(VENV) var
