"""What no author means: letters read in a wrong encoding, signs that nobody sees, TeX as text."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from ..util import CODE_OR_COMMENT, decode_latex_line, shorten
from .header import Header

# What Windows-1252 shows for the bytes 0x80 to 0x9F, and Latin-1 for those that it leaves out.
_C1 = "".join(bytes([n]).decode("cp1252", "replace") for n in range(0x80, 0xA0))
_C1 = "".join(chr(0x80 + n) if sign == "\ufffd" else sign for n, sign in enumerate(_C1))
_BYTES = {sign: 0x80 + n for n, sign in enumerate(_C1)} | {chr(n): n for n in range(0x80, 0x100)}
_NEXT = re.escape(_C1) + "\u0080-\u00bf"
_BROKEN = re.compile(f"[Â-ß][{_NEXT}]|[à-ï][{_NEXT}]{{2}}|[ð-ô][{_NEXT}]{{3}}")
# Signs that stand behind a letter in good texts too: é”, “à”…
_PUNCTUATION = "‘’‚“”„‹›«»…–—· \u00a0"
# Of two bytes: punctuation and letters of Latin, Greek and Cyrillic.
_LIKELY = re.compile("[\u00a0-\u017f\u0386-\u03ce\u0400-\u0491]")
_MARKS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "turns the direction of the text"),
    **dict.fromkeys("\u2066\u2067\u2068", "sets a piece of text apart, and nothing ends it"),
    **dict.fromkeys("\ufeff\u200b", "cannot be seen"),
    "\ufffd": "stands for a letter that was lost",
}
# TeX that Markdown shows as it stands.
_TEX = re.compile(
    r"\\(?:textbf|textit|textsc|texttt|emph|cite[pt]?|ref|url|href|footnote|label|section|item|"
    r"begin|end|mathrm|alpha|beta)\b\s*\{[^{}\n]{0,80}\}?|\{\\[A-Za-z'\"`^~=.]\s*\{?[A-Za-z]\}?\}"
    r"|\\['\"`^~=.]\{?[A-Za-z]\}?(?=[A-Za-z])|(?<=[A-Za-z])\\['\"`^~=]\{?[A-Za-z]\}?"
)
_MARKDOWN = {
    "textbf": "**{}**", "emph": "*{}*", "textit": "*{}*", "texttt": "`{}`", "url": "<{}>",
    "cite": "[@{}]", "citep": "[@{}]", "citet": "[@{}]", "section": "## {}",
}  # fmt: skip
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_ISOLATE = re.compile("[\u2066-\u2068][^\u2066-\u2069\n]*\u2069")


def find_mojibake(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, what stands there and what was meant, for each line with broken letters.

    What may be meant so is taken for broken where something else in the line is.
    """
    for n, line in enumerate(text.split("\n"), start=1) if _BROKEN.search(text) else ():
        found = [match for match in _BROKEN.finditer(line) if _meant(match) != match[0]]
        if found:
            found = [match for match in _BROKEN.finditer(line) if _meant(match, True) != match[0]]
            piece = line[found[0].start() : found[-1].end()]
            yield n, piece, _BROKEN.sub(lambda match: _meant(match, True), piece)


def check_characters(header: Header, text: str, lenient: bool = False) -> None:
    """Note broken letters, and signs that nobody sees; in a `lenient` file as notices."""
    if text.isascii():
        return
    for line, piece, meant in find_mojibake(text):
        told = f'"{piece[:40]}" was UTF-8 and read as Windows-1252 (write "{meant[:40]}")'
        header.report(None, told, line, lenient, fix=(piece, meant))
    if not _MARK.search(text):
        return
    for n, line in enumerate(text.split("\n"), start=1):
        for sign in dict.fromkeys(_MARK.findall(_ISOLATE.sub("", line))):
            if lenient and sign == "\ufffd":
                continue  # Lost in another system already.
            name = unicodedata.name(sign, "unnamed").lower()
            unseen = _MARKS[sign] == "cannot be seen"
            first = " at the beginning of the file" if sign == "\ufeff" and n == 1 else ""
            hint = "type the letter anew" if sign == "\ufffd" else "delete it"
            told = f"U+{ord(sign):04X} ({name}) {_MARKS[sign]}{first} ({hint})"
            fix = (sign, "") if sign == "\ufeff" else None
            header.report(None, told, n, lenient or unseen, fix=fix)


def check_tex_in_text(header: Header, html: str) -> None:
    """Note TeX in a text that is shown as it stands; formulas and code are none."""
    plain = CODE_OR_COMMENT.sub("", html)
    for found in dict.fromkeys(match[0] for match in _TEX.finditer(plain)):
        found = unescape(found)
        told = f'"{shorten(found)}" is TeX, and is shown so ({_instead(found)})'
        header.report(None, told, header.line_of(found), notice=True)


def check_tex_in_header(header: Header, key: str) -> None:
    """Note TeX in a header that is shown as text; formulas are none."""
    value = header.get(key) or ""
    if "\\" in value and (found := _TEX.search(value)):
        told = f'"{shorten(found[0])}" is TeX, and is shown so ({_instead(found[0])})'
        header.report(key, told, notice=True)


def _instead(tex: str) -> str:
    macro = re.fullmatch(r"\\(\w+)\s*\{([^{}]*)\}", tex)
    if macro and macro[1] in _MARKDOWN:
        return f"write {_MARKDOWN[macro[1]].format(macro[2])}"
    plain = decode_latex_line(tex)
    accent = re.search(r"[^\x00-\x7f]", plain) and "\\" not in plain
    return f'write "{shorten(plain)}"' if accent else "write it in Markdown"


def _meant(match: re.Match, broken: bool = False) -> str:
    found = match[0]
    doubtful = all(sign in _PUNCTUATION for sign in found[1:]) and found[0] not in "âÂ"
    if doubtful and not broken:
        return found
    if len(found) == 2 and found[0] not in "ÂÃÄÅÎÏÐÑ":
        return found
    try:
        meant = bytes(_BYTES[sign] for sign in found).decode()
    except UnicodeDecodeError:
        return found
    likely = len(found) > 2 or _LIKELY.fullmatch(meant)
    return meant if likely and unicodedata.category(meant) not in ("Cn", "Co", "Cc") else found
