"""YAML header blocks: every value becomes the text that a `Key: value` header would hold."""

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from ..util import CONTROL, shorten
from .header import Header, HeaderEntry
from .keys import rename_headers

_NULL = ("", "~", "null", "Null", "NULL")
_LISTS = ("author", "editor", "creator", "tags", "keywords", "topics", "links", "buttons")
_LABELS = ("label", "name", "text", "title", "type", "icon")
_FAMILY = ("family", "last", "lastname", "last_name")
_GIVEN = ("given", "first", "firstname", "first_name")
_ADDRESSES = ("address", "url", "link", "href", "file")


class YamlError(Exception):
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


def parse_yaml_header(text: str, above: int) -> list[tuple[str, str, int]]:
    """Return key, value and line of each entry; `above` lines stand before the text.

    Keys within keys are joined by dots. Raises Mistake.
    """
    try:
        root = yaml.compose(text, Loader)
    except RecursionError:
        raise YamlError("is nested too deeply (write it in fewer levels)", None) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if "scanning a quoted scalar" in (getattr(error, "context", None) or ""):
            mark = error.context_mark  # Where it begins: it may end anywhere.
        line = mark.line + above + 1 if mark else None
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        hint = "put a value with a colon, a `#` or a quote in it into quotes"
        raise YamlError(f"is no YAML: {said} ({hint})", line) from None
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise YamlError("is no header (write `key: value` lines)", above + 1)
    try:
        found = list(_entries(root, ""))
    except YamlError as mistake:
        raise YamlError(mistake.message, mistake.line + above + 1) from None
    return [(key, value, node.start_mark.line + above + 1) for key, value, node in found]


def find_comments(text: str, above: int) -> Iterator[tuple[int, str]]:
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
                raise YamlError(
                    f"an item says nothing that is read ({known})", node.start_mark.line
                )
            return label
        return _pair(*node.value[0])
    return " ".join(_text(node, "").split())


def _pair(name: yaml.Node, value: yaml.Node) -> str:
    return f"{_text(name, '')} | {_text(value, '')}"


# A line indented by up to three spaces is a header still, as in Python-Markdown.
_ENTRY = re.compile(r" {0,3}(?P<key>[A-Za-z][\w-]*)[ \t]*:(?!//)[ \t]*(?P<value>.*)", re.DOTALL)


def split_header(file: str, text: str) -> tuple[Header, str]:
    """Split a file's text into its header block and its body.

    The block is YAML between lines of `---`, or `Key: value` lines up to the first blank
    line behind them; an indented line goes on with the value above it. `file` is the name
    that problems tell.
    """
    text = re.sub(r"\r\n?", "\n", text)
    header = Header(file, source=text)
    # Not splitlines, to which characters within a title are line ends too.
    lines = text.split("\n")
    for row, line in enumerate(lines, start=1):
        if found := CONTROL.search(line):
            code = f"U+{ord(found[0]):04X}"
            header.report(None, f"holds the control character {code} (delete it)", row)
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].rstrip() == "---":
        ends = (n for n in range(first + 1, len(lines)) if lines[n].rstrip() in ("---", "..."))
        if (end := next(ends, None)) is None:
            header.report(None, 'no "---" ends the header (write it below the headers)', first + 1)
            header.unparsable = True
            return header, ""
        block = "\n".join(lines[first + 1 : end])
        try:
            found = parse_yaml_header(block, first + 1)
            for number, words in find_comments(block, first + 1):
                hint = "put the whole value into quotes if it belongs to it"
                told = f'"{shorten(words)}" is a comment to YAML and left out ({hint})'
                header.report(None, told, number, notice=True)
        except YamlError as mistake:
            header.report(None, mistake.message, mistake.line)
            header.unparsable = True
            found = []
        for name, value, line in found:
            if bad := CONTROL.search(f"{name}{value}"):
                code = f"U+{ord(bad[0]):04X}"
                header.report(None, f"holds the control character {code} (delete it)", line)
                name, value = CONTROL.sub("", name), CONTROL.sub("", value)
            header.add_entry(_key(name), HeaderEntry(value.strip(), line, _key(name), value))
        body = end + 1
    else:
        body = _split_lines(header, lines)
    rename_headers(header)
    if (below := next((n for n in range(body, len(lines)) if lines[n].strip()), None)) is not None:
        header.stray_lines.append((below + 1, lines[below]))
    return header, "\n".join(lines[body:])


def _split_lines(header: Header, lines: list[str]) -> int:
    """Read `Key: value` lines; return how many lines they are, with the blank one behind."""
    key = None
    number = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            if key or any(problem.line == number - 1 for problem in header.problems):
                break
        elif match := _ENTRY.fullmatch(line):
            key = _key(match["key"])
            value = match["value"].strip()
            header.add_entry(key, HeaderEntry(value, number, key, value))
        elif line[0] in " \t" and key:
            header.stray_lines.append((number, line))
            entry = header.entries[key]
            value = f"{entry.value}\n{line.strip()}".strip()
            header.entries[key] = replace(entry, value=value, raw=f"{entry.raw}\n{line.rstrip()}")
        else:
            hint = "write `Key: value`, or leave a blank line between headers and text"
            header.report(None, f'"{shorten(line)}" is no header ({hint})', number)
    return number


def _key(name: str) -> str:
    return name.lower().replace("-", "_")
