"""Papers of a Jekyll site: files in `_publications`, or a list in `_data`."""

import glob
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from ...content import YamlLoader
from ...model import SCHEMES
from ...util import CONTROL, shorten
from ..common import count_words, describe_yaml_error, find_date, join_values, plain_text
from ..front_matter import (
    WEB_URL,
    FrontMatter,
    add_paper,
    clean_slug,
    flatten,
    mark_imprecise_dates,
    merge_abstract,
    normalize_key,
    read_bibtex_file,
    read_bibtex_text,
    read_front_matter,
    read_paper_links,
    split_abstract,
)
from ..result import Document, SourceTree
from ..webpage import has_several_papers, import_page, import_reference

_PAPER_FILES = [f"{folder}/**/*.{end}" for folder in ("_publications", "_read_papers")
          for end in ("md", "markdown", "html")]  # fmt: skip
# Keys with which front matter describes a paper.
_OF_ONE_PAPER = frozenset(
    "author authors citation venue pub journal publication doi paperurl abstract".split()
)
_EXAMPLE = re.compile(r"your name, you\b", re.IGNORECASE)


def import_publications(source: SourceTree) -> bool:
    """Import the papers of `_publications`; tell whether there are any."""
    files = source.list_files(*_PAPER_FILES)
    papers = []
    for path in files:
        parts = path.relative_to(source.root).parts[1:]
        if any(part.startswith(("_", "#")) for part in parts):
            source.note("left", path, "is left out by Jekyll, too: its path has a `_` before it")
        elif path.stem.lower() == "readme":
            source.note("left", path, "is not a paper")
        elif matter := read_front_matter(source, path):
            papers.append(matter)
    mark_imprecise_dates(papers)
    for matter in papers:
        with source.limit_reading(matter.path):
            if _is_list(matter):
                import_page(source, matter.path, lists_papers=True)
            elif not _import_reference(matter):
                import_publication(matter, matter.path.stem)
    return bool(files)


def _import_reference(matter: FrontMatter) -> bool:
    """Import a paper whose title stands only in the reference below; tell whether it is one."""
    if plain_text(matter.data.get("title", "")) or not matter.body.strip():
        return False
    text, line = matter.body.strip(), matter.body_line
    document = import_reference(matter.source, matter.path, text, line)
    if document is None:
        return False
    headers = {"links": ""}
    read_paper_links(matter, headers)
    links = document.headers.get("links", "").split("\n") + headers.pop("links").split("\n")
    document.headers |= {"links": "\n".join(dict.fromkeys(filter(None, links)))}
    for key, value in headers.items():
        document.headers.setdefault(key, value)
    if not document.headers.get("date"):
        document.headers["date"] = find_date(join_values(matter.data.get("date", "")))
    document.slug = clean_slug(matter.path.stem)
    return True


def _is_list(matter: FrontMatter) -> bool:
    """Tell whether a file has a list of papers in its text, and says nothing of one paper."""
    return not _OF_ONE_PAPER & matter.data.keys() and has_several_papers(matter.source, matter.path)


def import_publication(matter: FrontMatter, name: str) -> None:
    """Import a paper; `name` is that of its file."""
    reference = plain_text(matter.pop_text("citation", "recommended_citation"))
    if _EXAMPLE.search(reference):
        matter.note("left", "is an example of the template's and was skipped", "citation")
        return
    title = plain_text(matter.data.get("title", ""))
    text, links, reference = split_abstract(matter, title, reference)
    body = merge_abstract(matter, matter.pop_text("abstract"), "abstract", text)
    add_paper(matter, body, name, reference, links, _read_bibtex(matter, title))


def _read_bibtex(matter: FrontMatter, title: str) -> dict[str, str]:
    """Return the headers of a paper's BibTeX entry, which is in a key or in a file."""
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
# Keys of lists, and their names in front matter.
_KEY_NAMES = {"link.url": "url", "link.display": "venue", "paper": "url", "notes": "pub_last"}
# Keys of the theme minimal-light for addresses.
_LINK_KEYS = {"page": "website", "project_page": "website", "bibtex": "bibtex", "supp": "supp",
              "media": "media", "talk": "talk"}  # fmt: skip
