"""YAML header blocks: every value becomes the text that a `Key: value` header would hold."""

import re
from collections.abc import Iterator

import yaml

_NULL = ("", "~", "null", "Null", "NULL")
_LISTS = ("author", "editor", "creator", "tags", "keywords", "topics", "links", "buttons")
_LABELS = ("label", "name", "text", "title", "type", "icon")
_FAMILY = ("family", "last", "lastname", "last_name")
_GIVEN = ("given", "first", "firstname", "first_name")
_ADDRESSES = ("address", "url", "link", "href", "file")


class Mistake(Exception):
    """What is wrong with a block, and the line of it."""

    def __init__(self, message: str, line: int | None):
        super().__init__(message)
        self.message, self.line = message, line


class Loader(yaml.BaseLoader):
    """YAML whose values stay the text that they are; without aliases, which can multiply."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="aliases are not read", problem_mark=mark)
        return super().compose_node(parent, index)


def read(text: str, above: int) -> list[tuple[str, str, int]]:
    """Return key, value and line of each entry; `above` lines stand before the text.

    Keys within keys are joined by dots. Raises Mistake.
    """
    try:
        root = yaml.compose(text, Loader)
    except RecursionError:
        raise Mistake("is nested too deeply (write it in fewer levels)", None) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if "scanning a quoted scalar" in (getattr(error, "context", None) or ""):
            mark = error.context_mark  # Where it begins: it may end anywhere.
        line = mark.line + above + 1 if mark else None
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        hint = "put a value with a colon, a `#` or a quote in it into quotes"
        raise Mistake(f"is no YAML: {said} ({hint})", line) from None
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise Mistake("is no header (write `key: value` lines)", above + 1)
    try:
        found = list(_entries(root, ""))
    except Mistake as mistake:
        raise Mistake(mistake.message, mistake.line + above + 1) from None
    return [(key, value, node.start_mark.line + above + 1) for key, value, node in found]


def comments(text: str, above: int) -> Iterator[tuple[int, str]]:
    """Yield line and words of each comment that stands behind an unquoted value.

    It may have been meant as a part of the value. The text is one that `read` takes.
    """
    lines = text.split("\n")
    for token in yaml.scan(text, Loader) if " #" in text else ():
        if getattr(token, "plain", False):
            mark = token.end_mark
            rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
            if match := re.match(r"\s+(#\s*\S.*)", rest):
                yield mark.line + above + 1, match[1].strip()


def _entries(mapping: yaml.MappingNode, above: str) -> Iterator[tuple[str, str, yaml.Node]]:
    for node, value in mapping.value:
        key = f"{above}{node.value}" if isinstance(node, yaml.ScalarNode) else f"{above}?"
        if isinstance(value, yaml.MappingNode) and key not in ("links", "buttons"):
            yield from _entries(value, f"{key}.")
        else:
            yield key, _text(value, key), node


def _text(node: yaml.Node, key: str) -> str:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.style is None and node.value in _NULL else node.value
    if isinstance(node, yaml.MappingNode):
        return "\n".join(_pair(name, value) for name, value in node.value)
    items = [item for item in (_item(value) for value in node.value) if item]
    if len(items) == 1 and not key.lower().startswith(_LISTS):
        return items[0]
    return "\n".join(f"- {item}" for item in items)


def _item(node: yaml.Node) -> str:
    """Return one item of a list: a person's name, `label | address`, or plain text."""
    if isinstance(node, yaml.MappingNode):
        found = {
            name.value: " ".join(_text(value, "").split())
            for name, value in node.value
            if isinstance(name, yaml.ScalarNode)
        }
        family = next((found[name] for name in _FAMILY if found.get(name)), None)
        if family:
            given = next((found[name] for name in _GIVEN if found.get(name)), None)
            return ", ".join(filter(None, (family, found.get("suffix"), given)))
        label = next((found[name] for name in _LABELS if found.get(name)), "")
        address = next((found[name] for name in _ADDRESSES if found.get(name)), "")
        if address and label:
            return f"{label} | {address}"
        if address:
            return f"link | {address}"
        if label or len(node.value) != 1:
            if not label:
                known = "name, family and given; or label and url"
                raise Mistake(f"an item says nothing that is read ({known})", node.start_mark.line)
            return label
        return _pair(*node.value[0])
    return " ".join(_text(node, "").split())


def _pair(name: yaml.Node, value: yaml.Node) -> str:
    return f"{_text(name, '')} | {_text(value, '')}"
