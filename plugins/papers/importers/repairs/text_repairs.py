"""Repairs of Markdown files that an import has written: `Key: value` lines, and a body."""

import re
from collections.abc import Callable
from posixpath import basename

from ...model import Problem
from ...util import TEX_MATH, shorten
from ..common import IMAGE_PATTERN, LINK_PATTERN, find_date, match_url, plain_text
from .repair import Edit, find_quoted, is_missing

# Without these there is no paper, no news and no page.
_REQUIRED = ("title", "authors", "date")
_FORMULA = re.compile(r"(?P<formula>.+?) cannot be shown: ", re.DOTALL)
_SUGGESTED = re.compile(r'\(write "(?P<new>.+)"\)$')
_HTML_LINK = re.compile(
    r"<a\b[^<>]*?\bhref\s?=\s?([\"'])(?P<url>[^\"']*)\1[^<>]*>(?P<text>.*?)</a\s*>", re.S | re.I
)
_HTML_IMAGE = re.compile(r"<img\b[^<>]*?\bsrc\s?=\s?([\"'])(?P<url>[^\"']*)\1[^<>]*>", re.I)
_AUTOLINK = re.compile(r"<(?P<url>[A-Za-z][\w+.-]*:[^\s<>]*)>")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]\n]+)\]:[ \t]*<?(?P<url>[^\s<>]+)[^\n]*\n?", re.M)
_ENDING = re.compile(r'\(write (?P<quote>"?)(?P<end>```+|~~~+|-->|</\w+>)(?P=quote) ')
_CONTROL_CODE = re.compile(r"U\+(?P<code>[0-9A-F]{4,6})\b")
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})", re.MULTILINE)


def drop_fixed(text: str, problem: Problem) -> Edit | None:
    """Make the change that is safe without asking."""
    suggested = _SUGGESTED.search(problem.message)
    old, new = problem.fix or (find_quoted(problem.message), suggested["new"] if suggested else "")
    if not (old and new) or problem.line is None or problem.key in ("links",):
        return None
    lines = text.split("\n")
    for n in range(problem.line - 1, len(lines)):
        if old in lines[n]:
            lines[n] = lines[n].replace(old, new, 1)
            return Edit("\n".join(lines), f'"{shorten(new)}" was written')
    return None


def correct_date(text: str, problem: Problem) -> Edit | None:
    """Write the one date that a longer value contains."""
    lines, span = _find_header(text, problem)
    if problem.key not in ("date", "modified") or not span:
        return None
    key, value = lines[span.start].split(":", 1)
    if not (date := find_date(value.strip())) or date == value.strip():
        return None
    lines[span.start] = f"{key}: {date}"
    return Edit("\n".join(lines), f"it is {date}")


def strip_title(text: str, problem: Problem) -> Edit | None:
    """Take the tags out of a title."""
    lines, span = _find_header(text, problem)
    if problem.key != "title" or "contains markup" not in problem.message or not span:
        return None
    key, value = "\n".join(lines[span.start : span.stop]).split(":", 1)
    if not (plain := plain_text(value)):
        return None
    lines[span.start : span.stop] = [f"{key}: {plain}"]
    return Edit("\n".join(lines), "its text is shown without markup")


def keep_first(text: str, problem: Problem) -> Edit | None:
    """Keep the first of two values of one header."""
    lines, span = _find_header(text, problem)
    if not re.match(r"given (?:twice|as)", problem.message) or not span:
        return None
    value = " ".join(line.strip() for line in lines[span.start : span.stop])
    del lines[span.start : span.stop]
    return Edit("\n".join(lines), f"without `{value[:200]}`")


