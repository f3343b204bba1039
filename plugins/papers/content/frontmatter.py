"""Split files into header and body; YAML values become the text of `Key: value` headers."""

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from ..util import CONTROL, LazyPattern, shorten
from .header import Header, HeaderEntry
from .header_keys import rename_headers

_NULL = ("", "~", "null", "Null", "NULL")
_LISTS = ("author", "editor", "creator", "tags", "keywords", "topics", "links", "buttons")
_LABELS = ("label", "name", "text", "title", "type", "icon")
_FAMILY = ("family", "last", "lastname", "last_name")
_GIVEN = ("given", "first", "firstname", "first_name")
_ADDRESSES = ("address", "url", "link", "href", "file")

# What PyYAML reports, with what it was reading, and what to write instead; the first that matches.
_YAML_HINTS = (
    (r"found character '\\t'", "write spaces instead of the tab"),
    (r"a quoted scalar.*(?:end of stream|separator)", "close the quote"),
    (r"double-quoted scalar", "write single quotes around a value with backslashes"),
    (r"',' or '([\]}])'", r"close it with `\1`, or put the whole value in quotes"),
    (r"could not find expected ':'", "write `key: value`, and indent lines that continue a value"),
    (r"found '<block (?:mapping|sequence) start>'|document start", "indent keys and items alike"),
    (r"<block end>, but found '(?:-|\?)'", "indent keys and items alike"),
    (r"sequence entries are not", "put each item in a line of its own, or the value in quotes"),
    (r"another document|document separator", 'write "---" only above and below the headers'),
    (r"special characters|control characters", "delete the control character"),
    (r"mapping values.*at a key", "write a space after each colon, and indent all keys alike"),
    (r"mapping values", "put values that contain a colon, a `#` or a quote in quotes"),
    ("", "put the whole value in quotes"),
)

_MAX_LEVELS = 50
_MAX_LINES = 2000
_TOO_LONG = f"has more than {_MAX_LINES:,} lines of headers"


class YamlError(Exception):
    """An error in a YAML header, and its line."""

    def __init__(self, message: str, line: int | None):
        super().__init__(message)
        self.message, self.line = message, line


class YamlLoader(yaml.BaseLoader):
    """YAML loader whose values stay text; without aliases, which can multiply."""

    levels = 0

    def compose_node(self, parent, index):
        self.levels += 1
        if self.levels > _MAX_LEVELS:
            raise RecursionError
        try:
            return self._compose_node(parent, index)
        finally:
            self.levels -= 1

    def _compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="aliases are not supported", problem_mark=mark)
        return super().compose_node(parent, index)


def parse_yaml_header(text: str, above: int) -> list[tuple[str, str, int]]:
    """Return key, value and line of each entry; `above` lines stand before the text.

    Keys within keys are joined by dots. Raises YamlError.
    """
    if text.count("\n") > _MAX_LINES:
        raise YamlError(f'{_TOO_LONG} (end the header with "---")', above)
    try:
        root = yaml.compose(text, YamlLoader)
    except RecursionError:
        raise YamlError("is nested too deeply (use fewer levels)", None) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if "scanning a quoted scalar" in (getattr(error, "context", None) or ""):
            mark = error.context_mark  # Where the quote begins.
        line = mark.line + above + 1 if mark else None
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        hint = _hint_at_yaml(f"{getattr(error, 'context', None)}: {reason}", error, text)
        raise YamlError(f"is not valid YAML: {reason} ({hint})", line) from None
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise YamlError("is not a header (write `key: value` lines)", above + 1)
    try:
        entries = list(_flatten(root, ""))
    except YamlError as error:
        raise YamlError(error.message, error.line + above + 1) from None
    return [(key, value, node.start_mark.line + above + 1) for key, value, node in entries]


def _hint_at_yaml(reason: str, error: yaml.YAMLError, text: str) -> str:
    """Return what to write instead of what PyYAML cannot read."""
    mark = getattr(error, "problem_mark", None)
    if mark and re.fullmatch(r"\s*(?:- )?[\w-]+", text.split("\n")[mark.line][: mark.column]):
        reason += " at a key"
    matches = ((re.search(pattern, reason, re.DOTALL), hint) for pattern, hint in _YAML_HINTS)
    return next(match.expand(hint) for match, hint in matches if match)


def find_comments(text: str, above: int) -> Iterator[tuple[int, str]]:
    """Yield line and text of each comment after an unquoted value; it may be part of the value.

    The text is one that `parse_yaml_header` has parsed.
    """
    lines = text.split("\n")
    for token in yaml.scan(text, YamlLoader) if " #" in text else ():
        if getattr(token, "plain", False):
            mark = token.end_mark
            remaining = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
            if match := re.match(r"\s+(#\s*\S.*)", remaining):
                yield mark.line + above + 1, match[1].strip()


def _flatten(mapping: yaml.MappingNode, prefix: str) -> Iterator[tuple[str, str, yaml.Node]]:
    for node, value in mapping.value:
        key = f"{prefix}{node.value}" if isinstance(node, yaml.ScalarNode) else f"{prefix}?"
        if isinstance(value, yaml.MappingNode) and key not in ("links", "buttons"):
            yield from _flatten(value, f"{key}.")
        else:
            yield key, _format(value, key), node


