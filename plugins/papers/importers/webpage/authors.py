"""Lists of authors, found in the lines of a page."""

import re
import unicodedata
from dataclasses import dataclass, field

from ..common import LINK_PATTERN, is_link_label, match_url

AUTHOR_MARKS = "*∗†‡#§¶✉"
_BOLD = re.compile(r"\*\*([^*\n]{2,60})\*\*|__([^_\n]{2,60})__|<u>([^<>\n]{2,60})</u>")
_ITALIC = re.compile(
    r"(?<![\w*∗])\*(?=[^\s*])([^*\n]{2,900}?)\*(?![*\w])|(?<![\w_])_(?=\S)([^_\n]{2,900}?)_(?!\w)"
)
# "Babbage, C., Lovelace, A. K."
_INVERTED = re.compile(
    r"(?P<last>[^\W\d_][^\W\d_'’-]{1,25}(?:[ '’-][^\W\d_]{2,25}){0,2}), ?"
    r"(?P<first>(?:[^\W\d_]\.[ -]{0,2}){1,4})(?P<mark>[*†]{0,2})"
    # "Ada Byron, C. Babbage" is none.
    r"(?:[,;]? (?:and|&) |[,;]\s*(?:and |& )?|"
    r"(?=[\s(:]|$)(?! ?[^\W\d_][^\W\d_'’-]+ ?(?:[,;&]| and |$)))"
)
# "Babbage C.", behind names of that form.
_UNPARTED = re.compile(
    r"(?P<last>[^\W\d_][^\W\d_'’-]{1,25}) (?P<first>(?:[A-Z]\.[ -]?){1,3})(?P<mark>[*†]{0,2})"
    r"(?:[,;]\s*(?:and |& )?|(?=\s*(?:[(:]|$)))"
)
_PART = re.compile(r"\s*(?:[,，、;；]\s*(?:and\b|&)?|\s(?:and|&)\s|\s和\s?)\s*")
_OTHERS = re.compile(r"\s*(?:and )?(?:et\.? ?al\b\.?|others\b|等)\.?", re.IGNORECASE)
_LEAD = re.compile(r"(?:authors?|by|with|作者)\s*[:：]\s*|by\s+|with\s+", re.IGNORECASE)
_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le el al bin ibn ten ter zu zur y af av "
    "e".split()
)
_CJK = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,4}|[\u3400-\u9fff]{1,8}·[\u3400-\u9fff·]{1,10}"
)
_IDEOGRAM = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‐‑])*\.?")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|I{2,3}|IV", re.IGNORECASE)
# Words that stand in titles and venues with a capital, and in no name.
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
# "Babbage C" and "Lovelace AK", where all of a list are written so.
_SHORT = re.compile(r"(?P<last>[^\W\d_][^\W\d_'’-]{1,25}) (?P<first>[A-Z]{1,3})(?P<mark>[*†]{0,2})")


@dataclass(slots=True)
class AuthorList:
    """A list of authors: names with their marks, those in bold, addresses of some."""

    names: list[str] = field(default_factory=list)
    others: bool = False
    bold: list[str] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)


def parse_author_list(
    text: str, sure: bool = False, known: frozenset[str] = frozenset()
) -> tuple[AuthorList, str] | None:
    """Return the authors that a line begins with, and the rest of it; None for another line.

    Where it is `sure` that authors stand there, one name is enough, and so is a `known` one.
    """
    found = AuthorList()
    text = text.lstrip(" ,，.|·-–—:：").rstrip(" ,，|·-–—:：")
    text = text[lead.end() :] if (lead := _LEAD.match(text)) else text

    def name_of(match: re.Match) -> str:
        words = _bare(match["text"])
        if is_link_label(words) or not is_person_name(words) or len(words.split()) < 2:
            return match[0]
        found.addresses[words.rstrip(AUTHOR_MARKS + " ")] = match_url(match)
        return match["text"]

    text = LINK_PATTERN.sub(name_of, text)
    bold = (
        _bare(next(filter(None, match))).rstrip(AUTHOR_MARKS + " ") for match in _BOLD.findall(text)
    )
    found.bold = [name for name in bold if is_person_name(name)]
    signed, text = text, _unmarked(text)
    place = start = 0
    between = ""
    while inverted := _INVERTED.match(text, place) or (place and _UNPARTED.match(text, place)):
        found.names.append(f"{inverted['first'].strip()} {inverted['last']}{inverted['mark']}")
        place = inverted.end()
    if place:
        return found, _behind(signed, text[place:]).strip(" ,，;；")
    while place < len(text):
        part = _PART.search(text, place)
        end = part.start() if part else len(text)
        piece, after = text[place:end], part.end() if part else len(text)
        if not piece.strip():
            place = after
            continue
        whole = piece.strip()
        if others := _OTHERS.match(text, place):
            found.others = bool(found.names)
            place = others.end()
            break
        if found.names and _SUFFIX.fullmatch(whole):
            found.names[-1] += f" {whole}"
        elif is_person_name(whole, bool(found.names)) or (
            sure and not found.names and is_team(whole)
        ):
            found.names.append(whole.rstrip("."))
        else:
            # What follows the last name without a comma: "Yi Ren. ICLR", "Yi Ren (Oral)".
            cut = re.match(
                r"(.{2,50}?)(?:(?<=[^\W\d_]{2})([*†‡#§¶✉]{0,4})[.:：](?=\s|$)|\s*(?=[(（\[|\\*_`])|"
                r"\s+(?=et\.? al))",
                whole,
            )
            if cut and is_person_name(cut[1], bool(found.names)):
                found.names.append(cut[1].strip() + (cut[2] or ""))
                rest = whole[cut.end() :].strip(" .")
                if other := re.match(r"et\.? ?al\.?", rest):
                    found.others = True
                    place += piece.find(rest) + other.end()
                else:
                    place += piece.find(rest) if rest else len(piece)
            elif between and "," not in between and re.match(r"[A-Z]\S*(?:\s+\S+){2}", whole):
                # What "and" joins with no name is none: the title has begun.
                found.names.pop()
                place = start
            break
        start, place, between = place, after, part[0] if part else ""
    short = [_SHORT.fullmatch(name) for name in found.names]
    if len(short) > 1 and all(short):
        initials = [". ".join(one["first"]) for one in short]
        pairs = zip(initials, short, strict=True)
        found.names = [f"{first}. {one['last']}{one['mark']}" for first, one in pairs]
    bare = {name.rstrip(AUTHOR_MARKS + " ") for name in found.names}
    found.bold = [name for name in found.bold if name in bare]
    alone = found.others or found.bold or sure or bare & known
    if not found.names or not (len(found.names) > 1 or alone):
        return None
    return found, _behind(signed, text[place:]).strip(" ,，;；")


