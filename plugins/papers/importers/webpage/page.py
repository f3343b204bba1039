"""A page written by hand becomes papers, news, and a home page or a page of the site."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...content import Header, split_header
from ...util import shorten, strip_tags
from ..common import (
    clean_and_copy_assets,
    count_words,
    has_placeholder,
    strip_template_syntax,
)
from ..result import Document, SourceTree
from .assemble import PageContext, add_paper, find_mark_legend
from .authors import is_person_name
from .blocks import Remainder, Section, SourceLine, classify_heading, split_sections
from .draft import PaperBlock
from .languages import find_language_form, language_name, split_languages
from .owner import drop_contacts, find_person_name, identify_owner, take_portrait
from .paper import parse_paper
from .paper_elements import unwrap_tables
from .sections import import_section

_INCLUDE = re.compile(
    r"\s*\{%-?\s*include(?:_relative)?\s+([\w./-]{1,200}\.(?:q?md|html|markdown))\s*-?%\}\s*"
)
_LOOP = re.compile(r"\{%-?\s*(?P<end>end)?for\b(?P<source>[^%]*?)-?%\}")
_MADE_OF = (
    ("[PAPERS]", re.compile(r"\bsite\.(?:data\.)?(?:publications?|papers|pubs|publist)\b")),
    ("[NEWS]", re.compile(r"\bsite\.(?:data\.)?(?:news|announcements|posts)\b")),
)
_LIST_TAG = re.compile(
    r"\{%-?\s*(?:(?P<papers>bibliography\b|include\s+(?:selected_papers|publications)\.(?:liquid|html))"
    r"|(?P<news>include\s+(?:news|latest_posts)\.(?:liquid|html)))[^%]*%\}"
)
# What a script shows and hides has no use without it.
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BUTTON = re.compile(r"<button\b[^<>]{0,500}>[^<>]{0,60}</button>", re.IGNORECASE)
_HTML_TITLE = re.compile(r"<title>([^<>]{1,200})</title>", re.IGNORECASE)
_HTML_HEADING = re.compile(
    r"(<h[1-6]\b[^<>]{0,500}>[^<]{0,500}(?:<(?!/?h\d)[^<]{0,500}){0,20}</h[1-6]\s?>)", re.I
)
_MARKDOWN_HEADING = re.compile(r"(?m)^#+ +(.{1,200})$\n*")
_HOME_FILES = ("home.md", "index.md", "index.html", "index.htm", "about.md", "about.html")
# Files about a repository, which are not pages of the site.
IGNORED_PAGES = frozenset(
    "readme license licence copying notice changelog changes history contributing contributors "
    "code_of_conduct security support governance maintainers authors todo install customize faq "
    "404 agents claude gemini copilot-instructions quickstart troubleshooting seo analytics "
    "accessibility maintenance upgrading migration pull_request_template".split()
)
_HOME_NAMES = ("index", "home", "about", "about-me", "about_me", "aboutme")


def import_page_folder(source: SourceTree) -> bool:
    """Import the home page of a folder and the pages beside it; return whether there is one."""
    homes = [path for name in _HOME_FILES for path in source.list_files(name)]
    if not homes:
        return False
    import_page(source, homes[0])
    for path in source.list_files("*.md", "*.html", "*.htm"):
        is_other = path != homes[0] and path not in source.included
        if is_other and path.stem.lower() not in {*_HOME_NAMES, *IGNORED_PAGES}:
            import_page(source, path)
    return True


def import_page(
    source: SourceTree, path: Path, is_home: bool | None = None, lists_papers: bool = False
) -> None:
    """Import the papers and news of a page, and the remaining text as a page.

    That is the home page where the caller says so, or else where the file is the only one, or
    has a home page's name or address. A page that `lists_papers` holds nothing else, whatever
    its title says.
    """
    with source.limit_reading(path):
        page = _parse_page(source, path, False if lists_papers else is_home, lists_papers)
        count = len(source.result.documents)
        remainders = _import_sections(source, page)
        _compose_page(source, page, remainders, source.result.documents[count:])
        _add_translations(source, page)


def import_reference(source: SourceTree, path: Path, text: str, line: int) -> Document | None:
    """Import the paper that a reference in Markdown or HTML describes; return its document."""
    draft = parse_paper(PaperBlock(text, path, line))
    if draft is None or not draft.authors.names:
        return None
    add_paper(source, PaperBlock(text, path, line), draft, PageContext())
    return source.result.documents[-1]


def has_several_papers(source: SourceTree, path: Path) -> bool:
    """Tell whether the text of a page is a list of papers."""
    trial = SourceTree(source.root, base=source.base)
    import_page(trial, path, lists_papers=True)
    return sum(document.kind == "paper" for document in trial.result.documents) > 1


def is_publication_page(header: Header, path: Path) -> bool:
    """Tell whether a whole page is a list of papers, by its title, address or name."""
    names = (header.get("title"), header.get("permalink"), path.stem)
    return any(classify_heading(re.sub(r"[-_/]", " ", name or "")) == "papers" for name in names)


@dataclass(slots=True)
class _Page:
    path: Path
    header: Header
    title: str
    is_home: bool
    lines: list[SourceLine]
    sections: list[Section]
    # The owner's name, where it is the first heading of the home page.
    owner_name: str = ""
    context: PageContext = field(default_factory=PageContext)
    # What the page says in other languages, by their codes.
    translations: dict[str, list[SourceLine]] = field(default_factory=dict)


def _parse_page(source: SourceTree, path: Path, is_home: bool | None, lists_papers: bool) -> _Page:
    """Return a page in sections, with the pages that it includes."""
    header, lines = _read_lines(source, path)
    is_home = _is_home(source, header, path) if is_home is None else is_home
    matches = (_HTML_TITLE.search(line.text) for line in lines[:60])
    title = header.get("title") or next((match[1] for match in matches if match), "")
    lines = _include_pages(source, path, lines, (path,))
    lines, translations = _split_translations(lines)
    is_list = lists_papers or (not is_home and is_publication_page(header, path))
    kind = "papers" if is_list else "other"
    page = _Page(path, header, title, is_home, lines, split_sections(lines, kind))
    page.translations = translations
    page.context.marks = find_mark_legend("\n".join(line.text for line in lines))
    first = next((section for section in page.sections if section.heading), None)
    if is_home and first and first.level == 1:
        page.owner_name = find_person_name(first.title)
        if page.owner_name:
            first.heading = []
    if any(section.level == 1 and section.heading for section in page.sections):
        _lower_headings(page.sections)
    return page


def _split_translations(
    lines: list[SourceLine],
) -> tuple[list[SourceLine], dict[str, list[SourceLine]]]:
    """Return the lines of a page in its main language, and those in others."""
    parts = {
        lang: [replace(line, text=text) for line, text in zip(lines, part.split("\n"), strict=True)]
        for lang, part in split_languages("\n".join(line.text for line in lines)).items()
    }
    if not parts:
        return lines, {}
    main, *others = parts
    return parts[main], {lang: parts[lang] for lang in others}


def _add_translations(source: SourceTree, page: _Page) -> None:
    """Add what a page says in other languages as pages, with links to them on the home page."""
    home = next((text for text in source.result.documents if text.kind == "home"), None)
    for lang, lines in page.translations.items():
        text = unwrap_tables("\n".join(line.text for line in lines))
        body = clean_and_copy_assets(source, page.path, text, lines[0].number, "images")
        if not body:
            continue
        name = language_name(lang)
        slug = lang if page.is_home else f"{page.path.stem}-{lang}"
        title = find_language_form(source.result.owner.names, lang) or page.title or name
        headers = {"title": title, "lang": lang}
        source.add_document("page", headers, body, page.path, lines[0].number, slug)
        source.note("taken", page.path, f"its part in {name} is content/pages/{slug}.md")
        if home and page.is_home:
            home.body = f"[{name}]({{filename}}/pages/{slug}.md)\n\n{home.body}"


def _is_home(source: SourceTree, header: Header, path: Path) -> bool:
    if "permalink" in header.entries and not (header.get("permalink") or "").strip("'\"/ "):
        return True
    is_home = path.stem.lower() in _HOME_NAMES or source.file is not None
    return is_home and not is_publication_page(header, path)


def _lower_headings(sections: list[Section]) -> None:
    """Make room for the page's title above the headings of Markdown."""
    for section in sections:
        if section.heading and section.heading[0].text.lstrip().startswith("#"):
            heading = section.heading[0]
            section.heading[0] = replace(heading, text=f"#{heading.text.lstrip()}")


