"""Quarto's websites: the owner, the home page, papers, posts, and the pages of other kinds."""

import re
from collections import Counter
from pathlib import Path

from ...util import MAX_TEXT_SIZE, SizeLimitExceeded, is_public
from ..common import (
    CollectionItem,
    add_collection_page,
    clean_body,
    count_words,
    find_date,
    join_values,
    plain_text,
)
from ..front_matter import (
    FrontMatter,
    ItemKind,
    classify_name,
    clean_slug,
    import_post,
    import_text_paper,
    is_paper,
    mark_imprecise_dates,
    read_collection_item,
    read_front_matter,
    read_text_page,
    read_yaml_records,
)
from ..result import SourceTree
from ..webpage import IGNORED_PAGES, import_page
from .bibliography import import_bibliographies
from .home import HomePage
from .listing import Listing, read_listings
from .markdown import CELL, CITATION, FENCE, INLINE_CODE, convert_markdown, is_shown, read_cell

QUARTO_CONFIGS = ("_quarto.yml", "_quarto.yaml")
_TEXTS = ("**/*.qmd", "**/*.md", "**/*.Rmd", "**/*.ipynb")
# Folders of programs and builds.
_NO_TEXTS = re.compile(
    r"(?:^|/)(?:_(?!quarto)[^/]*|node_modules|renv|venv|docs|public|\.[^/]*|R|scripts|man|tests)/"
)
_TITLES = {"talk": "Talks", "project": "Projects", "teaching": "Teaching", "people": "People"}
_INCLUDED = re.compile(r"^\{% include (?P<path>[^\s%]+\.(?:q?md|Rmd)) %\}$", re.MULTILINE)
_MAX_INCLUDED = 200
_NEWEST_FIRST = ("news", "talk", "project", "teaching", "other")


def import_quarto(source: SourceTree) -> bool:
    """Import a website of Quarto; tell whether it is one."""
    configs = source.list_files(*QUARTO_CONFIGS)
    if not configs and not source.list_files("index.qmd"):
        return False
    config = read_front_matter(source, configs[0]) if configs else None
    _QuartoSite(source, config or FrontMatter(source, source.root / "_quarto.yml")).read()
    return True


