"""What was edited takes the place of what it was, before the whole site is read again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, TemplateError
from pelican.contents import Content

from ..build import DeferredWriter, Dependencies, ParseCache, clear_rendered_cache
from ..content import read_paper
from ..export import format_bibtex
from ..model import Problem
from ..pages import build_day, draft_reason, named_files
from ..site import list_downloads

# What a text leads to; anything new among it is the site's to know.
_LEADS = re.compile(r'(?:href|src|poster)="(?!https?:)[^"]*"|<cite class="keys">.*?</cite>')
# What a content has of the others; it stays until all is gathered again.
_GATHERED = (
    "papers", "news", "newer", "older", "references", "topics", "facet_values", "draft_label",
    "social_card", "override_url", "override_save_as",
)  # fmt: skip


@dataclass
class SiteState:
    """A site that was read, and what is wrong with it; handed to Pelican as a setting."""

    problems: list[Problem] = field(default_factory=list)
    writer: DeferredWriter | None = None
    context: dict = field(default_factory=dict)
    # What reads each of the texts, by their paths below content/.
    readings: dict[str, ParseCache] = field(default_factory=dict)
    environment: Environment | None = None
    # The names of templates.
    templates: dict[Path, str] = field(default_factory=dict)
    # Files that are published as they are, by their paths below the site's root.
    files: dict[str, Path] = field(default_factory=dict)


def update_in_place(state: SiteState, digests: Dependencies, changed: Iterable[Path]) -> bool:
    """Show templates and texts as they are now, but for lists that a text has come into.

    Return whether that is all, until an update makes it sure: not where something is wrong, or
    where more has changed than what pages say.
    """
    content = Path(state.writer.settings["PATH"])
    try:
        for path in changed:
            if path.is_relative_to(content):
                text = _content(state, path.relative_to(content).as_posix())
                if text is None:
                    return False
                digests.forget(text)
                for key in [key for key in state.context["cards"] if key[0] == text.url]:
                    del state.context["cards"][key]
            elif path in state.templates:
                state.environment.get_template(state.templates[path])
                digests.forget_templates()
                state.context["cards"].clear()
            else:
                return False
    except (OSError, RecursionError, TemplateError, UnicodeDecodeError):
        return False
    clear_rendered_cache()
    return True


def _content(state: SiteState, path: str) -> Content | None:
    old = state.context["generated_content"].get(path)
    readings = state.readings.get(path)
    new = readings.again(path) if old and readings else None
    if new is None or old.header.has_errors or new.header.has_errors:
        return None
    if draft_reason(new, build_day()) != old.draft_label:
        return None
    new.status = old.status
    addresses = (new.url, new.save_as) == (old.override_url, old.override_save_as)
    if not addresses or not _leads(new) <= _leads(old):
        return None
    if paper := getattr(old, "paper", None):
        folder, file = Path(state.context["PATH"]), Path(new.source_path)
        new.paper = read_paper(new.header, file, folder, state.context["people"], paper.key)
        if new.header.has_errors or named_files(new.paper) != named_files(paper):
            return None
        new.downloads, new.bibtex = list_downloads(new), format_bibtex(new.paper)
    gathered = {name: value for name, value in vars(old).items() if name in _GATHERED}
    read = {"when": old.when} | vars(new)
    vars(old).clear()
    vars(old).update(read | gathered)
    return old


def _leads(content: Content) -> set[str]:
    return set(_LEADS.findall(content.header.html))
