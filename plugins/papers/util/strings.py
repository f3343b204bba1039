"""Strings: control characters, lists, slugs."""

import re
import unicodedata
from functools import lru_cache

# Control characters except tab and line ends: browsers and feed readers reject them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def shorten(text: str) -> str:
    """Return a value on one line for a message, at most 60 characters long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def split_list(text: str) -> tuple[str, ...]:
    """Return the items of a list, each once: `- ` lines, or separated by `;`, commas or lines."""
    lines = text.split("\n")
    if lines and all(line.startswith("- ") for line in lines):
        items = [line.removeprefix("- ") for line in lines]
    else:
        items = re.split("[;；]" if re.search("[;；]", text) else "[,，、\n]", text)
    return tuple(dict.fromkeys(" ".join(item.split()) for item in items if item.strip()))


# Characters that distinguish names, such as C, C++ and C#.
_SIGNS = {"+": "-plus", "#": "-sharp", "*": "-star", "&": "-and-"}


@lru_cache(maxsize=4096)
def slugify(name: str) -> str:
    """Return a name as it is in a URL: lower case, letters of any script, hyphens."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(_SIGNS.get(sign, sign) for sign in text)
    text = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    text = re.sub(r"[\s!-/:-@\[-`{-~]+", "-", text).strip("-")
    # File systems limit names in bytes.
    return text.encode()[:100].decode(errors="ignore").strip("-")
