"""Front matter of other systems, YAML or TOML, with the line of each key."""

import glob
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ...content import YamlLoader
from ...util import CONTROL, shorten
from ..common import describe_yaml_error, fold_text, join_values
from ..result import SourceTree

# The beginning of a page without front matter, or with an empty one.
_NO_HEADER = re.compile(r"\s*(?:---[ \t]*\n\s*---[ \t]*(?:\n|\Z)|(?!\s|---|\+\+\+))")
_NULL = ("~", "null", "none")
_TOML_DATE = re.compile(
    r"^([ \t]*[\w.-]*(?:date|mod)[\w-]*[ \t]*=[ \t]*)(\d[^\n#\"']*)", re.I | re.M
)


@dataclass(slots=True)
class FrontMatter:
    """A file's front matter, by keys in lower case, and the text below it.

    A value is text, a list, or a mapping; `lines` maps keys to line numbers, `body_line`
    is the first line of the body, and `start_line` that of the paper.
    """

    source: SourceTree
    path: Path
    data: dict = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    start_line: int = 1
    # The first day of a month means the month.
    imprecise_dates: bool = False

    def note(self, kind: str, message: str, key: str | None = None) -> None:
        """Add a note about the file, or one of its keys."""
        line = self.lines.get(key or "") or self.lines.get((key or "").partition(".")[0])
        self.source.note(kind, self.path, message, line or (None if key else self.start_line), key)

    def pop_text(self, *keys: str) -> str:
        """Remove some keys, and return the first text in them; note other texts."""
        values = [(key, join_values(self.data.pop(key, ""))) for key in keys]
        values = [(key, text) for key, text in values if text]
        if values and values[0][0] in self.lines:
            self.lines.setdefault(keys[0], self.lines[values[0][0]])
        for key, text in values[1:]:
            if fold_text(text) not in fold_text(values[0][1]):
                self.note("left", f'"{shorten(text)}" was skipped: `{values[0][0]}` is taken', key)
        return values[0][1] if values else ""

    def pop_items(self, key: str) -> list:
        """Remove a key, and return its value as a list."""
        value = self.data.pop(key, "")
        return value if isinstance(value, list) else [value] if value else []

    def files_beside(self, pattern: str) -> list[Path]:
        """Return the files in its folder that match a pattern, in a fixed order."""
        folder = self.path.parent.relative_to(self.source.root).as_posix()
        return self.source.list_files(f"{glob.escape(folder)}/{pattern}")

    def note_remaining_keys(self) -> None:
        """Note the keys that nothing has read."""
        for key, value in sorted(self.data.items()):
            if text := join_values(value):
                self.note("left", f'"{shorten(text)}" is not used', key)


def read_front_matter(source: SourceTree, path: Path) -> FrontMatter | None:
    """Return a file's front matter and body; None, with a note, where it is invalid."""
    matter = FrontMatter(source, path)
    text = source.read_text(path)
    if match := CONTROL.search(text):
        row = text.count("\n", 0, match.start()) + 1
        source.note("guessed", path, "control characters in it became spaces", row)
    lines = CONTROL.sub(" ", text).split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].rstrip()
    ends = (n for n in range(first + 1, len(lines)) if lines[n].rstrip() == fence)
    end = next(ends, None) if fence in ("---", "+++") else len(lines)
    is_data_file = path.suffix.lower() in (".yaml", ".yml", ".toml")
    if end is None or (fence not in ("---", "+++") and not is_data_file):
        message = "has no front matter" if end else f'has no "{fence}" after its front matter'
        source.note("left", path, f"{message} and was skipped", first + 1)
        return None
    first = first if is_data_file and fence != "---" else first + 1
    block = "\n".join(lines[first:end])
    try:
        block = _expand_tabs(matter, block, first)
        toml = fence == "+++" or path.suffix.lower() == ".toml"
        data, key_lines = _toml(block) if toml else _yaml(matter, block, first)
        # A number can have more digits than Python prints.
        values = dict(flatten(data)) if isinstance(data, dict) else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message, row = describe_yaml_error(error)
        message = message or str(error) or "is nested too deeply"
        line = first + (row or 1)
        if match := re.search(r" \(at line (\d+), column \d+\)", message):
            line, message = first + int(match[1]), message.replace(match[0], "")
        message = f"its front matter cannot be read ({shorten(message)}), and it was skipped"
        source.note("left", path, message, line)
        return None
    if values is None:
        source.note("left", path, "its front matter is empty, and it was skipped", first)
        return None
    matter.lines = {key: number + first + 1 for key, number in key_lines.items()}
    matter.data = values
    matter.body_line = end + 2
    matter.body = "\n".join(lines[end + 1 :])
    return matter


