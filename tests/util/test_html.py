"""The tags of texts that people write."""

import time

import pytest
from papers.util.html import find_tags, html_to_text, replace_tags, strip_tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a <B Class='x y'\n ID=z>c</b >", [("b", {"class": "x y", "id": "z"}), ("/b", {})]),
        ('<img alt="a > b &amp; c" src=x.png/>', [("img", {"alt": "a > b & c", "src": "x.png/"})]),
        ("<br/><br ><hr\n/>", [("br", {}), ("br", {}), ("hr", {})]),
        ("<style></style><title>b<i>", [("style", {}), ("/style", {}), ("title", {}), ("i", {})]),
        ("<!-- <b> -->", [("b", {})]),
        ("<https://x.example> <a@x.example> 1 <2> <>", []),
        ("$a<b$ and <x for all y <i>z</i>", [("i", {}), ("/i", {})]),
        ("<i>a</i> <b c", [("i", {}), ("/i", {})]),
        ("<i a='b>c</i> <b>", [("/i", {}), ("b", {})]),
    ],
)  # fmt: skip
def test_tags_of_a_text(text, tags):
    """A tag is missed, or an address or an inequality of Markdown is mistaken for one."""
    assert [("/" * tag.closing + tag.name, tag.attributes) for tag in find_tags(text)] == tags


def test_offsets_of_tags():
    """A note names a wrong line, or a replaced tag leaves a piece behind."""
    text = "é\n\n<a\n href='x'>b</a>\r\n<br/>"
    assert [text[tag.start : tag.end] for tag in find_tags(text)] == [
        "<a\n href='x'>", "</a>", "<br/>"]  # fmt: skip
    assert strip_tags(text) == "é\n\nb\r\n"
    assert replace_tags(text, lambda tag: "+" if tag.closed else None) == text[:-5] + "+"


@pytest.mark.parametrize("end", ["", ">", "\"'>"])
@pytest.mark.parametrize(
    "piece",
    ["<a ", '<a "', '<a href="', "<a b='>", "<a b='\">", "<a b=\"\" c='\">", '<a b="" c=">',
     "<!--x>", "</a ", '</a "', "<?x>", "<![", "<a/", "<a =", "&#", "<b>x", "<textarea>"],
)  # fmt: skip
def test_hostile_tags_take_no_time(piece, end):
    """A text of tags without an end is searched to its end for each of them."""
    start = time.process_time()
    find_tags(piece * (200_000 // len(piece)) + end)
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>10<sup>9</sup> cells</p><p>H<sub>2</sub>O</p>", "10⁹ cells\n\nH₂O"),
        ("<p>10<sup>-3</sup> <em>x<sub>i</sub></em></p>", "10⁻³ x_i"),
        ('<p>A note<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>', "A note"),
    ],
)
def test_scripts_in_plain_text(html, text):
    """Feeds, search and citations hold another number than the page."""
    assert html_to_text(html) == text
