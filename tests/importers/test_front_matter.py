"""Papers in front matter, of Jekyll collections and HugoBlox, become papers here."""

import re
import time
from pathlib import Path

import pytest
from conftest import HOME, ROOT, SETTINGS, build
from conftest import write as put
from papers.content import frontmatter
from papers.content.header_keys import normalize_keys
from papers.content.paper_reader import read_paper
from papers.importers import detect, writer
from papers.importers.common import reference_string
from papers.importers.hugo import reader
from papers.importers.jekyll import publications
from papers.importers.result import Document, ImportResult, SourceTree
from sample import picture

CORPUS = ROOT.parent / "shared" / "corpus"
SITES = {
    folder.name: folder
    for kind in ("academicpages", "luost26", "hugoblox")
    for folder in sorted(CORPUS.glob(f"{kind}/*/"))
}
needs_corpus = pytest.mark.skipif(not SITES, reason=f"{CORPUS} was not found")

# The number of files with papers, counted with find, and of those with the same paper again.
COUNTS = {
    "alexander-hagg": (31, 2), "amgrubb": (28, 0), "danielefriolo": (16, 0), "epigani": (6, 0),
    "florent-jacquemard": (70, 0), "jaspershen": (26, 10), "sgratzl": (19, 0),
    "thomwiggers": (20, 0), "Bin-Cao": (33, 0), "BorrisonXiao": (8, 0), "Hongyang-Du": (8, 0),
}  # fmt: skip
# Checked against the files by eye; "" is a missing header.
SAMPLE = [
    ("alexander-hagg", "The b-it-bots Robo-Cup@ Home 2014 Team", {
        "authors": "Rhama Dwiputra, Matthias Füller, Frederik Hegger, Sven Schneider, Nico "
        "Hochgeschwender, Iman Awaad, José Loza, Alexey Ozhigov, Saugata Biswas, Niranjan "
        "Deshpande", "date": "2014", "venue": "Joao Pessoa, Brazil", "links": "", "summary": ""}),
    ("alexander-hagg", "Einsatzmöglichkeiten und Transfer", {
        "date": "2020", "venue": "spinfortec 2020 digital"}),
    ("alexander-hagg", "Prototype discovery", {
        "venue": "Parallel Problem Solving from Nature--PPSN XV: 15th International Conference, "
        "Coimbra, Portugal, September 8--12, 2018, Proceedings, Part I 15"}),
    ("amgrubb", "A Preliminary Investigation", {
        "authors": "Naomi Cebula*, Lily Diao*, Alicia M. Grubb", "date": "2020",
        "links": "paper | http://ceur-ws.org/Vol-2641/paper_12.pdf\n"
        "slides | https://amgrubb.github.io/files/iStar2020_Paper02_presentation.pdf",
        "venue": "Proceedings of the 13th International i* Workshop (iStar)",
        "aliases": "/publication/2020-A-Preliminary-Investigation-of-the-Utility-of-Goal-Model-"
        "Construction"}),
    ("amgrubb", "Evolving Intentions", {"type": "thesis", "venue": "University of Toronto"}),
    ("danielefriolo", "A Black-Box Construction", {
        "authors": "Daniele Friolo, Daniel Masny, Daniele Venturi",
        "doi": "10.1007/978-3-030-36030-6_5", "type": "paper-conference", "links": ""}),
    ("epigani", "Neutral theory", {"doi": "10.1103/physrevresearch.3.013070"}),
    ("florent-jacquemard", "Compiling and Verifying", {
        "authors": "Florent Jacquemard, Michaël Rusinowitch, Laurent Vigneron",
        "date": "2000-07", "pages": "131–160", "publisher": "Springer-Verlag",
        "hal": "inria-00099161v1", "venue": "Proceedings of the 7th international conference on "
        "Logic for programming and automated reasoning (LPAR)"}),
    ("florent-jacquemard", "Decision Procedures for the Security", {
        "venue": "Journal of Automated Reasoning", "volume": "36", "issue": "1-2",
        "pages": "85–124"}),
    ("BorrisonXiao", "HENT-SRT", {
        "award": "Best Paper Award", "arxiv": "2506.02157", "date": "2025-05",
        "semanticscholar": "5c00ed9160a579aa62710dbd7ec7e77f3e4a0c6a", "selected": "yes",
        "links": "pdf | https://arxiv.org/pdf/2506.02157.pdf"}),
    ("Hongyang-Du", "How to Design", {"date": "2026", "venue": "WACV", "arxiv": "2506.24127",
        "links": "Webpage | https://mgwillia.github.io/vinrb/\n"
        "code | https://github.com/mgwillia/vinrb"}),
    ("Hongyang-Du", "A Survey of State of the Art", {"presentation": "Oral", "award": ""}),
    ("Bin-Cao", "opXRD", {
        "authors": "Daniel Hollarek, Henrik Schopmans, Jona Östreicher, Jonas Teufel, Cao Bin, "
        "Zhang Tongyi, Pascal Friederich#, et al.", "venue": "Advanced Intelligent Discovery"}),
    ("thomwiggers", "Post-Quantum TLS without", {
        "authors": "Peter Schwabe, Douglas Stebila, Thom Wiggers", "date": "2020-05-05",
        "key": "CCS:SchSteWig20", "doi": "10.1145/3372297.3423350", "venue_short": "ACM CCS 2020",
        "pages": "1461–1480", "aliases": "/publications/kem-tls/, /publications/kemtls/"}),
    ("thomwiggers", "Solving LPN", {"type": "thesis", "genre": "Master's thesis"}),
    ("sgratzl", "LineUp", {"doi": "10.1109/TVCG.2013.173", "authors":
        "Samuel Gratzl, Alexander Lex, Nils Gehlenborg, Hanspeter Pfister, Marc Streit"}),
    ("sgratzl", "Domino", {"doi": "10.1109/TVCG.2014.2346260"}),
    ("sgratzl", "An open repository", {"venue": "Proceedings of the National Academy of Sciences"}),
    ("jaspershen", "Metabolic Reaction Network", {
        "authors": "Xiaotao Shen, Ruohong Wang, Xin Xiong, Yandong Yin, Yuping Cai, Zaijun Ma, Nan "
        "Liu, Zheng-Jiang Zhu", "venue": "Nature Communications", "doi": "10.1038/"
        "s41467-019-09550-x", "tags": "", "image": "", "date": "2019-04-04", "key": ""}),
    ("jaspershen", "MetFlow", {"doi": "10.1093/bioinformatics/bty1066"}),
]  # fmt: skip


