"""Mathematics: TeX in texts and titles, which pages show as MathML (MathML Core)."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString
from math_core import LatexError, LatexToMathML

from ..util import TEX_MATH, LazyPattern, find_formula_excess, shorten
from .header import Header

# Macros of packages that papers often use, in macros that the converter knows.
_MACROS = {
    "mathbbm": r"\mathbb{#1}", "mathds": r"\mathbb{#1}", "mbox": r"\text{#1}",
    "ensuremath": "#1", "xspace": "", "textsubscript": r"_{\text{#1}}",
    "textsuperscript": r"^{\text{#1}}", "textup": r"\text{#1}", "emph": r"\textit{#1}",
    "dotsc": r"\ldots", "dotso": r"\ldots", "dotsb": r"\cdots", "dotsm": r"\cdots",
    "dotsi": r"\cdots",
}  # fmt: skip
# How formulas are marked in HTML; templates print them as MathML, feeds as TeX.
_MARKED = LazyPattern(r'<code class="math">(.*?)</code>', re.DOTALL)
# A display formula: to Markdown, its lines could be a heading or a quote.
_BLOCK = LazyPattern(
    r"^ {0,3}(\$\$(?:[^$\\]|\\.)+?\$\$|\\\[.{1,4000}?\\\]"
    r"|\\\\\[.{1,4000}?\\\\\])(?=[ \t]*[.,;:]?[ \t]*$)",
    re.DOTALL | re.MULTILINE,
)
# Where kramdown and Goldmark leave formulas to MathJax, its delimiters have two backslashes.
_DOUBLED = LazyPattern(r"\\\\([(\[])(.{1,4000}?)\\\\([)\]])", re.DOTALL)
# A star that is escaped so that Markdown takes it for no emphasis.
_ESCAPED_STAR = LazyPattern(r"(?<!\\)((?:\\\\)*)\\\*")
_ROW = LazyPattern(r" {0,3}\|")


# Environments of amsmath and of plain TeX, and what shows the same.
_ENVIRONMENTS = {
    "split": "aligned", "alignedat": "aligned", "eqnarray": "align*", "eqnarray*": "align*",
    "flalign": "align*", "flalign*": "align*", "alignat": "align*", "alignat*": "align*",
    "smallmatrix": "matrix", "multline": "gathered", "multline*": "gathered",
    "displaymath": "gathered",
}  # fmt: skip
_ENVIRONMENT = LazyPattern(
    r"\\(?P<edge>begin|end)\{(?P<name>[a-z]+\*?)\}(?:(?:(?<=at\})|(?<=at\*\}))\{\d+\})?"
)
_DISPLAY_LINES = LazyPattern(r"\\displaylines\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_SUBSTACK = LazyPattern(r"\\substack\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_LABEL = LazyPattern(r"\\(?:label\{[^{}]*\}|nonumber\b|notag\b)")


class FormulaError(ValueError):
    """A formula that cannot be converted; the message continues "cannot be shown: …"."""

    hint = "correct it, or define the command in MATH_MACROS"


class FormulaTooLarge(FormulaError):
    """A formula that the converter cannot be given."""

    hint = "split it into several formulas"


def mark_math(text: str) -> str:
    """Return plain text as HTML with every formula marked, which keeps Typogrify off it."""
    parts, end = [], 0
    for match in TEX_MATH.finditer(text):
        parts += [escape(text[end : match.start()], quote=False), _marked(match[0])]
        end = match.end()
    return "".join([*parts, escape(text[end:], quote=False)])


def unmark_math(html: str) -> str:
    """Return HTML with the TeX of its formulas as text."""
    return _MARKED.sub(r"\1", html)


def find_formulas(html: str) -> Iterator[str]:
    """Yield the marked formulas of HTML."""
    return (unescape(tex) for tex in _MARKED.findall(html))


def render_math(html: str, macros: Mapping[str, str]) -> str:
    """Return HTML with MathML for its marked formulas; TeX stays where that is not possible."""
    if '<code class="math">' not in html:
        return html

    def convert(match: re.Match) -> str:
        try:
            return to_mathml(unescape(match[1]), tuple(macros.items()))
        except FormulaError:
            return match[0]  # The check reports it.

    return _MARKED.sub(convert, html)


def check_formulas(header: Header, macros: Mapping[str, str]) -> None:
    """Report the formulas of a file that cannot be converted."""
    keys = ("title", "image_caption", "summary")
    formulas = {key: TEX_MATH.findall(header.get(key) or "") for key in keys}
    definitions = tuple(macros.items())
    try:
        to_mathml("$x$", definitions)
    except FormulaError:
        definitions = ()  # The check of the settings reports them.
    for key, key_formulas in (formulas | {None: find_formulas(header.html)}).items():
        for formula in key_formulas:
            try:
                to_mathml(formula, definitions)
            except FormulaError as error:
                line = header.line_of(formula.partition("\n")[0]) if key is None else None
                if key is None and line is None and "abstract" in header.entries:
                    key = "abstract"
                message = f"{shorten(formula)} cannot be shown: {error} ({error.hint})"
                header.report(key, message, line, header.is_from_bib(key or "abstract"))


@lru_cache(maxsize=4096)
def to_mathml(formula: str, macros: tuple[tuple[str, str], ...] = ()) -> str:
    r"""Return a formula, delimiters included, as a MathML element.

    `macros` are pairs of a name and its TeX, as `("\\RR", "\\mathbb{R}")`; `#1` stands for an
    argument. Raises FormulaError.
    """
    block = formula.startswith(("$$", "\\["))
    tex = formula[2:-2] if block or formula[0] == "\\" else formula[1:-1]
    tex = _ESCAPED_STAR.sub(r"\1*", tex)
    definitions = {name.removeprefix("\\"): text for name, text in macros}
    if excess := find_formula_excess(tex, definitions):
        raise FormulaTooLarge(excess)
    try:
        tex = _rename_environments(tex)
        mathml = _converter(macros).convert_with_local_state(tex, displaystyle=block)
    except LatexError as error:
        raise FormulaError(_message(error)) from None
    # A formula wider than a phone scrolls, with the keyboard too.
    group = '<span role="group" aria-label="Formula" tabindex="0">'
    return f"{group}{mathml}</span>" if block else mathml


def _rename_environments(tex: str) -> str:
    """Return TeX with the environments that the converter knows."""
    if "\\begin" not in tex and "\\displaylines" not in tex and "\\substack" not in tex:
        return tex

    def rename(match: re.Match) -> str:
        name = _ENVIRONMENTS.get(match["name"])
        return f"\\{match['edge']}{{{name}}}" if name else match[0]

    tex = _DISPLAY_LINES.sub(r"\\begin{gathered}\1\\end{gathered}", tex)
    tex = _SUBSTACK.sub(r"\\begin{subarray}{c}\1\\end{subarray}", tex)
    return _ENVIRONMENT.sub(rename, _LABEL.sub("", tex))


@lru_cache(maxsize=8)
def _converter(macros: tuple[tuple[str, str], ...]) -> LatexToMathML:
    definitions = {name.removeprefix("\\"): tex for name, tex in macros}
    try:
        return LatexToMathML(macros=_MACROS | definitions, fancy_error=False)
    except LatexError as error:
        raise FormulaError(f"MATH_MACROS: {_message(error)}") from None


def _message(error: LatexError) -> str:
    """Return the converter's message without the position in the formula."""
    message = re.sub(r"^(?:macro\d+:)?\d+: ", "", str(error).strip()).rstrip(".")
    return message[:1].lower() + message[1:]