def keep_authors(text: str, problem: Problem) -> Edit | None:
    """Show authors that cannot be told apart as they were written."""
    lines, span = _find_header(text, problem)
    if problem.key not in ("authors", "editor") or not span:
        return None
    if not re.search("half of a name|is not a name", problem.message):
        return None
    key, value = " ".join(line.strip() for line in lines[span.start : span.stop]).split(":", 1)
    if "{" in value or not value.strip():
        return None
    lines[span.start : span.stop] = [f"{key}: {{{value.strip()}}}"]
    return Edit("\n".join(lines), "they are shown as they were written")


def describe_picture(text: str, problem: Problem) -> Edit | None:
    """Write words for a picture that has none."""
    header, body = _split(text)
    if problem.key != "image_alt" or not is_missing(problem):
        return None
    title = next((line[6:].strip() for line in header if line.lower().startswith("title:")), "")
    lines = [*_without(header, "image_alt"), f"Image_alt: Figure of {title or 'this page'}"]
    return Edit(_join(lines, body), "it is called the figure of its page")


def close_markup(text: str, problem: Problem) -> Edit | None:
    """End what is not closed: a comment, code."""
    match = _ENDING.search(problem.message)
    if problem.key or "is never closed" not in problem.message or not match:
        return None
    return Edit(
        f"{text.rstrip()}\n{match['end']}\n", f"it is closed at the end of the text, {match['end']}"
    )


def drop_type(text: str, problem: Problem) -> Edit | None:
    """Take the type away from a paper that lacks what its type needs."""
    if problem.key != "venue" or not is_missing(problem):
        return None
    header, body = _split(text)
    lines = [line for line in header if not re.match(r"type\s*:", line, re.IGNORECASE)]
    if lines == header:
        return None
    return Edit(_join(lines, body), "it is a document of no special type")


def rename_page(text: str, problem: Problem) -> Edit | None:
    """Give a file another address where its own is taken, and no old one that is."""
    is_slug = "slug" == problem.key and re.match("missing|is too long", problem.message)
    if "has the same address as " not in problem.message and not is_slug:
        return None
    header, body = _split(text)
    if "alias" in problem.message:
        lines = _without(header, "aliases")
        return (
            Edit(_join(lines, body), "its old addresses do not work") if lines != header else None
        )
    slug = re.sub(r"\W+", "-", problem.file.rpartition("/")[2].rpartition(".")[0]).strip("-")
    old = next((line for line in header if line.lower().startswith("slug:")), "")
    if old:
        slug = old.partition(":")[2].strip()
    if is_slug:
        slug = slug.encode()[:60].decode(errors="ignore").strip("-")
    match = re.fullmatch(r"(.*?)-(\d+)", slug)
    new = f"{match[1]}-{int(match[2]) + 1}" if match else f"{slug or 'page'}-2"
    return Edit(
        _join([*_without(header, "slug"), f"Slug: {new}"], body), f"its address ends in {new}/"
    )


def drop_list_item(text: str, problem: Problem) -> Edit | None:
    """Take the wrong item away from a header that holds a list."""
    lines, span = _find_header(text, problem)
    quoted = find_quoted(problem.message).rstrip("…")
    if not quoted or not span or len(span) < 2:
        return None
    for n in span:
        value = lines[n].partition(":")[2] if n == span.start else lines[n]
        if quoted in value:
            if n == span.start:
                lines[n] = f"{lines[n].partition(':')[0]}:"
            else:
                del lines[n]
            return Edit("\n".join(lines), f'without "{shorten(value.strip(" -"))}"')
    return None


def drop_header(text: str, problem: Problem) -> Edit | None:
    """Take away a header that a file can do without."""
    lines, span = _find_header(text, problem)
    if not span or problem.key in _REQUIRED:
        return None
    value = " ".join(line.strip() for line in lines[span.start : span.stop])
    del lines[span.start : span.stop]
    return Edit("\n".join(lines), f"without `{value[:200]}`")


