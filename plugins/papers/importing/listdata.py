"""Papers in a list of Jekyll's data: `_data/publications.yml`, and what else it is called."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from ..frontmatter import Loader
from ..headers import CONTROL
from ..schemes import SCHEMES
from . import cited, collection, linked, matter
from .found import Found, Source, Text

_FILES = [f"_data/{name}.{end}" for name in ("publications", "papers", "publist", "pubs")
          for end in ("yml", "yaml", "json")]  # fmt: skip
# What themes call otherwise than front matter does.
_OTHER = {"link.url": "url", "link.display": "venue", "paper": "url", "notes": "pub_last"}
_VENUES = ("venue", "conference", "journal", "booktitle", "publication")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# The heading of papers with nothing below it: they were made from the list.
_HEADING = re.compile(
    r"^#{2,3} [^\n]{0,99}\b(?:publications?|papers)\b[^\n]{0,999}$(?=\s*(?:\Z|^#))", re.I | re.M
)


def read(source: Source, found: Found) -> bool:
    """Take the papers of a list in `_data`; tell whether there are any."""
    papers = []
    for path in source.files(*_FILES):
        if found.bibs:
            source.note("left", path, "is not read, for the papers of the .bib are")
            continue
        taken = list(_papers(source, path))
        source.note("taken", path, cited.count(len(taken), "paper", "papers"))
        papers += taken
    matter.mark_rough(papers)
    for given in papers:
        collection.take(given, "")
    for home in (text for text in found.texts if text.kind == "home" and papers):
        _show(source, home)
    return bool(papers)


def _show(source: Source, home: Text) -> None:
    """Show the papers on a home page that did; its heading may have come with the list."""
    shown, number = _HEADING.subn(r"\g<0>\n\n[PAPERS]", home.body, count=1)
    if "[PAPERS]" not in home.body and number:
        home.body = shown
    elif "[PAPERS]" not in home.body and "site.data.p" in source.read(source.root / home.file):
        home.body += "\n\n## Publications\n\n[PAPERS]"


def _papers(source: Source, path: Path) -> Iterator[matter.Matter]:
    text = CONTROL.sub(" ", source.read(path))
    try:
        for node, year in _items(yaml.compose(text, Loader), ""):
            data = dict(matter.flat(Loader("").construct_document(node)))
            lines = {matter.plain_key(key.value): key.start_mark.line + 1 for key, _ in node.value}
            given = matter.Matter(source, path, data, lines, first=node.start_mark.line + 1)
            _named(given, year)
            yield given
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        told = getattr(error, "problem", None) or "it is nested too deeply"
        source.note("left", path, f"nobody can read it: {told}", mark.line + 1 if mark else None)


def _named(given: matter.Matter, year: str) -> None:
    """Give a paper's keys the names that front matter has for them, and a year if it has none."""
    data = given.data
    for key, other in _OTHER.items():
        if key in data and other not in data:
            data[other] = data.pop(key)
            given.lines[other] = given.lines.get(key.partition(".")[0], given.first)
    for key in _VENUES:
        if linked.WEB.match(matter.one_text(data.get(key, ""))):
            data.setdefault("url", data.pop(key))  # Where it appeared, by its address.
    data.pop("id", "")
    data["title"] = re.sub(r"(?<=[\w)]{4})\.$", "", matter.one_text(data["title"]))
    if any(data.get(key) for key in ("date", "year", "pub_date")):
        return
    years = {found for key in _VENUES for found in _YEAR.findall(matter.one_text(data.get(key)))}
    ids = (SCHEMES["arxiv"].read(matter.one_text(value)) for value in data.values())
    sent = next((f"20{id_[:2]}" for id_ in ids if id_ and re.match(r"\d{4}\.", id_)), "")
    if found := year or (years.pop() if len(years) == 1 else sent):
        data["year"] = found
        if not year:
            given.note("guessed", f"{found} is taken for its year", "title")


def _items(node: yaml.Node | None, year: str) -> Iterator[tuple[yaml.MappingNode, str]]:
    """Yield each mapping that has a title, and the year of the group that it is in."""
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _items(one, year)
    elif isinstance(node, yaml.MappingNode):
        texts = {str(key.value).lower(): value.value for key, value in node.value
                 if isinstance(value, yaml.ScalarNode)}  # fmt: skip
        if texts.get("title") and not _groups(node):
            yield node, year
            return
        year = texts.get("year", year)
        for key, value in node.value:
            named = re.fullmatch(r"\d{4}", str(key.value))
            yield from _items(value, named[0] if named else year)


def _groups(node: yaml.MappingNode) -> bool:
    """Tell whether a mapping holds papers: a title may be that of a group."""
    return any(next(_items(value, ""), None) for _, value in node.value
               if isinstance(value, yaml.SequenceNode))  # fmt: skip
