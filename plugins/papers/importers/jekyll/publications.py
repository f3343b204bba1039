"""Collections of Jekyll's: each file of `_publications` is a paper, in its front matter."""

import glob
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from ...content import Loader
from ...model import SCHEMES
from ...util import CONTROL
from ..common import count_words, join_values, plain_text
from ..front_matter import (
    WEB_URL,
    FrontMatter,
    add_paper,
    flatten,
    mark_imprecise_dates,
    merge_abstract,
    normalize_key,
    read_bibtex_file,
    read_bibtex_text,
    read_front_matter,
    split_abstract,
)
from ..result import Document, SourceTree

_FILES = [f"{folder}/**/*.{end}" for folder in ("_publications", "_papers")
          for end in ("md", "markdown", "html")]  # fmt: skip
_EXAMPLE = re.compile(r"your name, you\b", re.IGNORECASE)


def import_publications(source: SourceTree) -> bool:
    """Take the papers of `_publications`; tell whether there are any."""
    files = source.list_files(*_FILES)
    papers = []
    for path in files:
        inside = path.relative_to(source.root).parts[1:]
        if any(part.startswith(("_", "#")) for part in inside):
            source.note("left", path, "is left out by Jekyll, too: its path has a `_` before it")
        elif path.stem.lower() == "readme":
            source.note("left", path, "is no paper")
        elif matter := read_front_matter(source, path):
            papers.append(matter)
    mark_imprecise_dates(papers)
    for matter in papers:
        import_publication(matter, matter.path.stem)
    return bool(files)


def import_publication(matter: FrontMatter, name: str) -> None:
    """Add a paper, of the name of a file, to what was found."""
    reference = plain_text(matter.take("citation", "recommended_citation"))
    if _EXAMPLE.search(reference):
        matter.note("left", "is an example of the template's, and is not taken", "citation")
        return
    title = plain_text(matter.data.get("title", ""))
    rest, links, reference = split_abstract(matter, title, reference)
    text = matter.take("abstract")
    body = merge_abstract(matter, text, "abstract", rest)
    add_paper(matter, body, name, reference, links, _bib_of(matter, title))


def _bib_of(matter: FrontMatter, title: str) -> dict[str, str]:
    """Return what a paper's BibTeX entry tells, which stands in a key or in a file."""
    for key in ("bibtex", "bibtexurl", "bib"):
        text = join_values(matter.data.get(key, ""))
        name = re.sub(r"^https?://[^/]*", "", text).lstrip("/")
        if text.startswith("@"):
            del matter.data[key]
            return read_bibtex_text(matter.source, matter.path, text, title)
        for path in matter.source.list_files(glob.escape(name)) if name.endswith(".bib") else ():
            del matter.data[key]
            return read_bibtex_file(matter.source, path, title)
    return {}


_DATA_FILES = [f"_data/{name}.{end}" for name in ("publications", "papers", "publist", "pubs")
          for end in ("yml", "yaml", "json")]  # fmt: skip
# What themes call otherwise than front matter does.
_OTHER = {"link.url": "url", "link.display": "venue", "paper": "url", "notes": "pub_last"}
_VENUES = ("venue", "conference", "journal", "booktitle", "publication")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# The heading of papers with nothing below it: they were made from the list.
_HEADING = re.compile(
    r"^#{2,3} [^\n]{0,99}\b(?:publications?|papers)\b[^\n]{0,999}$(?=\s*(?:\Z|^#))", re.I | re.M
)


def import_publication_data(source: SourceTree) -> bool:
    """Take the papers of a list in `_data`; tell whether there are any."""
    papers = []
    for path in source.list_files(*_DATA_FILES):
        if source.result.bib_files:
            source.note("left", path, "is not read, for the papers of the .bib are")
            continue
        taken = list(_papers(source, path))
        source.note("taken", path, count_words(len(taken), "paper", "papers"))
        papers += taken
    mark_imprecise_dates(papers)
    for matter in papers:
        import_publication(matter, "")
    for home in (text for text in source.result.documents if text.kind == "home" and papers):
        _show(source, home)
    return bool(papers)


def _show(source: SourceTree, home: Document) -> None:
    """Show the papers on a home page that did; its heading may have come with the list."""
    shown, number = _HEADING.subn(r"\g<0>\n\n[PAPERS]", home.body, count=1)
    if "[PAPERS]" not in home.body and number:
        home.body = shown
    elif "[PAPERS]" not in home.body and "site.data.p" in source.read_text(source.root / home.file):
        home.body += "\n\n## Publications\n\n[PAPERS]"


def _papers(source: SourceTree, path: Path) -> Iterator[FrontMatter]:
    text = CONTROL.sub(" ", source.read_text(path))
    try:
        for node, year in _items(yaml.compose(text, Loader), ""):
            data = dict(flatten(Loader("").construct_document(node)))
            lines = {normalize_key(key.value): key.start_mark.line + 1 for key, _ in node.value}
            matter = FrontMatter(source, path, data, lines, first=node.start_mark.line + 1)
            _named(matter, year)
            yield matter
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        told = getattr(error, "problem", None) or "it is nested too deeply"
        source.note("left", path, f"nobody can read it: {told}", mark.line + 1 if mark else None)


def _named(matter: FrontMatter, year: str) -> None:
    """Give a paper's keys the names that front matter has for them, and a year if it has none."""
    data = matter.data
    for key, other in _OTHER.items():
        if key in data and other not in data:
            data[other] = data.pop(key)
            matter.lines[other] = matter.lines.get(key.partition(".")[0], matter.first)
    for key in _VENUES:
        if WEB_URL.match(join_values(data.get(key, ""))):
            data.setdefault("url", data.pop(key))  # Where it appeared, by its address.
    data.pop("id", "")
    data["title"] = re.sub(r"(?<=[\w)]{4})\.$", "", join_values(data["title"]))
    if any(data.get(key) for key in ("date", "year", "pub_date")):
        return
    years = {found for key in _VENUES for found in _YEAR.findall(join_values(data.get(key)))}
    ids = (SCHEMES["arxiv"].parse(join_values(value)) for value in data.values())
    sent = next((f"20{id_[:2]}" for id_ in ids if id_ and re.match(r"\d{4}\.", id_)), "")
    if found := year or (years.pop() if len(years) == 1 else sent):
        data["year"] = found
        if not year:
            matter.note("guessed", f"{found} is taken for its year", "title")


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
