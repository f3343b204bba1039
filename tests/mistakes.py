"""A table of mistakes: what each looks like in a site, and the messages that it causes.

tests/check/test_problems.py compares the check with it. Run as a program, this writes
docs/mistakes.md.
"""

import io
import json
import re
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conftest import HOME, LOCAL, NEWS, PAPER, ROOT, SETTINGS, write
from sample import picture

DOCUMENT = ROOT / "docs" / "mistakes.md"
_HEAD = """# Messages

Each row is a mistake, what was written, and all messages for it. A message begins with file and
line, and ends with what to write instead. `pelican-papers check` shows all messages of a site in
one run. A message that ends with `[notice]` is a hint. Any other is an error, and nothing is
published until it is corrected.

Search this page for a part of your message.

<!-- Made by `python tests/mistakes.py` from the table in that file. -->"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'
HTML = "<html><head><title>x</title></head><body>x</body></html>"
NO_TITLE = ": title: missing (write `Title: What it is called`)"
NO_DATE = "is not a valid date (write 2026, 2026-02 or 2026-02-14)"
# Correct content beside each mistake. Each file links to a host of its own.
GOOD = {
    "home.md": HOME,
    "papers/good.md": PAPER.replace("\n\n", "\nCode: https://good-paper.example/\n\n", 1),
    "news/good.md": NEWS + "\n[Read on](https://good-news.example/).\n",
}
GOOD_PLACES = {
    "https://good-paper.example/": [("content/papers/good.md", 4, "links")],
    "https://good-news.example/": [("content/news/good.md", 6, None)],
}


@dataclass(frozen=True, eq=False)
class Mistake:
    """A mistake: the files and settings that make it, and how the lines of its messages begin.

    A message that begins with a colon is about the first file; a ` [notice]` at its end is at the
    end of the line, too. `written` is the mistake itself, if the reported line does not show it.
    `alone`: it cannot be in one site with all others. `check_only`: no build reports it. `fixed` is
    the first file after `--fix`.
    """

    description: str
    files: dict[str, str | bytes | None]
    messages: tuple[str, ...]
    written: str | None = None
    settings: str = ""
    alone: bool = False
    check_only: bool = False
    fixed: str | None = None

    @property
    def file(self) -> str:
        """The first file, or that of the settings."""
        return f"content/{next(iter(self.files))}" if self.files else "pelicanconf.py"

    @property
    def starts(self) -> tuple[str, ...]:
        """How the lines of the messages begin, with their files."""
        return tuple(
            f"{self.file}{message}" if message.startswith(":") else message
            for message in self.messages
        )

    @property
    def is_error(self) -> bool:
        """Tell whether it ends a build."""
        return not all(message.endswith("[notice]") for message in self.messages)


def paper(*headers: str, text: str = "") -> str:
    """Return a paper that is right but for the given headers in line 3, or a text in line 6."""
    lines = "".join(f"{header}\n" for header in headers)
    return PAPER.replace("Date:", f"{lines}Date:") + text


def by(authors: str) -> str:
    """Return a paper that is right but for its authors."""
    return PAPER.replace("Ada Lovelace, Alan Turing", authors)


def on(date: str, *headers: str) -> str:
    """Return a paper that is right but for its date."""
    return paper(*headers).replace("Date: 2026", f"Date: {date}")


def block(*lines: str) -> str:
    """Return a paper whose header block is YAML, with the given lines from line 4 on."""
    return "\n".join(("---", "title: T", "authors: [Ada Lovelace]", *lines, "---", "", "Text."))


def image(file: str, *more: str) -> str:
    """Return a paper with a picture."""
    return paper(f"Image: {file}", "Image_alt: Three boxes in a row", *more)


def entry(kind: str, key: str, *fields: str) -> str:
    """Return an entry of a .bib that is right but for the given fields, a line each."""
    names = {field.partition(" =")[0] for field in fields}
    usual = {"title": "T", "author": "A B", "year": "2026", "journal": "J"}
    needed = usual if kind == "article" else dict(list(usual.items())[:3])
    parts = [f"{name} = {{{value}}}" for name, value in needed.items() if name not in names]
    return f"@{kind}{{{key},\n" + ",\n".join((*parts, *fields)) + "\n}\n"


def page_in_html(**metas: str) -> str:
    """Return a page in HTML with metadata."""
    metadata = "".join(f'<meta name="{name}" content="{value}">' for name, value in metas.items())
    return HTML.replace("</head>", f"{metadata}</head>")


def drawing(inside: str = "", attributes: str = 'viewBox="0 0 30 20"') -> str:
    """Return an SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'


