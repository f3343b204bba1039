"""The text of a paper's page: its abstract is told from what stands around it."""

import re
from collections.abc import Iterator

from ...util import shorten
from ..common import (
    clean_and_copy_assets,
    clean_markdown,
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
# What a theme's examples say, and no author.
_EXAMPLES = re.compile(
    r"supplementary notes can be added here|click the [*_](?:cite|slides)[*_] button above|"
    r"create your slides in markdown - click the|add the publication's \*\*full text|"
    r"add the \*\*full text\*\* or \*\*supplementary notes|import publication metadata from",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r"^[ \t]{0,3}\{\{[%<]\s?/?(?:callout|alert)\b[^{}\n]{0,100}[%>]\}\}", re.M)
# An author's name: words in capitals, and what stands between them.
_FULL = re.compile(
    r"[^\W\d_a-zß-ÿ][\w.'’-]*"
    r"(?: (?:[^\W\d_a-zß-ÿ][\w.'’-]*|van|von|der|den|de|da|di|del|la|le|bin)){1,4}"
    r"[*†‡§#¶]{0,3}"
)
_LIST = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s")
_HEADING = re.compile(r"^#{1,6}(?=[ \t]+\S)", re.MULTILINE)


def split_abstract(
    matter: FrontMatter, title: str, reference: str
) -> tuple[str, list[tuple[str, str]], str]:
    """Return what a page says of its paper, the links that stand alone in it, and the reference.

    Each line of the text stays where it is.
    """
    links: list[tuple[str, str]] = []
    body = _SHORTCODE.sub("", matter.body)
    lines = strip_template_syntax(matter.source, matter.path, body, matter.line).split("\n")
    kept = [""] * len(lines)
    cited = False  # The reference is the next paragraph.
    for first, part in _paragraphs(lines):
        text = "\n".join(part)
        if _SCHOLAR.fullmatch(plain_text(text)):
            continue
        if cited or (match := _CITED.match(text)):
            told = plain_text(text if cited else text[match.end() :])
            reference, cited = reference or told, not told
            continue
        same = fold_text(plain_text(text))
        if len(same) > 20 and _repeats(same, fold_text(reference)) or same == fold_text(title):
            continue
        found = _links_alone(text)
        if found and (not _LIST.match(text) or all(is_paper_link(name) for name, _ in found)):
            links += found
            continue
        if _EXAMPLES.search(text) or is_placeholder(text):
            told = f'"{shorten(plain_text(text))}" is the theme\'s example'
            matter.source.note("left", matter.path, told, matter.line + first)
            continue
        if match := _ABSTRACT.match(text):
            told, mark = text[match.end() :].rstrip(), match["mark"]
            if mark and match[0].count(mark) == 1:
                told = told.removesuffix(mark)
            part = (re.sub(r"[^\n]", "", match[0]) + told).split("\n")
        elif not any(kept) and not reference and _byline(matter, part[0]):
            part[0] = ""
        kept[first : first + len(part)] = part
    return "\n".join(kept), links, reference


def _byline(matter: FrontMatter, line: str) -> bool:
    """Take the authors that the first line of a page names in full, where nothing else does."""
    if {"author", "authors"} & matter.data.keys():
        return False
    names = parse_reference_names(
        plain_name(re.sub(r"^\W{0,4}authors?\W{1,4}", "", line, flags=re.I))
    )
    if len(names) < 2 or not all(map(_FULL.fullmatch, names)):
        return False
    matter.data["authors"] = names
    matter.note("guessed", f'"{shorten(", ".join(names))}" are taken for its authors')
    return True


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the place of each paragraph's first line, and its lines; a heading is one."""
    part: list[str] = []
    for n, line in enumerate([*lines, ""]):
        if part and (not line.strip() or _HEADING.match(part[-1])):
            yield n - len(part), part
            part = []
        if line.strip():
            part.append(line)


def _repeats(text: str, reference: str) -> bool:
    """Tell whether a text is the reference again, with few words around it."""
    return bool(reference) and (
        (reference in text and len(text) < len(reference) + 60)
        or (text in reference and len(text) > len(reference) * 0.6)
    )


def _links_alone(text: str) -> list[tuple[str, str]]:
    """Return the links of a paragraph that is nothing else."""
    end, found = 0, []
    for match in _LINK.finditer(text):
        if not _BETWEEN.fullmatch(text, end, match.start()):
            return []
        end = match.end()
        found.append((match["text"] or match["words"], match["address"] or match["href"]))
    return found if found and _BETWEEN.fullmatch(text, end) else []


def merge_abstract(matter: FrontMatter, given: str, key: str, rest: str) -> str:
    """Return an abstract in the front matter and the text below it as one, clean.

    What the text says again is left out; its headings are of the second level and below.
    """
    source, path = matter.source, matter.path
    line = matter.lines.get(key, 1)
    given = "\n".join(row.strip() for row in given.split("\n"))
    given = given[match.end() :] if (match := _ABSTRACT.match(given)) else given
    if "\n\n" not in given:  # What YAML makes of a blank line.
        given = re.sub(r"(?<=[.!?])\n(?=[^\s*+>|#-])", "\n\n", given)
    if is_placeholder(given):
        matter.note("left", f'"{shorten(given)}" is the theme\'s example', key)
        given = ""
    first = clean_markdown(source, path, given, line, "papers") if given else ""
    known = fold_text(plain_text(first))
    lines = rest.split("\n")
    for start, part in _paragraphs(lines):
        same = fold_text(plain_text("\n".join(part)))
        if same and same in known and (len(same) > 40 or same == known):
            lines[start : start + len(part)] = [""] * len(part)
    second = clean_and_copy_assets(source, path, "\n".join(lines), matter.line, "papers")
    levels = [len(found) for found in _HEADING.findall(second)]
    if levels and min(levels) == 1:
        second = _HEADING.sub(lambda found: f"#{found[0]}"[:6], second)
    return "\n\n".join(filter(None, (first, second)))
