"""util.strings."""

import re
import unicodedata
from functools import lru_cache

# Control characters but tab and line ends: browsers and feed readers refuse them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def shorten(text: str) -> str:
    """Return a value for a message, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def split_list(text: str) -> tuple[str, ...]:
    """Return the parts of a value: a YAML list's, or parted by `;`, commas or lines; each once."""
    lines = text.split("\n")
    if lines and all(line.startswith("- ") for line in lines):
        tags = [line.removeprefix("- ") for line in lines]
    else:
        tags = re.split("[;；]" if re.search("[;；]", text) else "[,，、\n]", text)
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip()))


# Signs that tell names apart: C, C++ and C# are three.
_SIGNS = {"+": "-plus", "#": "-sharp", "*": "-star", "&": "-and-"}


@lru_cache(maxsize=4096)
def slugify(name: str) -> str:
    """Return what stands for a name in an address: lower case, letters of any script, hyphens."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(_SIGNS.get(sign, sign) for sign in text)
    text = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    text = re.sub(r"[\s!-/:-@\[-`{-~]+", "-", text).strip("-")
    # Names of files are limited in bytes.
    return text.encode()[:100].decode(errors="ignore").strip("-")