def _read_lines(source: SourceTree, path: Path) -> tuple[Header, list[SourceLine]]:
    """Return a page's header block, and the lines below it with their numbers in the file."""
    text = source.read_text(path)
    name = source.relative_name(path)
    header, body = Header(name), text
    if re.match(r"\s*---[ \t]*\n", text):
        header, body = split_header(name, text)
        if header.unparsable:
            source.note("left", path, "its header block cannot be read and was skipped", 1)
            body = re.sub(r"\A\s*---\n.*?\n(?:---|\.\.\.)[ \t]*\n", "", text, flags=re.DOTALL)
    above = text.count("\n") - body.count("\n")
    return header, [
        SourceLine(line, path, above + number)
        for number, line in enumerate(body.split("\n"), start=1)
    ]


def _include_pages(
    source: SourceTree, path: Path, lines: list[SourceLine], including: tuple[Path, ...]
) -> list[SourceLine]:
    """Return lines without the syntax of the old system, with the pages that they include.

    `including` are the pages on the way to this one.
    """
    first = lines[0].number if lines else 1
    texts = mark_lists("\n".join(line.text for line in lines)).split("\n")
    # What is in a comment is not a part of the page.
    shown = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), "\n".join(texts)).split("\n")
    names = {n: match[1] for n, text in enumerate(shown) if (match := _INCLUDE.fullmatch(text))}
    for n in names:
        texts[n] = ""
    text = _BUTTON.sub(lambda match: "\n" * match[0].count("\n"), "\n".join(texts))
    text = strip_template_syntax(source, path, text, first)
    result: list[SourceLine] = []
    for n, line in enumerate(_HTML_HEADING.sub(_join_heading, text).split("\n")):
        if n not in names:
            parts = _HTML_HEADING.split(line) if line.lstrip().startswith("<") else [line]
            result += [
                SourceLine(part, path, first + n) for part in parts if part or len(parts) == 1
            ]
            continue
        included = _find_included_page(source, path, names[n])
        if included is None or included in including:
            source.note("left", path, f'"{names[n]}" was not found and was skipped', first + n)
            continue
        source.included.add(included)
        _, included_lines = _read_lines(source, included)
        result += _include_pages(source, included, included_lines, (*including, included))
    return result


