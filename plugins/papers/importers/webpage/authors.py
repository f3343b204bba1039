"""Lists of authors in the lines of a page."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...model import parse_name
from ..common import LINK_PATTERN, is_link_label, match_url, put_initials_first

# What is in words after a name: "(co-first)", "(corresponding author)".
EQUAL_MARK, CORRESPONDING_MARK = "\ue005", "\ue006"
AUTHOR_MARKS = f"*∗†‡#§¶✉{EQUAL_MARK}{CORRESPONDING_MARK}"
_REMARKS = (
    (EQUAL_MARK, re.compile(
        r"\s*[(（](?:co-?first(?: authors?)?|equal(?:ly)? contribut\w*|joint first(?: authors?)?|"
        r"共同一作|共一)[)）]", re.IGNORECASE)),
    (CORRESPONDING_MARK, re.compile(
        r"\s*[(（](?:co-?)?(?:correspond\w*(?: authors?)?|通讯作者|通讯)[)）]", re.IGNORECASE)),
)  # fmt: skip
_BOLD = re.compile(r"\*\*([^*\n]{2,60})\*\*|__([^_\n]{2,60})__|<u>([^<>\n]{2,60})</u>")
_ITALIC = re.compile(
    r"(?<![\w*∗])\*(?=[^\s*])([^*\n]{2,900}?)\*(?![*\w])|(?<![\w_])_(?=\S)([^_\n]{2,900}?)_(?!\w)"
)
# "Babbage, C., Lovelace, A. K."
_INVERTED = re.compile(
    r"(?P<last>(?:[dlDLoO]['’]|['’]t )?[^\W\d_][^\W\d_'’-]{1,25}(?:[ '’-][^\W\d_]{2,25}){0,2}), ?"
    r"(?P<first>(?:[^\W\d_]\.[ -]{0,2}){1,4})(?P<mark>[*†]{0,2})"
    # "Ada Byron, C. Babbage" is another form.
    r"(?:[,;]? (?:and|&) |[,;]\s*(?:and |& )?|"
    r"(?=[\s(:]|$)(?! ?[^\W\d_][^\W\d_'’-]+ ?(?:[,;&]| and |$)))"
)
# "Babbage C.", after names of that form.
_INVERTED_WITHOUT_COMMA = re.compile(
    r"(?P<last>[^\W\d_][^\W\d_'’-]{1,25}) (?P<first>(?:[A-Z]\.[ -]?){1,3})(?P<mark>[*†]{0,2})"
    r"(?:[,;]\s*(?:and |& )?|(?=\s*(?:[(:]|$)))"
)
_SEPARATOR = re.compile(r"\s*(?:[,，、;；]\s*(?:and\b|&)?|\s(?:and|&)\s|\s和\s?)\s*")
_OTHERS = re.compile(
    r"\s*(?:and )?[*_]{0,2}(?:et\.? ?al\b\.?|etc\b\.?|others\b|\.\.\.|…|等)[*_]{0,2}\.?",
    re.IGNORECASE,
)
# "Babbage, Charles, and Ada Lovelace": the style of the MLA and of Chicago.
_CAPITALISED = r"(?![\u2e80-\uffff])[^\W\d_a-z][^\W\d_]{1,25}"
_FIRST_INVERTED = re.compile(
    rf"(?P<last>(?:(?:van|von|de|del|der|den|la|di|da|dos|le|al|el) ){{0,3}}{_CAPITALISED}"
    rf"(?:['’-]{_CAPITALISED})?), "
    rf"(?P<first>{_CAPITALISED}(?:-{_CAPITALISED})?(?: (?:[^\W\d_a-z]\.|{_CAPITALISED})){{0,2}})"
    rf"(?=,? and |, (?:et al|{_CAPITALISED} |[^\W\d_a-z]\. )|\. |[.,]? ?[(“\"])"
)
# What follows names whose first one is inverted: a year, or a title with a mark.
_TITLE_BEHIND_NAMES = re.compile(r"[\s.,]*(?:[(“\"«*_\[]|(?:19|20)\d\d\b)")
_CORPORATE = re.compile(
    r"(?:[Tt]he )?[^\W\d_a-z][\w'’&.-]*"
    r"(?: (?:[^\W\d_a-z][\w'’&.-]*|of|the|for|on|and|in|de|der|für|des)){0,7}"
)
_CORPORATE_WORD = re.compile(
    r"\b(?:collaborations?|consortium|organi[sz]ation|committee|association|society|commission|"
    r"task force|working group|study group|research group|initiative|council|agency|ministry|"
    r"foundation|network|investigators|team)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[\s*_]*(?:authors?|inventors?|by|with|作者)[\s*_]*[:：][\s*_]*(?=[^\s*_])|by\s+|with\s+",
    re.IGNORECASE,
)
# What somebody did, after a name.
_POSITION = re.compile(
    r"\s*[(（](?:co-?)?(?:advis[oe]r|supervisor|mentor|intern|project lead(?:er)?|lead|导师)[)）]",
    re.I,
)
# A legend after the names: "(* equal contribution)".
_LEGEND_IN_LIST = re.compile(
    r"[\s,.]*[(（]\s*(?:\\?[*∗†‡#✉]|<sup>[^<>]{1,9}</sup>)[^()（）]{0,60}"
    r"(?:equal|contribut|correspond|co-?first|joint|共同|通讯)[^()（）]{0,60}[)）]",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "van von vom der den de del della delle degli dei di da dal dalla do dos das du des la las le "
    "lo los el al bin bint ibn abu ben ten ter te het op in zu zum zur y i e af av 't san".split()
)
_PARTICLE_PREFIX = re.compile(r"(?:d|l|dell|dall|o|n|al|el|ul|ur|as)['’-](?=[^\W\d_a-z])|['’]t ?")
_CJK = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,4}|[\u3400-\u9fff]{1,8}·[\u3400-\u9fff·]{1,10}"
)
_IDEOGRAM = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐‑])*\.?")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
# Words that titles and venues write with a capital, and names do not hold.
_NO_NAMES = frozenset(
    "the of for in on with via from to a an towards toward using at by as is are ieee acm "
    "conference journal proceedings transactions international workshop symposium university "
    "institute school college department preprint arxiv paper papers code data award best oral "
    "spotlight poster learning neural networks network models model deep language vision image "
    "video analysis recognition detection advances letters science nature systems review survey "
    "accepted submitted contributor supervised supervisor core press under presentation project "
    "website abstract thesis dissertation master master's technical report reports scientific "
    "sciences information".split()
)
# A last name that no comma ends: "Yi Ren. ICLR", "Yi Ren (Oral)".
_LAST_NAME = re.compile(
    r"(.{2,50}?)(?:(?<=[^\W\d_]{2})([*†‡#§¶✉]{0,4})[.:：](?=\s|$)|\s*(?=[(（\[|\\*_`])|"
    r"\s+(?=et\.? al))"
)


# "Babbage C" and "Babbage C.*", the styles of medicine and of journals.
_INITIALS_BEHIND = re.compile(
    r"(?P<last>[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?) "
    r"(?P<first>(?:[A-Z]\.?[ -]?){1,3}(?<![ -]))(?P<marks>[*†‡#§¶✉]*)"
)
_LAST_WITH_INITIALS = re.compile(
    r"(?P<name>[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)? (?:[A-Z]\.?[ -]?){1,3}(?<=[A-Z.]))"
    r"(?P<marks>[*†‡#§¶✉]*)[.:：]?(?=\s|[(（]|$)"
)
_INITIAL_AT_END = re.compile(r" [A-Z]\.$")


@dataclass(slots=True)
class AuthorList:
    """A list of authors: names with their marks, the names in bold, and URLs of some names."""

    names: list[str] = field(default_factory=list)
    others: bool = False
    bold: list[str] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)


class _Piece(NamedTuple):
    """What stands between two separators; `separator` is the one before it."""

    text: str
    start: int
    end: int
    separator: str


def parse_author_list(
    text: str, sure: bool = False, owner_names: frozenset[str] = frozenset()
) -> tuple[AuthorList, str] | None:
    """Return the authors that a line begins with, and the remaining text; None for another line.

    One name is enough where it is `sure` that authors stand there, and for one of the
    `owner_names`.
    """
    text = text.lstrip(" ,，.|·-–—:：").rstrip(" ,，|·-–—:：")
    text = _POSITION.sub("", _LEGEND_IN_LIST.sub(" ", text))
    remarks: dict[str, list[str]] = {}
    for mark, remark in _REMARKS:
        remarks[mark] = [match[0] for match in remark.finditer(text)]
        text = remark.sub(mark, text)
    text = text[label.end() :] if (label := _LABEL.match(text)) else text
    authors = AuthorList()
    text = _extract_urls(authors, text)
    bold = (_plain_name(next(filter(None, groups))) for groups in _BOLD.findall(text))
    authors.bold = [name for name in bold if is_person_name(name)]
    plain = _strip_emphasis(text)
    authors.names, end = _parse_inverted_names(plain)
    if authors.names and (others := _OTHERS.match(plain, end)):
        authors.others, end = True, others.end()
    if not authors.names:
        authors.names, authors.others, end = _parse_first_inverted(plain)
    if not authors.names:
        authors.names, authors.others, end = _parse_names(plain, sure)
        authors.names = put_initials_first([*map(_strip_point, _turn_initials(authors.names))])
        unmarked = {_strip_marks(name) for name in authors.names}
        authors.bold = [name for name in authors.bold if name in unmarked]
        one_is_enough = authors.others or authors.bold or sure or unmarked & owner_names
        one_is_enough = one_is_enough or any(name.startswith("{") for name in authors.names)
        if not authors.names or not (len(authors.names) > 1 or one_is_enough):
            return None
    return authors, _restore_remarks(_find_end(text, plain[end:]), remarks).strip(" ,，;；")


def _restore_remarks(text: str, remarks: dict[str, list[str]]) -> str:
    """Return what follows the names with the words of remarks that stand at none of them."""
    for mark, words in remarks.items():
        for remark in words[len(words) - text.count(mark) :]:
            text = text.replace(mark, f" {remark.strip()} ", 1)
    return text


def _turn_initials(names: list[str]) -> list[str]:
    """Return names with initials first, where each of several has them last, with points."""
    matches = [_INITIALS_BEHIND.fullmatch(name) for name in names]
    if len(names) < 2 or not all(matches) or not any("." in match["first"] for match in matches):
        return names
    initials = [re.sub(r"([A-Z])(?!\.)", r"\1.", match["first"]) for match in matches]
    return [
        f"{first} {match['last']}{match['marks']}"
        for first, match in zip(initials, matches, strict=True)
    ]


def _strip_point(name: str) -> str:
    return name if name.startswith("{") else name.rstrip(".")


def _extract_urls(authors: AuthorList, text: str) -> str:
    """Take the URLs of names that are links; return the text without these links."""

    def replace_link(match: re.Match) -> str:
        name = _plain_text(match["text"])
        if is_link_label(name) or not is_person_name(name) or len(name.split()) < 2:
            return match[0]
        authors.urls[_strip_marks(name)] = match_url(match)
        return match["text"]

    return LINK_PATTERN.sub(replace_link, text)


def _parse_inverted_names(text: str) -> tuple[list[str], int]:
    """Return the names of "Babbage, C., Lovelace, A. K." as "C. Babbage", and their end."""
    names, end = [], 0
    while match := _INVERTED.match(text, end) or (end and _INVERTED_WITHOUT_COMMA.match(text, end)):
        names.append(f"{match['first'].strip()} {match['last']}{match['mark']}")
        end = match.end()
    return names, end


def _parse_first_inverted(text: str) -> tuple[list[str], bool, int]:
    """Return the names of "Babbage, Charles, and Ada Lovelace", whether others follow, their end.

    A title must follow whose punctuation tells it from names.
    """
    first = _FIRST_INVERTED.match(text)
    if first is None or set(first["last"].casefold().split()) & _NO_NAMES:
        return [], False, 0
    names, others, end = [f"{first['first']} {first['last']}"], False, first.end()
    if following := re.match(r",? and |, ", text[end:]):
        start = end + following.end()
        if match := _OTHERS.match(text, start):
            others, end = True, match.end()
        else:
            more, others, length = _parse_names(text[start:], False)
            names, end = names + more, start + length
            if not more:
                return [], False, 0
    return (names, others, end) if _TITLE_BEHIND_NAMES.match(text, end) else ([], False, 0)


def is_corporate_name(text: str) -> bool:
    """Tell whether words name a group that writes papers: "ATLAS Collaboration"."""
    text = text.strip(" .,")
    return len(text) <= 80 and bool(_CORPORATE.fullmatch(text) and _CORPORATE_WORD.search(text))


def _format_group(name: str) -> str:
    """Return the name of a group for a header, in braces where it would be read as a person's."""
    return name if parse_name(name).collective else f"{{{name}}}"


