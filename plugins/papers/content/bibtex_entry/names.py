"""The names in an entry, and what other fields say about them."""

import re

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
    names = []
    value = entry.fields[field_name]
    for match in _BESIDE_NAME.finditer(value):
        message = f'"{shorten(match[1])}" is not a name and is ignored (delete it)'
        entry.report_notice(field_name, message)
    for macro, replacement in _MARK_MACROS:
        value = macro.sub(replacement, value) if _MAY_HAVE_MARKS.search(value) else value
    value = _FORMULA_LETTER.sub(r"\1{}", value)
    raw_names = split_at_and(decode_latex_names(value))
    # "Stone, Ann, and Rock, Bob" has families first, "Ann Stone, Bob Rock, and Carl Clay" not.
    is_plain = not any("," in raw.rstrip(", ") for raw in raw_names if not raw.endswith(","))
    for raw in raw_names:
        if not raw.strip(","):
            entry.report_notice(field_name, "an empty name is ignored (write `and` once)")
        elif is_extended(raw):
            names.append(join_name(*parse_extended(raw)))
        else:
            names += _split_at_other_signs(entry, field_name, raw, is_plain)
    return list(filter(None, names))


def _split_at_other_signs(
    entry: BibtexEntry, field_name: str, raw: str, is_plain: bool
) -> list[str]:
    """Return a name without what is beside it, or the names that other signs than `and` part."""
    has_last_comma = raw != (raw := raw.rstrip(", "))
    if has_last_comma and is_plain and are_whole_names(parts := raw.split(",")):
        entry.report_notice(field_name, _WRONG_SEPARATOR.format("commas"))
        return [part.strip() for part in parts]
    if has_last_comma:
        entry.report_notice(field_name, f'"{shorten(raw)}," ends with a comma (delete it)')
    raw, left_out = strip_affiliations(raw)
    for words in left_out:
        entry.report_notice(
            field_name, f'"{shorten(words)}" is not a name and is ignored (delete it)'
        )
    if " & " in raw and are_whole_names(parts := split_outside_braces(raw, "&")):
        entry.report_notice(field_name, _WRONG_SEPARATOR.format("&"))
        return [part.strip() for part in parts]
    outside = remove_groups(raw)
    if ";" in outside:
        entry.report_notice(field_name, _WRONG_SEPARATOR.format("semicolons"))
        return [part.strip() for part in split_outside_braces(raw, ";")]
    parts = [part.strip() for part in split_outside_braces(raw, ",")]
    turned = put_family_first(parts)
    has_three_names = outside.count(",") == 2 and are_whole_names(parts)
    if outside.count(",") <= 2 and turned == parts and not has_three_names:
        return [raw.strip()]
    entry.report_notice(field_name, _WRONG_SEPARATOR.format("commas"))
    if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [f"{last}, {first}" for last, first in pairs]
    return turned


def _add_collaboration(entry: BibtexEntry, names: list[str]) -> None:
    """Add the field in which INSPIRE and APS name the group after the authors."""
    groups = [name.casefold() for name in names if re.match(r"\{|.*\bcollab", name, re.IGNORECASE)]
    for group in re.split(r"[,;]| and ", decode_latex_line(entry.fields.get("collaboration", ""))):
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
