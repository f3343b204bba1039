"""Pages in several languages: each language is a part of its own."""

import re

from ...util import Tag, find_tags

# Values of `lang` and `data-lang`, and classes, that mark what is written in a language.
_CODE = re.compile(r"(en|zh|cn|de|fr|es|ja|jp|ko|kr|it|pt|ru)(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_CLASS = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?|content|text)?[-_]?"
    r"(en|zh|cn|de|fr|es|ja|jp|ko|kr|english|chinese|german|french|spanish|japanese|korean)"
    r"(?:[-_](?:only|text|content|version|us|gb|cn|hans|hant))?(?=\s|$)",
    re.IGNORECASE,
)
_NAMES = {
    "english": "en", "chinese": "zh", "german": "de", "french": "fr", "spanish": "es",
    "japanese": "ja", "korean": "ko", "cn": "zh", "jp": "ja", "kr": "ko", "中文": "zh",
    "简体中文": "zh", "中文简介": "zh", "中文介绍": "zh", "日本語": "ja", "한국어": "ko",
    "deutsch": "de",
    "français": "fr", "español": "es", "italiano": "it", "português": "pt",
}  # fmt: skip
_OWN_NAMES = {"en": "English", "zh": "中文", "de": "Deutsch", "fr": "Français", "es": "Español",
              "ja": "日本語", "ko": "한국어", "it": "Italiano", "pt": "Português"}  # fmt: skip
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ELEMENTS = frozenset("div section article main p span ul ol li h1 h2 h3 h4 table td".split())
_HEADING = re.compile(
    r"^(?:(?P<chars>#{1,6})[ \t]+(?P<title>.{2,40}?)[ \t#]*"
    r"|<h(?P<level>[1-6])\b[^<>]{0,200}>(?P<words>[^<>]{2,40})</h\d>)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_VERSION = re.compile(r"\s*(?:version|版本?|introduction|bio(?:graphy)?)$", re.IGNORECASE)

Span = tuple[int, int, str]


def split_languages(text: str) -> dict[str, str]:
    """Return the parts of a page by their languages, the main one first; {} for one language.

    Each part has as many lines as the page; what has no mark is in the main language.
    """
    spans = _find_elements(text)
    if len({lang for _, _, lang in spans}) < 2:
        spans = _find_headings(text)
    langs = list(dict.fromkeys(lang for _, _, lang in spans))
    if not langs:
        return {}
    is_whole = len(langs) > 1
    main = langs[0] if is_whole else ""
    main_text = _keep(text, [span for span in spans if span[2] != main], inside=False)
    parts = {main: _HEADING.sub(_drop_language, main_text)}
    for lang in langs[1:] if is_whole else langs:
        parts[lang] = _keep(text, [span for span in spans if span[2] == lang], inside=True)
    return parts


def language_name(lang: str) -> str:
    """Return the name of a language in itself."""
    return _OWN_NAMES.get(lang, lang)


def find_language_form(names: list[str], lang: str) -> str:
    """Return the form of a name in the script of a language, or else its first form."""
    is_east_asian = lang in ("zh", "ja", "ko")
    forms = [name for name in names if bool(_EAST_ASIAN.search(name)) == is_east_asian]
    return next(iter([*forms, *names]), "")


def _drop_language(match: re.Match) -> str:
    return "" if _heading_language(match) else match[0]


def _heading_language(match: re.Match) -> str:
    words = re.sub(r"[^\w ]", "", match["title"] or match["words"]).strip()
    return _NAMES.get(_VERSION.sub("", words).strip().lower(), "")


def _keep(text: str, spans: list[Span], inside: bool) -> str:
    """Return what is inside of spans, or outside; of the other text, its line ends alone."""
    pieces, position = [], 0
    for start, end, _ in spans:
        outer, inner = text[position:start], text[start:end]
        pieces += [_blank(outer), inner] if inside else [outer, _blank(inner)]
        position = end
    rest = text[position:]
    return "".join([*pieces, _blank(rest) if inside else rest])


def _blank(text: str) -> str:
    return "\n" * text.count("\n")


def _find_elements(text: str) -> list[Span]:
    """Return the outermost elements whose attributes name a language."""
    spans: list[Span] = []
    open_tag: tuple[Tag, str] | None = None
    depth = 0
    for tag in find_tags(text):
        if open_tag is None:
            lang = "" if tag.closing or tag.name not in _ELEMENTS else _language_of(tag)
            if lang and not tag.closed:
                open_tag, depth = (tag, lang), 1
        elif tag.name == open_tag[0].name:
            depth += -1 if tag.closing else 1
            if depth == 0:
                spans.append((open_tag[0].start, tag.end, open_tag[1]))
                open_tag = None
    return spans


def _language_of(tag: Tag) -> str:
    for key in ("lang", "data-lang", "data-language"):
        if match := _CODE.fullmatch(tag.attributes.get(key, "")):
            return _NAMES.get(match[1].lower(), match[1].lower())
    words = f"{tag.attributes.get('class', '')} {tag.attributes.get('id', '')}"
    match = _CLASS.search(words)
    return _NAMES.get(match[1].lower(), match[1].lower()) if match else ""


def _find_headings(text: str) -> list[Span]:
    """Return the parts below headings that are names of languages."""
    headings = []
    for match in _HEADING.finditer(text):
        level = len(match["chars"]) if match["chars"] else int(match["level"])
        headings.append((match, level, _heading_language(match)))
    spans = []
    for number, (match, level, lang) in enumerate(headings):
        if lang:
            following = (
                other.start() for other, other_level, other_lang in headings[number + 1 :]
                if other_lang or other_level < level
            )  # fmt: skip
            spans.append((match.start(), next(following, len(text)), lang))
    return spans