def _split_pieces(text: str) -> Iterator[_Piece]:
    """Yield what stands between the separators of a list of names."""
    start, last_separator = 0, ""
    while start < len(text):
        separator = _SEPARATOR.search(text, start)
        end = separator.start() if separator else len(text)
        if words := text[start:end].strip():
            yield _Piece(words, start, end, last_separator)
            last_separator = separator[0] if separator else ""
        start = separator.end() if separator else len(text)


def _parse_names(text: str, sure: bool) -> tuple[list[str], bool, int]:
    """Return the names that a text begins with, whether there are others, and their end."""
    names: list[str] = []
    previous_start = 0
    for piece in _split_pieces(text):
        if others := _OTHERS.match(text, piece.start):
            return names, bool(names), others.end()
        if names and _SUFFIX.fullmatch(piece.text):
            names[-1] += f" {piece.text}"
        elif is_corporate_name(piece.text):
            names.append(_format_group(piece.text.strip(" .")))
        elif is_person_name(piece.text, bool(names)) or (
            sure and not names and _is_team(piece.text)
        ):
            has_initial = _INITIAL_AT_END.search(piece.text)
            names.append(piece.text if has_initial else piece.text.rstrip("."))
        else:
            last = _LAST_NAME.match(piece.text)
            if names and all(map(_INITIALS_BEHIND.fullmatch, names)):
                last = _LAST_WITH_INITIALS.match(piece.text) or last
            is_group = last is not None and is_corporate_name(last[1])
            if not last or not (is_group or is_person_name(last[1], bool(names))):
                return _drop_joined_title(names, piece, previous_start)
            name = last[1].strip()
            names.append(_format_group(name) if is_group else name + (last[2] or ""))
            return names, *_parse_behind_names(text, piece, last.end())
        previous_start = piece.start
    return names, False, len(text)


