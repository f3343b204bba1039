"""Markdown of GitHub, kramdown and Hugo, compared with what a parser of CommonMark makes of it."""

import re
import time
from html import unescape

import pytest
from bs4 import BeautifulSoup, Tag
from conftest import ROOT, write
from markdown import Markdown
from markdown_it import MarkdownIt
from papers.content.markdown import DialectExtension
from papers.pages.markdown_reader import PapersReader
from pelican.settings import read_settings

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
EXTENSIONS = ["extra", "admonition", "sane_lists", "toc"]
MARKDOWN = Markdown(extensions=[*EXTENSIONS, DialectExtension()], output_format="html")
STOCK = Markdown(extensions=EXTENSIONS, output_format="html")
# Elements that say nothing of the blocks that a text has.
INLINE = ("p", "span", "thead", "tbody")
CASE = ROOT.parent / "shared" / "cases" / "reading" / "05-md-dialect" / "page.md"


def convert(text: str) -> str:
    """Return a text as HTML."""
    return MARKDOWN.reset().convert(text)


def shape(html: str) -> list:
    """Return words and code of HTML, nested as its lists, quotations and other blocks are."""

    def walk(node: Tag) -> list:
        parts = []
        for child in node.children:
            if not isinstance(child, Tag):
                parts += [" ".join(child.split())] if child.strip() else []
            elif child.name == "pre":
                parts.append(("pre", child.get_text().rstrip("\n")))
            elif child.name in INLINE:
                parts += walk(child)
            else:
                parts.append((child.name, *walk(child)))
        return parts

    return walk(BeautifulSoup(html, "html.parser"))


BLOCKS = {
    "a list behind a paragraph": "I teach:\n- one\n- two",
    "a numbered list behind a paragraph": "Steps:\n1. one\n2. two",
    "a year that begins a line": "It was in\n1984. Then\n2) more",
    "dashes within a list's text": "- one\n  two\n- three\nlazy",
    "a list by two": "- a\n  - b\n    - c\n  - d\n- e",
    "a list by three": "1. a\n   1. b\n      1. c\n   2. d\n2. e",
    "a list by four": "- a\n    - b\n        - c\n    - d\n- e",
    "a list in a numbered one": "1. a\n   - b\n   - c\n2. d\n   text\n   - e",
    "paragraphs in items by two": "- a\n\n  b\n  - c\n\n    d\n- e",
    "a numbered list that is not one": "1. a\n  - b\n2. c",
    "items of one column": "- a\n- b\n\n\n- c\n\ntext",
    "a list behind one of another kind": "- a\n1. b\n- c",
    "a list that begins at three": "3. a\n4. b",
    "brackets behind numbers": "1) a\n2) b\n   - c\n3) d",
    "a list of ten and more": "9. a\n10. b\n    - c\n\n    d",
    "a fence in an item": "1. Install\n\n    ```sh\n    make all\n    ```\n\n2. Run",
    "a fence in an item by two": "- a\n  ```\n  x\n    y\n  ```\n- b",
    "a fence in an item by three": "1. a\n\n   ~~~ py\n   - x\n   ~~~\n   more\n2. b",
    "a fence in a nested item": "- a\n  - b\n    ```\n    x\n\n    y\n    ```\n  - c",
    "a fence that begins an item": "- ```\n  x\n  ```\n- b",
    "a fence in a quotation": "> a\n> ```\n> x\n> ```",
    "a fence that is indented": "a\n  ```\n  x\n   y\n  ```\nb",
    "a fence with a longer end": "```\nx\n`````\nb",
    "fences in a fence": "````\n```\nx\n```\n````",
    "a list in code": "```\na:\n- b\n```\n\n    c:\n    - d",
    "code in an item": "- a\n\n      x\n        y\n- b",
    "a list in a quotation": "> a:\n> - b\n>   - c\n>\n> 1. d",
    "a quotation in a list": "- a\n  > b\n- c\n\n> d\n- e",
    "a heading in a list": "- a\n  # b\n- c\n# d\ntext",
    "headings": "  # a\n\nb\n===\nc\nd\n===\n\ne\n---\n## f ##",
    "a rule in a list": "- a\n\n  ***\n  b\n- c\n***\n- d",
    "a table behind a paragraph": "Words:\n| a | b |\n|---|:-:|\n| 1 | 2 |",
    "a table in an item": "- a\n  | b | c |\n  |---|---|\n  | 1 | 2 |\n- d",
    "a list behind a table": "| a | b |\n|---|---|\n| 1 | 2 |\n- c",
    "Markdown within details": "<details>\n<summary>a</summary>\n\nb **c**\n\n- d\n\n</details>",
    "Markdown within nested divs": "<div>\n<div>\n\n**a**\n\n</div>\n\n- b\n  - c\n\n</div>\n\nd",
    "Markdown within a table of HTML": "<table><tr><td>\n\n*a*\n\n</td></tr></table>",
    "HTML in an item": "1. a\n\n   <details><summary>b</summary>\n\n   - c\n\n   </details>\n2. d",
    "HTML without blank lines": "<details>\n<summary>a</summary>\n**b**\n</details>",
    "lines that end in a backslash": "a\\\nb  \nc",
    "a struck word": "A ~~struck *x*~~ word, ~~ not ~~ this, a~~b~~c",
}  # fmt: skip


