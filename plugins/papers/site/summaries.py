"""What lists show of a text: its summary, its first paragraph, or the first sentences of that."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from markupsafe import Markup, escape
from pelican.contents import Content

from ..pages import render_citations
from ..util import LazyPattern, fold_text, measure_text

# The length of a brief summary, in characters; Chinese, Japanese and Korean ones count double.
_LIMIT = 240
_COMMENT = LazyPattern(r"<!--.*?-->", re.DOTALL)
_PARAGRAPH = LazyPattern(r"\s*<p(?: [^>]*)?>(?P<words>.*?)</p>\s*", re.DOTALL)
# A paragraph or a flat list without pictures and other large elements.
_PLAIN_BLOCK = LazyPattern(
    r"\s*<(?P<tag>p|ul|ol)(?: [^>]*)?>"
    r"[^<]*(?:<(?!/(?P=tag)>|(?:p|ul|ol|img|picture|video|iframe|table|pre)\b)[^<]*)*</(?P=tag)>"
)
# In a list, links within a text are dead links, and a footnote's id would be a duplicate.
_FOOTNOTE = LazyPattern(r'<sup id="fnref.*?</sup>', re.DOTALL)
_ANCHOR = LazyPattern(r'<a [^>]*href="#[^>]*>(.*?)</a>', re.DOTALL)
_HEADING_WORD = LazyPattern(
    r"(?P<start><(?P<tag>strong|b|em)>)?(?:Abstract|Summary|TL;DR|摘要|概要)"
    r"(?(start)[ .:：—–-]{,3}</(?P=tag)>[ .:：—–-]{,3}| ?[.:：—–])\s*",
    re.IGNORECASE,
)

# Pieces of a paragraph. An atom is never cut: a formula, a citation, code, a link, a footnote.
# The bounds keep the search linear in a text of nothing but open tags.
_PIECE = LazyPattern(
    r'(?P<formula><code class="math">.{,9000}?</code>|<math\b.{,9000}?</math>)'
    r"|(?P<atom><(?P<name>a|cite|code|sup|sub|ruby)\b[^>]{,4000}>.{,4000}?</(?P=name)>)"
    r"|(?P<picture><(?P<picture_name>picture|svg|video|audio|iframe)\b.{,9000}?</(?P=picture_name)>"
    r"|<(?:img|source|wbr|hr|input|embed)\b[^>]{,4000}>)"
    r"|(?P<br><br\b[^>]{,4000}>)"
    r"|<(?P<slash>/?)(?P<tag>[A-Za-z][\w-]*)\b[^>]{,4000}>"
    r"|(?P<entity>&(?:#\d+|#x[0-9A-Fa-f]+|\w+);)"
    r"|(?P<text>[^<&]+|[<&])",
    re.DOTALL | re.IGNORECASE,
)
_TEX = LazyPattern(r"\\(?:[A-Za-z]+|.)|[{}$_^]|\s+")
_MAX_PIECES = 2000
_WIDE = LazyPattern("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")
# What stands for a character of an atom.
_OBJECT = "\ufffc"
_CLOSING = rf"[\"'”’»›)\]）」』】》〉]*(?:\[\d[\d,–\- ]*\])*{_OBJECT}*"
_END = LazyPattern(
    rf"(?P<wide>[。！？｡]+{_CLOSING})(?=\s*(?P<wide_next>\S?))"
    rf"|(?P<end>[.!?…؟۔।]+{_CLOSING})(?=\s+[\"'“‘„«‹(\[（「『¿¡]*(?P<next>[^\W_]+\.?|\S)|\s*$)"
)
# Japanese goes on behind a quotation that ends in a full stop: 「…。」と言う.
_GOES_ON = "とって、，,"
_WORD_BEFORE = LazyPattern(r"[^\s(\[“\"'（「]+$")
# After these a sentence does not end, whatever follows; the last dot is left out.
_ABBREVIATIONS = frozenset(
    "e.g i.e eg ie cf vs viz fig figs eq eqs eqn eqns sects pp dr prof mr mrs ms s.t z.b d.h "
    "bzw vgl ggf bspw evtl p.ex p.ej т.е рис см tzn m.in".split()
)
# After these, initials and numbers a sentence ends if the next word usually begins one.
_AMBIGUOUS = frozenset(
    "al etc inc ltd co corp ph.d m.sc b.sc i.i.d w.r.t a.k.a u.s u.k sec secs sect tab ref "
    "refs no nos vol vols p ch chap chaps thm prop def lem cor alg ex app appx resp approx ca "
    "st jr sr dept univ ed eds est esp incl max min avg std jan feb mar apr jun jul aug sep "
    "sept oct nov dec u.a usw abb nr env pág núm art т.д т.п стр np tzn tj rys por".split()
)
_FIRST_WORDS = frozenset(
    "a additionally after again all also although among an and another any are as at based "
    "because besides beyond both building but by can code compared consequently could "
    "crucially current despite does due during each empirically even every existing "
    "experimental experiments extensive finally first following for from furthermore given "
    "hence here how however i if in indeed inspired instead is it its last lastly leveraging "
    "many moreover most motivated nevertheless no notably now of on once one only our overall "
    "previous prior recent recently results second several similarly since so some "
    "specifically such surprisingly that the their then there therefore these they this those "
    "though through thus to together toward towards two ultimately under unfortunately unlike "
    "using very we what when where whereas whether which while who why with without yet you "
    "your".split()
)


class Lead(NamedTuple):
    """The text that a list shows of a content, and whether the content has more."""

    html: Markup
    more: bool


def lead(content: Content) -> Lead:
    """Return a content's summary, or else its first paragraph, without the <p>."""
    return _summary(content) or _first_paragraph(content, needs_words=False)


