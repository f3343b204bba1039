"""Sites of al-folio and other Jekyll themes become content of this site."""

import base64
import re
from pathlib import Path

import pytest
from conftest import ROOT, SETTINGS, build, write
from papers.content import bibtex_parser
from papers.importers import detect
from papers.importers.jekyll import publications, reader
from papers.importers.result import ImportResult, SourceTree
from papers.importers.writer import write_import
from papers.model.names import parse_name

CORPUS = ROOT.parent / "shared" / "corpus"
SITES = sorted(CORPUS.glob("bib/*.bib"))
needs_corpus = pytest.mark.skipif(not SITES, reason="the real .bib files are not here")
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


def import_site(folder: Path) -> ImportResult:
    """Import a Jekyll site."""
    result = ImportResult()
    assert reader.import_jekyll(SourceTree(folder, result))
    return result


def notes(result: ImportResult, kind: str) -> list[str]:
    """Return the notes of one kind."""
    return [str(note) for note in result.notes if note.kind == kind]


def values(headers) -> list[tuple]:
    """Return citation key and values of each entry of a .bib."""
    return [(h.citation_key, {k: e.value for k, e in h.entries.items()}) for h in headers[1:]]


@pytest.fixture
def site(tmp_path) -> Path:
    """A small site of al-folio."""
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


def test_bib_file_stays_as_it_is(site):
    """A .bib loses its order or comments, or a file that it names is not copied."""
    result = import_site(site)
    text = ENTRIES.replace("one paper.pdf", "one-paper.pdf")
    text = text.replace("/assets/pdf/sub/two.pdf", "two.pdf")
    text = text.replace('"javascript:alert(1)"', '""')
    assert result.bib_files == {"papers.bib": text}
    assert {name: path.name for name, path in result.assets.items()} == {
        "papers/one-paper.pdf": "one paper.pdf",
        "papers/one.png": "one.png",
        "papers/two.pdf": "two.pdf",
        "images/portrait.png": "me.png",
    }
    left = "\n".join(notes(result, "left"))
    assert '_bibliography/papers.bib:6: one: slides: "gone.pdf" was not found' in left
    assert 'papers.bib:11: two: html: "javascript:alert(1)"' in left
    assert '"../../../etc/passwd" is not a file here' in left
    assert len([message for message in left.split("\n") if "papers.bib" in message]) == 3


def test_owner_and_people(site):
    """A printed name of the owner, a profile, or the name of a co-author is lost."""
    result = import_site(site)
    assert result.owner.name == "Ada K. Lovelace"
    assert result.owner.names == [
        "Ada K. Lovelace",
        "Ada Lovelace",
        "A. Lovelace",
        "A. K. Lovelace",
    ]
    assert result.owner.social == [
        ("GitHub", "https://github.com/ada"),
        ("Google Scholar", "https://scholar.google.com/citations?user=AbC-d"),
        ("ORCID", "https://orcid.org/0000-0002-1825-0097"),
        ("Email", "mailto:ada@example.org"),
    ]
    assert result.owner.role == "Analyst at Engines"
    people = {"Alan Turing": {"address": "https://alan.example", "aliases": ["A. M. Turing"]}}
    assert result.people == people
    left = "\n".join(notes(result, "left"))
    assert '_data/coauthors.yml:4: "Nobody" is not an author of the papers' in left
    assert "_data/venues.yml: addresses and colours" in left


def test_home_pages_and_news(site):
    """The home page loses its text or lists, or a news item its date or text."""
    result = import_site(site)
    texts = {text.kind: text for text in result.documents}
    assert len(texts) == len(result.documents)
    assert texts["home"].headers == {"title": "Ada K. Lovelace", "role": "Analyst at Engines"}
    body = "I **count**.\n\n## News\n\n[NEWS]\n\n## Selected publications\n\n[PAPERS]"
    assert texts["home"].body == body
    assert texts["news"].headers == {"title": "A paper at X", "date": "2015-10-22", "tags": ""}
    assert texts["news"].body == "A **paper** at [X](https://x.example). More words."
    assert (texts["page"].slug, texts["page"].body) == ("courses", "I teach.")
    left = "\n".join(notes(result, "left"))
    assert "_pages/about.md:8: profile.more_info: Room 1" in left
    assert "_pages/publications.md" not in left  # The new site has this list, too.


