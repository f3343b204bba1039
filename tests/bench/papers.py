"""Compare building a site of BibTeX entries with one of the same papers in Markdown.

    python tests/bench/papers.py [--papers 1000] [--runs 5] [--folder /tmp]

It prints what building costs with a .bib and all that is made of papers, as a ratio to
the same papers as Markdown without citations, tags and exports, and exits with 1 where
that is above 1.5. Judged is processor time, and of all runs the least.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BAR = 1.5
WORDS = (
    "we show that a model of language learns from few examples with rewards and without labels "
    "by sampling long chains which improves results over strong baselines on several benchmarks "
    "while the cost stays low because critics are small and shared between prompts"
).split()
NAMES = ["Müller, Jörg", "García, Ana", "Liu, Zihe", "van Ede, Freek", "Smith, Ada", "Roe, J. B."]
TEX = {"ü": '{\\"u}', "ö": '{\\"o}', "í": "{\\'i}", "é": "{\\'e}", "%": "\\%"}
# Where nothing is made of the record but the page as it was.
PLAIN_PAGE = """{% extends "base.html" %}
{% from "_parts.html" import names, pills with context %}
{% block title %}{{ page.title }}{% endblock %}
{% block description %}{{ page.title }}{% endblock %}
{% block content %}
<article class="paper">
<p class="venue">{{ page.paper.venue_label }}</p>
<h1>{{ page.title }}</h1>
<p class="byline">{{ names(page.paper.authors) }}</p>
{{ pills(page.paper.links) }}
<section class="prose">{{ page.content | safe }}</section>
</article>
{% endblock %}
"""
PLAIN_CONF = """
import sys
sys.path[:0] = [{root!r}, {root!r} + "/plugins", {folder!r}]
from publishconf import *
PLUGIN_PATHS = [{root!r} + "/plugins", {folder!r}]
PLUGINS = ["papers", "unexported"]
THEME = {root!r} + "/theme"
THEME_TEMPLATES_OVERRIDES = [{folder!r} + "/templates"]
"""
# What is made of all papers together is not what is measured here.
FULL_CONF = PLAIN_CONF.replace("unexported", "alone").rpartition("THEME_T")[0]
ALONE_PLUGIN = """
from papers import feeds, outline, search
from pelican import signals

def register():
    for module in (feeds, outline, search):
        signals.page_writer_finalized.disconnect(module.write)
"""
PLAIN_PLUGIN = """
import alone
from papers import exports
from pelican import signals

def register():
    alone.register()
    signals.page_writer_finalized.disconnect(exports.write)
"""


def papers(count: int) -> list[dict[str, str]]:
    """Return papers that are the same in every run."""
    chance = random.Random(1)
    found = []
    for n in range(count):
        words = [chance.choice(WORDS) for _ in range(chance.randint(80, 150))]
        title = " ".join(word.capitalize() for word in words[:8])
        paper = {
            "key": f"paper{n}",
            "title": f"{title}: an LLM's Study {n}",
            "authors": " and ".join(chance.choices(NAMES, k=chance.randint(3, 8))),
            "year": str(chance.randint(1995, 2025)),
            "journal": "Journal of Reasoning and Learning",
            "volume": str(n % 40 + 1),
            "pages": f"{n}--{n + 12}",
            "doi": f"10.1000/{n}",
            "url": f"https://example.org/papers/{n}?a=1&b=2",
            "keywords": "language models, rewards",
            "abstract": f"It's 50% of é. {' '.join(words).capitalize()}.",
        }
        found.append(paper)
    return found


def as_bib(paper: dict[str, str]) -> str:
    """Return a paper as an entry, its accents as TeX."""
    named = {"authors": "author"}
    fields = "".join(
        f"  {named.get(name, name)} = {{{value.translate(str.maketrans(TEX))}}},\n"
        for name, value in paper.items()
        if name != "key"
    )
    return f"@article{{{paper['key']},\n{fields}}}\n"


def as_markdown(paper: dict[str, str]) -> str:
    """Return a paper as a Markdown file."""
    names = {"year": "date", "keywords": "tags"}
    headers = "".join(
        f"{names.get(name, name).capitalize()}: {value}\n"
        for name, value in paper.items()
        if name not in ("key", "abstract")
    )
    return f"{headers}\n{paper['abstract']}\n"


def cost(content: Path, conf: Path, output: Path) -> tuple[float, float]:
    """Build a site from nothing; return the seconds of processor time and of the clock."""
    shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "pelican", content, "-s", conf, "-o", output]
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    clock, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system, clock


def main() -> int:
    """Measure, print, and tell whether the bar is kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    # In memory where that can be: the disk is not what is measured.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    parser.add_argument("--folder", default=memory, help="where sites are built")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        found = papers(options.papers)
        files = {
            "bib/papers/all.bib": "\n".join(map(as_bib, found)),
            "templates/paper.html": PLAIN_PAGE,
            "plainconf.py": PLAIN_CONF.format(root=str(ROOT), folder=name),
            "unexported.py": PLAIN_PLUGIN,
            "fullconf.py": FULL_CONF.format(root=str(ROOT), folder=name),
            "alone.py": ALONE_PLUGIN,
        } | {f"md/papers/{paper['key']}.md": as_markdown(paper) for paper in found}
        for content in ("bib", "md"):
            files[f"{content}/home.md"] = "Title: Ada Lovelace\n\n[PAPERS]\n"
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        sites = {
            ".bib with everything": ("bib", folder / "fullconf.py"),
            "Markdown with everything": ("md", folder / "fullconf.py"),
            "Markdown alone": ("md", folder / "plainconf.py"),
        }
        runs = {site: [] for site in sites}
        for _ in range(options.runs):
            for site, (content, conf) in sites.items():
                runs[site].append(cost(folder / content, conf, folder / "output"))
    # What else the machine does only adds: the least is nearest to the truth.
    least = {site: [min(kind) for kind in zip(*times, strict=True)] for site, times in runs.items()}
    peer = least["Markdown alone"]
    print(f"{options.papers} papers, least of {options.runs} runs (processor, clock):")
    for site, (used, clock) in least.items():
        ratios = f"{used / peer[0]:.2f} and {clock / peer[1]:.2f} of Markdown alone"
        print(f"{site:26} {used:6.2f} s {clock:6.2f} s  {ratios}")
    return int(least[".bib with everything"][0] / peer[0] > BAR)


if __name__ == "__main__":
    sys.exit(main())
