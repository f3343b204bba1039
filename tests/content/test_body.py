"""HTML in texts, judged as a browser reads it."""

import time

import pytest
from conftest import ROOT, write
from papers.content import Header, check_html
from papers.pages.markdown_reader import PapersReader
from papers.util import parse_fragment
from pelican.settings import read_settings
from selectolax.lexbor import LexborHTMLParser

META = '<meta http-equiv=refresh content="0;url=https://e.example/">'
FOR_HEAD = "<meta> belongs in the head of a page (delete it)"
OTHER_HOST = "is on another host and is not loaded"
BREAKS = "its HTML closes an element of the page or leaves one open"
HIDDEN_META = [
    META,
    f"<code>{META}</code>",
    f"<pre>{META}</pre>",
    f"<pre><code>{META}</code></pre>",
    f"<!-->{META}-->",
    f"<!--->{META}-->",
    f"<!-- x --!>{META}-->",
    f"<!x>{META}",
    f"<?x>{META}?>",
    f"</ x>{META}",
    f"""<b title='">'>x</b>{META}""",
    f"""<b title="x>y'">x</b>{META}""",
    f'<b title="{"x" * 5000}">x</b>{META}',
    f"<b {'x ' * 5000}>x</b>{META}",
    f"<svg><desc>{META}</desc></svg>",
    f"<svg><![CDATA[x]]>{META}</svg>",
    f"<math><mtext>{META}</mtext></math>",
    f"<table>{META}</table>",
    f"<select>{META}</select>",
    f"<svg><style>a{{}}{META}</style></svg>",
    f"<style><!--</style>{META}<!-- --></style>",
    "<META\fhttp-equiv=refresh>",
    "<meta/http-equiv=refresh/>",
]
REFUSED = {
    **{f"<{name}>x</{name}>": f"<{name}> is not allowed in text" for name in (
        "template", "noscript", "noembed", "noframes", "xmp", "listing", "applet", "portal", "foo",
    )},
    f'<template shadowrootmode="open">{META}</template>': "<template> is not allowed in text",
    f'<noscript><p title="</noscript>{META}">x</p></noscript>': "<noscript> is not allowed in text",
    f"<plaintext>{META}": "<plaintext> is not allowed in text",
    '<base href="/x/">': "<base> belongs in the head of a page",
    "<frameset>": "<frameset> belongs in the head of a page",
    '<form action="https://e.example/"></form>': OTHER_HOST,
    '<form><button formaction="//e.example/">x</button></form>': OTHER_HOST,
    '<form><input formaction="https:e.example"></form>': OTHER_HOST,
    '<button formaction="javascript:alert(1)">x</button>': "is not a web address",
    '<a href="/" ping="https://e.example/">x</a>': OTHER_HOST,
    '<img srcset="x.png 1x, //e.example/x.png 2x" alt="A dog on the grass">': OTHER_HOST,
    '<img src="/\\e.example/x.png" alt="A dog on the grass">': OTHER_HOST,
    '<img src="/\t/e.example/x.png" alt="A dog on the grass">': OTHER_HOST,
    '<image src="//e.example/x.png" alt="A dog on the grass">': OTHER_HOST,
    '<link rel="preload" as="image" imagesrcset="//e.example/x.png 1x">': OTHER_HOST,
    '<link rel="dns-prefetch" href="//e.example">': OTHER_HOST,
    '<object data="//e.example/x"></object>': OTHER_HOST,
    '<embed src="//e.example/x">': OTHER_HOST,
    '<video poster="//e.example/x"></video>': OTHER_HOST,
    '<table><tr><td background="//e.example/x">x</td></tr></table>': OTHER_HOST,
    '<svg><image xlink:href="//e.example/x"/></svg>': OTHER_HOST,
    '<svg><use href="//e.example/x#a"/></svg>': OTHER_HOST,
    '<svg><filter><feImage href="//e.example/x"/></filter></svg>': OTHER_HOST,
    '<svg><image><set attributeName="href" to="//e.example/x"/></image></svg>': OTHER_HOST,
    '<svg><a><animate attributeName="href" values="#;javascript:alert(1)"/></a></svg>': (
        "is not a web address"
    ),
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>': "is not a web address",
    '<svg><a xlink:href=" java&Tab;script&colon;alert(1)">x</a></svg>': "is not a web address",
    '<a xlink:href="data:text/html,x">x</a>': "is not a web address",
    '<svg><a XLINK:HREF="vbscript:x">x</a></svg>': "is not a web address",
    '<svg><set attributeName="onclick" to="alert(1)"/></svg>': "does not run",
    '<b style="background: url(//e.example/x)">x</b>': OTHER_HOST,
    r'<b style="background: u\72 l(https://e.example/x)">x</b>': OTHER_HOST,
    '<style>@import "https://e.example/x.css";</style>': OTHER_HOST,
    '<style>a{x:"/*"}b{background:url(//e.example/x)}c{x:"*/"}</style>': OTHER_HOST,
    '<iframe srcdoc="<p>x</p>"></iframe>': "a page in srcdoc=… is not shown",
    '<iframe src="//e.example/x"></iframe>': OTHER_HOST,
    "<code><b onclick=alert(1)>x</b></code>": "delete onclick=…",
    "<body onload=alert(1)>": "delete onload=…",
    "<html onfocus=alert(1)>": "delete onfocus=…",
    "<pre><script>alert(1)</script></pre>": "an inline script does not run",
    '<script type=" TEXT/JavaScript ">x</script>': "an inline script does not run",
    '<script type="speculationrules">{}</script>': "an inline script does not run",
    "</article><article>": BREAKS,
    "</main><main>": BREAKS,
    "</article></main><main><article>": BREAKS,
    "<code></article><article></code>": BREAKS,
    "<pre><b></pre>": BREAKS,
    "<textarea>": "<textarea> is never closed",
    f"{'<div>' * 400}{'</div>' * 400}": "nested too deeply",
}  # fmt: skip
ALLOWED = [
    "<p>One<p>Two", "<ul><li>a<li>b</ul>", "<dl><dt>a<dd>b</dl>", "x < y > z & w", "<!-- x -->",
    "<table><tr><td>a<td>b</table>", "<details><summary>a</summary>b</details>", "<p>a<br/>b</p>",
    "<svg viewBox='0 0 1 1'><linearGradient id='a'/><rect fill='url(#a)'/></svg>",
    "<math><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow></math>", "<my-tag>x</my-tag>",
    '<a href="https://example.org/">x</a>', '<a href="mailto:a@example.org">x</a>',
    "<pre><code><span class='k'>if</span> a &lt; b</code></pre>",
    '<script type="application/ld+json">{"@id": "https://example.org/"}</script>',
    "<style>/* https://example.org/ */ p { color: red }</style>",
    '<img src="data:image/png;base64,AA==" alt="A dog on the grass">',
    '<p style="text-align: center">x</p>', "<center><font color=red>x</font></center>",
    "<kbd>x</kbd><ruby>x<rt>y</ruby>", "<code>&lt;meta http-equiv=refresh></code>",
    "<svg><set attributeName='r' to='3'/><animate attributeName='r' values='1;2'/></svg>",
    '<svg><a xlink:href="https://example.org/"><text>x</text></a></svg>',
    '<svg><a xlink:href="#part"><text>x</text></a></svg>',
    "<p>" * 5000,
]  # fmt: skip