def import_folder(folder: Path, content: Path) -> tuple[ImportResult, list, dict[str, tuple]]:
    """Import a site; return the result, notes, and header and text of each paper."""
    result = ImportResult()
    source = SourceTree(folder, result)
    assert publications.import_publications(source) | reader.import_hugo(source)
    notes = [*result.notes, *writer.write_import(result, content, folder.name)]
    papers = {}
    for path in sorted(content.glob("papers/*.md")):
        header, body = frontmatter.split_header(path.name, path.read_text("utf-8"))
        normalize_keys(header)
        paper = read_paper(header, path, content, {}, path.stem)
        assert paper is not None, (path.name, header.problems)
        papers[path.stem] = header, body.strip()
    return result, notes, papers


def import_paper(folder: Path) -> tuple[dict[str, str], str, list]:
    """Import a site of one paper; return its headers, text, and notes."""
    _, notes, papers = import_folder(folder, folder / "new")
    assert len(papers) == 1, notes
    ((header, body),) = papers.values()
    return {key: entry.value for key, entry in header.entries.items()}, body, list(map(str, notes))


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """All sites, imported once."""
    folder = tmp_path_factory.mktemp("sites")
    return {name: import_folder(site, folder / name) for name, site in SITES.items()}


@needs_corpus
@pytest.mark.parametrize("name", COUNTS)
def test_every_paper_is_imported_or_noted(sites, name):
    """A paper of an old site is lost, or invalid here."""
    result, notes, papers = sites[name]
    count, same = COUNTS[name]
    documents = [document for document in result.documents if document.kind == "paper"]
    assert len(documents) == count
    assert sum("the same paper is in" in note.message for note in notes) == same
    assert len(papers) == count - same
    noted_files = {note.file for note in notes} | {document.file for document in documents}
    files = {path.relative_to(SITES[name]).as_posix() for path in SITES[name].rglob("*.md")}
    assert {file for file in files - noted_files if not file.endswith("/_index.md")} == set()


@needs_corpus
@pytest.mark.parametrize("name", COUNTS)
def test_papers_are_complete(sites, name):
    """Authors in a citation, or dates or titles under another key, are lost."""
    for stem, (header, _) in sites[name][2].items():
        for key in ("title", "authors", "date"):
            assert header.get(key), (stem, key)
        assert "admin" not in header.get("authors"), stem
        assert not re.search(r"</?\w|&\w+;", header.get("authors") + header.get("title")), stem


@needs_corpus
@pytest.mark.parametrize(("name", "title", "expected"), SAMPLE, ids=[row[1] for row in SAMPLE])
def test_sample_papers(sites, name, title, expected):
    """A name, a date, a venue or a link is read as a different one."""
    headers = [header for header, _ in sites[name][2].values()
               if header.get("title").startswith(title)]  # fmt: skip
    assert len(headers) == 1
    got = {key: headers[0].get(key) or "" for key in expected}
    got["authors"] = " ".join(got.get("authors", "").split())
    assert got == {"authors": got["authors"]} | expected


@needs_corpus
def test_imports_are_deterministic(sites, tmp_path):
    """A second import writes other files, or in another order."""
    name = "sgratzl"
    import_folder(SITES[name], tmp_path)
    first = {text.slug: (text.headers, text.body) for text in sites[name][0].documents}
    again = ImportResult()
    reader.import_hugo(SourceTree(SITES[name], again))
    assert {text.slug: (text.headers, text.body) for text in again.documents} == first