def vast() -> bytes:
    """Return a small PNG file that says it is 20,000 pixels wide and high."""
    chunk = b"IHDR" + struct.pack(">2I5B", 20_000, 20_000, 8, 2, 0, 0, 0)
    parts = (chunk, b"IDAT" + zlib.compress(b""), b"IEND")
    chunks = (struct.pack(">I", len(p) - 4) + p + struct.pack(">I", zlib.crc32(p)) for p in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def wrong(
    description: str, files: dict[str, str | bytes | None], *messages: str, **options
) -> Mistake:
    """Return a row of the table."""
    return Mistake(description, files, messages, **options)


def notice(
    description: str, files: dict[str, str | bytes | None], *messages: str, **options
) -> Mistake:
    """Return a row whose messages are notices."""
    return wrong(description, files, *(f"{message} [notice]" for message in messages), **options)


HEADERS = [
    wrong(
        "Text without headers",
        {"papers/no-headers.md": "Just text.\n"},
        ':1: "Just text." is not a header (write `Key: value`, or leave a blank line between '
        "headers",
        NO_TITLE,
        ": authors: missing",
        ": date: missing",
    ),
    wrong(
        "An empty file",
        {"papers/empty.md": ""},
        NO_TITLE,
        ": authors: missing (write `Authors: Ada Lovelace; Alan Turing`)",
        ": date: missing (write `Date: 2026-02`)",
        written="",
    ),
    wrong(
        "A paper without a title",
        {"papers/no-title.md": "Authors: A\nDate: 2026\n\nText.\n"},
        NO_TITLE,
        written="Authors: A",
    ),
    wrong(
        "News without a title",
        {"news/no-title.md": "Date: 2026\n\nText.\n"},
        NO_TITLE,
        written="Date: 2026",
    ),
    wrong(
        "A page without a header",
        {"pages/no-title.md": "\nText.\n"},
        ':2: "Text." is not a header',
        NO_TITLE,
    ),
    wrong(
        "An unknown header",
        {"papers/strange.md": paper("Xyzzy: 1")},
        ":3: xyzzy: unknown header (see https://github.com/pelican-papers/",
    ),
    wrong(
        "A misspelt header in a paper",
        {"papers/key.md": paper("Venu: ICLR")},
        ":3: venu: unknown header (did you mean `venue`?)",
    ),
    wrong(
        "A misspelt header in news",
        {"news/key.md": "Sumary: x\n" + NEWS},
        ":1: sumary: unknown header (did you mean `summary`?)",
    ),
    wrong(
        "A header that news does not have",
        {"news/paper.md": "Paper: x\nSettings: x\n" + NEWS},
        ":1: paper: unknown header (did you mean `papers`?)",
        ":2: settings: unknown header (known: title, date, role, summary, papers, category,",
    ),
    notice(
        "Headers of the home page or of news, elsewhere",
        {
            "pages/role.md": "Title: T\nRole: Dean\nPapers: good\n\nX.\n",
            "news/role.md": "Role: Dean\n" + NEWS,
        },
        ":2: role: only works on the home page (delete it)",
        ":3: papers: is for news and posts only (write [@key] into the text to cite a paper)",
        "content/news/role.md:1: role: only works on the home page (delete it)",
    ),
    notice(
        "Image text without an image",
        {
            "papers/no-image.md": paper("Image_alt: Three boxes", "Image_caption: Of boxes"),
            "blog/no-image.md": "Image_alt: Three boxes\n" + NEWS,
        },
        ":3: image_alt: is shown only together with `Image:` (add `Image:`, or delete this)",
        ":4: image_caption: is shown only together with `Image:` (add `Image:`, or delete this)",
        "content/blog/no-image.md:1: image_alt: is shown only together with `Image:` (add `Image:`",
    ),
    notice(
        "Two abstracts",
        {"papers/abstracts.md": paper("Abstract: Another one.")},
        ":3: abstract: is not shown: the text below the header is the abstract (keep one)",
    ),
    wrong(
        "A header that Pelican reserves",
        {"papers/reserved.md": paper("Content: x")},
        ":3: content: unknown header",
    ),
    wrong(
        "A header given twice",
        {"papers/twice.md": paper("Title: B")},
        ":3: title: given twice, first in line 1 (keep one)",
    ),
    wrong(
        "One header under two names",
        {"papers/same.md": paper("Journal: A", "Venue: B")},
        ":4: journal: given as `journal` and `venue` (keep one)",
    ),
    notice(
        "A header without a value",
        {"papers/hollow.md": paper("Award:")},
        ":3: award: is empty (write a value, or delete the line)",
    ),
    wrong(
        "A header without a colon",
        {"papers/colon.md": paper("Venue ICLR")},
        ':3: "Venue ICLR" is not a header (write `Key: value`',
    ),
    wrong(
        "A header below the blank line",
        {"news/late.md": NEWS.replace("Some", "Status: draft\n\nSome")},
        ":4: `Status:` is read as text here (move it to the left margin, above the first blank",
    ),
    wrong(
        "An indented header, which continues the one above",
        {"papers/indented.md": paper("Note: With an appendix", "    Publisher: P")},
        ":4: `Publisher:` is read as text here (move it to the left margin, above the first",
    ),
    wrong(
        "An unknown status",
        {"papers/status.md": paper("Status: drafty")},
        ':3: status: "drafty" is not a valid status (write one of published, hidden, draft, skip)',
    ),
    wrong(
        "A slug that points to another folder",
        {"papers/slug.md": paper("Slug: a/../b")},
        ':3: slug: "a/../b" is not a valid slug (write letters, digits and hyphens)',
    ),
    wrong(
        "A slug of more than a hundred characters",
        {"pages/long.md": f"Title: T\nSlug: {'a' * 101}\n\nText.\n"},
        ':2: slug: "%s…" is not a valid slug (write letters, digits and hyphens)' % ("a" * 59),
    ),
    wrong(
        "A file name that cannot be turned into an address",
        {"papers/🎉.md": PAPER},
        ": slug: missing, and the file name cannot be turned into one (write `Slug: a-word`)",
    ),
    wrong(
        "A file name that is too long for an address",
        {f"pages/{'a' * 210}.md": "Title: T\n\nText.\n"},
        ": slug: is too long for a file name (write a shorter `Slug:`)",
        written=f"pages/{'a' * 20}….md",
    ),
    wrong(
        "A name that Windows reserves",
        {"extra/con.txt": "x", "extra/10:30.txt": "x", "extra/a./x.txt": "x"},
        ': "con.txt" is not a valid file name on Windows (rename it, and do not end the name',
        'content/extra/10:30.txt: "10:30.txt" is not a valid file name on Windows',
        'content/extra/a./x.txt: "a." is not a valid file name on Windows',
    ),
    wrong(
        "An unknown language",
        {"papers/lang.md": paper('Lang: "zh"')},
        ':3: lang: ""zh"" is not a valid language (write en, zh or pt-BR)',
    ),
    wrong(
        "A topic without letters",
        {"papers/topic.md": paper("Tags: Logic; !!!")},
        ':3: tags: "!!!" cannot be turned into an address (write letters or digits)',
    ),
    wrong(
        "Neither yes nor no",
        {"papers/selected.md": paper("Selected: maybe")},
        ':3: selected: "maybe" is neither yes nor no (write yes or no)',
    ),
    wrong(
        "A weight in words",
        {"papers/weight.md": paper("Weight: heavy")},
        ':3: weight: "heavy" is not a whole number (write 1 for the paper that comes first)',
    ),
    wrong(
        "A template that does not exist",
        {"news/template.md": "Template: nope\n" + NEWS},
        ':1: template: "nope" does not exist (delete the header)',
    ),
    wrong(
        "A template for other kinds of files",
        {"pages/template.md": "Title: T\nTemplate: paper\n\nX.\n"},
        ':2: template: "paper" is a template for other files (choose another)',
    ),
    wrong(
        "No home page",
        {"home.md": None, "pages/home.md": HOME},
        "content/home.md: missing (write `Title: ` and your name, then a blank line and",
        alone=True,
        written="pages/home.md",
    ),
    wrong(
        "A home page with an address of its own",
        {"home.md": "Url: hello/\nSave_as: hello/index.html\n" + HOME},
        ":1: url: is not allowed on the home page (delete the header)",
        ":2: save_as: is not allowed on the home page (delete the header)",
        alone=True,
    ),
    wrong(
        "A home page that is a draft",
        {"home.md": "Status: draft\n" + HOME},
        ":1: status: is not allowed on the home page (delete the header)",
        alone=True,
    ),
    wrong(
        "A misspelt header of a blog post",
        {"blog/serie.md": "Serie: x\n" + NEWS},
        ":1: serie: unknown header (did you mean `series`?)",
    ),
    wrong(
        "A figure of a blog post without a description",
        {"blog/figure.md": "Image: images/post.svg\n" + NEWS, "images/post.svg": SVG},
        ":1: image_alt: missing (",
    ),
    wrong(
        "A header of blog posts in news",
        {"news/series.md": "Series: x\n" + NEWS},
        ":1: series: unknown header (",
    ),
]

YAML = [
    wrong(
        "A colon within a value",
        {"papers/yaml.md": "---\ntitle: Tricks: a dive\n---\n\nX.\n"},
        ":2: is not valid YAML: mapping values are not allowed here (put values that "
        "contain a colon, a `#` or a",
    ),
    wrong(
        "A quote that is never closed",
        {"papers/yaml-quote.md": block('venue: "ICLR', "date: 2026")},
        ":4: is not valid YAML: found unexpected end of stream (close the quote)",
    ),
    wrong(
        "A tab",
        {"papers/yaml-tab.md": block("\tvenue: ICLR", "date: 2026")},
        ":4: is not valid YAML: found character '\\t' that cannot start any token (write spaces",
    ),
    wrong(
        "A header block that is never closed",
        {"papers/open-yaml.md": "---\ntitle: T\n"},
        ':1: the headers are never closed (write "---" below them)',
    ),
    wrong(
        "A key given twice",
        {"papers/yaml-twice.md": "---\ntitle: T\ntitle: U\nauthors: [A B]\ndate: 2026\n---\n"},
        ":3: title: given twice, first in line 2 (keep one)",
    ),
    wrong(
        "An alias",
        {"papers/alias.md": "---\ntitle: &a T\nauthors: [A B]\ndate: 2026\nvenue: *a\n---\n"},
        ":5: is not valid YAML: aliases are not supported (",
    ),
    notice(
        "A number sign, which starts a comment",
        {"papers/yaml-comment.md": block("venue: ICLR #2 track", "date: 2026")},
        ':4: "#2 track" is a comment in YAML and is ignored (if it is part of the value, '
        "put the whole value in quotes",
    ),
    wrong(
        "A list instead of keys",
        {"papers/yaml-list.md": "---\n- title: T\n---\n\nX.\n"},
        ":2: is not a header (write `key: value` lines)",
    ),
    wrong(
        "An author without a name",
        {"papers/yaml-item.md": block("editor:", "  - {role: chair, mail: x}", "date: 2026")},
        ":5: an item has none of the known keys (name, family and given; or label and url)",
    ),
    wrong(
        "Thousands of nested lists",
        {"papers/yaml-deep.md": block(f"tags: {'[' * 3000}", "date: 2026")},
        ": is nested too deeply (",
        written="tags: [[[[[[…",
    ),
    wrong(
        "A control character, written as an escape",
        {"papers/yaml-control.md": block(r'venue: "IC\x08LR"', "date: 2026")},
        ":4: contains the control character U+0008 (delete it)",
    ),
    wrong(
        "A misspelt key",
        {"papers/yaml-key.md": block("venu: ICLR", "date: 2026")},
        ":4: venu: unknown header (did you mean `venue`?)",
    ),
    notice(
        "A key without a value",
        {"papers/yaml-hollow.md": block("award:", "date: 2026")},
        ":4: award: is empty (write a value, or delete the line)",
    ),
]

DATES = [
    wrong(
        "A paper without a date",
        {"papers/no-date.md": "Title: T\nAuthors: A\n\nText.\n"},
        ": date: missing (write `Date: 2026-02`)",
        written="Title: T",
    ),
    wrong(
        "News without a date",
        {"news/no-date.md": "Title: T\n\nText.\n"},
        ": date: missing (write `Date: 2026-02`)",
        written="Title: T",
    ),
    wrong(
        "News in HTML without a date",
        {"news/undated.html": HTML},
        ": date: missing (write `Date: 2026-02`)",
        written="<title>x</title>",
    ),
    wrong(
        "A month that does not exist",
        {"papers/month.md": on("2026-13")},
        f':3: date: "2026-13" {NO_DATE}',
    ),
    wrong(
        "A day that does not exist",
        {"papers/day.md": on("2026-02-30")},
        f':3: date: "2026-02-30" {NO_DATE}',
    ),
    wrong(
        "An unknown month",
        {"papers/month-word.md": on("Febtober 2026")},
        f':3: date: "Febtober 2026" {NO_DATE}',
    ),
    wrong(
        "A day without a year",
        {"papers/no-year.md": on("14 February")},
        f':3: date: "14 February" {NO_DATE}',
    ),
    wrong(
        "A word instead of a date",
        {"news/date.md": NEWS.replace("2026-02", "yesterday")},
        f':2: date: "yesterday" {NO_DATE}',
    ),
    wrong(
        "An ambiguous date",
        {"papers/two-days.md": on("03/04/2026")},
        ':3: date: "03/04/2026" is not a valid date: it is ambiguous (write 2026-03-04 '
        "or 2026-04-03)",
    ),
    wrong(
        "A numeric date with the day first",
        {"papers/day-first.md": on("14/02/2026")},
        ':3: date: "14/02/2026" is not a valid date (write 2026-02-14)',
        fixed=on("2026-02-14"),
    ),
    wrong(
        "A date without hyphens",
        {"papers/figures.md": on("20260214")},
        ':3: date: "20260214" is not a valid date (write 2026-02-14)',
        fixed=on("2026-02-14"),
    ),
    wrong(
        "A month before the year",
        {"papers/month-first.md": on("02/2026")},
        ':3: date: "02/2026" is not a valid date (write 2026-02)',
        fixed=on("2026-02"),
    ),
    wrong(
        "A day with an ordinal ending",
        {"news/ending.md": NEWS.replace("2026-02", "14th February 2026")},
        ':2: date: "14th February 2026" is not a valid date (write 2026-02-14)',
        fixed=NEWS.replace("2026-02", "2026-02-14"),
    ),
    wrong(
        "A month that does not exist, in the date of a change",
        {"papers/modified.md": paper("Modified: 2026-14")},
        f':3: modified: "2026-14" {NO_DATE}',
    ),
    wrong(
        "A word instead of the date of a change",
        {"news/modified.md": "Modified: now\n" + NEWS},
        f':1: modified: "now" {NO_DATE}',
    ),
    wrong(
        "A paper hidden until a day that does not exist",
        {"papers/until.md": paper("Hidden_until: 2026-02-31")},
        f':3: hidden_until: "2026-02-31" {NO_DATE}',
    ),
    notice(
        "A paper dated far in the future",
        {"papers/future.md": on("2999")},
        ":3: date: 2999 is far from today (is that correct?)",
    ),
    notice(
        "A paper dated far in the past",
        {"papers/past.md": on("1026")},
        ":3: date: 1026 is far from today (is that correct?)",
    ),
    notice(
        "News dated in the future",
        {"news/future.md": NEWS.replace("2026-02", "2999-02")},
        ":2: date: keeps it off the site until 2999.02",
    ),
    notice(
        "A paper hidden until a day in the future",
        {"papers/hidden-until.md": paper("Hidden_until: 2999-01-31")},
        ":3: hidden_until: keeps it off the site until 2999.01.31",
    ),
    notice(
        "A year that differs from that of the venue",
        {"papers/far.md": on("2026", "Venue: Symposium on Engines 2019")},
        ":4: date: 2026 is far from 2019 in the venue (is that correct?)",
    ),
]

PAPERS = [
    wrong(
        "An unknown type",
        {"papers/type.md": paper("Type: novel")},
        ':3: type: "novel" is not a valid type (write article-journal, ',
    ),
    wrong(
        "An unknown stage",
        {"papers/stage.md": paper("Stage: soon")},
        ':3: stage: "soon" is not a valid stage (write preprint, submitted, accepted, published)',
    ),
    wrong(
        "A journal article without the journal",
        {"papers/place.md": paper("Type: article-journal")},
        ": venue: missing (write `Journal: …`, or another type)",
        written="Type: article-journal",
    ),
    wrong(
        "A venue without a year",
        {"papers/no-venue-year.md": "Title: T\nAuthors: A\nVenue: Engine Days\n\nText.\n"},
        ": date: missing (write `Date: 2026-02`)",
        written="Venue: Engine Days",
    ),
    notice(
        "A venue with two spellings",
        {
            "papers/spelt-b.md": paper("Venue: Journal of Analytical Engine"),
            "papers/spelt-a.md": paper("Venue: Journal of Analytical Engines"),
            "papers/spelt-c.md": paper("Venue: Journal of Analytical Engines"),
        },
        ':3: venue: "Journal of Analytical Engine" is spelled "Journal of Analytical '
        'Engines" in content/'
        "papers/spelt-a.md (use one spelling)",
    ),
    notice(
        'A past conference whose paper is still "to appear"',
        {"papers/over.md": on("2020", "Venue: Meeting on Looms 2020", "Stage: accepted")},
        ':4: stage: still "accepted", although Meeting on Looms was in 2020 (write `Stage:',
    ),
    notice(
        "A past conference whose paper is still a preprint",
        {"papers/over-note.md": on("2021", "Venue: Cards and Punches 2021", "Note: Preprint.")},
        ':4: note: still "preprint", although Cards and Punches was in 2021 (write `Stage:',
    ),
    wrong(
        "A title that contains markup",
        {"papers/title.md": PAPER.replace("A Paper", "<b>A Paper</b>")},
        ':1: title: "<b>A Paper</b>" contains markup (write plain text)',
    ),
    wrong(
        "A citation key with a space",
        {"papers/own-key.md": paper("Key: my key")},
        ':3: key: "my key" is not a valid key (write letters, digits, - and _)',
    ),
    wrong(
        "A citation key that another paper has",
        {"papers/same-key.md": paper("Key: one-key"), "papers/one-key.md": PAPER},
        ":3: key: is already used in content/papers/one-key.md (write another `Key: …`)",
    ),
    wrong(
        "A licence that is neither a name nor an address",
        {"papers/license.md": paper("License: ftp://example.org/by")},
        ":3: license: is not an address or a name (write https://…)",
    ),
    wrong(
        "BibTeX that cannot be read",
        {"papers/bibtex.md": paper("Bibtex: @misc{x, title = {")},
        ":3: bibtex: is not a BibTeX entry: cannot be read (look for a missing key, brace, "
        "quote or",
    ),
    wrong(
        "Text around the BibTeX entry",
        {"papers/bibtex-words.md": paper("Bibtex: As in @misc{x, title = {T}}")},
        ":3: bibtex: is not a BibTeX entry: write one entry and nothing else",
    ),
    wrong(
        "An invalid arXiv id",
        {"papers/arxiv.md": paper("Arxiv: none")},
        ':3: arxiv: "none" is not a valid arxiv id (write it as 2508.08221)',
    ),
    wrong(
        "An invalid DOI",
        {"papers/doi.md": paper("Doi: 11.5/x")},
        ':3: doi: "11.5/x" is not a valid doi id (write it as 10.1000/182)',
    ),
    wrong(
        "An invalid OpenReview id",
        {"papers/openreview.md": paper("Openreview: abc")},
        ':3: openreview: "abc" is not a valid openreview id (write it as vtz8ZWRz67)',
    ),
    wrong(
        "An invalid ACL Anthology id",
        {"papers/acl.md": paper("Acl: acl-long")},
        ':3: acl: "acl-long" is not a valid acl id (write it as 2024.acl-long.1)',
    ),
    wrong(
        "An invalid PubMed id",
        {"papers/pmid.md": paper("Pmid: PMC12")},
        ':3: pmid: "PMC12" is not a valid pmid id (write it as 25246403)',
    ),
    wrong(
        "An invalid HAL id",
        {"papers/hal.md": paper("Hal: 04458185")},
        ':3: hal: "04458185" is not a valid hal id (write it as hal-04458185)',
    ),
    wrong(
        "An invalid DBLP id",
        {"papers/dblp.md": paper("Dblp: Vaswani")},
        ':3: dblp: "Vaswani" is not a valid dblp id (write it as conf/nips/VaswaniSPUJGKP17)',
    ),
    wrong(
        "An invalid Semantic Scholar id",
        {"papers/semantic.md": paper("Semanticscholar: 12")},
        ':3: semanticscholar: "12" is not a valid semanticscholar id (write it as '
        "CorpusID:13756489)",
    ),
    wrong(
        "An invalid OpenAlex id",
        {"papers/openalex.md": paper("Openalex: 2741809807")},
        ':3: openalex: "2741809807" is not a valid openalex id (write it as W2741809807)',
    ),
    notice(
        "Two papers with the same id",
        {
            "papers/id-b.md": paper("Arxiv: 2401.00001"),
            "papers/id-a.md": paper("Arxiv: 2401.00001"),
        },
        ":3: arxiv: is already used in content/papers/id-a.md (keep one of the two, or "
        "correct the id)",
    ),
    notice(
        "An address instead of an id",
        {"papers/id-address.md": paper("Arxiv: https://arxiv.org/abs/2401.00002")},
        ":3: arxiv: an id is enough (write 2401.00002)",
        check_only=True,
        fixed=paper("Arxiv: 2401.00002"),
    ),
    wrong(
        "A citation of an unknown paper",
        {"news/cites.md": NEWS + "As in [@nobody-1843].\n"},
        ":5: [@nobody-1843] is not a paper of the site or of references.bib",
        written="[@nobody-1843]",
    ),
    wrong(
        "News about an unknown paper",
        {"news/papers.md": "Papers: god\n" + NEWS},
        ':1: papers: "god" is not a paper of the site (did you mean `good`?)',
    ),
]

AUTHORS = [
    wrong(
        "A paper without authors",
        {"papers/no-authors.md": "Title: T\nDate: 2026\n\nText.\n"},
        ": authors: missing (write `Authors: Ada Lovelace; Alan Turing`)",
        written="Title: T",
    ),
    wrong(
        "Separators without authors",
        {"papers/commas.md": by(", ;")},
        ":2: authors: contains no name (write `Authors: Ada Lovelace; Alan Turing`)",
    ),
    wrong(
        "Commas both inside names and between them",
        {"papers/halves.md": by("Lovelace, A., Turing, A.")},
        ':2: authors: "Lovelace" may be half of a name (separate authors by `;`)',
    ),
    wrong(
        "A name of four parts",
        {"papers/names.md": by("A, B, C, D; E F")},
        ':2: authors: "A, B, C, D" is not a name (separate authors by `;`, in a .bib by `and`)',
    ),
    notice(
        "An affiliation after a name",
        {"papers/affiliation.md": by("Ann Stone (MIT), Bob Rock")},
        ':2: authors: "(MIT)" is not a name and is ignored (delete it)',
    ),
    notice(
        "Somebody in brackets after the authors",
        {"papers/with.md": by("Ada Lovelace (with Bo Sample)")},
        ':2: authors: "(with Bo Sample)" is not a name and is ignored (write `; Bo Sample` if this',
    ),
    notice(
        "The number of an affiliation after a name",
        {"papers/number.md": by("Ann Stone¹, Bob Rock")},
        ':2: authors: "¹" is not a name and is ignored (list the `Affiliations:` whose number it',
    ),
    wrong(
        "A number without an affiliation",
        {"papers/three.md": by("Ann Stone¹; Bob Rock²,³\nAffiliations: MIT; Tate")},
        ':2: authors: "Bob Rock" has the number 3, but the last affiliation is 2 (write its',
    ),
    notice(
        "An affiliation of nobody",
        {"papers/nobody.md": by("Ann Stone¹; Bob Rock¹\nAffiliations: MIT; Tate")},
        ':3: affiliations: no author has the number of "Tate" (write `Ann Stone^2`, or delete it)',
    ),
    wrong(
        "A layout that does not exist",
        {"papers/layout.md": paper("Layout: nerfies")},
        ':3: layout: "nerfies" is not a valid layout (write project)',
    ),
    notice(
        "An empty name in a header",
        {"papers/empty-name.md": by("Ann Stone and and Bob Rock")},
        ":2: authors: an empty name is ignored (delete it)",
    ),
    wrong(
        "Separators without editors",
        {"papers/editors.md": paper("Editor: ;")},
        ":3: editor: contains no name (write `Editor: Ada Lovelace; Alan Turing`)",
    ),
    notice(
        "Your name in a spelling that OWNER does not list",
        {"papers/you.md": by("A. Lovelace; Alan Turing")},
        ':2: authors: "A. Lovelace" may be you (if so, add this spelling to OWNER)',
    ),
    notice(
        "A sample of a new site",
        {"papers/sample.md": paper("Sample: yes")},
        ":3: is still a sample (replace or delete it; in a file of your own, delete `Sample: yes`)",
        check_only=True,
    ),
    notice(
        "Your name, misspelt",
        {"papers/you-misspelt.md": by("Ada Lovelance; Alan Turing")},
        ':2: authors: "Ada Lovelance" may be you (if so, add this spelling to OWNER)',
    ),
    notice(
        "An owner who is not an author of any paper",
        {},
        'pelicanconf.py:1: OWNER: "Grace Hopper" is not an author of any paper (write '
        "the name as it appears in papers",
        settings='OWNER = ["Grace Hopper"]\n',
        alone=True,
    ),
    wrong(
        "people.yml: unknown keys and invalid values",
        {
            "people.yml": "Ada Lovelace:\n  address: nowhere\n  orcid: 12\n  mail: x\n"
            "Alan Turing: [x]\n",
        },
        ": Ada Lovelace: `mail` is unknown (known: aliases, address, orcid)",
        ": Ada Lovelace: `address` is not a web address (write https://…)",
        ": Ada Lovelace: `orcid` is not an ORCID iD (write 0000-0002-1825-0097)",
        ": Alan Turing: is empty (write",
        written="address: nowhere",
    ),
    wrong(
        "people.yml: aliases that are not a list",
        {"people.yml": "Ada Lovelace:\n  aliases: {a: b}\n"},
        ": Ada Lovelace: `aliases` is not a list of names (write `[A. Lovelace, 洛芙莱斯]`)",
        alone=True,
        written="aliases: {a: b}",
    ),
    wrong(
        "people.yml: invalid YAML",
        {"people.yml": "Ada Lovelace:\n  aliases: [A\n"},
        ":3: is not valid YAML (write `Ada Lovelace:` and below it, indented, `aliases: [A. "
        "Lovelace]`)",
        alone=True,
        written="aliases: [A",
    ),
    wrong(
        "people.yml: a list",
        {"people.yml": "- Ada Lovelace\n"},
        ": is not a list of people (write `Ada Lovelace:` and below it, indented, `aliases: ",
        alone=True,
        written="- Ada Lovelace",
    ),
    wrong(
        "people.yml: a control character",
        {"people.yml": 'Ada Lovelace:\n  aliases: ["A\\x07"]\n'},
        ":2: contains a control character (delete it)",
        alone=True,
    ),
    wrong(
        "people.yml: another encoding",
        {"people.yml": "Zoë:\n  aliases: [Z]\n".encode("cp1252")},
        ":1: is not UTF-8 (save the file as UTF-8)",
        alone=True,
        written="Zo\\xeb:",
    ),
]

BIBTEX = [
    notice(
        "A stage in place of the year",
        {
            "papers/press.bib": entry(
                "misc", "b-press", "year = {in press}", "urldate = {2025-03-04}"
            )
        },
        ":4: b-press: year: the date was taken from `urldate`, 2025-03",
    ),
    wrong(
        "A file with many mistakes, which are all reported",
        {
            "papers/all.bib": """@article{b-empty}
@article{b-none, title = {T}, author = {A B}, year = 2026, jornal = {J}}
@inproceedings{b-bare, title = {T}}
@artcle{b-typo, title = {T}, author = {A B}, year = 2026, journal = {J}}
@article{b-double, title = {T}, author = {A B}, year = 2026,
  title = {U}, journal = {J}}
@misc{two words, title = {T}, author = {A B}, year = 2026}
@misc{B-DOUBLE, title = {T}, author = {A B}, year = 2026}
@misc{b-ids, title = {T}, author = {A B}, year = {soon}, doi = {b-none}, arxiv = {12.3},
  code = {javascript:alert(1)}, website = {data:text/html,x}}
@misc{b-markup, title = {<script>alert(1)</script>}, author = {A B}, year = 2026}
@misc{b-open, title = {T, author = {A B}, year = 2026
@misc{b-after, title = {T}, author = {A B}, year = 2026}
"""
        },
        ":1: b-empty: is empty (write `title = {…}` and the other fields into it)",
        ":2: b-none: jornal: is not a known field (did you mean `journal`?) [notice]",
        ":2: b-none: venue: missing (write `journal = {…}`, or another type)",
        ":3: b-bare: authors: missing (write `author = {…}`)",
        ":3: b-bare: date: missing (write `date = {…}`)",
        ":3: b-bare: venue: missing (write `booktitle = {…}`, or another type)",
        ":4: b-typo: `@artcle` is not an entry type (did you mean `@article`?)",
        ":6: b-double: title: given twice, first in line 5 (keep one)",
        ':7: two words: "two words" is not a valid citation key (write `twowords`)',
        ":8: B-DOUBLE: already exists in line 5 (keep one, or rename its key)",
        ':9: b-ids: year: "soon" is not a valid date (write 2026, 2026-02 or 2026-02-14)',
        ':9: b-ids: doi: "b-none" is not a valid doi id (write it as 10.1000/182)',
        ':9: b-ids: arxiv: "12.3" is not a valid arxiv id (write it as 2508.08221)',
        ':10: b-ids: code: "javascript:alert(1)" is not a web address (write https://…)',
        ':10: b-ids: website: "data:text/html,x" is not a web address (write https://…)',
        ':11: b-markup: title: "<script>alert(1)</script>" contains markup (write plain text)',
        ":12: b-open: cannot be read (look for a missing key, brace, quote or comma)",
    ),
    wrong(
        "The markers of a merge conflict",
        {"papers/conflict.bib": "<<<<<<< HEAD\n=======\n>>>>>>> branch\n"},
        ":1: an unresolved merge conflict (keep one side and delete the marker lines)",
        ":2: an unresolved merge conflict",
        ":3: an unresolved merge conflict",
    ),
    wrong(
        "The same key in two files",
        {
            "papers/zebra.bib": "@misc{B-Twin, title = {T}, author = {A B}, year = 2026}",
            "papers/ape.bib": "@misc{b-twin, title = {T}, author = {A B}, year = 2026}",
        },
        ":1: B-Twin: already exists in content/papers/ape.bib (keep one, or rename its key)",
    ),
    wrong(
        "A Markdown file for an entry of a .bib that does not exist",
        {
            "papers/kim2020temprature.md": "Selected: yes\n",
            "papers/lee2021.md": "---\nselected: yes\ntags: [a]\n---\n\nAn abstract.\n",
            "papers/own.bib": "@misc{kim2020temperature, title = {Of Temperature},\n"
            "  author = {A B}, year = 2020}\n",
        },
        ": there is no .bib entry `kim2020temprature` (did you mean `kim2020temperature`?)",
        "content/papers/lee2021.md: there is no .bib entry `lee2021` (write its `Title:`, `Auth",
    ),
    wrong(
        "A .bib outside the papers folder",
        {"pages/all.bib": "@misc{b}"},
        ": is not read (move it to papers/)",
    ),
    wrong(
        "An entry without @",
        {"papers/stray.bib": "article{b-stray, title = {T}}\n"},
        ':1: "article{" does not start an entry (write `@article{key,`)',
    ),
    wrong(
        "A field without a comma after it",
        {
            "papers/run-on.bib": "@misc{b-run-on, title = {T}, author = {A B}\n  year = {2026},\n"
            "  note = {N}}\n"
        },
        ":1: b-run-on: author: is not followed by a comma (add one)",
        ":1: b-run-on: date: missing (write `date = {…}`)",
    ),
    wrong(
        "An invalid field name",
        {"papers/field.bib": entry("misc", "b-field", "a title = {U}")},
        ':5: b-field: "a title" is not a valid field name (',
    ),
    notice(
        "A field commented out as in TeX",
        {"papers/comment.bib": entry("misc", "b-comment", "%note = {N}")},
        ":5: b-comment: %note: is ignored (BibTeX has no comments inside an entry: delete it)",
    ),
    notice(
        "An entry after a percent sign",
        {"papers/percent.bib": "% @misc{b-percent, title = {T}, author = {A B}, year = 2026}\n"},
        ":1: b-percent: is commented out with % and is ignored (delete it, or only the %)",
    ),
    notice(
        "A field given twice, with the same value",
        {"papers/same.bib": entry("misc", "b-same", "note = {N}", "note = {N}")},
        ":6: b-same: note: given twice, first in line 5 (keep one)",
    ),
    notice(
        "A cross-reference to a missing entry",
        {"papers/crossref.bib": entry("misc", "b-crossref", "crossref = {b-nowhere}")},
        ':5: b-crossref: crossref: "b-nowhere" is not an entry of this file (add the entry, or '
        "delete "
        "the field)",
    ),
    notice(
        "Proceedings that other entries refer to",
        {
            "papers/parent.bib": "@inproceedings{b-child, title = {T}, author = {A B},\n"
            "  crossref = {b-parent}}\n"
            "@proceedings{b-parent, title = {P}, year = 2026}\n"
        },
        ":3: b-parent: has no page because other entries refer to it",
    ),
    notice(
        "An unknown month",
        {"papers/month.bib": entry("misc", "b-month", "month = {Smarch}")},
        ':5: b-month: month: "Smarch" is not a valid month (write `month = jan`)',
    ),
    notice(
        "TeX in a .bib that means nothing in a web page",
        {"papers/macro.bib": entry("misc", "b-macro", r"note = {As \cite{Rock} says}")},
        r':5: b-macro: note: "\cite" is unknown TeX and is shown as it is (write it '
        "in plain words)",
    ),
    notice(
        "A private note, which biblatex calls an annotation",
        {"papers/annotation.bib": entry("misc", "b-annotation", "annotation = {weak}")},
        ":5: b-annotation: annotation: is not shown because no author has a mark (if it explains "
        "marks, write authors as `Ann Stone*`)",
    ),
    notice(
        "Two months in one field",
        {"papers/months.bib": entry("misc", "b-months", "month = {June--July}")},
        ':5: b-months: month: "June--July" is read as 2026-06',
    ),
    notice(
        "A name that no `@string` defines",
        {"papers/string.bib": entry("misc", "b-string", "publisher = nopress")},
        ':5: b-string: publisher: "nopress" is not a known @string (write `@string{nopress = '
        '"…"}`, or the '
        "value in braces)",
    ),
    notice(
        "An @xdata that does not exist",
        {"papers/xdata.bib": entry("misc", "b-xdata", "xdata = {b-no}")},
        ':5: b-xdata: xdata: "b-no" is not a known @xdata (correct the key)',
    ),
    notice(
        "A field that is not used",
        {"papers/unread.bib": entry("misc", "b-unread", "shelf = {4}")},
        ": these fields are not used: shelf (write what readers need into `note`)",
        written="shelf = {4}",
    ),
    notice(
        "A day that the month does not have",
        {"papers/day.bib": entry("misc", "b-day", "month = feb", "day = 30")},
        ':6: b-day: day: "30" is not a day of that month (write 14)',
    ),
    notice(
        "Other words in the year",
        {"papers/year.bib": entry("misc", "b-year", "year = {in 2025, perhaps}")},
        ':4: b-year: year: "in 2025, perhaps" is read as 2025',
    ),
    notice(
        "Semicolons between authors",
        {"papers/semicolons.bib": entry("misc", "b-semicolons", "author = {A B; C D}")},
        ":4: b-semicolons: author: names are split at semicolons (write `and` between",
    ),
    notice(
        "Commas between authors",
        {
            "papers/commas.bib": entry(
                "misc", "b-commas", "author = {Ada Bo, Cy Du, Eve Fo, Gil Ho}"
            )
        },
        ":4: b-commas: author: names are split at commas (write `and` between names)",
    ),
    notice(
        "Authors with initials, separated by commas",
        {"papers/initials.bib": entry("misc", "b-initials", "author = {Bo, A., Du, C.}")},
        ":4: b-initials: author: names are split at commas (write `and` between names)",
    ),
    notice(
        "A range of dates in a .bib",
        {"papers/dates.bib": entry("misc", "b-dates", "date = {2026-06/2026-07}")},
        ':5: b-dates: date: "2026-06/2026-07" is read as 2026-06',
    ),
    notice(
        "A footnote on an author in a .bib",
        {"papers/thanks.bib": entry("misc", "b-thanks", r"author = {Ada Bo\thanks{MIT}}")},
        ':4: b-thanks: author: "MIT" is not a name and is ignored (delete it)',
    ),
    notice(
        "The sign & between authors",
        {"papers/ampersand.bib": entry("misc", "b-ampersand", "author = {Ada Bo & Cy Du}")},
        ":4: b-ampersand: author: names are split at & (write `and` between",
    ),
    notice(
        "An empty name in a .bib",
        {"papers/empty-name.bib": entry("misc", "b-empty-name", "author = {A B and and C D}")},
        ":4: b-empty-name: author: an empty name is ignored (write `and` once)",
    ),
    notice(
        "An affiliation after a name in a .bib",
        {"papers/affiliation.bib": entry("misc", "b-affiliation", "author = {A B (MIT)}")},
        ':4: b-affiliation: author: "(MIT)" is not a name and is ignored (delete it)',
    ),
    notice(
        "A name annotation that is not supported",
        {"papers/an.bib": entry("misc", "b-an", "author+an = {1=student}")},
        ':5: b-an: author+an: "1=student" is not shown (write `1=corresponding` or',
    ),
    notice(
        "A comma at the end of a name",
        {"papers/comma.bib": entry("misc", "b-comma", "author = {A B, and C D}")},
        ':4: b-comma: author: "A B," ends with a comma (delete it)',
    ),
    notice(
        "A misspelt field",
        {"papers/misspelt.bib": entry("misc", "b-misspelt", "abstrct = {Words.}")},
        ":5: b-misspelt: abstrct: is not a known field (did you mean `abstract`?)",
    ),
    wrong(
        "An unknown entry type",
        {"papers/xyzzy.bib": entry("xyzzy", "b-xyzzy")},
        ":1: b-xyzzy: `@xyzzy` is not an entry type (write `@misc`)",
    ),
    notice(
        "A biblatex key for a type that biblatex does not have",
        {"papers/type.bib": entry("misc", "b-type", "type = {dipthesis}")},
        ':5: b-type: type: "dipthesis" is not a biblatex type and is shown as it is (write '
        "the type in words)",
    ),
    notice(
        "A type that the entry type contradicts",
        {"papers/poster.bib": entry("article", "b-poster", "type = {Poster}")},
        ':6: b-poster: type: "Poster" is not shown in an @article (write it into `note`)',
    ),
    notice(
        "An unknown stage in a .bib",
        {"papers/pubstate.bib": entry("misc", "b-state", "pubstate = {In revision}")},
        ':5: b-state: pubstate: "In revision" is not a valid stage (write preprint, submitted, '
        "accepted, "
        "published)",
    ),
    notice(
        "An eprint that is not an id",
        {"papers/eprint.bib": entry("misc", "b-eprint", "eprint = {12345}")},
        ':5: b-eprint: eprint: "12345" is not a valid arxiv id (write it as 2508.08221, or write '
        "its address into `url`)",
    ),
    notice(
        "Two arXiv ids in one entry",
        {
            "papers/eprints.bib": entry(
                "misc", "b-eprints", "arxiv = {2409.00002}", "eprint = {2409.00003}"
            )
        },
        ":6: b-eprints: eprint: differs from `arxiv` (keep one)",
    ),
    notice(
        "An unknown language",
        {"papers/lang.bib": entry("misc", "b-lang", "language = {Old Norse}")},
        ':5: b-lang: language: "Old Norse" is not a valid language (write en, zh or pt-BR)',
    ),
    notice(
        "An image that does not exist",
        {"papers/preview.bib": entry("misc", "b-preview", "preview = {none.png}")},
        ':5: b-preview: preview: "none.png" does not exist (add the file, or write its path',
    ),
    notice(
        "An image without alternative text",
        {
            "papers/silent.bib": entry("misc", "b-silent", "preview = {silent.svg}"),
            "papers/silent.svg": SVG,
        },
        ":5: b-silent: image_alt: missing (describe the image in one sentence)",
    ),
    notice(
        "An address without https://",
        {"papers/bare.bib": entry("misc", "b-bare-address", "code = {github.com/ada/engine}")},
        ':5: b-bare-address: code: "github.com/ada/engine" is read as',
    ),
    notice(
        "A file that does not exist",
        {"papers/pdf.bib": entry("misc", "b-pdf", "pdf = {gone.pdf}")},
        ':5: b-pdf: pdf: "gone.pdf" is not an address or a file (write https://…, or the path of a',
    ),
    notice(
        "Another scheme in an address",
        {"papers/ftp.bib": entry("misc", "b-ftp", "code = {ftp://example.org/code}")},
        ':5: b-ftp: code: "ftp://example.org/code" is not a web address (write https://…)',
    ),
    notice(
        "An address in place of an id of another kind",
        {"papers/doi.bib": entry("misc", "b-doi", "doi = {https://example.org/x}")},
        ':5: b-doi: doi: "https://example.org/x" is not a valid doi id (write it as 10.1000/182)',
    ),
    notice(
        "An entry that its status hides",
        {"papers/status.bib": entry("misc", "b-status", "status = {draft}")},
        ":5: b-status: status: keeps it off the site (delete `status` to publish it)",
    ),
    wrong(
        "A key without letters",
        {"papers/signs.bib": entry("misc", "+++")},
        ":1: +++: cannot be turned into an address (write a key with letters)",
    ),
    notice(
        "An invalid formula in an abstract",
        {"papers/abstract.bib": entry("misc", "b-abstract", r"abstract = {Of $\nope{x}$.}")},
        r':5: b-abstract: abstract: $\nope{x}$ cannot be shown: unknown command "\nope" (correct',
    ),
    notice(
        "UTF-16",
        {"papers/utf16.bib": entry("misc", "b-utf16").encode("utf-16")},
        ": is UTF-16 (save the file as UTF-8)",
        written="@misc{b-utf16,",
    ),
    notice(
        "Windows-1252",
        {"papers/cp1252.bib": entry("misc", "b-cp1252", "note = {Café}").encode("cp1252")},
        ":5: is not UTF-8 and is read as Windows-1252 (save the file as UTF-8)",
        written="note = {Caf\\xe9}",
    ),
    notice(
        "UTF-8 that was read as Windows-1252",
        {"papers/mojibake.bib": entry("misc", "b-mojibake", "note = {CafÃ©}")},
        ':5: "Ã©" is UTF-8 that was read as Windows-1252 (write "é")',
        fixed=entry("misc", "b-mojibake", "note = {Café}"),
    ),
    notice(
        "A control character",
        {"papers/control.bib": entry("misc", "b-control", "note = {A\x07 bell}")},
        ":5: contains the control character U+0007 (delete it)",
    ),
    wrong(
        "A cited work that lacks required fields",
        {
            "references.bib": "@book{b-cited, title = {T}, publisher = {P}}\n",
            "news/work.md": NEWS + "As in [@b-cited].\n",
        },
        ":1: b-cited: authors: missing (write `author = {…}`)",
        ":1: b-cited: date: missing (write `date = {…}`)",
    ),
]

MARKERS = [
    notice(
        "Unknown list markers",
        {"home.md": HOME + "\n[TALKS]\n\n[PUBLICATIONS]\n\n[Paper]\n"},
        ':14: "[TALKS]" is shown as text (the lists are [PAPERS], [NEWS], [BLOG])',
        ':16: "[PUBLICATIONS]" is shown as text (did you mean [PAPERS]? The lists are [PAPERS],',
        ':18: "[Paper]" is shown as text (did you mean [PAPERS]? The lists are [PAPERS], [NEWS],',
        alone=True,
    ),
    notice(
        "A list marker inside a line",
        {"home.md": HOME + "\nLately: [NEWS]\n"},
        ':14: "[NEWS]" is shown as text (put it on its own line, with a blank line above',
        alone=True,
    ),
    notice(
        "A list marker on another page",
        {"pages/marker.md": "Title: T\n\n[NEWS]\n\n[TALKS]\n"},
        ':3: "[NEWS]" is shown as text (only home.md has lists: move it there, or delete it)',
    ),
]

LINKS = [
    wrong(
        "A label without an address",
        {"papers/link.md": paper("Links: code |")},
        ':3: links: "code |" is not `label | address` (write `code | https://example.org`)',
    ),
    wrong(
        "An address without a label",
        {"papers/label.md": paper("Links: https://ada.example")},
        ':3: links: "https://ada.example" is not `label | address` '
        "(write `paper | https://ada.example`)",
    ),
    wrong(
        "A script instead of an address",
        {"papers/script.md": paper("Links: x | JavaScript:alert(1)")},
        ':3: links: "JavaScript:alert(1)" is not a web address (write https://…)',
    ),
    wrong(
        "An address without a host",
        {"papers/address.md": paper("Links: a | https:")},
        ':3: links: "https:" is not a web address (write https://…)',
    ),
    wrong(
        "Another scheme in a header",
        {"papers/ftp.md": paper("Code: ftp://example.org/code")},
        ':3: code: "ftp://example.org/code" is not a web address (write https://…)',
    ),
    wrong(
        "A file that does not exist, in a header",
        {"papers/nofile.md": paper("Links: a | https://example.org", "  pdf | p.pdf")},
        ':3: links: "p.pdf" is not an address or a file (write https://…, or the path of a file',
        written="pdf | p.pdf",
    ),
    wrong(
        "A content file instead of a published file",
        {"papers/source.md": paper("Links: source | papers/good.md")},
        ':3: links: "papers/good.md" cannot be published as a file (choose another)',
    ),
    wrong(
        "A file that is private",
        {
            "papers/private.md": paper("Links: pdf | .private/p.pdf"),
            "papers/.private/p.pdf": "%PDF",
        },
        ':3: links: ".private/p.pdf" is not an address or a file (write https://…, or the path '
        "of a",
    ),
    notice(
        "A label that is read as another label",
        {"papers/github.md": paper("Links: GitHub | https://github.com/ada/engine")},
        ':3: links: "GitHub" is read as "code" (write `code | https://github.com/ada/engine`)',
        check_only=True,
        fixed=paper("Links: code | https://github.com/ada/engine"),
    ),
    wrong(
        "A link to a content file that does not exist",
        {"news/dead.md": NEWS + "\n[x]({filename}goood.md)\n"},
        ':6: "{filename}goood.md" is not a file in content/ (did you mean '
        "{filename}/news/good.md?)",
    ),
    wrong(
        "A link to a content file with no similar name",
        {"news/dead-far.md": NEWS + "\n[x]({filename}/qqq/zzz.xyz)\n"},
        ':6: "{filename}/qqq/zzz.xyz" is not a file in content/ (add the file)',
    ),
    wrong(
        "A link to a section that does not exist, in another file",
        {
            "news/part.md": NEWS + "\n[x]({filename}../pages/parts.md#methd)\n",
            "pages/parts.md": "Title: T\n\n## Method\n\nWords.\n",
        },
        ':6: "{filename}../pages/parts.md#methd" does not match an id in '
        "content/pages/parts.md (did",
    ),
    wrong(
        "A link to a section that does not exist, in the same file",
        {"pages/part.md": "Title: T\n\n[x](#gone)\n\n## Words\n"},
        ':3: "#gone" does not match an id in content/pages/part.md (each heading has one)',
    ),
    wrong(
        "A link to a file that does not exist",
        {"news/no-file.md": NEWS + "[x]({static}/files/gone.pdf)\n"},
        ':5: "files/gone.pdf" is not a file in content/ (add it)',
    ),
    wrong(
        "An image that does not exist",
        {"news/gone.md": NEWS + "![x]({static}gone.png)\n"},
        ':5: "news/gone.png" is not a file in content/ (add it)',
    ),
    wrong(
        "A file outside content/, and a hidden file",
        {
            "news/attach.md": NEWS + "[x]({attach}../../secret.png) [y]({static}/.env)\n",
            ".env": "SECRET",
        },
        ':5: "../secret.png" is not a file in content/ (add it)',
        ':5: ".env" is not a file in content/ (add it)',
        written="[x]({attach}../../secret.png)",
    ),
    wrong(
        "A content file instead of a published file, in a text",
        {
            "news/raw.md": NEWS + "[x]({static}skipped.md)\n",
            "news/skipped.md": "Title: S\nStatus: skip\n\nText.\n",
        },
        ':5: "news/skipped.md" cannot be published as a file (choose another)',
    ),
    wrong(
        "Plain paths to files, which would be dead links",
        {
            "news/plain.md": NEWS + "![Two boxes](../images/ok.svg) [y](good.md)\n",
            "images/ok.svg": SVG,
        },
        ':5: "../images/ok.svg" is not a file of this site (write `{static}../images/ok.svg`)',
        ':5: "good.md" is not a file of this site (write `{filename}good.md`)',
    ),
    wrong(
        "A path to a page that does not exist",
        {"pages/nowhere.md": "Title: T\n\n[x](/publicatons/)\n"},
        ':3: "/publicatons/" is not a page of this site (did you mean publications/?)',
    ),
    wrong(
        "The full address of a page that does not exist",
        {"pages/whole.md": f"Title: T\n\n[x]({LOCAL}/nwes/)\n"},
        f':3: "{LOCAL}/nwes/" is not a page of this site (did you mean news/?)',
    ),
    wrong(
        "A relative path in news, which is also shown in lists",
        {"news/astray.md": NEWS + "\n[x](../../publications/)\n"},
        ':6: "../../publications/" is broken in the lists that also show this text (write',
    ),
    wrong(
        "A path that begins with the folder of the site on its host",
        {"pages/root.md": "Title: T\n\n[x](/repo/news/)\n"},
        ':3: "/repo/news/" is not a page of this site because links start at /repo/ (write /news/)',
        settings='SITEURL = "https://ada.example/repo"\n',
        alone=True,
    ),
    wrong(
        "An address in your own stylesheet, where the site is in a folder of its host",
        {"extra/css/own.css": "p { background: url(/images/ok.svg) }\n"},
        ':1: "/images/ok.svg" starts at the root of the host and breaks at an '
        "address such as https://you.github.io/name (write ../images/ok.svg)",
        settings='SITEURL = "https://ada.example/repo"\n',
        alone=True,
    ),
    wrong(
        "An image in a text that does not exist",
        {"news/figure.md": NEWS + "\n![Accuracy over time](plot.png)\n"},
        ':6: "plot.png" is not a file of this site (put the file next to the text and',
    ),
    wrong(
        "An image for wide screens that does not exist",
        {
            "news/srcset.md": NEWS + '\n<img src="/images/ok.svg" srcset="/qqq/zzz.xyz 2x" '
            'alt="Two boxes">\n',
            "images/ok.svg": SVG,
        },
        ':6: "/qqq/zzz.xyz" is not a page of this site (',
    ),
    wrong(
        "{static} where it is not read",
        {"news/unread.md": NEWS + '\n<p style="background: url({static}no.png)">x</p>\n'},
        ':6: "{static}no.png" does not work in srcset, style and similar attributes '
        "(write the file's address",
    ),
    wrong(
        "A link to a tag page",
        {"news/tag.md": NEWS + "\n[x]({tag}Logic)\n"},
        ':6: "{tag}Logic" points to a page that this site does not have (write the full address of',
    ),
    wrong(
        "A link to a category page",
        {"news/category.md": NEWS + "\n[x]({category}News)\n"},
        ':6: "{category}News" points to a page that this site does not have (delete it)',
    ),
    wrong(
        "A link in a summary",
        {"news/summary.md": "Summary: [x]({filename}good.md)\n" + NEWS},
        ":1: summary: cannot link within the site (put the link into the text)",
    ),
    wrong(
        "Another scheme in a text",
        {"news/ftp.md": NEWS + "\n[x](ftp://example.org/x)\n"},
        ':6: "ftp://example.org/x" is not a web address (write https://…)',
    ),
    wrong(
        "A script in a link",
        {"news/script.md": NEWS + "\n[x](javascript:alert(1))\n"},
        ':6: "javascript:alert(1)" is not a web address (write https://…)',
    ),
    wrong(
        "A file on the author's computer",
        {"news/machine.md": NEWS + "\n[x](file:///home/ada/x.pdf)\n"},
        ':6: "file:///home/ada/x.pdf" is not a web address (write https://…)',
    ),
    notice(
        "http: where https: is known to work",
        {"news/http.md": NEWS + "\n[x](http://arxiv.org/abs/2508.08221)\n"},
        ':6: "http://arxiv.org/abs/2508.08221" also works with https: (write https://arxiv.org…)',
    ),
    notice(
        "http: in a header, where https: is known to work",
        {"papers/http.md": paper("Code: http://github.com/ada/engine")},
        ':3: code: "http://github.com/ada/engine" also works with https: (write',
    ),
    wrong(
        "A menu entry that points to no page",
        {},
        'pelicanconf.py:1: MENUITEMS: "Papers" ("publicatons/") is not a page of this site (did',
        settings='MENUITEMS = [("Papers", "publicatons/")]\n',
    ),
]

PICTURES = [
    wrong(
        "An image that does not exist, in a header",
        {"papers/picture.md": image("images/none.png")},
        ':3: image: "images/none.png" does not exist (add the file, or write its path relative',
    ),
    wrong(
        "An image outside content/",
        {"papers/outside.md": image("../../secret.png")},
        ':3: image: "../../secret.png" does not exist (add the file, or write its path relative',
    ),
    wrong(
        "An image without alternative text, in a header",
        {"papers/alt.md": paper("Image: images/ok.svg"), "images/ok.svg": SVG},
        ":3: image_alt: missing (describe the image in one sentence)",
    ),
    notice(
        "Alternative text that says nothing, in a header",
        {
            "papers/alt-empty.md": paper("Image: images/ok.svg", "Image_alt: Figure 1"),
            "images/ok.svg": SVG,
        },
        ':4: image_alt: "Figure 1" does not describe the image (describe the image in one sentence',
    ),
    notice(
        "A row of one picture",
        {
            "news/row.md": NEWS + "\n![Three boxes]({static}/images/row.svg)\n{: .strip}\n",
            "images/row.svg": SVG,
        },
        ":7: `{: .strip}` needs two pictures and no other words (write each picture on a line of",
        written="![Three boxes](…)↵{: .strip}",
    ),
    notice(
        "Two parts of a group that are open",
        {
            "news/two-open.md": NEWS + '\n<details name="a" open><summary>A</summary>B</details>\n'
            '<details name="a" open><summary>C</summary>D</details>\n'
        },
        ':6: several <details name="a"> are open (write `open` in one)',
    ),
    notice(
        "A part that opens, without a title",
        {"news/untitled.md": NEWS + "\n<details>\n\nWords.\n\n</details>\n"},
        ":6: a <details> has no <summary> (write <summary>Title</summary> below it)",
    ),
    wrong(
        "An image from another host, without alternative text",
        {"news/alt.md": NEWS + "![](https://example.org/x.png)\n"},
        ":5: an image has no alternative text (write `![what it shows](…)`)",
        ':5: "https://example.org/x.png" is on another host and is not loaded (put the',
    ),
    wrong(
        "An HTML image without alternative text",
        {
            "news/img.md": NEWS + '\n<img src="{static}/images/ok.svg">\n',
            "images/ok.svg": SVG,
        },
        ':6: "{static}/images/ok.svg" has no alternative text (write alt="what it shows", or',
    ),
    notice(
        "Alternative text that says nothing",
        {
            "news/image.md": NEWS + "\n![image]({static}/images/ok.svg)\n",
            "images/ok.svg": SVG,
        },
        ':6: "image" does not describe the image (describe the image in one sentence)',
    ),
    notice(
        "A file name as alternative text",
        {
            "news/screenshot.md": NEWS + "\n![IMG_2071.png]({static}/images/ok.svg)\n",
            "images/ok.svg": SVG,
        },
        ':6: "IMG_2071.png" does not describe the image (describe the image in one sentence)',
    ),
    wrong(
        "A file that is not an image",
        {
            "papers/broken.md": image("images/broken.png"),
            "images/broken.png": b"\x89PNG\r\n\x1a\n nothing",
        },
        ':3: image: "images/broken.png" is not an image (save it as PNG, JPEG, WebP or SVG)',
    ),
    wrong(
        "A truncated image",
        {
            "papers/damaged.md": image("images/damaged.png"),
            "images/damaged.png": picture("PNG", 900, 600)[:1500],
        },
        "content/images/damaged.png: is damaged (save it again)",
    ),
    wrong(
        "A truncated image, in a text",
        {
            "news/damaged.md": NEWS + "\n![Three boxes in a row]({static}/images/cut.jpg)\n",
            "images/cut.jpg": picture("JPEG", 900, 600)[:2500],
        },
        "content/images/cut.jpg: is damaged (save it again)",
        written="![Three boxes in a row]({static}/images/cut.jpg)",
    ),
    wrong(
        "An image with too many pixels",
        {"papers/vast.md": image("images/vast.png"), "images/vast.png": vast()},
        ':3: image: "images/vast.png" has too many pixels (make it at most 2,400 pixels wide)',
    ),
    notice(
        "An image of more than 8 MB",
        {
            "papers/heavy.md": image("images/heavy.png"),
            "images/heavy.png": picture("PNG", 30, 20) + bytes(9 * 1024 * 1024),
        },
        "content/images/heavy.png: is 9 MB (a width of 2,400 pixels is enough)",
    ),
    notice(
        "An image that no page shows",
        {"images/unshown.png": picture("PNG", 8, 8)},
        ": is published but not shown on any page (use or delete it)",
    ),
    wrong(
        "A portrait that is not an image",
        {"images/portrait.jpg": "text"},
        ": is not an image (save it as PNG, JPEG, WebP or SVG)",
    ),
    wrong(
        "A photo in a phone's format",
        {
            "papers/heic.md": image("images/photo.heic"),
            "images/photo.heic": b"\0\0\0\x18ftypheic" + bytes(64),
        },
        ':3: image: "images/photo.heic" is not an image (save it as PNG, JPEG, WebP or SVG)',
    ),
    wrong(
        "A drawing without a size",
        {
            "papers/sizeless.md": image("images/sizeless.svg"),
            "images/sizeless.svg": drawing(attributes=""),
        },
        ':3: image: "images/sizeless.svg" has no size (give its <svg> a viewBox)',
    ),
    wrong(
        "A truncated drawing",
        {
            "papers/svg-cut.md": image("images/svg-cut.svg"),
            "images/svg-cut.svg": drawing("<g>").replace("</svg>", ""),
        },
        ':3: image: "images/svg-cut.svg" is not an SVG file below 16 MB (export it again)',
    ),
    wrong(
        "Another XML file instead of a drawing",
        {"papers/xml.md": image("images/xml.svg"), "images/xml.svg": "<note>Words.</note>"},
        ':3: image: "images/xml.svg" is not an SVG file below 16 MB (export it again)',
    ),
    wrong(
        "A drawing that runs a script",
        {"extra/active.svg": drawing("<script>alert(1)</script>")},
        ": contains <script> (export it again without it)",
        written="<script>alert(1)</script>",
    ),
    wrong(
        "A drawing that runs a script when it is clicked",
        {"extra/click.svg": drawing('<g onclick="alert(1)"/>')},
        ": contains a script (export it again without it)",
        written='<g onclick="alert(1)"/>',
    ),
    wrong(
        "A drawing that loads a file from another host",
        {"extra/host.svg": drawing("<style>@import url(https://example.org/x.css)</style>")},
        ": loads a file from another host (embed it)",
        written="@import url(https://example.org/x.css)",
    ),
    wrong(
        "A drawing that redirects to another page",
        {
            "extra/refresh.svg": drawing(
                '<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh"/>'
            )
        },
        ": contains <meta> (export it again without it)",
        written='<h:meta http-equiv="refresh"/>',
    ),
    wrong(
        "A drawing that loads an image from another host by animation",
        {
            "extra/animated.svg": drawing(
                '<image><set attributeName="href" to="https://example.org/x.png"/></image>'
            )
        },
        ": loads another file (embed it)",
        written='<set attributeName="href" to="https://example.org/x.png"/>',
    ),
    wrong(
        "A drawing that loads another file",
        {"extra/other.svg": drawing('<image href="x.png"/>')},
        ": loads another file (embed it)",
        written='<image href="x.png"/>',
    ),
    wrong(
        "A drawing with an external stylesheet",
        {"extra/style.svg": '<?xml-stylesheet href="x.css"?>' + drawing()},
        ": uses an external stylesheet (export it again)",
        written='<?xml-stylesheet href="x.css"?>',
    ),
    wrong(
        "A drawing that is nested too deeply",
        {"extra/deep.svg": drawing("<g>" * 200 + "</g>" * 200)},
        ": is nested more than 150 levels deep (export it again)",
        written="<g><g><g>…",
    ),
    wrong(
        "A drawing that takes browsers minutes to render",
        {"extra/noise.svg": drawing('<filter><feTurbulence numOctaves="99999"/></filter>')},
        ': has noise of more than 32 octaves (write numOctaves="5")',
        written='<feTurbulence numOctaves="99999"/>',
    ),
    wrong(
        "A drawing with too many elements",
        {"extra/dust.svg": drawing("<a/>" * 260_000)},
        ": has more than 250,000 elements (export it as PNG)",
        # It takes a second, in each check of the site of all mistakes.
        alone=True,
        written="<circle …/><circle …/><circle …/>…",
    ),
    wrong(
        "A drawing that takes minutes or all memory to render",
        {
            "images/endless.svg": drawing(
                "".join(
                    f'<pattern id="p{n}" width="9" height="9">'
                    f'<rect width="9" height="9" fill="url(#p{n - 1})"/></pattern>'
                    for n in range(3000)
                )
                + '<rect width="9" height="9" fill="url(#p2999)"/>'
            ),
            "papers/endless.md": image("images/endless.svg"),
        },
        ": takes too much time or memory to draw (simplify it, or export it as PNG)",
        written="<pattern …><pattern …><pattern …>…",
    ),
    wrong(
        "A video that contains its location",
        {"extra/video.mp4": b"\0\0\0\x18ftypmp42\xa9xyz+48.8577+002.295/"},
        ": contains the location where it was recorded (remove the location: exiftool "
        "-gps:all= -xmp= FILE, or ",
    ),
    notice(
        "A PDF of more than 5 MB",
        {
            "papers/large.md": paper("Pdf: large.pdf"),
            "papers/large.pdf": b"%PDF-1.7\n" + bytes(6 * 1024 * 1024),
        },
        ':3: pdf: "papers/large.pdf" is 6 MB (Google Scholar reads PDFs of up to 5 MB: make',
    ),
    notice(
        "A PDF that two papers share",
        {
            "papers/pdf-b.md": paper("Pdf: shared.pdf"),
            "papers/pdf-a.md": paper("Pdf: shared.pdf"),
            "papers/shared.pdf": "%PDF",
        },
        ':3: pdf: "papers/shared.pdf" is not published next to its page, so Google Scholar',
    ),
]

LETTERS = [
    wrong(
        "Windows-1252 instead of UTF-8",
        {"papers/cp1252.md": PAPER.replace("An abstract", "Caf\xe9").encode("cp1252")},
        ":5: is not UTF-8 (save the file as UTF-8)",
        written="Caf\\xe9.",
    ),
    wrong(
        "UTF-8 that was read as Windows-1252",
        {"papers/mojibake.md": PAPER.replace("A Paper", "A Paper of AndrÃ©")},
        ':1: "Ã©" is UTF-8 that was read as Windows-1252 (write "é")',
        fixed=PAPER.replace("A Paper", "A Paper of André"),
    ),
    wrong(
        "UTF-8 that was read as Windows-1252, with quotes and a dash",
        {"news/mojibake.md": NEWS + "\nThe â€œengineâ€\x9d â€” MÃ¼ller said.\n"},
        ':6: "â€œengineâ€\\u009d â€” MÃ¼" is UTF-8'
        ' that was read as Windows-1252 (write "“engine” — Mü")',
        fixed=NEWS + "\nThe “engine” — Müller said.\n",
    ),
    notice(
        "A byte order mark at the beginning",
        {"papers/bom.md": "\ufeff" + PAPER},
        ":1: U+FEFF (zero width no-break space) is invisible at the beginning of the file",
        fixed=PAPER,
    ),
    notice(
        "A byte order mark inside a text, where files were joined",
        {"news/bom.md": NEWS + "\nOne.\n\ufeffTwo.\n"},
        ":7: U+FEFF (zero width no-break space) is invisible (delete it)",
        fixed=NEWS + "\nOne.\nTwo.\n",
    ),
    notice(
        "An invisible space",
        {"papers/unseen.md": PAPER.replace("A Paper", "A Pa\u200bper")},
        ":1: U+200B (zero width space) is invisible (delete it)",
    ),
    wrong(
        "A character that changes the direction of the text",
        {"papers/bidi.md": PAPER.replace("A Paper", "A \u202erepaP")},
        ":1: U+202E (right-to-left override) changes the direction of the text (delete it)",
    ),
    wrong(
        "A text isolate that is never closed",
        {"news/isolate.md": NEWS + "\nA \u2067piece.\n"},
        ":6: U+2067 (right-to-left isolate) isolates a piece of text and is never closed",
    ),
    wrong(
        "A lost letter",
        {"papers/lost.md": PAPER.replace("A Paper", "A Caf\ufffd")},
        ":1: U+FFFD (replacement character) stands for a lost letter (retype the letter",
    ),
    wrong(
        "A control character",
        {"papers/control.md": PAPER + "\x0b\n"},
        ":6: contains the control character U+000B (delete it)",
    ),
    wrong(
        "A control character in a header",
        {"papers/escape.md": PAPER.replace("A Paper", "A \x1bPaper")},
        ":1: contains the control character U+001B (delete it)",
    ),
    notice(
        "TeX in a title",
        {"papers/tex-title.md": PAPER.replace("A Paper", r"A \textbf{Paper}")},
        r':1: title: "\textbf{Paper}" is TeX and is shown as it is (write "Paper")',
    ),
    notice(
        "TeX for a letter",
        {"papers/tex-letter.md": paper(r"Venue: \'Ecole des Machines")},
        r""":3: venue: "\'E" is TeX and is shown as it is (write "É")""",
    ),
    notice(
        "TeX for a letter at the end of a word",
        {"papers/tex-end.md": paper(r"Venue: Universit\'e des Machines")},
        r""":3: venue: "\'e" is TeX and is shown as it is (write "é")""",
    ),
    notice(
        "TeX in a text",
        {"news/tex.md": NEWS + "\nWith \\emph{two} tricks.\n"},
        r':6: "\emph{two}" is TeX and is shown as it is (write *two*)',
    ),
    notice(
        "A Jekyll template tag",
        {"news/liquid.md": NEWS + "\n{% include figure.html src='a.png' %}\n"},
        ":6: \"{% include figure.html src='a.png' %}\" is a Hugo or Jekyll template tag and is "
        "shown as text (write",
    ),
    notice(
        "A Hugo shortcode",
        {"news/shortcode.md": NEWS + '\n{{< figure src="a.png" >}}\n'},
        ':6: "{{< figure src="a.png" >}}" is a Hugo or Jekyll template tag and is shown as',
    ),
    notice(
        "A template variable",
        {"news/variable.md": NEWS + "\n{{ site.author }}\n"},
        ':6: "{{ site.author }}" is a Hugo or Jekyll template variable and is shown as text',
    ),
    notice(
        "kramdown attributes below a table",
        {"news/attributes.md": NEWS + "\n| a | b |\n|---|---|\n| 1 | 2 |\n{: .wide}\n"},
        ':9: "{: .wide}" is a kramdown attribute list that is attached to nothing and is '
        "shown as text",
    ),
    notice(
        "A Quarto block",
        {"news/quarto.md": NEWS + "\n::: {.callout-note}\nMind.\n:::\n"},
        ':6: "::: {.callout-note}" is a Quarto block and is shown as text (write `!!! note',
    ),
    notice(
        "A Pandoc footnote",
        {"news/pandoc.md": NEWS + "\nWords.^[A note.]\n"},
        ':6: "^[A note.]" is a Pandoc footnote and is shown as text (write `[^1]`, and',
    ),
    notice(
        "A Pandoc subscript",
        {"news/subscript.md": NEWS + "\nH~2~O boils.\n"},
        ':6: "H~2~O" is a Pandoc subscript and is shown as text (write `<sub>2</sub>`',
    ),
    notice(
        "An emoji name",
        {"news/emoji.md": NEWS + "\nIt flies :rocket:\n"},
        ':6: ":rocket:" is an emoji name and is shown as text (write the emoji)',
    ),
    notice(
        "A wiki link",
        {"news/wiki.md": NEWS + "\nAs in [[Another page]].\n"},
        ':6: "[[Another page]]" is a wiki link and is shown as text (write `[words]',
    ),
    notice(
        "A Mermaid diagram",
        {"news/diagram.md": NEWS + "\n```mermaid\ngraph TD\n```\n"},
        ':6: "mermaid" is shown as code (save the diagram as SVG and show that image)',
    ),
    notice(
        "A TeX citation",
        {"news/cite.md": NEWS + "\nAs in \\cite{good}.\n"},
        r':6: "\cite{good}" is TeX and is shown as it is (write [@good])',
    ),
    notice(
        "A TeX list",
        {"papers/tex-list.md": PAPER + "\n\\begin{itemize}\n"},
        r':7: "\begin{itemize}" is TeX and is shown as it is (write it in Markdown)',
    ),
]

MARKUP = [
    notice(
        "Markdown within HTML without blank lines",
        {
            "pages/nested.md": "Title: T\n\n<div>\n<div>\nSome **bold** [link](https://a.example)\n"
            "</div></div>\n\n<table><tr><td>`c`</td></tr></table>\n\n<div>\n## Head\nIn $a^2$.\n"
            "- a\n- b\n</div>\n"
        },
        ':5: "[link](https://a.example)" is shown as it is written (leave a blank line above and '
        'below this text, or write markdown="1" into the tag)',
        ':8: "`c`" is shown as it is written (leave a blank line above and below this text, or',
        ':11: "## Head" is shown as it is written (leave a blank line above and below this text',
        ':12: "$a^2$" is shown as it is written (leave a blank line above and below this text, or',
        ':13: "- a" is shown as it is written (leave a blank line above and below this text, or',
    ),
    notice(
        "Markdown in headers",
        {
            "papers/marks.md": paper(
                "Venue: **Xyzzy Days**", "Award: See [here](https://a.example)"
            ),
            "news/marks.md": NEWS.replace("An item", "Uses `code`, *not* $a*b*c$"),
        },
        ':3: venue: "**Xyzzy Days**" is shown as it is written (headers have no Markdown: de',
        ':4: award: "[here](https://a.example)" is shown as it is written (headers have no',
        'content/news/marks.md:1: title: "`code`" is shown as it is written (headers have no Markd',
    ),
    notice(
        "Incomplete Markdown",
        {
            "news/not-whole.md": NEWS + "\nThe [paper] (https://a.example) is **out.\n\n"
            "See [the code][code].\n"
        },
        ':6: "[paper] (https://a.example)" is shown as it is written (delete the space',
        ':8: "[the code][code]" is shown as it is written (write the address of the link after it',
    ),
    wrong(
        "Quotations nested too deeply",
        {"news/deep.md": f"{NEWS}\n{'> ' * 200}Words.\n"},
        ": is nested too deeply (use fewer levels)",
        written="> > > >",
    ),
    wrong(
        "Square brackets that are never closed",
        {"news/brackets.md": f"{NEWS}\n{'[a ' * 300}\n"},
        ':6: opens more than 200 "[" in one paragraph (write `\\[` where no link begins)',
        written="[a [a [a",
    ),
    wrong(
        "An element that is never closed",
        {"news/open.md": NEWS + "\n<div>Words.\n"},
        ":6: <div> is never closed (write </div> where it ends)",
    ),
    wrong(
        "An inline element that is never closed",
        {"news/open-bold.md": NEWS + "\nSome <b>words.\n"},
        ":6: <b> is never closed (write </b> where it ends)",
    ),
    wrong(
        "A closing tag without an opening tag",
        {"news/end.md": NEWS + "\nSome</span> words.\n"},
        ":6: </span> has no opening tag (delete it)",
    ),
    wrong(
        "A comment that is never closed",
        {"news/comment.md": NEWS + "\n<!-- To do\n"},
        ":6: the comment <!-- is never closed (write --> where it ends)",
    ),
    wrong(
        "A code block that is never closed",
        {"news/fence.md": NEWS + "\n```python\nprint()\n"},
        ':6: the code block that starts here is never closed (write "```" below it)',
    ),
    wrong(
        "A code block that is closed with other characters",
        {"papers/fence.md": PAPER + "\n~~~\nx = 1\n```\n"},
        ':7: the code block that starts here is never closed (write "~~~" below it)',
    ),
    wrong(
        "A script in a text",
        {"pages/script.md": "Title: T\n\n<script>alert(1)</script>\n"},
        ":3: an inline script does not run (put it into a file in content/extra/ and load",
    ),
    wrong(
        "A script in an attribute",
        {"pages/onclick.md": 'Title: T\n\n<b onclick="alert(1)">x</b>\n'},
        ":3: an inline script does not run (delete onclick=…)",
    ),
    wrong(
        "An element that belongs in the head of a page",
        {"pages/meta.md": 'Title: T\n\n<meta name="robots" content="none">\n'},
        ":3: <meta> belongs in the head of a page (delete it)",
    ),
    wrong(
        "A <base> for all addresses",
        {"pages/base.md": 'Title: T\n\n<base href="https://example.org/">\n'},
        ":3: <base> belongs in the head of a page (delete it)",
    ),
    wrong(
        "An image from another host",
        {"news/hotlink.md": NEWS + "\n![A view of the engine](https://example.org/e.png)\n"},
        ':6: "https://example.org/e.png" is on another host and is not loaded (put the',
    ),
    wrong(
        "A script from another host",
        {"pages/cdn.md": 'Title: T\n\n<script src="https://example.org/x.js"></script>\n'},
        ':3: "https://example.org/x.js" is on another host and is not loaded (put the',
    ),
    wrong(
        "An embedded video from another site",
        {
            "pages/frame.md": "Title: T\n\n"
            '<iframe src="https://www.youtube.com/embed/x"></iframe>\n',
        },
        ':3: "https://www.youtube.com/embed/x" is on another host and is not loaded',
    ),
    wrong(
        "An element that belongs in the head of a page, in code",
        {"pages/meta-code.md": "Title: T\n\n<code><meta http-equiv=refresh content=0></code>\n"},
        ":3: <meta> belongs in the head of a page (delete it)",
    ),
    wrong(
        "An element that is not allowed in text",
        {"pages/template-tag.md": "Title: T\n\n<template>x</template>\n"},
        ":3: <template> is not allowed in text (delete it, or write &lt;template> to show it)",
    ),
    wrong(
        "A closing tag for an element outside the text",
        {"pages/article.md": "Title: T\n\n</article><article>x\n"},
        ":3: its HTML closes an element of the page or leaves one open (close each element that",
    ),
    wrong(
        "A page inside a page",
        {"pages/srcdoc.md": 'Title: T\n\n<iframe srcdoc="x"></iframe>\n'},
        ":3: a page in srcdoc=… is not shown (put it into the text itself)",
    ),
    wrong(
        "A quote in a tag, which would become typographic",
        {"pages/quote.md": 'Title: T\n\nSome <b title="a > b">words</b>.\n'},
        ":3: a tag breaks when quotes become typographic (write &gt; and &quot; in its "
        "attribute values)",
        alone=True,
    ),
    wrong(
        "HTML that redirects, where RAW_HTML is off",
        {"news/refresh.md": NEWS + "\n<code><meta http-equiv=refresh content=0></code>\n"},
        ":6: <code> is shown as text because RAW_HTML is off [notice]",
        ":6: <meta> is shown as text because RAW_HTML is off [notice]",
        ":6: <meta> belongs in the head of a page (delete it)",
        settings="RAW_HTML = False\n",
        alone=True,
    ),
    notice(
        "HTML, where RAW_HTML is off",
        {"news/bold.md": NEWS + "\nSome <b>words</b>.\n"},
        ":6: <b> is shown as text because RAW_HTML is off",
        settings="RAW_HTML = False\n",
        alone=True,
    ),
    wrong(
        "A page in HTML, where RAW_HTML is off",
        {"pages/raw.html": HTML},
        ": is HTML, which RAW_HTML = False does not allow (write Markdown)",
        settings="RAW_HTML = False\n",
        alone=True,
        written="pages/raw.html",
    ),
    wrong(
        "A script in extra/, where RAW_HTML is off",
        {"extra/more.js": "alert(1)\n"},
        ": is HTML or a script, which RAW_HTML = False does not allow (delete it)",
        settings="RAW_HTML = False\n",
        alone=True,
        written="extra/more.js",
    ),
]

FORMULAS = [
    wrong(
        "An unknown command",
        {"news/formula.md": NEWS + "\nLet $\\nope{x} = 1$.\n"},
        r':6: $\nope{x} = 1$ cannot be shown: unknown command "\nope" (correct it, or define',
    ),
    wrong(
        "An incomplete fraction",
        {"papers/fraction.md": PAPER + "\nOf $\\frac{1}$.\n"},
        r":7: $\frac{1}$ cannot be shown: ",
    ),
    wrong(
        "A brace that is never closed, in a displayed formula",
        {"pages/formula.md": "Title: T\n\n$$\nx_{1 = 2\n$$\n"},
        ":3: $$ x_{1 = 2 $$ cannot be shown: ",
        written="x_{1 = 2",
    ),
    wrong(
        "An environment that is closed as another one",
        {"pages/matrix.md": "Title: T\n\n$$\\begin{pmatrix}1\\end{bmatrix}$$\n"},
        r":3: $$\begin{pmatrix}1\end{bmatrix}$$ cannot be shown: ",
    ),
    wrong(
        "A formula that is nested too deeply",
        {"pages/deep-formula.md": "Title: T\n\n$" + r"\hat{" * 200 + "x" + "}" * 200 + "$\n"},
        r":3: $\hat{\hat{\hat{",
        written=r"\hat{\hat{\hat{",
    ),
    wrong(
        "An invalid formula in a title",
        {"papers/formula.md": PAPER.replace("A Paper", r"On $\sqrt{x$")},
        r":1: title: $\sqrt{x$ cannot be shown: ",
    ),
    wrong(
        "An invalid formula in an image caption",
        {
            "papers/caption.md": image("images/ok.svg", r"Image_caption: Of $\nope$."),
            "images/ok.svg": SVG,
        },
        r":5: image_caption: $\nope$ cannot be shown: ",
    ),
    wrong(
        "An invalid macro in the settings",
        {},
        r'pelicanconf.py:1: MATH_MACROS: unknown command "\nope" (correct it)',
        settings='MATH_MACROS = {"\\\\RR": r"\\nope{R}"}\n',
    ),
    wrong(
        "Macros that are not a dictionary",
        {},
        "pelicanconf.py:1: MATH_MACROS: is not a dictionary (write MATH_MACROS = ",
        settings='MATH_MACROS = ["RR"]\n',
        alone=True,
    ),
    wrong(
        "Short names of venues that are not a dictionary",
        {},
        "pelicanconf.py:1: VENUES: is not a dictionary (write VENUES = ",
        settings='VENUES = ["ICML"]\n',
        alone=True,
    ),
    wrong(
        "Allowed hosts without a purpose",
        {},
        "pelicanconf.py:1: ALLOWED_HOSTS: is a list, not a dictionary (write ALLOWED_HOSTS = {",
        settings='ALLOWED_HOSTS = ["https://gc.zgo.at"]\n',
        alone=True,
    ),
    wrong(
        "Allowed hosts that are misspelt, or would allow everything",
        {},
        'pelicanconf.py:1: ALLOWED_HOSTS: "script" is not something that pages load (did you mean',
        'pelicanconf.py:1: ALLOWED_HOSTS: "frames" is not followed by a list (write "frames": [',
        'pelicanconf.py:1: ALLOWED_HOSTS: "gc.zgo.at" is not the address of a host (write https://',
        'pelicanconf.py:1: ALLOWED_HOSTS: "https://*" would allow every host (list each one, such',
        "pelicanconf.py:1: ALLOWED_HOSTS: \"'unsafe-inline'\" would allow anything that gets into",
        settings='ALLOWED_HOSTS = {"script": [], "frames": "https://player.vimeo.com", "scripts": '
        '["gc.zgo.at", "https://*", "\'unsafe-inline\'"]}\n',
        alone=True,
    ),
    wrong(
        "Allowed hosts that no page uses",
        {},
        'pelicanconf.py:1: ALLOWED_HOSTS: no page loads "scripts" from https://gc.zgo.at (delete '
        "it) [notice]",
        'pelicanconf.py:1: ALLOWED_HOSTS: no page loads "frames" from https://www.youtube.com '
        "(write https://www.youtube-nocookie.com, which serves their frames) [notice]",
        settings='ALLOWED_HOSTS = {"scripts": ["https://gc.zgo.at"], "frames": ["https://www.'
        'youtube.com"]}\n',
        alone=True,
    ),
]

ADDRESSES = [
    wrong(
        "Two files whose slugs differ only in case",
        {"papers/b.md": paper("Slug: x"), "papers/X.md": PAPER},
        ": has the same address as content/papers/X.md (rename it, or give it a `Slug:`)",
        written="Slug: x",
    ),
    wrong(
        "The same old address in two forms of Unicode",
        {
            "pages/form-a.md": "Title: T\nAliases: /caf\xe9/\n\nText.\n",
            "pages/form-b.md": "Title: T\nAliases: /cafe\u0301/\n\nText.\n",
        },
        "content/pages/form-b.md: has the same address as content/pages/form-a.md "
        "(delete this alias",
        written="Aliases: /cafe\u0301/",
    ),
    wrong(
        "A page at the address of a file",
        {"extra/pages-folder": "x", "pages/pages-folder.md": "Title: T\n\nText.\n"},
        ": has the same address as content/pages/pages-folder.md (rename it)",
    ),
    wrong(
        "A file at the address of a theme file",
        {"extra/theme/css/style.css": "x"},
        ": has the same address as a file of the theme (rename it)",
    ),
    wrong(
        "A file at the address of the home page",
        {"extra/index.html": "x"},
        ": has the same address as content/home.md (rename it)",
    ),
    wrong(
        "A file at the address of a feed",
        {"extra/feeds/news.atom.xml": "<x/>"},
        ": has the same address as the site's own feeds/news.atom.xml (rename it)",
    ),
    wrong(
        "News at the address of the publications page",
        {"news/publications.md": "Save_as: publications/index.html\nUrl: publications/\n" + NEWS},
        ": has the same address as the site's own publications/index.html (rename it, or give it a",
        written="Save_as: publications/index.html",
    ),
    wrong(
        "A page at the address of the news page",
        {"pages/news.md": "Title: T\n\nText.\n"},
        ": has the same address as the site's own news/index.html (rename it, or give it "
        "a `Slug:`)",
    ),
    wrong(
        "A page at the address of the search page",
        {"pages/search.md": "Title: T\n\nText.\n"},
        ": has the same address as the site's own search/index.html (rename it, or give "
        "it a `Slug:`)",
    ),
    wrong(
        "A page at the address of the search index",
        {"pages/pagefind.md": "Title: T\n\nText.\n"},
        ": has the same address as the site's own pagefind (rename it, or give it a `Slug:`)",
    ),
    wrong(
        "A paper at the address of another paper's citation",
        {
            "pages/cited.md": "Title: T\nUrl: papers/cited/cited.bib\n"
            "Save_as: papers/cited/cited.bib\n\nText.\n",
            "papers/cited.md": PAPER,
        },
        "content/papers/cited.md: has the same address as content/pages/cited.md (rename "
        "one of them)",
        written="Save_as: papers/cited/cited.bib",
    ),
    wrong(
        "Old addresses outside this site, and one that is taken",
        {"news/alias.md": "Aliases: /old/, ../x, https://x.test/, news/\n" + NEWS},
        ':1: aliases: "../x" is not a path of this site (write /old/address/)',
        ':1: aliases: "https://x.test/" is not a path of this site (write /old/address/)',
        ": has the same address as the site's own news/index.html (delete this alias)",
    ),
    wrong(
        "The same old address for two pages",
        {
            "pages/alias-a.md": "Title: T\nAliases: /older/\n\nText.\n",
            "pages/alias-b.md": "Title: T\nAliases: /older/\n\nText.\n",
        },
        "content/pages/alias-b.md: has the same address as content/pages/alias-a.md "
        "(delete this alias",
        written="Aliases: /older/",
    ),
    wrong(
        "A file path without an address",
        {"pages/alone.md": "Title: T\nSave_as: x/y.html\n\nText.\n"},
        ":2: save_as: has no effect alone (write `Url: …` too)",
    ),
    wrong(
        "An address without a file path",
        {"pages/alone-url.md": "Title: T\nUrl: x/z.html\n\nText.\n"},
        ":2: url: has no effect alone (write `Save_as: …` too)",
    ),
    wrong(
        "A file path outside the site, and an address from the root of the host",
        {"pages/save-as.md": "Title: T\nSave_as: ../x.html\nUrl: /x\n\nText.\n"},
        ':2: save_as: "../x.html" is not a valid path (write a path such as a/b.html)',
        ':3: url: "/x" is not a valid address (write a path such as a/b.html)',
    ),
    wrong(
        "A page in HTML whose address is a script",
        {"pages/url.html": page_in_html(url="javascript:alert(1)", save_as="url.html")},
        ': url: "javascript:alert(1)" is not a valid address (write a path such as a/b.html)',
        written='<meta name="url" content="javascript:alert(1)">',
    ),
    wrong(
        "A page in HTML with a path outside the site",
        {"pages/out.html": page_in_html(url="out.html", save_as="../out.html")},
        ': save_as: "../out.html" is not a valid path (write a path such as a/b.html)',
        written='<meta name="save_as" content="../out.html">',
    ),
    wrong(
        "A folder instead of a file",
        {"pages/folder.md": "Title: T\nSave_as: x/w/\nUrl: x/w/\n\nText.\n"},
        ':2: save_as: "x/w/" is not a valid path (write a file\'s path such as a/b.html)',
    ),
]

CONF = [
    wrong(
        "A misspelt setting",
        {},
        "pelicanconf.py:1: SITENMAE: is not a setting (did you mean `SITENAME`?)",
        settings='SITENMAE = "Ada Lovelace"\n',
    ),
    notice(
        "A setting that is not used",
        {},
        "pelicanconf.py:1: XYZZY: is not used (delete it, or use it in a template)",
        settings="XYZZY = 1\n",
    ),
    wrong(
        "An empty site name",
        {},
        'pelicanconf.py:1: SITENAME: missing (write SITENAME = "Ada Lovelace")',
        settings='SITENAME = ""\n',
    ),
    wrong(
        "A list instead of a name",
        {},
        'pelicanconf.py:1: SITENAME: is a list (write SITENAME = "…")',
        settings='SITENAME = ["Ada"]\n',
        alone=True,
    ),
    wrong(
        "An owner that is not a list of names",
        {},
        'pelicanconf.py:1: OWNER: is not a list of names (write OWNER = ["Ada Lovelace", "A.',
        settings='OWNER = {"Ada": "Lovelace"}\n',
        alone=True,
    ),
    wrong(
        "A string instead of a list",
        {},
        "pelicanconf.py:1: STATIC_PATHS: is a string, but must be a list",
        settings='STATIC_PATHS = "images"\n',
        alone=True,
    ),
    wrong(
        "A number in a list of folders",
        {},
        "pelicanconf.py:1: PAGE_EXCLUDES: must contain only strings (put each in quotes)",
        settings="PAGE_EXCLUDES = [1]\n",
        alone=True,
    ),
    wrong(
        "A number instead of a locale",
        {},
        'pelicanconf.py:1: LOCALE: is not the name of a locale (write LOCALE = ["C.UTF-8", "C"])',
        settings="LOCALE = 1\n",
        alone=True,
    ),
    wrong(
        "A string instead of True or False",
        {},
        "pelicanconf.py:1: TYPOGRIFY: is a string, but must be True or False",
        settings='TYPOGRIFY = "yes"\n',
    ),
    wrong(
        "A number instead of a language",
        {},
        'pelicanconf.py:1: DEFAULT_LANG: is a number (write DEFAULT_LANG = "…")',
        settings="DEFAULT_LANG = 1\n",
        alone=True,
    ),
    wrong(
        "An unknown language",
        {},
        'pelicanconf.py:1: DEFAULT_LANG: "en_GB" is not a valid language (write DEFAULT_LANG = '
        '"en-GB")',
        settings='DEFAULT_LANG = "en_GB"\n',
        alone=True,
    ),
    wrong(
        "A word instead of True or False for HTML",
        {},
        "pelicanconf.py:1: RAW_HTML: is neither True nor False (write RAW_HTML = True)",
        settings='RAW_HTML = "no"\n',
        alone=True,
    ),
    wrong(
        "A setting with a value that is not allowed",
        {},
        'pelicanconf.py:1: SLUGIFY_SOURCE: is neither "title" nor "basename" '
        '(write SLUGIFY_SOURCE = "basename")',
        settings='SLUGIFY_SOURCE = "{slug}"\n',
    ),
    wrong(
        "A page outside the site",
        {},
        'pelicanconf.py:1: SEARCH_SAVE_AS: "../x" is outside the site (write a path within it)',
        settings='SEARCH_SAVE_AS = "../x"\n',
    ),
    wrong(
        "A locale that this computer does not have",
        {},
        "pelican: Locale could not be set. Check the LOCALE setting",
        settings='LOCALE = ["tlh_QO.UTF-8"]\n',
        alone=True,
        check_only=True,
    ),
    wrong(
        "An unknown time zone",
        {},
        'pelicanconf.py:1: TIMEZONE: "Mars/Olympus" is not a valid time zone (write TIMEZONE = '
        '"UTC"',
        settings='TIMEZONE = "Mars/Olympus"\n',
        alone=True,
    ),
    wrong(
        "Links that are not a list",
        {},
        'pelicanconf.py:1: SOCIAL: is not a list of pairs (write SOCIAL = [("Email", '
        '"mailto:ada@exam',
        settings='SOCIAL = "ada@example.org"\n',
        alone=True,
    ),
    wrong(
        "A link without a label",
        {},
        "pelicanconf.py:1: SOCIAL: mailto:ada@example.org is not a pair of label and address "
        "(write",
        settings='SOCIAL = ["mailto:ada@example.org"]\n',
        alone=True,
    ),
    wrong(
        "A link with an empty label",
        {},
        'pelicanconf.py:1: SOCIAL: "mailto:ada@example.org" has no label (write SOCIAL = ',
        settings='SOCIAL = [("", "mailto:ada@example.org")]\n',
        alone=True,
    ),
    wrong(
        "A link that is a script",
        {},
        'pelicanconf.py:1: SOCIAL: "javascript:alert(1)" is not a web address (write https://…)',
        settings='SOCIAL = [("Email", "javascript:alert(1)")]\n',
        alone=True,
    ),
    wrong(
        "A link that is not an address",
        {},
        'pelicanconf.py:1: SOCIAL: "Email" ("ada@example.org") has no "mailto:" before it (write '
        '"mailto:ada@example.org")',
        settings='SOCIAL = [("Email", "ada@example.org")]\n',
    ),
    wrong(
        "Profiles whose addresses lack https://",
        {},
        'pelicanconf.py:1: SOCIAL: "GitHub" ("github.com/me") has no "https://" before it (write '
        '"https://github.com/me")',
        'pelicanconf.py:1: SOCIAL: "Blog" ("https:/ada.dev") is not a web address (write '
        '"https://ada.dev")',
        'pelicanconf.py:1: SOCIAL: "Mastodon" ("@me@mas.to") is not a web address (write '
        '"https://mas.to/@me")',
        settings='SOCIAL = [("GitHub", "github.com/me"), ("Blog", "https:/ada.dev"), '
        '("Mastodon", "@me@mas.to")]\n',
        alone=True,
    ),
    wrong(
        "A profile link to a file that does not exist",
        {"extra/cv.pdf": "x"},
        'pelicanconf.py:1: SOCIAL: "CV" ("files/cv.pdf") is not a file of this site (did you '
        "mean cv.pdf?)",
        'pelicanconf.py:1: SOCIAL: "Vita" ("{static}/extra/vita.pdf") works in texts only (write '
        'its address on the site, such as "vita.pdf")',
        'pelicanconf.py:1: SOCIAL: "User" ("ada") is not a page of this site (name a page of',
        settings='SOCIAL = [("CV", "files/cv.pdf"), ("Vita", "{static}/extra/vita.pdf"), '
        '("User", "ada")]\n',
        alone=True,
    ),
    wrong(
        "A menu entry without https://",
        {},
        'pelicanconf.py:1: MENUITEMS: "Lab" ("www.lab.example.org/people") has no "https://" '
        'before it (write "https://www.lab.example.org/people")',
        settings='MENUITEMS = [("Home", ""), ("Lab", "www.lab.example.org/people")]\n',
        alone=True,
    ),
    wrong(
        "Accepted notices that are not a list, or that accept everything",
        {},
        "pelicanconf.py:1: ACCEPTED_NOTICES: is not a list of notices (write ACCEPTED_NOTICES = [",
        settings='ACCEPTED_NOTICES = ["*"]\n',
        alone=True,
    ),
    notice(
        "An accepted notice that no longer exists",
        {},
        'pelicanconf.py:1: ACCEPTED_NOTICES: "content/papers/old.bib: venue" matches no notice',
        settings='ACCEPTED_NOTICES = ["content/papers/old.bib: venue"]\n',
        alone=True,
        check_only=True,
    ),
    wrong(
        "Settings that are not in capitals",
        {},
        "pelicanconf.py:1: owner: is not a setting (did you mean `OWNER`?)",
        "pelicanconf.py:2: SocIal: is not a setting (did you mean `SOCIAL`?)",
        settings="owner = []\nSocIal = []\nfriend = 'Ada'",
        alone=True,
    ),
    notice(
        "Settings of other themes",
        {},
        "pelicanconf.py:1: SITESUBTITLE: is not used (write it into Role: in",
        "pelicanconf.py:2: GITHUB_URL: is not used (write it into SOCIAL)",
        "pelicanconf.py:3: LINKS: is not used (write it into SOCIAL)",
        settings="SITESUBTITLE = 'S'\nGITHUB_URL = 'https://x.example'\nLINKS = []\n",
        alone=True,
    ),
    wrong(
        "A menu that is not a list",
        {},
        'pelicanconf.py:1: MENUITEMS: is not a list of pairs (write MENUITEMS = [("News",',
        settings='MENUITEMS = "news/"\n',
        alone=True,
    ),
    wrong(
        "A site address that ends with a slash",
        {},
        'pelicanconf.py:1: SITEURL: "https://ada.dev/" ends with a slash (write https://ada.dev)',
        settings='SITEURL = "https://ada.dev/"\n',
        alone=True,
    ),
    wrong(
        "An example instead of the site address",
        {},
        "pelicanconf.py:1: SITEURL: www.example.com is an example (write the address of "
        "your site, such as",
        settings='SITEURL = "https://www.example.com"\n',
        alone=True,
    ),
    wrong(
        "A site address without https://",
        {},
        'pelicanconf.py:1: SITEURL: "ada.dev" is not the address of a site (write',
        settings='SITEURL = "ada.dev"\n',
        alone=True,
    ),
    wrong(
        "A site address with a query",
        {},
        'pelicanconf.py:1: SITEURL: "https://ada.dev/?page=1" has more than a host and a folder',
        settings='SITEURL = "https://ada.dev/?page=1"\n',
        alone=True,
    ),
    notice(
        "A site address that is not https",
        {},
        'pelicanconf.py:1: SITEURL: "http://ada.dev" is not https (write https://ada.dev)',
        settings='SITEURL = "http://ada.dev"\n',
        alone=True,
    ),
]

UNREAD = [
    wrong(
        "A link to a draft",
        {
            "news/to-draft.md": NEWS + "\n[x]({filename}my-draft.md)\n",
            "news/my-draft.md": "Status: draft\n" + NEWS,
        },
        ':6: "my-draft.md" is not published (publish it, or delete the link)',
    ),
    wrong(
        "A paper that is not Markdown",
        {"papers/page.html": HTML},
        ": is not Markdown (write papers as .md files)",
    ),
    wrong(
        "A file extension in capitals",
        {"papers/YELL.MD": PAPER},
        ": is not read (rename it to YELL.md)",
    ),
    wrong(
        "A second file extension",
        {"papers/notes.md.txt": PAPER},
        ": is not read (rename it to notes.md)",
    ),
    wrong(
        "A text file of another program",
        {"news/report.qmd": NEWS},
        ": is not read (rename it to report.md)",
    ),
    wrong(
        "Another file extension for BibTeX",
        {"papers/more.bibtex": "@misc{b-more, title = {T}}\n"},
        ": is not read (rename it to more.bib)",
    ),
    wrong(
        "References from another program, which can be imported",
        {"papers/records.ris": "TY  - JOUR\nER  - \n"},
        ": is not read (run `pelican-papers import content/papers/records.ris`, then delete it)",
    ),
    wrong(
        "References from PubMed or EndNote in the papers folder",
        {"papers/pubmed.nbib": "PMID- 1\n"},
        ": is not read (run `pelican-papers import content/papers/pubmed.nbib`, then delete it)",
    ),
    wrong(
        "References as CSL-JSON in the papers folder",
        {"papers/items.json": "[]"},
        ": is not read (run `pelican-papers import content/papers/items.json`, then delete it)",
    ),
    wrong(
        "References from another program, which cannot be imported",
        {"papers/records.yaml": "references: []\n"},
        ": is not read (export its papers as BibTeX, and put the .bib here)",
    ),
    wrong(
        "Invalid text in another markup",
        {"news/date.rst": "Title\n=====\n\n:date: yesterday\n\nText.\n"},
        ": Pelican cannot read it",
        alone=True,
        written=":date: yesterday",
    ),
    wrong(
        "A hidden text file, where the settings do not ignore hidden files",
        {"news/.hidden.md": NEWS},
        ": is a hidden file or a backup, which is not published (delete or rename it)",
        settings="IGNORE_FILES = []\n",
        alone=True,
        written="news/.hidden.md",
    ),
    wrong(
        "A backup file, where the settings do not ignore backups",
        {"extra/index.php~": "x"},
        ": is a hidden file or a backup, which is not published (delete or rename it)",
        settings="IGNORE_FILES = []\n",
        alone=True,
        written="extra/index.php~",
    ),
    wrong(
        "A text outside the folders",
        {"stray.md": PAPER},
        ": is not read (move it to news/, blog/, papers/ or pages/, "
        "or to extra/ if it belongs in the site's root)",
    ),
    wrong(
        "A file for the root of the site, outside the folders",
        {"CNAME": "x"},
        ": is not read (move it to news/, blog/, papers/ or pages/, "
        "or to extra/ if it belongs in the site's root)",
    ),
    wrong(
        "A folder that the site does not use",
        {"posts/mine.md": NEWS},
        ": is not read (move it to news/, blog/, papers/ or pages/, "
        "or to extra/ if it belongs in the site's root)",
    ),
]

GROUPS = {
    "Headers": HEADERS,
    "Headers in YAML": YAML,
    "Dates": DATES,
    "Papers": PAPERS,
    "Authors and people": AUTHORS,
    "BibTeX": BIBTEX,
    "Lists of the home page": MARKERS,
    "Links": LINKS,
    "Images and files": PICTURES,
    "Characters": LETTERS,
    "Markup": MARKUP,
    "Formulas": FORMULAS,
    "Addresses": ADDRESSES,
    "Settings": CONF,
    "Drafts and files that are not read": UNREAD,
}
MISTAKES = [mistake for group in GROUPS.values() for mistake in group]


def lay(folder: Path, files: dict[str, str | bytes | None], settings: str = "") -> Path:
    """Write a site with the settings of this repository and more; return the file of these."""
    values = SETTINGS | {
        "SITEURL": LOCAL, "RAW_HTML": True, "THEME": str(ROOT / "theme"),
        "AUTHOR": "Ada Lovelace", "PLUGIN_PATHS": [str(ROOT / "plugins")],
    }  # fmt: skip
    conf = folder / "publishconf.py"
    write(folder, {
        "pelicanconf.py": settings,
        # Problems of settings are to be those of pelicanconf.py: nothing is assigned here.
        "publishconf.py": f"""import json, runpy
values = runpy.run_path({str(ROOT / "publishconf.py")!r})
values |= json.loads({json.dumps(values)!r})
values |= runpy.run_path({str(folder / "pelicanconf.py")!r})
globals().update({{name: value for name, value in values.items() if name.isupper()}})
""",
    })  # fmt: skip
    write(folder / "content", {name: data for name, data in files.items() if data is not None})
    return conf


def together() -> tuple[dict[str, str | bytes], str, list[str], list[str]]:
    """Return one site of all mistakes that can be in one.

    It has files, settings, the starts of the lines that are reported, and of those that only the
    check reports.
    """
    files, settings, starts, check_starts = dict(GOOD), "", [], []
    for mistake in MISTAKES:
        if mistake.alone:
            continue
        for name, data in mistake.files.items():
            assert files.setdefault(name, data) == data, name
        above = settings.count("\n")
        settings += mistake.settings
        for start in mistake.starts:
            if match := re.fullmatch(r"pelicanconf\.py:(\d+):(.*)", start, re.DOTALL):
                start = f"pelicanconf.py:{int(match[1]) + above}:{match[2]}"
            (check_starts if mistake.check_only else starts).append(start)
    return files, settings, starts, check_starts


@contextmanager
def _restore_paths() -> Iterator[None]:
    """Restore Python's import paths, which files of settings change."""
    paths = list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = paths


def check(conf: Path, *arguments: str) -> tuple[int, list[str], str]:
    """Run the check in this process; return its exit code, its lines, and its errors."""
    from papers.cli.main import main

    with (
        _restore_paths(),
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        code = main(["check", "--settings", str(conf), *arguments])
    return code, out.getvalue().splitlines(), err.getvalue()


@cache
def run(mistake: Mistake) -> tuple[int, list[str], str, dict]:
    """Check a site with one mistake, once: Pelican logs each of its warnings once only.

    Return the exit code, the lines, the errors, and the addresses of other hosts with their places.
    """
    from papers.cli import check as command

    results, check_site = [], command.check_site
    command.check_site = lambda conf: results.append(check_site(conf)) or results[-1]
    try:
        with tempfile.TemporaryDirectory() as folder:
            code, lines, errors = check(lay(Path(folder), GOOD | mistake.files, mistake.settings))
    finally:
        command.check_site = check_site
    lines = [line.replace(f"{folder}/", "") for line in lines]
    return code, lines, errors, results[0].external_links


def fits(line: str, start: str) -> bool:
    """Tell whether a line has a start, and is a notice if the start says so."""
    begin = start.removesuffix(" [notice]")
    return line.startswith(begin) and line.endswith(" [notice]") == (begin != start)


def messages_alone(mistake: Mistake) -> list[str]:
    """Return the messages of a site with one mistake."""
    return run(mistake)[1][:-1]


def document(messages: Callable[[Mistake], list[str]] = messages_alone) -> str:
    """Return docs/mistakes.md; `messages` returns those of a mistake."""
    parts = [_HEAD]
    for group, mistakes in GROUPS.items():
        rows = [
            f"| {mistake.description} | {_code(_written(mistake))} "
            f"| {'<br>'.join(map(_code, messages(mistake)))} |"
            for mistake in mistakes
        ]
        parts.append(
            "\n".join(
                (f"## {group}", "", "| mistake | written | messages |", "|---|---|---|", *rows)
            )
        )
    return "\n\n".join(parts) + "\n"


def _written(mistake: Mistake) -> str:
    """Return what was written: the line that is reported, or else the setting or the file."""
    if mistake.written is not None:
        return mistake.written
    match = re.match(r"content/(.+?):(\d+):", mistake.starts[0])
    if match and (text := mistake.files.get(match[1])):
        return re.split(r"\r\n?|\n", text)[int(match[2]) - 1].strip(" ")
    return mistake.settings.rstrip("\n") or mistake.file.removeprefix("content/")


def _code(text: str) -> str:
    """Return text as code in a cell of a table; invisible characters are escaped."""
    text = text if len(text) <= 400 else f"{text[:399]}…"
    text = "".join(s if s.isprintable() else s.encode("unicode_escape").decode() for s in text)
    if not text:
        return "nothing"
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    blank = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{blank}{text}{blank}{fence}".replace("|", r"\|")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "plugins"))
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(document(), encoding="utf-8", newline="\n")
