"""Show an edited text or template before the whole site is read again."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import TemplateError
from pelican.contents import Content

from ..build import Dependencies, RunState, clear_rendered_cache
from ..content import read_paper
from ..export import format_bibtex
from ..pages import add_posts, build_day, draft_reason, named_files
from ..site import list_downloads
from ..util import LazyPattern

# Links and citations of a text; a new one needs the rest of the site.
_REFERENCES = LazyPattern(r'(?:href|src|poster)="(?!https?:)[^"]*"|<cite class="keys">.*?</cite>')
# Attributes that a content has from others; they stay until the site is read again.
_GATHERED = (
    "papers", "mentions", "parts", "newer", "older", "references", "topics", "facet_values",
    "draft_label", "social_card", "override_url", "override_save_as",
)  # fmt: skip


def update_in_place(
    run: RunState,
    templates: Mapping[Path, str],
    dependencies: Dependencies,
    changed: Iterable[Path],
) -> bool:
    """Show templates and texts as they are now, but no text in a list where it was not before.

    `templates` holds the names of templates by their files. Return whether all is shown; it is
    not where something is wrong, or where more has changed than what pages print.
    """
    folder, cards = Path(run.context["PATH"]), run.context["cards"]
    try:
        for path in changed:
            if path.is_relative_to(folder):
                content = _read_again(run, path.relative_to(folder).as_posix())
                if content is None:
                    return False
                dependencies.forget_content(content)
                for key in [key for key in cards if key[0] == content.url]:
                    del cards[key]
            elif path in templates:
                run.environment.get_template(templates[path])
                dependencies.forget_templates()
                cards.clear()
            else:
                return False
    except (OSError, RecursionError, TemplateError, UnicodeDecodeError):
        return False
    clear_rendered_cache()
    return True


def _read_again(run: RunState, path: str) -> Content | None:
    """Give a content the attributes of its file; return None where that is not enough."""
    old = run.context["generated_content"].get(path)
    cache = run.parse_caches.get(path)
    new = cache.read_again(path) if old and cache else None
    if new is None or old.header.has_errors or new.header.has_errors:
        return None
    if draft_reason(new, build_day()) != old.draft_label:
        return None
    new.status = old.status
    folder, people = Path(run.context["PATH"]), run.context["people"]
    if paper := getattr(old, "paper", None):
        new.paper = read_paper(new.header, Path(new.source_path), folder, people, paper.key)
    elif hasattr(old, "post"):
        add_posts([new], folder, people)
    if new.header.has_errors or named_files(new) != named_files(old):
        return None
    is_moved = (new.url, new.save_as) != (old.override_url, old.override_save_as)
    if is_moved or not _references(new) <= _references(old):
        return None
    if paper:
        new.downloads, new.bibtex = list_downloads(new), format_bibtex(new.paper)
    gathered = {name: value for name, value in vars(old).items() if name in _GATHERED}
    attributes = {"when": old.when} | vars(new) | gathered
    vars(old).clear()
    vars(old).update(attributes)
    return old


def _references(content: Content) -> set[str]:
    return set(_REFERENCES.findall(content.header.html))
