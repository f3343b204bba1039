"""Plain text as Markdown: two parsers give back the words."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown
from markdown_it import MarkdownIt
from papers.util import encode_for_markdown, escape_commonmark, fence_code

COMMONMARK = MarkdownIt("commonmark").enable(["strikethrough", "table"])
TEXTS = [
    "*Ada* Lovelace", "**Nature**", "_a_ b __c__", "snake_case_name _", "[x](https://e.example)",
    "[x]", "[x]: https://e.example", "![x](y)", "<b>x</b>", "</p>", "<!-- x -->", "<?x?>",
    "<https://e.example>", "<a@e.example>", "a < b > c", "&lt;b&gt; &amp; &#60; &copy;", "AT&T;",
    "# Title", "## ", "C #", "C#", "C ###", "x\n# y", "- a", "+ b", "* c", "1. d", "12) e",
    "2026. A year", "- - a", "> q", "```\ncode\n```", "~~~\ncode\n~~~", "`code`", "``a` b``",
    "    code", "\tcode", "a\n===", "a\n---", "***", "- - -", "___", "~~x~~", "~x~", "a  \nb",
    "a\\\nb", "a\\", r"\*x\*", r"\\", r"\alpha + \beta_1", r"$x_i^*$ and \(y\)", "|a|b|\n|-|-|",
    "a|b\n-|-\nc|d", "x\n: a definition", "[^1]: note", "*[HTML]: x", "{: .c }", "x {#id}",
    "[ ] to do", "[x] done", "<script>alert(1)</script>", "a\u00a0b", "“quotes” — 后", "!", "!!! x",
    "x\n\n\n\ny", "a\r\nb\rc", "_*_`_*_", "\\[x](y)", "&", "<", "1.", "1", "<1", "a_*b*_c", "1.5 x",
]  # fmt: skip
SIGNS = st.text(alphabet="a1 \n\\`*_{}[]<>()#+-.!|~&;:=/\"'", max_size=24)


class _Words(HTMLParser):
    """Gather the words of HTML, and the tags that are not of paragraphs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags = "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags += [tag] if tag != "p" else []

    def handle_data(self, data: str) -> None:
        self.words += data


def _assert_words(text: str, source: str, render, before: tuple[str, ...] = ()) -> None:
    parsed = _Words(render(source))
    assert (parsed.tags, parsed.words.split()) == (list(before), text.split()), source


def _check(text: str) -> None:
    source = escape_commonmark(text)
    _assert_words(text, source, COMMONMARK.render)
    line = " ".join(text.split())
    if source := escape_commonmark(line):
        _assert_words(line, f"# {source}", COMMONMARK.render, ("h1",))
        _assert_words(line, f"> {source}", COMMONMARK.render, ("blockquote",))
        _assert_words(line, f"- {source}", COMMONMARK.render, ("ul", "li"))
        _assert_words(f"A: {line}", f"- A: {source}", COMMONMARK.render, ("ul", "li"))
        _assert_words(line, f"[{source}](x)", COMMONMARK.render, ("a",))


@pytest.mark.parametrize("text", TEXTS)
def test_words(text):
    """A title or a name is a link, emphasis, HTML, a heading, a list, code or an entity."""
    _check(text)
    # Python-Markdown shows some backslashes, but no markup.
    assert not _Words(markdown(escape_commonmark(text))).tags


@given(SIGNS)
def test_any_signs(text):
    """Some combination of signs is markup."""
    _check(text)


@pytest.mark.parametrize(
    "address",
    [
        "https://e.example/a_b?c=1&d=2#e", "https://e.example/~ada", "https://e.example/*a*",
        "https://e.example/_a_", "https://e.example/a?x=&copy;", "https://e.example/[x](y)",
        "https://e.example/~~a~~", "https://e.example/<b>`c`", "https://e.example/a\\*b",
    ],
)  # fmt: skip
def test_addresses(address):
    """The address of a link is markup, or another address."""
    source = encode_for_markdown(address)
    _assert_words(source, f"- A: {source}".partition(": ")[2], COMMONMARK.render)
    if re.fullmatch(r"[\w:/.?=&#-]*~?\w+", address) and "/_" not in address:
        assert source == address


@pytest.mark.parametrize("text", ["@misc{a}", "a\n```\n# b", "``` ` ````\n````` x"])
def test_code(text):
    """What is in code ends it."""
    tokens = COMMONMARK.parse(fence_code(text, "bibtex"))
    assert [(token.type, token.info, token.content) for token in tokens] == [
        ("fence", "bibtex", f"{text}\n")
    ]
