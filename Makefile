# `make help` lists the targets. Everything is installed into .venv, at locked versions.

PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
SITE = .venv/site-installed
DEV = .venv/dev-installed
PELICAN = $(BIN)/python -m pelican content
PAPERS = $(BIN)/python plugins/papers
# More words for `make check`: ARGS=--fix, ARGS=--links, ARGS=--json.
ARGS ?=
# A file's tests run in one process, the slowest files first: see tests/conftest.py.
# One more process than cores: many tests wait for a browser or a server.
PARALLEL = --numprocesses $(shell $(PYTHON) -c "import os; print(min(os.cpu_count() or 1, 4) + 1)") \
	--dist loadfile --no-loadscope-reorder
# sitemap.xml of the site that is published now, where it is not in output/.
LAST ?=

.PHONY: help check html clean regenerate serve devserver publish test test-all gallery figures lock

help:
	@echo "make devserver   show the site at http://localhost:$(PORT), and every change at once"
	@echo "make check       say all that is wrong with the content (ARGS=--fix mends what is safe)"
	@echo "make html        build the preview into output/"
	@echo "make serve       show output/ as it is"
	@echo "make regenerate  rebuild output/ on every change, without showing it"
	@echo "make publish     build the published site (SITEURL=https://you.github.io)"
	@echo "make test        run the tests; of long repetitions a share (TESTS=tests/model names some)"
	@echo "make test-all    run the tests with all repetitions, as each night"
	@echo "make gallery     photograph every component of the theme into screenshots/"
	@echo "make clean       remove output/, and what is kept to make it sooner"
	@echo "make figures     draw the placeholder figures again"
	@echo "make lock        lock the newest versions of what is installed"

check: $(SITE)
	$(PAPERS) check $(ARGS)

# Both are built beside, then swapped in: a build that fails leaves the last one as it was.
html: $(SITE)
	$(PAPERS) build

publish: $(SITE)
	$(PAPERS) publish $(if $(LAST),--last "$(LAST)")

clean:
	rm -rf cache .pelican-papers-*
	@test ! -d output || test -f output/.pelican-papers || { \
		echo "No build of this site has made output/, so it stays: look into it, then rm -r output"; exit 1; }
	rm -rf output

regenerate: $(SITE)
	$(PELICAN) --autoreload

serve: $(SITE)
	$(PELICAN) --listen --port $(PORT)

devserver: $(SITE)
	$(PAPERS) serve $(if $(filter file,$(origin PORT)),,--port $(PORT))

test: $(DEV)
	$(BIN)/python -m pytest $(or $(TESTS),$(PARALLEL))

test-all: $(DEV)
	PAPERS_TESTS=all $(BIN)/python -m pytest $(or $(TESTS),$(PARALLEL))

gallery: $(DEV)
	$(BIN)/python tests/gallery.py

figures: $(DEV)
	$(BIN)/python drawings/render.py

lock: $(DEV)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --upgrade \
		--custom-compile-command "make lock" pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --upgrade \
		--custom-compile-command "make lock" pyproject.toml --group dev \
		--constraint requirements.txt --output-file requirements-dev.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or later is needed; name yours: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(SITE): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@ $(SITE)