def test_home_pages_of_several_years(site):
    """News that a home page hides is shown, or a text about the owner is lost without a note."""
    write(site, {
        "_pages/about.md": "---\nlayout: about\npermalink: /\n"
        "subtitle: >\n  <a href='#'>Analyst</a>, **Engines**\n"
        "profile:\n  address: >\n    <p>Room 1</p>\nannouncements:\n  enabled: false\n---\n"
        "I :unicorn: at 10:30:45.\n\n- one\n\t- two\n",
        "_data/socials.yml": "custom_social:\n  title: C\n  url: https://www.alberteinstein.com/\n",
    })  # fmt: skip
    result = import_site(site)
    home = next(text for text in result.documents if text.kind == "home")
    assert home.headers["role"] == "Analyst, Engines"
    assert home.body.startswith("I 🦄 at 10:30:45.\n\n- one\n    - two\n\n## Selected")
    assert "profile.address: Room 1" in "\n".join(notes(result, "left"))
    assert not [label for label, _ in result.owner.social if label == "C"]


def test_an_imported_site_is_built(site, tmp_path):
    """An imported site does not build, or lacks a paper, the portrait or a PDF."""
    content = tmp_path / "content"
    list(write_import(import_site(site), content, "old"))
    made = build(content, tmp_path / "output", settings=SETTINGS, arguments=())
    assert made.code == 0, made.printed
    pages = {"courses/index.html", "papers/one/index.html", "news/announcement_1/index.html"}
    assert {"papers/one/one-paper.pdf", "papers/two/two.pdf", *pages} <= made.files().keys()
    assert made.page().select_one(".portrait img") and made.page("papers/one/").select("main img")


def test_cited_works_are_not_imported(site):
    """A .bib of works that texts cite becomes the owner's papers."""
    text = CONFIG.replace("scholar:\n", "scholar:\n  bibliography: papers.bib\n")
    other = "@book{k, author = {Knuth, Donald}, title = {TAOCP}, year = 1968}\n"
    mine = "@book{m, author = {Lovelace, A.}, title = {Notes}, year = 1843}\n"
    write(site, {"_config.yml": text, "_bibliography/refs.bib": other})
    write(site, {"_bibliography/more/papers.bib": mine, "_bibliography/mine.bib": mine})
    result = import_site(site)
    assert sorted(result.bib_files) == ["mine.bib", "papers-2.bib", "papers.bib"]
    assert any("refs.bib: names the owner nowhere" in message for message in notes(result, "left"))


def test_people_under_first_names(tmp_path):
    """A person who is listed under the first name, or in small letters, is lost."""
    bib = "@misc{a, author = {de Vries, Jan and L{\\'o}pez, Eva and Berg Thomsen, D.}, title={T}}"
    yml = (
        "'jan':\n  - firstname: ['Jan', 'Jan de Vries', 'J.']\n    url: https://a.example\n"
        "lopez:\n  - firstname: 'E.'\n    url: ftp://x\n"
        "Berg Thomsen:\n  - {firstname: [D., Daniel, Berg Thomsen]}\n  - firstname:\n"
    )
    files = {"_config.yml": "", "_bibliography/p.bib": bib, "_data/coauthors.yml": yml}
    result = import_site(write(tmp_path, files))
    assert result.people == {
        "Jan de Vries": {"address": "https://a.example", "aliases": ["J. de Vries"]},
        "Daniel Berg Thomsen": {"aliases": ["D. Berg Thomsen"]},
    }
    left = "\n".join(notes(result, "left"))
    assert '"ftp://x" is not a web address' in left and "has no first name" in left


def test_name_of_two_people(tmp_path):
    """A short form of a name that two people share leads to the wrong one."""
    yml = "Lee:\n  - firstname: [Sun, S.]\n  - firstname: [Sam, S., Samuel]\n"
    result = import_site(write(tmp_path, {"_config.yml": "", "_data/coauthors.yml": yml}))
    assert result.people == {"Sam Lee": {"aliases": ["Samuel Lee"]}}
    assert len(notes(result, "left")) == 2


