# `make help` lists the targets. Everything is installed into .venv, at locked versions.

PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
SITE = .venv/site-installed
DEV = .venv/dev-installed
PELICAN = $(BIN)/python -m pelican content
PAPERS = $(BIN)/python plugins/papers
# Options for `make check`: ARGS=--fix, ARGS=--links, ARGS=--json.
ARGS ?=
# A file's tests run in one process, the slowest files first: see tests/conftest.py.
# Two more processes than cores: many tests wait for a browser or a server.
PARALLEL = --numprocesses $(shell $(PYTHON) -c "import os; print(min(os.cpu_count() or 1, 4) + 2)") \
	--dist loadfile --no-loadscope-reorder
# sitemap.xml of the published site, if it is not in output/.
LAST ?=

.PHONY: help new-site check html clean regenerate serve devserver publish test test-all gallery screenshots figures lock

# Recipes do not echo their commands. Slow ones print what they do.
.SILENT:

help:
	echo "make devserver   preview the site at http://localhost:$(PORT), updated as you edit"
	echo "make new-site    replace the example content with samples for a site of your own"
	echo "make check       check your site (ARGS=--fix makes safe corrections)"
	echo "make publish     build the site for publishing (SITEURL=https://you.github.io/name)"
	echo "make html        build the preview, with drafts, into output/"
	echo "make serve       serve output/ at http://localhost:$(PORT), without updates"
	echo "make regenerate  rebuild output/ after every change, without a server"
	echo "make clean       delete output/ and the caches"
	echo "make test        run the tests and a part of the long ones (TESTS=tests/model runs some)"
	echo "make test-all    run all tests, including the long ones"
	echo "make gallery     take screenshots of every part of the theme, into screenshots/"
	echo "make screenshots take the screenshots of the README, into docs/images/"
	echo "make figures     redraw the placeholder figures"
	echo "make lock        update the locked versions of all packages"
	echo
	echo "The first command sets up .venv, which takes about a minute."

# The deleted files stay in Git's history.
new-site: $(SITE)
	test -z "$$(git status --porcelain content pelicanconf.py)" || { \
		echo "content/ or pelicanconf.py has uncommitted changes: commit them first"; exit 1; }
	git rm -r --quiet content pelicanconf.py
	$(PAPERS) init .

check: $(SITE)
	$(PAPERS) check $(ARGS)

# Both build into a new folder that then replaces output/: a failed build changes nothing.
html: $(SITE)
	$(PAPERS) build

publish: $(SITE)
	$(PAPERS) publish $(if $(LAST),--last "$(LAST)")

clean:
	rm -rf cache .pelican-papers-*
	test ! -d output || test -f output/.pelican-papers || { \
		echo "output/ was not created by a build of this site, so it was not deleted (check its files, then run: rm -r output)"; \
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

# These take a while, so each prints what it does.
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