_HTML_LINK = re.compile(
    r"<a\s[^<>]{0,500}?href=[\"']?([^\"'<>\s]{1,2000})[\"']?[^<>]{0,500}>(.{1,300}?)</a>",
    re.IGNORECASE,
)
_HTML_LINKS = re.compile(rf"(?:{_HTML_LINK.pattern}[\s|,/·\[\]]*){{1,20}}", re.IGNORECASE)
_PUBLICATION = re.compile(
    r"(?P<venue>.{2,200}?)(?:\s*\((?P<short>[A-Z][\w/&-]{1,14}(?: (?:19|20)?\d\d)?)\))?"
    r"(?:[,.]?\s*(?P<year>(?:19|20)\d\d))?[.,]?\s*"
    r"(?:\(?(?P<honour>(?:Oral|Spotlight|Highlight|Poster)[^()]{0,30})\)?)?\W*"
)
# Keys of whole references.
_REFERENCES = ("apa_reference", "reference", "citation", "apa", "text", "entry")
_VENUES = ("venue", "conference", "journal", "booktitle", "publication")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# The heading of papers with no text below it, where the theme shows the list.
_HEADING = re.compile(
    r"^#{2,3} [^\n]{0,99}\b(?:publications?|papers)\b[^\n]{0,999}$(?=\s*(?:\Z|^#))", re.I | re.M
)


def import_publication_data(source: SourceTree) -> bool:
    """Import the papers of a list in `_data`; tell whether there are any."""
    papers = []
    for path in source.list_files(*_DATA_FILES):
        if source.result.bib_files:
            source.note("left", path, "is not read because the papers of the .bib are")
            continue
        before = len(source.result.documents)
        papers_of_file = list(_read_papers(source, path))
        number = len(papers_of_file) + len(source.result.documents) - before
        source.note("taken", path, count_words(number, "paper", "papers"))
        papers += papers_of_file
    mark_imprecise_dates(papers)
    for matter in papers:
        with source.limit_reading(matter.path):
            import_publication(matter, "")
    for home in (text for text in source.result.documents if text.kind == "home" and papers):
        _show_papers(source, home)
    return bool(papers)


def _show_papers(source: SourceTree, home: Document) -> None:
    """Show the papers on a home page that did; the theme may have added the heading."""
    body, number = _HEADING.subn(r"\g<0>\n\n[PAPERS]", home.body, count=1)
    if "[PAPERS]" not in home.body and number:
        home.body = body
    elif "[PAPERS]" not in home.body and "site.data.p" in source.read_text(source.root / home.file):
        home.body += "\n\n## Publications\n\n[PAPERS]"


def _read_papers(source: SourceTree, path: Path) -> Iterator[FrontMatter]:
    text = CONTROL.sub(" ", source.read_text(path))
    try:
        for node, year in _paper_nodes(yaml.compose(text, YamlLoader), ""):
            data = dict(flatten(YamlLoader("").construct_document(node)))
            if not data.get("title"):
                _import_data_reference(source, path, data, node.start_mark.line + 1)
                continue
            lines = {normalize_key(key.value): key.start_mark.line + 1 for key, _ in node.value}
            matter = FrontMatter(source, path, data, lines, start_line=node.start_mark.line + 1)
            _normalize_keys(matter, year)
            yield matter
    except (yaml.YAMLError, RecursionError) as error:
        message, line = describe_yaml_error(error)
        message = message or "it is nested too deeply"
        source.note("left", path, f"cannot be read: {message}", line)


