"""The names in an entry, and what other fields say about them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ...model import (
    are_whole_names,
    is_extended,
    join_name,
    parse_extended,
    parse_name_list,
    put_family_first,
    remove_groups,
    split_at_and,
    split_outside_braces,
    strip_affiliations,
)
from ...util import LazyPattern, decode_latex_line, decode_latex_names, shorten
from ..header import HeaderEntry
from .entry import BibtexEntry

# Marks and emphasis in names, and what replaces them.
_MARK_MACROS = [
    (LazyPattern(r"\$?\^?\{?\\(?:textdagger|dagger|dag)\b *(?:\{\})?\}?\$?"), "†"),
    (LazyPattern(r"\$?\^?\{?\\(?:textdaggerdbl|ddagger|ddag)\b *(?:\{\})?\}?\$?"), "‡"),
    (LazyPattern(r"\$?\^?\{?\\(?:textasteriskcentered|ast|star)\b *(?:\{\})?\}?\$?"), "*"),
    (
        LazyPattern(
            r"\\(?:thanks|footnote|inst|orcidlink|orcid)\{[^{}]*\}|\\footnotemark(?:\[\d*\])?"
        ),
        "",
    ),
    # Numbers and letters after a name are those of affiliations: only marks stay.
    *(
        (
            LazyPattern(
                rf"{opening}([\d, *+†‡§¶#]*){closing}"
                rf"|{opening}([\w, *+†‡§¶#]*){closing}(?=\s*(?:,|and\b|$))"
            ),
            lambda match: re.sub(r"[\w, ]", "", match[1] or match[2] or ""),
        )
        for opening, closing in [
            (r"\\textsuperscript\s*\{", r"\}"),
            (r"<sup>", r"</sup>"),
            (r"\$\^?\{?", r"\}?\$"),
        ]
    ),
    (LazyPattern(r"\\(?:textbf|underline|textit|emph|uline)\{((?:[^{}]|\{[^{}]*\})*)\}"), r"\1"),
]
# Fields that say more about the authors or editors.
NAME_FIELDS = LazyPattern(r"collaboration|(?:author|editor)\+an(?::\w+)?")
_MAY_HAVE_MARKS = LazyPattern(r"[\\$<]")
# What annotations of names mean; the site shows its owner's name in bold by itself.
_ANNOTATIONS = dict.fromkeys(
    "equal equalcontrib equalcontribution equalcontributor equally cofirst cofirstauthor "
    "jointfirst joint first firstauthor shared sharedfirst contributed".split(), "*"
) | dict.fromkeys(
    "corresponding correspondingauthor corresp correspondence contact".split(), "†"
) | dict.fromkeys(
    "highlight highlighted bold me self myself own owner underline underlined emph".split(), ""
)  # fmt: skip
# What says more of a person than the name, and gets a notice.
_BESIDE_NAME = LazyPattern(r"\\(?:thanks|footnote|orcidlink|orcid|href)\s*\{([^{}]+)\}")
# A letter that somebody wrote as a formula.
_FORMULA_LETTER = LazyPattern(r"\$\s*(\\[A-Za-z]+)\s*\$")
_AND = LazyPattern(r"\s+and\s+", re.IGNORECASE)
_INITIALS = LazyPattern(r"(?:[^\W\d_]\.?[ -]?){1,4}")
_WRONG_SEPARATOR = "names are split at {} (write `and` between names)"


def make_names_entry(
    entry: BibtexEntry, key: str, field_name: str, names: list[str]
) -> HeaderEntry:
    """Make the header entry of names, with what other fields say about them."""
    _add_annotations(entry, field_name, names)
    if key == "authors":
        _add_collaboration(entry, names)
    try:
        parsed = parse_name_list(names)
    except ValueError:
        parsed = None  # Reported where the header is read, if it ever is.
    text = "\n".join(f"- {name}" for name in names)
    entry.report_macros(field_name, text)
    return entry.make_header(field_name, text, raw=entry.fields[field_name], parsed=parsed)


def split_names(entry: BibtexEntry, field_name: str) -> list[str]:
    """Return the names in a field, decoded: "Last, First", "{Collective}" or "others"."""
    value = entry.fields[field_name]
    for match in _BESIDE_NAME.finditer(value):
        message = f'"{shorten(match[1])}" is not a name and is ignored (delete it)'
        entry.report_notice(field_name, message)
    raw_names = [raw for part in _split_list(value) for raw in _decode_names(part)]
    # "Stone, Ann, and Rock, Bob" has families first, "Ann Stone, Bob Rock, and Carl Clay" not.
    is_plain = not any("," in raw.rstrip(", ") for raw in raw_names if not raw.endswith(","))
    names = []
    for raw in raw_names:
        parts, messages = _split_name(raw, is_plain)
        names += parts
        for message in messages:
            entry.report_notice(field_name, message)
    return names


def _split_list(text: str) -> Iterator[str]:
    """Yield the parts of a list in TeX between `and`s that are outside of braces."""
    start = 0
    for match in _AND.finditer(text):
        part = text[start : match.start()]
        if part.count("{") == part.count("}"):
            yield part
            start = match.end()
    yield text[start:]


# Most people of a list are coauthors of other papers, too.
@lru_cache(8192)
def _decode_names(text: str) -> list[str]:
    """Return the names in a part of a list without TeX; there are several where TeX hid `and`."""
    if _MAY_HAVE_MARKS.search(text):
        for macro, replacement in _MARK_MACROS:
            text = macro.sub(replacement, text)
        text = _FORMULA_LETTER.sub(r"\1{}", text)
    return split_at_and(decode_latex_names(text))


@lru_cache(8192)
def _split_name(raw: str, is_plain: bool) -> tuple[list[str], list[str]]:
    """Return a name without what is beside it, and notices on it.

    Names may be separated by other characters than `and`. With `is_plain`, no name of the list
    has its family first.
    """
    if not raw.strip(","):
        return [], ["an empty name is ignored (write `and` once)"]
    if is_extended(raw):
        return [join_name(*parse_extended(raw))], []
    has_last_comma = raw != (raw := raw.rstrip(", "))
    if has_last_comma and is_plain and are_whole_names(parts := raw.split(",")):
        return [part.strip() for part in parts], [_WRONG_SEPARATOR.format("commas")]
    notices = [f'"{shorten(raw)}," ends with a comma (delete it)'] if has_last_comma else []
    raw, left_out = strip_affiliations(raw)
    notices += [
        f'"{shorten(words)}" is not a name and is ignored (delete it)' for words in left_out
    ]
    names, char = _split_at_other_separators(raw)
    if char:
        notices.append(_WRONG_SEPARATOR.format(char))
    return list(filter(None, names)), notices


def _split_at_other_separators(raw: str) -> tuple[list[str], str | None]:
    """Return names separated by other characters than `and`, and what to call those characters."""
    if " & " in raw and are_whole_names(parts := split_outside_braces(raw, "&")):
        return [part.strip() for part in parts], "&"
    outside = remove_groups(raw)
    if ";" in outside:
        return [part.strip() for part in split_outside_braces(raw, ";")], "semicolons"
    parts = [part.strip() for part in split_outside_braces(raw, ",")]
    turned = put_family_first(parts)
    has_three_names = outside.count(",") == 2 and are_whole_names(parts)
    if outside.count(",") <= 2 and turned == parts and not has_three_names:
        return [raw.strip()], None
    if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [f"{last}, {first}" for last, first in pairs], "commas"
    return turned, "commas"


def _add_collaboration(entry: BibtexEntry, names: list[str]) -> None:
    """Add the field in which INSPIRE and APS name the group after the authors."""
    field = decode_latex_line(entry.fields.get("collaboration", ""))
    if not field:
        return
    groups = [name.casefold() for name in names if re.match(r"\{|.*\bcollab", name, re.IGNORECASE)]
    for group in re.split(r"[,;]| and ", field):
        name = group.casefold().replace("collaboration", "").strip()
        if name and not any(name in other for other in groups):
            position = len(names) - (names[-1:] == ["others"])
            names.insert(position, f"{{{group.strip()}}}")


def _add_annotations(entry: BibtexEntry, field_name: str, names: list[str]) -> None:
    """Add the marks that biblatex's annotations of names mean: `author+an = {1=corresponding}`.

    Source: the manual of biblatex 3.20, section 3.7.
    """
    for annotation_field, value in entry.fields.items():
        if not annotation_field.startswith(f"{field_name}+an"):
            continue
        for item in filter(None, map(str.strip, decode_latex_line(value).split(";"))):
            position, _, words = item.partition("=")
            number = position.partition(":")[0].strip()
            for word in map(str.strip, words.replace('"', "").split(",")):
                mark = _ANNOTATIONS.get(re.sub(r"[\W_]", "", word.lower()))
                if mark is None or not (
                    re.fullmatch(r"\d{1,4}", number) and 1 <= int(number) <= len(names)
                ):
                    hint = "write `1=corresponding` or `1=equal`"
                    message = f'"{shorten(item)}" is not shown ({hint})'
                    entry.report_notice(annotation_field, message)
                else:
                    names[int(number) - 1] += mark
