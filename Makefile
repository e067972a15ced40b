# `make demo` files a year of news and prints the brief, `make test` runs every check. Both start from a fresh clone and Python 3.11 or newer;
# what they need goes into .venv. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
# Training has an environment of its own: nobody else needs torch.
TRAIN := .venv-train
# Errors only: warnings of pip repeat the configuration of the machine.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
# Stamps: installing is done once, and again when pyproject.toml changes.
RUN_READY := $(VENV)/.ready-to-run
DEV_READY := $(VENV)/.ready-to-test
TRAIN_READY := $(TRAIN)/.ready-to-train
# The scripts beside the package; mypy knows the package itself from pyproject.toml.
SCRIPTS := $(wildcard docs/*.py benchmarks/*.py)

DEMO_NEWS := examples/us-china-2023/documents.jsonl
DEMO_LEDGER := demo-output/relations.duckdb
DEMO_PAGE := demo-output/brief.html

.PHONY: help demo test lint types imports unit docs gate bench pages accuracy train clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

$(BIN)/python $(TRAIN)/bin/python:
	@python=; for try in python3.11 python3; do \
	  if "$$try" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$try; break; fi; done; \
	if [ -z "$$python" ]; then echo "make: no Python 3.11 or newer here (tried python3.11, python3): install it" >&2; exit 1; fi; \
	if ! "$$python" -m venv $(@:/bin/python=); then rm -rf $(@:/bin/python=); \
	  echo "make: $$python cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; fi

$(RUN_READY): pyproject.toml | $(BIN)/python
	@echo "installing détente into $(VENV) (once; a minute or two)"
	@$(PIP) install --editable .
	@touch $@

$(DEV_READY): pyproject.toml | $(BIN)/python
	@echo "installing détente and its checks into $(VENV) (once; a minute or two)"
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(RUN_READY)

$(TRAIN_READY): pyproject.toml training/requirements.txt | $(TRAIN)/bin/python
	@echo "installing détente and what training needs into $(TRAIN) (once; some minutes)"
	@$(TRAIN)/bin/python -m pip -qq --disable-pip-version-check install --editable . --requirement training/requirements.txt
	@touch $@

demo: $(RUN_READY)  ## file a year of news on two states, show the brief of their relation
	@mkdir -p demo-output
	@echo "$$ detente add $(DEMO_NEWS) --db $(DEMO_LEDGER)"
	@$(BIN)/detente add $(DEMO_NEWS) --db $(DEMO_LEDGER)
	@echo
	@echo "$$ detente brief USA CHN --db $(DEMO_LEDGER)"
	@$(BIN)/detente brief USA CHN --db $(DEMO_LEDGER)
	@$(BIN)/detente brief USA CHN --db $(DEMO_LEDGER) --out $(DEMO_PAGE)
	@echo; echo "The same as a page: $(DEMO_PAGE). Try next:"; \
	echo "  source $(BIN)/activate"; \
	echo "  detente commitments USA CHN --db $(DEMO_LEDGER) --status lapsed"; \
	echo "  detente series USA CHN --freq week --changes --db $(DEMO_LEDGER)"; \
	echo "  detente plot contacts USA CHN --db $(DEMO_LEDGER) --out demo-output/contacts.html"; \
	echo "  detente statements USA CHN --db $(DEMO_LEDGER) --issue Taiwan --side CHN"; \
	echo "  detente brief USA CHN --db $(DEMO_LEDGER) --until 2023-07-31 --out demo-output/july.pdf"; \
	echo "  detente serve --db $(DEMO_LEDGER)                       # the desk, in your browser"; \
	echo "  detente add YOUR.txt --published YYYY-MM-DD --db $(DEMO_LEDGER)   # also .md .html .jsonl .csv .parquet, folders, addresses"; \
	echo "  detente --help                                          # and docs/tutorial.md"

test: lint types imports unit docs gate  ## run every check, as CI does

lint: $(DEV_READY)  ## format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(DEV_READY)  ## mypy --strict
	$(BIN)/mypy
	$(BIN)/mypy $(SCRIPTS)

imports: $(DEV_READY)  ## imports point one way
	$(BIN)/lint-imports

unit: $(DEV_READY)  ## pytest
	$(BIN)/pytest

docs: $(DEV_READY)  ## build the pages into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

gate: $(DEV_READY)  ## hold every pinned figure to its floor
	@if [ -d ../shared ]; then echo "$(BIN)/detente evaluate --gate"; $(BIN)/detente evaluate --gate; \
	else echo "gate: not run, the marked data (../shared) are not here"; fi

bench: $(DEV_READY)  ## speed and memory on real documents, curves of cost (some minutes)
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/bench.py

pages: $(DEV_READY)  ## write the generated pages anew
	$(BIN)/python docs/build_codebook.py
	$(BIN)/python docs/build_records.py
	$(BIN)/python docs/build_cli.py
	$(BIN)/python docs/build_ledger.py
	$(BIN)/python docs/build_readme.py
	$(BIN)/python docs/build_tutorial.py
	$(BIN)/python docs/build_plots.py
	$(BIN)/python docs/build_accuracy.py --page
	$(BIN)/python docs/build_model.py --page

accuracy: $(DEV_READY)  ## measure everything anew for the accuracy page (long)
	$(BIN)/python docs/build_accuracy.py

train:  ## make the relation model anew (needs ../shared; long)
	@if [ ! -d ../shared ]; then \
	  echo "make train: the data to learn from (../shared, beside the checkout) are not here; the shipped model stays" >&2; exit 1; fi
	@$(MAKE) $(TRAIN_READY)
	$(TRAIN)/bin/python -m training.relation.recipe --fresh

clean:  ## remove what is built (no environment)
	rm -rf site build dist demo-output .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests docs benchmarks training -name __pycache__ -prune -exec rm -rf {} +
