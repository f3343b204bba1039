"""What is next to names on title pages: marks, footnotes, affiliations and links."""

import re
import unicodedata

from ..util import LazyPattern

# Marks as they are written, and the mark that each stands for.
MARKS = dict.fromkeys("*∗＊⁎", "*") | dict.fromkeys("†#＃✉✝", "†") | {char: char for char in "+‡§¶"}
MARK = LazyPattern(rf"\\?[{''.join(MARKS)}]")
# Numbers of affiliations while an author list is split: one character each, for 1 to 99.
_NUMBER_START = 0xE100
NUMBER = LazyPattern(f"[{chr(_NUMBER_START + 1)}-{chr(_NUMBER_START + 99)}]")
_NUMBERS = LazyPattern(r"(?:[1-9]\d?)(?:[ ,،]+[1-9]\d?)*")
# Where a list of affiliations on one line is split: also where a raised number begins.
_AFFILIATION_END = LazyPattern(r"\n|[;；]|[,，]? ?(?<![⁰¹²³⁴-⁹])(?=[⁰¹²³⁴-⁹])")
_AFFILIATION_NUMBER = LazyPattern(
    r"[\[(^{]*(?P<number>\d{1,2})(?:[\])^}.:]+\s*|\s+)|(?P<raised>[⁰¹²³⁴-⁹]{1,2})\s*"
)
# What ends a name: a mark, then a separator or the end.
_END = r"(?=[ \t]*[*†‡#§¶+✉]*[ \t]*(?:[,;，；、،؛\n]|\b(?:and|AND)\b|&|$))"
# What is next to names on title pages: groups in braces and the text of links stay.
_BESIDE = LazyPattern(
    r"<sup>(?P<html>.{0,200}?)</sup>|\$?\^\{(?P<tex>[^{}]{0,200})\}\$?"
    r"|\$?\^(?P<caret>[\d,*†‡]+|[a-z](?:,[a-z])*(?=\^))\^?\$?"
    r"|\{(?:[^{}]|\{[^{}]*\})*\}"
    r"|\[\^?(?P<note>[\d, ]{1,40})\](?!\()"
    r"|\[(?P<text>[^\[\]]{1,200})\](?:\((?P<url>[^()\s]{0,2000})\)|\[[^\[\]]{0,200}\])"
    r"|<a\s(?:[^<>]{0,200}?\shref|href)=[\"']?(?P<href>[^<>\"'\s]{0,2000})[^<>]{0,200}>"
    r"(?P<anchor>.{0,200}?)</a>"
    rf"|(?P<char>[⁰¹²³⁴-⁹]+(?:[,، ]+[⁰¹²³⁴-⁹]+)*|[ᵃ-ᵛⁱⁿ⁰¹²³⁴-⁹][ᵃ-ᵛⁱⁿ⁰¹²³⁴-⁹,]*{_END})"
    rf"|(?P<degree>(?:,[ \t]?(?:M\.?D\.?|M\.?Sc\.?|MPH|MBA))?,[ \t]?"
    rf"(?:Ph\.?[ ]?D\.?|D\.?Phil\.?|M\.?Sc\.?|MPH|MBA)){_END}"
    rf"|(?<=(?-i:[a-zß-öø-ÿ]))(?P<number>\d{{1,2}}(?:,[ ]?\d{{1,2}})*){_END}"
    rf"|(?<=(?-i:[a-zß-öø-ÿ]))[ \t]{{1,9}}(?P<figure>\d{{1,2}}(?:,[ ]?\d{{1,2}})*){_END}"
    r"|(?<![^\s,;])(?P<honorific>(?-i:(?:Prof(?:essor\b|\b\.?)|Dr\b\.?|Mrs?\b\.?|Ms\b\.?)"
    r"(?:[ ](?:Dr\.|h\.[ ]?c\.))*))[ \t]+(?=\w)"
    r"|[ \t]{0,9}(?P<picture>[\u2600-\u2708\u270a-\u271c\u271e-\u27bf\u2b00-\u2bff"
    r"\U0001f000-\U0001faff]\ufe0f?)"
    rf"|(?P<place>[ \t]{{1,9}}(?:@|[-–—])[ \t]{{1,9}}[^,;\n{{}}]{{1,80}}){_END}"
    r"|[ \t](?P<orcid>\(?(?:https?://)?(?:orcid(?:\.org/|:)[ ]?)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]\)?)"
    rf"|[ \t]{{0,9}}(?P<bracket>\([^()]{{0,200}}\)|（[^（）]{{0,200}}）"
    rf"|<[^<>\s]{{1,99}}@[^<>\s]{{1,99}}>|(?<=[\w.*†] )\[[^\[\]]{{1,200}}\]){_END}",
    re.IGNORECASE | re.DOTALL,
)


def strip_affiliations(text: str, numbered: bool = False) -> tuple[str, list[str]]:
    """Return names without what is beside them on a title page, and what was left out.

    That is numbers and letters set high, "(MIT)", addresses of links and of mail. Marks stay.
    If `numbered`, numbers stay, too, as characters that `read_numbers` reads.
    """
    if text.isalpha():
        return text, []
    left_out = []

    def strip(match: re.Match) -> str:
        kind = match.lastgroup
        if kind is None:
            return match[0]
        if kind in ("text", "url", "anchor"):
            words = match["anchor"] or match["text"]
            if url := match["url"] or match["href"]:
                left_out.append(url)
            return strip_affiliations(words, numbered)[0]
        if kind == "figure" and _begins_with_one_word(match.string, match.start()):
            return match[0]  # "Team 42"
        if kind in ("html", "tex", "caret"):
            words = match[kind]
            marks = "".join(MARK.findall(words))
            words = words.strip(f" ,{marks}")
            if numbered and (numbers := _encode_numbers(words)):
                return numbers + marks
            if words:
                left_out.append(match[kind])
            return marks
        if numbered and (numbers := _encode_numbers(match[kind].strip(" ,[]()"))):
            return numbers
        left_out.append(match[kind].strip(" ,"))
        return ""

    return _BESIDE.sub(strip, text), left_out


def read_numbers(name: str) -> tuple[int, ...]:
    """Return the numbers of affiliations that `strip_affiliations` has left at a name."""
    return tuple(dict.fromkeys(ord(char) - _NUMBER_START for char in NUMBER.findall(name)))


def split_affiliations(text: str) -> tuple[str, ...]:
    """Return the affiliations of a list: lines, also with `- `, or separated by `;`.

    They are in the order of their numbers, which may be written before them.
    """
    lines = "\n".join(" ".join(line.removeprefix("- ").split()) for line in text.split("\n"))
    names = [name.strip() for name in _AFFILIATION_END.split(lines) if name.strip()]
    for n, name in enumerate(names):
        match = _AFFILIATION_NUMBER.match(name)
        number = match and unicodedata.normalize("NFKC", match["number"] or match["raised"])
        if number == str(n + 1):
            names[n] = name[match.end() :]
    return tuple(names)


def _encode_numbers(text: str) -> str:
    """Return "1,2" or "¹,²" as a character for each number, "" for all else."""
    text = unicodedata.normalize("NFKC", text)
    numbers = re.findall(r"\d+", text) if _NUMBERS.fullmatch(text) else ()
    return "".join(chr(_NUMBER_START + int(number)) for number in numbers)


def _begins_with_one_word(text: str, end: int) -> bool:
    """Tell whether the name that goes on at `end` has one word until there."""
    name = re.split(r"[,;，；、،؛\n&]|\band\b", text[max(end - 100, 0) : end])[-1]
    return len(name.split()) < 2
