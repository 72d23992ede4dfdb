# Each target does all the set-up it needs: a virtual environment of its own, pinned by constraints.txt.
#   make demo   do the main job on the bundled dispute
#   make test   everything that CI runs

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# One pytest worker more than there are cores, since tests wait too: for a server, for a moment, for a browser.
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
WORKERS ?= $(shell expr $(CORES) + 1)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Every command that a test runs would compile the program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test collected unit lint bench docs system suites clean

demo: $(VENV)/.installed
	$(BIN)/disputegraph demo --dir demo

# What is fetched is fetched beside what is computed.
test:
	@$(MAKE) -j 2 system $(VENV)/.dev
	@$(MAKE) -j 3 suites lint collected
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup -q --durations 10 --cov --cov-report=

# The tests are compiled once, in place of once by every worker.
collected: $(VENV)/.dev
	@$(BIN)/pytest --collect-only -q --no-cov >/dev/null

unit: $(VENV)/.dev
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup -q -m "not slow and not browser and not server and not spark and not suites"

lint: $(VENV)/.dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	@if command -v npm >/dev/null; then $(MAKE) -s node_modules/.installed && npm run -s lint; \
	elif [ -n "$$CI" ]; then echo "npm is missing, and in CI it must be there"; exit 1; \
	else echo "Note: npm is not here, so the scripts of page and server are not checked"; fi

# biome and tsc, of the versions in package-lock.json.
node_modules/.installed: package.json package-lock.json
	npm ci --silent --no-audit --no-fund
	@touch $@

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

docs: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build -q

# What the tests need beyond Python: a browser, a second SPARQL server, Java for Spark, node for the scripts,
# two database servers for the projects of DNA. Installed where Debian's packages may be; elsewhere the tests that need
# one are skipped (in CI they fail instead). Of the browser its shell is enough and takes a third of the time; where
# there is no such package, the whole browser.
BROWSER := chromium-headless-shell
SYSTEM := chromium=chromium virtuoso-t=virtuoso-opensource-7 java=openjdk-17-jre-headless node=nodejs npm=npm \
	mariadbd=mariadb-server-core my_print_defaults=mariadb-client-core pg_ctlcluster=postgresql
APT := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

system:
	@may=""; if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then may=yes; fi; \
	if [ -n "$$may" ] && ! command -v $(BROWSER) >/dev/null; then \
		echo "Installing $(BROWSER)"; apt-get update -qq && $(APT) $(BROWSER) >/dev/null 2>&1 || true; fi; \
	missing=""; for pair in $(SYSTEM); do command -v "$${pair%%=*}" >/dev/null || missing="$$missing $${pair#*=}"; done; \
	if command -v $(BROWSER) >/dev/null; then missing=$$(echo "$$missing" | sed 's/^ chromium//'); fi; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ -n "$$may" ]; then \
		echo "Installing$$missing"; apt-get update -qq && $(APT) $$missing fonts-dejavu-core >/dev/null; \
	else echo "Note: not here, so the tests that need them are skipped:$$missing"; fi

# The W3C's test suites of RDF and SPARQL, and of JSON-LD, which these releases of rdflib carry beside its own tests.
CARRIERS := 5.0.0 6.1.1
# The vocabularies that the ontology is aligned to, as npm packages carry them.
VOCABULARIES := foaf-1.0.6 oa-1.0.6 org-1.0.6 prov-1.0.6 schema-1.1.0 sem-1.0.6 skos-1.0.6

suites: $(VENV)/.dev
	@mkdir -p .cache; for version in $(CARRIERS); do test -e .cache/rdflib-$$version.tar.gz || \
		$(BIN)/pip download -q --no-deps --no-binary :all: -d .cache rdflib==$$version || \
		echo "Note: the W3C's suites could not be fetched, so their tests are skipped"; done
	@mkdir -p .cache/vocabularies; for package in $(VOCABULARIES); do \
		test -e .cache/vocabularies/vocabulary-$$package.tgz || npm pack --silent --pack-destination .cache/vocabularies \
		@vocabulary/$${package%-*}@$${package#*-} >/dev/null || \
		echo "Note: the vocabulary $$package could not be fetched, so the tests that need it are skipped"; done

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -c constraints.txt pip

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install -q -c constraints.txt -e .
	@touch $@

# All at once, which pip works out sooner than a part and then the rest.
$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt pipelines.txt
	$(BIN)/pip install -q -c constraints.txt -e ".[dna,draft,spark]" --group dev --group docs
	$(BIN)/pip install -q --no-deps --require-hashes -r pipelines.txt
	@touch $(VENV)/.installed $@

clean:
	find src tests benchmarks docs -name __pycache__ -prune -exec rm -rf {} +
	rm -rf $(VENV) node_modules demo dist build .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis site