def unlink(text: str, problem: Problem) -> Edit | None:
    """Replace the links to one address by their words, and take its pictures away."""
    quoted = find_quoted(problem.message)
    if not quoted or problem.key:
        return None
    header, body = _split(text)

    def is_meant(url: str) -> bool:
        forms = (url, shorten(url), url.replace("%20", " "), re.sub(r"^\{\w+\}/?", "", url))
        return quoted in forms

    changed = _unlink(body, is_meant)
    if changed == body and "/" in quoted:
        # Problems of missing files name them by their path below content/.
        name = basename(quoted)
        changed = _unlink(body, lambda url: basename(url) == name)
    if changed == body:
        return None
    is_picture = re.search(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?)$", quoted, re.IGNORECASE)
    until_then = "the image was skipped" if is_picture else "its text is shown without the link"
    return Edit(_join(header, changed), until_then)


def _unlink(body: str, is_meant: Callable[[str], bool]) -> str:
    def text_of(match: re.Match) -> str:
        return match["text"] if is_meant(match_url(match)) else match[0]

    def nothing(match: re.Match) -> str:
        return "" if is_meant(match_url(match)) else match[0]

    body = IMAGE_PATTERN.sub(nothing, body)
    body = LINK_PATTERN.sub(text_of, body)
    body = _HTML_IMAGE.sub(lambda match: "" if is_meant(match["url"]) else match[0], body)
    body = _HTML_LINK.sub(lambda m: m["text"] if is_meant(m["url"]) else m[0], body)
    body = _AUTOLINK.sub(lambda m: f"`{m['url']}`" if is_meant(m["url"]) else m[0], body)
    for match in list(_DEFINITION.finditer(body)):
        if is_meant(match["url"]):
            name = re.escape(match["name"])
            body = body.replace(match[0], "", 1)
            body = re.sub(rf"\[([^\[\]]+)\]\[(?:{name})?\]|\[({name})\](?![(\[:])", _words, body)
    return body


def _words(match: re.Match) -> str:
    return match[1] or match[2]


def show_formula_as_code(text: str, problem: Problem) -> Edit | None:
    """Show the TeX of a formula that fails: as code in a text, without its dollars in a header."""
    if not (match := _FORMULA.match(problem.message)):
        return None
    wanted = match["formula"]
    header, body = _split(text)

    def show(formula: re.Match) -> str:
        if shorten(formula[0]) != wanted:
            return formula[0]
        code = " ".join(formula[0].replace("`", "").split())
        return f"`{code}`" if not problem.key else code.strip("$")

    if problem.key:
        lines, span = _find_header(text, problem)
        if not span:
            return None
        old = "\n".join(lines[span.start : span.stop])
        new = TEX_MATH.sub(show, old)
        changed = "\n".join([*lines[: span.start], new, *lines[span.stop :]])
    else:
        changed = _join(header, TEX_MATH.sub(show, body))
    return Edit(changed, "its TeX is shown") if changed != text else None


def escape_citation(text: str, problem: Problem) -> Edit | None:
    """Write a citation of nothing as words."""
    header, body = _split(text)
    match = re.match(r"\[@[^\]]+\]", problem.message)
    if not match or match[0] not in body:
        return None
    return Edit(_join(header, body.replace(match[0], f"&#91;{match[0][1:]}")), "it is shown so")


def delete_character(text: str, problem: Problem) -> Edit | None:
    """Delete a character that no text can have."""
    match = _CONTROL_CODE.search(problem.message)
    if not match or (char := chr(int(match["code"], 16))) not in text:
        return None
    return Edit(text.replace(char, ""), "the character is deleted")


def escape_html(text: str, problem: Problem) -> Edit | None:
    """Show the tags of the line, or of all the text, as words."""
    if problem.key or not re.search(r"<|HTML|\bscript\b|\btag\b|alternative text", problem.message):
        return None
    lines = text.split("\n")
    first = len(_split(text)[0]) + 1
    n = (problem.line or 0) - 1
    if first <= n < len(lines) and "<" in lines[n]:
        lines[n] = re.sub(r"<(?=[A-Za-z/!?])", "&lt;", lines[n])
    else:
        lines[first:] = [re.sub(r"<(?=[A-Za-z/!?])", "&lt;", line) for line in lines[first:]]
    changed = "\n".join(lines)
    return Edit(changed, "its tags are shown as words") if changed != text else None


