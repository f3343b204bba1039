"""The policy that says what a page may load: templates without it, hosts that it need not allow."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, TemplateError, nodes

from ..content import Header, check_policy, find_host_use
from ..model import FRAME_HOSTS, Problem
from ..util import Element, LazyPattern, find_policy, is_too_late_for_policy, parse_tags
from .setting_places import SETTINGS_FILES, find_assignments

_POLICY = "_policy.html"
_ENDINGS = (".html", ".htm")
_HINT = (
    f'write {{% include "{_POLICY}" %}} right after <head>, outside conditions, blocks and comments'
)
# The usual beginnings of templates, which need not be parsed for them.
_EXTENDS = LazyPattern(r'\s*\{% extends "([^"{}]+)" %\}')
_STARTS_WITH_POLICY = LazyPattern(r'((?:[^{]|\{\{[^{}]*\}\})*)\{% include "_policy\.html" \+?%\}')
_JINJA = LazyPattern(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STYLE = LazyPattern(r"<style\b[^<>]*>([^<]*)</style", re.IGNORECASE)
# An address that a reader goes to, and no page loads.
_HREF = LazyPattern(r'(<a\b[^<>]*?) href="[^"]*"')


def check_unused_hosts(context: dict) -> list[Problem]:
    """Return a notice for each host of ALLOWED_HOSTS that no text, template or script names.

    What a script of another host loads is unknown: where there is one, only scripts are checked.
    """
    allowed = {use: hosts for use, hosts in (context.get("ALLOWED_HOSTS") or {}).items() if hosts}
    if not allowed:
        return []
    source = "\n".join(_sources(context))
    has_scripts = any(_is_named(host, source) for host in allowed.get("scripts", ()))
    root = Path(context["PATH"]).parent
    file, line = dict(find_assignments(root)).get("ALLOWED_HOSTS", (SETTINGS_FILES[0], None))
    problems = []
    for use, hosts in allowed.items():
        for host in hosts:
            known = FRAME_HOSTS.get(host.removeprefix("https://").removeprefix("www."), host)
            if use == "frames" and known not in hosts:
                hint = f"write {known}, which serves their frames"
            elif (has_scripts and use != "scripts") or _is_named(host, source):
                continue
            else:
                hint = "delete it"
            message = f'no page loads "{use}" from {host} ({hint})'
            problems.append(Problem(file, message, "ALLOWED_HOSTS", line, notice=True))
    return problems


def _sources(context: dict) -> Iterable[str]:
    """Yield all that can name a host: texts, the site's templates, and its scripts."""
    content = Path(context["PATH"])
    for text in filter(None, context["generated_content"].values()):
        yield _HREF.sub(r"\1", text.header.html)
    paths = [content / source for source in context["TEMPLATE_PAGES"]]
    for folder in map(Path, context["THEME_TEMPLATES_OVERRIDES"]):
        paths += folder.rglob("*.html")
    scripts = [name for name in context["static_content"] if name.endswith((".js", ".mjs"))]
    paths += [content / name for name in scripts]
    yield from (path.read_text("utf-8", "replace") for path in paths if path.is_file())


def _is_named(host: str, source: str) -> bool:
    """Tell whether a source has an address of a host of the setting."""
    name = re.escape(host.removeprefix("https:")).replace(r"\*\.", r"[\w.-]+\.", 1)
    return re.search(rf"{name}(?![\w-]|\.\w)", source, re.IGNORECASE) is not None


def check_page_policy(context: dict, environment: Environment) -> list[Problem]:
    """Return a problem for each template of a page that can be printed without the policy.

    Templates of a theme that has no policy of ours are not checked.
    """
    theme = Path(context["THEME"], "templates")
    if not (theme / _POLICY).is_file():
        return []
    template_pages = {
        source for source, page in context["TEMPLATE_PAGES"].items() if page.endswith(_ENDINGS)
    }
    templates = _Templates(environment, Path(context["PATH"]), template_pages)
    if not templates.has_policy(_POLICY):
        message = "has no Content-Security-Policy with a default-src"
        return [_problem(templates.path(_POLICY), f"{message} (copy it from the theme)", context)]
    # Of templates that extend each other, the outermost is to be corrected.
    names = template_pages.union(_page_names(context, theme))
    roots = {templates.find_root(name) for name in names}
    return [
        _problem(
            templates.path(name),
            f"prints a page without the content security policy ({_HINT})",
            context,
        )
        for name in sorted(roots)
        if not templates.has_policy(name)
    ]


