"""Input that was once lost silently, failed a build, or changed its meaning."""

from pathlib import Path

import pytest
from papers.content import bibtex
from papers.content.frontmatter import YamlError, split_header
from papers.content.frontmatter import parse_yaml_header as read_yaml
from papers.model.identifiers import SCHEMES
from papers.model.names import name_key, parse_authors
from papers.util.latex import decode_latex, encode_latex

FIELDS = "title={T}, author={A B}, year=2026}"
ENTRY = f"@misc{{k, {FIELDS}\n"


def problems_of(text: str) -> list[str]:
    """Return the problems of a .bib."""
    return [
        str(p) for header in bibtex.parse_bibtex("x.bib", text.encode()) for p in header.problems
    ]


@pytest.mark.parametrize("start", ["@ misc {k,", "@misc\n{k,", "@misc (k,", "  @MISC{k,"])
def test_loose_beginnings(start):
    """An entry that BibTeX reads is lost, for the parser does not know its beginning."""
    text = f"{start} {FIELDS}\n"
    headers = bibtex.parse_bibtex(
        "x.bib", (text.replace("}\n", ")\n") if "(" in start else text).encode()
    )
    assert [header.citation_key for header in headers[1:]] == ["k"] and not headers[1].problems


@pytest.mark.parametrize("start", ["misc{k,", "@book-x{k,", "@a rticle{k,"])
def test_stray_beginnings(start):
    """An entry without its @, or of a type that is none, is lost in silence."""
    lines = problems_of(f"{ENTRY}\n{start} {FIELDS}\n")
    assert lines == [f'x.bib:3: "{start[:-2]}" begins no entry (write `@article{{key,`)']


@pytest.mark.parametrize("value", ["{T} volume={3}", '"T" volume="3"'])
def test_missing_comma(value):
    """A field without a comma behind it swallows the next one."""
    lines = problems_of(f"@misc{{k, title={value}, author={{A B}}, year=2026}}")
    assert lines == ["x.bib:1: k: title: has no comma behind it (write one)"]


def test_percent_in_the_entry_before():
    """A percent sign in the entry before is taken for a comment on the next one."""
    headers = bibtex.parse_bibtex(
        "x.bib", f"{ENTRY.strip()[:-1]}, note={{5%}}}} @misc{{b, {FIELDS}".encode()
    )
    assert [header.get("title") for header in headers[1:]] == ["T", "T"]


def test_strings_that_grow():
    """A chain of macros brings down the build, or fills the memory."""
    chain = "".join(f"@string{{a{n} = a{n - 1} # a{n - 1} # a{n - 1}}}\n" for n in range(1, 60))
    text = f'@string{{a0 = "x"}}\n{chain}@misc{{k, title=a59, author={{A B}}, year=2026}}'
    assert len(bibtex.parse_bibtex("x.bib", text.encode())[1].get("title")) <= 10_000


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe; John Roe", ["- Jane Doe", "- John Roe"]),
        ("Doe, J., Roe, J. A., Lee, A.", ["- Doe, J.", "- Roe, J. A.", "- Lee, A."]),
        ("Doe$^{1,2}$, Jane", ["- Doe, Jane"]),
        ("Doe\\thanks{equal}, Jane", ["- Doe, Jane"]),
    ],
)
def test_authors_of_a_bib(author, names):
    """Two authors become one, initials become authors, or a footnote part of a name."""
    text = f"@misc{{k, title={{T}}, author={{{author}}}, year=2026}}"
    assert bibtex.parse_bibtex("x.bib", text.encode())[1].get("authors").split("\n") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe, John Roe and others", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe and Ann Lee, Bob Poe", ["Jane Doe", "John Roe", "Ann Lee", "Bob Poe"]),
        ("Ruiz Gil, Ana and Gil, Juan Carlos", ["Ana Ruiz Gil", "Juan Carlos Gil"]),
        ("*; #; Jane Doe", ["Jane Doe"]),
    ],
)  # fmt: skip
def test_authors_of_a_header(text, names):
    """Two authors become one in silence, or a mark an author without a name."""
    assert [author.name for author in parse_authors(text, {})[0]] == names


