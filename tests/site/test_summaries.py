"""What lists show of a text: summaries, first paragraphs, and the first sentences of abstracts."""

from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from markupsafe import Markup
from papers.site.summaries import brief, first_sentences, lead

FORMULA = '<code class="math">\\(x. Y\\)</code>'
LONG = "word " * 60


@pytest.mark.parametrize(
    ("html", "words", "more"),
    [
        ("<p>All <b>of</b> it</p>", "All <b>of</b> it", False),
        ("<p>First</p>\n<p>second</p>", "First", True),
        ("<ul><li>x</li></ul>", "", True),
        ("<h2>H</h2>\n<p>Text</p>", "Text", True),
        ('<p>A<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>', "A", False),
        ('<p class="x">A <a class="y" href="#b">b</a></p>', "A b", False),
        ("<!-- <p>no</p> --><p>A</p>", "A", False),
        ("", "", False),
    ],
)
def test_lead(html, words, more):
    """A list shows a text twice, cut off, or without a link to the full text."""
    shown = lead(SimpleNamespace(references=(), metadata={}, content=html))
    assert (str(shown.html), shown.more) == (words, more)


def test_lead_of_a_summary():
    """A summary that Markdown renders as a list or heading is not shown."""
    for html in ("<p>1 &lt; 2</p>", "<ol>\n<li>1 &lt; 2</li>\n</ol>", "<h1>1 &lt; 2</h1>"):
        content = SimpleNamespace(
            references=(), metadata={"summary": ""}, summary=html, content="<p>Text</p>"
        )
        assert lead(content) == brief(content) == ("1 &lt; 2", True)


@pytest.mark.parametrize(
    ("summary", "text", "more"),
    [
        ("<p>We win.</p>", "<p>We win.</p>", False),
        ("<p>We win.</p>", "<p>We <b>win</b></p>", False),
        ("<p>We win. They lose.</p>", "<p>They lose.</p>", False),
        ("<p>We win.</p>", "", False),
        ("<p>We win.</p>", "<!-- draft -->", False),
        ("<p>We win.</p>", "<p>We win, and they lose.</p>", True),
        ("<p>Wir gewinnen.</p>", "<p>We win.</p>", True),
    ],
)
def test_what_a_summary_leaves_out(summary, text, more):
    """An abstract is offered where the summary above says all of it."""
    content = SimpleNamespace(
        references=(), metadata={"summary": ""}, summary=summary, content=text
    )
    assert brief(content).more is more


@pytest.mark.parametrize(
    ("html", "words", "more"),
    [
        ("<p>One. Two.</p>", "One. Two.", False),
        ("<p>One. Two.</p><p>Three.</p>", "One. Two.", True),
        (f"<p>One. W{LONG}.</p>", "One.", True),
        ('<p><img src="a.png"></p><p>One.</p>', "One.", True),
        ("<h2>H</h2><p><strong>Abstract.</strong> One. Two.</p>", "One. Two.", True),
        ("<p>摘要：一。二。</p>", "一。二。", False),
        ("<p>Abstract: One.</p>", "One.", False),
        ("<p>Abstraction is all.</p>", "Abstraction is all.", False),
        ("<ul><li>x</li></ul>", "", True),
        ("", "", False),
    ],
)
def test_brief(html, words, more):
    """A card shows a whole abstract, or offers one that it shows."""
    shown = brief(SimpleNamespace(references=(), metadata={}, content=html))
    assert (str(shown.html), shown.more) == (words, more)