@pytest.mark.parametrize(("reference", "names"), [
    ("Grubb, A. M. (2009). \"A Title.\" J. 1(1).", ["A. M. Grubb"]),
    ("Vaswani, A., Shazeer, N., & Parmar, N. (2017). A title. NeurIPS.",
     ["A. Vaswani", "N. Shazeer", "N. Parmar"]),
    ("Smith J, Doe AB, van Dam K. A title. Nature 2019;1:2",
     ["J. Smith", "A. B. Doe", "K. van Dam"]),
    ("Knuth, Donald and Lamport, Leslie. A title. 1990", ["Donald Knuth", "Leslie Lamport"]),
    ("A. Author, B. Other, and C. Third, “A title,” in Proc.",
     ["A. Author", "B. Other", "C. Third"]),
    ("Doe, Jane; Roe, Richard (2019) A title", ["Jane Doe", "Richard Roe"]),
    ("J. Doe, R. Roe. 2020. A title. In CHI", ["J. Doe", "R. Roe"]),
    ("Doe, J.-P. & Roe, R. K. (in press). A title.", ["J.-P. Doe", "R. K. Roe"]),
    ("[3] D. O'Brien, Mary-Jane van der Berg, \"A Title\"",
     ["D. O'Brien", "Mary-Jane van der Berg"]),
    ("王 小明, 李 雷. A title. 2020", ["王 小明", "李 雷"]),
    ("ATLAS Collaboration. A title.", ["ATLAS Collaboration"]),
    ("He, Li. A title.", []), ("A title (2019). ACM", []),
])  # fmt: skip
def test_authors_of_a_reference(reference, names):
    """Half of a name, or the title, becomes a person."""
    assert reference_string.parse_reference_authors(reference, "A Title") == (names, False)


@pytest.mark.parametrize(("text", "name", "details"), [
    ("In the proceedings of Proceedings of X, pages 1–9, Springer, 2006.", "Proceedings of X",
     {"pages": "1–9", "publisher": "Springer"}),
    ("Journal of Y 12(3), 45-67", "Journal of Y",
     {"volume": "12", "issue": "3", "pages": "45-67"}),
    ("FOSSACS, Springer LNCS vol. 9110", "FOSSACS",
     {"series": "LNCS", "volume": "9110", "publisher": "Springer"}),
    ("In Nature Methods", "Nature Methods", {}), ("In Silico Biology", "In Silico Biology", {}),
    ("J. Cryptol.", "J. Cryptol.", {}), ("ESORICS 2006", "ESORICS 2006", {}),
    ("FC, March 1-5, 2006", "FC, March 1-5, 2006", {}), ("Neurocomputing 450", "Neurocomputing 450",
     {}), ("Computing Conference (CCSpp12)", "Computing Conference (CCSpp12)", {}),
    ("RSA (to appear)", "RSA", {"stage": "accepted"}),
])  # fmt: skip
def test_numbers_after_a_venue(text, name, details):
    """Pages stay in the name of a venue, or a part of its name is cut off."""
    assert reference_string.split_venue(text, "2006") == (name, details)


def test_files_links_and_old_addresses_of_a_jekyll_paper(tmp_path):
    """A PDF or a picture of the old site, or a link in the text, is lost."""
    text = (
        "---\ntitle: 'On Engines &amp; Looms'\ncollection: publications\ndate: 2024-03-05\n"
        "permalink: /publication/2024-engines\nvenue: 'Journal of Engines'\n"
        "paperurl: '/files/paper one.pdf'\nslidesurl: 'http://old.example/files/talk.pdf'\n"
        "header:\n  teaser: engine.png\nexcerpt: 'About looms.'\n"
        'citation: \'Lovelace, A. (2024). "On Engines &amp; Looms." <i>Journal of Engines</i>. '
        '7(2).\'\n---\nAbout looms.\n\n[Access paper here](/files/paper one.pdf){:target="_blank"}'
        "\n\n<a href='https://github.com/a/b'>Code</a>\n\n## Abstract\n\nIt *weaves*.\n\n"
        'Recommended citation: Lovelace, A. (2024). "On Engines & Looms."\n'
    )
    put(tmp_path, {
        "_publications/2024-03-05-engines.md": text, "files/paper one.pdf": b"%PDF-1",
        "files/talk.pdf": b"%PDF-2", "images/engine.png": picture("PNG", 40, 30),
    })  # fmt: skip
    headers, body, notes = import_paper(tmp_path)
    assert headers["title"] == "On Engines & Looms"
    assert (headers["volume"], headers["issue"]) == ("7", "2")
    assert headers["authors"] == "A. Lovelace"
    assert headers["aliases"] == "/publication/2024-engines"
    links = "paper | paper-one.pdf\nslides | talk.pdf\ncode | https://github.com/a/b"
    assert headers["links"] == links
    assert (headers["image"], "summary" in headers) == ("engine.png", False)
    assert body == "About looms.\n\nIt *weaves*."
    names = {path.name for path in (tmp_path / "new" / "papers").iterdir()}
    assert names == {"engines.md", "paper-one.pdf", "talk.pdf", "engine.png"}
    assert any("sentence in `Image_alt`" in note for note in notes)


