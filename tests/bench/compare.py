"""Build and preview the same content with this repository and with other tools, and compare.

    python tests/bench/compare.py [--sizes 60 1000 5000 10000] [--runs 3] [--edits 5]
        [--tools ours hugo ...] [--kinds build edit preview] [--folder /tmp] [--work DIR]

Half of the items are news, half papers. Tools that are missing are installed into the work folder,
which is kept; a site is what each makes as it comes, with a small theme, and ours what it makes of
all that it can. Builds take turns, one of each tool a round, and of all rounds the least is shown;
of the edits in a preview the median. Memory is looked at in a run of its own. It exits with 1
where a tool did not make what was asked of it. Runs on Linux.
"""

import argparse
import json
import os
import platform
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

from further import Astro, Nikola
from install import Absent
from measure import Failed, once, peak
from others import Eleventy, Hugo, Jekyll
from tools import Ours, Pelican, Tool, Typogrified
from trial import EDITS, Site

KINDS = {"build": "Full build", "edit": "Build after one edit", "preview": "Preview"}
TOOLS = {
    "ours": Ours, "hugo": Hugo, "pelican": Pelican, "typogrify": Typogrified,
    "eleventy": Eleventy, "jekyll": Jekyll, "astro": Astro, "nikola": Nikola,
}  # fmt: skip
# Of sizes, of kinds, of tools.
Figures = dict[int, dict[str, dict[str, dict]]]


class Comparison:
    """All that is measured, and what failed."""

    def __init__(self, options: argparse.Namespace, tools: dict[str, Tool]):
        self._options, self._tools = options, tools
        self.figures: Figures = {}
        self.failed: list[str] = []
        # Kind and tool: not tried again at greater sizes.
        self._broken: set[tuple[str, str]] = set()

    def measure(self, size: int, folder: Path) -> None:
        """Measure all tools at one size."""
        sites = {
            key: Site(tool, folder / f"{key}-{size}", size) for key, tool in self._tools.items()
        }
        self.figures[size] = {kind: self._kind(kind, size, sites) for kind in self._options.kinds}
        for site in sites.values():
            shutil.rmtree(site.folder)

    def _kind(self, kind: str, size: int, sites: dict[str, Site]) -> dict[str, dict]:
        figures: dict[str, dict] = {
            key: {} for key in sites if not self._broken & {("build", key), (kind, key)}
        }

        def each(action: Callable[[Site], dict]) -> None:
            for key in list(figures):
                try:
                    tell(f"{size} items, {kind}: {key}")
                    for name, value in action(sites[key]).items():
                        values = value if isinstance(value, list) else [value]
                        figures[key].setdefault(name, []).extend(values)
                except (Failed, Absent) as error:
                    del figures[key]
                    self._broken.add((kind, key))
                    self.failed.append(f"{key}, {size} items, {kind}: {error}")
                    tell(f"FAILED: {self.failed[-1]}")

        def timed(site: Site) -> dict:
            return dict(zip(("wall", "processor"), site.run(kind, once), strict=True))

        if kind == "preview":
            each(lambda site: site.preview(self._options.edits))
        else:
            if kind == "edit":
                # What is kept is there from then on.
                each(lambda site: site.begin())
            for _ in range(self._options.runs):
                each(timed)
            each(lambda site: {"memory": site.run(kind, peak)})
        return figures


def tell(words: str) -> None:
    """Say how far it is, beside what it prints in the end."""
    print(words, file=sys.stderr, flush=True)


