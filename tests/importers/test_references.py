"""Old sites of al-folio's kind, and files of references, become content of this one."""

import base64
import json
import re
import time
from dataclasses import fields, replace
from pathlib import Path

import pytest
import rispy
from conftest import ROOT, SETTINGS, build, write
from hypothesis import given
from hypothesis import strategies as st
from papers.content import bibtex, frontmatter
from papers.content.keys import normalize_keys
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.importers import detect
from papers.importers.common import author_list
from papers.importers.common.content_file import make_slug, render_document
from papers.importers.common.text import escape_markdown, plain_line
from papers.importers.jekyll import publications, reader
from papers.importers.references import dispatch
from papers.importers.result import ImportResult, SourceTree
from papers.importers.writer import write_import as write_found
from papers.model.names import parse_authors, parse_name
from papers.model.paper import TYPES, Paper

CORPUS = ROOT.parent / "shared" / "corpus"
FILES = sorted([*CORPUS.glob("bib/*.bib"), *CORPUS.glob("bib-extra/*.bib")])
SITES = sorted(CORPUS.glob("bib/*.bib"))
real = pytest.mark.skipif(not FILES, reason="the real .bib files are not here")
ENTRY = re.compile(r"^[ \t]*%?[ \t]*@(?!comment|string|preamble)\w+[ \t]*[{(]", re.I | re.M)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg=="
)
CONFIG = """first_name: Ada
middle_name: K.
last_name: Lovelace
scholar:
  last_name: [Lovelace]
  first_name: [Ada, A., B.]
github_username: ada
scholar_userid: AbC-d
orcid_id: 0000-0002-1825-0097
email: ada@example.org
twitter_username: # none
"""
ENTRIES = """---
---
@string{aps = {APS}}
@article{one, author = {Lovelace, A. K. and Turing, Alan}, title = {One}, year = 2020,
  journal = {Nature}, pdf = {one paper.pdf}, preview = {one.png},
  slides = {gone.pdf},
  selected = {true}
}
@article{two, author = {Lovelace, Ada}, title = {Two}, year = {2021}, journal = {Science},
  pdf = {/assets/pdf/sub/two.pdf}, code = {https://github.com/ada/two},
  html = "javascript:alert(1)", supp = {../../../etc/passwd}
}
"""


def take(folder: Path) -> ImportResult:
    """Read a folder of Jekyll's."""
    found = ImportResult()
    assert reader.import_jekyll(SourceTree(folder, found))
    return found


def take_file(folder: Path, name: str, data: str | bytes) -> ImportResult:
    """Read a file of references."""
    path, found = write(folder, {name: data}) / name, ImportResult()
    assert dispatch.import_references(SourceTree(path, found), path)
    return found


def notes(found: ImportResult, kind: str) -> list[str]:
    """Return what is told of one kind."""
    return [str(note) for note in found.notes if note.kind == kind]


def paper_of(text, folder: Path) -> Paper:
    """Return the paper that a text is read as when it is written."""
    header, _ = frontmatter.split_header("x.md", render_document(text.headers, text.body))
    normalize_keys(header)
    paper = read_paper(header, folder / "x.md", folder, {}, "x")
    assert paper, (header.problems, text)
    return paper


def values(headers) -> list[tuple]:
    """Return what a .bib holds: keys and values, entry by entry."""
    return [(h.citation_key, {k: e.value for k, e in h.entries.items()}) for h in headers[1:]]


@pytest.fixture
def site(tmp_path) -> Path:
    """A small site of al-folio's."""
    return write(
        tmp_path / "old",
        {
            "_config.yml": CONFIG,
            "_bibliography/papers.bib": ENTRIES,
            "assets/pdf/one paper.pdf": b"%PDF-1",
            "assets/pdf/sub/two.pdf": b"%PDF-2",
            "assets/img/publication_preview/one.png": PNG,
            "assets/img/me.png": PNG,
            "_data/coauthors.yml": 'turing:\n  - firstname: ["Alan", "A. M."]\n'
            "    url: https://alan.example\n"
            '"Nobody":\n  - firstname: ["Known"]\n    url: javascript:alert(1)\n',
            "_data/venues.yml": '"Nature":\n  color: "#fff"\n',
            "_pages/about.md": "---\nlayout: about\ntitle: about\npermalink: /\n"
            "subtitle: Analyst at <a href='#'>Engines</a>\nprofile:\n  image: me.png\n"
            "  more_info: >\n    <p>Room 1</p>\nnews: true\n---\n\nI **count**.\n",
            "_pages/teaching.md": "---\ntitle: teaching\npermalink: /courses/\n---\nI teach.\n",
            "_pages/publications.md": "---\ntitle: publications\n---\n{% bibliography %}\n",
            "_news/announcement_1.md": "---\nlayout: post\ndate: 2015-10-22 15:59:00-0400\n"
            "inline: true\n---\n\nA **paper** at [X](https://x.example). More words.\n",
        },
    )


def test_a_bib_is_taken_as_it_is(site):
    """A .bib loses its order or comments, or a file that it names does not come along."""
    found = take(site)
    text = ENTRIES.replace("one paper.pdf", "one-paper.pdf")
    text = text.replace("/assets/pdf/sub/two.pdf", "two.pdf")
    text = text.replace('"javascript:alert(1)"', '""')
    assert found.bib_files == {"papers.bib": text}
    assert {name: path.name for name, path in found.assets.items()} == {
        "papers/one-paper.pdf": "one paper.pdf",
        "papers/one.png": "one.png",
        "papers/two.pdf": "two.pdf",
        "images/portrait.png": "me.png",
    }
    left = "\n".join(notes(found, "left"))
    assert '_bibliography/papers.bib:6: one: slides: "gone.pdf" is not here' in left
    assert 'papers.bib:11: two: html: "javascript:alert(1)"' in left
    assert '"../../../etc/passwd" is no file here' in left
    assert len([told for told in left.split("\n") if "papers.bib" in told]) == 3


