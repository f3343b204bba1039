"""Honours of a paper, one by one, and short labels for them."""

import re
from functools import lru_cache

from ..util import LazyPattern, measure_text

# Longer labels lose what they were for, and are cut at a word.
_LIMIT = 36
_AWARD = (
    r"(?:award|prize|medal|mention|oral|spotlight|honou?r|recognition|finalist|nominee|winner"
    r"|paper)"
)
_SEPARATOR = LazyPattern(
    r"\s*;\s*|,\s+(?=[A-Z\u4e00-\u9fff“\"'][^,;()\[\]]{3})"
    r"|\s+(?:and|&|\+)\s+(?:the\s+)?(?=[A-Z][^,;]{0,80}\b(?:award|prize|medal|mention)\b)",
    re.IGNORECASE,
)
_BRACKETS = LazyPattern(r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_VERB = LazyPattern(
    r"^(?:(?:was )?awarded|won|received|recipient of|selected (?:as|for))\s+(?:the\s+|an?\s+)?",
    re.I,
)
_PRESENTATION = LazyPattern(r"^((?:\w+ )?(?:oral|spotlight|poster|highlight)) presentation$", re.I)
_REASON = LazyPattern(r"\s+(?:at|on|by|from|in|for|among|of)\s+(?:the\s+)?(?=\S)")


def split_honours(text: str | None) -> tuple[str, ...]:
    """Split "Oral, Best Paper Award" into honours; "Best Poster, Paris, 2021" is one."""
    if not text:
        return ()
    parts, start, text = [], 0, text.strip().rstrip(".。")
    for match in _SEPARATOR.finditer(text):
        before, after = text[start : match.start()], text[match.end() :]
        is_list = ";" in match[0] or (_is_honour(before) and _is_honour(after.split(",")[0]))
        if is_list and before.count("(") == before.count(")"):
            parts.append(before)
            start = match.end()
    return tuple(filter(None, map(str.strip, [*parts, text[start:]])))


def _is_honour(text: str) -> bool:
    return re.search(rf"\b{_AWARD}s?\b|论文|奖", text, re.IGNORECASE) is not None


@lru_cache(4096)
def shorten_honour(honour: str) -> str:
    """Return a label of an honour: "Best paper award" for "Won the best paper award on a track"."""
    text = _VERB.sub("", honour)
    label = _BRACKETS.sub("", text).strip(" .,:") or text
    label = _PRESENTATION.sub(r"\1", label)
    if measure_text(label) > _LIMIT:
        ends = (match.start() for match in _REASON.finditer(label) if match.start() > 7)
        if end := next((end for end in ends if _is_honour(label[:end])), None):
            # An award of a workshop is not one of the conference.
            rest = label[end:].casefold()
            suffix = " (workshop)" if "workshop" in rest else " (track)" if "track" in rest else ""
            label = label[:end] + suffix
    if measure_text(label) > _LIMIT + 10:
        while measure_text(label) >= _LIMIT + 10:
            label = label.rpartition(" ")[0] if " " in label else label[:-1]
        label = f"{label.rstrip(' ,;:–-')}…"
    return label[:1].upper() + label[1:]
