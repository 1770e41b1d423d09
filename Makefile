# One virtual environment, locked versions, nothing else asked of the user.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: bench test-hanlp web demo test lint types check generated clean

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable . --requirement requirements-dev.txt
	touch $@

demo: $(STAMP)
	$(BIN)/kg demo

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

generated: $(STAMP)
	$(BIN)/python -m scripts.generate --check

test: lint types generated
	$(BIN)/pytest -n auto

bench: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --requirement requirements-bench.txt
	$(BIN)/python -m bench.run $(CORPUS)

# The scripts of the workbench; what is built is committed, so that nobody else needs Node.
web:
	cd web && npm ci && npm run build

clean:
	rm -rf $(VENV) dist build *.egg-info

# HanLP needs torch, which is large: an environment of its own, and a model trained from scratch in a minute.
HANLP := .venv-hanlp
test-hanlp:
	$(PYTHON) -m venv $(HANLP)
	$(HANLP)/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[hanlp]" pytest
	$(HANLP)/bin/python -m scripts.train_tiny_hanlp $(HANLP)/tiny
	WENMAI_HANLP_MODEL=$(HANLP)/tiny/model $(HANLP)/bin/python -m pytest -q tests/contract/test_recognizers.py