def _format(node: yaml.Node, key: str = "") -> str:
    """Return a value as text: a list has a line for each item."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.style is None and node.value in _NULL else node.value
    if isinstance(node, yaml.MappingNode):
        return "\n".join(_format_pair(name, value) for name, value in node.value)
    items = list(filter(None, map(_format_item, node.value)))
    if len(items) == 1 and not key.lower().startswith(_LISTS):
        return items[0]
    return "\n".join(f"- {item}" for item in items)


def _format_item(node: yaml.Node) -> str:
    """Return one item of a list: a person's name, `label | address`, or plain text."""
    if not isinstance(node, yaml.MappingNode):
        return " ".join(_format(node).split())
    fields = {
        name.value: " ".join(_format(value).split())
        for name, value in node.value
        if isinstance(name, yaml.ScalarNode)
    }

    def first(names: tuple[str, ...]) -> str:
        return next((fields[name] for name in names if fields.get(name)), "")

    if family := first(_FAMILY):
        return ", ".join(filter(None, (family, fields.get("suffix"), first(_GIVEN))))
    label, address = first(_LABELS), first(_ADDRESSES)
    if address:
        return f"{label or 'link'} | {address}"
    if label:
        return label
    if len(node.value) == 1:
        return _format_pair(*node.value[0])
    hint = "name, family and given; or label and url"
    raise YamlError(f"an item has none of the known keys ({hint})", node.start_mark.line)


def _format_pair(name: yaml.Node, value: yaml.Node) -> str:
    return f"{_format(name)} | {_format(value)}"


# A line indented by up to three spaces is a header still, as in Python-Markdown.
_ENTRY = LazyPattern(r" {0,3}(?P<key>[A-Za-z][\w-]*)[ \t]*:(?!//)[ \t]*(?P<value>.*)", re.DOTALL)


def split_header(file: str, text: str) -> tuple[Header, str]:
    """Split a file's text into its header and its body.

    The header is YAML between lines of `---`, or `Key: value` lines up to the first blank
    line after them; an indented line continues the value above it. `file` is the name in
    problems.
    """
    text = re.sub(r"\r\n?", "\n", text)
    header = Header(file, source=text)
    # Not splitlines, which splits at characters that may be in a title.
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        _remove_control(header, line, number)
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].rstrip() == "---":
        body = _split_yaml(header, lines, first)
    else:
        body = _split_lines(header, lines)
    if header.unparsable and body == len(lines):
        return header, ""
    rename_headers(header)
    if (below := next((n for n in range(body, len(lines)) if lines[n].strip()), None)) is not None:
        header.stray_lines.append((below + 1, lines[below]))
    return header, "\n".join(lines[body:])


def _split_yaml(header: Header, lines: list[str], first: int) -> int:
    """Read the YAML below the line of index `first`; return the index of the body's first line."""
    ends = (n for n in range(first + 1, len(lines)) if lines[n].rstrip() in ("---", "..."))
    if (end := next(ends, None)) is None:
        header.report(None, 'the headers are never closed (write "---" below them)', first + 1)
        header.unparsable = True
        return len(lines)
    block = "\n".join(lines[first + 1 : end])
    entries = []
    try:
        entries = parse_yaml_header(block, first + 1)
        for number, comment in find_comments(block, first + 1):
            hint = "if it is part of the value, put the whole value in quotes"
            message = f'"{shorten(comment)}" is a comment in YAML and is ignored ({hint})'
            header.report(None, message, number, notice=True)
    except YamlError as error:
        header.report(None, error.message, error.line)
        header.unparsable = True
    for name, value, line in entries:
        # YAML's escapes can write control characters that the file does not hold.
        name, value = (_remove_control(header, part, line) for part in (name, value))
        key = _normalize(name)
        header.add_entry(key, HeaderEntry(value.strip(), line, key, value))
    return end + 1


def _remove_control(header: Header, text: str, line: int) -> str:
    """Return a text without control characters, and report the first."""
    if match := CONTROL.search(text):
        code = f"U+{ord(match[0]):04X}"
        header.report(None, f"contains the control character {code} (delete it)", line)
        return CONTROL.sub("", text)
    return text


def _split_lines(header: Header, lines: list[str]) -> int:
    """Read `Key: value` lines; return how many they are, with the blank one behind."""
    key = None
    number, wrong_line = 0, None
    for number, line in enumerate(lines, start=1):
        if number > _MAX_LINES:
            header.report(None, f"{_TOO_LONG} (leave a blank line below the headers)", number)
            header.unparsable = True
            break
        if not line.strip():
            lines_above = (wrong_line, *(problem.line for problem in header.problems))
            if key or number - 1 in lines_above:
                break
        elif match := _ENTRY.fullmatch(line):
            key = _normalize(match["key"])
            value = match["value"].strip()
            header.add_entry(key, HeaderEntry(value, number, key, value))
        elif line[0] in " \t" and key:
            header.stray_lines.append((number, line))
            entry = header.entries[key]
            value = f"{entry.value}\n{line.strip()}".strip()
            header.entries[key] = replace(entry, value=value, raw=f"{entry.raw}\n{line.rstrip()}")
        else:
            hint = "write `Key: value`, or leave a blank line between headers and text"
            header.report(None, f'"{shorten(line)}" is not a header ({hint})', number)
            wrong_line = number
    return number


def _normalize(name: str) -> str:
    return name.lower().replace("-", "_")
