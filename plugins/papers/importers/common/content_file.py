"""importers.common.content_file."""

import re
import textwrap
import unicodedata

from ...content import KEY_NAMES, PAGE_KEYS, PAPER_KEYS
from ...util import LETTERS

# What Windows takes for a device, whatever its ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_LABEL = re.compile(r"\A(?P<word>[A-Za-z_]+)\s?:(?=\s)")
# Words that tell nothing of a title.
_SMALL = frozenset(
    "a an the of for in on to and or with by from at as is are via using towards toward".split()
)


def render_document(headers: dict[str, str], body: str) -> str:
    """Return the text of a content file: `Key: value` lines, a blank line, and the body."""
    order = {key: n for n, key in enumerate(PAPER_KEYS)}
    # Links stay in their order, behind what is known of the paper; the text's own keys come last.
    keys = sorted(headers, key=lambda key: order.get(key, len(order)))
    lines = []
    for key in keys:
        value = headers[key].strip()
        if not value:
            continue
        if key in ("authors", "editor") and "\n" not in value:
            value = "\n".join(textwrap.wrap(value, 94, break_long_words=False,
                                            break_on_hyphens=False))  # fmt: skip
        first, *rest = value.split("\n")
        lines.append(f"{key.capitalize()}: {first.strip()}")
        lines += [f"    {line.strip()}" for line in rest if line.strip()]
    # What would be read as a header that stands too low.
    body = _LABEL.sub(_bold, body.strip())
    return "\n".join(lines) + "\n\n" + (f"{body}\n" if body else "")


def _bold(match: re.Match) -> str:
    known = match["word"].lower() in KEY_NAMES or match["word"].lower() in PAGE_KEYS
    return f"**{match[0]}**" if known else match[0]


def make_slug(title: str) -> str:
    """Return a short name of a file for a title: what stands before a colon, or its first words."""
    plain = unicodedata.normalize("NFKD", title)
    plain = "".join(LETTERS.get(sign, sign) for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"(?<=\w)['’](?=\w)", "", plain.casefold())
    head = re.split(r"\s*(?::|：|\s--?-?\s|–|—|\?)\s*", plain)[0]
    if not 0 < len(head.split()) <= 3 or len(head) < 3:
        head = plain
    words = re.findall(r"\w+(?:[-.+]\w+)*\+*", head)
    told = [word for word in words if word not in _SMALL] or words
    name = "-".join(told[:6]).strip("-.")
    name = re.sub(r"[^\w.-]+", "-", name)
    name = name.encode()[:60].decode(errors="ignore").strip("-.") or "untitled"
    return f"{name}-1" if _DEVICE.fullmatch(name) else name
