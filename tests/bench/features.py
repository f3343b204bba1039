"""Show what each part of a published build costs on a site of 1,000 items.

    python tests/bench/features.py [--items 1000] [--folder /tmp]

Half of the items are news, half papers, each with topics, formulas, a citation and an alias. It
prints the seconds of the clock that each part takes, the waiting for another program included,
and its share of the build; the first build makes the pictures for sharing, which a second keeps.
"""

import argparse
import functools
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "plugins")]
WORDS = "We study how few tricks are enough, and why $O(n \\log n)$ of them are not. " * 5


def main() -> None:
    """Write the content, build it twice in this process, and print the table."""
    from conftest import HOME, SETTINGS, write

    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--folder", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    files = {"home.md": HOME}
    for n in range(options.items // 2):
        more = f"Tags: topic {n % 20}; {n % 7} more\nAliases: /old/{{}}{n}/\n"
        files[f"papers/p{n}.md"] = (
            f"Title: Paper {n} on $\\ell_{n}$\nAuthors: Ada Lovelace; Author {n}\n"
            f"Date: {2000 + n % 25}\nVenue: Venue {n % 30}\n{more.format('p')}\n{WORDS}\n"
        )
        files[f"news/n{n}.md"] = (
            f"Title: News {n}\nDate: {2000 + n % 25}-01-{1 + n % 28:02}\nPapers: p{n}\n"
            f"{more.format('n')}\nAs [@p{n}] say:\n\n{WORDS}\n"
        )
    write(folder / "content", files)
    try:
        measure(folder, SETTINGS)
        whole, spent = measure(folder, SETTINGS)
    finally:
        shutil.rmtree(folder)
    print(f"{options.items} items, published, pictures kept from the first build: {whole:.2f} s")
    for name, seconds in spent.most_common():
        print(f"{name:34} {seconds:6.3f} s  {100 * seconds / whole:5.1f} %")


def measure(folder: Path, settings: dict) -> tuple[float, Counter]:
    """Build once; return the seconds of the whole and of each part."""
    from papers import (
        citations,
        collect,
        exports,
        feeds,
        formulas,
        lists,
        markup,
        media,
        outline,
        search,
        style,
    )
    from pelican import Pelican
    from pelican.settings import read_settings

    parts = [
        ("formulas to MathML", formulas, "render"), ("formulas found in texts", formulas, "mark"),
        ("formulas checked", sys.modules["papers.check"], "check_formulas"),
        ("citations shown", citations, "show"), ("citations resolved", collect, "relate"),
        ("lists put together", collect, "listings"), ("lists written", lists, "write"),
        ("drafts held back", collect, "hold_back"), ("feeds", feeds, "write"),
        ("sitemap, llms.txt, texts, aliases", outline, "write"), ("search index", search, "write"),
        ("citations as files", exports, "write"), ("stylesheet", style, "write"),
        ("pictures and sharing cards", media.Media, "make"),
        ("figures with captions", markup._Figures, "run"),
    ]  # fmt: skip
    spent: Counter = Counter()
    originals = [(owner, name, getattr(owner, name)) for _, owner, name in parts]
    for (label, owner, name), (_, _, function) in zip(parts, originals, strict=True):
        setattr(owner, name, timed(function, label, spent))
    changed = settings | {
        "OUTPUT_PATH": str(folder / "output"), "PATH": str(folder / "content"),
        "CACHE_PATH": str(folder / "cache"), "SITEURL": "https://ada.example",
    }  # fmt: skip
    shutil.rmtree(folder / "output", ignore_errors=True)
    os.chdir(ROOT)
    try:
        start = time.perf_counter()
        Pelican(read_settings("publishconf.py", override=changed)).run()
        return time.perf_counter() - start, spent
    finally:
        for owner, name, function in originals:
            setattr(owner, name, function)


def timed(function, label: str, spent: Counter):
    """Return a function that adds what it takes to `spent`."""

    @functools.wraps(function)
    def wrapper(*arguments, **options):
        start = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            spent[label] += time.perf_counter() - start

    return wrapper


if __name__ == "__main__":
    main()
