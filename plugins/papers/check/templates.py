"""The site's own templates: errors in them, and what no longer fits the theme's templates."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import (
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)
from pelican.contents import Article, Page

from ..build import only_our_plugin
from ..model import Problem
from ..util import LazyPattern, find_misspelt

# The variables of pages that are not in the context.
_PAGE_VARIABLES = set(
    "article page tag category author articles dates articles_paginator articles_page "
    "articles_previous_page articles_next_page page_name output_file localsiteurl listing target "
    "blog articles_paginator drafts hidden_articles pages".split()
)
# What else Pelican makes pages of, where one of these settings (with _SAVE_AS) is there.
_PELICAN_TEMPLATES = {
    "author": ("AUTHOR",), "category": ("CATEGORY",), "tag": ("TAG",),
    "period_archives": ("YEAR_ARCHIVE", "MONTH_ARCHIVE", "DAY_ARCHIVE"),
}  # fmt: skip
_FOLDER_LINK = "is a link to a folder (copy the files themselves there)"
_EXISTENCE_CHECKS = ("defined", "undefined", "default", "d")
_FINGERPRINT = LazyPattern(r"\{#[^#]*\b([0-9a-f]{12})\b[^#]*#\}")


class Finding(NamedTuple):
    """What is wrong with a template, and where."""

    message: str
    line: int | None
    notice: bool = False


def _fingerprint(text: str) -> str:
    """Return a short hash of a template, by which a copy names its original."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()[:12]


def add_origin_comment(text: str, name: str, version: str | None) -> str:
    """Return a template with a comment that names its origin, for the check of later releases."""
    origin = f"{name} of pelican-papers {version or ''}".strip()
    return f"{{# {origin}, {_fingerprint(text)}: the check tells when that has changed #}}\n{text}"


def check_templates(context: dict, environment: Environment) -> list[Problem]:
    """Return the problems of the templates in THEME_TEMPLATES_OVERRIDES."""
    problems = []
    root = Path(context["PATH"]).parent
    for folder in map(Path, context["THEME_TEMPLATES_OVERRIDES"]):
        # Jinja, too, ignores folders and broken symbolic links.
        for path in sorted(path for path in folder.rglob("*.html") if path.is_file()):
            if path.is_symlink() and not _is_inside(path, folder):
                continue  # check_template_links reports it.
            file = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
            name = path.relative_to(folder).as_posix()
            text = path.read_text("utf-8", "replace")
            for message, line, notice in _Template(name, text, context, environment).check():
                problems.append(Problem(file, message, None, line, notice=notice))
    return problems


def check_template_links(context: dict) -> list[Problem]:
    """Return the links in the site's folders of templates, and in its theme, that lead out of them.

    A folder of templates must be no link either. What lies outside of the site's own folder, such
    as an installed theme, is not checked.
    """
    root, theme = Path(os.path.abspath(Path(context["PATH"]).parent)), Path(context["THEME"])
    problems = []
    for folder in map(Path, map(os.path.abspath, context["THEME_TEMPLATES_OVERRIDES"])):
        if not folder.is_relative_to(root):
            continue
        steps = [folder, *folder.parents][: len(folder.relative_to(root).parts)]
        if link := next((path for path in steps if path.is_symlink()), None):
            problems.append(_link_problem(link, root, _FOLDER_LINK))
        else:
            problems += _find_links(folder, folder, root)
    theme = Path(os.path.abspath(theme))
    if theme.is_relative_to(root):
        for name in ("templates", *context["THEME_STATIC_PATHS"]):
            problems += _find_links(theme / name, theme, root)
    return problems


def _find_links(folder: Path, limit: Path, root: Path) -> Iterator[Problem]:
    """Yield problems of links in `folder` to folders, and to files outside of `limit`."""
    for parent, folders, files in os.walk(folder):
        for path in (Path(parent, name) for name in sorted(folders)):
            if path.is_symlink():
                yield _link_problem(path, root, _FOLDER_LINK)
        for path in (Path(parent, name) for name in sorted(files)):
            if path.is_symlink() and not _is_inside(path, limit):
                message = f"points outside {limit.name}/ (copy the file itself there)"
                yield _link_problem(path, root, message)


