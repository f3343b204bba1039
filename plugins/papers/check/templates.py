"""Templates of one's own that no longer go with those of the theme."""

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta, nodes

from ..model import Problem

# What pages are printed with, beside what the context holds before.
_GIVEN = set(
    "article page tag category author articles dates articles_paginator articles_page "
    "articles_previous_page articles_next_page page_name output_file localsiteurl listing target "
    "blog articles_paginator drafts hidden_articles pages".split()
)
_ASKS = ("defined", "undefined", "default", "d")
_MARK = re.compile(r"\{#[^#]*\b([0-9a-f]{12})\b[^#]*#\}")


def mark(text: str) -> str:
    """Return what tells a template of the theme from another state of it."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()[:12]


def add_origin_comment(text: str, name: str, version: str | None) -> str:
    """Return a template of the theme as a copy that can be told from later ones."""
    of = f"{name} of pelican-papers {version or ''}".strip()
    return f"{{# {of}, {mark(text)}: the check tells when that has changed #}}\n{text}"


def check_templates(context: dict, environment: Environment) -> list[Problem]:
    """Return what is wrong, or out of date, in the templates of THEME_TEMPLATES_OVERRIDES."""
    problems = []
    base = Path(context["PATH"]).parent
    for folder in map(Path, context["THEME_TEMPLATES_OVERRIDES"]):
        # Folders and links to nothing are passed over by Jinja, too.
        for path in sorted(path for path in folder.rglob("*.html") if path.is_file()):
            file = path.relative_to(base).as_posix() if path.is_relative_to(base) else str(path)
            name = path.relative_to(folder).as_posix()
            found = _Template(name, path.read_text("utf-8", "replace"), context, environment)
            for message, line, notice in found.problems():
                problems.append(Problem(file, message, None, line, notice=notice))
    return problems


class _Template:
    """One template of a site's own, beside those of the theme."""

    def __init__(self, name: str, text: str, context: dict, environment: Environment):
        self.name, self.text, self.context, self.environment = name, text, context, environment
        self.theme = Path(context["THEME"], "templates")

    def problems(self) -> Iterator[tuple[str, int | None, bool]]:
        """Yield message, line, and whether it is a notice."""
        try:
            if "\ufffd" in self.text:
                raise TemplateSyntaxError("it is not UTF-8", 1)
            self.environment.compile(self.text, self.name, self.name)
            tree = self.environment.parse(self.text)
        except TemplateSyntaxError as error:
            yield f"cannot be read: {error.message} (mend it, or take it away)", error.lineno, False
            return
        except RecursionError:
            yield "cannot be read: it is nested too deeply (mend it, or take it away)", None, False
            return
        yield from self._named(tree)
        yield from self._blocks(tree)
        yield from self._copied(tree)
        yield from self._variables(tree)

    def _tree(self, name: str) -> nodes.Template | None:
        try:
            source, _, _ = self.environment.loader.get_source(self.environment, name)
            return self.environment.parse(source)
        except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError, RecursionError):
            return None

    def _named(self, tree: nodes.Template) -> Iterator[tuple[str, int, bool]]:
        """Check the templates that it is made of, and what it takes from them."""
        kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
        for node in tree.find_all(kinds):
            if not isinstance(node.template, nodes.Const) or getattr(node, "ignore_missing", 0):
                continue
            name = node.template.value
            other = self._tree(name)
            if other is None:
                yield f'"{name}" is not there any more (name another)', node.lineno, False
            elif isinstance(node, nodes.FromImport):
                given = _exported(other)
                for taken in node.names:
                    wanted = taken if isinstance(taken, str) else taken[0]
                    if wanted not in given:
                        told = f'"{name}" has no `{wanted}`{_close(wanted, given)}'
                        yield told, node.lineno, False

    def _blocks(self, tree: nodes.Template) -> Iterator[tuple[str, int, bool]]:
        """Check that what it fills has a place."""
        above, blocks, seen = _parent(tree), set(), {self.name}
        if above is None:
            return
        while above and (other := self._tree(above)):
            if above in seen:
                there = (self.theme / above).is_file()
                hint = f'write "!theme/{above}"' if there else "name another"
                told = f'"{above}" extends itself in the end ({hint})'
                yield told, tree.find(nodes.Extends).lineno, False
                return
            seen.add(above)
            blocks |= {block.name for block in other.find_all(nodes.Block)}
            above = _parent(other)
        for node in tree.find_all(nodes.Block):
            inner = any(node in block.find_all(nodes.Block) for block in tree.find_all(nodes.Block))
            if node.name not in blocks and not inner:
                told = f"block `{node.name}` is printed nowhere{_close(node.name, blocks)}"
                yield told, node.lineno, True

    def _copied(self, tree: nodes.Template) -> Iterator[tuple[str, int | None, bool]]:
        """Check a template that stands in the place of the theme's."""
        path = self.theme / self.name
        if not path.is_file():
            if not self._is_used():
                hint = "name it as one of the theme's, or take it away"
                yield f"is used by nothing: the theme has no {self.name} ({hint})", None, True
            return
        text = path.read_text("utf-8", "replace")
        copied = _MARK.search(self.text.split("\n")[0])
        if copied and copied[1] != mark(text):
            hint = f"compare it with {path}, and write {mark(text)} into the first line"
            yield f"the theme's {self.name} has changed since it was copied ({hint})", 1, True
        if _parent(tree) == f"!theme/{self.name}":
            return
        own = {block.name for block in tree.find_all(nodes.Block)} | _exported(tree)
        missing: dict[str, list[str]] = {}
        for other in sorted(self.theme.glob("*.html")):
            child = self._tree(f"!theme/{other.name}")
            for name in sorted(_needed(child, self.name) - own) if child else ():
                missing.setdefault(name, []).append(other.name)
        for name, others in missing.items():
            told = f"has no `{name}`, which the theme needs in {', '.join(others)} (take it over)"
            yield told, None, True

    def _is_used(self) -> bool:
        stem = self.name.removesuffix(".html")
        contents = filter(None, self.context["generated_content"].values())
        if stem in self.context["DIRECT_TEMPLATES"] or any(c.template == stem for c in contents):
            return True
        folders = [self.theme, *map(Path, self.context["THEME_TEMPLATES_OVERRIDES"])]
        texts = (p.read_text("utf-8", "replace") for f in folders for p in f.rglob("*.html"))
        return any(f'"{self.name}"' in text or f"'{self.name}'" in text for text in texts)

    def _variables(self, tree: nodes.Template) -> Iterator[tuple[str, int | None, bool]]:
        """Check names that nothing gives any more; one that is asked for first may be missing."""
        asked = {
            each.node.name
            for each in tree.find_all((nodes.Test, nodes.Filter))
            if each.name in _ASKS and isinstance(each.node, nodes.Name)
        }
        # Blocks see what is set around them, and one branch of a condition what another sets.
        known = self.context.keys() | self.environment.globals.keys() | _GIVEN | asked
        known |= _given(tree.find_all(nodes.Node))
        for path in self.theme.glob("*.html"):
            if other := self._tree(f"!theme/{path.name}"):
                known |= meta.find_undeclared_variables(other)
        for name in sorted(meta.find_undeclared_variables(tree) - known):
            lines = (n.lineno for n in tree.find_all(nodes.Name) if n.name == name)
            told = f"`{name}` is given by nothing{_close(name, known)}"
            yield told, next(iter(lines), None), True