def _parse_behind_names(text: str, piece: _Piece, offset: int) -> tuple[bool, int]:
    """Return whether "et al." follows the last name, and where the remaining text begins."""
    remaining = piece.text[offset:].strip(" .")
    if not remaining:
        return False, piece.end
    start = text.index(remaining, piece.start)
    others = re.match(r"et\.? ?al\.?", remaining)
    return others is not None, start + (others.end() if others else 0)


def _drop_joined_title(
    names: list[str], piece: _Piece, previous_start: int
) -> tuple[list[str], bool, int]:
    """End a list at a piece that is not a name; what "and" joins with it begins the title, too."""
    is_joined = piece.separator and "," not in piece.separator
    if is_joined and re.match(r"[A-Z]\S*(?:\s+\S+){2}", piece.text):
        return names[:-1], False, previous_start
    return names, False, piece.start


def is_inverted_name(text: str) -> bool:
    """Tell whether words are a name whose family name comes first: "Lovelace, A. K."."""
    return _INVERTED.fullmatch(f"{text.strip(' ,')} ".strip()) is not None


def is_person_name(text: str, listed: bool = False) -> bool:
    """Tell whether words may be a person's name, with marks after it.

    A name that is `listed` with others may hold a small word: "An Li".
    """
    text = text.strip().strip(AUTHOR_MARKS + "^+ ").strip()
    text = re.sub(r"(?<=[^\W\d])[\d,]{1,4}$", "", text)
    if not 2 <= len(text) <= 45 or any(char.isdigit() for char in text):
        return False
    if _CJK.fullmatch(text):
        return True
    words = re.sub(r"\((?:[^()]{1,20})\)", "", text).split()
    if not 1 < len(words) <= 6:
        return False
    if any(word.endswith(".") and len(word) > 4 for word in words[:-1]):
        return False
    return all(_is_name_part(word, listed) for word in words)


