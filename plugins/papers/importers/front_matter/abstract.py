"""The text of a paper's page: its abstract, without the citation and links around it."""

import re
from collections.abc import Iterator

from ...util import shorten
from ..common import (
    clean_and_copy_assets,
    clean_body,
    fold_text,
    is_placeholder,
    parse_reference_names,
    plain_text,
    strip_template_syntax,
)
from .links import is_paper_link
from .paper_fields import plain_name
from .parser import FrontMatter

_LINK = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]\\]|\\.){1,300})\]\(\s?<?(?P<address>(?:[^\n()<>\"]|\([^\s()]{0,300}\)){1,2000})>?"
    r"(?:\s\"[^\"\n]{0,300}\")?\s?\)(?:\{:[^{}\n]{0,200}\})?"
    r"|<a\s[^<>]{0,500}?href=[\"'](?P<href>[^\"'<>]{1,2000})[\"'][^<>]{0,500}>(?P<words>[^<>]{1,300})</a>",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[\s|,;·•/&*_:.\[\]()-]{0,300}(?:and|<br ?/?>)?[\s|,;·•/&*_:.\[\]()-]{0,300}"
)
_SCHOLAR = re.compile(r"\W*use .{0,20}google scholar.{0,20}for (?:the )?full citation\W*", re.I)
_ABSTRACT = re.compile(
    r"\s{0,3}(?:#{1,6}\s{0,3})?(?P<mark>[*_]{0,3})abstract[*_]{0,3}\s?"
    r"(?:[:.—–][*_]{0,3}\s{0,3}|$(?:\n(?:-{3,}|={3,})[ \t]*$)?)",
    re.I | re.M,
)
_CITED = re.compile(r"[*_\s]{0,4}(?:recommended |suggested )?citation[*_\s]{0,4}:[*_\s]{0,4}", re.I)
# The texts of themes' examples.
_EXAMPLES = re.compile(
    r"supplementary notes can be added here|click the [*_](?:cite|slides)[*_] button above|"
    r"create your slides in markdown - click the|add the publication's \*\*full text|"
    r"add the \*\*full text\*\* or \*\*supplementary notes|import publication metadata from",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r"^[ \t]{0,3}\{\{[%<]\s?/?(?:callout|alert)\b[^{}\n]{0,100}[%>]\}\}", re.M)
# The name of an author: capitalised words, and particles between them.
_FULL_NAME = re.compile(
    r"[^\W\d_a-zß-ÿ][\w.'’-]*"
    r"(?: (?:[^\W\d_a-zß-ÿ][\w.'’-]*|van|von|der|den|de|da|di|del|la|le|bin)){1,4}"
    r"[*†‡§#¶]{0,3}"
)
_LIST = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s")
_HEADING = re.compile(r"^#{1,6}(?=[ \t]+\S)", re.MULTILINE)


def split_abstract(
    matter: FrontMatter, title: str, reference: str
) -> tuple[str, list[tuple[str, str]], str]:
    """Split the text of a paper's page into its abstract, links to the paper, and its citation.

    The lines of the abstract keep their numbers. Links are (label, address), from paragraphs of
    nothing else. The citation is `reference`, or one in the text.
    """
    links: list[tuple[str, str]] = []
    body = _SHORTCODE.sub("", matter.body)
    lines = strip_template_syntax(matter.source, matter.path, body, matter.body_line).split("\n")
    abstract = [""] * len(lines)
    is_citation = False  # The next paragraph is the citation.
    for first, paragraph in _paragraphs(lines):
        text = "\n".join(paragraph)
        if _SCHOLAR.fullmatch(plain_text(text)):
            continue
        if is_citation or (match := _CITED.match(text)):
            citation = plain_text(text if is_citation else text[match.end() :])
            reference, is_citation = reference or citation, not citation
            continue
        folded = fold_text(plain_text(text))
        if len(folded) > 20 and _repeats(folded, fold_text(reference)):
            continue
        if folded == fold_text(title):
            continue
        own_links = _links_alone(text)
        is_list = _LIST.match(text) is not None
        if own_links and (not is_list or all(is_paper_link(label) for label, _ in own_links)):
            links += own_links
            continue
        if _EXAMPLES.search(text) or is_placeholder(text):
            message = f'"{shorten(plain_text(text))}" is the theme\'s example'
            matter.source.note("left", matter.path, message, matter.body_line + first)
            continue
        if match := _ABSTRACT.match(text):
            text, mark = text[match.end() :].rstrip(), match["mark"]
            if mark and match[0].count(mark) == 1:
                text = text.removesuffix(mark)
            paragraph = (re.sub(r"[^\n]", "", match[0]) + text).split("\n")
        elif not any(abstract) and not reference and _read_byline(matter, paragraph[0]):
            paragraph[0] = ""
        abstract[first : first + len(paragraph)] = paragraph
    return "\n".join(abstract), links, reference


def _read_byline(matter: FrontMatter, line: str) -> bool:
    """Read the authors from the first line of a page, where no key has them."""
    if {"author", "authors"} & matter.data.keys():
        return False
    names = parse_reference_names(
        plain_name(re.sub(r"^\W{0,4}authors?\W{1,4}", "", line, flags=re.I))
    )
    if len(names) < 2 or not all(map(_FULL_NAME.fullmatch, names)):
        return False
    matter.data["authors"] = names
    matter.note("guessed", f'"{shorten(", ".join(names))}" were read as its authors')
    return True


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of each paragraph's first line, and its lines; a heading is one."""
    paragraph: list[str] = []
    for n, line in enumerate([*lines, ""]):
        if paragraph and (not line.strip() or _HEADING.match(paragraph[-1])):
            yield n - len(paragraph), paragraph
            paragraph = []
        if line.strip():
            paragraph.append(line)


def _repeats(text: str, reference: str) -> bool:
    """Tell whether a text is the reference again, with few words around it."""
    return bool(reference) and (
        (reference in text and len(text) < len(reference) + 60)
        or (text in reference and len(text) > len(reference) * 0.6)
    )


def _links_alone(text: str) -> list[tuple[str, str]]:
    """Return the links of a paragraph that contains nothing else."""
    end, links = 0, []
    for match in _LINK.finditer(text):
        if not _BETWEEN.fullmatch(text, end, match.start()):
            return []
        end = match.end()
        links.append((match["text"] or match["words"], match["address"] or match["href"]))
    return links if links and _BETWEEN.fullmatch(text, end) else []


def merge_abstract(matter: FrontMatter, abstract: str, key: str, text: str) -> str:
    """Return an abstract in the front matter and the text below it as one, clean.

    What the text repeats was skipped; its headings are of the second level and below.
    """
    source, path = matter.source, matter.path
    line = matter.lines.get(key, 1)
    abstract = "\n".join(row.strip() for row in abstract.split("\n"))
    abstract = abstract[match.end() :] if (match := _ABSTRACT.match(abstract)) else abstract
    if "\n\n" not in abstract:  # YAML makes one line end of a blank line.
        abstract = re.sub(r"(?<=[.!?])\n(?=[^\s*+>|#-])", "\n\n", abstract)
    if is_placeholder(abstract):
        matter.note("left", f'"{shorten(abstract)}" is the theme\'s example', key)
        abstract = ""
    abstract = clean_body(source, path, abstract, line, "papers") if abstract else ""
    folded_abstract = fold_text(plain_text(abstract))
    lines = text.split("\n")
    for start, paragraph in _paragraphs(lines):
        folded = fold_text(plain_text("\n".join(paragraph)))
        is_long = len(folded) > 40 or folded == folded_abstract
        if folded and folded in folded_abstract and is_long:
            lines[start : start + len(paragraph)] = [""] * len(paragraph)
    text = clean_and_copy_assets(source, path, "\n".join(lines), matter.body_line, "papers")
    levels = [len(heading) for heading in _HEADING.findall(text)]
    if levels and min(levels) == 1:
        text = _HEADING.sub(lambda match: f"#{match[0]}"[:6], text)
    return "\n\n".join(filter(None, (abstract, text)))