def _is_inside(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _link_problem(path: Path, root: Path, message: str) -> Problem:
    return Problem(path.relative_to(root).as_posix(), message)


class _Template:
    """A template of the site, which replaces or extends one of the theme."""

    def __init__(self, name: str, text: str, context: dict, environment: Environment):
        self.name, self.text, self.context, self.environment = name, text, context, environment
        self.theme = Path(context["THEME"], "templates")

    def check(self) -> Iterator[Finding]:
        """Yield all that is wrong with the template."""
        try:
            if "\ufffd" in self.text:
                raise TemplateSyntaxError("it is not UTF-8", 1)
            self.environment.compile(self.text, self.name, self.name)
            tree = self.environment.parse(self.text)
        except TemplateSyntaxError as error:
            message = f"cannot be read: {error.message} (correct or delete it)"
            yield Finding(message, error.lineno)
            return
        except RecursionError:
            message = "cannot be read: it is nested too deeply (correct or delete it)"
            yield Finding(message, None)
            return
        yield from self._check_references(tree)
        yield from self._check_blocks(tree)
        yield from self._check_replacement(tree)
        yield from self._check_variables(tree)

    def _parse(self, name: str) -> nodes.Template | None:
        try:
            source, _, _ = self.environment.loader.get_source(self.environment, name)
            return self.environment.parse(source)
        except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError, RecursionError):
            return None

    def _check_references(self, tree: nodes.Template) -> Iterator[Finding]:
        """Check the templates that it extends, includes or imports from."""
        kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
        for node in tree.find_all(kinds):
            if not isinstance(node.template, nodes.Const) or getattr(node, "ignore_missing", 0):
                continue
            name = node.template.value
            other = self._parse(name)
            if other is None:
                yield Finding(f'"{name}" no longer exists (choose another)', node.lineno)
            elif isinstance(node, nodes.FromImport):
                exports = _exports(other)
                for imported in _imported_names(node):
                    if imported not in exports:
                        hint = _suggest(imported, exports)
                        yield Finding(f'"{name}" has no `{imported}`{hint}', node.lineno)

    def _check_blocks(self, tree: nodes.Template) -> Iterator[Finding]:
        """Check that the templates above have the blocks that it overrides."""
        parent, blocks, seen = _parent_name(tree), set(), {self.name}
        if parent is None:
            return
        while parent and (other := self._parse(parent)):
            if parent in seen:
                in_theme = (self.theme / parent).is_file()
                hint = f'write "!theme/{parent}"' if in_theme else "name another"
                message = f'"{parent}" extends itself ({hint})'
                yield Finding(message, tree.find(nodes.Extends).lineno)
                return
            seen.add(parent)
            blocks |= {block.name for block in other.find_all(nodes.Block)}
            parent = _parent_name(other)
        for node in tree.find_all(nodes.Block):
            is_inner = any(
                node in outer.find_all(nodes.Block) for outer in tree.find_all(nodes.Block)
            )
            if node.name not in blocks and not is_inner:
                message = (
                    f"block `{node.name}` is not in any template that it "
                    f"extends{_suggest(node.name, blocks)}"
                )
                yield Finding(message, node.lineno, notice=True)

    def _check_replacement(self, tree: nodes.Template) -> Iterator[Finding]:
        """Check a template that replaces one of the theme: it must have what others need."""
        path = self.theme / self.name
        if not path.is_file():
            if not self._is_used():
                hint = "give it the name of a template of the theme, or delete it"
                message = f"is not used: the theme has no {self.name} ({hint})"
                yield Finding(message, None, notice=True)
            return
        text = path.read_text("utf-8", "replace")
        original = _FINGERPRINT.search(self.text.split("\n")[0])
        if original and original[1] != _fingerprint(text):
            hint = f"compare it with {path}, and write {_fingerprint(text)} into the first line"
            message = f"the theme's {self.name} has changed since it was copied ({hint})"
            yield Finding(message, 1, notice=True)
        if _parent_name(tree) == f"!theme/{self.name}":
            return
        own = {block.name for block in tree.find_all(nodes.Block)} | _exports(tree)
        missing: dict[str, list[str]] = {}
        for other in sorted(self.theme.glob("*.html")):
            child = self._parse(f"!theme/{other.name}")
            for name in sorted(_names_needed(child, self.name) - own) if child else ():
                missing.setdefault(name, []).append(other.name)
        for name, others in missing.items():
            needed_in = ", ".join(others)
            message = (
                f"has no `{name}`, which the theme needs in {needed_in} (copy it from the theme)"
            )
            yield Finding(message, None, notice=True)

    def _is_used(self) -> bool:
        stem = self.name.removesuffix(".html")
        settings = _PELICAN_TEMPLATES.get(stem, ())
        if any(self.context.get(f"{name}_SAVE_AS") for name in settings):
            return True
        contents = filter(None, self.context["generated_content"].values())
        if stem in self.context["DIRECT_TEMPLATES"] or any(c.template == stem for c in contents):
            return True
        folders = [self.theme, *map(Path, self.context["THEME_TEMPLATES_OVERRIDES"])]
        paths = (path for folder in folders for path in folder.rglob("*.html"))
        texts = (path.read_text("utf-8", "replace") for path in paths)
        return any(f'"{self.name}"' in text or f"'{self.name}'" in text for text in texts)

    def _check_variables(self, tree: nodes.Template) -> Iterator[Finding]:
        """Check that all names exist, but for those whose existence the template checks."""
        optional = {
            getattr(node.node, "name", None) or getattr(node.node, "attr", None)
            for node in tree.find_all((nodes.Test, nodes.Filter))
            if node.name in _EXISTENCE_CHECKS and isinstance(node.node, nodes.Name | nodes.Getattr)
        }
        known = self.context.keys() | self.environment.globals.keys() | _PAGE_VARIABLES | optional
        # Blocks and included templates see variables that are set around them, which Jinja reports
        # as undeclared.
        attributes = set()
        for name in self._template_names():
            if other := tree if name == self.name else self._parse(name):
                known |= _assigned_names(other.find_all(nodes.Node))
                if name.startswith("!theme/"):
                    known |= meta.find_undeclared_variables(other)
                    attributes |= {node.attr for node in other.find_all(nodes.Getattr)}
        # A missing name ends the build, unless other code adds it while pages are made.
        is_strict = issubclass(self.environment.undefined, StrictUndefined)
        is_printed = (self.theme / self.name).is_file() or self._is_used()
        notice = not (is_strict and is_printed and only_our_plugin(self.context))
        undeclared = meta.find_undeclared_variables(tree)
        for name in sorted(undeclared - known):
            lines = (node.lineno for node in tree.find_all(nodes.Name) if node.name == name)
            message = f"nothing gives `{name}` a value{_suggest(name, known)}"
            yield Finding(message, next(lines, None), notice)
        for node in tree.find_all(nodes.Getattr):
            variable = node.node.name if isinstance(node.node, nodes.Name) else None
            if variable in undeclared and node.attr not in attributes | optional:
                own_attributes = self._attributes(variable)
                if own_attributes and node.attr not in own_attributes:
                    hint = _suggest(node.attr, own_attributes | attributes)
                    yield Finding(f"no {variable} has `{node.attr}`{hint}", node.lineno, notice)

    def _template_names(self) -> Iterator[str]:
        """Yield the names of the site's own templates and of the theme's."""
        for folder in map(Path, self.context["THEME_TEMPLATES_OVERRIDES"]):
            yield from sorted(
                path.relative_to(folder).as_posix() for path in folder.rglob("*.html")
            )
        yield from sorted(f"!theme/{path.name}" for path in self.theme.glob("*.html"))

    def _attributes(self, variable: str) -> set[str]:
        """Return all attributes of the site's articles or pages."""
        kinds = {"article": Article, "page": Page}
        if variable not in kinds:
            return set()
        contents = filter(None, self.context["generated_content"].values())
        those = [content for content in contents if isinstance(content, kinds[variable])]
        return {name for content in those for name in dir(content)}