def mark_lists(text: str) -> str:
    """Return a text whose lists of papers and news, which Jekyll makes of data, are our marks."""
    text = _LIST_TAG.sub(lambda match: "[PAPERS]" if match["papers"] else "[NEWS]", text)
    depth, start, mark, position = 0, 0, "", 0
    parts: list[str] = []
    for loop in _LOOP.finditer(text):
        if loop["end"]:
            depth -= 1
            if depth == 0 and mark:
                piece = text[start : loop.end()]
                parts += [text[position:start], mark, "\n" * piece.count("\n")]
                position = loop.end()
            continue
        if depth == 0:
            start = loop.start()
            marks = (mark for mark, form in _MADE_OF if form.search(loop["source"]))
            mark = next(marks, "")
        depth = max(depth, 0) + 1
    return "".join([*parts, text[position:]])


def _find_included_page(source: SourceTree, path: Path, name: str) -> Path | None:
    if ".." in name:
        return None
    for folder in (path.parent, source.root / "_includes", source.root):
        pattern = (folder / name).relative_to(source.root).as_posix()
        if files := source.list_files(pattern):
            return files[0]
    return None


def _join_heading(match: re.Match) -> str:
    """Return a heading of HTML on one line, its line ends after it."""
    text = re.sub(r"\s*\n\s*", " ", match[0])
    text = re.sub(r"\A(<h\d[^<>]*>) | (?=</h\d\s?>\Z)", r"\1", text)
    return text + "\n" * match[0].count("\n")


