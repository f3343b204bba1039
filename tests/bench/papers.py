"""Compare building a site of BibTeX entries with one of the same papers in Markdown.

    python tests/bench/papers.py [--papers 1000] [--runs 5] [--folder /tmp]

It prints what a build costs with a .bib and everything that the site makes of each paper, as a
ratio to the same papers in Markdown without citations, tags and exports. It exits with 1 if the
ratio is above 1.5. The figure is the least processor time of all runs.
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
# A page without citations, tags and exports.
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
PLUGINS = ["papers", "no_exports"]
SITEURL, SITENAME, OWNER = "https://ada.example", "Ada Lovelace", ["Smith, Ada"]
THEME = {root!r} + "/theme"
THEME_TEMPLATES_OVERRIDES = [{folder!r} + "/templates"]
"""
FULL_CONF = PLAIN_CONF.replace("no_exports", "no_site_files").rpartition("THEME_T")[0]
# Images and the files of the site as a whole are not what is measured here. The plugin connects its
# receivers when Pelican is initialized, so they are disconnected later.
PLUGIN = """
from papers import site
from pelican import signals

def register():
    signals.all_generators_finalized.connect(disconnect_receivers)

def disconnect_receivers(generators):
    for write in ({writers}):
        signals.article_writer_finalized.disconnect(write)
        signals.page_writer_finalized.disconnect(write)
"""
SITE_FILES = ["feeds", "sitemap", "llms_txt", "redirects", "search_index", "title_cards"]


def papers(count: int) -> list[dict[str, str]]:
    """Return papers that are the same in every run."""
    chance = random.Random(1)
    records = []
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
        records.append(paper)
    return records


def as_bib(paper: dict[str, str]) -> str:
    """Return a paper as an entry, its accents as TeX."""
    names = {"authors": "author"}
    fields = "".join(
        f"  {names.get(name, name)} = {{{value.translate(str.maketrans(TEX))}}},\n"
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


def make_plugin(names: list[str]) -> str:
    """Return the source of a plugin that turns off `write_...` of these names."""
    return PLUGIN.format(writers="".join(f"site.write_{name}, " for name in names))


def measure_build(content: Path, conf: Path, output: Path) -> tuple[float, float]:
    """Build a site from scratch; return the seconds of processor time and of the clock."""
    for folder in (output, conf.with_name("cache")):
        shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "pelican", content, "-s", conf, "-o", output]
    # Without it, Pelican builds on when a plugin or setting cannot be loaded.
    command += ["--fatal", "warnings"]
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    clock, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system, clock


def main() -> int:
    """Measure and print; return 1 if a build with everything takes too long."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    # In memory if possible: the disk is not what is measured.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    parser.add_argument("--folder", default=memory, help="where sites are built")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        records = papers(options.papers)
        files = {
            "bib/papers/all.bib": "\n".join(map(as_bib, records)),
            "templates/paper.html": PLAIN_PAGE,
            "plainconf.py": PLAIN_CONF.format(root=str(ROOT), folder=name),
            "no_exports.py": make_plugin([*SITE_FILES, "downloads"]),
            "fullconf.py": FULL_CONF.format(root=str(ROOT), folder=name),
            "no_site_files.py": make_plugin(SITE_FILES),
        } | {f"md/papers/{paper['key']}.md": as_markdown(paper) for paper in records}
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
                runs[site].append(measure_build(folder / content, conf, folder / "output"))
    # Other work on the machine only adds time, so the least is the best estimate.
    least = {
        site: [min(seconds) for seconds in zip(*times, strict=True)] for site, times in runs.items()
    }
    baseline = least["Markdown alone"]
    print(f"{options.papers} papers, least of {options.runs} runs (processor, clock):")
    for site, (used, clock) in least.items():
        ratios = f"{used / baseline[0]:.2f} and {clock / baseline[1]:.2f} of Markdown alone"
        print(f"{site:26} {used:6.2f} s {clock:6.2f} s  {ratios}")
    return int(least[".bib with everything"][0] / baseline[0] > BAR)


if __name__ == "__main__":
    sys.exit(main())