def read_text_page(source: SourceTree, path: Path) -> FrontMatter | None:
    """Return a page's front matter and text, also where it has no front matter, or an empty one.

    The result is None, with a note, where the front matter is invalid.
    """
    text = source.read_text(path)
    if match := _NO_HEADER.match(text):
        line = text.count("\n", 0, match.end()) + 1
        return FrontMatter(source, path, body=text[match.end() :], body_line=line)
    return read_front_matter(source, path)


def mark_imprecise_dates(matters: list[FrontMatter]) -> None:
    """Mark papers, with a note, if most of their dates are the first day of a month."""
    dates = (re.match(r"\d{4}-\d{1,2}-(\d{1,2})\b", join_values(matter.data.get("date", "")))
             for matter in matters)  # fmt: skip
    days = [int(date[1]) for date in dates if date]
    if len(days) > 3 and days.count(1) > len(days) / 2:
        message = "most papers are of the first of a month, so only the month was kept"
        matters[0].note("guessed", message, "date")
        for matter in matters:
            matter.imprecise_dates = True


def _yaml(matter: FrontMatter, block: str, first: int) -> tuple[object, dict[str, int]]:
    root = yaml.compose(block, YamlLoader)
    lines: dict[str, int] = {}
    for node, _ in root.value if isinstance(root, yaml.MappingNode) else ():
        key = normalize_key(node.value)
        if key in lines:
            line = node.start_mark.line + first + 1
            message = f"is given twice, and read from line {line}"
            matter.source.note("left", matter.path, message, lines[key] + first + 1, key)
        lines[key] = node.start_mark.line
    return yaml.load(block, YamlLoader), lines


def _expand_tabs(matter: FrontMatter, block: str, first: int) -> str:
    """Return YAML whose tabs are blanks where it is invalid with them."""
    if "\t" not in block or matter.path.suffix.lower() == ".toml":
        return block
    try:
        yaml.compose(block, YamlLoader)
    except yaml.YAMLError:
        rows = [row.expandtabs(2).rstrip() for row in block.split("\n")]
        line = first + 1 + next(n for n, row in enumerate(block.split("\n")) if "\t" in row)
        matter.source.note("guessed", matter.path, "tabs in it are read as spaces", line)
        return "\n".join(rows)
    return block


def _toml(block: str) -> tuple[object, dict[str, int]]:
    # Dates as text: an impossible one does not invalidate the other keys.
    data = tomllib.loads(_TOML_DATE.sub(lambda day: f'{day[1]}"{day[2].strip()}"', block))
    lines = {}
    for n, line in enumerate(block.split("\n")):
        if match := re.match(r"[ \t]*\[{0,2}[ \t]*([\w.-]+)[ \t]*(?:=|\])", line):
            lines.setdefault(normalize_key(match[1]), n)
    return data, lines


def normalize_key(name: object) -> str:
    """Return a key in lower case, with underscores."""
    return str(name).lower().replace("-", "_")


def flatten(data: dict, above: str = "") -> Iterator[tuple[str, object]]:
    """Yield keys and values; dots join nested keys, except those of links."""
    for name, value in data.items():
        key = f"{above}{normalize_key(name)}"
        if isinstance(value, dict) and key not in ("links", "buttons"):
            yield from flatten(value, f"{key}.")
        else:
            yield key, _plain(value)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    text = str(value).lower() if isinstance(value, bool) else CONTROL.sub(" ", str(value)).strip()
    return "" if value is None or text.lower() in _NULL else text
