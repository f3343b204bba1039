"""What an import reads, and its result: documents, assets, the owner, and notes."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ..content import find_mojibake
from ..util import (
    READING_ERRORS,
    SizeLimitExceeded,
    describe_reading_error,
    is_leftover,
    is_public,
    limit_time,
)
from .samples import MAX_SAMPLE_SIZE, is_sample

# Files of pictures, papers and slides; an import copies no others.
ASSET_SUFFIXES = tuple(
    ".png .jpg .jpeg .webp .avif .gif .tif .tiff .bmp .svg .pdf .ps .ppt .pptx .key .odp .zip .gz "
    ".mp4 .webm .m4v .txt .csv".split()
)
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg")
_TEXT_SUFFIXES = (".md", ".markdown", ".html", ".qmd", ".ipynb")
_FRONT_MATTER = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\n.*?^(?P=fence)", re.DOTALL | re.M)
_MAX_FRONT_MATTER = 20_000
_HIDDEN = re.compile(
    r"^(?:draft\s*[:=]\s*[\"']?true|published\s*[:=]\s*[\"']?false)\b", re.IGNORECASE | re.M
)
# The message about what a template comes with.
SAMPLE = "is a sample of the template and was skipped"
# No researcher's file is longer; a longer one would fill the memory.
_MAX_FILE_SIZE = 64 * 2**20
# Patterns that skip blanks would begin at each of them.
_LONG_BLANKS = re.compile(r"[^\S\n]{500,}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_BUILT = frozenset("_site node_modules vendor bower_components site-packages .next".split())
NoteKind = Literal["taken", "guessed", "left"]
DocumentKind = Literal["paper", "news", "post", "page", "home"]


@dataclass(frozen=True, slots=True)
class ImportNote:
    """A message about a source: what was `taken` from it, `guessed`, or `left` in it.

    `file` is relative to the folder of the source. `target` is the file of the new site that the
    import has written, or would write as it is.
    """

    kind: NoteKind
    file: str
    message: str
    line: int | None = None
    key: str | None = None
    target: str | None = None

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        # Names of files and values from elsewhere must not steer the terminal.
        text = ": ".join(filter(None, (where, self.key, self.message)))
        return _UNPRINTABLE.sub(" ", text)


@dataclass(slots=True)
class Document:
    """A content file to write.

    `headers` maps keys, in lower case, to values as a header block has them; a value of several
    lines contains line ends. `body` is Markdown. `slug` is the preferred name of the file. `file`
    and `line` are its origin.
    """

    kind: DocumentKind
    headers: dict[str, str]
    body: str = ""
    slug: str | None = None
    file: str = ""
    line: int | None = None


@dataclass(slots=True)
class SiteOwner:
    """The owner of the site: `names` as papers print them, `social` as (label, address)."""

    name: str | None = None
    names: list[str] = field(default_factory=list)
    role: str | None = None
    social: list[tuple[str, str]] = field(default_factory=list)
    # Files that the old site links to beside the profiles, as a CV: labels and paths in content/.
    files: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ImportResult:
    """What an import writes, and its notes.

    `bib_files` maps names of whole .bib files to their text, `assets` paths below content/ to
    files of the source, `people` names to entries of content/people.yml (`aliases`, a list,
    `address`, `orcid`).
    """

    documents: list[Document] = field(default_factory=list)
    bib_files: dict[str, str] = field(default_factory=dict)
    assets: dict[str, Path] = field(default_factory=dict)
    people: dict[str, dict] = field(default_factory=dict)
    owner: SiteOwner = field(default_factory=SiteOwner)
    notes: list[ImportNote] = field(default_factory=list)
    # The file that was read last, for errors that no file's reader handles.
    last_file: str = ""

    def add_asset(self, path: Path, folder: Literal["images", "papers", "news", "extra"]) -> str:
        """Copy a file into a folder of content/; return what a header says for it.

        That is its path below content/, or its name alone in the folder of the papers.
        """
        name = re.sub(r"[^\w.+]+", "-", path.name).strip("-") or "file"
        number = 1
        while self.assets.get(target := f"{folder}/{name}", path) != path:
            number += 1
            name = f"{Path(name).stem.removesuffix(f'-{number - 1}')}-{number}{path.suffix}"
        self.assets[target] = path
        return name if folder == "papers" else target


class SourceTree:
    """A folder, or a file, of another system, and the result of its import.

    Nothing outside of the folder is read.
    """

    def __init__(self, path: Path, result: ImportResult | None = None, base: Path | None = None):
        self.file = path if path.is_file() else None
        self.root = path.parent if self.file else path
        # The folder that the user named, where the site is in a folder below it.
        self.base = base or self.root
        self.result = result or ImportResult()
        self._noted: set[ImportNote] = set()
        # Whether texts are samples of the template.
        self._samples: dict[Path, bool] = {}
        # Old addresses that lead to papers.
        self.aliases: set[str] = set()
        # Files that a page includes, which are not pages of their own.
        self.included: set[Path] = set()
        # By endings of names: how texts of another markup become Markdown (or a .bib plain
        # BibTeX), line by line.
        self.converters: dict[str, Callable[[str], str]] = {}
        # Where the system keeps the files of its texts, below the root.
        self.asset_folders: tuple[str, ...] = ()

    def add_document(
        self, kind: DocumentKind, headers: dict[str, str], body: str, path: Path,
        line: int | None = None, slug: str | None = None,
    ) -> None:  # fmt: skip
        """Add a document that comes from a file of the source to the result.

        What the old site hides is a draft.
        """
        if kind != "home" and "status" not in headers and self.is_hidden(path):
            headers = headers | {"status": "draft"}
        name = self.relative_name(path)
        self.result.documents.append(Document(kind, headers, body, slug, name, line))

    def is_hidden(self, path: Path) -> bool:
        """Tell whether the front matter of a text says that it is not shown."""
        if path.suffix.lower() not in _TEXT_SUFFIXES or not path.is_file():
            return False
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            header = _FRONT_MATTER.match(file.read(_MAX_FRONT_MATTER))
        return header is not None and _HIDDEN.search(header[0]) is not None

    def relative_name(self, path: Path) -> str:
        """Return the name of a file in notes."""
        return path.relative_to(self.base).as_posix()

    def list_files(self, *patterns: str) -> list[Path]:
        """Return the public files that match any of the patterns, in a fixed order.

        Builds and packages of others are not sources.
        """
        paths: set[Path] = set()
        for pattern in patterns:
            # A pattern that is too long for the system, or for glob, names no file.
            with suppress(OSError, RecursionError):
                paths.update(self.root.glob(pattern))
        return sorted(
            path
            for path in paths
            if is_public(path, self.root) and not self._is_built(path) and not self._is_sample(path)
        )

    def _is_built(self, path: Path) -> bool:
        folders = path.relative_to(self.root).parts[:-1]
        if not folders or _BUILT.isdisjoint(folders):
            # The site itself may be in `docs` or `public`; beside other sources they are builds.
            is_output = folders and folders[0] in ("docs", "public")
            return bool(is_output) and (self.root / folders[0] / "sitemap.xml").is_file()
        return True

    def _is_sample(self, path: Path) -> bool:
        """Tell whether a file is a sample of the template, which gets a note."""
        if path.suffix.lower() not in _TEXT_SUFFIXES:
            return False
        if path not in self._samples:
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                self._samples[path] = is_sample(file.read(MAX_SAMPLE_SIZE))
            if self._samples[path]:
                self.note("left", path, SAMPLE)
        return self._samples[path]

    @contextmanager
    def limit_reading(self, path: Path) -> Iterator[None]:
        """Note a file that cannot be read, and go on; the others are imported.

        Raises ValueError with a sentence where it is the file that the user named.
        """
        try:
            # `read_text` refuses a larger one: what is raised before `yield` cannot be noted.
            with limit_time(min(path.stat().st_size, _MAX_FILE_SIZE), _MAX_FILE_SIZE):
                yield
        except READING_ERRORS as error:
            message = describe_reading_error(error)
            if self.file:
                raise ValueError(f"{self.relative_name(path)} {message}") from None
            self.note("left", path, message)

    def read_text(self, path: Path) -> str:
        """Return a file's text as UTF-8; note another encoding, and repaired mojibake.

        Raises SizeLimitExceeded for a file that would fill the memory.
        """
        self.result.last_file = self.relative_name(path)
        if path.stat().st_size > _MAX_FILE_SIZE:
            raise SizeLimitExceeded(f"is longer than {_MAX_FILE_SIZE >> 20} MB (split it)")
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                text = data.decode("utf-16", errors="replace")
            else:
                text = data.decode("cp1252", errors="replace")
            self.note("guessed", path, "is not UTF-8, and was read in another encoding")
        text = _LONG_BLANKS.sub(" ", re.sub(r"\r\n?", "\n", text))
        lines = text.split("\n")
        for n, piece, meant in find_mojibake(text):
            lines[n - 1] = lines[n - 1].replace(piece, meant, 1)
            self.note("guessed", path, f'"{piece[:40]}" was meant as "{meant[:40]}"', n)
        text = "\n".join(lines)
        convert = self.converters.get(path.suffix.lower())
        return convert(text) if convert else text

    def find_file(
        self, name: str, beside: Path | None = None, folders: Iterable[str] = ()
    ) -> Path | None:
        """Return the file of the source that a text names, or None.

        The search goes through the text's own folder, the root, and below the root `folders`
        and those of the system.
        """
        name = name.split("?")[0].split("#")[0].strip()
        if not name:
            return None
        own = [beside.parent] if beside else []
        below = (self.root / folder for folder in (*folders, *self.asset_folders))
        for folder in (*own, self.root, *below):
            path = folder / name.lstrip("/")
            if is_public(path, self.root) and path.suffix.lower() in ASSET_SUFFIXES:
                path = path.resolve()
                if not is_leftover(path, self.root.resolve()):
                    return path
        return None

    def note(
        self,
        kind: NoteKind,
        path: Path,
        message: str,
        line: int | None = None,
        key: str | None = None,
    ) -> None:
        """Add a note about a file, once."""
        note = ImportNote(kind, self.relative_name(path), message, line, key)
        if note not in self._noted:
            self._noted.add(note)
            self.result.notes.append(note)