def show_paragraph_as_code(text: str, problem: Problem) -> Edit | None:
    """Show the paragraph with a problem as it was written."""
    first, lines = len(_split(text)[0]) + 1, text.split("\n")
    start = (problem.line or 0) - 1
    if problem.key or not first <= start < len(lines) or _FENCE.search(text):
        return None
    end = start
    while start > first and lines[start - 1].strip():
        start -= 1
    while end < len(lines) and lines[end].strip():
        end += 1
    if start == end:
        return None
    lines[start:end] = ["```", *lines[start:end], "```"]
    return Edit("\n".join(lines), "the paragraph is shown as code")


def make_draft(text: str, problem: Problem) -> Edit | None:
    """Keep a file out of the site."""
    header, body = _split(text)
    if problem.file.endswith("/home.md") or any(map(_is_draft, header)):
        return None
    lines = [*_without(header, "status"), "Status: draft"]
    return Edit(_join(lines, body), "it is a draft (`Status: draft`)", "draft")


def _is_draft(line: str) -> bool:
    return re.fullmatch(r"status:\s*draft\s*", line, re.IGNORECASE) is not None


def empty_home(text: str, problem: Problem) -> Edit | None:
    """Leave a home page with its title and its lists."""
    if not problem.file.endswith("/home.md"):
        return None
    header, body = _split(text)
    title = next((line for line in header if line.lower().startswith("title:")), "Title: Home")
    lists = [block for block in ("[NEWS]", "[PAPERS]") if block in body]
    changed = _join([title], "\n\n".join(lists) + "\n")
    return Edit(changed, "its text was skipped", "removed") if changed != text else None


def _split(text: str) -> tuple[list[str], str]:
    """Return the lines of the header, and the body after the blank line."""
    header, _, body = text.partition("\n\n")
    return header.split("\n"), body


def _join(header: list[str], body: str) -> str:
    return "\n".join(header) + "\n\n" + body


def _without(header: list[str], key: str) -> list[str]:
    """Return the lines of a header without one key and its continuation."""
    remaining, dropping = [], False
    for line in header:
        if line[:1] not in (" ", "\t"):
            dropping = line.partition(":")[0].strip().lower().replace("-", "_") == key
        if not dropping:
            remaining.append(line)
    return remaining


def _find_header(text: str, problem: Problem) -> tuple[list[str], range]:
    """Return all lines, and the indices of those of the header with a problem."""
    lines = text.split("\n")
    end = len(_split(text)[0])
    wanted = (problem.key or "").lower().replace("-", "_")
    for n, line in enumerate(lines[:end]):
        key = line.partition(":")[0].strip().lower().replace("-", "_")
        if key and key == wanted and line[:1] not in (" ", "\t"):
            # Of a key that is given twice, the one that the problem names.
            if problem.line and n + 1 < problem.line and "twice" in problem.message:
                continue
            stop = n + 1
            while stop < end and lines[stop][:1] in (" ", "\t"):
                stop += 1
            return lines, range(n, stop)
    return lines, range(0)


# In this order; the first that changes the text is made. A problem that comes back gets the next.
TEXT_REPAIRS = (
    drop_fixed,
    correct_date,
    strip_title,
    keep_first,
    keep_authors,
    describe_picture,
    close_markup,
    drop_type,
    rename_page,
    show_formula_as_code,
    drop_list_item,
    drop_header,
    unlink,
    escape_citation,
    delete_character,
    escape_html,
    show_paragraph_as_code,
)
# These always help, at the price of what the file shows.
LAST_TEXT_REPAIRS = (make_draft, empty_home)
