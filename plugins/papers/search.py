"""The index of the site's search, made by Pagefind of what pages say."""

import logging
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from pelican.contents import Article, Content
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from .guard import place
from .headers import CONTROL
from .outline import plain

FOLDER = "pagefind"
_LOGGER = logging.getLogger(__name__)
# Pagefind finds words between blanks; of a script without them each sign is one. Its edition
# for Chinese does so in pages in Chinese only, and most such texts stand in others.
_WORDS = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_SIGN = re.compile(rf"(?<={_WORDS})(?=\S)|(?<=\S)(?={_WORDS})")
# What it writes for user interfaces of its own.
_UNUSED = "*ui*", "*highlight*"


def write(generator: PagesGenerator, writer: Writer) -> None:
    """Write the index beside the pages."""
    context = generator.context
    folder = Path(writer.output_path, FOLDER)
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as texts:
        for content in [*context["articles"], *generator.pages]:
            file = Path(texts, place(content))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_page(content, context["DEFAULT_LANG"]), encoding="utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", texts, "--output-path", folder]
        command += ["--include-characters", "+#", "--quiet"]
        done = subprocess.run(command, cwd=texts, capture_output=True, encoding="utf-8")
    if done.returncode:
        # Under --fatal this ends the build; a preview goes on without the search.
        _LOGGER.error("Pagefind cannot index the site: %s%s", done.stdout, done.stderr)
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            path.unlink()


def split(text: str) -> str:
    """Return a text with blanks between signs that are words of their own."""
    return " ".join(_SIGN.sub(" ", CONTROL.sub(" ", text)).split())


def _page(content: Content, language: str) -> str:
    """Return what is to be found of a content, as a page for Pagefind alone."""
    words = escape(split(" ".join(_words(content))))
    meta = {"title": content.title.unescape(), "kind": _kind(content)}
    told = "".join(
        f'<p data-pagefind-ignore data-pagefind-meta="{name}">{escape(text)}</p>'
        for name, text in meta.items()
    )
    return (
        f'<!DOCTYPE html><html lang="{escape(language)}"><body>{told}<p>{words}</p></body></html>'
    )


def _words(content: Content) -> Iterator[str]:
    yield content.title.unescape()
    if paper := getattr(content, "paper", None):
        yield from paper.titles.values()
        yield from (person.name for person in (*paper.authors, *paper.editors))
        yield from filter(None, (paper.venue, paper.venue_label, *paper.honours))
    yield from (name for name, _ in getattr(content, "topics", ()))
    yield plain(content)


def _kind(content: Content) -> str:
    """Return what tells a paper, a post and a page apart."""
    if isinstance(content, Article):
        return f"{content.when} · News"
    paper = getattr(content, "paper", None)
    return paper.venue_label if paper else ""