@pytest.mark.parametrize(("front", "body", "expected"), [
    ("venue: 'Preprint (arXiv:1901.00001)'", "**Abstract: It weaves.**",
     {"type": "article", "stage": "preprint", "arxiv": "1901.00001", "": "It weaves."}),
    ("venue: arXiv preprint\nbibtex: '@article{a, title={On Looms}, author={Lovelace, Ada}, "
     "journal={arXiv preprint arXiv:1901.00001}}'\ncitation: 'Lovelace, A. On Looms.'",
     "Abstract\n-------\nIt weaves.", {"venue": "", "authors": "Ada Lovelace", "": "It weaves."}),
    ("publication: '*J. Looms*, revised & resubmitted'", "",
     {"venue": "J. Looms", "stage": "submitted"}),
    ("publication: In Review with *J. Looms*", "", {
        "venue": "", "stage": "submitted", "note": "In Review with J. Looms"}),
    ("publication:\n  name: Journal of Looms\n  short_name: JoL", "", {
        "venue": "Journal of Looms", "venue_short": "JoL"}),
    ("venue: Looms Today\ncitation: 'Lovelace, Ada and Turing, Alan. On Looms, Looms Today, vol. "
     "30, no. 3, pp. 10-15, June 2022, doi: 10.1000/182.'", "", {
        "authors": "Ada Lovelace, Alan Turing", "volume": "30", "issue": "3", "pages": "10–15",
        "doi": "10.1000/182"}),
    ("links:\n- [code, 'https://example.org/c']\nauthors: ['__**Ada Lovelace**__', Bo Li]", "", {
        "links": "code | https://example.org/c", "authors": "Ada Lovelace, Bo Li"}),
    ("date: 2020", "Text.\n\nRecommended citation: \n\n**Ada Lovelace***, Bo Li. On Looms.", {
        "authors": "Ada Lovelace*, Bo Li", "": "Text."}),
    ("paperurl: https://dl.acm.org/doi/abs/10.1145/3702241", "", {"doi": "10.1145/3702241"}),
    ("links:\n- {name: Custom Link, url: 'https://arxiv.org/abs/1901.00001'}\n"
     "- {type: pdf, url: ''}", "", {"arxiv": "1901.00001", "links": ""}),
    ("show: false\norder: 4", "## Looms\n[[paper](https://arxiv.org/abs/1901.00001)][[code]"
     "(https://example.org/c)]\n\nText.", {
        "status": "draft", "arxiv": "1901.00001", "links": "code | https://example.org/c",
        "": "## Looms\n\nText."}),
    ("abstract: >-\n  Abstract—It weaves.\n\n  And more.", "", {"": "It weaves.\n\nAnd more."}),
    ("excerpt: 'This paper is about the number 3. The number 4 is left for future work.'",
     "<!-- This work is [old](/x/).\n\nCreate your slides in Markdown - click the *Slides* button"
     "\n-->\n> Click the _Cite_ button above\n\nIt weaves.", {"summary": "", "": "It weaves."}),
    ("date: 2020-02-03", "**Ada Lovelace**<sup>†</sup>, **Alan M. Turing**, Jo van Dam<sup>*</sup>"
     "\n\nIt weaves.", {
         "authors": "Ada Lovelace†, Alan M. Turing, Jo van Dam*", "": "It weaves."}),
], ids=lambda value: value[:30] if isinstance(value, str) else "")  # fmt: skip
def test_values_in_any_key(tmp_path, front, body, expected):
    """Other text becomes a venue, name or abstract, or a fact in the citation alone is lost."""
    put(tmp_path, {"_publications/looms.md": f"---\ntitle: On Looms\n{front}\n---\n{body}\n"})
    result = ImportResult()
    assert publications.import_publications(SourceTree(tmp_path, result))
    (document,) = result.documents
    assert {
        key: document.headers.get(key, "") if key else document.body for key in expected
    } == expected
    assert not [note for note in result.notes if note.key in ("links", "order", "show")]