def test_a_paper_that_lacks_something(tmp_path):
    """What keeps an entry of a .bib from being a paper is not told before the first build."""
    found = take_file(tmp_path, "x.bib", "@article{a, title = {A},\n  author = {B, C}\n}")
    assert notes(found, "left") == [
        "x.bib:1: a: date: missing (write `date = {…}`)",
        "x.bib:1: a: venue: missing (write `journal = {…}`, or another type)",
    ]


def test_owner_and_people(site):
    """A name under which papers print the owner is lost, or an address, or a co-author's."""
    found = take(site)
    assert found.owner.name == "Ada K. Lovelace"
    assert found.owner.names == ["Ada K. Lovelace", "Ada Lovelace", "A. Lovelace", "A. K. Lovelace"]
    assert found.owner.social == [
        ("GitHub", "https://github.com/ada"),
        ("Google Scholar", "https://scholar.google.com/citations?user=AbC-d"),
        ("ORCID", "https://orcid.org/0000-0002-1825-0097"),
        ("Email", "mailto:ada@example.org"),
    ]
    assert found.owner.role == "Analyst at Engines"
    people = {"Alan Turing": {"address": "https://alan.example", "aliases": ["A. M. Turing"]}}
    assert found.people == people
    left = "\n".join(notes(found, "left"))
    assert '_data/coauthors.yml:4: "Nobody" is no author of the papers' in left
    assert "_data/venues.yml: addresses and colours" in left


def test_home_pages_and_news(site):
    """The home page loses its text or its lists, or an item of news its date or its words."""
    found = take(site)
    texts = {text.kind: text for text in found.documents}
    assert len(texts) == len(found.documents)
    assert texts["home"].headers == {"title": "Ada K. Lovelace", "role": "Analyst at Engines"}
    body = "I **count**.\n\n## News\n\n[NEWS]\n\n## Selected publications\n\n[PAPERS]"
    assert texts["home"].body == body
    assert texts["news"].headers == {"title": "A paper at X", "date": "2015-10-22", "tags": ""}
    assert texts["news"].body == "A **paper** at [X](https://x.example). More words."
    assert (texts["page"].slug, texts["page"].body) == ("courses", "I teach.")
    left = "\n".join(notes(found, "left"))
    assert "_pages/about.md:8: profile.more_info: Room 1" in left
    assert "_pages/publications.md: is made of data" in left


def test_home_pages_of_several_years(site):
    """News that a home page hides are shown, or words of the owner's are lost without a word."""
    write(site, {
        "_pages/about.md": "---\nlayout: about\npermalink: /\n"
        "subtitle: >\n  <a href='#'>Analyst</a>, **Engines**\n"
        "profile:\n  address: >\n    <p>Room 1</p>\nannouncements:\n  enabled: false\n---\n"
        "I :unicorn: at 10:30:45.\n\n- one\n\t- two\n",
        "_data/socials.yml": "custom_social:\n  title: C\n  url: https://www.alberteinstein.com/\n",
    })  # fmt: skip
    found = take(site)
    home = next(text for text in found.documents if text.kind == "home")
    assert home.headers["role"] == "Analyst, Engines"
    assert home.body.startswith("I 🦄 at 10:30:45.\n\n- one\n    - two\n\n## Selected")
    assert "profile.address: Room 1" in "\n".join(notes(found, "left"))
    assert not [label for label, _ in found.owner.social if label == "C"]


def test_an_imported_site_is_built(site, tmp_path):
    """What was imported cannot be built, or a paper, a portrait or a PDF is not in the site."""
    content = tmp_path / "content"
    list(write_found(take(site), content, "old"))
    made = build(content, tmp_path / "output", settings=SETTINGS, arguments=())
    assert made.code == 0, made.printed
    pages = {"courses/index.html", "papers/one/index.html", "news/announcement_1/index.html"}
    assert {"papers/one/one-paper.pdf", "papers/two/two.pdf", *pages} <= made.files().keys()
    assert made.page().select_one(".portrait img") and made.page("papers/one/").select("main img")


def test_files_of_others_are_not_taken(site):
    """A .bib of works that texts cite becomes the owner's papers."""
    text = CONFIG.replace("scholar:\n", "scholar:\n  bibliography: papers.bib\n")
    other = "@book{k, author = {Knuth, Donald}, title = {TAOCP}, year = 1968}\n"
    mine = "@book{m, author = {Lovelace, A.}, title = {Notes}, year = 1843}\n"
    write(site, {"_config.yml": text, "_bibliography/refs.bib": other})
    write(site, {"_bibliography/more/papers.bib": mine, "_bibliography/mine.bib": mine})
    found = take(site)
    assert sorted(found.bib_files) == ["mine.bib", "papers-2.bib", "papers.bib"]
    assert any("refs.bib: names the owner nowhere" in told for told in notes(found, "left"))


