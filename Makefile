# The project's own tasks. Everything runs in .venv, made from requirements-dev.lock the first time.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV  := .venv
ifeq ($(OS),Windows_NT)
BIN   := $(VENV)/Scripts
else
BIN   := $(VENV)/bin
endif
PY    := $(BIN)/python
STAMP := $(VENV)/.made-from-the-lock
PROOFS ?= full
T     ?=
# Each of the thousand programs that the tests begin would compile all of escalate anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(STAMP) ## run the main job on an invented case; leaves the forms and the database in demo/
	$(PY) scripts/demo.py demo

.PHONY: test
test: $(STAMP) ## run the tests, four at once: most wait for a terminal now and then (T="-k easter" picks some)
	$(PY) -m pytest -n 4 --dist worksteal $(T)

.PHONY: check
check: format lint types imports test wheel ## everything CI runs but the proofs and the demo

.PHONY: bench
bench: $(STAMP) ## time due, list, show and raise against bare Python
	$(PY) -m benchmarks.run

.PHONY: proofs
proofs: $(STAMP) ## run the long proofs: writers killed, many at once, a million days (PROOFS=part: fewer)
	@set -e; for proof in tests/proofs/*.py; do echo "$$proof: $(PROOFS)"; PROOFS=$(PROOFS) $(PY) "$$proof"; done

.PHONY: format lint types imports wheel
format: $(STAMP) ## is everything formatted?
	$(BIN)/ruff format --check .

lint: $(STAMP) ## ruff's rules
	$(BIN)/ruff check .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

imports: $(STAMP) ## do rooms import only from the floors below them?
	$(BIN)/lint-imports

wheel: $(STAMP) ## install the built wheel elsewhere, from the runtime lock, and use it there
	$(PY) scripts/try_wheel.py

.PHONY: readme
readme: $(STAMP) ## write down in README.md what its commands print now
	$(PY) scripts/readme.py

.PHONY: docs
docs: $(STAMP) ## write anew what docs/ says of verbs, rules, errors and moments, and what Tab completes
	$(PY) scripts/docs.py

.PHONY: screens
screens: $(STAMP) ## write down what the screens show: as text for the tests, as drawings for the README
	$(PY) scripts/screens.py

.PHONY: lock
lock: ## pin the newest releases, with their hashes (needs uv)
	uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --extra dev --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements-dev.lock

.PHONY: clean
clean: ## remove .venv, demo/ and what tools leave behind
	rm -rf $(VENV) demo build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

# A Python that can make an environment: Debian's own may come without venv or pip.
$(STAMP): requirements-dev.lock pyproject.toml
	@set -e; found=; \
	for name in $(PYTHON) python3 python3.13 python3.12 python3.11 python py; do \
	    if "$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	    then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "escalate needs Python 3.11 or later, with its venv module: install it, or say make PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	fi; \
	echo "making $(VENV) with $$found: a minute or two, once"; \
	"$$found" -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)