def test_toml_and_files_beside_a_hugo_paper(tmp_path):
    """Front matter in TOML, or a picture or a .bib beside it, is ignored."""
    text = (
        '+++\ntitle = "On Looms"\ndate = 2019-02-30T00:00:00\nauthors = ["admin", "Alan Turing"]\n'
        'publication_types = ["2"]\npublication = "In *Journal of Looms*"\nselected = true\n'
        'abstract = "It weaves."\nurl_pdf = "pdf/looms.pdf"\nmath = true\n[[url_custom]]\n'
        'name = "Thread"\nurl = "https://example.org/thread"\n[image]\ncaption = "A loom"\n+++\n'
        '# Citation\n\nIt weaves.\n\nMore [here]({{< relref "looms" >}}).\n'
    )
    put(tmp_path, {
        "content/publication/looms/index.md": text, "static/pdf/looms.pdf": b"%PDF-1",
        "content/publication/looms/featured.png": picture("PNG", 40, 30),
        "content/publication/looms/cite.bib": "@article{lovelace19, title={On {Looms}}, volume=3, "
        "author={Lovelace, Ada and Turing, Alan}, journal={Other}, year=2019, doi={10.1000/1}, "
        "editor={Di Pietro, Roberto}}\n",
    })  # fmt: skip
    headers, body, notes = import_paper(tmp_path)
    assert headers["authors"] == "Ada Lovelace, Alan Turing"
    assert (headers["date"], headers["type"]) == ("2019", "article-journal")
    assert (headers["venue"], headers["volume"]) == ("Journal of Looms", "3")
    assert (headers["key"], headers["doi"]) == ("lovelace19", "10.1000/1")
    assert headers["editor"] == "Roberto {Di Pietro}"
    assert headers["links"] == "pdf | looms.pdf\nthread | https://example.org/thread"
    assert (headers["image"], headers["image_caption"]) == ("featured.png", "A loom")
    assert headers["aliases"] == "/publication/looms/"
    assert body == "It weaves.\n\n## Citation\n\nMore [here]({filename}/papers/looms.md)."
    assert any(":3: date: " in note and "2019-02-30" in note for note in notes)


@pytest.mark.parametrize("value", ["9" * 5000, "0x" + "f" * 9000, "[" * 3000, '"\\ud800"', "x"])
def test_bad_toml(tmp_path, value):
    """A file of TOML that cannot be read ends the import, without its name."""
    good = '+++\ntitle = "Good"\nauthors = ["Ada Lovelace"]\ndate = "2020-01-01"\n+++\n'
    put(tmp_path, {
        "content/publication/a/index.md": f'+++\ntitle = "Bad"\nweight = {value}\n+++\n',
        "content/publication/b/index.md": good,
        "config/_default/hugo.toml": 'title = "x"\n',
        "config/_default/params.toml": f"a = {value}\n",
    })  # fmt: skip
    headers, _, notes = import_paper(tmp_path)
    assert headers["title"] == "Good"
    for file in ("content/publication/a/index.md", "config/_default/params.toml"):
        assert any(file in note and "cannot be read" in note for note in notes), notes


def test_people_news_and_the_home_page_of_hugo(tmp_path):
    """The owner's name, page or news is lost, or authors keep the names of folders."""
    owner = (
        "---\ntitle: Ada Lovelace\nsuperuser: true\nrole: Analyst\norganizations:\n"
        "- name: Analytical Society\n  url: https://example.org\ninterests: [Looms, Engines]\n"
        "education:\n  courses:\n  - course: Mathematics\n    institution: At home\n"
        "    year: 1832\n"
        "social:\n- icon: envelope\n  link: mailto:ada@example.org\n- icon: github\n"
        "  icon_pack: fab\n  link: https://github.com/ada\n- icon: cv\n  link: uploads/cv.pdf\n"
        "---\nI weave *numbers*.\n"
    )
    turing = (
        "---\ntitle: Alan Turing\nsocial:\n- icon: orcid\n"
        "  link: https://orcid.org/0000-0002-1825-0097\n---\n"
    )
    put(tmp_path, {
        "content/authors/ada-l/_index.md": owner, "content/authors/alan/_index.md": turing,
        "content/authors/ada-l/avatar.jpg": b"\xff\xd8\xff",
        "content/lab/about.md": "---\na: b\n---\n",
        "content/publication/x/index.md": "---\ntitle: On Looms\nauthors: [ada-l, alan, bob]\n"
        "date: 2020-02-03\npublication: ICML\nauthor_notes: ['', Equal contribution]\n---\n",
        "content/post/prize/index.md": "---\ntitle: A prize\ndate: 2021-03-04\n---\nFor *me*.\n",
    })  # fmt: skip
    result, notes, papers = import_folder(tmp_path, tmp_path / "new")
    assert papers["looms"][0].get("authors") == "Ada Lovelace; Alan Turing*; bob"
    assert result.owner.name == "Ada Lovelace"
    assert result.owner.role == "Analyst, Analytical Society"
    assert ("GitHub", "https://github.com/ada") in result.owner.social
    assert result.people == {"Alan Turing": {"orcid": "0000-0002-1825-0097"}}
    home = (tmp_path / "new" / "home.md").read_text("utf-8")
    assert home == (
        "Title: Ada Lovelace\nRole: Analyst, Analytical Society\n\nI weave *numbers*.\n\n"
        "## Interests\n\n- Looms\n- Engines\n\n## Education\n\n- Mathematics, At home, 1832\n\n"
        "## News\n\n[NEWS]\n\n## Publications\n\n[PAPERS]\n"
    )
    news = (tmp_path / "new" / "news" / "prize.md").read_text("utf-8")
    assert news == "Title: A prize\nDate: 2021-03-04\n\nFor *me*.\n"
    assert (tmp_path / "new" / "images" / "portrait.jpg").is_file()
    messages = "\n".join(map(str, notes))
    for words in ('"bob" is nobody', "uploads/cv.pdf", "lab/about.md: contains no text"):
        assert words in messages