def test_people_under_a_wrong_name(tmp_path):
    """Somebody stands in the register under their first name, or in small letters, and is lost."""
    bib = "@misc{a, author = {de Vries, Jan and L{\\'o}pez, Eva and Berg Thomsen, D.}, title={T}}"
    yml = (
        "'jan':\n  - firstname: ['Jan', 'Jan de Vries', 'J.']\n    url: https://a.example\n"
        "lopez:\n  - firstname: 'E.'\n    url: ftp://x\n"
        "Berg Thomsen:\n  - {firstname: [D., Daniel, Berg Thomsen]}\n  - firstname:\n"
    )
    files = {"_config.yml": "", "_bibliography/p.bib": bib, "_data/coauthors.yml": yml}
    found = take(write(tmp_path, files))
    assert found.people == {
        "Jan de Vries": {"address": "https://a.example", "aliases": ["J. de Vries"]},
        "Daniel Berg Thomsen": {"aliases": ["D. Berg Thomsen"]},
    }
    left = "\n".join(notes(found, "left"))
    assert '"ftp://x" is no web address' in left and "has no first name" in left


def test_a_name_of_two_people(tmp_path):
    """A short form of a name that two people share leads to the wrong one."""
    yml = "Lee:\n  - firstname: [Sun, S.]\n  - firstname: [Sam, S., Samuel]\n"
    found = take(write(tmp_path, {"_config.yml": "", "_data/coauthors.yml": yml}))
    assert found.people == {"Sam Lee": {"aliases": ["Samuel Lee"]}}
    assert len(notes(found, "left")) == 2


@real
@pytest.mark.parametrize(
    ("name", "owner", "person", "aliases"),
    [
        ("AdrienTaylor", "Adrien B. Taylor", "Julien M. Hendrickx", ["J.M. Hendrickx"]),
        ("WafaJohal", "W. Johal", "Sarah Schombs", ["S. Schombs"]),
        ("jordanshivers", "J. L. Shivers", "Fred MacKintosh", ["F. C. MacKintosh"]),
        ("searhein", "Alexander Heinlein", "Daniel Balzani", ["D. Balzani"]),
    ],
)
def test_real_people(name, owner, person, aliases, tmp_path):
    """A real co-author's first names are mixed up, or a form of the owner's name is lost."""
    data = {"_bibliography/papers.bib": (CORPUS / f"bib/{name}.bib").read_bytes()}
    for yml, target in (("config", "_config"), ("coauthors", "_data/coauthors")):
        data[f"{target}.yml"] = (CORPUS / f"bib/{name}.{yml}.yml").read_bytes()
    found = take(write(tmp_path, data))
    assert owner in found.owner.names
    assert set(aliases) <= set(found.people[person]["aliases"])


def test_an_entry_of_two_files(tmp_path):
    """A paper that stands in two .bib files ends the build."""
    first = "@misc{a, title = {A}}\n@misc{b, title = {B {x}}}\n"
    second = "% mine\n@misc{B,\n title = {B {x}},\n} \n@misc{c, title = {C}}\n"
    files = {"_bibliography/1.bib": first, "_bibliography/2.bib": second}
    found = take(write(tmp_path, files))
    assert found.bib_files == {"1.bib": first, "2.bib": "% mine\n@misc{c, title = {C}}\n"}
    told = "_bibliography/2.bib:2: B: its key is in 1.bib, too, and it is left out here"
    assert told in notes(found, "left")


ACADEMIC = """title: "Ada's page"
author:
  name: Ada Lovelace
  avatar: me.png
  bio: Analyst
  email: ada [at] example.org
  googlescholar: "https://scholar.google.com/citations?user=X"
  orcid: http://orcid.org/0000-0002-1825-0097
  linkedin: ada
  mastodon: "@ada@m.example"
  twitter:
  dblp: dblp.org/pid/1/2
  researchgate: javascript:alert(1)
  my_lab: https://lab.example/
  links:
    - {label: Blog, url: "https://blog.example"}
cv_pdf: /assets/cv.pdf
"""


def test_settings_of_other_themes(tmp_path):
    """An address in the settings is lost, or made of a name that is an address already."""
    item = "---\ntitle: Won\ndate: 2024-03-02\npublished: false\n---\n"
    files = {
        "_config.yml": ACADEMIC,
        "images/me.png": PNG,
        "_posts/2024-03-01-won.md": item,
        "_posts/2023-02-01-old.md": "---\npermalink: /old/\n---\n![x](/none.png) First *one*\n",
    }
    found = take(write(tmp_path, files))
    assert (found.owner.name, found.owner.role) == ("Ada Lovelace", "Analyst")
    assert found.owner.social == [
        ("Email", "mailto:ada@example.org"),
        ("Google Scholar", "https://scholar.google.com/citations?user=X"),
        ("ORCID", "http://orcid.org/0000-0002-1825-0097"),
        ("LinkedIn", "https://www.linkedin.com/in/ada"),
        ("Mastodon", "https://m.example/@ada"),
        ("DBLP", "https://dblp.org/pid/1/2"),
        ("My lab", "https://lab.example/"),
        ("Blog", "https://blog.example"),
    ]
    assert list(found.assets) == ["images/portrait.png"]
    assert [(text.slug, text.headers) for text in found.documents] == [
        ("old", {"title": "First one", "date": "2023-02-01", "tags": "", "aliases": "/old/"}),
        ("won", {"title": "Won", "date": "2024-03-02", "tags": "", "status": "draft"}),
    ]
    left = "\n".join(notes(found, "left"))
    assert '_config.yml:13: ResearchGate: "javascript' in left
    assert '_config.yml:17: the CV, "/assets/cv.pdf"' in left