def table(title: str, sizes: list[int], rows: dict[str, list[str]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield f"\n### {title}\n"
    yield f"| | {' | '.join(f'{size:,}' for size in sizes)} |"
    yield f"|---|{'---:|' * len(sizes)}"
    for name, cells in rows.items():
        yield f"| {name} | {' | '.join(cells)} |"


def tables(figures: Figures, tools: dict[str, Tool], kinds: list[str]) -> Iterator[str]:
    """Yield all tables: the clock with ratios, processors, memory."""
    sizes = list(figures)

    def rows(kind: str, cell: Callable[[dict, dict], str]) -> dict[str, list[str]]:
        return {
            tool.name: [
                cell(measured[key], measured) if key in (measured := figures[size][kind]) else "–"
                for size in sizes
            ]
            for key, tool in tools.items()
        }

    def clock(name: str, chosen: Callable, unit: float, form: str) -> Callable:
        def cell(mine: dict, all_: dict) -> str:
            if None in mine[name]:
                return "not shown"
            value = chosen(mine[name])
            peers = (all_.get(peer, {}).get(name) for peer in ("hugo", "pelican"))
            ratios = (f"{value / chosen(peer):.2f}" if peer and None not in peer else "–"
                      for peer in peers)  # fmt: skip
            return f"{value * unit:{form}} ({'; '.join(ratios)})"

        return cell

    ratios = "(ratio to Hugo; to plain Pelican)"
    for kind in kinds:
        words = KINDS[kind]
        if kind == "preview":
            start = clock("start", min, 1, ".2f")
            yield from table(f"{words}: s until it shows a page {ratios}", sizes, rows(kind, start))
            for what in EDITS:
                cell = clock(what, median, 1000, ".0f")
                title = f"{words}, {what} edited: ms until it is shown {ratios}"
                yield from table(title, sizes, rows(kind, cell))
        else:
            cell = clock("wall", min, 1, ".2f")
            yield from table(f"{words}: s {ratios}", sizes, rows(kind, cell))
        each = " for each edit" if kind == "preview" else ""
        cells = rows(kind, lambda mine, _: f"{min(mine['processor']):.2f}")
        yield from table(f"{words}: processor time{each}, s", sizes, cells)
        cells = rows(kind, lambda mine, _: f"{max(mine['memory']) / 2**20:.0f}")
        yield from table(f"{words}: peak memory, MiB", sizes, cells)


def machine() -> str:
    """Return what kind of machine this is."""
    models = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    model = models[0] if models else platform.machine()
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{os.cpu_count()} cores, {model}, {system}, Python {platform.python_version()}"


def main() -> int:
    """Install, measure, print the tables; return 1 where something failed."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    work = Path(tempfile.gettempdir()) / "pelican-papers-tools"
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[60, 1000, 5000, 10000])
    parser.add_argument("--runs", type=int, default=3, help="builds of each kind")
    parser.add_argument("--edits", type=int, default=5, help="edits of each kind in a preview")
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--folder", default=memory, help="where sites are built")
    parser.add_argument("--work", type=Path, default=work, help="where tools are installed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw figures, too")
    options = parser.parse_args()
    # Ended from outside, too, it leaves no server running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    tools, versions, absent = {}, {}, []
    for key in options.tools:
        tool = TOOLS[key](options.work.resolve() / key)
        try:
            tool.install()
            versions[tool.name] = tool.version()
            tools[key] = tool
        except Absent as error:
            absent.append(f"{tool.name} is left out: {error}")
            tell(absent[-1])
    comparison = Comparison(options, tools)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        for size in options.sizes:
            comparison.measure(size, Path(name))
    figures, failed = comparison.figures, comparison.failed
    day, kind = date.today().isoformat(), machine()
    names = ", ".join(f"{name} {number}" for name, number in versions.items())
    print(f"{day}. {kind}. {names}.", *absent, *(f"FAILED: {words}" for words in failed), sep="\n")
    print(f"Builds: least of {options.runs}; previews: median of {options.edits} edits.")
    print(*tables(figures, tools, options.kinds), sep="\n")
    if options.json:
        raw = {"date": day, "machine": kind, "versions": versions, "absent": absent}
        raw |= {"failed": failed, "figures": figures}
        options.json.write_text(json.dumps(raw, indent=1), encoding="utf-8")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