def test_owner_and_home_page_of_an_old_hugo_site_below_another_folder(tmp_path):
    """An owner in the settings, or a site in a folder of the source, is lost."""
    put(tmp_path, {
        "README.md": "# My site\n", "site/static/img/me.png": picture("PNG", 40, 30),
        "site/config.toml": 'title = "Home"\n[params]\nname = "Ada Lovelace"\nrole = "Analyst"\n'
        'avatar = "me.png"\n[params.organization]\nname = "Society"\n[[params.social]]\n'
        'icon = "github"\nlink = "//github.com/ada"\n',
        "site/content/home/about.md": '+++\nwidget = "about"\n[interests]\ninterests = ["Looms"]\n'
        '+++\n# Biography\n\nI weave. Full {{% staticref "files/cv.pdf" %}}CV{{% /staticref %}}.\n',
        "site/static/files/cv.pdf": b"%PDF-1",
        "site/content/publication/looms.md": '+++\ntitle = "On Looms"\ndate = 2018-02-03\n'
        'authors = ["admin"]\nurl_pdf = "files/none.pdf"\n+++\n',
    })  # fmt: skip
    result = detect.import_source(tmp_path)
    paper, home = result.documents
    assert paper.headers["authors"] == "Ada Lovelace"
    assert (home.headers, result.owner.social) == (
        {"title": "Ada Lovelace", "role": "Analyst, Society"},
        [("GitHub", "https://github.com/ada")],
    )
    assert home.body == (
        "## Biography\n\nI weave. Full [CV]({static}/images/cv.pdf).\n\n## Interests\n\n- Looms\n\n"
        "## Publications\n\n[PAPERS]"
    )
    assert result.assets["images/portrait.png"].name == "me.png"
    assert {note.file for note in result.notes} == {"site/content/publication/looms.md"}


@pytest.mark.parametrize(
    "name", ["name: {display: Ada Lovelace}", "first_name: Ada\nlast_name: Lovelace"]
)
def test_the_only_author_with_a_folder_is_the_owner(tmp_path, name):
    """A site whose owner has no folder `admin`, or a name in two keys, has no owner."""
    put(tmp_path, {
        "content/authors/ada/_index.md": f"---\n{name}\n---\n",
        "content/publications/x/index.md": "---\ntitle: On Looms\nauthors: [ada]\n---\n",
    })  # fmt: skip
    result = detect.import_source(tmp_path)
    assert (result.owner.name, result.people) == ("Ada Lovelace", {})
    assert any("was read as the owner" in note.message for note in result.notes)


def test_the_profile_of_an_academic_homepage_becomes_the_home_page(tmp_path):
    """Name, profiles and biography in a data file are lost."""
    put(tmp_path, {
        "_config.yml": "title: Academic Homepage\n",
        "index.html": "---\ntitle: Home\n---\n<h5>News</h5>{% include widgets/news.html %}\n",
        "_data/profile.yml": "primary_name: Ada Lovelace\nsecondary_name: 艾达\npositions:\n"
        "- name: Analyst\nemail: ada [at] example [dot] org\ngscholar: aBcD\nshort_bio: >-\n"
        "  <p>I <b>weave</b>.</p>\neducation:\n- name: At home\n  position: Mathematics\n"
        "  date: 1832\nportrait_url: /assets/me.png\n",
        "assets/me.png": picture("PNG", 40, 30),
        "_publications/2024/looms.md": "---\ntitle: On Looms\nauthors: [Ada Lovelace]\n---\n",
    })  # fmt: skip
    result = detect.import_source(tmp_path)
    (home,) = (text for text in result.documents if text.kind == "home")
    assert home.headers == {"title": "Ada Lovelace", "role": "Analyst"}
    assert home.body == (
        "I **weave**.\n\n## Education\n\n- Mathematics, At home, 1832\n\n"
        "## Publications\n\n[PAPERS]"
    )
    assert result.owner.names == ["Ada Lovelace", "艾达"]
    assert dict(result.owner.social) == {
        "Email": "mailto:ada@example.org",
        "Google Scholar": "https://scholar.google.com/citations?user=aBcD",
    }
    assert "images/portrait.png" in result.assets
    assert not [note for note in result.notes if "Academic" in note.message]


def test_papers_of_one_doi_and_different_titles(tmp_path):
    """A paper is lost because its file was copied with the DOI of another."""
    text = Document("paper", {"title": "On Looms", "doi": "10.1000/1", "date": "2020"})
    other = Document("paper", {"title": "Of Engines and Mills", "doi": "10.1000/1", "date": "2021"})
    again = Document("paper", {"title": "On looms.", "doi": "10.1000/1", "date": "2021"})
    list(writer.write_import(ImportResult([text, other, again]), tmp_path, "old"))
    assert len(list(tmp_path.glob("papers/*.md"))) == 2
    messages = [
        str(note) for note in writer.write_import(ImportResult([other, again]), tmp_path, "old")
    ]
    assert len(list(tmp_path.glob("papers/*.md"))) == 2, messages


