# `make demo` works on a fresh Debian or Ubuntu with python3 and make; `make` alone lists the targets.
# Another interpreter: make PYTHON=/path/to/python3 setup

VENV := .venv
BIN := $(VENV)/bin
LOG := $(VENV)/setup.log
SPARK := .venv-spark

# The first that runs and is new enough. Not found by name alone: version managers leave names that only fail.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

# macOS removes DYLD_… from the environment of whatever /bin/sh starts, so that each command needs it anew.
ifeq ($(shell uname -s),Darwin)
WITH_LIBRARIES := DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib:/usr/lib
endif

# $(call quietly,COMMAND): its output goes to the log, and is shown only if it fails
quietly = $(1) >>$(LOG) 2>&1 || { cat $(LOG) >&2; echo "Set-up failed; all of the above is in $(LOG)." >&2; exit 1; }

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test test-spark lint types clean libraries engines

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-19s%s\n' "$$name" "$$text"; done

setup: libraries $(VENV)/development.stamp ## prepare everything for development in .venv

demo: libraries $(VENV)/program.stamp ## assess the shipped example and print the path of its PDF report
	@$(WITH_LIBRARIES) $(BIN)/cxmaturity demo

# each core has its own tests: threads of linear algebra would only wait for each other
# the profile has Hypothesis take the same examples each time; `pytest` by hand takes others
test: lint types engines ## all checks: lint, types, and the tests with coverage
	$(WITH_LIBRARIES) OPENBLAS_NUM_THREADS=1 $(BIN)/pytest --cov -n auto --dist loadfile --hypothesis-profile ci

test-spark: $(SPARK)/client.stamp $(SPARK)/server.stamp ## the tests on a Spark cluster of their own; needs Java 17
	$(WITH_LIBRARIES) $(SPARK)/bin/pytest tests/spark

lint: setup ## style, formatting and import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: setup ## static types
	$(BIN)/mypy

clean: ## remove what set-up, tests and builds leave behind
	rm -rf $(VENV) $(SPARK) build dist htmlcov .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make set-up run again only when a requirement changes. The program alone is quicker to install
# than all that development needs, so the demo asks for no more.
$(VENV)/program.stamp: pyproject.toml constraints.txt | $(VENV)/environment.stamp
	@echo "Installing cxmaturity into $(VENV)" >&2
	@$(call quietly,$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e .)
	@touch $@

$(VENV)/development.stamp: pyproject.toml constraints.txt | $(VENV)/environment.stamp
	@echo "Installing cxmaturity and its development tools into $(VENV)" >&2
	@$(call quietly,$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[dev]')
	@touch $(VENV)/program.stamp $@

# asked each time, as a library may be gone that was there
libraries:
	@test -n "$(PYTHON)" || { echo "cxmaturity needs Python 3.11 or newer, and neither python3.13, python3.12," \
		"python3.11 nor python3 is one; install it, or name it: make PYTHON=/path/to/python3 setup" >&2; exit 1; }
	@$(WITH_LIBRARIES) $(PYTHON) scripts/system-libraries

$(VENV)/environment.stamp: | libraries
	@rm -rf $(VENV) && mkdir $(VENV)
	@$(call quietly,$(PYTHON) -m venv $(VENV))
	@touch $@

# what tests start; who has none of it can test everything else
engines: libraries
	@$(PYTHON) scripts/system-libraries --engines

# Spark's client as users have it, and apart from it Spark itself: both are called pyspark
$(SPARK)/%: LOG := $(SPARK)/setup.log

$(SPARK)/client.stamp: pyproject.toml constraints.txt | $(SPARK)/environment.stamp
	@echo "Installing cxmaturity and Spark's client into $(SPARK)" >&2
	@$(call quietly,$(SPARK)/bin/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[spark]' pytest)
	@touch $@

$(SPARK)/server.stamp: constraints.txt | $(SPARK)/environment.stamp
	@echo "Installing Spark into $(SPARK)/spark: half a gigabyte" >&2
	@rm -rf $(SPARK)/spark
	@$(call quietly,$(SPARK)/bin/python -m pip install --disable-pip-version-check -c constraints.txt \
		--no-deps --target $(SPARK)/spark pyspark)
	@touch $@

$(SPARK)/environment.stamp: | libraries
	@rm -rf $(SPARK) && mkdir $(SPARK)
	@$(call quietly,$(PYTHON) -m venv $(SPARK))
	@touch $@
