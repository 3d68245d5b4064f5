# Rode Draad. Two commands matter: `make run` and `make test`; `make help` lists the others.
# Everything that these commands write is in var/, which git ignores; `make clean` removes it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

VAR := var
VENV := $(VAR)/venv
PY := $(VENV)/bin/python
UV_VENV := $(VAR)/uv
UV := $(UV_VENV)/bin/uv
PORT ?= 8000
# Covered by tests, lines and branches, in percent; it only goes up.
COV_MIN ?= 95
# One more than there are processors: tests that kill workers or drive a browser mostly wait.
PYTEST_WORKERS ?= $(shell echo $$(( $$(nproc 2>/dev/null || echo 2) + 1 )))

# A Python that somebody chose (PYTHON=python3.13 make run) rebuilds an environment made with
# another one. Without a choice: the environment's own, or the first here that is new enough.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
ifeq ($(origin PYTHON),undefined)
PYTHON_CHOSEN :=
PYTHON := $(shell for python in $(PY) python3 python3.13 python3.12 python3.11; do \
  if $$python $(NEW_ENOUGH) 2>/dev/null; then echo $$python; exit; fi; done; echo python3)
else
PYTHON_CHOSEN := yes
endif

export PORT
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VAR)/pycache
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export HYPOTHESIS_STORAGE_DIRECTORY := $(CURDIR)/$(VAR)/cache/hypothesis

.NOTPARALLEL:

# The environment is up to date when a stamp carries the lock file's own sum.
sum = $(shell cat $(1) | cksum | cut -d' ' -f1)
BASE_STAMP := $(VAR)/stamps/base-$(call sum,requirements/base.lock)
DEV_STAMP := $(VAR)/stamps/dev-$(call sum,requirements/dev.lock)
UV_STAMP := $(VAR)/stamps/uv-$(call sum,requirements/uv.lock)
READERS := tests/integration/calendar/package.json
READERS_STAMP := $(VAR)/stamps/readers-$(call sum,$(READERS))

# $(call step,what,command): says what happens and how long it took; the command's output is shown
# only when it fails. No comma in either part.
define step
@mkdir -p $(VAR)/logs; started=$$(date +%s); printf '  %-42s ' '$(1)'; \
if { $(2); } > $(VAR)/logs/last-step.log 2>&1; then echo "$$(($$(date +%s) - started)) s"; \
else echo 'mislukt / failed:'; cat $(VAR)/logs/last-step.log; exit 1; fi
endef

# uv does not read pip's setting of where packages come from; empty is fine.
define uv_index
index=$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(PYTHON) -m pip config get global.index-url 2>/dev/null || $(PYTHON) -m pip config get install.index-url 2>/dev/null || true)}}; \
if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi
endef

# Installs exactly what a lock file names, hashes checked: with uv, or with pip where uv will not go.
define install
$(uv_index); if [ -x $(UV) ] && $(UV) pip sync --quiet --require-hashes --python $(PY) $(1); then :; \
else $(PY) -m pip install --quiet --require-hashes -r $(1); fi
endef

.PHONY: help
help:  ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Running -------------------------------------------------------------------------------------

.PHONY: run
run: export DJANGO_SETTINGS_MODULE := config.settings.development
run: export DEMO := 1
run:  ## Start the demonstration: everything installed, web and worker, the address printed
	@$(MAKE) --no-print-directory -s python-found
	@$(PYTHON) -P config/supervisor.py --check-port --port '$(PORT)'
	@$(MAKE) --no-print-directory -s base database demo-data
	@exec $(PY) -P config/supervisor.py --with-caller --port '$(PORT)' \
	  --child "web=$(PY) -m gunicorn config.wsgi:application --bind 127.0.0.1:$(PORT) --workers 1 --threads 4 --no-control-socket --log-level warning" \
	  --child "worker=$(PY) -u manage.py qcluster"

.PHONY: stack
stack: base translations  ## The demonstration on PostgreSQL, Redis and Celery, from plain processes
	@exec $(PY) -m config.stack --with-caller --port '$(PORT)'