def test_copied_doi(tmp_path):
    """A paper is lost because another one has its DOI, too."""
    head = "---\ntitle: {}\nauthors: Ada Lovelace, Alan Turing and {{A Team}}\ndate: '{}'\n"
    put(tmp_path, {
        "content/publication/loom/index.md": head.format("On Looms at Work", "2020-03-01")
        + "doi: 10.1000/looms\npublication: ICML\nurl_pdf: https://x.org/10.1000/looms.pdf\n---\n",
        "content/publication/engine/index.md": head.format("On Engines at Work", "2020-04-01")
        + "doi: 10.1000/looms\npublication: ICML\n---\n",
        "content/publication/wheel/index.md": head.format("On Wheels at Work", "2020-02-01")
        + "doi: https://x.org/wheels\npublication: ICML\n---\n",
        "content/publication/axle/index.md": head.format("On Axles at Work", "2020-02-11")
        + "doi: 10.1000/looms\npublication: ICML\n---\n",
        "content/publication/axle/cite.bib": "@article{a, title={On Axles at Work}, author={X, Y}, "
        "doi={10.1000/axles}}\n",
    })  # fmt: skip
    _, notes, papers = import_folder(tmp_path, tmp_path / "new")
    got = {name: (header.get("doi"), header.get("date")) for name, (header, _) in papers.items()}
    assert got == {
        "loom": ("10.1000/looms", "2020-03"), "engine": (None, "2020-04"),
        "wheel": (None, "2020-02"), "axle": ("10.1000/axles", "2020-02-11"),
    }  # fmt: skip
    assert papers["wheel"][0].get("links") == "paper | https://x.org/wheels"
    assert papers["axle"][0].get("authors") == "Ada Lovelace, Alan Turing, A Team"
    messages = "\n".join(map(str, notes))
    assert messages.count("is also that of") == 2 and "the first of a month" in messages


def test_paper_in_two_languages(tmp_path):
    """A paper is imported once for each language, or its other title is lost."""
    head = "---\ntitle: {}\nauthors: [Ada Lovelace]\ndate: 2020-02-03\npublication: ICML\n---\n"
    put(tmp_path, {
        "content/en/publication/x/index.md": head.format("On Looms"),
        "content/zh/publication/x/index.md": head.format("论织机"),
        "content/zh/publication/y/index.md": head.format("On Engines"),
        "content/zh/authors/admin/_index.md": "---\ntitle: 洛芙莱斯\n---\n",
        "content/en/authors/admin/_index.md": "---\ntitle: Ada Lovelace\n---\n",
    })  # fmt: skip
    result, _, papers = import_folder(tmp_path, tmp_path / "new")
    titles = {header.get("title"): header.get("title_zh") for header, _ in papers.values()}
    assert titles == {"On Engines": None, "On Looms": "论织机"}
    assert result.owner.names == ["Ada Lovelace", "洛芙莱斯"]


def test_examples_of_a_theme(tmp_path):
    """The example of a theme becomes a paper of the owner."""
    put(tmp_path, {
        "_publications/2009-10-01-paper-title-number-1.md": "---\ntitle: Paper Title Number 1\n"
        "date: 2009-10-01\ncitation: 'Your Name, You. (2009).'\n---\n",
        "content/publication/a/index.md": "---\ntitle: An example journal article\n---\n",
        "content/publication/b/index.md": "---\ntitle: On Looms\nauthors: [Ada Lovelace]\n"
        "date: 2020\nslides: example\nabstract: Lorem ipsum dolor sit amet, consectetur.\n"
        "tags: [Source Themes]\nimage:\n  caption: 'Image credit: [Unsplash](https://u.com)'\n---\n"
        "{{% callout note %}}\nClick the *Cite* button above to demo the feature.\n"
        "{{% /callout %}}\n",
        "content/publication/b/featured.jpg": b"\xff\xd8\xff",
        "content/publication/b/cite.bib": "@article{example1, title={An example journal article}, "
        "author={Nelson Bighetti}, journal={Journal of Source Themes}, year=2015}\n",
    })  # fmt: skip
    headers, body, notes = import_paper(tmp_path)
    assert headers == {"title": "On Looms", "authors": "Ada Lovelace", "date": "2020",
                       "aliases": "/publication/b/"}  # fmt: skip
    assert body == ""
    assert len(notes) >= 8


