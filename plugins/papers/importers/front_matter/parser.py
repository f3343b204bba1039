"""Front matter of other systems, YAML or TOML: what it says by key, and the lines of it."""

import glob
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ...content import Loader
from ...util import CONTROL, shorten
from ..common import fold_text, join_values
from ..result import SourceTree

_NULL = ("~", "null", "none")
_DAY = re.compile(r"^([ \t]*[\w.-]*(?:date|mod)[\w-]*[ \t]*=[ \t]*)(\d[^\n#\"']*)", re.I | re.M)


@dataclass(slots=True)
class FrontMatter:
    """A file's front matter, by keys in lower case, and the text behind it.

    A value is text, a list, or a mapping; `lines` tells where each key stands, `line` is that
    of the body's first line, and `first` the one at which the paper begins.
    """

    source: SourceTree
    path: Path
    data: dict = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    line: int = 1
    first: int = 1
    # The first of a month stands for the month.
    rough: bool = False

    def note(self, kind: str, message: str, key: str | None = None) -> None:
        """Say something of the file, or of one of its keys."""
        line = self.lines.get(key or "") or self.lines.get((key or "").partition(".")[0])
        self.source.note(kind, self.path, message, line or (None if key else self.first), key)

    def take(self, *keys: str) -> str:
        """Take the first text there is among some keys; what others say besides is noted."""
        given = [(key, join_values(self.data.pop(key, ""))) for key in keys]
        given = [(key, text) for key, text in given if text]
        if given and given[0][0] in self.lines:
            self.lines.setdefault(keys[0], self.lines[given[0][0]])
        for key, text in given[1:]:
            if fold_text(text) not in fold_text(given[0][1]):
                self.note("left", f'"{shorten(text)}" is left out: `{given[0][0]}` is taken', key)
        return given[0][1] if given else ""

    def items(self, key: str) -> list:
        """Take a value as the list that it is, or stands for."""
        value = self.data.pop(key, "")
        return value if isinstance(value, list) else [value] if value else []

    def beside(self, form: str) -> list[Path]:
        """Return the files in its folder whose names have a form, in a fixed order."""
        folder = self.path.parent.relative_to(self.source.root).as_posix()
        return self.source.list_files(f"{glob.escape(folder)}/{form}")

    def left_over(self) -> None:
        """Note what nothing has read."""
        for key, value in sorted(self.data.items()):
            if text := join_values(value):
                self.note("left", f'nothing reads "{shorten(text)}"', key)


def read_front_matter(source: SourceTree, path: Path) -> FrontMatter | None:
    """Return a file's front matter and body; None, noted, where nobody can read it."""
    matter = FrontMatter(source, path)
    text = source.read_text(path)
    if found := CONTROL.search(text):
        row = text.count("\n", 0, found.start()) + 1
        source.note("guessed", path, "control characters in it became blanks", row)
    lines = CONTROL.sub(" ", text).split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    fence = lines[first].rstrip()
    ends = (n for n in range(first + 1, len(lines)) if lines[n].rstrip() == fence)
    end = next(ends, None) if fence in ("---", "+++") else len(lines)
    whole = path.suffix.lower() in (".yaml", ".yml", ".toml")
    if end is None or (fence not in ("---", "+++") and not whole):
        told = "has no front matter" if end else f'no "{fence}" ends its front matter'
        source.note("left", path, f"{told}, and is not taken", first + 1)
        return None
    first = first if whole and fence != "---" else first + 1
    block = "\n".join(lines[first:end])
    try:
        toml = fence == "+++" or path.suffix.lower() == ".toml"
        data, where = _toml(block) if toml else _yaml(matter, block, first)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        told = getattr(error, "problem", None) or str(error) or "is nested too deeply"
        line = mark.line + first + 1 if mark else first + 1
        if found := re.search(r" \(at line (\d+), column \d+\)", told):
            line, told = first + int(found[1]), told.replace(found[0], "")
        told = f"nobody can read its front matter ({shorten(told)}), and it is not taken"
        source.note("left", path, told, line)
        return None
    if not isinstance(data, dict):
        source.note("left", path, "its front matter says nothing, and it is not taken", first)
        return None
    matter.lines = {key: number + first + 1 for key, number in where.items()}
    matter.data = dict(flatten(data))
    matter.line = end + 2
    matter.body = "\n".join(lines[end + 1 :])
    return matter


def mark_imprecise_dates(matters: list[FrontMatter]) -> None:
    """Mark, and note, where most dates are the first of a month: nobody told the day."""
    dates = (re.match(r"\d{4}-\d{1,2}-(\d{1,2})\b", join_values(each.data.get("date", "")))
             for each in matters)  # fmt: skip
    days = [int(date[1]) for date in dates if date]
    if len(days) > 3 and days.count(1) > len(days) / 2:
        told = "most papers are of the first of a month, which is taken for the month"
        matters[0].note("guessed", told, "date")
        for each in matters:
            each.rough = True


def _yaml(matter: FrontMatter, block: str, first: int) -> tuple[object, dict[str, int]]:
    root = yaml.compose(block, Loader)
    lines: dict[str, int] = {}
    for node, _ in root.value if isinstance(root, yaml.MappingNode) else ():
        key = normalize_key(node.value)
        if key in lines:
            line = node.start_mark.line + first + 1
            told = f"is given twice, and read from line {line}"
            matter.source.note("left", matter.path, told, lines[key] + first + 1, key)
        lines[key] = node.start_mark.line
    return yaml.load(block, Loader), lines


def _toml(block: str) -> tuple[object, dict[str, int]]:
    # As text: a date that no calendar has is told as one, and loses nothing else.
    data = tomllib.loads(_DAY.sub(lambda day: f'{day[1]}"{day[2].strip()}"', block))
    lines = {}
    for n, line in enumerate(block.split("\n")):
        if found := re.match(r"[ \t]*\[{0,2}[ \t]*([\w.-]+)[ \t]*(?:=|\])", line):
            lines.setdefault(normalize_key(found[1]), n)
    return data, lines


def normalize_key(name: object) -> str:
    """Return a key as it is looked up."""
    return str(name).lower().replace("-", "_")


def flatten(data: dict, above: str = "") -> Iterator[tuple[str, object]]:
    """Yield keys and values; keys within keys are joined by dots, but for those of links."""
    for name, value in data.items():
        key = f"{above}{normalize_key(name)}"
        if isinstance(value, dict) and key not in ("links", "buttons"):
            yield from flatten(value, f"{key}.")
        else:
            yield key, _plain(value)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    text = str(value).lower() if isinstance(value, bool) else CONTROL.sub(" ", str(value)).strip()
    return "" if value is None or text.lower() in _NULL else text