# Asking Django whether there is anything to migrate takes seconds; the sum of all migrations and
# of the locked packages (which have some of their own) tells it at once.
.PHONY: database
database: translations
	@mkdir -p $(VAR)/static $(VAR)/media $(VAR)/stamps
	@sum=$$(cat requirements/base.lock */migrations/*.py | cksum | cut -d' ' -f1); \
	if [ ! -e $(VAR)/db.sqlite3 ] || [ ! -e "$(VAR)/stamps/database-$$sum" ]; then \
	  rm -f $(VAR)/stamps/database-*; \
	  $(MAKE) --no-print-directory -s migrated && touch "$(VAR)/stamps/database-$$sum"; fi

.PHONY: migrated
migrated:
	$(call step,Database bijwerken / migrating,$(PY) manage.py migrate --noinput && $(PY) manage.py createcachetable)

.PHONY: demo-data
demo-data:
	$(call step,Voorbeeldgegevens / demonstration data,$(PY) manage.py demo --if-empty)

# --- Checking ------------------------------------------------------------------------------------

# Every route, by everybody, with everything: thousands of questions. They are asked without counting
# lines, which takes half as long again: the tests of each page count those. So are engines that are
# killed and pages in a browser, which mostly wait.
MATRIX := $(addprefix tests/integration/test_,access.py access_mutations.py canaries.py crossed_ids.py fuzz.py headers.py hostile_input.py)
UNCOUNTED := tests/browser tests/chaos $(MATRIX)
# Each process takes a stretch of the files, so that what a file shares is built once; who is done
# first takes over from the others.
PYTEST := -m pytest -n $(PYTEST_WORKERS) --dist worksteal

# Both parts run, also when the first one fails.
.PHONY: test
test: check readers  ## Everything that CI runs: make check, then all tests with coverage
	@mkdir -p $(VAR)/cache
	@failed=0; \
	$(PY) $(PYTEST) --durations=20 --cov --cov-report=term --cov-fail-under=$(COV_MIN) \
	  $(addprefix --ignore=,$(UNCOUNTED)) || failed=$$?; \
	$(PY) $(PYTEST) --output $(VAR)/browser --durations=20 $(UNCOUNTED) || failed=$$?; \
	exit $$failed

# The matrix keeps one world for a whole file in a transaction, which a real server's test case
# closes; it asks nothing of the database that the others do not. Nor do pages beside the services
# that they call, and the words of mails and calendars.
.PHONY: test-postgresql
test-postgresql: dev translations  ## The tests of services and queries once more, on POSTGRES_TEST_URL
	@test -n "$$POSTGRES_TEST_URL" || { echo 'Set POSTGRES_TEST_URL to a server on which databases may be made.'; exit 2; } >&2
	@TEST_DATABASE_URL="$$POSTGRES_TEST_URL" $(PY) $(PYTEST) tests/integration \
	  $(addprefix --ignore=,$(MATRIX)) \
	  --ignore-glob='*/test_sqlite_writers*' --ignore-glob='*/test_supervisor*' \
	  --ignore-glob='*_pages*' --ignore-glob='*/test_pages*' --ignore-glob='*/test_mails_*' \
	  --ignore-glob='*/test_readers*' --ignore-glob='*/test_text*' --ignore-glob='*/test_vdirsyncer*' \
	  --ignore-glob='*/test_check_mail*' --ignore-glob='*/test_health*' --ignore-glob='*/test_webhook*' \
	  --ignore-glob='*/test_sign_in*' --ignore-glob='*/test_demo_clock*' --ignore-glob='*/test_demo_mailbox*' \
	  --ignore-glob='*/test_demo_travel*'

# What make test does to the engines with two hundred kills, with many more; CHAOS_SEED repeats a run.
.PHONY: soak
soak: export CHAOS_KILLS ?= 3000
soak: export CHAOS_TICKS ?= 20000
soak: export CHAOS_MAIL_KILLS ?= 500
soak: dev translations  ## Kill workers, servers and databases for an hour, and count every mail
	@$(PY) -m pytest -p no:randomly tests/chaos

# Another seed each time; a failure names the one to repeat it with (FUZZ_SEED=…).
.PHONY: fuzz
fuzz: export FUZZ_INPUTS ?= 100000
fuzz: export FUZZ_SEED ?= $(shell date +%s)
fuzz: dev translations  ## A hundred thousand inputs that nobody meant (FUZZ_INPUTS: more), to every form and address
	@$(PY) $(PYTEST) tests/integration/test_fuzz.py

# All of them run, also when one fails: their remarks come together.
CHECKS := check-style check-types check-rooms check-templates check-migrations check-settings check-texts

.PHONY: check
check: dev translations  ## Style, types, import rules, templates, migrations, settings, translations
	@$(MAKE) --no-print-directory -k $(CHECKS)

.PHONY: $(CHECKS)
check-style:
	$(call step,ruff: style,$(PY) -m ruff check --quiet . && $(PY) -m ruff format --check --quiet --diff .)
check-types:
	$(call step,mypy: types,$(PY) -m mypy .)
check-rooms:
	$(call step,import-linter: rooms,$(PY) -c "from importlinter.cli import lint_imports_command as run; run()" --cache-dir $(VAR)/cache/import-linter)
check-templates:
	$(call step,djlint: templates,$(PY) -m djlint templates --lint --check)
check-migrations:
	$(call step,Django: migrations are complete,DJANGO_SETTINGS_MODULE=config.settings.test $(PY) manage.py makemigrations --check --dry-run)
check-settings:
	$(call step,Django: production settings are safe,$(production_check))
check-texts:
	$(call step,translations are complete,$(PY) -m config.translations check)

# The settings of a production server, with values that reach nothing.
define production_check
env -u DEMO DJANGO_SETTINGS_MODULE=config.settings.production \
SECRET_KEY=not-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz-only-for-this-check \
ALLOWED_HOSTS=rodedraad.example SITE_URL=https://rodedraad.example DATABASE_URL=sqlite:///:memory: \
EMAIL_URL=consolemail:// DEFAULT_FROM_EMAIL=rodedraad@rodedraad.example STATE_DIR=$(CURDIR)/$(VAR)/production-check \
$(PY) manage.py check --deploy --fail-level WARNING
endef

# ical.js, with which the tests read our calendars as a browser does; without npm they skip that.
.PHONY: readers
readers:
	@if command -v npm >/dev/null && [ ! -e $(READERS_STAMP) ]; then $(MAKE) --no-print-directory -s $(READERS_STAMP); fi

$(READERS_STAMP):
	@mkdir -p $(@D) $(VAR)/node; rm -f $(@D)/readers-*; cp $(READERS) $(VAR)/node/
	$(call step,Agendalezer / reader of calendars,npm install --prefix $(VAR)/node --no-audit --no-fund --no-package-lock --ignore-scripts)
	@touch $@

.PHONY: format
format: dev  ## Put code and templates in the form that make check asks for
	@$(PY) -m ruff check --quiet --fix . || true
	@$(PY) -m ruff format .
	@$(PY) -m djlint templates --reformat --quiet || true

.PHONY: audit
audit: dev  ## Known weaknesses in the locked packages (needs the network; no answer is a failure)
	@$(PY) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off \
	  -r requirements/base.lock -r requirements/dev.lock \
	  || { echo 'Not clean, or not everything could be audited (no network?): see above.'; exit 1; }

.PHONY: bench
bench: dev translations  ## Figures, each beside a floor of the same run (PARTS="feeds planning": only these)
	@$(PY) -m bench $(PARTS)

# SIZE=small tries it out in a minute. KEEP=folder keeps the filled databases for the next time.
.PHONY: load
load: SIZE ?= full
load: dev translations  ## 10,000 branches, 50 people at once, on both stacks: how long they wait (SIZE=small)
	@$(PY) -m bench.load --size $(SIZE) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(PAUSE),--pause $(PAUSE)) \
	  $(if $(STACK),--stack $(STACK)) $(if $(KEEP),--keep $(KEEP))