def brief(content: Content, limit: int = _LIMIT) -> Lead:
    """Return a content's summary, or else the first sentences of its first paragraph with words.

    `limit` is the number of their characters. A sentence that is longer ends at a word.
    """
    if summary := _summary(content):
        return summary
    paragraph = _first_paragraph(content, needs_words=True)
    html, is_all = first_sentences(str(paragraph.html), limit)
    return Lead(Markup(html), paragraph.more or not is_all)


def abstract(content: Content) -> Markup:
    """Return the paragraphs and flat lists with which a paper's text begins, without anchors."""
    html = _COMMENT.sub("", content.content).strip()
    end = 0
    while block := _PLAIN_BLOCK.match(html, end):
        end = block.end()
    html = render_citations(html[:end], content.references, linked=False)
    return Markup(_unlink(html))


def _summary(content: Content) -> Lead | None:
    if "summary" not in content.metadata:
        return None
    html = _clean(content.summary, content)
    paragraph = _PARAGRAPH.search(html)
    words = paragraph and _unlink(paragraph["words"])
    text = Markup(words) if words else escape(Markup(html).striptags())
    return Lead(text, _says_more(content.content, text))


def _first_paragraph(content: Content, needs_words: bool) -> Lead:
    html = _clean(content.content, content)
    for paragraph in _PARAGRAPH.finditer(html):
        words = _unlink(paragraph["words"])
        if not needs_words or Markup(words).striptags():
            return Lead(Markup(words), paragraph[0] != html)
    return Lead(Markup(), bool(html))


def _clean(html: str, content: Content) -> str:
    """Return a text without comments, whose citations name their works."""
    return render_citations(_COMMENT.sub("", html).strip(), content.references, linked=False)


def _unlink(html: str) -> str:
    """Return a paragraph without the links within the page that is not there."""
    return _ANCHOR.sub(r"\1", _FOOTNOTE.sub("", html)).strip()


def _says_more(html: str, summary: str) -> bool:
    """Tell whether a text says anything that its summary does not."""
    text = fold_text(Markup(_COMMENT.sub("", html)).striptags())
    return bool(text) and text not in fold_text(Markup(summary).striptags())


@lru_cache(4096)
def first_sentences(html: str, limit: int) -> tuple[str, bool]:
    """Return the first sentences of a paragraph, at least one, and whether they are all of it.

    Elements are closed. Links, formulas, citations and code are shown whole, pictures not at all.
    """
    html = html.strip()
    start = match.end() if (match := _HEADING_WORD.match(html)) else 0
    text = _PlainText(html[start:], limit)
    if text.is_all and text.width_to(len(text.plain)) <= limit:
        return text.cut(len(text.plain)), True
    end = 0
    for sentence in _find_ends(text.plain):
        if end and text.width_to(sentence) > limit:
            break
        end = sentence
    if end and text.width_to(end) <= limit:
        return text.cut(end), text.is_all and not text.plain[end:].strip()
    return text.cut(_last_word(text, limit), "…"), False


