# make demo    sets up, builds the canon, opens the sandbox: the bot in a simulated Discord
# make test    sets up, runs every check; what CI runs
# make setup   only the virtual environment in .venv
# make setup-run  the same with only what running the bot takes, for a server
# make run     the bot on Discord (needs DISCORD_TOKEN in .env)
# make lint    style and types only
# make coverage  which lines the tests reach, and that they are no fewer than before
# make audit   whether known holes are in what is installed (asks a database on the internet)
# make faults  kills and cancels at every point there is, not only at a sample of them
# make bench   every figure the documentation names
# make pictures  every screen of the documentation, taken from the sandbox
# make art     the avatar and the banner; make contact-sheet: every picture of the documentation
# make languages  every text that is said into the catalogues, for translators
# make lock    the pinned requirements anew, after pyproject.toml changed

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes --no-deps

# Half of a test's time is waiting, for sockets, children and pauses: two cores are busy with four.
WORKERS = $(shell $(PYTHON) -c 'import os; n = os.cpu_count() or 1; print(min(2 * n, n + 4))')

.PHONY: demo test coverage audit setup setup-run run lint faults bench lock languages pictures art \
  contact-sheet clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.sandbox
	$(BIN)/python -m bot sandbox

test: lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

coverage: setup
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not thorough and not timing" \
	  --cov --cov-report=term:skip-covered

audit: $(VENV)/audit/.made
	$(VENV)/audit/bin/python .ci/audit.py requirements/dev.txt requirements/audit.txt

lint: setup
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

setup: $(VENV)/.dev

setup-run: $(VENV)/.run

run: $(VENV)/.run
	$(BIN)/python -m bot run

faults: setup
	$(BIN)/python -m pytest tests/faults -m "thorough or not thorough"

bench: setup
	$(BIN)/python -m benchmarks.canon
	$(BIN)/python -m benchmarks.storage
	$(BIN)/python -m benchmarks.feeds
	$(BIN)/python -m benchmarks.chapters
	$(BIN)/python -m benchmarks.announcing
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.storm
	$(BIN)/python -m benchmarks.cards
	$(BIN)/python -m benchmarks.soviet
	$(BIN)/python -m benchmarks.tally
	$(BIN)/python -m benchmarks.cluster

languages: setup
	$(BIN)/python -m bot.cli.languages

pictures: setup
	$(BIN)/python -m benchmarks.gallery

art: setup
	$(BIN)/python -m benchmarks.contact_sheet --art

contact-sheet: setup
	$(BIN)/python -m benchmarks.contact_sheet

# Each stamp holds one set of packages; the larger sets contain the smaller.
$(VENV)/.run: requirements/run.txt | $(VENV)/.made
	$(PIP) -r $<
	@touch $@

$(VENV)/.sandbox: requirements/sandbox.txt | $(VENV)/.made
	$(PIP) -r $<
	@touch $@ $(VENV)/.run

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.made
	$(PIP) -r $<
	@touch $@ $(VENV)/.sandbox $(VENV)/.run

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Samizdat needs Python 3.11 or newer; this is $$($(PYTHON) --version 2>&1)." \
	       "Name another with: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# In an environment of its own: what audits is no part of what is audited.
$(VENV)/audit/.made: requirements/audit.txt | $(VENV)/.made
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes \
	  --no-deps -r $<
	@touch $@

# The largest set first: the smaller ones then take its versions.
lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet uv
	cd requirements && for set in dev sandbox run; do \
	  extra="--extra postgres"; [ $$set = run ] || extra="$$extra --extra sandbox"; \
	  [ $$set = dev ] && extra="$$extra --extra dev" || extra="$$extra --constraint dev.txt"; \
	  ../$(VENV)/lock/bin/uv pip compile ../pyproject.toml $$extra --universal --python-version 3.11 \
	    --generate-hashes --no-annotate --custom-compile-command "make lock" --quiet \
	    --output-file $$set.txt; done
	cd requirements && ../$(VENV)/lock/bin/uv pip compile audit.in --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --custom-compile-command "make lock" --quiet \
	  --output-file audit.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