# A demonstration of its own is filled and looked at in Chromium; ONLY="board-ten group-desk": those.
.PHONY: pictures
pictures: dev translations  ## The pictures of the documents, made anew (ONLY="board-ten": only that one)
	@$(PY) -m docs.make_pictures $(ONLY)

# --- Maintaining ---------------------------------------------------------------------------------

.PHONY: messages
messages: dev  ## Bring locale/ in step with the texts in code and templates (needs gettext)
	@$(PY) -m config.translations update
	@$(PY) -m config.translations compile

.PHONY: translations
translations: $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

%.mo: %.po
	$(call step,Vertalingen / translations,$(PY) -m config.translations compile)

.PHONY: lock
lock: $(UV_STAMP)  ## Renew the locked versions from pyproject.toml
	@set -e; $(uv_index); \
	lock="$(CURDIR)/$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate"; \
	$$lock pyproject.toml -o requirements/base.lock; \
	$$lock pyproject.toml --extra dev -o requirements/dev.lock; \
	echo uv | $$lock - -o requirements/uv.lock

.PHONY: clean
clean:  ## Remove everything that these commands made, the database included
	@rm -rf $(VAR) .import_linter_cache
	@find locale -name '*.mo' -delete 2>/dev/null || true

# --- The environment -----------------------------------------------------------------------------