def check_template_files(context: dict) -> list[Problem]:
    """Return a problem for each thing in the site's own templates that the theme's policy blocks.

    A site with a policy of its own knows what that allows.
    """
    folders = list(map(Path, context["THEME_TEMPLATES_OVERRIDES"]))
    is_ours = Path(context["THEME"], "templates", _POLICY).is_file()
    if not is_ours or any((folder / _POLICY).is_file() for folder in folders):
        return []
    paths = [path for folder in folders for path in sorted(folder.rglob("*.html"))]
    paths += [Path(context["PATH"], source) for source in sorted(context["TEMPLATE_PAGES"])]
    problems: list[Problem] = []
    for path in paths:
        if path.is_file() and not path.is_symlink():
            problems += _check_template_file(path, context)
    return problems


def _check_template_file(path: Path, context: dict) -> list[Problem]:
    html = _JINJA.sub(_replace_jinja, path.read_text("utf-8", "replace"))
    if site := context["SITEURL"]:
        html = html.replace(f"{site}/", "/")
    header = Header(_problem(path, "", context).file, source=html)
    elements = [Element(tag.name, tag.attributes) for tag in parse_tags(html) if not tag.closing]
    elements += [Element("style", {}, css) for css in _STYLE.findall(html)]
    for element in elements:
        # Most links in a page's head, such as that of its own address, load nothing.
        if element.name != "link" or find_host_use(element, "href"):
            check_policy(header, element, context.get("ALLOWED_HOSTS"))
    return header.problems


def _replace_jinja(match: re.Match) -> str:
    """Return something printed for an expression, nothing for else, in as many lines."""
    lines = "\n" * match[0].count("\n")
    return f"_{lines}" if match[0].startswith("{{") else lines


def _problem(path: Path, message: str, context: dict) -> Problem:
    root = Path(context["PATH"]).parent
    file = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    return Problem(file, message)


def _page_names(context: dict, theme: Path) -> Iterator[str]:
    """Yield the names of the templates of which Pelican makes pages."""
    contents = filter(None, context["generated_content"].values())
    yield from (path.name for path in sorted(theme.glob("[!_]*.html")))
    stems = {*context["DIRECT_TEMPLATES"], *(content.template for content in contents)}
    yield from (f"{stem}.html" for stem in sorted(stems))


class _Templates:
    """Templates by name; one that cannot be read has no problem here, as it prints nothing.

    Those of the setting TEMPLATE_PAGES, `page_sources`, lie in the folder `content`.
    """

    def __init__(self, environment: Environment, content: Path, page_sources: set[str]):
        self.environment = environment
        self._page_sources = page_sources
        self._page_loader = ChoiceLoader([FileSystemLoader(content), environment.loader])
        self._sources: dict[str, tuple[str, str]] = {}

    def _source(self, name: str) -> tuple[str, str]:
        """Return the text and path of a template, empty where there is none."""
        if name not in self._sources:
            try:
                is_page = name in self._page_sources
                loader = self._page_loader if is_page else self.environment.loader
                text, path, _ = loader.get_source(self.environment, name)
            except (TemplateError, OSError, UnicodeDecodeError):
                text = path = ""
            self._sources[name] = text, path or ""
        return self._sources[name]

    def _parse(self, name: str) -> nodes.Template | None:
        try:
            return self.environment.parse(self._source(name)[0])
        except (TemplateError, RecursionError):
            return None

    def path(self, name: str) -> Path:
        return Path(self._source(name)[1])

    def find_root(self, name: str) -> str:
        """Return the template that one extends in the end, or the last that can be told."""
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            text = self._source(name)[0]
            if match := _EXTENDS.match(text):
                name = match[1]
            elif _STARTS_WITH_POLICY.match(text):
                break
            elif (tree := self._parse(name)) and (parent := _parent_name(tree)):
                name = parent
        return name

    def has_policy(self, name: str, depth: int = 0) -> bool:
        """Tell whether a template that extends no other prints a policy, whatever happens."""
        if match := _STARTS_WITH_POLICY.match(self._source(name)[0]):
            return not is_too_late_for_policy(match[1]) and self.has_policy(_POLICY, depth + 1)
        tree = self._parse(name)
        if tree is None or not self._source(name)[1] or depth > 9:
            return depth == 0
        text = ""
        for node in tree.body:
            if isinstance(node, nodes.Output):
                data = (part.data for part in node.nodes if isinstance(part, nodes.TemplateData))
                text += "".join(data)
                if (start := find_policy(text)) is not None:
                    return not is_too_late_for_policy(text[:start])
            elif isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
                if self.has_policy(node.template.value, depth + 1):
                    return not is_too_late_for_policy(text)
        return False


def _parent_name(tree: nodes.Template) -> str | None:
    """Return the template that one extends in any case."""
    for node in tree.body:
        if isinstance(node, nodes.Extends) and isinstance(node.template, nodes.Const):
            return node.template.value
    return None
