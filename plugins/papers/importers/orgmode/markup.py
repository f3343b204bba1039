"""Org's markup becomes Markdown, line by line."""

import json
import re
from dataclasses import dataclass, field

from ..common import HiddenParts, escape_link_target, remove_placeholders

_KEYWORD = re.compile(r"^\s*#\+(?P<key>[A-Za-z_]+)(?:\[[^\]]*\])?:\s*(?P<value>.*)$")
_BLOCK = re.compile(r"^\s*#\+begin_(?P<kind>\w+)\s*(?P<arguments>.*)$", re.IGNORECASE)
_BLOCK_END = re.compile(r"^\s*#\+end_\w+\s*$", re.IGNORECASE)
_DRAWER = re.compile(r"^\s*:(?!END:)[\w-]+:\s*$", re.IGNORECASE)
_DRAWER_END = re.compile(r"^\s*:END:\s*$", re.IGNORECASE)
_HEADING = re.compile(r"^(?P<stars>\*+)\s+(?P<words>.*?)(?:\s+(?P<tags>:[\w@#%:]+:))?\s*$")
_TASK = re.compile(r"^(?:TODO|DONE|NEXT|WAITING)\s+|^\[#[A-C]\]\s*")
_LINK = re.compile(
    r"\[\[(?P<target>[^\[\]\n]{1,1000})\](?:\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\]){1,600})\])?\]"
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)$", re.IGNORECASE)
_BORDER = r"(?<![\w*/=~+\\])"
_MARKS = {"*": "**", "/": "*", "_": "**", "+": "~~"}
_EMPHASIS = {
    char: re.compile(
        rf"{_BORDER}\{char}(?=\S)([^\{char}\n]{{1,400}}?)(?<=\S)\{char}(?![\w\{char}])"
    )
    for char in _MARKS
}
_CODE = re.compile(
    rf"{_BORDER}(?P<char>[=~])(?=\S)(?P<words>[^\n]{{1,300}}?)(?<=\S)(?P=char)(?![\w=~])"
)
_MATH = re.compile(r"\$[^$\n]{1,300}\$|\\\([^\n]{1,300}?\\\)|\\\[[^\n]{1,300}?\\\]")
_TIME = re.compile(r"[<\[](\d{4}-\d\d-\d\d)(?: \w{2,3}\.?)?(?: \d\d?:\d\d)?[^<>\[\]]{0,30}[>\]]")
_TERM = re.compile(r"^(\s*[-+]\s+)(.{1,200}?)\s+::(?:\s+|$)")
_NOTE = re.compile(r"\[fn:([\w-]+)\]")
# Keywords that say something of the text.
_KEYS = ("title", "subtitle", "date", "author", "email", "description", "language", "filetags")


@dataclass(slots=True)
class _Converter:
    """The open block or drawer, and how deep the headings are that are not shown."""

    values: dict[str, str] = field(default_factory=dict)
    block: str = ""
    in_drawer: bool = False
    hidden_level: int = 0

    def convert(self, line: str) -> str:
        if self.in_drawer:
            self.in_drawer = not _DRAWER_END.match(line)
            return ""
        if self.block:
            return self._convert_in_block(line)
        if heading := _HEADING.match(line):
            return self._convert_heading(heading)
        if self.hidden_level:
            return ""
        if block := _BLOCK.match(line):
            return self._open(block)
        if keyword := _KEYWORD.match(line):
            key = keyword["key"].lower()
            if key in _KEYS and keyword["value"].strip():
                self.values[key] = keyword["value"].strip()
            return f"[NOTE]: {keyword['value']}" if key == "toc" else ""
        if _DRAWER.match(line):
            self.in_drawer = True
            return ""
        if re.match(r"^\s*#(?:\s|$)", line):
            return ""
        if line.lstrip().startswith("|"):
            return _convert_row(line)
        return convert_inline(_TERM.sub(r"\1*\2*: ", line))

    def _convert_heading(self, heading: re.Match) -> str:
        level = len(heading["stars"])
        if self.hidden_level and level > self.hidden_level:
            return ""
        tags = (heading["tags"] or "").strip(":").split(":")
        hidden = heading["words"].startswith("COMMENT") or "noexport" in tags
        self.hidden_level = level if hidden else 0
        words = _TASK.sub("", _TASK.sub("", heading["words"]))
        return "" if hidden else f"{'#' * min(level + 1, 6)} {convert_inline(words)}"

    def _open(self, block: re.Match) -> str:
        kind, arguments = block["kind"].lower(), block["arguments"].split()
        self.block = f"{kind} {arguments[0].lower()}" if kind == "export" and arguments else kind
        language = arguments[0] if arguments else ""
        return {"src": f"```{language}", "example": "```"}.get(kind, "")

    def _convert_in_block(self, line: str) -> str:
        if _BLOCK_END.match(line):
            kind, self.block = self.block, ""
            return "```" if kind in ("src", "example") else ""
        if self.block in ("src", "example"):
            return line.replace(",*", "*", 1) if line.lstrip().startswith(",*") else line
        if self.block == "export html":
            return line
        if self.block.startswith(("export", "comment")):
            return ""
        line = convert_inline(line)
        return f"> {line}" if self.block in ("quote", "verse") else line


def convert_org(text: str) -> str:
    """Return a text of Org as Markdown with front matter, with about the same lines."""
    converter = _Converter()
    lines = [converter.convert(line) for line in remove_placeholders(text).split("\n")]
    values = converter.values
    if "filetags" in values:
        values["tags"] = values.pop("filetags").strip(":").replace(":", ", ")
    values["lang"] = values.pop("language", "")
    if date := _TIME.search(values.get("date", "")):
        values["date"] = date[1]
    header = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()
              if value and key != "email"]  # fmt: skip
    if email := values.get("email"):
        lines.append(f"\n[Email](mailto:{email})")
    if not header:
        return "\n".join(lines)
    # The front matter takes the place of the keywords.
    blank = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    body = lines[min(blank, len(header) + 2) :]
    return "\n".join(["---", *header, "---", *body])


def _convert_row(line: str) -> str:
    if re.match(r"^\s*\|[-+|\s]*$", line):
        return line.replace("+", "|")
    return convert_inline(line)


def convert_inline(line: str) -> str:
    """Return a line of Org as Markdown, apart from what begins it."""
    hidden = HiddenParts()
    hide = hidden.hide
    line = _MATH.sub(lambda match: hide(match[0]), line)
    line = _LINK.sub(lambda match: hide(_render_link(match)), line)
    line = _CODE.sub(lambda match: hide(f"`{match['words']}`"), line)
    line = _TIME.sub(r"\1", _NOTE.sub(r"[^\1]", line))
    for char in ("*", "/", "_", "+"):
        mark = _MARKS[char]
        line = _EMPHASIS[char].sub(rf"{mark}\1{mark}", line)
    return hidden.restore(re.sub(r"\\\\\s*$", "  ", line))


def _render_link(match: re.Match) -> str:
    target = re.sub(r"^(?:file|attachment):", "", match["target"]).partition("::")[0]
    words = match["words"] or ""
    if not words and _PICTURE.search(target):
        return f"![]({escape_link_target(target)})"
    if _PICTURE.search(words) and re.match(r"file:|\.{0,2}/|https?:", words):
        picture = escape_link_target(words.removeprefix("file:"))
        return f"[![]({picture})]({escape_link_target(target)})"
    if target.startswith(("*", "#")):
        return words or target.lstrip("*#")
    return f"[{words or target}]({escape_link_target(target)})"
