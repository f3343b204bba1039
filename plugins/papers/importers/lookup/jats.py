"""Text of publishers' records: JATS, HTML and MathML in it become plain text with TeX."""

import re
from html import unescape
from xml.etree import ElementTree

from ...util import CONTROL

_BREAK = re.compile(
    r"</?(?:jats:)?(?:p|sec|title|div|br|list|list-item|disp-formula)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(
    r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>|<!--(?:[^<-]|-(?!->)|<(?!!--))*+-->|<!\[CDATA\[|\]\]>"
)
_HEADING = re.compile(
    r"<(?:jats:)?title\b[^<>]*>\s*(?:abstract|summary)\s*[.:]?\s*</(?:jats:)?title>", re.IGNORECASE
)
_SCRIPT = re.compile(
    r"<(?:jats:)?(?P<kind>su[bp])\b[^<>]*>(?P<text>[^<>]{1,40})</(?:jats:)?su[bp]>", re.IGNORECASE
)


def _element(name: str) -> re.Pattern:
    """Return what finds an element in which none of the same name stands."""
    tag = f"(?:jats:|mml:)?{name}\\b"
    inside = f"(?P<inside>(?:[^<]|<(?!/?{tag}))*+)"
    return re.compile(f"<{tag}[^<>]*>{inside}</{tag}[^<>]*>", re.IGNORECASE)


_ALTERNATIVES, _TEX, _MATH = map(_element, ("alternatives", "tex-math", "math"))
_DELIMITED = re.compile(
    r"\s*(?:\$\$?|\\\(|\\\[)\s*(?P<tex>.*?)\s*(?:\$\$?|\\\)|\\\])\s*", re.DOTALL
)
_DOCUMENT = re.compile(r"\\begin\{document\}(?P<tex>.*?)\\end\{document\}", re.DOTALL)
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_UNSEEN = re.compile("[\u200b\ufeff\u202a-\u202e\u2066-\u2069\u00ad]")
# What MathML says by elements, in TeX; `{}` are the children.
_FORMS = {
    "msup": "{}^{{{}}}", "msub": "{}_{{{}}}", "msubsup": "{}_{{{}}}^{{{}}}",
    "mover": "{}^{{{}}}", "munder": "{}_{{{}}}", "munderover": "{}_{{{}}}^{{{}}}",
    "mfrac": r"\frac{{{}}}{{{}}}", "mroot": r"\sqrt[{1}]{{{0}}}",
}  # fmt: skip
_ACCENTS = {"¯": "bar", "‾": "bar", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "→": "vec"}
# Deeper than any formula that somebody reads.
_DEPTH = 40


def jats_to_text(text: str) -> str:
    """Return a text of a record without markup; formulas are TeX, blank lines part paragraphs."""
    text = CONTROL.sub(lambda found: " " if found[0] < " " else "", text)
    text = _TEX.sub(
        lambda found: _formula(unescape(found["inside"])), _ALTERNATIVES.sub(_chosen, text)
    )
    text = _BREAK.sub("\n\n", _SCRIPT.sub(_script, _HEADING.sub("", _MATH.sub(_mathml, text))))
    # Some systems escape what was escaped already.
    text = _BREAK.sub("\n\n", _SCRIPT.sub(_script, unescape(unescape(_TAG.sub("", text)))))
    text = _UNSEEN.sub("", CONTROL.sub("", _TAG.sub("", text)))
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(filter(None, paragraphs))


def _chosen(match: re.Match) -> str:
    """Return the formula in TeX, where a publisher gives it in several ways."""
    tex = _TEX.search(match["inside"])
    return tex[0] if tex else match["inside"]


def _formula(tex: str) -> str:
    if document := _DOCUMENT.search(tex):
        tex = document["tex"]
    if delimited := _DELIMITED.fullmatch(tex):
        tex = delimited["tex"]
    tex = " ".join(tex.replace("$", " ").split())
    return f"${tex}$" if tex else ""


def _script(match: re.Match) -> str:
    raised, text = match["kind"].lower() == "sup", match["text"].strip()
    table = _RAISED if raised else _LOWERED
    if all(ord(sign) in table for sign in text):
        return text.translate(table)
    return f"{'^' if raised else '_'}{text}" if re.fullmatch(r"\w+", text) else text


def _mathml(match: re.Match) -> str:
    """Return a formula of MathML in TeX; its bare letters where nobody can read it."""
    # Namespaces and attributes say nothing that TeX would.
    inside = re.sub(r"<(/?)(?:\w+:)?(\w+)[^<>]*?(/?)>", r"<\1\2\3>", match["inside"])
    inside = re.sub(r"&(?!(?:lt|gt|amp);)#?\w{1,30};", lambda found: unescape(found[0]), inside)
    bare = " ".join(unescape(_TAG.sub("", inside)).split())
    if "<!" in inside or "<?" in inside:
        return bare
    try:
        return _formula(_tex(ElementTree.fromstring(f"<math>{inside}</math>"), 0))
    except (ElementTree.ParseError, ValueError):
        return bare


def _tex(element: ElementTree.Element, depth: int) -> str:
    """Return an element of MathML in TeX; ValueError where it is nested too deeply."""
    if depth > _DEPTH:
        raise ValueError("nested too deeply")
    if element.tag in ("mi", "mn", "mo", "mtext", "ms"):
        return _token(element.tag, " ".join("".join(element.itertext()).split()))
    if element.tag == "semantics":
        told = [each.text or "" for each in element.iter("annotation")]
        if tex := next((each for each in told if "\\" in each), None):
            return tex
        return _tex(element[0], depth + 1) if len(element) else ""
    parts = [_tex(child, depth + 1) for child in element if child.tag != "annotation"]
    if element.tag in ("mover", "munder") and len(parts) == 2 and parts[1].strip() in _ACCENTS:
        return rf"\{_ACCENTS[parts[1].strip()]}{{{parts[0]}}}"
    if element.tag == "msqrt":
        return rf"\sqrt{{{''.join(parts)}}}"
    form = _FORMS.get(element.tag)
    if form and form.replace("{{", "").count("{") <= len(parts):
        base = [f"{{{part}}}" if len(part) > 1 else part for part in parts[:1]]
        return form.format(*(parts[:1] if element.tag in ("mfrac", "mroot") else base), *parts[1:])
    return "".join(parts)


def _token(tag: str, text: str) -> str:
    text = re.sub(
        r"[#%&_{}$^\\]", lambda found: "" if found[0] in "^\\$" else rf"\{found[0]}", text
    )
    if tag == "mi" and len(text) > 1 and text.isalpha():
        return rf"\mathrm{{{text}}}"
    return rf"\text{{{text}}}" if tag in ("mtext", "ms") and text.strip() else text