@pytest.mark.parametrize("text", BLOCKS.values(), ids=BLOCKS.keys())
def test_blocks(text):
    """A text that GitHub or Hugo shows well arrives as one paragraph, a flat list, or raw code."""
    html = COMMONMARK.render(text).replace("<s>", "<del>").replace("</s>", "</del>")
    ours = re.sub(' (?:id|start|style|class)="[^"]*"', "", convert(text))
    assert shape(ours) == shape(html)


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ('<div>\n<div markdown="1">\n\n**a**\n\n</div>\n</div>\n\n*x*', "div > div > p > strong"),
        ('<details>\n<summary>S</summary>\n<div markdown="1">\n- c\n</div>\n</details>\n\n*x*',
         "details > div > ul > li"),
        ('<div>\n  <div markdown="1">\na\n  </div>\n  <div markdown=1>\n*b*\n</div>\n</div>\n\n*x*',
         "div > div + div > p > em"),
    ],
)  # fmt: skip
def test_attribute_within_html(text, selector):
    """Markdown in an element that asks for it, as kramdown knows it, is raw within another one."""
    html = BeautifulSoup(convert(text), "html.parser")
    assert html.select_one(selector) and html.select_one(":root > p > em, p > em")
    assert not html.select("[markdown]") and html.contents[-1].get_text() == "x"


STOCK_TEXTS = (
    "- a\n- b\n\n    c\n\n- d\n\n        code\n\ntext",
    "1. a\n    - b\n        - c\n2. d\n\nlazy\ntext",
    "- a\n* b\n+ c\n\n1. d",
    "Term\n:   Definition\n\n    More\n\nOther\n: Short",
    'Text[^1] and *[HTML]: no.\n\n[^1]: A note.\n\n    More\n\n!!! note "T"\n    A\n\n    b',
    "> a\n> b\nlazy\n\n> c\n>\n> > d",
    "Words -\n5 - 3, a * b * c, 2. x and 3) y\n\n#Heading\n\na == b and c == d, x==1 and y==2",
    "<div>\n  <p>a</p>\n\n  <ul>\n    <li>b</li>\n  </ul>\n\n</div>\n\n<svg>\n\n<g>\n\n</svg>",
    "<!--\n\n- a\n\n-->\n\n<pre>\n- a\n\n  - b\n</pre>\n\n<script>\n\n- a\n</script>",
    '<div markdown="1">\n*a*\n\n- b\n\n</div>\n\n<p markdown="1">*x*</p>',
    "    code\n    - a\n\n[x]: https://example.org\n\n[x] [TOC] `https://example.org`\n\n\tcode",
    '```python\na\n```\n\n~~~ {.python hl_lines="1"}\nb\n~~~\n\n|a|b|\n|-|-|\n|1|2|',
)


@pytest.mark.parametrize("text", STOCK_TEXTS, ids=range(len(STOCK_TEXTS)))
def test_other_texts_stay(text):
    """A text that Python-Markdown reads as it was meant changes its look with an upgrade."""
    stock = STOCK.reset().convert(text)
    assert "".join(convert(text).split()) == "".join(stock.split())