class _PlainText:
    """The start of a paragraph as plain text, with a mark for each character of an atom.

    `plain` is longer than the limit, or `is_all`.
    """

    def __init__(self, html: str, limit: int) -> None:
        self.html = html
        self.pieces: list[tuple[int, re.Match]] = []  # each with the end of its plain text
        plain, length, width, end = [], 0, 0, 0
        for match in _PIECE.finditer(html):
            all_chars = _plain_chars(match)
            chars = all_chars[: limit + 100]
            plain.append(chars)
            length, width = length + len(chars), width + measure_text(chars)
            self.pieces.append((length, match))
            end = match.end()
            if len(chars) < len(all_chars) or width > limit + 100 or len(plain) > _MAX_PIECES:
                end = -1
                break
        self.is_all = end == len(html)
        self.plain = "".join(plain)

    def width_to(self, end: int) -> int:
        """Return how many characters the text has up to an offset, without spaces at its end."""
        return measure_text(self.plain[:end].rstrip())

    def cut(self, end: int, dots: str = "") -> str:
        """Return the HTML of the text up to an offset, which is not within an atom."""
        end = len(self.plain[:end].rstrip())
        parts, opened, start = [], [], 0
        for stop, match in self.pieces:
            if start >= end:
                break
            if match["text"] or match["entity"]:
                parts.append(match[0] if stop <= end else match[0][: end - start])
            elif match["tag"]:
                parts.append(_follow(opened, match))
            elif not match["picture"]:
                parts.append(match[0])
            start = stop
        return "".join([*parts, dots, *(f"</{name}>" for name in reversed(opened))]).strip()

    def is_inside_atom(self, end: int) -> bool:
        """Tell whether an offset is within a formula, a link or the like."""
        n = bisect_left(self.pieces, end, key=lambda piece: piece[0])
        if n == len(self.pieces) or self.pieces[n][0] == end:
            return False
        return not (self.pieces[n][1]["text"] or self.pieces[n][1]["entity"])


def _follow(opened: list[str], match: re.Match) -> str:
    """Return a tag, "" for an end of what is not open, and note which elements are open."""
    name = match["tag"].lower()
    if match["slash"]:
        return f"</{opened.pop()}>" if opened and opened[-1] == name else ""
    opened.append(name)
    return match[0]


def _plain_chars(match: re.Match) -> str:
    """Return the plain text of a piece; of an atom, marks but for the last character."""
    if match["text"]:
        return match["text"]
    if match["entity"]:
        return unescape(match["entity"])[:1]
    if match["br"]:
        return " "
    if match["formula"]:
        return _OBJECT * max(1, len(_TEX.sub("", unescape(Markup(match[0]).striptags()))))
    if match["atom"]:
        text = Markup(match["atom"]).striptags()
        if match["name"].lower() == "a" and text[-1:] in tuple(".!?。！？"):
            return _OBJECT * (len(text) - 1) + text[-1]
        return _OBJECT * len(text)
    return ""


def _find_ends(text: str) -> Iterator[int]:
    """Yield the offsets at which sentences of a plain text end."""
    start = 0
    for match in _END.finditer(text):
        if match["wide"]:
            is_end = match["wide"][-1] in "。！？｡" or match["wide_next"] not in tuple(_GOES_ON)
        else:
            is_end = _is_end(text, start, match)
        before = text[start : match.end()]
        if is_end and before.count("(") <= before.count(")"):
            start = match.end()
            yield start
    if text[start:].strip():
        yield len(text)


def _is_end(text: str, start: int, match: re.Match) -> bool:
    """Tell whether a full stop or the like ends a sentence that begins at `start`."""
    following = match["next"] or ""
    if not following:
        return True
    if following[0].islower():
        return False
    if match["end"][0] != ".":
        return True
    before = _WORD_BEFORE.search(text, start, match.start())
    word = before[0].casefold().rstrip(".") if before else ""
    if word in _ABBREVIATIONS:
        return False
    is_initial = len(word) == 1 and word.isalpha() and before[0].isupper()
    is_short_number = word.isdigit() and len(word) < 3
    if word in _AMBIGUOUS or is_initial or is_short_number or re.fullmatch(r"(?:\w\.)+\w", word):
        return following.casefold() in _FIRST_WORDS
    return True


def _last_word(text: _PlainText, limit: int) -> int:
    """Return the offset of the last end of a word within the limit and outside of atoms."""
    best = 0
    for match in re.finditer(rf"\s+|(?<={_WIDE.pattern})|(?={_OBJECT})(?<!{_OBJECT})", text.plain):
        end = match.start()
        if text.width_to(end) >= limit:
            break
        if end and not text.is_inside_atom(end):
            best = end
    if not best:
        first = next((stop for stop, _ in text.pieces if stop), 0)
        best = first if text.is_inside_atom(1) or first < limit else limit - 1
    return len(text.plain[:best].rstrip(" ,;:–—-([“‘（，、；："))