def is_inverted_name(text: str) -> bool:
    """Tell whether words are a name whose family name comes first: "Lovelace, A. K."."""
    return _INVERTED.fullmatch(f"{text.strip(' ,')} ".strip()) is not None


def is_person_name(text: str, listed: bool = False) -> bool:
    """Tell whether words may be a person's name, with marks behind it.

    A name that is `listed` with others may hold a small word: "An Li".
    """
    text = text.strip().strip(AUTHOR_MARKS + "^+ ").strip()
    text = re.sub(r"(?<=[^\W\d])[\d,]{1,4}$", "", text)
    if not 2 <= len(text) <= 45 or any(sign.isdigit() for sign in text):
        return False
    if _CJK.fullmatch(text):
        return True
    words = re.sub(r"\((?:[^()]{1,20})\)", "", text).split()
    if not 1 < len(words) <= 6:
        return False
    if any(word.endswith(".") and len(word) > 4 for word in words[:-1]):
        return False
    for word in words:
        small = word.casefold().strip(".")
        if _IDEOGRAM.search(word) and (len(word) > 3 or "." in word):
            return False
        initial = len(small) == 1 and word[0].isupper()
        known = initial or (listed and len(small) == 2 and word[0].isupper())
        if (small in _NO_NAMES and not known) or not _WORD.fullmatch(word):
            return False
        if not word[0].isupper() and small not in _PARTICLES and word[0].upper() != word[0]:
            return False
    return True


def is_team(text: str) -> bool:
    """Tell whether words may name a team, of whom it is sure that authors are named."""
    return 2 <= len(text) <= 80 and len(text.split()) <= 8


def _unmarked(text: str) -> str:
    """Return a line without emphasis, its marks as `*` and `†`."""
    text = re.sub(r"\\([*†#])", lambda match: "∗" if match[1] == "*" else match[1], text)
    text = re.sub(r"<sup>\s*([^<>]{0,20})\s*</sup>", _raised, text)
    text = re.sub(r"\^\{?([^\w\s{}]{1,4})\}?\^?", r"\1", text)
    text = _BOLD.sub(lambda match: next(filter(None, match.groups())), text)
    text = _ITALIC.sub(_slanted, text)
    text = re.sub(r"</?[a-z]{1,6}>", "", text).replace("∗", "*")
    text = re.sub(r"\s+(?=[*†‡§¶✉]+(?:[\s,，]|$))", "", text)
    # "Babbage, C*."
    text = re.sub(r"\b([A-Z])([*†]{1,2})\.", r"\1.\2", text)
    return unicodedata.normalize("NFC", text)


def _slanted(match: re.Match) -> str:
    inner = match[1] or match[2]
    parts = [part for part in _PART.split(inner) if part]
    return inner if all(is_person_name(part) or _OTHERS.match(part) for part in parts) else match[0]


def _behind(text: str, rest: str) -> str:
    """Return the end of a text that became `rest` when its signs were taken off."""
    count, place = sum(map(str.isalnum, rest)), len(text)
    while count and place:
        place -= 1
        count -= text[place].isalnum()
    while place and text[place - 1] in "*_“\"'`([<{":
        place -= 1
    return text[place:] if rest.strip() else ""


def _raised(match: re.Match) -> str:
    return "".join("∗" if sign == "*" else sign for sign in match[1] if sign in AUTHOR_MARKS)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"\*\*|__|`|\\", "", _unmarked(text)).split())