def test_code_in_a_footnote():
    """Code at the end of a footnote is within a line, or ends the paragraph of the link back."""
    html = convert("Text[^1]\n\n[^1]: A note:\n\n    ```\n    a\n    b\n    ```\n")
    note = BeautifulSoup(html, "html.parser").select_one(".footnote li")
    assert note.pre.get_text() == "a\nb\n" and not note.select("p pre")
    assert note.select_one("p > a.footnote-backref")


ADDRESSES = {
    "see https://example.org/lab.": ["https://example.org/lab"],
    "(https://a.org/b_(c)), www.example.org/a_b_c: x": [
        "https://a.org/b_(c)",
        "http://www.example.org/a_b_c",
    ],
    "**https://a.org/x** ~~https://a.org/y~~ *http://b.org?a=1&b=2#c*": [
        "https://a.org/x",
        "https://a.org/y",
        "http://b.org?a=1&b=2#c",
    ],
    "“https://a.org/ä”, https://例え.jp/é。": ["https://a.org/ä", "https://例え.jp/é"],
    "https://a.org/x\\_y or https://a.org/a&amp;b": ["https://a.org/x_y", "https://a.org/a&b"],
    "mail ada@example.org, or x@y and @key": ["mailto:ada@example.org"],
    "`https://a.org` `www.a.org`\n\n    https://a.org": [],
    "[https://a.org](https://b.org) <https://c.org> [www.d.org][e]\n\n[e]: https://e.org": [
        "https://b.org",
        "https://c.org",
        "https://e.org",
    ],
    '<a href="https://a.org">https://b.org *x*</a> <b title="https://c.org">x</b>': [
        "https://a.org"
    ],
    "javascript:alert(1) data:text/html,x file:///etc x-https://a.org //a.org www. https://": [],
    "![https://a.org](x.png) awww.example.org https://?x": [],
}


@pytest.mark.parametrize("text", ADDRESSES, ids=range(len(ADDRESSES)))
def test_bare_addresses(text):
    """An address is not a link, takes in a full stop, or is one within a link, code or a tag."""
    soup = BeautifulSoup(convert(text), "html.parser")
    assert [link["href"] for link in soup.select("a")] == ADDRESSES[text]
    assert not soup.select("a a")


TASKS = "- [x] done\n- [ ] **open**\n  - [X] inner\n- [y] none\n\n1. [x] one\n\n   more\n\n[x] word"


def test_tasks():
    """A list of tasks shows brackets, or boxes that a screen reader cannot name."""
    soup = BeautifulSoup(convert(TASKS), "html.parser")
    boxes = soup.select("li input[type=checkbox][disabled]")
    assert [box.has_attr("checked") for box in boxes] == [True, False, True, True]
    assert [box["aria-label"].split()[0] for box in boxes] == [
        "Completed", "Incomplete", "Completed", "Completed",
    ]  # fmt: skip
    assert len(soup.select("li.task")) == 4 and soup.select_one("li.task > strong")
    assert "[y] none" in soup.get_text() and "[x] word" in soup.get_text()


INLINE_MARKS = {
    "==one== and ==two words==, x==1 or y==2": "<mark>one</mark> and <mark>two words</mark>, x==1",
    "a ==b==\n\n`==c==`": "<code>==c==</code>",
    "(==x==)": "(<mark>x</mark>)",
    "> [!NOTE]\n> Words\n> - a": '<div class="admonition note">',
    "> [!warning]\n>\n> Words": '<p class="admonition-title">Warning</p>\n<p>Words</p>',
    "- a\n  > [!TIP]\n  > Words": '<div class="admonition tip">',
    "* any words\n{:toc}\n\n# A": '<div class="toc">',
    "## A\n{: .lead #b}": '<h2 class="lead" id="b">A</h2>',
    "Words\n{: .lead}": '<p class="lead">Words</p>',
    "Term\n: Definition\n\n  - in it\n  - too": "<dd>\n<p>Definition</p>\n<ul>\n<li>in it</li>",
    r"\~~a~~ \==b== R\&D 5\% \<b> https\://a.org": "<p>~~a~~ ==b== R&amp;D 5% &lt;b&gt; https:",
    r"\\& \~{n} x\=y `\&`": r"<p>\&amp; \~{n} x\=y <code>\&amp;</code>",
    "one\\\\\ntwo": "one<br>\ntwo",
}


