"""The index of the site's search, made by Pagefind of what pages say."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex
from pelican.contents import Article, Content
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from .formulas import unmark
from .headers import CONTROL

FOLDER = "pagefind"
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
    records = [
        {
            "url": f"/{content.url}",
            "content": split(" ".join(_words(content))),
            "meta": _meta(content),
        }
        for content in [*context["articles"], *generator.pages]
        if content.url or content.header.plain
    ]
    asyncio.run(_index(folder, records, context["DEFAULT_LANG"]))
    for pattern in _UNUSED:
        for path in folder.glob(pattern):
            path.unlink()


def split(text: str) -> str:
    """Return a text with blanks between signs that are words of their own."""
    return " ".join(_SIGN.sub(" ", CONTROL.sub(" ", text)).split())


async def _index(folder: Path, records: list[dict], language: str) -> None:
    config = IndexConfig(output_path=str(folder), include_characters="+#")
    async with PagefindIndex(config) as index:
        for record in records:
            await index.add_custom_record(language=language, **record)


def _words(content: Content) -> Iterator[str]:
    yield content.title.unescape()
    if paper := getattr(content, "paper", None):
        yield from paper.titles.values()
        yield from (person.name for person in (*paper.authors, *paper.editors))
        yield from filter(None, (paper.venue, paper.venue_label, *paper.honours))
    yield from (name for name, _ in getattr(content, "topics", ()))
    yield unmark(content.header.plain)


def _meta(content: Content) -> dict[str, str]:
    kind = "News" if isinstance(content, Article) else ""
    if paper := getattr(content, "paper", None):
        kind = paper.venue_label
    date = f"{content.when} · " if kind == "News" else ""
    return {"title": content.title.unescape(), "kind": f"{date}{kind}"}
