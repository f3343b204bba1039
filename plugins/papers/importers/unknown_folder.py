"""What a folder holds that no reader knows, and what can be imported instead."""

from collections.abc import Iterator
from pathlib import Path

from ..util import is_public
from .result import SourceTree

# As people know them; a reader of another system adds its name.
KNOWN_SYSTEMS = (
    "al-folio, academicpages, minimal-light and other sites of Jekyll; HugoBlox (Wowchemy, "
    "Academic); luost26's homepage; PRISM; Quarto; lab-website-template; jemdoc; "
    "Chirpy; other sites of Hugo; Pelican; pages in Markdown, HTML or Org"
)
# Folders of builds and packages.
_SKIPPED = frozenset("node_modules _site public dist build out vendor venv env target".split())
# What says that a folder is the source of a program, with the name of the system.
_MARKS = {
    "next.config.js": "Next.js", "next.config.mjs": "Next.js", "next.config.ts": "Next.js",
    "gatsby-config.js": "Gatsby", "astro.config.mjs": "Astro", "nuxt.config.js": "Nuxt",
    "nuxt.config.ts": "Nuxt", "svelte.config.js": "Svelte", "vue.config.js": "Vue",
    "vite.config.js": "Vite", "vite.config.ts": "Vite", "docusaurus.config.js": "Docusaurus",
    "mkdocs.yml": "MkDocs", "conf.py": "Sphinx", "package.json": "JavaScript (such as React)",
}  # fmt: skip
_MAX_NAMES = 3
_MAX_FILES = 20_000


def describe_folder(source: SourceTree) -> str:
    """Return why a folder cannot be imported, what it holds, and what to name instead."""
    files = list(_walk(source.root))
    bib_files = [path for path in files if path.suffix.lower() == ".bib"]
    pages = [path for path in files if path.suffix.lower() in (".html", ".htm")]
    readmes = [path for path in files if path.parent == source.root
               and path.suffix.lower() == ".md" and path.stem.isupper()]  # fmt: skip
    hints = []
    if bib_files:
        hints.append(f"It has references: {_name_commands(bib_files)}")
    if mark := next((mark for mark in _MARKS if (source.root / mark).is_file()), None):
        system = f"It is a site of {_MARKS[mark]}"
        hints.append(f"{system}: import a .bib, or a page as the browser saves it")
    elif pages:
        hints.append(f"It has pages: {_name_commands(pages)}")
    if readmes:
        names = ", ".join(path.name for path in readmes[:_MAX_NAMES])
        hints.append(f"{names} is about a repository (if it is your home page, name the file)")
    if not hints:
        hints.append("Name the folder that has the site's settings, or a .bib.")
    first = f"{source.root} contains no site of a system that is known"
    return "\n  ".join([first, *hints, f"Known are {KNOWN_SYSTEMS}."])


def _name_commands(paths: list[Path]) -> str:
    commands = [f"`pelican-papers import {path}`" for path in paths[:_MAX_NAMES]]
    others = f" and {len(paths) - _MAX_NAMES} more" if len(paths) > _MAX_NAMES else ""
    return ", ".join(commands) + others


def _walk(root: Path) -> Iterator[Path]:
    """Yield the public files of a folder, without those of builds and packages."""
    for number, path in enumerate(sorted(root.rglob("*"))):
        if number > _MAX_FILES:
            return
        parts = path.relative_to(root).parts
        if not _SKIPPED.intersection(parts[:-1]) and path.is_file() and is_public(path, root):
            yield path