@needs_corpus
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
    """The first names of a co-author are mixed up, or a form of the owner's name is lost."""
    data = {"_bibliography/papers.bib": (CORPUS / f"bib/{name}.bib").read_bytes()}
    for yml, target in (("config", "_config"), ("coauthors", "_data/coauthors")):
        data[f"{target}.yml"] = (CORPUS / f"bib/{name}.{yml}.yml").read_bytes()
    result = import_site(write(tmp_path, data))
    assert owner in result.owner.names
    assert set(aliases) <= set(result.people[person]["aliases"])


def test_entry_in_two_files(tmp_path):
    """A paper in two .bib files fails the build."""
    first = "@misc{a, title = {A}}\n@misc{b, title = {B {x}}}\n"
    second = "% mine\n@misc{B,\n title = {B {x}},\n} \n@misc{c, title = {C}}\n"
    files = {"_bibliography/1.bib": first, "_bibliography/2.bib": second}
    result = import_site(write(tmp_path, files))
    assert result.bib_files == {"1.bib": first, "2.bib": "% mine\n@misc{c, title = {C}}\n"}
    message = "_bibliography/2.bib:2: B: its key is in 1.bib, too, and it was skipped here"
    assert message in notes(result, "left")


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
    """A profile in the settings is lost, or an address is read as a user name."""
    item = "---\ntitle: Won\ndate: 2024-03-02\npublished: false\n---\n"
    files = {
        "_config.yml": ACADEMIC,
        "images/me.png": PNG,
        "_posts/2024-03-01-won.md": item,
        "_posts/2023-02-01-old.md": "---\npermalink: /old/\n---\n![x](/none.png) First *one*\n",
    }
    result = import_site(write(tmp_path, files))
    assert (result.owner.name, result.owner.role) == ("Ada Lovelace", "Analyst")
    assert result.owner.social == [
        ("Email", "mailto:ada@example.org"),
        ("Google Scholar", "https://scholar.google.com/citations?user=X"),
        ("ORCID", "http://orcid.org/0000-0002-1825-0097"),
        ("LinkedIn", "https://www.linkedin.com/in/ada"),
        ("Mastodon", "https://m.example/@ada"),
        ("DBLP", "https://dblp.org/pid/1/2"),
        ("My lab", "https://lab.example/"),
        ("Blog", "https://blog.example"),
    ]
    assert list(result.assets) == ["images/portrait.png"]
    assert [(text.slug, text.headers) for text in result.documents] == [
        ("old", {"title": "First one", "date": "2023-02-01", "tags": "", "aliases": "/old/"}),
        ("won", {"title": "Won", "date": "2024-03-02", "tags": "", "status": "draft"}),
    ]
    left = "\n".join(notes(result, "left"))
    assert '_config.yml:13: ResearchGate: "javascript' in left
    assert '_config.yml:17: the CV, "/assets/cv.pdf"' in left


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
def test_invalid_settings(tmp_path, config):
    """Settings with a YAML bomb, invalid YAML or other types end the import."""
    bib = "@misc{a, title = {A}}"
    result = import_site(write(tmp_path, {"_config.yml": config, "_bibliography/p.bib": bib}))
    assert result.bib_files == {"p.bib": bib} and result.owner.social == []


def test_files_outside_are_not_read(tmp_path):
    """A symbolic link or a path with `..` copies a file from outside the site."""
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
    result = import_site(old)
    assert list(result.bib_files) == ["p.bib"] and not result.assets
    assert "JavaScript" not in result.bib_files["p.bib"]
    assert len([message for message in notes(result, "left") if "was not found" in message]) == 3