def test_hostile_front_matter(tmp_path):
    """Front matter copies a file from outside, a script's address, or fills the memory."""
    bomb = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
    long = "x" * 1_000_000
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-secret")
    head = "---\ntitle: On Looms {}\nauthors: [Ada Lovelace]\ndate: 2020\nvenue: ICML\n"
    put(tmp_path / "site", {
        "_publications/bomb.md": f"---\na0: &a0 [x]\n{bomb}\n---\n",
        "_publications/deep.md": f"---\na: {'[' * 3000}\n---\n",
        "_publications/no-end.md": "---\ntitle: x\n",
        "_publications/list.md": "---\n- x\n---\n", "_publications/bare.md": "Only words.\n",
        "_publications/a.md": head.format("a") + "pdf: ../secret.pdf\ncover: ../../etc/passwd\n"
        "code: javascript:alert(1)\nlinks:\n  Data: 'JaVaScript:alert(1)'\n  Page: /other/\n---\n"
        "[x](javascript:alert(2))\n",
        "_publications/b.md": head.format("b") + f"abstract: {long}\nvenue_short: {long}\n---\n",
        "_publications/c.md": head.format("c") + f"citation: '{'(' * 100_000}'\n---\n"
        f"{'[' * 9999}\n",
        "_publications/d.md": head.format("d") + "permalink: /../../x\npaperurl: //evil.example/x\n"
        "url_x: http://[::1\ntitle_zh: {}\n1: 2\n? [a, b]\n: c\n---\n",
        "content/publication/e/index.md": "+++\ntitle = \"E\"\na = " + "[" * 5000 + "\n+++\n",
        "content/publication/f/index.md": "+++\ntitle = \n+++\n",
        "content/publication/h/index.md": "---\ntitle: On Wheels\nauthors: [bob]\n---\n",
        "content/publication/h/cite.bib": "@book{h, title={On Wheels}, author={A,,,,,B and C}}\n",
        "content/publication/g/index.md": "---\ntitle: [[On, Engines]]\nauthors: {a: b}\ndate: []\n"
        "links: [{}, [x], {name: y}]\nimage: [a]\ntags: {a: b}\nslides: [x]\nsocial: 3\n---\n",
    })  # fmt: skip
    start = time.monotonic()
    result = ImportResult()
    source = SourceTree(tmp_path / "site", result)
    assert publications.import_publications(source) and reader.import_hugo(source)
    notes = [*result.notes, *writer.write_import(result, tmp_path / "new", "site")]
    assert time.monotonic() - start < 10
    messages = "\n".join(map(str, notes))
    for name in ("bomb", "deep", "no-end", "list", "bare"):
        assert f"_publications/{name}.md" in messages
    assert "alert(1)" in messages and "alert(2)" in messages
    for path in (tmp_path / "new").rglob("*"):
        assert path.suffix not in (".pdf", ".png")
        if path.is_file():
            assert "script:" not in path.read_text("utf-8").lower()
    assert not list((tmp_path / "new").rglob("secret*"))


def test_long_venue_and_many_papers_are_fast(tmp_path):
    """A venue of many words, or the old addresses of many papers, take minutes."""
    started = time.monotonic()
    long = "in review " * 20_000
    put(tmp_path, {f"_publications/p{n}.md": f"---\ntitle: On {n} looms\nvenue: {long * (n == 0)}\n"
                   f"permalink: /p{n}\n---\n" for n in range(300)})  # fmt: skip
    result = ImportResult()
    assert publications.import_publications(SourceTree(tmp_path, result))
    assert (len(result.documents), time.monotonic() - started < 10) == (300, True)


def test_imported_site_builds(tmp_path):
    """What an import writes does not build."""
    put(tmp_path, {
        "content/authors/admin/_index.md": "---\ntitle: Ada Lovelace\nrole: Analyst\n---\nHello.\n",
        "content/publication/2020-looms/index.md": "---\ntitle: On Looms\nauthors: [admin]\n"
        "date: 2020-02-03\npublication: ICML\npublication_types: ['1']\nabstract: It weaves.\n---\n"
        "See [engines]({{< ref \"/publication/engines\" >}}).\n",
        "content/publication/2020-looms/featured.png": picture("PNG", 400, 300),
        "content/publication/engines/index.md": "---\ntitle: On Engines\nauthors: [admin]\n"
        "date: 2021\npublication: Nature\npublication_types: ['2']\nurl_pdf: x.pdf\n"
        "aliases: ['/old/a,b/']\n---\n",
        "content/publication/engines/x.pdf": b"%PDF-1.4",
        "content/post/prize/index.md": "---\ntitle: A prize\ndate: 2021-03-04\n---\nFor *me*.\n",
    })  # fmt: skip
    content = tmp_path / "new"
    import_folder(tmp_path, content)
    assert "[PAPERS]" in (content / "home.md").read_text("utf-8") != HOME
    site = build(content, tmp_path / "output", "pelicanconf.py", SETTINGS)
    assert site.code == 0, site.printed
    assert "WARNING" not in site.printed
    assert 'href="../../papers/engines/"' in site.text("papers/looms")
    moved = {"old/a,b/index.html", "publication/2020-looms/index.html"}
    assert {"papers/engines/x.pdf", *moved} <= set(site.files())
