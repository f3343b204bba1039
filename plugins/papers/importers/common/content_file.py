"""Content files: their text, and their names."""

import re
import textwrap
import unicodedata

from ...content import KEY_NAMES, PAGE_KEYS, PAPER_KEYS
from ...util import LETTERS

# Names of devices on Windows, with any ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
# Pictures among the letters, and their names in other systems.
_PICTOGRAM = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+|:[a-z_]{2,30}:")
# A sentence, which no title and no initial of a name ends.
_SENTENCE = re.compile(
    r".{12,90}?(?:(?<!\bPh)(?<!Phil)(?<!\bDr)(?<!\bProf)(?<!\b[A-Z])[.!?](?=\s|$)|[。！？；])"
)
_LABEL = re.compile(r"\A(?P<word>[A-Za-z_]+)\s?:(?=\s)")
# Words that say nothing about a title.
_STOP_WORDS = frozenset(
    "a an the of for in on to and or with by from at as is are via using towards toward".split()
)


def render_document(headers: dict[str, str], body: str) -> str:
    """Return the text of a content file: `Key: value` lines, a blank line, and the body."""
    order = {key: n for n, key in enumerate(PAPER_KEYS)}
    # Other keys follow in their own order.
    keys = sorted(headers, key=lambda key: order.get(key, len(order)))
    lines = []
    for key in keys:
        value = headers[key].strip()
        if not value:
            continue
        if key in ("authors", "editor") and "\n" not in value:
            value = "\n".join(textwrap.wrap(value, 94, break_long_words=False,
                                            break_on_hyphens=False))  # fmt: skip
        first, *others = value.split("\n")
        lines.append(f"{key.capitalize()}: {first.strip()}")
        lines += [f"    {line.strip()}" for line in others if line.strip()]
    # The first line of the body must not look like a header.
    body = _LABEL.sub(_make_bold, body.strip())
    return "\n".join(lines) + "\n\n" + (f"{body}\n" if body else "")


def _make_bold(match: re.Match) -> str:
    is_key = match["word"].lower() in KEY_NAMES or match["word"].lower() in PAGE_KEYS
    return f"**{match[0]}**" if is_key else match[0]


def make_slug(title: str) -> str:
    """Return a short file name for a title: the words before a colon, or the first words."""
    plain = unicodedata.normalize("NFKD", title)
    plain = "".join(LETTERS.get(char, char) for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"(?<=\w)['’](?=\w)", "", plain.casefold())
    head = re.split(r"\s*(?::|：|\s--?-?\s|–|—|\?)\s*", plain)[0]
    if not 0 < len(head.split()) <= 3 or len(head) < 3:
        head = plain
    words = re.findall(r"\w+(?:[-.+]\w+)*\+*", head)
    significant = [word for word in words if word not in _STOP_WORDS] or words
    name = "-".join(significant[:6]).strip("-.")
    name = re.sub(r"[^\w.-]+", "-", name)
    name = name.encode()[:60].decode(errors="ignore").strip("-.") or "untitled"
    return f"{name}-1" if _DEVICE.fullmatch(name) else name


def make_title(body: str) -> str:
    """Return a title from the first words of a Markdown text."""
    text = re.sub(r"!?\[([^][]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)", r"\1", body)
    text = _PICTOGRAM.sub("", re.sub(r"\*\*|__|`|\\(?=\W)|(?<!\w)[*_]|[*_](?!\w)", "", text))
    text = " ".join(re.sub(r"<[^<>]{0,300}>", "", text).split())
    sentence = re.match(
        r".{12,90}?(?:(?<!\bPh)(?<!Phil)(?<!\bDr)(?<!\bProf)(?<!\b[A-Z])[.!?](?=\s|$)|[。！？；])",
        text,
    )
    text = sentence[0] if sentence else text
    if len(text) > 80:
        if len(text.split()) < 4:
            # Chinese and Japanese have no spaces to cut at.
            text = re.split(r"[:：—](?=\s|$|\w)|, |，", text[:90])[0]
        start = text[:78]
        start = start[: start.rfind(" ")] if " " in start else start[:40]
        text = f"{start}…".replace(",…", "…")
    return text.rstrip(".!。！ ") or "News"
