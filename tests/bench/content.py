"""Content that is the same for every tool: half news, half papers, texts of 40 to 120 words."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

SITE, NAME = "https://ada.science.edu", "Ada Lovelace"
BIO = "I study how machines *reason*, and what it costs."
# An edit puts another word here: in a text, a title, a template or a stylesheet.
EDITED = "edited-first"
WORDS = (
    "we show that a model of language learns from few examples with rewards and without labels "
    "by sampling long chains which improves results over strong baselines on several benchmarks "
    "while the cost stays low because critics are small shared between prompts trained once then "
    "frozen careful ablations suggest most gains come data rather than tricks planning search "
    "memory attention tokens gradients noise limits proofs bounds theory practice robots vision"
).split()
NAMES = ["Ada Lovelace", "Jörg Müller", "Ana García", "Zihe Liu", "Freek van Ede", "J. B. Roe"]
VENUES = ["Journal of Reasoning and Learning", "Conference on Small Models", "Workshop on Cost"]
CODE = "\n```python\nfor step in range(10):\n    print(step)\n```\n"
STYLE = f"""body {{ max-width: 42rem; margin: auto; font: 1.1rem/1.5 serif; }}
header, footer {{ display: flex; gap: 1rem; }}
.{EDITED} {{ color: #345; }}
"""


@dataclass(frozen=True)
class Item:
    """A news item or a paper; `passage` holds words that its page must hold."""

    kind: str
    name: str
    title: str
    date: str
    text: str
    passage: str
    fields: dict[str, str] = field(default_factory=dict)


def items(count: int) -> list[Item]:
    """Return news and papers in turn, oldest first; the last two are those that are edited."""
    chance = random.Random(1)
    written = []
    for n in range(count):
        words = chance.choices(WORDS, k=chance.randint(40, 120))
        title = f"{' '.join(chance.choices(WORDS, k=5)).capitalize()} {n}"
        # Not the last two words, which typogrify ties together.
        passage = " ".join(words[-10:-2])
        words[3], words[9] = f"*{words[3]}*", f"**{words[9]}**"
        words[15] = f"[{words[15]}](https://example.org/{n})"
        words[22] = f"`{words[22]}`"
        last = f" This line is {EDITED}." if n == count - 2 else ""
        half = len(words) // 2
        first, second = " ".join(words[:half]), " ".join(words[half:])
        text = f"{first.capitalize()}.\n\nThen {second}.{last}\n{CODE if n % 10 < 2 else ''}"
        day = (date(2005, 1, 1) + timedelta(n // 2)).isoformat()
        if n % 2 == 0:
            written.append(Item("news", f"news-{n:05}", title, day, text, passage))
            continue
        title = f"{title} {EDITED}" if n == count - 1 else title
        fields = {
            "authors": ", ".join(chance.sample(NAMES, k=chance.randint(2, 5))),
            "venue": chance.choice(VENUES),
            "doi": f"10.1145/3000.{n}",
        }
        written.append(Item("papers", f"paper-{n:05}", title, day, text, passage, fields))
    return written


def lines(item: Item, form: str = "{}: {}") -> str:
    """Return the headers of an item, a line each."""
    headers = {"title": item.title, "date": item.date, **item.fields}
    return "".join(form.format(*header) + "\n" for header in headers.items())


def plain(item: Item) -> str:
    """Return an item as Pelican reads it."""
    return f"{lines(item)}\n{item.text}"


def yaml(item: Item) -> str:
    """Return an item with front matter in YAML, as most tools read it."""
    return f"---\n{lines(item)}---\n\n{item.text}"


def files(items: list[Item], written: Callable[[Item], str], folders: str = "content/{}") -> dict:
    """Return all items as files: path to text."""
    return {f"{folders.format(item.kind)}/{item.name}.md": written(item) for item in items}


def edit(path: Path, word: str) -> None:
    """Put another word where the file tells that it is edited."""
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"edited-\w+", f"edited-{word}", text), "utf-8")


# Small themes, with the same markup for every tool; what stands between @ is a tool's own.
BASE = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@title@</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">{NAME}</a>
<nav><a href="/papers/">Publications</a> <a href="/news/">News</a></nav></header>
<main>
@main@
</main>
<footer><p>© {NAME}, {EDITED}</p></footer>
</body>
</html>
"""
ITEM = """<article>
<h1>@title@</h1>
<p><time>@date@</time></p>
@if@
<p>@authors@</p>
<p>@venue@, <a href="https://doi.org/@doi@">DOI</a></p>
@end@
@text@
</article>
"""
LIST = """<ul>
@each@
<li><a href="@url@">@name@</a> <time>@day@</time></li>
@next@
</ul>
"""
ENTRY = f"""<entry><title>@name@</title><id>{SITE}@url@</id><link href="{SITE}@url@"/>
<updated>@day@T00:00:00Z</updated><content type="html">@whole@</content></entry>
"""
FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>{NAME}</title><id>{SITE}/</id>
<updated>2020-01-01T00:00:00Z</updated><author><name>{NAME}</name></author>
@each@
{ENTRY}@next@
</feed>
"""
FEED_LENGTH = 100


def fill(template: str, **own: str) -> str:
    """Return a template in a tool's own language."""
    return re.sub(r"@(\w+)@", lambda match: own[match[1]], template)