def test_long_files_take_no_long_time(tmp_path):
    """The time that a file takes grows with the square of its length."""
    entry = "@misc{{k{n}, title = {{T{n}}}, pdf = {{gone.pdf}},\n  file = {{a.pdf:pdf}}\n}}\n"
    item = {"type": "book", "title": "T", "author": [{"family": "A"}], "issued": {"raw": "1"}}
    record = "TY  - JOUR\nTI  - T\nAU  - A, B\nPY  - 2020\nJO  - J\nER  - \n"
    start = time.process_time()
    for name, text in (
        ("a.bib", "".join(entry.format(n=n) for n in range(400))),
        ("b.bib", "file = {" + "a;:\\" * 20_000),
        ("c.json", json.dumps([item | {"title": f"T{n}"} for n in range(1000)], indent=1)),
        ("d.ris", record * 1000),
        ("e.ris", "TY  - JOUR\nAB  - " + "[<&$*" * 20_000 + "\nAU  - " + "a,{" * 20_000),
    ):
        take_file(tmp_path, name, text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "config",
    [
        "a: &a [x]\n" + "b: [*a, *a]\n",
        "a: " + "[" * 3000,
        "\tname: x",
        "name: \x00",
        "- a\n- b",
        "author: [x]\nscholar: 3\ntitle: {a: b}\nfirst_name: [a]\n",
    ],
)
def test_settings_that_nobody_can_read(tmp_path, config):
    """Settings that are a bomb, no YAML, or of another form end the import."""
    bib = "@misc{a, title = {A}}"
    found = take(write(tmp_path, {"_config.yml": config, "_bibliography/p.bib": bib}))
    assert found.bib_files == {"p.bib": bib} and found.owner.social == []


def test_nothing_outside_is_read(tmp_path):
    """A symbolic link or a path that climbs brings along a file of somebody else's."""
    write(tmp_path / "out", {"s.pdf": b"secret", "x.bib": "@misc{x, title = {X}}", "_a.yml": "a"})
    old = write(
        tmp_path / "old",
        {
            "_config.yml": "scholar:\n  source: ../out\n",
            "_bibliography/p.bib": "@misc{a, title = {A}, pdf = {../out/s.pdf},\n"
            "  slides = {s.pdf}, poster = {/../../out/s.pdf},\n  url = {JavaScript:x}\n}",
        },
    )
    (old / "assets").mkdir()
    (old / "assets/pdf").symlink_to(tmp_path / "out")
    (old / "_bibliography/x.bib").symlink_to(tmp_path / "out/x.bib")
    found = take(old)
    assert list(found.bib_files) == ["p.bib"] and not found.assets
    assert "JavaScript" not in found.bib_files["p.bib"]
    assert len([told for told in notes(found, "left") if "is not here" in told]) == 3


@real
@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_real_sites(path, tmp_path):
    """An entry of a real site is lost, doubled or changed by being imported."""
    files = {"_bibliography/papers.bib": path.read_bytes()}
    for name in ("config", "coauthors", "venues"):
        yml = path.with_suffix(f".{name}.yml")
        target = "_config.yml" if name == "config" else f"_data/{name}.yml"
        files |= {target: yml.read_bytes()} if yml.is_file() else {}
    found = take(write(tmp_path / "old", files))
    list(write_found(found, tmp_path / "content", "old"))
    data = (tmp_path / "content/papers/papers.bib").read_bytes()
    source = SourceTree(tmp_path / "old", ImportResult())
    mended = source.read_text(tmp_path / "old/_bibliography/papers.bib")
    assert data.decode() == mended
    written = bibtex.parse_bibtex("p.bib", data)
    assert len(written) - 1 == len(ENTRY.findall(mended))
    if not any("was meant as" in str(note) for note in source.result.notes):
        assert values(written) == values(bibtex.parse_bibtex("p.bib", path.read_bytes()))
    for header in written:
        for problem in header.problems:
            assert any(problem.message in note.message and note.line == problem.line
                       for note in found.notes)  # fmt: skip
    for name, person in found.people.items():
        for form in (name, *person.get("aliases", ())):
            assert parse_name(form).family and "," not in form
    for _, address in found.owner.social:
        assert re.match("https?://|mailto:", address)


# What our exports do not hold, or hold for all identifiers but these.
NOT_CITED = {
    "key", "annotation", "award", "presentation", "license", "links", "figure", "selected",
    "weight", "bibtex", "titles", "protected_words", "abstract", "ids", "has_more_authors",
}  # fmt: skip


def cited_of(paper: Paper, without: set[str]) -> dict:
    """Return what of a paper an export holds."""
    names = {field.name for field in fields(Paper)} - NOT_CITED - without
    told = {name: getattr(paper, name) for name in names}
    for name in ("authors", "editors"):
        people = getattr(paper, name)
        told[name] = tuple(replace(one, marks="", collective=False) for one in people)
    told["venue_short"] = paper.venue_short or paper.venue
    return told | {"doi": paper.ids.get("doi"), "arxiv": paper.ids.get("arxiv")}