def _import_data_reference(source: SourceTree, path: Path, data: dict, line: int) -> None:
    """Import a paper of a list that is one reference; note another one."""
    text = next((join_values(data[key]) for key in _REFERENCES if data.get(key)), "")
    document = import_reference(source, path, text, line)
    if document is None:
        source.note("left", path, f'"{shorten(text)}" cannot be read (write it out)', line)
        return
    links = [line for line in document.headers.get("links", "").split("\n") if line]
    for key, value in data.items():
        if key in SCHEMES and (identifier := SCHEMES[key].parse(join_values(value))):
            document.headers.setdefault(key, identifier)
        elif WEB_URL.match(join_values(value)) and key not in _REFERENCES:
            links.append(f"{key.replace('_', ' ')} | {join_values(value)}")
    document.headers["links"] = "\n".join(links)


def _normalize_keys(matter: FrontMatter, year: str) -> None:
    """Rename a paper's keys as in front matter, and add a missing year."""
    data = matter.data
    for key, ours in _KEY_NAMES.items():
        if key in data and ours not in data:
            data[ours] = data.pop(key)
            matter.lines[ours] = matter.lines.get(key.partition(".")[0], matter.start_line)
    for key in _VENUES:
        if WEB_URL.match(join_values(data.get(key, ""))):
            data.setdefault("url", data.pop(key))  # The address of the paper.
    data.pop("id", "")
    _split_publication(data)
    _read_html_links(data)
    data["title"] = re.sub(r"(?<=[\w)]{4})\.$", "", join_values(data["title"]))
    if any(data.get(key) for key in ("date", "year", "pub_date")):
        return
    years = {
        paper_year for key in _VENUES for paper_year in _YEAR.findall(join_values(data.get(key)))
    }
    ids = (SCHEMES["arxiv"].parse(join_values(value)) for value in data.values())
    arxiv_year = next((f"20{id_[:2]}" for id_ in ids if id_ and re.match(r"\d{4}\.", id_)), "")
    if paper_year := year or (years.pop() if len(years) == 1 else arxiv_year):
        data["year"] = paper_year
        if not year:
            matter.note("guessed", f"{paper_year} was read as its year", "title")


def _split_publication(data: dict) -> None:
    """Split "Conference on Looms <strong>(COL)</strong>, 2021. <strong>(Oral)</strong>"."""
    for key in _VENUES:
        match = _PUBLICATION.fullmatch(plain_text(data.get(key, "")))
        if match is None:
            continue
        data[key] = match["venue"]
        parts = (("conference_short", "short"), ("year", "year"), ("presentation", "honour"))
        for name, group in parts:
            if match[group] and not data.get(name):
                data[name] = match[group]


def _read_html_links(data: dict) -> None:
    """Make links of a value that holds nothing else, and of addresses under names of their own."""
    links = []
    for key, value in list(data.items()):
        text = value if isinstance(value, str) else ""
        if _HTML_LINKS.fullmatch(text):
            links += [[plain_text(words), url] for url, words in _HTML_LINK.findall(text)]
            del data[key]
        elif key in _LINK_KEYS and WEB_URL.match(text) and " " not in text:
            links.append([_LINK_KEYS[key], data.pop(key)])
    if links:
        value = data.get("links", [])
        data["links"] = [*(value if isinstance(value, list) else [value]), *links]


def _paper_nodes(node: yaml.Node | None, year: str) -> Iterator[tuple[yaml.MappingNode, str]]:
    """Yield each mapping with a title, and the year of its group."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _paper_nodes(item, year)
    elif isinstance(node, yaml.MappingNode):
        texts = {str(key.value).lower(): value.value for key, value in node.value
                 if isinstance(value, yaml.ScalarNode)}  # fmt: skip
        is_paper = texts.get("title") or any(texts.get(key) for key in _REFERENCES)
        if is_paper and not _is_group(node):
            yield node, year
            return
        year = texts.get("year", year)
        for key, value in node.value:
            match = re.fullmatch(r"\d{4}", str(key.value))
            yield from _paper_nodes(value, match[0] if match else year)


def _is_group(node: yaml.MappingNode) -> bool:
    """Tell whether a mapping contains papers: a group can have a title."""
    return any(next(_paper_nodes(value, ""), None) for _, value in node.value
               if isinstance(value, yaml.SequenceNode))  # fmt: skip
