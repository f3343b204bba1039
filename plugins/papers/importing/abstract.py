"""The text of a paper's page: its abstract is told from what stands around it."""

import re

from ..headers import shorten
from . import bodies, linked
from .matter import Matter, is_example, letters, words

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
    r"\s{0,3}(?:#{1,6}\s{0,3})?[*_]{0,3}abstract[*_]{0,3}\s?(?:[:.—–][*_]{0,3}\s{0,3}|$)",
    re.I | re.M,
)
_CITED = re.compile(r"[*_\s]{0,4}(?:recommended |suggested )?citation[*_\s]{0,4}:[*_\s]{0,4}", re.I)
# What a theme's examples say, and no author.
_EXAMPLES = re.compile(
    r"supplementary notes can be added here|click the \*(?:cite|slides)\* button above|"
    r"create your slides in markdown - click the|add the publication's \*\*full text|"
    r"add the \*\*full text\*\* or \*\*supplementary notes|import publication metadata from",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r"\s{0,3}\{\{[%<]\s?/?(?:callout|alert)\b[^{}\n]{0,100}[%>]\}\}\s{0,3}")
_LIST = re.compile(r"\s{0,3}(?:[-*+]|\d{1,3}[.)])\s")
_HEADING = re.compile(r"^#{1,6}(?=[ \t]+\S)", re.MULTILINE)


def split(matter: Matter, title: str, reference: str) -> tuple[str, list[tuple[str, str]], str]:
    """Return what a page says of its paper, the links that stand alone in it, and the reference.

    Each line of the text stays where it is.
    """
    links: list[tuple[str, str]] = []
    lines = matter.body.split("\n")
    kept = [""] * len(lines)
    for first, part in _paragraphs(lines):
        text = "\n".join(part)
        if _SCHOLAR.fullmatch(words(text)):
            continue
        if match := _CITED.match(text):
            reference = reference or words(text[match.end() :])
            continue
        same = letters(words(text))
        if len(same) > 20 and _repeats(same, letters(reference)) or same == letters(title):
            continue
        found = _links_alone(text)
        if found and (not _LIST.match(text) or all(linked.is_known(name) for name, _ in found)):
            links += found
            continue
        if _EXAMPLES.search(text) or is_example(text):
            told = f'"{shorten(words(text))}" is the theme\'s example'
            matter.source.note("left", matter.path, told, matter.line + first)
            continue
        if match := _ABSTRACT.match(text):
            part = (re.sub(r"[^\n]", "", text[: match.end()]) + text[match.end() :]).split("\n")
        if any(line.strip() and not _SHORTCODE.fullmatch(line) for line in part):
            kept[first : first + len(part)] = part
    return "\n".join(kept), links, reference


def _paragraphs(lines: list[str]):
    """Yield the place of each paragraph's first line, and its lines."""
    part: list[str] = []
    for n, line in enumerate([*lines, ""]):
        if line.strip():
            part.append(line)
        elif part:
            yield n - len(part), part
            part = []


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


def text_of(matter: Matter, given: str, key: str, rest: str) -> str:
    """Return an abstract in the front matter and the text below it as one, clean.

    What the text says again is left out; its headings are of the second level and below.
    """
    source, path = matter.source, matter.path
    line = matter.lines.get(key, 1)
    given = "\n".join(row.strip() for row in given.split("\n"))
    if is_example(given):
        matter.note("left", f'"{shorten(given)}" is the theme\'s example', key)
        given = ""
    first = bodies.clean(source, path, given, line, "papers") if given else ""
    known = letters(words(first))
    lines = rest.split("\n")
    for start, part in _paragraphs(lines):
        same = letters(words("\n".join(part)))
        if same and same in known and (len(same) > 40 or same == known):
            lines[start : start + len(part)] = [""] * len(part)
    second = bodies.clean(source, path, "\n".join(lines), matter.line, "papers")
    levels = [len(found) for found in _HEADING.findall(second)]
    if levels and min(levels) == 1:
        second = _HEADING.sub(lambda found: f"#{found[0]}"[:6], second)
    return "\n\n".join(filter(None, (first, second)))