def _report(html: str, tmp_path, **settings) -> list[str]:
    header = Header("x.md")
    check_html(header, html, tmp_path / "x.md", {"PATH": str(tmp_path)} | settings)
    return [problem.message for problem in header.problems if not problem.notice]


@pytest.mark.parametrize("html", HIDDEN_META, ids=range(len(HIDDEN_META)))
def test_meta_is_never_shown(tmp_path, html):
    """A text leads its readers to another site, where a pattern does not see the tag."""
    assert FOR_HEAD in _report(html, tmp_path)


@pytest.mark.parametrize("html", REFUSED, ids=range(len(REFUSED)))
def test_elements_that_are_refused(tmp_path, html):
    """A text makes a request to another host, runs a script, or takes the page around it apart."""
    messages = _report(html, tmp_path)
    assert any(REFUSED[html] in message for message in messages), messages


@pytest.mark.parametrize("html", ALLOWED, ids=range(len(ALLOWED)))
def test_elements_that_are_allowed(tmp_path, html):
    """HTML as people write it is refused."""
    assert [
        message for message in _report(html, tmp_path) if "is never closed" not in message
    ] == []


def test_deep_html():
    """A text of nothing but tags takes minutes."""
    start = time.process_time()
    for html in ("<div>" * 100_000, "<ul><li>" * 50_000, "<b><i>" * 50_000, "<svg><p>" * 50_000):
        assert parse_fragment(html).too_deep
    assert time.process_time() - start < 5


@pytest.fixture(scope="module")
def readers() -> dict[bool, PapersReader]:
    """Readers of texts whose HTML is taken, and of others."""
    conf = str(ROOT / "publishconf.py")
    return {
        raw: PapersReader(read_settings(conf, override={"RAW_HTML": raw, "PAPERS_TYPOGRIFY": True}))
        for raw in (True, False)
    }


