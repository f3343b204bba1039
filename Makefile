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

.PHONY: help check html clean regenerate serve devserver publish test test-all gallery screenshots figures lock

# A recipe prints what it does itself, where that takes long.
.SILENT:

help:
	echo "make devserver   show the site at http://localhost:$(PORT), and update it as you edit"
	echo "make check       check your site (ARGS=--fix corrects what is safe to correct)"
	echo "make publish     build the site for the web (SITEURL=https://you.github.io/name)"
	echo "make html        build the preview, with drafts, into output/"
	echo "make serve       show output/ at http://localhost:$(PORT) as it is"
	echo "make regenerate  rebuild output/ after every change, without showing it"
	echo "make clean       delete output/ and the caches"
	echo "make test        run the tests, and a sample of the long ones (TESTS=tests/model runs some)"
	echo "make test-all    run all tests, including the long ones, as every night"
	echo "make gallery     take screenshots of every part of the theme, in screenshots/"
	echo "make screenshots take the pictures of the README, in docs/images/"
	echo "make figures     draw the placeholder figures again"
	echo "make lock        lock the newest versions of all packages"
	echo
	echo "The first command sets up .venv, which takes about a minute."

check: $(SITE)
	$(PAPERS) check $(ARGS)

# Both build beside output/ and then replace it: a build that fails leaves the last one as it was.
html: $(SITE)
	$(PAPERS) build

publish: $(SITE)
	$(PAPERS) publish $(if $(LAST),--last "$(LAST)")

clean:
	rm -rf cache .pelican-papers-*
	test ! -d output || test -f output/.pelican-papers || { \
		echo "output/ was not made by a build of this site, so it is not deleted (look into it, then run rm -r output)"; \
		exit 1; }
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

screenshots: $(DEV)
	$(BIN)/python tests/screenshots.py

figures: $(DEV)
	$(BIN)/python drawings/render.py

lock: $(DEV)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --upgrade \
		--custom-compile-command "make lock" pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --upgrade \
		--custom-compile-command "make lock" pyproject.toml --group dev \
		--constraint requirements.txt --output-file requirements-dev.txt

# Each says what it does, since it takes long. The commands that follow end with an address or a path.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or later is needed (name yours: make PYTHON=python3.12 $(MAKECMDGOALS))"; exit 1; }
	echo "Creating .venv ..."
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

$(SITE): requirements.txt | $(BIN)/python
	echo "Installing packages into .venv (about a minute) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	touch $@

$(DEV): requirements-dev.txt | $(BIN)/python
	echo "Installing packages into .venv, with those for tests (about two minutes) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	touch $@ $(SITE)