def test_vowel_signs():
    """Two people whose names differ in a vowel sign are taken for one."""
    assert name_key("राम") != name_key("रमा")


def test_items_of_yaml():
    """An author or a link is dropped for the words that its parts are named by."""
    yaml = "authors: [{first: John, last: Roe}, {given: A., family: Lee, suffix: Jr.}]\n"
    assert read_yaml(yaml, 0)[0][1] == "- Roe, John\n- Lee, Jr., A."
    assert read_yaml("links: [{icon: x, href: 'https://a'}, {url: 'https://b'}]", 0)[0][1] == (
        "- x | https://a\n- link | https://b"
    )
    with pytest.raises(YamlError) as caught:
        read_yaml("a: b\nauthors:\n- {affiliation: X, age: 3}\n", 1)
    assert caught.value.line == 4


def test_escaped_control_characters():
    """A control character that YAML spells out gets into a feed, or brings down the build."""
    header, _ = split_header("f", '---\ntitle: "a\\x0b\\uD800b"\n---\n')
    assert header.get("title") == "ab"
    assert "holds the control character U+000B" in str(header.problems[0])


def test_prices_are_no_formula():
    """Two prices are written as mathematics, whose percent signs then end a line."""
    text = decode_latex(r"Costs \$5, 100\% of a\_b \& c in US\$")
    assert encode_latex(text) == r"Costs \$5, 100\% of a\_b \& c in US\$"
    assert "{\\textbackslash}input" in encode_latex(r"$\input{x}$")


def test_other_digits():
    """An id in another script's digits, or of a thirteenth month, leads nowhere."""
    assert [SCHEMES["arxiv"].parse(text) for text in ("٢٥١٠.10650", "2513.10650")] == [None, None]


def test_draft_in_a_bib(make):
    """An entry is published that says it is a draft."""
    site = make({"papers/x.bib": ENTRY.replace("year", "status={draft}, year")})
    assert not Path(site.output, "papers").exists()
    assert "k: status: keeps it out of the site" in site.printed


def test_exact_key_comes_first(make):
    """A Markdown file adds to an entry of a like key, and that of its very key is lost."""
    bib = ENTRY.replace("{k,", "{a/b,") + ENTRY.replace("{k,", "{a-b,").replace("{T}", "{U}")
    site = make({"papers/x.bib": bib, "papers/a-b.md": "Selected: yes\n"}, check=False)
    assert site.code == 1 and "has the address of" in site.printed


@pytest.mark.parametrize("name", ["papers/x.bib", "papers/p.md"])
def test_long_names(make, name):
    """An address too long for a file's name brings down the build."""
    text = ENTRY.replace("{k,", f"{{{'日' * 100},")
    if name.endswith(".md"):
        text = f"Title: T\nAuthors: A B\nDate: 2026\nSlug: {'日' * 90}\n"
    site = make({name: text}, check=False)
    assert "Traceback" not in site.printed
    assert site.code == (1 if name.endswith(".md") else 0)


def test_link_to_itself(make, tmp_path):
    """A symbolic link to itself brings down the build."""
    folder = tmp_path / "content" / "papers"
    folder.mkdir(parents=True)
    (folder / "l.bib").symlink_to(folder / "l.bib")
    (folder / "d").symlink_to(tmp_path)
    site = make(check=False)
    assert site.code == 1 and "Traceback" not in site.printed
    assert "content/papers/d: is a link to a folder" in site.printed


@pytest.mark.parametrize(
    "entry",
    ["@misc{a, title={T}} @book", "x @misc{a, title={T}}", "@misc{a, year=1}@misc{b, year=1}"],
)
def test_words_around_a_given_entry(make, entry):
    """What stands beside a given entry breaks the next one in the file of all."""
    text = f"Title: T\nAuthors: A B\nDate: 2026\nBibtex: {entry}\n"
    site = make({"papers/p.md": text}, check=False)
    assert site.code == 1
    assert "p.md:4: bibtex: is no BibTeX entry" in site.printed
