"""Other people's works, in content/references.bib, and how texts cite a work."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ..model import Paper, Person, Problem
from ..util import is_public
from .bibtex_parser import parse_bibtex, read_strings
from .header import Header
from .paper_reader import PAPERS_FOLDER, read_paper

REFERENCES_FILE = "references.bib"


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry in a text's list of references; `label` cites it in the text."""

    anchor: str
    label: str
    year: str
    paper: Paper
    address: str | None


class ReferencesFile:
    """The works of content/references.bib, which is parsed at the first use."""

    def __init__(self, folder: Path, people: Mapping[str, Person]):
        self.folder, self.people = folder, people
        self.papers: dict[str, Paper | None] = {}
        self.problems: list[Problem] = []

    @cached_property
    def headers(self) -> dict[str, Header]:
        """The headers of the entries by their keys in lower case."""
        file, headers = self.folder / REFERENCES_FILE, {}
        name = f"{self.folder.name}/{REFERENCES_FILE}"
        if file.is_symlink() and not is_public(file, self.folder):
            hint = "copy the file itself there"
            self.problems.append(Problem(name, f"points outside content/ ({hint})"))
            return headers
        if not file.is_file():
            return headers
        # Those of the papers' files, too, and of its own.
        strings = read_strings(self.folder / PAPERS_FOLDER)
        for header in parse_bibtex(name, file.read_bytes(), strings):
            if header.citation_key:
                headers.setdefault(header.citation_key.lower(), header)
            else:
                self.problems += header.problems
        return headers

    def get(self, key: str) -> Paper | None:
        """Return a work; None if there is none, or if it has errors, which are reported."""
        key = key.lower()
        if key in self.headers and key not in self.papers:
            header = self.headers[key]
            file = self.folder / REFERENCES_FILE
            paper = read_paper(header, file, self.folder, self.people, header.citation_key)
            self.problems += [problem for problem in header.problems if not problem.notice]
            # Files and links of other people's works are not used.
            self.papers[key] = paper and replace(paper, links=(), figure=None)
        return self.papers.get(key)


def disambiguate(references: list[Reference]) -> list[Reference]:
    """Add letters to equal labels: 2026a, 2026b."""
    counts, seen = Counter(reference.label for reference in references), Counter()
    for n, reference in enumerate(references):
        if counts[reference.label] > 1:
            letter = chr(ord("a") + seen[reference.label])
            seen[reference.label] += 1
            label, year = reference.label + letter, reference.year + letter
            references[n] = replace(reference, label=label, year=year)
    return references


def cite_label(paper: Paper) -> str:
    """Return a label such as "Liu et al., 2026"."""
    names = [author.family for author in paper.authors or paper.editors]
    if len(names) > 2 or paper.has_more_authors:
        name = f"{names[0]} et al."
    else:
        name = " and ".join(names) or paper.title
    return f"{name}, {paper.date.year}"


def reference_anchor(key: str) -> str:
    """Return the id of a work in a text's list of references."""
    return f"ref-{key.lower()}"