@real
@pytest.mark.parametrize("form", ["json", "ris"])
def test_real_exports_read_back(form, tmp_path):
    """A paper changes by being exported as CSL-JSON or RIS and imported again."""
    count, changed = 0, []
    # RIS has one place for both numbers, none for the kind of a thesis or report.
    without = {"isbn", "issn", "genre", "stage", "note"} if form == "ris" else {"number"}
    without |= {"venue", "publisher"}
    for path in FILES:
        headers = [h for h in bibtex.parse_bibtex(path.name, path.read_bytes())[1:] if h.entries]
        papers = [
            read_paper(h, tmp_path / "x", tmp_path, {}, h.citation_key or "k") for h in headers
        ]
        papers = [paper for paper in papers if paper]
        text = "".join(map(bibliography.format_ris, papers))
        if form == "json":
            text = json.dumps([bibliography.format_csl(paper) for paper in papers])
        if not papers:
            continue
        found = take_file(tmp_path, f"{path.stem}.{form}", text)
        assert len(found.documents) == len(papers)
        for first, text in zip(papers, found.documents, strict=True):
            again = paper_of(text, tmp_path)
            one, two = cited_of(first, without), cited_of(again, without)
            changed += [first.key] * (one != two)
            placed = first.type in ("thesis", "report")
            assert placed or (first.venue, first.publisher) == (again.venue, again.publisher)
        count += len(papers)
    assert len(changed) <= count // 500, changed
    print(f"{form}: {count} papers, {len(changed)} changed")


def test_own_exports_read_back(tmp_path):
    """A paper of this site changes by being exported and imported again."""
    papers = []
    for path in sorted((ROOT / "content/papers").glob("*.md")):
        header, body = frontmatter.split_header(path.name, path.read_text(encoding="utf-8"))
        normalize_keys(header)
        header.plain_text = body.strip()
        papers.append(read_paper(header, path, ROOT / "content", {}, path.stem))
    assert papers and all(papers)
    csl = json.dumps(
        [bibliography.format_csl(paper) for paper in papers], indent=1, ensure_ascii=False
    )
    for name, text in (("a.json", csl), ("a.ris", "".join(map(bibliography.format_ris, papers)))):
        found = take_file(tmp_path, name, text)
        without = {"stage", "note"} if name == "a.ris" else set()
        for paper, told in zip(papers, found.documents, strict=True):
            assert cited_of(paper_of(told, tmp_path), without) == cited_of(paper, without)
            assert told.line and paper.title in text.split("\n")[told.line - 1 + (name == "a.ris")]
        assert not notes(found, "left") and not notes(found, "guessed")


TEXTS = st.text("ab\"'*_[]{}<>&$\\`#:|!-+.1;,()é刘 \n", max_size=40)


@given(TEXTS)
def test_an_abstract_stays_plain(text):
    """A sign of an abstract is read as Markdown, and shows as something else."""
    from markdown import Markdown
    from papers.content.math import MathExtension
    from papers.util.html import html_to_text

    config = {"extensions": ["extra", "sane_lists", "admonition", MathExtension()]}
    shown = html_to_text(Markdown(**config).convert(escape_markdown(text)))
    wanted = plain_line(text)
    assert re.sub(r"\s+", "", shown) == re.sub(r"\s+", "", wanted)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_names_stay_names(people):
    """A name with a comma, "and" or a semicolon in it becomes two, or is lost."""
    names = [author_list.format_person(family, first) for family, first in people]
    names = [name for name in names if name.strip("{}, ")]
    try:
        count = sum(bool(parse_name(name).name) for name in names)
    except ValueError:
        return
    if names and count == len(names) and not any(name.startswith("- ") for name in names):
        found, others = parse_authors(author_list.format_people(names), {})
        assert len(found) + others == len(names)


@pytest.mark.parametrize(
    ("family", "given", "suffix", "name"),
    [
        ("De Klerk", "Etienne", "", "Etienne {De Klerk}"),
        ("van Hasselt", "Hado", "", "Hado van Hasselt"),
        ("King", "Martin Luther", "Jr.", "Martin Luther King Jr."),
        ("刘", "子赫", "", "刘 子赫"),
        ("DES Collaboration", "", "", "DES Collaboration"),
        ("Large Hadron People", "", "", "{Large Hadron People}"),
        ("Plato", "", "", "Plato"),
    ],
)
def test_parts_of_names(family, given, suffix, name):
    """A family name of two words loses the first of them, a team becomes a person."""
    assert author_list.format_person(family, given, suffix) == name
    found = parse_name(name)
    assert (found.family, found.given, found.suffix) == (family, given, suffix)


RIS = """\ufeffTY  - CPAPER\r
TI  - A title that\r
goes on: <i>here</i>\r
AU  - Lovelace, Ada\r
AU  - King, Martin Luther, Jr.\r
AU  - Engine Builders\r
A2  - De Klerk, Etienne\r
PY  - 2025/03//spring\r
DA  - 2025/03/12/\r
T2  - Proceedings of X\r
JA  - PX\r
SP  - 1\r
EP  - 12\r
SN  - 1234-567X\r
DO  - https://doi.org/10.1000/182\r
UR  - https://doi.org/10.1000/182\r
UR  - https://x.example/more\r
L1  - https://x.example/p.pdf\r
L1  - files/7/own.pdf\r
L1  - file:///home/ada/gone.pdf\r
KW  - one\r
KW  - two, three\r
AB  - First *line* [1].\r
\r
- Second.\r
XX  - odd\r
ER  - \r
\r
TY  - NOPE\r
T1  - Other\r
A1  - Builders, The\r
Y1  - 1999\r
"""


