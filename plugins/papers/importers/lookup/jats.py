"""Texts of publishers' records: JATS, HTML and MathML become plain text with formulas in TeX."""

import re
from html import unescape
from xml.etree import ElementTree

from ...util import CONTROL, replace_script_tags

_BREAK = re.compile(
    r"</?(?:jats:)?(?:p|sec|title|div|br|list|list-item|disp-formula)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(
    r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>|<!--(?:[^<-]|-(?!->)|<(?!!--))*+-->|<!\[CDATA\[|\]\]>"
)
_HEADING = re.compile(
    r"<(?:jats:)?title\b[^<>]*>\s*(?:abstract|summary)\s*[.:]?\s*</(?:jats:)?title>", re.IGNORECASE
)


def _element_pattern(name: str) -> re.Pattern:
    """Return a pattern for an element that holds no other of the same name."""
    tag = f"(?:jats:|mml:)?{name}\\b"
    content = f"(?P<content>(?:[^<]|<(?!/?{tag}))*+)"
    return re.compile(f"<{tag}[^<>]*>{content}</{tag}[^<>]*>", re.IGNORECASE)


_ALTERNATIVES, _TEX, _MATH = map(_element_pattern, ("alternatives", "tex-math", "math"))
_DELIMITED = re.compile(
    r"\s*(?:\$\$?|\\\(|\\\[)\s*(?P<tex>.*?)\s*(?:\$\$?|\\\)|\\\])\s*", re.DOTALL
)
_DOCUMENT = re.compile(r"\\begin\{document\}(?P<tex>.*?)\\end\{document\}", re.DOTALL)
_INVISIBLE = re.compile("[\u200b\ufeff\u202a-\u202e\u2066-\u2069\u00ad]")
# Elements of MathML in TeX; `{}` are their children.
_TEMPLATES = {
    "msup": "{}^{{{}}}", "msub": "{}_{{{}}}", "msubsup": "{}_{{{}}}^{{{}}}",
    "mover": "{}^{{{}}}", "munder": "{}_{{{}}}", "munderover": "{}_{{{}}}^{{{}}}",
    "mfrac": r"\frac{{{}}}{{{}}}", "mroot": r"\sqrt[{1}]{{{0}}}",
}  # fmt: skip
_ACCENTS = {"¯": "bar", "‾": "bar", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "→": "vec"}
# Deeper than any formula that people write.
_MAX_DEPTH = 40


def jats_to_text(text: str) -> str:
    """Return a text without markup: formulas are TeX, blank lines separate paragraphs."""
    text = CONTROL.sub(lambda match: " " if match[0] < " " else "", text)
    text = _TEX.sub(
        lambda match: _delimit(unescape(match["content"])), _ALTERNATIVES.sub(_choose_tex, text)
    )
    text = _BREAK.sub(
        "\n\n", replace_script_tags(_HEADING.sub("", _MATH.sub(_mathml_to_tex, text)))
    )
    # Some systems escape their texts twice.
    text = _BREAK.sub("\n\n", replace_script_tags(unescape(unescape(_TAG.sub("", text)))))
    text = _INVISIBLE.sub("", CONTROL.sub("", _TAG.sub("", text)))
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(filter(None, paragraphs))


def _choose_tex(match: re.Match) -> str:
    """Return the TeX of a formula that a publisher gives in several notations."""
    tex = _TEX.search(match["content"])
    return tex[0] if tex else match["content"]


def _delimit(tex: str) -> str:
    """Return a formula between dollar signs, without delimiters or a document around it."""
    if document := _DOCUMENT.search(tex):
        tex = document["tex"]
    if delimited := _DELIMITED.fullmatch(tex):
        tex = delimited["tex"]
    tex = " ".join(tex.replace("$", " ").split())
    return f"${tex}$" if tex else ""


def _mathml_to_tex(match: re.Match) -> str:
    """Return a formula of MathML in TeX; only its letters where it cannot be parsed."""
    # Namespaces and attributes have no counterpart in TeX.
    content = re.sub(r"<(/?)(?:\w+:)?(\w+)[^<>]*?(/?)>", r"<\1\2\3>", match["content"])
    content = re.sub(r"&(?!(?:lt|gt|amp);)#?\w{1,30};", lambda entity: unescape(entity[0]), content)
    letters = " ".join(unescape(_TAG.sub("", content)).split())
    if "<!" in content or "<?" in content:
        return letters
    try:
        return _delimit(_element_to_tex(ElementTree.fromstring(f"<math>{content}</math>"), 0))
    except (ElementTree.ParseError, ValueError):
        return letters


def _element_to_tex(element: ElementTree.Element, depth: int) -> str:
    """Return an element of MathML in TeX. Raises ValueError where it is nested too deeply."""
    if depth > _MAX_DEPTH:
        raise ValueError("nested too deeply")
    if element.tag in ("mi", "mn", "mo", "mtext", "ms"):
        return _token_to_tex(element.tag, " ".join("".join(element.itertext()).split()))
    if element.tag == "semantics":
        annotations = [each.text or "" for each in element.iter("annotation")]
        if tex := next((text for text in annotations if "\\" in text), None):
            return tex
        return _element_to_tex(element[0], depth + 1) if len(element) else ""
    parts = [_element_to_tex(child, depth + 1) for child in element if child.tag != "annotation"]
    if element.tag in ("mover", "munder") and len(parts) == 2 and parts[1].strip() in _ACCENTS:
        return rf"\{_ACCENTS[parts[1].strip()]}{{{parts[0]}}}"
    if element.tag == "msqrt":
        return rf"\sqrt{{{''.join(parts)}}}"
    template = _TEMPLATES.get(element.tag)
    if template and template.replace("{{", "").count("{") <= len(parts):
        base = [f"{{{part}}}" if len(part) > 1 else part for part in parts[:1]]
        return template.format(
            *(parts[:1] if element.tag in ("mfrac", "mroot") else base), *parts[1:]
        )
    return "".join(parts)


def _token_to_tex(tag: str, text: str) -> str:
    text = re.sub(
        r"[#%&_{}$^\\]", lambda match: "" if match[0] in "^\\$" else rf"\{match[0]}", text
    )
    if tag == "mi" and len(text) > 1 and text.isalpha():
        return rf"\mathrm{{{text}}}"
    return rf"\text{{{text}}}" if tag in ("mtext", "ms") and text.strip() else text