def _import_sections(source: SourceTree, page: _Page) -> list[Remainder]:
    """Import the papers and news of a page; return what remains of its sections."""
    for mark, meaning in page.context.marks.items():
        if mark == meaning or (mark, meaning) == ("#", "†"):
            continue
        line = next(line for line in page.lines if find_mark_legend(line.text).get(mark) == meaning)
        message = f'"{mark}" after an author became "{meaning}", as the page explains it'
        source.note("guessed", page.path, message, line.number)
    remainders: list[Remainder] = []
    for line in page.lines:
        if _is_example_item(line):
            message = "is the theme's example and was skipped"
            source.note("left", line.path, message, line.number)
    for section in page.sections:
        remainders += import_section(source, section, page.context)
    return remainders


def _compose_page(
    source: SourceTree, page: _Page, remainders: list[Remainder], imported: list[Document]
) -> None:
    """Add what remains of a page as the home page or a page, or note what was skipped."""
    if page.is_home:
        remainders = take_portrait(source, page.path, remainders, page.owner_name or page.title)
    body = _render_body(source, remainders)
    papers = sum(document.kind == "paper" for document in imported)
    news = len(imported) - papers
    counts = count_words(papers, "paper", "papers"), count_words(news, "news item", "news items")
    source.note("taken", page.path, ", ".join(counts))
    author = page.header.get("author") or ""
    title = (author if is_person_name(author) else page.title) if page.is_home else author
    headers = identify_owner(
        source, page.path, page.lines, page.context.bold_names, page.owner_name, title
    )
    if page.is_home:
        body = drop_contacts(body, source.result.owner)
    heading = _MARKDOWN_HEADING.search(body)
    if heading and find_person_name(heading[1]) == headers["title"]:
        # The template prints the page's title.
        body = f"{body[: heading.start()]}{body[heading.end() :]}".strip()
    prose = re.sub(r"(?m)^#+ .*$|^\[(?:NEWS|PAPERS)\]$", "", body).strip()
    if page.is_home and (prose or news):
        source.add_document("home", headers, body, page.path, 1)
    elif prose and not imported:
        stem = page.path.stem if page.path.stem != "index" else page.path.parent.name
        headers = {"title": page.title or stem, "lang": page.header.get("lang") or ""}
        source.add_document("page", headers, body, page.path, 1, stem)
    else:
        _note_lines_left_out(source, remainders)


def _note_lines_left_out(source: SourceTree, remainders: list[Remainder]) -> None:
    lines = (line for part in remainders if not isinstance(part, str) for line in part)
    for line in lines:
        has_words = re.search(r"\w", strip_tags(line.text))
        if has_words and not re.match(r"\s*(?:#|<h\d|\*\*(?:19|20)\d\d\*\*)", line.text):
            message = f'"{shorten(line.text)}" is between the papers and was skipped'
            source.note("left", line.path, message, line.number)


def _render_body(source: SourceTree, remainders: list[Remainder]) -> str:
    """Return the text of a page; of several marks of a list, the first remains."""
    texts: list[str] = []
    for part in _join_adjacent_lines(remainders):
        if isinstance(part, str):
            texts += [part] if part not in texts else []
        else:
            part = [line for line in part if not _is_example_item(line)]
            if not part:
                continue
            text = unwrap_tables("\n".join(line.text for line in part))
            first = part[0]
            texts.append(clean_and_copy_assets(source, first.path, text, first.number, "images"))
    body = "\n\n".join(filter(None, texts))
    for mark in ("[NEWS]", "[PAPERS]"):
        before, separator, behind = body.partition(f"{mark}\n")
        body = before + separator + re.sub(rf"(?m)^{re.escape(mark)}$\n*", "", behind)
    return body.strip("\n")


def _is_example_item(line: SourceLine) -> bool:
    return has_placeholder(line.text) and line.text.lstrip().startswith(("- ", "* ", "<li"))


def _join_adjacent_lines(remainders: list[Remainder]) -> list[Remainder]:
    """Join lines that follow one another in their file."""
    result: list[Remainder] = []
    for part in remainders:
        if isinstance(part, str):
            result.append(part)
        elif part and result and _is_adjacent(result[-1], part[0]):
            if result[-1][-1].number == part[0].number:
                # Paragraphs of HTML on one line.
                result[-1].append(replace(part[0], text=""))
            result[-1].extend(part)
        elif part:
            result.append(list(part))
    return result


def _is_adjacent(part: Remainder, line: SourceLine) -> bool:
    if isinstance(part, str):
        return False
    return part[-1].path == line.path and line.number - part[-1].number in (0, 1)