@pytest.mark.parametrize(
    "first",
    [
        "We use search, e.g. A* or, i.e. B*, vs. C*.", "As Li et al. Nature show, it is so.",
        "Fig. 3 and Eq. 4 of Sec. B.2 show it.", "It takes 3.14 s in v2.0 of www.a.example.",
        "J. R. Smith and E. coli are not a sentence.", "We go from 1. FC Köln to No. 7.",
        "Dr. Who and Prof. Li of St. Gallen agree.", "The U.S. Army uses it.",
        'She said, "It works."', "“Why?” is the question!", "It works (see Sec. 2. There.).",
        "It works.[3, 5]", "It works<sup>3</sup>.", "Is it so?", "It is so …",
        "As <cite>(Li et al. Nature, 2020.)</cite> show.", f"We solve {FORMULA}.",
        f"The case {FORMULA}. x is included.", "A &lt; B &amp; C.", "We use Yahoo! daily.",
        "See <a href='#x'>the page. It is. Good.</a>", "<em>We</em> <b>win <i>it</i> all</b>.",
        "<em>It works.</em>", "z.B. Steine, d.h. Sand, bzw. Kies.",
        "Vitamin C is enough, but not vitamin D.", "We reach 90.", "We need stones, sand, etc.",
        "我们证明它。", "他说：“它成立。”", "「そうだ。」と言った。", "それは3.5です！",
        "정말 그렇다.",
        "هل هذا صحيح؟", "यह सही है।", "これはＡである｡",
    ],
)  # fmt: skip
def test_end_of_the_first_sentence(first):
    """A sentence ends after an abbreviation, within a formula, or goes on to the next one."""
    plain = Markup(first).striptags()
    rest = (
        "第二句话在这里。"
        if first[-1] in "。！｡” た" and not plain.isascii()
        else " We go on. Then."
    )
    html, is_all = first_sentences(first + rest + LONG, 2 * len(plain) + 1 if "第" in rest else 48)
    assert html.startswith(first) and not is_all
    assert html.removeprefix(first) in ("", rest.removesuffix(" Then."), rest)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>One <i>two three four. Five</i> six</b>", "<b>One <i>two three…</i></b>"),
        ("One two, three four five six", "One two, three…"),
        ("One two three, four five six", "One two three…"),
        (f"One {FORMULA} and two three four", f"One {FORMULA} and two…"),
        (f"One two three {FORMULA}{FORMULA}{FORMULA} four", "One two three…"),
        (f"{FORMULA * 9} four five", f"{FORMULA}…"),
        ('One <a href="#">two three four five</a> six', "One…"),
        ('<a href="#">two three four five</a> six', '<a href="#">two three four five</a>…'),
        ("x &amp; y &lt; z &amp; a &gt; b &amp; c &lt; d", "x &amp; y &lt; z &amp; a &gt;…"),
        ("长" * 30, "长" * 7 + "…"),
        ("w" * 50, "w" * 15 + "…"),
        ("<em>open and <b>never closed at all", "<em>open and <b>never…</b></em>"),
        ("closed</b> and never opened</em> at all", "closed and…"),
        ("one<br>two<br>three<br>four", "one<br>two<br>three…"),
        ('one <img alt="x"> two <picture><img></picture>three four five', "one  two three…"),
    ],
)  # fmt: skip
def test_long_sentence(html, expected):
    """A long sentence is shown whole, or ends within a word, a tag, a link or a formula."""
    assert first_sentences(html, 16) == (expected, False)


def test_balanced():
    """A cut leaves elements open, so that the rest of the page is in bold."""
    html = (
        f"<p0>We <b>and <i>all {FORMULA} go. </i> Then</b> <a href='#'>a. B</a> &amp; it. </p0>" * 3
    )
    for limit in range(1, 150):
        opened = []
        parser = HTMLParser()
        parser.handle_starttag = lambda tag, attributes, opened=opened: opened.append(tag)
        parser.handle_endtag = lambda tag, opened=opened: opened.remove(tag)
        shown = first_sentences(html, limit)[0]
        parser.feed(shown)
        assert opened == [] and shown.count(r"\(") == shown.count(r"\)")


def test_pathological_text():
    """A text of nothing but open brackets or dots takes minutes."""
    for part in ("(", ". ", "A. ", "<b>", "<a href=x>", "&amp;", "<code ", "…”", "\n"):
        first_sentences(part * 20_000, 240)
