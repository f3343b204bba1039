"""Lists, quotations and fences as CommonMark nests them, written so that Python-Markdown does.

CommonMark nests by the column at which the text of an item begins, Python-Markdown by four spaces
a level. A list, a table or a fence may follow a paragraph without a blank line in CommonMark.
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from ...util import LazyPattern
from .fence import Fence
from .html_chunk import HtmlChunks

_MAX_LEVELS = 100
_MAX_FORMULA_LINES = 400
# A text without any of these is one of paragraphs, headings and footnotes.
_STRUCTURE = LazyPattern(
    r"^ +#{1,6} |^ *\{:|^[ >]*(?:(?:[-*+]|\d{1,9}[.)])(?: |$)|```|~~~|<[A-Za-z/!]"
    r"|\|?[ :]*-+[ :]*\||=+ *$|\[!)",
    re.MULTILINE,
)
_ITEM = LazyPattern(r"([-*+]|(\d{1,9})[.)])( +|$)")
_RULE = LazyPattern(r"([-*_])(?: *\1){2,} *$")
_HEADING = LazyPattern(r"#{1,6}(?![^ #])")
_UNDERLINE = LazyPattern(r"(?:=+|-+) *$")
_FOOTNOTE = LazyPattern(r"\[\^[^\]]+\]:")
_DEFINITION = LazyPattern(r": {1,3}\S")
_CALLOUT = LazyPattern(r"(?:!!!|\?\?\?\+?) *[A-Za-z]")
_TABLE_DELIMITER = LazyPattern(r"\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$|\|? *:?-+:? *\|$")
_ALERT = LazyPattern(r"\[!(note|tip|important|warning|caution)\] *$", re.IGNORECASE)
# The table of contents of kramdown, in place of a list; the attributes of the heading above.
_CONTENTS = LazyPattern(r"^(?:[-*+]|1[.)]) +[^\n]*\n *\{: *toc *\} *$", re.MULTILINE)
_ATTRIBUTES = LazyPattern(r"\{:[^{}]*\} *$")
_FORMULAS = {"$$": "$$", r"\[": r"\]", r"\\[": r"\\]"}


@dataclass(slots=True)
class _Container:
    """An item of a list, or another block that has blocks indented below its first line.

    `columns` are those at which its text may begin: by CommonMark, and by Python-Markdown.
    """

    kind: str
    columns: tuple[int, ...]


class BlockStructureExtension(Extension):
    """Read lists, quotations, fences, tables and HTML as GitHub, kramdown and Hugo do."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Run when white space is normalized, and before anything else is looked at."""
        md.preprocessors.register(_BlockStructure(md), "block_structure", 29)
        md.treeprocessors.register(_FootnoteEnds(md), "footnote_ends", 45)