@needs_corpus
@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_real_sites(path, tmp_path):
    """An import loses, doubles or changes an entry of a real site."""
    files = {"_bibliography/papers.bib": path.read_bytes()}
    for name in ("config", "coauthors", "venues"):
        yml = path.with_suffix(f".{name}.yml")
        target = "_config.yml" if name == "config" else f"_data/{name}.yml"
        files |= {target: yml.read_bytes()} if yml.is_file() else {}
    result = import_site(write(tmp_path / "old", files))
    list(write_import(result, tmp_path / "content", "old"))
    data = (tmp_path / "content/papers/papers.bib").read_bytes()
    source = SourceTree(tmp_path / "old", ImportResult())
    repaired = source.read_text(tmp_path / "old/_bibliography/papers.bib")
    assert data.decode() == repaired
    written = bibtex_parser.parse_bibtex("p.bib", data)
    assert len(written) - 1 == len(ENTRY.findall(repaired))
    if not any("was meant as" in str(note) for note in source.result.notes):
        assert values(written) == values(bibtex_parser.parse_bibtex("p.bib", path.read_bytes()))
    for header in written:
        for problem in header.problems:
            assert any(problem.message in note.message and note.line == problem.line
                       for note in result.notes)  # fmt: skip
    for name, person in result.people.items():
        for form in (name, *person.get("aliases", ())):
            assert parse_name(form).family and "," not in form
    for _, address in result.owner.social:
        assert re.match("https?://|mailto:", address)


def test_imports_are_deterministic(site):
    """Two imports of the same sources differ."""
    first, second = import_site(site), import_site(site)
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