def _parent_name(tree: nodes.Template) -> str | None:
    """Return the name of the template that one extends."""
    node = tree.find(nodes.Extends)
    return node.template.value if node and isinstance(node.template, nodes.Const) else None


def _names_needed(tree: nodes.Template, name: str) -> set[str]:
    """Return the blocks and macros that a template takes from the template of a name."""
    names = set()
    if _parent_name(tree) == name:
        names = {node.name for node in tree.body if isinstance(node, nodes.Block)}
    for node in tree.find_all(nodes.FromImport):
        if isinstance(node.template, nodes.Const) and node.template.value == name:
            names |= _imported_names(node)
    return names


def _imported_names(node: nodes.FromImport) -> set[str]:
    """Return the names of an import as the other template has them."""
    return {name if isinstance(name, str) else name[0] for name in node.names}


def _exports(tree: nodes.Template) -> set[str]:
    """Return the macros and variables that others can import from a template."""
    return _assigned_names(_top_level_nodes(tree.body))


def _top_level_nodes(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield the nodes outside of blocks and macros; conditions have no scope of their own."""
    for node in body:
        yield node
        if isinstance(node, nodes.If):
            yield from _top_level_nodes([*node.body, *node.elif_, *node.else_])
        elif isinstance(node, nodes.Assign | nodes.AssignBlock):
            yield from (node.target, *node.target.find_all(nodes.Name))


def _assigned_names(tree: Iterable[nodes.Node]) -> set[str]:
    """Return the names that nodes define."""
    names = set()
    for node in tree:
        if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load"):
            names.add(node.name)
        elif isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, nodes.FromImport):
            names |= {name if isinstance(name, str) else name[1] for name in node.names}
    return names


def _suggest(name: str, known: set[str]) -> str:
    names = {each.lower(): each for each in sorted(known)}
    close = find_misspelt(name, known) or names.get(find_misspelt(name.lower(), names))
    return f" (did you mean `{close}`?)" if close else " (delete it)"
