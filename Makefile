# What people type; the work itself is in manage.py, pytest and ruff.

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
ARGS ?=

export PORT

SHELL := bash
.SHELLFLAGS := -o pipefail -c

.PHONY: demo test check fix fuzz bench goals load contrib failover gebieden manual requirements clean chromium

demo: .venv/demo.stamp
	@$(PY) manage.py demo

# A file of tests stays with one process: its tests share a database that takes long to fill. Files
# start in the order of tests/conftest.py, not by how many tests they have. One process, for looking
# at a failure: make test ARGS="-n 0 tests/test_finder.py"
# The environment may say that no bytecode is kept: then each of some sixty programs that the tests
# start would compile the project anew, a second each.
test: export PYTHONDONTWRITEBYTECODE :=
test: .venv/dev.stamp chromium
	@$(PY) -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile \
		--no-loadscope-reorder $(ARGS)

# The settings of production, with values that serve for checking only.
PRODUCTION := EERSTELIJN_OMGEVING=productie ALLOWED_HOSTS=eerstelijn.example.be \
	DATABASE_URL=postgresql://localhost/eerstelijn \
	SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')"

check: .venv/dev.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djhtml --tabwidth 2 --check templates
	$(PY) -m mypy
	$(PY) manage.py check --fail-level WARNING
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) manage.py makemigrations --check --dry-run
	@$(MAKE) --no-print-directory test

fix: .venv/dev.stamp
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) -m djhtml --tabwidth 2 templates

# Visitors who ask anything, then editors for a minute: make fuzz ARGS="--requests 500 --seed 7"
fuzz: .venv/dev.stamp
	@$(PY) -m tests.fuzz $(ARGS)

bench: .venv/dev.stamp
	@$(PY) -m bench $(ARGS)

# Every goal beside its anchors, in one run; the table goes into bench/README.md. Ten minutes.
goals: .venv/dev.stamp
	@$(PY) -m bench.goals $(ARGS)

# Readers at an even pace: make load ARGS="--rate 200 --seconds 60 --publications 20"
load: .venv/dev.stamp
	@$(PY) -m bench.load $(ARGS)

# A primary dies under load and its standby takes over; then a backup is restored. A few minutes.
failover: .venv/dev.stamp
	@$(PY) -m tests.failover

# The examples for a server, by the programs that read them. A unit names a program of the server.
contrib: .venv/dev.stamp
	@for program in systemd-analyze nginx; do command -v $$program >/dev/null || \
		{ echo "Missing: $$program. On Debian: apt-get install systemd nginx-light"; exit 1; }; done
	.venv/bin/hadolint contrib/Dockerfile
	@$(PY) -m tests.contrib

# The guide for editors, followed to the letter in a browser; its pictures are taken anew. Some
# minutes. One chapter: make manual ARGS="--only tikfout"
manual: .venv/dev.stamp chromium
	@$(PY) -m tests.manual $(ARGS)

# The fixtures of areas from their tables, in a database of its own that is left empty.
SCRATCH := env -u DATABASE_URL EERSTELIJN_DATA=.data/gebieden

gebieden: .venv/demo.stamp
	@$(SCRATCH) $(PY) manage.py migrate --verbosity 0
	@$(SCRATCH) $(PY) manage.py herbouw_gebieden

# Pin every package, with hashes for each Python and system that we support. To move to newer
# versions: make requirements ARGS=--upgrade
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" $(ARGS)

requirements: .venv/dev.stamp
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) requirements-production.in --constraints requirements.txt \
		--output-file requirements-production.txt
	$(COMPILE) requirements-dev.in --output-file requirements-dev.txt

# The data stay: they may be someone's work. They are in .data/.
clean:
	rm -rf .venv staticfiles .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

chromium: .venv/dev.stamp
	@$(PY) -m tests.chromium

# The virtual environment. A stamp is made last, so that an interrupted step is done again.

# Few retries: an index out of reach is told within half a minute, in our words before pip's.
INSTALL = PIP_RETRIES=1 $(PY) -m pip install --disable-pip-version-check --no-input --require-hashes
WHAT_IS_NEW = sed -u '/^Requirement already satisfied/d; /^Ignoring/d'
NO_NETWORK = connection broken|Connection ?Error|Max retries|timed out|name resolution

define install
@echo "De pakketten worden geïnstalleerd; de eerste keer duurt dat een halve minuut ..."
@$(INSTALL) -r $< 2>.venv/pip.log | $(WHAT_IS_NEW) || { \
	if grep -qE '$(NO_NETWORK)' .venv/pip.log; then \
		echo "Voor de eerste start is internet nodig: de pakketten in $< konden niet" \
			"opgehaald worden. Pip zegt:"; \
	else echo "De pakketten in $< zijn niet geïnstalleerd geraakt. Pip zegt:"; fi; \
	grep -v '^ *$$' .venv/pip.log | tail -n 1; echo "Meer staat in .venv/pip.log."; exit 1; } >&2
@touch $@
endef

.venv/demo.stamp: requirements.txt .venv/made.stamp
	$(install)

.venv/dev.stamp: requirements-dev.txt .venv/made.stamp
	$(install)

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Nodig is Python 3.11 of nieuwer: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python mist de module venv. Op Debian en Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "De virtuele omgeving wordt gemaakt ..."
	@$(PYTHON) -m venv --clear .venv
	@touch $@