def test_ris(tmp_path):
    """A field of RIS, a line that goes on, or the last record without an end is lost."""
    write(tmp_path, {"files/7/own.pdf": b"%PDF"})
    found = take_file(tmp_path, "x.ris", RIS)
    assert found.documents[0].headers == {
        "title": "A title that goes on: here", "type": "paper-conference", "date": "2025-03-12",
        "venue": "Proceedings of X", "venue_short": "PX", "pages": "1–12", "issn": "1234-567X",
        "authors": "Ada Lovelace, Martin Luther King Jr., {Engine Builders}",
        "editor": "Etienne {De Klerk}", "doi": "https://doi.org/10.1000/182",
        "tags": "one; two, three",
        "links": "pdf | https://x.example/p.pdf\npdf | own.pdf\nlink | https://x.example/more",
    }  # fmt: skip
    assert found.documents[0].body == "First \\*line\\* [1].\n\n\\- Second."
    assert found.documents[1].headers["title"] == "Other"
    assert (found.documents[0].line, found.documents[1].line) == (
        1,
        RIS[: RIS.index("TY  - NOPE")].count("\n") + 1,
    )
    assert list(found.assets) == ["papers/own.pdf"]
    told = "\n".join(map(str, found.notes))
    for words in ('"file:///home', "nothing reads XX", '"NOPE" is taken', "no `ER  -`"):
        assert words in told
    assert len(rispy.loads(RIS[1:] + "ER  - \r\n", skip_unknown_tags=True)) == len(found.documents)


DATABASES = """TY  - JOUR
AU  - van Rossum, GB
AU  - Lovelace, A
TI  - Of a web
T2  - JOURNAL OF WEBS
JI  - J. Webs
PU  - WILEY
PI  - HOBOKEN
SN  - 00218979 (ISSN)
DA  - SEP 15
PY  - 2020
VL  - n/a
C7  - e12990
LA  - English
AN  - WOS:000220133300004
AD  - Univ Web
N1  - Times Cited:  5
N1  - With a note
KW  - one
two
PM  - 123456
ER  -

TY  - CONF
AU  - A.-B. Lovelace
AU  - Ada King
TI  - Of machines
PY  - 2023
N1  - https://doi.org/10.1000/182
ID  - 10.1000/182
ER  -

TY  - JOUR
AU  - Engine Builders
TI  - Of teams
T2  - X
PY  - 2023
ER  -
"""


def test_ris_of_databases(tmp_path):
    """What Web of Science, Scopus or IEEE write in their own ways is lost, or is a note."""
    one, two, three = (t.headers for t in take_file(tmp_path, "x.ris", DATABASES).documents)
    assert {name: value for name, value in one.items() if name != "title"} == {
        "type": "article-journal", "venue": "JOURNAL OF WEBS", "venue_short": "J. Webs",
        "authors": "G. B. van Rossum, A. Lovelace", "date": "2020-09-15", "publisher": "WILEY",
        "address": "HOBOKEN", "issn": "00218979", "pages": "e12990", "lang": "en",
        "note": "With a note", "tags": "one; two", "pmid": "123456",
    }  # fmt: skip
    assert two["authors"] == "A.-B. Lovelace, Ada King"
    assert (two["doi"], "key" in two, "note" in two) == ("10.1000/182", False, False)
    assert three["authors"] == "{Engine Builders}"


CSL = [
    {
        "id": "http://zotero.org/users/1/items/ABC", "type": "article",
        "title": "A <i>B</i> &amp; C",
        "author": [{"family": "Beeck", "given": "Kristof", "non-dropping-particle": "van"},
                   {"literal": "Two Words"}, {"family": "Solo"}],
        "issued": {"date-parts": [["2024", 5, "3"], ["2024", 6]]},
        "note": "arXiv:2405.00001 [cs]\nversion: 2", "number": "arXiv:2405.00001",
        "publisher": "arXiv", "URL": "http://arxiv.org/abs/2405.00001", "language": "en",
        "abstract": "Of $x_1 < 2$ and 5 * 3.", "custom": {"a": 1},
    },
    {"id": 7, "type": "thesis", "title": "T", "publisher": "ETH", "genre": "PhD thesis",
     "issued": {"raw": "12 May 2020"}, "author": [{"family": "A", "given": "B"}],
     "URL": "javascript:alert(1)", "status": "in press", "keyword": "a, b"},
    {"id": "x", "type": "chapter", "title": "N", "issued": {"literal": "about 1999"},
     "author": "nobody", "DOI": "none", "page": "3-4"},
    {"id": "y", "type": "chapter", "title": ""},
    "odd",
]  # fmt: skip


@pytest.mark.parametrize("whole", [CSL, {"items": CSL}])
def test_csl_json(whole, tmp_path):
    """A field of CSL-JSON is lost, or what is left out of it is not told."""
    found = take_file(tmp_path, "x.json", json.dumps(whole, indent=2))
    one, two, three = (text.headers for text in found.documents)
    assert one == {
        "title": "A B & C", "type": "article", "authors": "Kristof van Beeck; {Two Words}; Solo",
        "date": "2024-05-03", "arxiv": "2405.00001", "publisher": "arXiv", "lang": "en",
        "url": "http://arxiv.org/abs/2405.00001", "note": "version: 2",
    }  # fmt: skip
    assert found.documents[0].body == "Of $x_1 < 2$ and 5 \\* 3."
    assert two["venue"] == "ETH" and two["date"] == "2020-05-12" and two["tags"] == "a, b"
    assert two["note"] == "in press" and "url" not in two
    assert three == {"title": "N", "date": "1999", "key": "x", "pages": "3–4"}
    told = "\n".join(map(str, found.notes))
    for words in ("javascript", '"none" is no doi', "no authors", "no venue", "no title", '"odd"'):
        assert words in told
    assert all(note.line for note in found.notes if note.kind == "guessed")


