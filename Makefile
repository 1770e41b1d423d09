# One virtual environment, locked versions, nothing else asked of the user.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint types check generated clean

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

clean:
	rm -rf $(VENV) dist build *.egg-info
