"""Texts of Pelican, in Markdown or reStructuredText, as Markdown with front matter."""

import json
import re
from html import unescape

from docutils.core import publish_doctree, publish_parts
from docutils.nodes import docinfo, field, field_body, field_name
from docutils.writers.html5_polyglot import Writer

from ...util import strip_tags

_META = re.compile(r"\A\ufeff?(?:[A-Za-z][\w-]*[ \t]*:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+")
_META_LINE = re.compile(
    r"(?P<key>[A-Za-z][\w-]*)[ \t]*:[ \t]*(?P<value>[^\n]*(?:\n[ \t]+\S[^\n]*)*)"
)
_PRE = re.compile(r"<pre\b[^<>]*>(.*?)</pre\s*>", re.IGNORECASE | re.DOTALL)
# Where Pelican puts the address of a file or a text.
_STATIC = re.compile(r"[{|](?:static|attach|photo)[}|]")
_FILENAME = re.compile(r"[{|]filename[}|]")
# No text of another system reads files or makes HTML of its own.
_DOCUTILS = {
    "file_insertion_enabled": False, "raw_enabled": False, "halt_level": 5, "report_level": 5,
    "doctitle_xform": True, "initial_header_level": 2, "syntax_highlight": "none",
    "_disable_config": True, "embed_stylesheet": False, "output_encoding": "unicode",
    "input_encoding": "unicode", "math_output": "LaTeX",
}  # fmt: skip


def convert_markdown_text(text: str, folder: str) -> str:
    """Return a text with its `Key: value` lines as front matter; `folder` holds the content."""
    text = _replace_addresses(text, folder)
    match = _META.match(text)
    if match is None or text.lstrip().startswith("---"):
        return text
    values = {
        line["key"].lower(): " ".join(line["value"].split())
        for line in _META_LINE.finditer(match[0])
    }
    body = text[match.end() :]
    return render_front_matter(values) + body.removeprefix("\n")


def convert_rst(text: str, folder: str) -> str:
    """Return a text of reStructuredText as HTML with front matter."""
    text = _replace_addresses(text, folder)
    document = publish_doctree(text, settings_overrides=_DOCUTILS)
    values = {"title": document.get("title", "")}
    for info in document.findall(docinfo):
        for node in info.children:
            if isinstance(node, field):
                name = next(iter(node.findall(field_name))).astext().lower()
                values[name] = next(iter(node.findall(field_body))).astext()
            else:
                values[node.tagname] = node.astext()
    parts = publish_parts(text, writer=Writer(), settings_overrides=_DOCUTILS)
    values = {key: " ".join(value.split()) for key, value in values.items() if value}
    return f"{render_front_matter(values)}\n{_simplify(parts['body'])}"


def _simplify(html: str) -> str:
    """Return HTML of docutils with Markdown for code, and without what only sets the style."""
    html = re.sub(r"</?(?:section|main)\b[^<>]*>", "", html)
    html = _PRE.sub(lambda match: f"\n```\n{unescape(strip_tags(match[1])).strip()}\n```\n", html)
    html = re.sub(r'<span class="docutils literal">(.*?)</span>', r"<code>\1</code>", html)
    html = re.sub(r"</?span\b[^<>]*>", "", html)
    # A paragraph within an item is no other item.
    return re.sub(r"</p>(\s*)</li>", r"</li>\1", re.sub(r"<li>(\s*)<p>", r"<li>\1", html))


def render_front_matter(values: dict[str, str]) -> str:
    """Return front matter in YAML."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["---", *lines, "---", ""])


def _replace_addresses(text: str, folder: str) -> str:
    """Return a text whose addresses of files and texts are paths from the site's root."""
    text = re.sub(rf"{_STATIC.pattern}/", "/", text)
    text = re.sub(rf"{_FILENAME.pattern}/", f"/{folder}/".replace("//", "/"), text)
    return _FILENAME.sub("", _STATIC.sub("", text))