@pytest.mark.parametrize("text", INLINE_MARKS, ids=range(len(INLINE_MARKS)))
def test_other_marks(text):
    """Marks of GitHub and kramdown are shown as signs."""
    assert INLINE_MARKS[text] in convert(text)


TRAILING = {
    "https://a.org/b": "",
    "https://a.org/b_(c)": "",
    "https://a.org/b_(c))]": ")]",
    "https://a.org/b?!...": "?!...",
    "https://a.org/b&amp;&lt;)": "&amp;&lt;)",
    "https://a.org/b(c.).": ".",
    "www.a.org/b').": "').",
    "https://a.org/" + ".,;" * 20_000: ".,;" * 20_000,
    "https://a.org/" + ")" * 60_000: ")" * 60_000,
    "https://a.org/" + "&amp;" * 5000: "&amp;" * 5000,
}


@pytest.mark.parametrize("text", TRAILING, ids=range(len(TRAILING)))
def test_signs_behind_a_bare_address(text):
    """A bare address with 60 KB of signs after it takes eight seconds."""
    start = time.process_time()
    link = BeautifulSoup(convert(text), "html.parser").a
    assert link.string == unescape(text.removesuffix(TRAILING[text]))
    assert time.process_time() - start < 10


GUIDE = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| .+? \| (`+)( ?)(.+?)\2\1 \| `(.+)` \|$", GUIDE.split("| Element on")[1], re.M
)


def test_guide(readers, tmp_path):
    """The guide's table of what is understood says more, or other, than is true."""
    assert len(ROWS) == 18
    for _, _, text, selector in ROWS:
        text = text.replace("↵", "\n").replace("\\|", "|")
        html, problems = read(readers[0], tmp_path, text)
        assert BeautifulSoup(html, "html.parser").select(selector) and not problems, text


@pytest.fixture(scope="module")
def readers() -> list[PapersReader]:
    """Readers of texts whose HTML is taken, and of others."""
    conf = str(ROOT / "publishconf.py")
    settings = {"PAPERS_TYPOGRIFY": True}
    return [
        PapersReader(read_settings(conf, override=settings | {"RAW_HTML": raw}))
        for raw in (True, False)
    ]


def read(reader: PapersReader, folder, text: str) -> tuple[str, list[tuple[int, str, bool]]]:
    """Return a page's HTML, and line, message and whether it is a notice of each problem."""
    reader.settings["PATH"] = str(folder)
    path = write(folder, {"pages/p.md": f"Title: T\n\n{text}\n"}) / "pages" / "p.md"
    html, metadata = reader.read(str(path))
    problems = metadata["header"].problems
    return html, [(problem.line, problem.message, problem.notice) for problem in problems]


FENCES = {
    'python hl_lines="1 3"': 2, "python {hl_lines=[1,3]}": 2, 'go {hl_lines=[1,"3-4"],x=1}': 3,
    "python {1,3}": 2, "{.python hl_lines='2'}": 1, "{python}": 0, "python title=\"a\"": 0,
    "": 0, "{python, echo=FALSE}": 0, "no-such-language x y": 0,
}  # fmt: skip


def test_diagrams(readers, tmp_path):
    """A diagram that GitHub draws is shown as code, and nothing says so."""
    _, problems = read(readers[0], tmp_path, "- a\n\n  ```mermaid\n  graph TD\n  ```\n\nmermaid")
    assert [(line, notice) for line, _, notice in problems] == [(5, True)]
    assert problems[0][1].startswith('"mermaid" is shown as code (save the diagram as SVG')


def test_languages_of_code(readers, tmp_path):
    """What stands after a fence makes a paragraph of the code, or no line of it is marked."""
    text = "\n\n".join(f"```{info}\na = 1\nb\nc\nd\n```" for info in FENCES)
    html, problems = read(readers[0], tmp_path, text)
    blocks = BeautifulSoup(html, "html.parser").select(".highlight pre")
    assert [len(block.select(".hll")) for block in blocks] == list(FENCES.values())
    assert all(block.get_text() == "a = 1\nb\nc\nd\n" for block in blocks) and not problems
    assert blocks[5].select(".n, .o")


FOREIGN = {
    "{% include figure.html src='a.png' %}": "a Hugo or Jekyll template tag",
    '{{< figure src="a.png" >}}': "a Hugo or Jekyll template tag",
    "{{% callout note %}}": "a Hugo or Jekyll template tag",
    "{{ site.baseurl }}/x": "a Hugo or Jekyll template variable",
    "| a | b |\n|---|---|\n| 1 | 2 |\n{: .table}": "a kramdown attribute list",
    "{::options parse_block_html='true' /}": "a kramdown attribute list",
    "::: {.callout-note}\nWords\n:::": "a Quarto block",
    "Words^[A note.]": "a Pandoc footnote",
    "H~2~O": "a Pandoc subscript",
    "2^10^ bits": "a Pandoc superscript",
    "It flies :rocket:": "an emoji name",
    "As in [[Another page]] and ![[a.png]]": "a wiki link",
    "[words]({{ site.baseurl }}/a) [more]({% link a.md %})": "a Hugo or Jekyll template variable",
    "{% highlight sh %}\nls\n{% endhighlight %}": "a Hugo or Jekyll template tag",
}


def test_markup_of_other_systems(readers, tmp_path):
    """Tags of templates are shown to visitors, and nothing says so."""
    text = "\n\n".join(FOREIGN)
    code = "\n\n".join(f"`{piece}`" for piece in FOREIGN if "\n" not in piece)
    _, problems = read(
        readers[0], tmp_path, f"{text}\n\n{code}\n\n{{: }}x a{{b}} a^2 10:30:00 a ~ b"
    )
    messages = [message.partition('" is ')[2] for _, message, _ in problems]
    for kind in FOREIGN.values():
        assert any(message.startswith(kind) for message in messages), kind
    assert len(messages) == len(FOREIGN) + 3  # Three of them hold two.
    lines = [line for line, _, _ in problems]
    assert all(lines) and problems[0][0] == 3 and all(notice for _, _, notice in problems)


HOSTILE = (
    "<details>\n<summary>a</summary>\n\n<b onclick=x>y</b>\n\n</details>",
    "- a\n\n  <div onclick=alert(1)>\n\n  b\n\n  </div>",
    "<div>\n\n- <script>alert(1)</script>\n\n</div>",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_html_is_checked(readers, tmp_path, text):
    """HTML that Markdown is read within, or in a list, goes past the check or RAW_HTML."""
    html, problems = read(readers[0], tmp_path, text)
    assert any("inline script" in message for _, message, _ in problems)
    html, problems = read(readers[1], tmp_path, text)
    tags = {tag.name for tag in BeautifulSoup(html, "html.parser").find_all()}
    assert tags <= {"p", "ul", "li", "strong", "span"}
    assert any("is shown as text" in message for _, message, _ in problems)


def test_page_of_another_system(readers, tmp_path):
    """The case: a page of GitHub's Markdown is one paragraph, a flat list, and signs."""
    if not CASE.is_file():
        pytest.skip("needs the collection ../shared/cases")
    html, problems = read(readers[0], tmp_path, CASE.read_text(encoding="utf-8").split("\n", 2)[2])
    soup = BeautifulSoup(html, "html.parser")
    assert problems == [] and len(soup.select("ul:first-of-type > li")) >= 2
    for selector in (
        "ol > li:first-child pre",
        "ul ul > li",
        "del",
        "li.task input",
        "details strong",
    ):
        assert soup.select(selector), selector
    assert soup.a["href"] == "https://example.org/lab"


def test_own_markdown_setting(tmp_path):
    """A site's own extensions for Markdown, or a lack of them, end the build."""
    conf = str(ROOT / "publishconf.py")
    for extensions in ([], ["markdown.extensions.fenced_code"], ["markdown.extensions.extra"]):
        markdown = {"extension_configs": {name: {} for name in extensions}, "output_format": "html"}
        override = {"MARKDOWN": markdown, "PAPERS_TYPOGRIFY": True}
        reader = PapersReader(read_settings(conf, override=override))
        html, _ = read(reader, tmp_path, "a:\n- b\n\n  ```\n  c\n  ```\n- ~~d~~")
        assert html.count("<li>") == 2 and "<del>d</del>" in html
