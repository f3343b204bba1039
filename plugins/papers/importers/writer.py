"""What was found is written into content/; what is there already stays as it is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from ..content import Header, normalize_keys, parse_bibtex, split_header
from ..model import SCHEMES
from ..util import CONTROL, replace_file
from .common import fold_text, is_same_title, make_slug, render_document
from .result import Document, ImportNote, ImportResult

_SAFE = re.compile(r"https?://[^\s\"'<>\\]+|mailto:[^\s\"'<>\\]+@[^\s\"'<>\\]+")


def write_owner_settings(
    found: ImportResult, file: Path, new: dict[str, bytes]
) -> Iterator[ImportNote]:
    """Write name, names and addresses into settings that are as `init` wrote them.

    Others stay as they are, and what to write into them is told. `new` holds the files of a
    new site.
    """
    owner = found.owner
    names = list(dict.fromkeys(filter(None, (owner.name, *owner.names))))
    social = [(label, address) for label, address in owner.social if _SAFE.fullmatch(address)]
    if not names and not social:
        return
    lines = {}
    if names:
        more = "".join(f", {_quoted(name)}" for name in names[1:])
        lines["SITENAME"] = f"AUTHOR = SITENAME = {_quoted(names[0])}"
        lines["OWNER"] = f"OWNER = [AUTHOR{more}]"
    if social:
        pairs = (f"    ({_quoted(label)}, {_quoted(address)}),\n" for label, address in social)
        lines["SOCIAL"] = f"SOCIAL = [\n{''.join(pairs)}]"
    text = file.read_text("utf-8")
    if text.encode() != new.get(file.name):
        for name, line in lines.items():
            if line not in text:
                yield ImportNote("left", file.name, f"write `{line}` if that is right", None, name)
        return
    for name, old in (
        ("SITENAME", r"AUTHOR = SITENAME = .*"),
        ("OWNER", r"OWNER = .*"),
        ("SOCIAL", r"SOCIAL = \[\n(?:.*\n)*?\]"),
    ):
        if line := lines.get(name):
            text = re.sub(rf"^{old}", lambda _, line=line: line, text, count=1, flags=re.MULTILINE)
    replace_file(file, text.encode())
    yield ImportNote(
        "taken", file.name, f"has the name {names[0] if names else ''} and addresses now"
    )


def _quoted(text: str) -> str:
    return json.dumps(" ".join(CONTROL.sub("", text).split()), ensure_ascii=False)


FOLDERS = {"paper": "papers", "news": "news", "page": "pages", "home": "."}
# What is said of a file that an import would write as it is.
ALREADY_THERE = "is there already"


def write_import(
    found: ImportResult, content: Path, source: str, new: dict[str, bytes] | None = None
) -> Iterator[ImportNote]:
    """Write all that was found below `content`; yield what was done with each piece.

    A file that is there stays, but for those of a new site, `new`, that nobody has changed. A
    paper, or news, that is there under another name is not written again. `source` names
    the import where a piece tells no file of its own.
    """
    own = {name.partition("/")[2]: data for name, data in (new or {}).items()}
    kinds = {text.kind for text in found.documents} | ({"paper"} if found.bib_files else set())
    yield from _clear(own, kinds, content)
    known = _Known(content)
    written: dict[str, str] = {}
    for name, words in sorted(found.bib_files.items()):
        written[f"papers/{name}"] = words
        yield _put(content, f"papers/{name}", words.encode(), own, name)
    for text in found.documents:
        name = text.slug or make_slug(text.headers.get("title", ""))
        target = "home.md" if text.kind == "home" else f"{FOLDERS[text.kind]}/{name}.md"
        if text.kind in ("paper", "news") and (first := known.find(text)):
            if first != f"content/{target}" or target in written:
                told = f"the same {text.kind} is in {first}, which stays as it is"
                yield ImportNote("left", text.file, told, text.line)
                continue
        number = 1
        while target in written:
            number += 1
            target = f"{FOLDERS[text.kind]}/{name}-{number}.md"
        written[target] = render_document(text.headers, text.body)
        if text.kind in ("paper", "news"):
            known.add(f"content/{target}", text)
        yield _put(content, target, written[target].encode(), own, text.file, text.line)
    if found.people:
        people = {name: dict(sorted(told.items())) for name, told in sorted(found.people.items())}
        data = yaml.safe_dump(people, allow_unicode=True, sort_keys=False, width=100)
        yield _put(content, "people.yml", data.encode(), own, source)
    for target, path in sorted(found.assets.items()):
        named = any(name in words for words in written.values() for name in _names(target, path))
        if named or target.startswith("images/portrait."):
            yield _put(content, target, path.read_bytes(), own, path.name)


def _names(target: str, path: Path) -> set[str]:
    return {path.name, Path(target).name}


def _clear(own: dict[str, bytes], kinds: set[str], content: Path) -> Iterator[ImportNote]:
    """Take away the examples of a new site, where real ones come and they are as they were."""
    for name, data in own.items():
        path = content / name
        kind = next((kind for kind in kinds if name.startswith(f"{FOLDERS[kind]}/")), None)
        if kind in ("paper", "news") and path.is_file() and path.read_bytes() == data:
            path.unlink()
            yield ImportNote("taken", f"content/{name}", "the example is gone, for real ones come")


def _put(
    content: Path,
    target: str,
    data: bytes,
    own: dict[str, bytes],
    file: str,
    line: int | None = None,
) -> ImportNote:
    path, file = content / target, file or target
    if (path.exists() or path.is_symlink()) and not (
        path.is_file() and target in own and path.read_bytes() == own[target]
    ):
        same = path.is_file() and path.read_bytes() == data
        told = ALREADY_THERE if same else "is there, with other words, and stays as it is"
        return ImportNote("left", file, f"content/{target} {told}", line)
    replace_file(path, data)
    return ImportNote("taken", file, f"content/{target}", line)


class _Known:
    """The texts that a site has, by what tells one from another."""

    def __init__(self, content: Path):
        self.known: dict[tuple[str, str], list[tuple[str, dict[str, str]]]] = {}
        for path in sorted(content.glob("papers/**/*.md")) + sorted(content.glob("news/**/*.md")):
            name = f"content/{path.relative_to(content).as_posix()}"
            header, body = split_header(name, path.read_bytes().decode("utf-8-sig", "replace"))
            normalize_keys(header)
            kind = "paper" if name.startswith("content/papers/") else "news"
            self.add(name, Document(kind, _values(header), body))
        for path in sorted(content.glob("papers/**/*.bib")):
            name = f"content/{path.relative_to(content).as_posix()}"
            for header in parse_bibtex(name, path.read_bytes()):
                if header.citation_key and header.entries:
                    normalize_keys(header)
                    self.add(name, Document("paper", _values(header)))

    def add(self, name: str, text: Document) -> None:
        """Take in a text that is in the file of this name."""
        for mark in _marks(text):
            self.known.setdefault(mark, []).append((name, text.headers))

    def find(self, text: Document) -> str | None:
        """Return the name of the file that holds the same paper or news.

        A DOI is copied with its file more often than a title is written anew: papers of
        one DOI, or one arXiv id, and different titles are different ones.
        """
        doi = SCHEMES["doi"].parse(text.headers.get("doi") or "")
        title = text.headers.get("title", "")
        for mark in _marks(text):
            for name, headers in self.known.get(mark, ()):
                other = SCHEMES["doi"].parse(headers.get("doi") or "")
                if mark[0] in ("doi", "arxiv"):
                    same = is_same_title(title, headers.get("title", ""))
                else:
                    same = not (doi and other) or doi.lower() == other.lower()
                if same:
                    return name
        return None


def _values(header: Header) -> dict[str, str]:
    return {key: entry.value for key, entry in header.entries.items() if entry.value}


def _marks(text: Document) -> Iterator[tuple[str, str]]:
    """Yield what tells a text: identifiers of a paper, its title with the year; news' words."""
    date = text.headers.get("date") or ""
    if text.kind == "news":
        yield "news", f"{date} {fold_text(text.body)[:200]}"
        return
    for name in ("doi", "arxiv"):
        if identifier := SCHEMES[name].parse(text.headers.get(name) or ""):
            yield name, re.sub(r"v\d+$", "", identifier.lower())
    if title := fold_text(text.headers.get("title", "")):
        yield "title", f"{title} {date[:4]}"
