"""A file's text becomes a header block and a body."""

import re
from dataclasses import replace

from . import frontmatter
from .headers import CONTROL, Entry, Header, shorten
from .upgrades import rename_headers

# A line indented by up to three spaces is a header still, as in Python-Markdown.
_ENTRY = re.compile(r" {0,3}(?P<key>[A-Za-z][\w-]*)[ \t]*:(?!//)[ \t]*(?P<value>.*)", re.DOTALL)


def split(file: str, text: str) -> tuple[Header, str]:
    """Split a file's text into its header block and its body.

    The block is YAML between lines of `---`, or `Key: value` lines up to the first blank
    line behind them; an indented line goes on with the value above it. `file` is the name
    that problems tell.
    """
    text = re.sub(r"\r\n?", "\n", text)
    header = Header(file, text=text)
    # Not splitlines, to which characters within a title are line ends too.
    lines = text.split("\n")
    for row, line in enumerate(lines, start=1):
        if found := CONTROL.search(line):
            code = f"U+{ord(found[0]):04X}"
            header.problem(None, f"holds the control character {code} (delete it)", row)
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].rstrip() == "---":
        ends = (n for n in range(first + 1, len(lines)) if lines[n].rstrip() in ("---", "..."))
        if (end := next(ends, None)) is None:
            header.problem(None, 'no "---" ends the header (write it below the headers)', first + 1)
            header.broken = True
            return header, ""
        block = "\n".join(lines[first + 1 : end])
        try:
            found = frontmatter.read(block, first + 1)
            for number, words in frontmatter.comments(block, first + 1):
                hint = "put the whole value into quotes if it belongs to it"
                told = f'"{shorten(words)}" is a comment to YAML and left out ({hint})'
                header.problem(None, told, number, notice=True)
        except frontmatter.Mistake as mistake:
            header.problem(None, mistake.message, mistake.line)
            header.broken = True
            found = []
        for name, value, line in found:
            if bad := CONTROL.search(f"{name}{value}"):
                code = f"U+{ord(bad[0]):04X}"
                header.problem(None, f"holds the control character {code} (delete it)", line)
                name, value = CONTROL.sub("", name), CONTROL.sub("", value)
            header.add(_key(name), Entry(value.strip(), line, _key(name), value))
        body = end + 1
    else:
        body = _split_lines(header, lines)
    rename_headers(header)
    if (below := next((n for n in range(body, len(lines)) if lines[n].strip()), None)) is not None:
        header.texts.append((below + 1, lines[below]))
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
            header.add(key, Entry(value, number, key, value))
        elif line[0] in " \t" and key:
            header.texts.append((number, line))
            entry = header.entries[key]
            value = f"{entry.value}\n{line.strip()}".strip()
            header.entries[key] = replace(entry, value=value, raw=f"{entry.raw}\n{line.rstrip()}")
        else:
            hint = "write `Key: value`, or leave a blank line between headers and text"
            header.problem(None, f'"{shorten(line)}" is no header ({hint})', number)
    return number


def _key(name: str) -> str:
    return name.lower().replace("-", "_")