class _QuartoSite:
    """A site of Quarto while it is read."""

    def __init__(self, source: SourceTree, config: FrontMatter):
        self.source, self.config = source, config
        source.converters |= dict.fromkeys((".qmd", ".md", ".rmd"), convert_markdown)
        self.matters: dict[Path, FrontMatter] = {}
        # Pages with listings, and what each text is an item of.
        self.listings: dict[Path, list[Listing]] = {}
        self.kinds: dict[Path, tuple[ItemKind, str]] = {}

    def read(self) -> None:
        """Import all of the site."""
        self._read_texts()
        self._read_listings()
        self._classify_texts()
        home = HomePage(self.source, self.config, self.matters)
        home.read_owner()
        papers = [path for path, (kind, _) in self.kinds.items() if kind == "paper"]
        mark_imprecise_dates([self.matters[path] for path in papers])
        for path in papers:
            with self.source.limit_reading(path):
                self._import_paper(path)
        self._import_records()
        for path in [path for path, (kind, _) in self.kinds.items() if kind == "news"]:
            with self.source.limit_reading(path):
                self._import_post(path)
        import_bibliographies(self.source, self.config, self.matters)
        for path in self._plain_pages(home.path):
            self._import_plain_page(path)
        self._import_collections()
        home.import_page(self._marks)

    def _read_texts(self) -> None:
        """Read the headers of all texts that Quarto renders."""
        output = join_values(self.config.data.get("project.output_dir", "")).strip("./") or "_site"
        for path in self.source.list_files(*_TEXTS):
            name = path.relative_to(self.source.root).as_posix()
            is_part = path.name.startswith("_") or _NO_TEXTS.search(name)
            if is_part or name.startswith(f"{output}/") or path.stem.lower() in IGNORED_PAGES:
                continue
            if path.suffix == ".ipynb":
                self.source.note("left", path, "a notebook is not text (save it as Markdown)")
            elif matter := self._read_header(path):
                self.matters[path] = matter
                self._note_code(path)

    def _read_header(self, path: Path) -> FrontMatter | None:
        with self.source.limit_reading(path):
            if matter := read_text_page(self.source, path):
                matter.body = self._include(path, matter.body, [])
            return matter
        return None

    def _include(self, path: Path, text: str, sizes: list[int], depth: int = 0) -> str:
        """Return a text with the files that it includes, whose lengths are added to `sizes`.

        Raises SizeLimitExceeded for very many, such as files that include each other.
        """

        def read(match: re.Match) -> str:
            for folder in (path.parent, self.source.root):
                file = folder / match["path"]
                if depth < 5 and ".." not in match["path"] and is_public(file, self.source.root):
                    included = self.source.read_text(file)
                    sizes.append(len(included))
                    if len(sizes) > _MAX_INCLUDED or sum(sizes) > MAX_TEXT_SIZE:
                        hint = "write them into one file, and include none twice"
                        raise SizeLimitExceeded(f"includes too many files ({hint})")
                    return self._include(file, included, sizes, depth + 1)
            return match[0]

        return _INCLUDED.sub(read, text)

    def _note_code(self, path: Path) -> None:
        """Note the cells of code that Quarto runs, and citations of a bibliography."""
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
        cells = [
            (n, CELL.match(fence["info"].strip()))
            for n, line in enumerate(lines)
            if (fence := FENCE.match(line)) and CELL.match(fence["info"].strip())
        ]
        shown = [n for n, cell in cells if is_shown(cell, read_cell(lines, n))]
        hidden = [n for n, _ in cells if n not in shown]
        if shown:
            words = count_words(len(shown), "cell of code is", "cells of code are")
            message = f"{words} shown without the output (add pictures and tables by hand)"
            self.source.note("guessed", path, message, shown[0] + 1)
        if hidden:
            words = count_words(len(hidden), "cell of code", "cells of code")
            message = f"{words} without visible code, and the output, left out"
            self.source.note("left", path, message, hidden[0] + 1)
        for n, line in enumerate(lines):
            if INLINE_CODE.search(line):
                message = 'a value that code computes became "…" (write it out)'
                self.source.note("guessed", path, message, n + 1)
                break
        cited = [n for n, line in enumerate(lines) if CITATION.search(line)]
        if cited:
            message = (
                "citations became plain keys (to link them, copy the .bib to "
                "content/references.bib, and write [@key])"
            )
            self.source.note("guessed", path, message, cited[0] + 1)

    def _read_listings(self) -> None:
        for path, matter in self.matters.items():
            if listings := read_listings(matter):
                self.listings[path] = listings

    def _classify_texts(self) -> None:
        """Find out what each text is: an item of a listing, or of a folder."""
        root = self.source.root
        for page, listings in self.listings.items():
            title = plain_text(self.matters[page].data.get("title", ""))
            for listing in listings:
                names = (*listing.patterns, listing.name, title, page.parent.name)
                kind = classify_name(*names)
                for path in listing.texts:
                    if path in self.matters and path not in self.listings:
                        self._classify(path, kind)
        for path in self.matters:
            parts = path.relative_to(root).parts
            is_index = path.stem.lower() == "index" and len(parts) == 2
            if path in self.kinds or path in self.listings or len(parts) < 2 or is_index:
                continue
            kind = classify_name(*reversed(parts[:-1]))
            if kind != "other":
                self._classify(path, kind)

    def _classify(self, path: Path, kind: ItemKind) -> None:
        matter = self.matters[path]
        parts = path.relative_to(self.source.root).parts
        folder = parts[0] if len(parts) > 1 else path.stem
        if is_paper(matter) and kind in ("project", "other", "news") and matter.data.get(
            "author", matter.data.get("authors", "")
        ):  # fmt: skip
            kind = "paper"
        self.kinds.setdefault(path, (kind, folder))

    def _import_paper(self, path: Path) -> None:
        is_folder = path.stem == "index"
        name = path.parent.name if is_folder else path.stem
        import_text_paper(self.matters[path], name, is_folder)

    def _import_records(self) -> None:
        """Import the papers, and note the other records, in the YAML files of listings."""
        known = {
            path.relative_to(self.source.root).as_posix().removesuffix("/index.qmd")
            for path, (kind, _) in self.kinds.items()
            if kind == "paper"
        }
        seen: set[Path] = set()
        for page, listings in self.listings.items():
            for listing in listings:
                title = plain_text(self.matters[page].data.get("title", ""))
                kind = classify_name(*listing.patterns, listing.name, title, page.parent.name)
                for path in listing.records:
                    if path in seen:
                        continue
                    seen.add(path)
                    with self.source.limit_reading(path):
                        self._import_record_file(path, kind, known, page)

    def _import_record_file(self, path: Path, kind: ItemKind, known: set[str], page: Path) -> None:
        records = read_yaml_records(self.source, path)
        papers = [record for record in records if kind == "paper" or is_paper(record)]
        mark_imprecise_dates(papers)
        for record in papers:
            address = join_values(record.data.get("path", "")).strip("/").removesuffix("/index.qmd")
            if address not in known:
                import_text_paper(record, "", False)
        if papers:
            self.source.note("taken", path, count_words(len(papers), "paper", "papers"))
        items = [_read_record(record) for record in records if record not in papers]
        if items:
            title = plain_text(self.matters[page].data.get("title", "")) or path.stem.capitalize()
            slug = clean_slug(page.parent.name if page.stem == "index" else page.stem)
            add_collection_page(self.source, path, slug or path.stem, title, items)

    def _import_post(self, path: Path) -> None:
        name = path.parent.name if path.stem == "index" else path.stem
        import_post(self.matters[path], name)

    def _plain_pages(self, home: Path | None) -> list[Path]:
        """Return the pages that are not items."""
        return [path for path in self.matters if path not in self.kinds and path != home]

    def _import_plain_page(self, path: Path) -> None:
        """Import a page; what it says above a list of papers is noted."""
        source = self.source
        folder = path.parent.name if path.parent != source.root else ""
        title = plain_text(self.matters[path].data.get("title", ""))
        kind = classify_name(folder or path.stem, title)
        if path in self.listings and kind in ("talk", "project", "teaching", "people", "other"):
            return  # The page of its items has its text.
        if path in self.listings and not re.search(r"(?m)^(?!#).*\w", self.matters[path].body):
            return
        count = len(source.result.documents)
        import_page(source, path, is_home=False)
        added = source.result.documents[count:]
        for page in [text for text in added if text.kind == "page"]:
            words = " ".join(page.body.split())
            if kind in ("paper", "news") and path in self.listings or kind == "paper" and re.match(
                "(?:publication|paper)s?$", page.slug or ""
            ):  # fmt: skip
                source.result.documents.remove(page)
                message = f'"{words[:80]}" is above a list and was skipped'
                source.note("left", path, message)

    def _import_collections(self) -> None:
        """Import the items of other kinds, a page for each of their folders."""
        folders: dict[str, list[Path]] = {}
        for path, (kind, folder) in self.kinds.items():
            if kind not in ("paper", "news"):
                folders.setdefault(folder, []).append(path)
        for page, listings in self.listings.items():
            if not any(listing.texts or listing.records for listing in listings):
                folders.setdefault(page.parent.name if page.stem == "index" else page.stem, [])
        for folder, paths in folders.items():
            kinds = Counter(self.kinds[path][0] for path in paths)
            kind = kinds.most_common(1)[0][0] if kinds else "other"
            index = next((
                page for page in self.listings
                if page.stem == folder or (page.stem == "index" and page.parent.name == folder)
            ), None)  # fmt: skip
            dates = {path: find_date(join_values(self.matters[path].data.get("date", "")))
                     for path in paths}  # fmt: skip
            if kind in _NEWEST_FIRST and any(dates.values()):
                paths = sorted(paths, key=lambda path: dates[path], reverse=True)
            items = [item for path in paths if (item := self._read_item(path))]
            title, intro = _TITLES.get(kind, folder.replace("-", " ").capitalize()), ""
            if index and index.parent != self.source.root or index and index.stem != "index":
                matter = self.matters[index]
                title = plain_text(matter.data.get("title", "")) or title
                intro = clean_body(self.source, index, matter.body, matter.body_line, "images")
            where = index or self.source.root / folder
            add_collection_page(
                self.source, where, clean_slug(folder) or "items", title, items, intro
            )

    def _read_item(self, path: Path) -> CollectionItem | None:
        with self.source.limit_reading(path):
            name = path.parent.name if path.stem == "index" else path.stem
            return read_collection_item(self.matters[path], name)
        return None

    def _marks(self, path: Path) -> dict[str, str]:
        """Return the marks of lists for the listings of the home page, by their ids."""
        marks = {}
        for listing in self.listings.get(path, ()):
            kind = classify_name(*listing.patterns, listing.name)
            kinds = {self.kinds[text][0] for text in listing.texts if text in self.kinds}
            kind = "paper" if "paper" in kinds or (listing.records and kind == "paper") else kind
            marks[listing.name] = {"paper": "[PAPERS]", "news": "[NEWS]"}.get(kind, "")
        return marks


def _read_record(record: FrontMatter) -> CollectionItem:
    """Return an item of a listing, and note what it does not show."""
    item = read_collection_item(record, "")
    record.note_remaining_keys()
    return item