MORE = {
    "type": "article-journal", "title": "Ada's", "issued": {"date_parts": [["2002", 4]]},
    "author": [{"family": "Alembert", "given": "Jean", "non-dropping-particle": "d’"},
               {"name": "The Team"}, {}],
    "note": "container-title: J\nCollection Title: S", "language": "eng",
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Words.</jats:p>",
}  # fmt: skip


def test_more_of_csl_json(tmp_path):
    """What Zotero's Extra tells, an older name of dates, or a team is lost; no name is one."""
    text = take_file(tmp_path, "x.json", json.dumps([MORE])).documents[0]
    names = ("authors", "date", "venue", "series", "lang")
    told = ["Jean d’Alembert, The Team", "2002-04", "J", "S", "en"]
    assert [text.headers.get(name) for name in names] == told
    assert text.body == "Words."
    assert make_slug("Ada's theorem of large things") == "adas-theorem-large-things"
    assert make_slug("Con") == "con-1" and make_slug("Consensus") == "consensus"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 200_000, "nested too deeply"),
        ('{"a": 1,\n', "x.json is no JSON in line 2"),
        (f'[{{"title": "x", "type": "y", "a": {"9" * 5000}}}]', "a number that is too long"),
    ],
)
def test_json_that_nobody_can_read(text, told, tmp_path):
    """Broken JSON ends in a traceback."""
    with pytest.raises(ValueError, match=told):
        take_file(tmp_path, "x.json", text)
    found = ImportResult()
    assert not dispatch.import_references(SourceTree(tmp_path, found), tmp_path / "x.json")
    assert told.removeprefix("x.json ") in notes(found, "left")[0]


def test_other_files_are_none(tmp_path):
    """A file of another kind is taken for references."""
    files = {"a.json": "[1, 2]", "b.json": '{"name": "x"}', "c.txt": "Hello: you\n"}
    for name in files:
        path, found = write(tmp_path, files) / name, ImportResult()
        assert not dispatch.import_references(SourceTree(path, found), path)
        assert not found.notes


SUMMARY = {
    "title": {"title": {"value": "A work"}, "subtitle": {"value": "Its end"}},
    "type": "journal-article", "journal-title": {"value": "Nature"}, "display-index": "1",
    "publication-date": {"year": {"value": "2020"}, "month": {"value": "02"}, "day": None},
    "external-ids": {"external-id": [
        {"external-id-type": "doi", "external-id-value": "https://doi.org/10.1000/182",
         "external-id-normalized": {"value": "10.1000/182"}, "external-id-relationship": "self"},
        {"external-id-type": "doi", "external-id-value": "10.1000/1",
         "external-id-relationship": "part-of"},
        {"external-id-type": "issn", "external-id-value": "1234-567X",
         "external-id-relationship": "part-of"}]},
    "url": {"value": "https://doi.org/10.1000/182"},
}  # fmt: skip
OTHER = SUMMARY | {"display-index": "0", "journal-title": {"value": "nature"}, "url": None}
WORK = {
    "title": {"title": {"value": "Whole"}}, "type": "conference-paper",
    "contributors": {"contributor": [
        {"credit-name": {"value": "Ada Lovelace"}}, {"credit-name": {"value": "Turing, Alan"}},
        {"credit-name": {"value": "Ed"}, "contributor-attributes": {"contributor-role": "editor"}},
    ]},
    "citation": {"citation-type": "bibtex",
                 "citation-value": "@inproceedings{k, title={W}, booktitle={Proc. X}, pages={1--2},"
                 " author={Lovelace, A.}, year={2021}}"},
    "publication-date": {"year": {"value": "2021"}},
}  # fmt: skip
PERSON = {
    "name": {"given-names": {"value": "Ada"}, "family-name": {"value": "Lovelace"},
             "credit-name": {"value": "A. K. Lovelace"}},
    "researcher-urls": {"researcher-url": [
        {"url-name": "Home", "url": {"value": "https://ada.example"}},
        {"url-name": "Bad", "url": {"value": "javascript:x"}}]},
    "biography": {"content": "Born in London."},
}  # fmt: skip


def test_orcid(tmp_path):
    """A work of ORCID's is lost or doubled, or given authors that nobody told without a word."""
    uri = {"uri": "https://orcid.org/0000-0002-1825-0097"}
    works = {"group": [{"work-summary": [OTHER, SUMMARY]}, {"work-summary": [{"title": None}]}]}
    record = {"orcid-identifier": uri, "person": PERSON, "activities-summary": {"works": works}}
    found = take_file(tmp_path, "orcid.json", json.dumps(record, indent=1))
    assert [text.headers for text in found.documents] == [
        {"title": "A work: Its end", "type": "article-journal", "venue": "Nature",
         "date": "2020-02", "doi": "10.1000/182", "issn": "1234-567X", "authors": "Ada Lovelace"}
    ]  # fmt: skip
    assert found.owner.names == ["Ada Lovelace", "A. K. Lovelace"]
    assert found.owner.social == [("ORCID", uri["uri"]), ("Home", "https://ada.example")]
    (guessed,) = notes(found, "guessed")
    assert re.match(r"orcid\.json:\d+: A work: Its end: ORCID tells no authors", guessed)
    assert len(notes(found, "left")) == 2
    plain = take_file(tmp_path, "works.json", json.dumps(works))
    assert "authors" not in plain.documents[0].headers
    for data in (WORK, {"bulk": [{"work": WORK}]}):
        (text,) = take_file(tmp_path, "work.json", json.dumps(data)).documents
        assert text.headers["authors"] == "Ada Lovelace, Alan Turing"
        assert text.headers["venue"] == "Proc. X" and text.headers["pages"] == "1–2"


