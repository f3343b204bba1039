"""The .bib files of a Quarto site: the owner's papers, or a list of what texts cite."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...content import parse_bibtex
from ...model import parse_name
from ..common import fold_text, join_values, plain_text
from ..front_matter import FrontMatter, classify_name
from ..references import import_bib_file
from ..result import SourceTree

_BIB = re.compile(r"[\w./ -]{1,200}\.bib\b")
_CELL = re.compile(r"^```+\{.*?^```+", re.MULTILINE | re.DOTALL)
_OWN = re.compile(r"publi|papers?|pubs|\bcv\b|own|articles|works|preprint|research", re.IGNORECASE)


def import_bibliographies(
    source: SourceTree, config: FrontMatter, matters: Mapping[Path, FrontMatter]
) -> None:
    """Import the .bib files that lists of publications show; note the others."""
    shown = set(_bibs_of_publication_pages(source, config, matters))
    has_papers = any(document.kind == "paper" for document in source.result.documents)
    for path in source.list_files("**/*.bib"):
        name = path.relative_to(source.root).as_posix()
        if re.search(r"(?:^|/)(?:_site|docs|renv|_extensions|node_modules)/", name):
            continue
        with source.limit_reading(path):
            beside = any(text.parent == path.parent and text.stem == "index" and
                         path.parent != source.root for text in matters)  # fmt: skip
            headers = parse_bibtex(name, source.read_text(path).encode())[1:]
            share = _owners_share(source, [header.get("authors") or header.get("author") or ""
                                           for header in headers])  # fmt: skip
            is_own = path in shown and (share is None or share >= 0.3)
            is_own |= not has_papers and _OWN.search(path.stem) is not None and (share or 0) > 0.5
            if is_own:
                import_bib_file(source, path)
            elif not (beside and len(headers) < 2):
                message = (
                    "was read as works that texts cite, not as the owner's papers (copy it to "
                )
                source.note("left", path, f"{message}content/references.bib, or content/papers/)")


def _owners_share(source: SourceTree, authors: list[str]) -> float | None:
    """Return the share of entries that name the owner; None where nobody knows the name."""
    name = source.result.owner.name
    if not name or not source.result.owner.names or not authors:
        return None
    family = fold_text(parse_name(name).family)
    return sum(family in fold_text(plain_text(text)) for text in authors) / len(authors)


def _bibs_of_publication_pages(
    source: SourceTree, config: FrontMatter, matters: Mapping[Path, FrontMatter]
) -> Iterator[Path]:
    """Yield the .bib files that pages of publications name, in their header or their code."""
    for path, matter in matters.items():
        title = plain_text(matter.data.get("title", ""))
        folder = path.parent.name if path.parent != source.root else ""
        is_all = "@*" in join_values(matter.data.get("nocite", ""))
        raw = path.read_bytes().decode("utf-8", "replace")
        is_list = classify_name(path.stem, title, folder) == "paper"
        code = "\n".join(_CELL.findall(raw))
        if not is_all and not (is_list and (_BIB.search(code) or "#refs" in raw)):
            continue
        names = [*matter.pop_items("bibliography"), *_BIB.findall(code)]
        names += config.data.get("bibliography", []) if not names else []
        for name in [names] if isinstance(names, str) else names:
            yield from _find_bib(source, path.parent, join_values(name))
        if is_all and not names:
            bibs = config.data.get("bibliography", [])
            for name in bibs if isinstance(bibs, list) else [bibs]:
                yield from _find_bib(source, source.root, join_values(name))


def _find_bib(source: SourceTree, folder: Path, name: str) -> list[Path]:
    name = name.strip().lstrip("/")
    wanted = {(base / name).resolve() for base in (folder, source.root) if name}
    return [path for path in source.list_files("**/*.bib") if path.resolve() in wanted]
