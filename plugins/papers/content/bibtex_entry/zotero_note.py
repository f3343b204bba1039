"""Zotero's field Extra, which it exports as `note`: lines such as `Publisher: Springer`."""

from ...util import LazyPattern

# What Zotero and its translators write there: fields that a type of item does not have.
_LABELS = (
    r"Publisher|Backup Publisher|Original Publisher|original-publisher|Company|Institution"
    r"|University|Distributor|Conference Name|Meeting Name|Event Name|event-title|Event Place"
    r"|event-place|original-publisher-place|Publication Title|Container Title|container-title"
    r"|Proceedings Title|Website Title|Blog Title|Journal Abbreviation|Section|Library Catalog"
    r"|Archive Location|Loc\. in Archive|Call Number|Citation Key|Original Title|original-title"
    r"|Programming Language|Reviewed Title|reviewed-title"
)
# Those whose values are one word; behind it may be what a person wrote.
_SHORT_LABELS = (
    r"_eprint|Pages|Page|Volume|Issue|Number|ISSN|ISBN|Num Pages|Number of Pages|number-of-pages"
    r"|version|DOI|PMID|PMCID|Google-Books-ID|Page Version ID|ZSCC|tex\.[\w-]+|Read_Status"
    r"|Read_Status_Date|Event Date|event-date|Original Date|original-date|available-date|issued|QID"
)
_LABEL = LazyPattern(rf"(?:^|(?<=\s))(?:(?:{_LABELS})|(?P<short>{_SHORT_LABELS})):\s+")
# The end of a sentence, but of no abbreviation; behind it are words of a person.
_SENTENCE_END = LazyPattern(r"(?<=[^\W_]{4})[.;]\s+(?=[^\W\d_])")
_NUMBERS = LazyPattern(r"[\dXx\s,;–-]*")


def split_zotero_note(note: str) -> tuple[str, dict[str, str]]:
    """Return a note without what Zotero adds, and the values of its labels of one word.

    A line that does not begin with a label is a person's.
    """
    values: dict[str, str] = {}
    return "\n".join(_split_line(line.strip(), values) for line in note.split("\n")), values


def _split_line(line: str, values: dict[str, str]) -> str:
    if not _LABEL.match(line):
        return line
    remaining, matches = [], list(_LABEL.finditer(line))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        value = line[match.end() : following.start() if following else len(line)].strip()
        if match["short"]:
            word, _, words = value.partition(" ")
            values[match["short"]] = word.strip(",;.")
            # More of the value: "ISSN: 1234-5678, 8765-4321", "Pages: 3 - 12".
            remaining.append("" if _NUMBERS.fullmatch(words) else words)
        else:
            remaining += _SENTENCE_END.split(value, maxsplit=1)[1:]
    return " ".join(filter(None, (words.strip() for words in remaining)))