ZOTERO = """@article{a, author = {A, B}, title = {T}, journal = {J}, year = 2020,
  file = {Full Text:files/3/A - 2020 - T\\:x.pdf:application/pdf;Page:files/3/x.html:text/html}
}
@article{b, author = {A, B}, title = {U}, journal = {J}, year = 2020,
  file = {/home/me/b.pdf},
}
@inproceedings{DBLP:conf/nips/X20, author = {A, B}, title = {V}, crossref = {DBLP:conf/nips/2020},
  timestamp = {Thu, 01 Jan 2020 00:00:00 +0100}, biburl = {https://dblp.org/rec/x.bib},
  bibsource = {dblp computer science bibliography, https://dblp.org}
}
@proceedings{DBLP:conf/nips/2020, editor = {C, D}, title = {NeurIPS 2020}, year = 2020}
"""


def test_a_bib_of_zotero_and_dblp(tmp_path):
    """A PDF that Zotero exports is lost, or DBLP's entry its proceedings."""
    write(tmp_path, {"files/3/A - 2020 - T:x.pdf": b"%PDF", "files/3/x.html": "x"})
    found = take_file(tmp_path, "lib.bib", ZOTERO)
    assert list(found.assets) == ["papers/A-2020-T-x.pdf"]
    _, a, b, x, parent = bibtex.parse_bibtex("lib.bib", found.bib_files["lib.bib"].encode())
    assert a.get("pdf") == "A-2020-T-x.pdf" and not b.get("pdf")
    assert (x.citation_key, x.get("venue")) == ("DBLP:conf/nips/X20", "NeurIPS 2020")
    assert not parent.entries
    assert any("lib.bib:5: the files of 1 entry" in told for told in notes(found, "left"))


@pytest.mark.parametrize("kind", [*TYPES])
def test_each_type_reads_back(kind, tmp_path):
    """A type of ours becomes another one by being exported as CSL-JSON."""
    text = f"Title: T\nAuthors: A. B\nDate: 2020\nVenue: V\nType: {kind}\n\n"
    header, _ = frontmatter.split_header("x.md", text)
    normalize_keys(header)
    paper = read_paper(header, tmp_path / "x", tmp_path, {}, "x")
    found = take_file(tmp_path, "x.json", json.dumps([bibliography.format_csl(paper)]))
    assert paper_of(found.documents[0], tmp_path).type == paper.type


def test_the_same_every_time(site):
    """Two imports of the same sources differ."""
    first, second = take(site), take(site)
    assert first == second


LIST = """main:
  - title: On webs.
    authors: <strong>Ada Lovelace</strong>, Alan Turing*
    conference: Conference on Webs <strong>(CoW)</strong>, 2025.
    conference_short: CoW
    notes: Best Paper Award
    bibtex: ./bib/webs.bib
  - title: Of initials
    authors: Lovelace A, Le Goues CD*, van der Berg J
    journal: https://x.example/of
    arxiv: https://arxiv.org/abs/1701.00001
2023:
  - title: Of a group
    link: {url: "https://x.example/2", display: Journal of Groups}
other:
  - year: 2020
    title: A group has a title
    papers:
      - title: Within
        authors: [Ada Lovelace]
  - title: Whole
    date: 2019-05
    abstract: Words *here*.
"""


def test_a_list_of_data(tmp_path):
    """Papers that a site keeps in `_data`, in groups or not, are lost without a word."""
    folder = write(tmp_path, {
        "_config.yml": "title: Ada Lovelace\n", "_data/publications.yml": LIST,
        "bib/webs.bib": "@article{w, title={On webs}, journal={J}, year={2025}, pages={1--2}}",
        "index.md": "---\nlayout: homepage\n---\nHi, I am Ada.\n\n## Publications\n\n"
        "{% for p in site.data.publications %}{{ p.title }}{% endfor %}\n\n## Services\n\nA\n",
    })  # fmt: skip
    found = detect.import_source(folder)
    home, *papers = found.documents
    assert home.body == "Hi, I am Ada.\n\n## Services\n\nA\n\n## Publications\n\n[PAPERS]"
    names = ("title", "authors", "date", "venue", "venue_short", "award", "pages")
    assert [[paper.headers.get(name, "") for name in names] for paper in papers] == [
        ["On webs", "Ada Lovelace, Alan Turing*", "2025", "Conference on Webs (CoW)", "CoW",
         "Best Paper Award", "1–2"],
        ["Of initials", "A. Lovelace, C. D. {Le Goues}*, J. van der Berg", "2017", *[""] * 4],
        ["Of a group", "", "2023", "Journal of Groups", "", "", ""],
        ["Within", "Ada Lovelace", "2020", *[""] * 4],
        ["Whole", "", "2019-05", *[""] * 4],
    ]  # fmt: skip
    assert [paper.line for paper in papers] == [2, 8, 13, 19, 21]
    assert "https://x.example/of" in papers[1].headers["links"]
    assert papers[-1].body == "Words *here*."
    home.body = "## My papers [all](x)\n\n## Services\n\nA"
    assert publications.import_publication_data(SourceTree(folder, found))
    assert home.body == "## My papers [all](x)\n\n[PAPERS]\n\n## Services\n\nA"
    found.bib_files["a.bib"] = ""
    assert not publications.import_publication_data(SourceTree(folder, found))
    write(tmp_path, {"_data/publications.yml": "- title: [\n"})
    assert not publications.import_publication_data(SourceTree(folder))
