"""A site of one tool and one size: it is built, edited, previewed, and looked at."""

import re
import shutil
from collections.abc import Callable
from functools import partial
from html import unescape
from pathlib import Path

from measure import Failed, Preview, free_port, once
from tools import Tool

from content import FEED_LENGTH, Item, edit, items

EDITS = ("news text", "paper's title", "template", "stylesheet")
_NAMES = {"news": re.compile(r"\bnews-\d{5}\b"), "papers": re.compile(r"\bpaper-\d{5}\b")}


class Site:
    """The content of one size for one tool, and what was measured of it."""

    def __init__(self, tool: Tool, folder: Path, size: int):
        self.tool, self.folder, self.items = tool, folder, items(size)
        self.output = folder / "output"
        for path, text in tool.files(self.items).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        tool.prepare(folder)
        self._edits = 0

    def edit(self, what: str) -> str:
        """Change a file, and return the new word that tells it."""
        self._edits += 1
        kind, item = ("papers", self.items[-1]) if what == EDITS[1] else ("news", self.items[-2])
        path = f"{self.tool.sources.format(kind)}/{item.name}.md"
        others = {"template": self.tool.template, "stylesheet": self.tool.style}
        edit(self.folder / others.get(what, path), f"word{self._edits}")
        return f"edited-word{self._edits}"

    def clean(self) -> None:
        """Remove the site and all that was kept to make it sooner."""
        for name in ("output", *self.tool.caches):
            for path in self.folder.glob(name):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def begin(self) -> dict:
        """Build from nothing, so that all is there that a tool keeps; nothing is measured."""
        self.clean()
        self.run("edit", once)
        return {}

    def run(self, kind: str, measure: Callable):
        """Build from nothing or after an edit, measured, and check what was made."""
        word = ""
        if kind == "build":
            self.clean()
        else:
            word = self.edit(EDITS[0])
        measured = measure(self.tool.build(self.folder, kind == "edit"), self.folder)
        self.check(word)
        return measured

    def check(self, word: str) -> None:
        """Raise Failed where pages are missing, or do not hold what they are to hold."""
        for kind, listed in (("news", "news"), ("papers", self.tool.papers)):
            mine = [item for item in self.items if item.kind == kind]
            names = {item.name for item in mine}
            made = {page.parent.name for page in self.output.glob(f"{kind}/*/index.html")}
            listed_names = set(_NAMES[kind].findall(self._read(f"{listed}/index.html")))
            newest = set(_NAMES[kind].findall(self._read("index.html")))
            for where, actual, expected in (
                ("pages", made, names),
                ("their list", listed_names, names),
                ("the home page", newest, {item.name for item in mine[-5:]}),
            ):
                if actual != expected:
                    raise Failed(f"{len(actual)} {kind} in {where}, not those {len(expected)}")
            for item in (mine[0], mine[len(mine) // 2], mine[-1]):
                words = self._words(item)
                if item.passage not in words or item.title.partition(" edited")[0] not in words:
                    raise Failed(f"{item.name} does not hold its words")
        if word not in self._words(self.items[-2]):
            raise Failed("the edit is not there")
        entries = len(re.findall(r"<(?:entry|item)>", self._read(self.tool.feed)))
        if entries != (expected := min(FEED_LENGTH, len(self.items) // 2)):
            raise Failed(f"{entries} entries in the feed, not {expected}")

    def _read(self, path: str) -> str:
        try:
            return (self.output / path).read_text("utf-8")
        except FileNotFoundError:
            raise Failed(f"{path} is not there") from None

    def _words(self, item: Item) -> str:
        html = self._read(f"{item.kind}/{item.name}/index.html")
        return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())

    def preview(self, edits: int) -> dict:
        """Start the tool's server, edit what it shows, and return what was measured."""
        self.clean()
        news, paper, other = self.items[-2], self.items[-1], self.items[0]
        port, page = free_port(), f"/news/{other.name}/"
        command = self.tool.serve(self.folder, port)
        with Preview(command, self.folder, port, page, other.passage) as preview:
            pages = f"/news/{news.name}/", f"/papers/{paper.name}/", page, preview.style
            addresses = dict(zip(EDITS, pages, strict=True))
            seen = {what: [] for what in EDITS}

            def rounds(count: int) -> None:
                for what in EDITS * count:
                    # What was not shown once is not waited for again.
                    if None not in seen[what]:
                        word = f"edited-word{self._edits + 1}"
                        change = partial(self.edit, what)
                        seen[what].append(preview.seen(change, addresses[what], word))

            before = preview.processor()
            rounds(edits)
            used = (preview.processor() - before) / sum(map(len, seen.values()))
            timed = {what: list(times) for what, times in seen.items()}
            with preview.memory() as peaks:
                rounds(1)
            return {"start": preview.start, "processor": used, "memory": max(peaks), **timed}
