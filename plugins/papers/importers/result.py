"""What an import finds in another system's files, and what it has to say of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ..content import find_mojibake
from ..util import is_leftover, is_public

# What pictures, papers and slides are kept as; nothing else is brought along.
ASSET_SUFFIXES = tuple(
    ".png .jpg .jpeg .webp .avif .gif .tif .tiff .bmp .svg .pdf .ps .ppt .pptx .key .odp .zip .gz "
    ".mp4 .webm .m4v .txt .csv".split()
)
Kind = Literal["taken", "guessed", "left"]


@dataclass(frozen=True, slots=True)
class ImportNote:
    """One thing said of a source: what was `taken` from it, `guessed`, or `left` in it.

    `file` is named from the source's folder.
    """

    kind: Kind
    file: str
    message: str
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(filter(None, (where, self.key, self.message)))


@dataclass(slots=True)
class Document:
    """A content file to be written, of the kind `paper`, `news`, `page` or `home`.

    `headers` maps our keys, in lower case, to values as they stand in a header block, where a
    value of several lines holds line ends. `body` is Markdown. `slug` is the wished name of
    the file. `file` and `line` tell where it was found.
    """

    kind: Literal["paper", "news", "page", "home"]
    headers: dict[str, str]
    body: str = ""
    slug: str | None = None
    file: str = ""
    line: int | None = None


@dataclass(slots=True)
class SiteOwner:
    """Whose site it was: names as papers print them, and pairs of label and address."""

    name: str | None = None
    names: list[str] = field(default_factory=list)
    role: str | None = None
    social: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ImportResult:
    """All that was found: texts, whole .bib files, files to bring along, people, the owner.

    `bibs` maps names of .bib files to their text, `files` paths below content/ to files of
    the source, `people` names to what content/people.yml can say of them (`aliases`, a list,
    `address`, `orcid`).
    """

    texts: list[Document] = field(default_factory=list)
    bibs: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    people: dict[str, dict] = field(default_factory=dict)
    owner: SiteOwner = field(default_factory=SiteOwner)
    notes: list[ImportNote] = field(default_factory=list)

    def bring(self, path: Path, folder: Literal["images", "papers", "news", "extra"]) -> str:
        """Bring a file along into a folder of content/; return what a header says for it.

        That is its path below content/, or its bare name in the folder of the papers.
        """
        name = re.sub(r"[^\w.+]+", "-", path.name).strip("-") or "file"
        number = 1
        while self.files.get(target := f"{folder}/{name}", path) != path:
            number += 1
            name = f"{Path(name).stem.removesuffix(f'-{number - 1}')}-{number}{path.suffix}"
        self.files[target] = path
        return name if folder == "papers" else target


class SourceTree:
    """A folder, or a file, of another system; nothing outside of it is ever read."""

    def __init__(self, path: Path, found: ImportResult, within: Path | None = None):
        self.file = path if path.is_file() else None
        self.root = path.parent if self.file else path
        # The folder that was named, where the site is one in it.
        self.within = within or self.root
        self.found = found
        self.told: set[ImportNote] = set()
        # Old addresses that lead to papers.
        self.aliases: set[str] = set()
        # Files that are parts of a page that was read.
        self.parts: set[Path] = set()

    def name(self, path: Path) -> str:
        """Return how a file is named in notes."""
        return path.relative_to(self.within).as_posix()

    def files(self, *patterns: str) -> list[Path]:
        """Return the public files that match any of the patterns, in a fixed order."""
        every = {path for pattern in patterns for path in self.root.glob(pattern)}
        return sorted(path for path in every if is_public(path, self.root))

    def read(self, path: Path) -> str:
        """Return a file's text: UTF-8 or, noted, Windows-1252; broken letters mended, noted."""
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                text = data.decode("utf-16", errors="replace")
            else:
                text = data.decode("cp1252", errors="replace")
            self.note("guessed", path, "is no UTF-8, and was read in another encoding")
        text = re.sub(r"\r\n?", "\n", text)
        lines = text.split("\n")
        for n, piece, meant in find_mojibake(text):
            lines[n - 1] = lines[n - 1].replace(piece, meant, 1)
            self.note("guessed", path, f'"{piece[:40]}" was meant as "{meant[:40]}"', n)
        return "\n".join(lines)

    def find(
        self, name: str, beside: Path | None = None, folders: Iterable[str] = ()
    ) -> Path | None:
        """Return the file of the source that a text names, or None.

        It is looked for beside the text, then in the root, then in `folders` below the root.
        """
        name = name.split("?")[0].split("#")[0].strip()
        places = [
            *([beside.parent] if beside else []),
            self.root,
            *(self.root / f for f in folders),
        ]
        for place in places if name else ():
            path = place / name.lstrip("/")
            if is_public(path, self.root) and path.suffix.lower() in ASSET_SUFFIXES:
                path = path.resolve()
                if not is_leftover(path, self.root.resolve()):
                    return path
        return None

    def note(
        self, kind: Kind, path: Path, message: str, line: int | None = None, key: str | None = None
    ) -> None:
        """Say something of a file, once."""
        note = ImportNote(kind, self.name(path), message, line, key)
        if note not in self.told:
            self.told.add(note)
            self.found.notes.append(note)