def _is_name_part(word: str, listed: bool) -> bool:
    small = word.casefold().strip(".")
    if _IDEOGRAM.search(word) and (len(word) > 3 or "." in word):
        return False
    is_short = len(small) == 1 or (listed and len(small) == 2)
    if small in _NO_NAMES and not (is_short and word[0].isupper()):
        return False
    if prefix := _PARTICLE_PREFIX.match(word):
        word = word[prefix.end() :] or "T"
    has_capital = word[0].isupper() or word[0].upper() == word[0]
    return _WORD.fullmatch(word) is not None and (has_capital or small in _PARTICLES)


def _is_team(text: str) -> bool:
    """Tell whether words may name a team, where nothing but authors can stand."""
    return 2 <= len(text) <= 80 and len(text.split()) <= 8


def _strip_emphasis(text: str) -> str:
    """Return a line without emphasis, its marks as `*` and `†`."""
    text = re.sub(r"\\([*†#])", lambda match: "∗" if match[1] == "*" else match[1], text)
    text = re.sub(r"<sup>\s*([^<>]{0,20})\s*</sup>", _superscript_marks, text)
    text = re.sub(r"\^\{?([^\w\s{}]{1,4})\}?\^?", r"\1", text)
    text = _BOLD.sub(lambda match: next(filter(None, match.groups())), text)
    text = _ITALIC.sub(_strip_italics, text)
    text = re.sub(r"</?[a-z]{1,6}>", "", text).replace("∗", "*")
    text = re.sub(r"\s+(?=[*†‡§¶✉]+(?:[\s,，]|$))", "", text)
    # "Babbage, C*."
    text = re.sub(r"\b([A-Z])([*†]{1,2})\.", r"\1.\2", text)
    return unicodedata.normalize("NFC", text)


def _strip_italics(match: re.Match) -> str:
    inner = match[1] or match[2]
    parts = [part for part in _SEPARATOR.split(inner) if part]
    return inner if all(is_person_name(part) or _OTHERS.match(part) for part in parts) else match[0]


def _find_end(text: str, plain_end: str) -> str:
    """Return the end of a text that is `plain_end` without emphasis."""
    count, start = sum(map(str.isalnum, plain_end)), len(text)
    while count and start:
        start -= 1
        count -= text[start].isalnum()
    while start and text[start - 1] in "*_“\"'`([<{":
        start -= 1
    return text[start:] if plain_end.strip() else ""


def _superscript_marks(match: re.Match) -> str:
    return "".join("∗" if char == "*" else char for char in match[1] if char in AUTHOR_MARKS)


def _plain_text(text: str) -> str:
    return " ".join(re.sub(r"\*\*|__|`|\\", "", _strip_emphasis(text)).split())


def _strip_marks(name: str) -> str:
    return name.rstrip(AUTHOR_MARKS + " ")


def _plain_name(text: str) -> str:
    return _strip_marks(_plain_text(text))
