"""The text of .bib files: encodings, loose layout, and values with their delimiters."""

import re
from collections.abc import Mapping

from .headers import CONTROL, Header
from .letters import check_letters

# BibTeX takes blanks and line ends around an entry's type, the parser does not.
_LOOSE = re.compile(r"^([ \t]*@)[ \t]*([A-Za-z]\w*)(\s*)(?=[{(])", re.MULTILINE)
# What looks like the beginning of an entry, and is none.
STRAY = re.compile(
    r"^[^%\n]*@[^{(\n]*[{(]|^[ \t]*(?:article|book|inproceedings|incollection|misc|phdthesis|"
    r"mastersthesis|techreport|unpublished)\s*\{",
    re.MULTILINE | re.IGNORECASE,
)
# A value that goes on behind its end: the next field, with no comma before it.
_RUN_ON = re.compile(r"[}\"]\s*[A-Za-z][\w-]*\s*=\s*[{\"]")


def decode_file(whole: Header, data: bytes) -> str:
    """Return a file's text, its line ends ours; note what is wrong with its encoding."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
        whole.problem(None, "is UTF-16 (save the file as UTF-8)", notice=True)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            text = data.decode("cp1252", errors="replace")
            hint = "save the file as UTF-8"
            whole.problem(None, f"not UTF-8, read as Windows-1252 ({hint})", line, notice=True)
    text = re.sub(r"\r\n?", "\n", text)
    check_letters(whole, "\ufeff" * data.startswith(b"\xef\xbb\xbf") + text, lenient=True)
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        code = f"U+{ord(found[0]):04X}"
        whole.problem(None, f"holds the control character {code} (delete it)", line, notice=True)
        text = CONTROL.sub(" ", text)
    return text


def read_value(raw: str, strings: Mapping[str, str]) -> str:
    """Return a value without its delimiters, its parts joined and its `@string`s put in."""
    if raw[:1] == "{" and raw[-1:] == "}" and "#" not in raw:
        return raw[1:-1]
    parts, depth, quoted, start = [], 0, False, 0
    for n, sign in enumerate(raw):
        if sign == '"' and depth == 0:
            quoted = not quoted
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        elif sign == "#" and depth == 0 and not quoted:
            parts.append(raw[start:n])
            start = n + 1
    return "".join(_part(part.strip(), strings) for part in [*parts, raw[start:]])


def _part(part: str, strings: Mapping[str, str]) -> str:
    if len(part) > 1 and part[0] + part[-1] in ("{}", '""'):
        return part[1:-1]
    if part.lower() not in strings:
        return part
    return strings[part.lower()]


def ends_early(raw: str) -> bool:
    """Tell whether a value goes on behind its closing brace or quote, for a comma is missing."""
    if not _RUN_ON.search(raw):
        return False
    depth, quoted = 0, False
    for n, sign in enumerate(raw):
        if sign == '"' and depth == 0:
            quoted = not quoted
        elif sign in "{}":
            depth += 1 if sign == "{" else -1
        if depth == 0 and not quoted and n < len(raw) - 1 and sign in '}"':
            return not raw[n + 1 :].lstrip().startswith("#")
    return False


def tighten(text: str) -> str:
    """Return a text whose entries begin as the parser knows it, on as many lines as before."""
    return _LOOSE.sub(lambda found: "\n" * found[3].count("\n") + found[1] + found[2], text)