def _marked(formula: str) -> str:
    return f'<code class="math">{escape(formula, quote=False)}</code>'


def _without_bars(match: re.Match) -> str:
    return match[0].replace(r"\|", r"\Vert{}").replace("|", r"\vert{}")


class _Blocks(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        store = self.md.htmlStash.store
        # A bar in a formula does not separate the cells of a table.
        lines = [TEX_MATH.sub(_without_bars, line) if _ROW.match(line) else line for line in lines]
        text = _BLOCK.sub(lambda match: store(_marked(_undouble(match[1]))), "\n".join(lines))
        return text.split("\n")


class _Inline(InlineProcessor):
    chars = "$\\"

    def handleMatch(self, match: re.Match, data: str) -> tuple[Element, int, int]:  # noqa: N802
        element = Element("code", {"class": "math"})
        element.text = AtomicString(_undouble(match[0]))
        return element, match.start(0), match.end(0)


class _InCode(InlineProcessor):
    chars = "`"

    def handleMatch(self, match: re.Match, data: str) -> tuple[Element, int, int]:  # noqa: N802
        element = Element("code", {"class": "math"})
        element.text = AtomicString(f"${match[1]}$")
        return element, match.start(0), match.end(0)


def _undouble(formula: str) -> str:
    r"""Return a formula in `\\(…\\)` or `\\[…\\]` in those of TeX."""
    match = _DOUBLED.fullmatch(formula)
    return f"\\{match[1]}{match[2]}\\{match[3]}" if match else formula


class MathExtension(Extension):
    r"""Markdown's extension for `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, which it marks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Handle formulas before Markdown removes their backslashes, but after code."""
        md.ESCAPED_CHARS.append("$")
        md.preprocessors.register(_Blocks(md), "formulas", 24)
        # As on GitHub, if it has no character of Markdown.
        md.inlinePatterns.register(_InCode(r"\$`([^`$\n]{1,4000})`\$", md), "formula_in_code", 195)
        pattern = rf"(?<!\\)(?:{_DOUBLED.pattern}|{TEX_MATH.pattern})"
        md.inlinePatterns.register(_Inline(pattern, md), "formula", 185)