.PHONY: python-found
python-found:
	@$(PYTHON) $(NEW_ENOUGH) 2>/dev/null || { \
	  echo "Rode Draad heeft Python 3.11 of nieuwer nodig ('$(PYTHON)' is dat niet). Probeer: PYTHON=python3.13 make run"; \
	  echo "Rode Draad needs Python 3.11 or newer ('$(PYTHON)' is not). Try: PYTHON=python3.13 make run"; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Bij '$(PYTHON)' ontbreekt venv. Installeer het (Debian, Ubuntu: apt install python3-venv) en probeer opnieuw."; \
	  echo "'$(PYTHON)' lacks venv. Install it (Debian, Ubuntu: apt install python3-venv) and try again."; exit 1; } >&2

# Makes the environment when there is none, it does not work here, or another Python was chosen.
.PHONY: venv
venv: python-found
	@if ! { [ -x $(PY) ] && $(PY) $(NEW_ENOUGH) 2>/dev/null \
	  && { [ -z '$(PYTHON_CHOSEN)' ] || [ "$$($(PY) -V)" = "$$($(PYTHON) -V)" ]; }; }; then \
	  rm -rf $(VENV) $(UV_VENV) $(VAR)/stamps; fi
	@if [ ! -x $(PY) ]; then $(MAKE) --no-print-directory -s venv-new; fi

.PHONY: venv-new
venv-new:
	$(call step,Python-omgeving / environment,$(PYTHON) -m venv $(VENV))

# uv is a convenience: where it cannot be had, pip does the same more slowly.
$(UV_STAMP): requirements/uv.lock | venv
	$(call step,Installatieprogramma / installer,$(PYTHON) -m venv --without-pip $(UV_VENV) && $(PY) -m pip --python $(UV_VENV)/bin/python install --quiet --require-hashes -r requirements/uv.lock || true)
	@mkdir -p $(@D) && touch $@

# What development needs includes what running needs: with the first there, the second is skipped.
.PHONY: base
base: venv
	@if [ ! -e $(BASE_STAMP) ] && [ ! -e $(DEV_STAMP) ]; then $(MAKE) --no-print-directory -s $(BASE_STAMP); fi

$(BASE_STAMP): | $(UV_STAMP)
	@mkdir -p $(@D); rm -f $(@D)/base-* $(@D)/dev-*
	$(call step,Pakketten installeren / packages,$(call install,requirements/base.lock))
	@touch $@

.PHONY: dev
dev: venv
	@if [ ! -e $(DEV_STAMP) ]; then $(MAKE) --no-print-directory -s $(DEV_STAMP); fi

$(DEV_STAMP): | $(UV_STAMP)
	@mkdir -p $(@D); rm -f $(@D)/base-* $(@D)/dev-*
	$(call step,Pakketten voor ontwikkeling / packages,$(call install,requirements/dev.lock))
	@touch $@