def test_list_in_data(tmp_path):
    """Papers in a list of `_data`, grouped or not, are lost without a note."""
    folder = write(tmp_path, {
        "_config.yml": "title: Ada Lovelace\n", "_data/publications.yml": LIST,
        "bib/webs.bib": "@article{w, title={On webs}, journal={J}, year={2025}, pages={1--2}}",
        "index.md": "---\nlayout: homepage\n---\nHi, I am Ada.\n\n## Publications\n\n"
        "{% for p in site.data.publications %}{{ p.title }}{% endfor %}\n\n## Services\n\nA\n",
    })  # fmt: skip
    result = detect.import_source(folder)
    home, *papers = result.documents
    assert home.body == "Hi, I am Ada.\n\n## Publications\n\n[PAPERS]\n\n## Services\n\nA"
    names = ("title", "authors", "date", "venue", "venue_short", "award", "pages")
    assert [[paper.headers.get(name, "") for name in names] for paper in papers] == [
        ["On webs", "Ada Lovelace, Alan Turing*", "2025", "Conference on Webs", "CoW",
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
    assert publications.import_publication_data(SourceTree(folder, result))
    assert home.body == "## My papers [all](x)\n\n[PAPERS]\n\n## Services\n\nA"
    result.bib_files["a.bib"] = ""
    assert not publications.import_publication_data(SourceTree(folder, result))
    write(tmp_path, {"_data/publications.yml": "- title: [\n"})
    assert not publications.import_publication_data(SourceTree(folder))


# Buttons of the owners' own layouts, fields of an entry, and the links that they are.
BUTTONS = {
    "a field": ('<a href="{{ entry.cds }}" class="btn">CDS</a>', "cds = {https://c.example/1}",
                "CDS | https://c.example/1"),
    "a numbered pair": (
        '<a href="{{ entry.link1_url }}">{{ entry.link1_text }}</a>',
        "link1_url = {https://p.example/}, link1_text = {Plugin},\n  link2_url = "
        "{https://q.example/}, "
        "link2_text={Audio Code}",
        "Plugin | https://p.example/\nAudio Code | https://q.example/"),
    "a pair that no layout shows": (
        "", 'link_3_url = "https://p.example/",\n  link_3_label = "Tool"',
        "Tool | https://p.example/"),
    "the beginning of an address": (
        "<a href=\"{{ entry.cds | prepend: 'https://cds.example/record/' }}\"><i class=\"x\"></i> "
        "CDS</a>", "cds = {123}", "CDS | https://cds.example/record/123"),
    "an address around a field": (
        '<a class="b" href="https://ads.example/abs/{{ entry.bibcode }}" role="button">ADS</a>',
        "bibcode = {https://ads.example/abs/X}", "ADS | https://ads.example/abs/X"),
    "a condition of Liquid": (
        '{% if entry.trailer %}<a {% if entry.trailer contains "://" %}href="{{ entry.trailer }}"'
        "{% else %}href=\"{{ entry.trailer | prepend: '/assets/video/' | relative_url }}\"{% "
        "endif %}>Trailer</a>"
        "{% endif %}", "trailer = {https://t.example/}", "Trailer | https://t.example/"),
    "a file": (
        "<a href=\"{{ entry.appendix_pdf | prepend: '/assets/extra/' | relative_url "
        "}}\">Proofs</a>",
        "appendix_pdf = {a.pdf}", "Proofs | a.pdf"),
    "fields that are read anyway": (
        '<a href="{{ entry.code }}">Source</a>', "code = {https://c.example/}", None),
}  # fmt: skip


@pytest.mark.parametrize("form", BUTTONS)
def test_buttons_of_the_owners_layout(tmp_path, form):
    """Links that the owner's own layout shows are lost, or the line of a problem is another."""
    layout, fields, links = BUTTONS[form]
    bib = (
        "@article{k,\n  title = {One}, author = {Lovelace, Ada},\n  "
        f"{fields},\n  journal = {{Nature}}, year = {{2020}}, oddity = {{x}}\n}}\n"
        "@article{l, title = {Two}, author = {Lovelace, Ada}, year = {20x0}, journal = {J}}\n"
    )
    write(tmp_path, {"_config.yml": CONFIG, "_bibliography/papers.bib": bib})
    write(tmp_path, {"_layouts/bib.liquid": layout, "assets/extra/a.pdf": b"%PDF"})
    result = import_site(tmp_path)
    text = result.bib_files["papers.bib"]
    headers = bibtex_parser.parse_bibtex("papers.bib", text.encode())
    entry = {header.citation_key: header for header in headers}["k"]
    imported = entry.get("links")
    assert (imported and re.sub(r"\n\s+", "\n", imported)) == links
    assert entry.get("venue") == "Nature" and entry.get("date") == "2020"
    noted = "\n".join(map(str, result.notes))
    line = bib.split("\n").index(next(row for row in bib.split("\n") if "{l," in row)) + 1
    assert f"papers.bib:{line}: l: " in noted and "oddity" in noted
    assert not [name for name in ("cds", "link1_url", "trailer") if f"fields {name}" in noted]


def test_pictures_where_the_layout_looks(tmp_path):
    """A preview is not found in the folder that the layout names, or where else it is alone."""
    write(tmp_path, {
        "_config.yml": CONFIG,
        "_layouts/bib.html": "<img src=\"{{ entry.preview | prepend: '/assets/img/pubs/' }}\">",
        "_bibliography/papers.bib": "".join(
            f"@misc{{{name}, title={{{name} T}}, author={{Lovelace, Ada}}, year=2020, "
            f"preview={{{name}.png}}}}\n" for name in "abc"
        ),
        "assets/img/pubs/a.png": PNG, "assets/a.png": PNG, "pics/deep/b.png": PNG,
        "x/c.png": PNG, "y/c.png": PNG, "_site/pics/b.png": PNG,
    })  # fmt: skip
    result = import_site(tmp_path)
    files = {name: path.relative_to(tmp_path).parts[0] for name, path in result.assets.items()}
    assert files == {"papers/a.png": "assets", "papers/b.png": "pics"}
    assert result.assets["papers/a.png"].parent.name == "pubs"
    assert '"c.png" was not found' in "\n".join(notes(result, "left"))


def test_papers_of_others_in_a_reading_list(tmp_path):
    """A reading list becomes the owner's papers, or the owner's paper in it is lost."""
    config = CONFIG.replace("scholar:\n", "scholar:\n  bibliography: papers.bib\n")
    others = "@book{k, author={Knuth, Don}, title={T}, year=1968}\n% Read\n"
    mine = "@book{m, author={Lovelace, A. and Knuth, Don}, title={Notes}, year=1843}\n"
    write(tmp_path, {"_config.yml": config, "_bibliography/aaa.bib": others + mine + others})
    write(tmp_path, {"_bibliography/papers.bib": mine.replace("{m,", "{n,")})
    result = import_site(tmp_path)
    assert list(result.bib_files) == ["papers.bib", "aaa.bib"]
    entries = bibtex_parser.parse_bibtex("", result.bib_files["aaa.bib"].encode())
    assert [key for key, _ in values(entries)] == ["m"]
    assert "aaa.bib:1: 2 entries are by others" in "\n".join(notes(result, "left"))


def test_collections_are_pages(tmp_path):
    """Talks, courses and projects of Jekyll are lost, or an example of a theme is taken."""
    result = import_site(write(tmp_path, {
        "_config.yml": CONFIG,
        "_talks/2020-02-03-loom.md": "---\ntitle: On looms\ntype: Talk\nvenue: LOOM\nlocation: "
        "London"
        "\n---\nWe **talked**.\n",
        "_talks/b.md": "---\ntitle: On sums\ndate: 2021-05-06\n---\n",
        "_talks/2012-03-01-talk-1.md": "---\ntitle: Talk 1 on Relevant Topic in Your Field\n---\nx",
        "_teaching/x.md": "---\ntitle: Looms 101\nexcerpt: Short.\nredirect: "
        "https://l.example/\n---\n",
        "_projects/1_project.md": "---\ntitle: project 1\ndescription: with background "
        "image\n---\nx",
        "_projects/loom.md": "---\ntitle: Loom\nimg: assets/img/a.png\n---\nA loom.\n",
        "assets/img/a.png": PNG,
    }))  # fmt: skip
    pages = {page.slug: (page.body, page.headers["aliases"]) for page in result.documents}
    assert pages == {
        "talks": ("## On sums\n\n2021-05-06\n\n## On looms\n\nTalk · LOOM · London · "
        "2020-02-03\n\nWe "
                  "**talked**.", "/talks/b/, /talks/2020-02-03-loom/"),
        "teaching": ("## [Looms 101](https://l.example/)\n\nShort.", "/teaching/x/"),
        "projects": ("## Loom\n\n![Loom]({static}/images/a.png)\n\nA loom.", "/projects/loom/"),
    }  # fmt: skip
    assert sum("is an example of the theme's" in note for note in notes(result, "left")) == 2


@pytest.mark.parametrize(("name", "text", "title"), [
    ("teaching.md", "# Courses\n\nI teach.\n", "Courses"),
    ("talks.md", "I talk.\n", "talks"),
    ("cv.md", "---\ntitle: Vita\n---\nI teach.\n", "Vita"),
    ("CODE_OF_CONDUCT.md", "# Rules\n\nBe kind.\n", None),
    ("README.md", "# Site\n\nMine.\n", None),
])  # fmt: skip
def test_pages_without_front_matter(tmp_path, name, text, title):
    """A page that GitHub shows is lost without a word, as it has no front matter."""
    files = {"_config.yml": "title: Ada Lovelace\n", "index.md": "See [it](teaching.html).\n"}
    result = detect.import_source(write(tmp_path / "old", files | {name: text}))
    pages = [document for document in result.documents if document.kind == "page"]
    assert [page.headers["title"] for page in pages] == ([title] if title else [])
    home = next(document for document in result.documents if document.kind == "home")
    assert ("{filename}/pages/teaching.md" in home.body) == (name == "teaching.md")


@pytest.mark.parametrize(("page", "keys"), [
    ("_pages/reading.md", ["m", "n"]),
    ("_pages/publications.md", ["k", "m", "n"]),
])  # fmt: skip
def test_files_that_pages_show(tmp_path, page, keys):
    """A reading list is taken where no setting names the papers, or what publications show is "
    "not."""
    other = "@book{k, author={Knuth, Don}, title={T}, year=1968}\n"
    mine = "@book{m, author={Lovelace, A.}, title={Notes}, year=1843}\n"
    result = import_site(write(tmp_path, {
        "_config.yml": CONFIG, "_bibliography/aaa.bib": other + mine,
        "_bibliography/papers.bib": mine.replace("{m,", "{n,"),
        page: "---\ntitle: x\n---\n{% bibliography -f aaa -q @*[keywords~=a]* %}\n",
    }))  # fmt: skip
    text = "".join(result.bib_files.values())
    assert sorted(re.findall(r"@book\{(\w)", text)) == keys
