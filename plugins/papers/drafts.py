"""What is not for everybody yet: drafts, hidden files, news of days to come, embargoed papers."""

import os
import re
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from pelican.contents import Article, Content
from pelican.generators import PagesGenerator

from .files import find, linked
from .guard import is_draft, named_files
from .model import Problem

_LINK = re.compile(r"""["'][{|]filename[}|]([^"'#?]+)""")


def today() -> tuple[int, int, int]:
    """Return the day of the build, in UTC; that of SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return now.year, now.month, now.day


def hold_back(generator: PagesGenerator) -> None:
    """Make drafts of all that is not for everybody yet, or mark it in the preview.

    Every content gets `kept`, the words of the mark, empty for what is published. The preview
    is a build that has a place for drafts.
    """
    context = generator.context
    day, preview = today(), bool(context["DRAFT_SAVE_AS"])
    pages = (generator.pages, generator.hidden_pages, generator.draft_pages)
    articles = (context["articles"], context["hidden_articles"], context["drafts"])
    for public, hidden, drafts in (articles, pages):
        everything = [*public, *hidden, *drafts]
        for content in everything:
            content.kept = reason(content, day)
            if content.kept:
                content.status = "published" if preview else "draft"
                if content.kept.startswith("Until") and not preview:
                    context["problems"].append(_told(content))
        hidden.clear()
        public[:] = [content for content in everything if not is_draft(content)]
        drafts[:] = [content for content in everything if is_draft(content)]
    context["dates"][:] = context["articles"]


def withhold_drafts(generator: PagesGenerator) -> None:
    """Keep back what only drafts name: links, figures, and files that are published otherwise.

    Takes from drafts what gets around DRAFT_SAVE_AS. The context gets `withheld`, paths below
    content/.
    """
    context = generator.context
    drafts = context["drafts"] + context["draft_pages"]
    for draft in drafts:
        for name in ("override_url", "override_save_as"):
            vars(draft).pop(name, None)
    sources = set(filter(None, context["generated_content"].values())) - set(drafts)
    shown = set().union(*map(_files, sources))
    withheld = set().union(*map(_files, drafts)) - shown
    context["static_links"] -= withheld
    context["withheld"] = {path for path in withheld if not path.startswith("extra/")}
    kept = {draft.get_relative_source_path() for draft in drafts}
    for content in sources if kept else ():
        folder = dirname(content.get_relative_source_path())
        for target in set(_LINK.findall(content.header.html)):
            path = normpath(target.lstrip("/") if target[0] == "/" else join(folder, target))
            if kept & {path, unquote(path)}:
                message = f'"{target}" is not published (publish it, or take the link away)'
                content.header.problem(None, message, content.header.line_of(target))


def reason(content: Content, day: tuple[int, int, int]) -> str:
    """Return why a content is not for everybody on a day, as its mark says; "" where it is."""
    wrong = {problem.key for problem in content.header.problems}
    if content.status == "draft" and "status" not in wrong:
        return "Draft"
    if content.status == "hidden":
        return "Hidden"
    until = content.header.date("hidden_until")
    if isinstance(content, Article) and getattr(content, "when", None):
        until = max((until, content.when), key=lambda date: date.sort_key if date else (0, 0, 0))
    # A year or a month begins with its first day.
    later = until and (until.year, until.month or 1, until.day or 1) > day
    return f"Until {until}" if later else ""


def _told(content: Content) -> Problem:
    until = content.kept.removeprefix("Until ")
    key = "hidden_until" if content.header.get("hidden_until") else "date"
    message = f"keeps it out of the site until {until}"
    entry = content.header.entries.get(key)
    return Problem(content.header.file, message, key, entry and entry.line, notice=True)


def _files(content: Content) -> set[str]:
    """Return the paths below content/ of all files that a text or its header names."""
    links = linked(content)
    found = set(links) | set(links.values()) | named_files(getattr(content, "paper", None))
    folder, file = Path(content.settings["PATH"]), Path(content.source_path)
    if is_draft(content):
        # It may not be far enough to be a paper.
        values = (entry.value for entry in content.header.entries.values())
        parts = chain.from_iterable(re.split(r"[\n|]", value) for value in values)
        found |= {path for part in parts if (path := find(part.strip(), file, folder))}
    return found