class _BlockStructure(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if not _STRUCTURE.search(text):
            return lines
        if "toc}" in text and "toc" in self.md.treeprocessors:
            lines = _CONTENTS.sub("[TOC]\n", text).split("\n")
        return _Rewriter(self.md).rewrite(lines)


class _FootnoteEnds(Treeprocessor):
    """Part the link back from a footnote from the code that it ends with."""

    def run(self, root: Element) -> None:
        for item in root.iter("li"):
            if not item.get("id", "").startswith("fn") or not len(item) or item[-1].tag != "p":
                continue
            if match := HTML_PLACEHOLDER_RE.match(item[-1].text or ""):
                paragraph, code = item[-1], Element("p")
                code.text, paragraph.text = match[0], ""
                item.insert(len(item) - 1, code)


class _Rewriter:
    """Rewrites the lines of a text, or of a quotation within it.

    `paragraph` is the number of containers around the paragraph that is open, one more in a
    quotation, and None between paragraphs.
    """

    def __init__(self, md: Markdown, level: int = 0):
        self.md, self.level, self.tab = md, level, md.tab_length
        self.stack: list[_Container] = []
        self.lines: list[str] = []
        self.out: list[str] = []
        self.paragraph: int | None = None
        self.paragraph_start = 0
        self.in_first_paragraph = self.in_table = False
        # The number of containers around the first line below the last blank one.
        self.first_depth = 0
        # The least indentation of the lines of code that go on, and how far each is moved.
        self.code: tuple[int, int] | None = None
        self.html = HtmlChunks(md) if "html_block" in md.preprocessors else None
        self.has_open_formula = True

    def rewrite(self, lines: list[str]) -> list[str]:
        """Return the lines with four spaces for each level, and blank lines between blocks."""
        self.lines = lines
        n = 0
        while n < len(lines):
            n = self._rewrite_line(n)
        # A block that ends the text has taken the blank lines that Python-Markdown puts there.
        return self.out if self.level else [*self.out, "", ""]

    def _rewrite_line(self, n: int) -> int:
        """Write what begins in a line; return the number of the next one that is unread."""
        line = self.lines[n]
        text = line.lstrip(" ")
        if not text:
            self.out.append("")
            self.paragraph = None
            return n + 1
        indent = len(line) - len(text)
        depth = self._count_containers(indent)
        columns = self.stack[depth - 1].columns if depth else (0,)
        base = max(column for column in columns if column <= indent)
        if self.paragraph is None and self._continue_code(line, text, indent, depth, base, columns):
            return n + 1
        if indent - base < 4 or (self.html and self.html.open):
            if end := self._read_block(n, text, indent, depth, indent - base):
                return end
        self._continue_paragraph(line, text, depth)
        return n + 1

    def _count_containers(self, indent: int) -> int:
        for n, container in enumerate(self.stack):
            if indent < min(container.columns):
                return n
        return len(self.stack)

    def _continue_code(self, line, text, indent, depth, base, columns) -> bool:
        """Write a line of an indented block of code, if it is one."""
        if self.code and indent >= self.code[0]:
            self.out.append(" " * (indent + self.code[1]) + text)
            return True
        self.code = None
        least = base + 4
        if indent < least and depth and not _ITEM.match(text):
            least = min(columns) + 4
        if indent < least or (self.html and self.html.open):
            return False
        self._close(depth)
        self.code = least, self.tab * depth + 4 - least
        self._begin(depth)
        self.out.append(" " * (indent + self.code[1]) + text)
        return True

    def _read_block(self, n: int, text: str, indent: int, depth: int, offset: int) -> int:
        """Write the block that begins in a line, and return the number of the next; 0 if none."""
        if self.html and text[0] == "<" and not (depth and self.html.open):
            if end := self._read_html(n, text, depth):
                return end
        if offset >= 4 or text[0].isalpha():
            return 0
        if text[0] in "`~" and (fence := Fence.parse(text)):
            return self._read_fence(n, fence, indent, depth)
        if text[0] == ">" and self.level < _MAX_LEVELS:
            return self._read_quotation(n, depth)
        if text[0] in "$\\" and (end := self._read_formula(n, text, depth)):
            return end
        if _RULE.match(text) and (text[0] != "-" or self.paragraph != depth):
            return self._write_line(n, text, depth)
        if _HEADING.match(text):
            below = self.lines[n + 1].strip() if n + 1 < len(self.lines) else ""
            if _ATTRIBUTES.match(below):
                return self._write_line(n + 1, f"{text} {below}", depth)
            return self._write_line(n, text, depth)
        if match := _ITEM.match(text):
            return self._read_item(n, match, text, indent, depth)
        if text[0] in "[!?:" and (end := self._read_indented(n, text, indent, depth)):
            return end
        return 0

    # --- Blocks of one kind each ---

    def _read_item(self, n: int, match: re.Match, text: str, indent: int, depth: int) -> int:
        marker, number, blanks = match[1], match[2], match[3]
        kind, content = "ol" if number else "ul", text[match.end() :]
        if self.paragraph == depth:
            four = bool(depth) and indent >= self.stack[depth - 1].columns[-1]
            interrupts = content and (not number or int(number) == 1 or four)
            if not interrupts or len(self.stack) >= _MAX_LEVELS:
                if number and depth:
                    text = f"{number}\\{text[len(number) :]}"
                self._continue_paragraph(" " * indent + text, text, depth)
                return n + 1
        sibling = len(self.stack) > depth and self.stack[depth].kind == kind
        tight = self.paragraph == depth and depth and self.in_first_paragraph
        apart = self.paragraph is not None and not self.in_first_paragraph
        if apart or depth < self.first_depth or not (sibling or tight):
            self._separate()
        self._close(depth)
        width = len(blanks) if content and len(blanks) < 5 else 1
        self._open(kind, indent, indent + len(marker) + width)
        marker = f"{number}." if number else marker
        if content and (fence := Fence.parse(content)):
            column = indent + len(match[0])
            end, placeholder = self._run_fence(n, fence, column, depth + 1)
            if placeholder:
                self.out += [f"{' ' * self.tab * depth}{marker} {placeholder}", ""]
                self.paragraph = None
                return end
        self._begin(depth)
        self.out.append(f"{' ' * self.tab * depth}{marker}{blanks or ' '}{content}")
        self.paragraph, self.in_first_paragraph = depth + 1, True
        return n + 1

    def _read_indented(self, n: int, text: str, indent: int, depth: int) -> int:
        """Read a footnote, a callout or a definition, below which blocks are indented by four."""
        callout = _CALLOUT.match(text) and "admonition" in self.md.parser.blockprocessors
        if not callout and not _FOOTNOTE.match(text):
            above = self.paragraph == depth or any(c.kind == "dd" for c in self.stack[depth:])
            if not (above and _DEFINITION.match(text)):
                return 0
        if self.paragraph is not None and self.paragraph > depth and text[0] != ":":
            self._separate()
        self._close(depth)
        self.out.append(" " * self.tab * depth + text)
        is_definition = text[0] == ":"
        width = len(text) - len(text[1:].lstrip(" ")) if is_definition else 4
        self._open("dd" if is_definition else "note", indent, indent + width)
        self.paragraph, self.in_first_paragraph = None if callout else depth + 1, False
        return n + 1

    def _read_quotation(self, n: int, depth: int) -> int:
        inner, end = [], n
        for end in range(n, len(self.lines)):
            text = self.lines[end].lstrip(" ")
            indent = len(self.lines[end]) - len(text)
            if not text.startswith(">") or self._count_containers(indent) < depth:
                break
            inner.append(text[1:].removeprefix(" "))
        else:
            end += 1
        if depth or self.stack or (self.paragraph or 0) > depth:
            self._separate()
        self._close(depth)
        prefix = " " * self.tab * depth
        alert = _ALERT.match(inner[0])
        new = _Rewriter(self.md, self.level + 1).rewrite(inner[1:] if alert else inner)
        if alert and "admonition" in self.md.parser.blockprocessors:
            self._separate()
            self.out.append(f'{prefix}!!! {alert[1].lower()} "{alert[1].capitalize()}"')
            self.out += [f"{prefix}{' ' * self.tab}{line}" if line else "" for line in new]
        elif new == inner and not depth:
            self.out += self.lines[n:end]
        else:
            new = [alert[0], *new] if alert else new
            self.out += [f"{prefix}> {line}".rstrip() for line in new]
        self.paragraph, self.in_first_paragraph = depth + 1, False
        return end

    def _read_fence(self, n: int, fence: Fence, indent: int, depth: int) -> int:
        if not (depth or indent or self.level) and (end := fence.find_plain_end(self.lines, n + 1)):
            self._close(0)
            self.out += self.lines[n:end]
            self.paragraph = None
            return end
        end, placeholder = self._run_fence(n, fence, indent, depth)
        if not placeholder:
            return 0
        self._separate()
        self._close(depth)
        self.out += [" " * self.tab * depth + placeholder, ""]
        self.paragraph = None
        return end

    def _run_fence(self, n: int, fence: Fence, indent: int, depth: int) -> tuple[int, str]:
        """Return the number of the line below a block of code, and what stands for the block."""
        code, end = [], self._end_of_container(n, depth) if depth else len(self.lines)
        for below in range(n + 1, end):
            line = self.lines[below]
            text = line.lstrip(" ")
            if fence.is_end(text):
                end = below + 1
                break
            code.append(line[min(len(line) - len(text), indent) :])
        if fence.is_formula:
            return end, self._run("formulas", ["$$", *code, "$$"])
        return end, self._run("fenced_code_block", fence.write(code))

    def _read_formula(self, n: int, text: str, depth: int) -> int:
        start = next((start for start in _FORMULAS if text.startswith(start)), None)
        if start is None or not self.has_open_formula:
            return 0
        rest, end = text[len(start) :], n
        while _FORMULAS[start] not in rest:
            end += 1
            if end == len(self.lines) or end - n > _MAX_FORMULA_LINES:
                self.has_open_formula = False
                return 0
            rest = self.lines[end]
        if self.paragraph is not None and self.paragraph > depth:
            self._separate()
        lines = [text, *(line.strip() for line in self.lines[n + 1 : end + 1])]
        if (depth or self.level) and (placeholder := self._run("formulas", lines)):
            self._separate()
            self.out += [" " * self.tab * depth + placeholder, ""]
            self.paragraph = None
        else:
            self.out += [line for line in self.lines[n : end + 1]]
            self.paragraph, self.in_first_paragraph = depth, False
        self._close(depth)
        return end + 1

    def _read_html(self, n: int, text: str, depth: int) -> int:
        lines = self.lines[: self._end_of_container(n, depth)] if depth else self.lines
        end, is_stashed = self.html.read(
            lines, n, depth + self.level > 0, self.paragraph is not None
        )
        if end > n:
            if is_stashed or depth:
                self._separate()
            self._close(depth)
            chunk = self.lines[n:end]
            if is_stashed:
                placeholder = self.md.htmlStash.store(self.html.join(chunk))
                self.out += [" " * self.tab * depth + placeholder, ""]
            else:
                self.out += chunk
            self.paragraph = None
        return end if end > n else 0

    # --- What they share ---

    def _end_of_container(self, n: int, depth: int) -> int:
        """Return the number of the first line below line n that is in fewer containers."""
        for end in range(n + 1, len(self.lines)):
            text = self.lines[end].lstrip(" ")
            if text and self._count_containers(len(self.lines[end]) - len(text)) < depth:
                return end
        return len(self.lines)

    def _write_line(self, n: int, text: str, depth: int) -> int:
        """Write a heading or a rule."""
        self._separate()
        self._close(depth)
        self._begin(depth)
        self.out.append(" " * self.tab * depth + text)
        self.paragraph = None
        return n + 1

    def _continue_paragraph(self, line: str, text: str, depth: int) -> None:
        """Write a line of a paragraph, or the first line of one."""
        if self.paragraph is None:
            if self.html and self.html.open and len(line) - len(text) >= 4 and not depth:
                line = text
            if len(self.stack) > depth:
                self._separate()
            self._close(depth)
            self.paragraph, self.in_first_paragraph = depth, False
            self._begin(depth)
            self.out.append(" " * self.tab * depth + text if depth else line)
            return
        if _UNDERLINE.match(text):
            if text[0] == "=":
                joined = " ".join(part.strip() for part in self.out[self.paragraph_start :])
                self.out[self.paragraph_start :] = [joined]
            self.out.append(line)
            self.paragraph = None
            return
        if "|" in text and self._is_table(text):
            header = self.out.pop().strip()
            self._separate()
            self._begin(self.paragraph)
            self.out.append(" " * self.tab * self.paragraph + header)
            self.in_table, self.in_first_paragraph = True, False
        elif text[0] == "{" and "|" in self.out[-1] and _ATTRIBUTES.match(text):
            self._separate()  # It would be a row of the table above.
        if self.in_table:
            line = " " * self.tab * self.paragraph + text
        self.out.append(line)

    def _is_table(self, text: str) -> bool:
        """Tell whether a line makes a table of the one above it, which other lines precede."""
        if not _TABLE_DELIMITER.match(text) or len(self.out) < self.paragraph_start + 2:
            return False
        header = self.out[-1]
        return "|" in header and _count_cells(header) == _count_cells(text)

    def _run(self, name: str, lines: list[str]) -> str:
        """Return what a preprocessor of Markdown makes of lines: a placeholder, or nothing."""
        if name not in self.md.preprocessors:
            return ""
        new = [line for line in self.md.preprocessors[name].run(lines) if line.strip()]
        return new[0].strip() if len(new) == 1 and new[0] not in lines else ""

    def _separate(self) -> None:
        """Write a blank line, unless there is one."""
        if self.out and self.out[-1]:
            self.out.append("")

    def _begin(self, depth: int) -> None:
        """Note that a paragraph begins with the line that is written next."""
        self.paragraph_start = len(self.out)
        if not (self.out and self.out[-1]):
            self.first_depth = depth

    def _open(self, kind: str, indent: int, content: int) -> None:
        by_level = self.tab * (len(self.stack) + 1)
        self.stack.append(_Container(kind, (content, by_level, indent + self.tab)))

    def _close(self, depth: int) -> None:
        del self.stack[depth:]
        self.in_table, self.code = False, None


def _count_cells(row: str) -> int:
    row = re.sub(r"\\.|`[^`]*`", "", row).strip()
    return row.removeprefix("|").removesuffix("|").count("|") + 1
