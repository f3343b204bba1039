"""Collections of Jekyll's: each file of `_publications` is a paper, in its front matter."""

import glob
import re

from . import abstract, article, citebib, matter
from .found import Found, Source
from .matter import one_text, words

_FILES = [f"{folder}/**/*.{end}" for folder in ("_publications", "_papers")
          for end in ("md", "markdown", "html")]  # fmt: skip
_EXAMPLE = re.compile(r"your name, you\b", re.IGNORECASE)


def read(source: Source, found: Found) -> bool:
    """Take the papers of `_publications`; tell whether there are any."""
    files = source.files(*_FILES)
    papers = []
    for path in files:
        inside = path.relative_to(source.root).parts[1:]
        if any(part.startswith(("_", "#")) for part in inside):
            source.note("left", path, "is left out by Jekyll, too: its path has a `_` before it")
        elif path.stem.lower() == "readme":
            source.note("left", path, "is no paper")
        elif given := matter.read(source, path):
            papers.append(given)
    matter.mark_rough(papers)
    for given in papers:
        take(given, given.path.stem)
    return bool(files)


def take(given: matter.Matter, name: str) -> None:
    """Add a paper, of the name of a file, to what was found."""
    reference = words(given.take("citation", "recommended_citation"))
    if _EXAMPLE.search(reference):
        given.note("left", "is an example of the template's, and is not taken", "citation")
        return
    title = words(given.data.get("title", ""))
    rest, links, reference = abstract.split(given, title, reference)
    text = given.take("abstract")
    body = abstract.text_of(given, text, "abstract", rest)
    article.add(given, body, name, reference, links, _bib_of(given, title))


def _bib_of(given: matter.Matter, title: str) -> dict[str, str]:
    """Return what a paper's BibTeX entry tells, which stands in a key or in a file."""
    for key in ("bibtex", "bibtexurl", "bib"):
        text = one_text(given.data.get(key, ""))
        name = re.sub(r"^https?://[^/]*", "", text).lstrip("/")
        if text.startswith("@"):
            del given.data[key]
            return citebib.read_text(given.source, given.path, text, title)
        for path in given.source.files(glob.escape(name)) if name.endswith(".bib") else ():
            del given.data[key]
            return citebib.read(given.source, path, title)
    return {}