def _parent(tree: nodes.Template) -> str | None:
    """Return the name of the template that one extends."""
    found = tree.find(nodes.Extends)
    return found.template.value if found and isinstance(found.template, nodes.Const) else None


def _needed(tree: nodes.Template, name: str) -> set[str]:
    """Return the blocks and macros that a template takes from another."""
    found = set()
    if _parent(tree) == name:
        found = {node.name for node in tree.body if isinstance(node, nodes.Block)}
    for node in tree.find_all(nodes.FromImport):
        if isinstance(node.template, nodes.Const) and node.template.value == name:
            found |= {taken if isinstance(taken, str) else taken[0] for taken in node.names}
    return found


def _exported(tree: nodes.Template) -> set[str]:
    """Return the macros, and other names, that others can import from a template."""
    return _given(_outermost(tree.body))


def _outermost(body: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield what stands in no scope of its own: conditions make none."""
    for node in body:
        yield node
        if isinstance(node, nodes.If):
            yield from _outermost([*node.body, *node.elif_, *node.else_])
        elif isinstance(node, nodes.Assign | nodes.AssignBlock):
            yield from (node.target, *node.target.find_all(nodes.Name))


def _given(found: Iterable[nodes.Node]) -> set[str]:
    """Return the names that these give a value to."""
    names = set()
    for node in found:
        if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx != "load"):
            names.add(node.name)
        elif isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, nodes.FromImport):
            names |= {name if isinstance(name, str) else name[1] for name in node.names}
    return names


def _close(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f" (did you mean `{close[0]}`?)" if close else " (take it away)"