def _read(reader: PapersReader, folder, text: str, headers: str = "") -> tuple[str, list]:
    reader.settings["PATH"] = str(folder)
    text = f"Title: T\nDate: 2026\n{headers}\n{text}\n"
    html, metadata = reader.read(str(write(folder, {"news/n.md": text}) / "news/n.md"))
    return html, metadata["header"].problems


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("html", HIDDEN_META[:4] + HIDDEN_META[10:12], ids=range(6))
def test_meta_in_a_text(readers, tmp_path, html, raw):
    """A pull request of a stranger passes, and leads readers away once it is merged."""
    _, problems = _read(readers[raw], tmp_path, f"x\n\n{html}")
    assert FOR_HEAD in [problem.message for problem in problems if not problem.notice]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("role=group tabindex=0", {"role": "group", "tabindex": "0"}),
        ("role=alert tabindex=0", {"tabindex": "0"}), ("role=groups tabindex=1", {}),
        ("onclick=alert(1) style=color:red", {}), ("tabindex=-1 role=group", {"role": "group"}),
    ],
)  # fmt: skip
def test_attributes_where_html_is_text(readers, tmp_path, attributes, expected):
    """A row of pictures cannot be scrolled by keyboard, or a text is announced as an alert."""
    html, _ = _read(readers[False], tmp_path, f"\nWords.\n{{: {attributes} }}")
    assert LexborHTMLParser(html).css_first("p").attributes == expected


def test_every_tag_is_named(readers, tmp_path):
    """Only the first tag that is shown as text is reported."""
    text = "A <b>word</b>, <i>two</i> and `<s>`.\n\n<div>x</div>\n\n    <code>"
    _, problems = _read(readers[False], tmp_path, text)
    named = [(problem.line, problem.message.partition(" ")[0]) for problem in problems]
    assert named == [(4, "<b>"), (4, "<i>"), (6, "<div>")]
    assert all(problem.notice for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        f'<b title=">"> <i class=" >{META[:-1]}">x</i></b>',
        f"<b title='>'> <i class=' >{META[:-1]}'>x</i></b>",
        '<b title="a > b">x</b> <i class=" onclick=alert(1) ">y</i>',
    ],
)
def test_quotes_that_are_set(readers, tmp_path, text):
    """A quote within a tag is set as in words, and what was a value becomes a tag."""
    for body, headers in ((text, ""), ("x", f"Summary: {text}\n")):
        _, problems = _read(readers[True], tmp_path, body, headers)
        assert any(
            problem.message.startswith("a tag breaks when quotes become typographic")
            for problem in problems
        )
    _, problems = _read(readers[True], tmp_path, '<b title="a &gt; b" class="c">"x"</b> <i>"y"</i>')
    assert problems == []


TEX_IN_HEADERS = {
    r"\emph{In vivo} tests": "In vivo", r"\textsuperscript{13}C NMR": "¹³", r"\alpha-helix": "α",
    r"50\% of all": "%", r"R\&D": "&", "{L}earning": "L", r"\LaTeX{} rules": "LaTeX",
    r"Caf\'e": "é", r"\"Uber": "Ü", r"5\,\textmu m": "µ",
}  # fmt: skip
NO_TEX_IN_HEADERS = (
    r"H$_2$O at 10$^{9}$ K", r"$O(n \log n)$ bounds", r"C:\temp\new", "Testing over {0,1}^n", "a~b",
)  # fmt: skip


@pytest.mark.parametrize("key", ["Title", "Venue", "Award"])
def test_tex_in_headers(readers, tmp_path, key):
    """TeX in a header, which is plain text, is shown to visitors, and nothing says so."""
    for text in (*TEX_IN_HEADERS, *NO_TEX_IN_HEADERS):
        header = f"Title: T\n{key}: {text}\n".removeprefix("Title: T\n" * (key == "Title"))
        path = write(tmp_path, {"papers/p.md": f"{header}Authors: A B\nDate: 2026\n\nText.\n"})
        readers[True].settings["PATH"] = str(tmp_path)
        _, metadata = readers[True].read(str(path / "papers/p.md"))
        messages = [problem.message for problem in metadata["header"].problems]
        if text in NO_TEX_IN_HEADERS:
            assert not any("is TeX" in message for message in messages), text
        else:
            assert any(f'(write "{TEX_IN_HEADERS[text]}")' in message for message in messages), text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (r"The \alpha helix", 'write "α"'),
        (r"\textsuperscript{13}C", 'write "¹³"'),
        (r"\begin{itemize}", "write it in Markdown"),
        (r"\emph{so}", "write *so*"),
    ],
)
def test_tex_in_texts(readers, tmp_path, text, hint):
    """A macro of TeX in a text is shown to visitors, and nothing says so."""
    _, problems = _read(readers[True], tmp_path, f"{text}\n\n`{text}` $\\alpha$ C:\\temp\\new")
    assert [(problem.line, hint in problem.message) for problem in problems] == [(4, True)]
