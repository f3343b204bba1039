"""What was found is written into content/; what is there already stays as it is."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml

from .. import bibtex, blocks
from ..files import replace_file
from ..headers import Header
from ..keys import KNOWN, PAGE_KEYS, PAPER_KEYS
from ..record import name_as_paper
from ..schemes import SCHEMES
from ..texdata import LETTERS
from . import cited
from .citebib import are_alike
from .found import Found, Note, Text

FOLDERS = {"paper": "papers", "news": "news", "page": "pages", "home": "."}
# What Windows takes for a device, whatever its ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
# What is said of a file that an import would write as it is.
THERE = "is there already"
_LABEL = re.compile(r"\A(?P<word>[A-Za-z_]+)\s?:(?=\s)")
# Words that tell nothing of a title.
_SMALL = frozenset(
    "a an the of for in on to and or with by from at as is are via using towards toward".split()
)


def render(headers: dict[str, str], body: str) -> str:
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
    known = match["word"].lower() in KNOWN or match["word"].lower() in PAGE_KEYS
    return f"**{match[0]}**" if known else match[0]


def slug_of(title: str) -> str:
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


def write(
    found: Found, content: Path, source: str, new: dict[str, bytes] | None = None
) -> Iterator[Note]:
    """Write all that was found below `content`; yield what was done with each piece.

    A file that is there stays, but for those of a new site, `new`, that nobody has changed. A
    paper, or news, that is there under another name is not written again. `source` names
    the import where a piece tells no file of its own.
    """
    own = {name.partition("/")[2]: data for name, data in (new or {}).items()}
    kinds = {text.kind for text in found.texts} | ({"paper"} if found.bibs else set())
    yield from _clear(own, kinds, content)
    known = _Known(content)
    written: dict[str, str] = {}
    for name, words in sorted(found.bibs.items()):
        written[f"papers/{name}"] = words
        yield _put(content, f"papers/{name}", words.encode(), own, name)
    for text in found.texts:
        name = text.slug or slug_of(text.headers.get("title", ""))
        target = "home.md" if text.kind == "home" else f"{FOLDERS[text.kind]}/{name}.md"
        if text.kind in ("paper", "news") and (first := known.find(text)):
            if first != f"content/{target}" or target in written:
                told = f"the same {text.kind} is in {first}, which stays as it is"
                yield Note("left", text.file, told, text.line)
                continue
        number = 1
        while target in written:
            number += 1
            target = f"{FOLDERS[text.kind]}/{name}-{number}.md"
        written[target] = render(text.headers, text.body)
        if text.kind in ("paper", "news"):
            known.add(f"content/{target}", text)
        yield _put(content, target, written[target].encode(), own, text.file, text.line)
    if found.people:
        people = {name: dict(sorted(told.items())) for name, told in sorted(found.people.items())}
        data = yaml.safe_dump(people, allow_unicode=True, sort_keys=False, width=100)
        yield _put(content, "people.yml", data.encode(), own, source)
    for target, path in sorted(found.files.items()):
        named = any(name in words for words in written.values() for name in _names(target, path))
        if named or target.startswith("images/portrait."):
            yield _put(content, target, path.read_bytes(), own, path.name)


def _names(target: str, path: Path) -> set[str]:
    return {path.name, Path(target).name}


def _clear(own: dict[str, bytes], kinds: set[str], content: Path) -> Iterator[Note]:
    """Take away the examples of a new site, where real ones come and they are as they were."""
    for name, data in own.items():
        path = content / name
        kind = next((kind for kind in kinds if name.startswith(f"{FOLDERS[kind]}/")), None)
        if kind in ("paper", "news") and path.is_file() and path.read_bytes() == data:
            path.unlink()
            yield Note("taken", f"content/{name}", "the example is gone, for real ones come")


def _put(
    content: Path,
    target: str,
    data: bytes,
    own: dict[str, bytes],
    file: str,
    line: int | None = None,
) -> Note:
    path, file = content / target, file or target
    if (path.exists() or path.is_symlink()) and not (
        path.is_file() and target in own and path.read_bytes() == own[target]
    ):
        same = path.is_file() and path.read_bytes() == data
        told = THERE if same else "is there, with other words, and stays as it is"
        return Note("left", file, f"content/{target} {told}", line)
    replace_file(path, data)
    return Note("taken", file, f"content/{target}", line)


class _Known:
    """The texts that a site has, by what tells one from another."""

    def __init__(self, content: Path):
        self.known: dict[tuple[str, str], list[tuple[str, dict[str, str]]]] = {}
        for path in sorted(content.glob("papers/**/*.md")) + sorted(content.glob("news/**/*.md")):
            name = f"content/{path.relative_to(content).as_posix()}"
            header, body = blocks.split(name, path.read_bytes().decode("utf-8-sig", "replace"))
            name_as_paper(header)
            kind = "paper" if name.startswith("content/papers/") else "news"
            self.add(name, Text(kind, _values(header), body))
        for path in sorted(content.glob("papers/**/*.bib")):
            name = f"content/{path.relative_to(content).as_posix()}"
            for header in bibtex.read(name, path.read_bytes()):
                if header.entry and header.entries:
                    name_as_paper(header)
                    self.add(name, Text("paper", _values(header)))

    def add(self, name: str, text: Text) -> None:
        """Take in a text that is in the file of this name."""
        for mark in _marks(text):
            self.known.setdefault(mark, []).append((name, text.headers))

    def find(self, text: Text) -> str | None:
        """Return the name of the file that holds the same paper or news.

        A DOI is copied with its file more often than a title is written anew: papers of
        one DOI, or one arXiv id, and different titles are different ones.
        """
        doi = SCHEMES["doi"].read(text.headers.get("doi") or "")
        title = text.headers.get("title", "")
        for mark in _marks(text):
            for name, headers in self.known.get(mark, ()):
                other = SCHEMES["doi"].read(headers.get("doi") or "")
                if mark[0] in ("doi", "arxiv"):
                    same = are_alike(title, headers.get("title", ""))
                else:
                    same = not (doi and other) or doi.lower() == other.lower()
                if same:
                    return name
        return None


def _values(header: Header) -> dict[str, str]:
    return {key: entry.value for key, entry in header.entries.items() if entry.value}


def _marks(text: Text) -> Iterator[tuple[str, str]]:
    """Yield what tells a text: identifiers of a paper, its title with the year; news' words."""
    date = text.headers.get("date") or ""
    if text.kind == "news":
        yield "news", f"{date} {cited.folded(text.body)[:200]}"
        return
    for name in ("doi", "arxiv"):
        if identifier := SCHEMES[name].read(text.headers.get(name) or ""):
            yield name, re.sub(r"v\d+$", "", identifier.lower())
    if title := cited.folded(text.headers.get("title", "")):
        yield "title", f"{title} {date[:4]}"
