"""New papers and news: from titles, BibTeX, arXiv and DOIs, none of which is trusted."""

import io
import json
import os
import re
import socket
import ssl
import stat
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from conftest import HOME, ROOT, SETTINGS, build, share, write
from papers.cli.main import main
from papers.content import frontmatter
from papers.content.bibtex_parser import parse_bibtex
from papers.content.header_keys import normalize_keys
from papers.content.math import to_mathml
from papers.content.paper_reader import read_paper
from papers.importers import preflight
from papers.importers.common.content_file import render_document
from papers.importers.lookup import arxiv, client, doi, jats
from papers.importers.references.bibtex import import_bib_entries
from papers.importers.result import ImportResult
from papers.util import HttpClient

FILES = sorted((ROOT.parent / "shared" / "corpus").glob("bib/*.bib"))
CONF = 'PATH = "content"\nOWNER = ["Ada Lovelace", "A. Lovelace"]\n'
ENTRY = """<entry>
  <id>http://arxiv.org/abs/2508.08221v3</id>
  <published>2025-08-11T17:39:45Z</published><updated>2025-10-01T00:00:00Z</updated>
  <title>Tricks or Traps?
  A Deep Dive into $\\alpha$-RL, by Erd\\H{o}s</title>
  <summary>  We show ~10 things for {\\em all} $x_i$ and $y_i$,
at 100\\% &lt;script&gt; of [cost].
  A second paragraph.
</summary>
  <author><name>Zihe Liu</name><arxiv:affiliation>X</arxiv:affiliation></author>
  <author><name>Ludwig van Beethoven</name></author>
  <author><name>ROLL Team</name></author>
  <arxiv:doi>10.1000/182</arxiv:doi><arxiv:comment>26 pages; to appear at ICLR</arxiv:comment>
  <link title="pdf" href="javascript:alert(1)"/>
  <arxiv:primary_category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
</entry>"""
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">{}</feed>"""
# As Crossref answers for CSL-JSON: types of its own, JATS, and lists here and there.
CROSSREF = {
    "DOI": "10.1038/NATURE14539", "type": "journal-article", "URL": "javascript:alert(1)",
    "title": "Deep <i>learning</i> &amp; H<sub>2</sub>O:\n SchrÃ¶dinger's\u0007 view",
    "author": [{"given": "Yann", "family": "LeCun", "suffix": "Jr.", "sequence": "first"},
               {"given": "Ursula", "family": "von der Leyen", "affiliation": []},
               {"name": "The ATLAS Collaboration, Geneva"}],
    "issued": {"date-parts": [[2015, 5]]}, "container-title": "Nature", "subtitle": [],
    "container-title-short": "Nat.", "volume": "521", "issue": "7553", "page": "436-444",
    "publisher": "Springer Nature", "ISSN": ["0028-0836", "1476-4687"], "language": "en",
    "source": "Crossref", "prefix": "10.1038", "reference-count": 103, "member": "297",
    "indexed": {"date-parts": [[2026, 11, 2]], "date-time": "2026-11-02T01:02:03Z"},
    "abstract": "<jats:title>Abstract</jats:title><jats:p>A &lt; <jats:inline-formula>"
    "<jats:alternatives><jats:tex-math>$$\\beta _1$$</jats:tex-math><mml:math><mml:mi>b</mml:mi>"
    "</mml:math></jats:alternatives></jats:inline-formula></jats:p><jats:p>Second.</jats:p>",
}  # fmt: skip
# As DataCite answers for what lies in Zenodo.
DATACITE = {
    "type": "dataset", "id": "https://doi.org/10.5281/zenodo.1234567",
    "categories": ["weaving", "looms"], "language": "eng",
    "author": [{"family": "Lovelace", "given": "Ada"}, {"literal": "Engine Team"}],
    "contributor": [{"family": "Babbage", "given": "Charles"}],
    "issued": {"date-parts": [[2021, 9, 22]]},
    "abstract": "<p>Cards of <b>three</b> looms.</p>\n<p>See the <a href='x'>list</a>.</p>",
    "DOI": "10.5281/ZENODO.1234567", "publisher": "Zenodo", "title": "Punched Cards: 1801–1843",
    "URL": "https://zenodo.org/record/1234567", "version": "v2",
    "copyright": "Creative Commons Attribution 4.0 International",
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """Answer from the table `answers` of the server, by parts of the path."""

    def do_GET(self) -> None:
        """Send a status, headers and a body, or the output of a function."""
        self.server.requests.append((self.path, self.headers))
        answer = next((a for piece, a in self.server.answers.items() if piece in self.path), 404)
        if callable(answer):
            answer(self)
            return
        status, headers, body = (answer, {}, b"") if isinstance(answer, int) else answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def server(monkeypatch):
    """A server instead of arXiv and doi.org; `answers` maps parts of paths to answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads, running.block_on_close = True, False
        running.answers, running.requests = {}, []
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{running.server_port}"
        monkeypatch.setattr(arxiv, "API", f"{address}/api/query")
        monkeypatch.setattr(doi, "RESOLVER", address)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield running
        running.shutdown()


@pytest.fixture
def new(tmp_path, monkeypatch, capsys):
    """Return a function that runs `new` in a site: exit code, output and errors."""
    write(tmp_path, {"pelicanconf.py": CONF, "content/home.md": HOME})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(arxiv, "API", "http://127.0.0.1:1/")
    monkeypatch.setattr(doi, "RESOLVER", "http://127.0.0.1:1")
    monkeypatch.setattr(client, "HttpClient", partial(HttpClient, allow_private=True))

    def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin or b"")))
        # In a thread of its own: a browser of other tests holds asyncio in this one.
        with ThreadPoolExecutor(1) as pool:
            code = pool.submit(main, ["new", *arguments]).result()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err and "\x1b" not in printed.err
        return code, printed.out.replace("\\", "/"), printed.err

    run.content = tmp_path / "content"
    return run


def headers(path: Path) -> dict[str, str]:
    """Return the headers of a paper's file, which must have no problems."""
    text = path.read_text(encoding="utf-8")
    header, body = frontmatter.split_header(path.name, text)
    normalize_keys(header)
    assert read_paper(header, path, path.parent.parent, {}, path.stem), header.problems
    assert not [problem for problem in header.problems if not problem.notice]
    return {key: entry.value for key, entry in header.entries.items()} | {"body": body.strip()}


def atom(*entries: str) -> tuple:
    return 200, {"Content-Type": "application/atom+xml"}, FEED.format("".join(entries)).encode()


def record(fields: dict, **more: object) -> tuple:
    """Return an answer that holds a record in CSL-JSON, with other fields than usual."""
    return (
        200,
        {"Content-Type": "application/vnd.citationstyles.csl+json"},
        json.dumps(fields | more).encode(),
    )


def crossref(**more: object) -> tuple:
    return record(CROSSREF, **more)


def test_title(new):
    """A paper's file lacks headers, is overwritten, or is written twice under two names."""
    code, printed, errors = new("paper", "  Tricks or\nTraps?: \x1b[1m A <i>Study</i> ")
    assert (code, printed, errors) == (0, "content/papers/tricks-traps.md\n", "")
    text = (new.content / "papers/tricks-traps.md").read_text()
    assert re.fullmatch(
        r"Title: Tricks or Traps\?: \[1m A Study\nAuthors: Ada Lovelace\nDate: \d{4}-\d\d\n"
        r"Venue:\nArxiv:\nLinks:\n\n",
        text,
    )
    for title in ("Tricks, or traps? [1m a study", "Tricks or Traps?"):
        code, printed, errors = new("paper", title)
        assert code == 1 and not printed and "content/papers/tricks-traps.md" in errors
    assert text == (new.content / "papers/tricks-traps.md").read_text()
    assert [path.name for path in (new.content / "papers").iterdir()] == ["tricks-traps.md"]


def test_news(new):
    """A file of news has another name than the month and the title, or is overwritten."""
    code, printed, _ = new("news", "Two *papers*: accepted")
    assert code == 0
    assert re.fullmatch(r"content/news/\d{4}-\d\d-two-papers\.md\n", printed)
    text = (new.content.parent / printed.strip()).read_text()
    form = (
        r"Title: Two \*papers\*: accepted\nDate: \d{4}-\d\d-\d\d\n\nTwo \\\*papers\\\*: accepted\n"
    )
    assert re.fullmatch(form, text)
    assert new("news", " ")[0] == 1 and new("paper", " ")[0] == 1


@pytest.mark.parametrize("title", [(), ("Two papers: x",), ("论文",), ("Two *papers*: x",)])
def test_news_twice(new, title):
    """The second item of a month with the same title, or with none, is refused or lost."""
    names = [new("news", *title)[1].strip() for _ in range(3)]
    assert [name.removeprefix(names[0][:-3]) for name in names] == [".md", "-2.md", "-3.md"]
    assert len(list((new.content / "news").iterdir())) == 3
    (new.content.parent / names[1]).write_text("My words.")
    assert new("news", *title)[1] == f"{names[0][:-3]}-4.md\n"
    assert (new.content.parent / names[1]).read_text() == "My words."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CV", "cv"), ("Teaching & Talks", "teaching-talks"), ("教学", "教学"), ("a/../b", "b"),
        ("Über mich", "uber-mich"),
    ],
)  # fmt: skip
def test_page(new, title, name):
    """A page cannot be begun, is overwritten, or its address is not that of its file."""
    code, printed, errors = new("page", title)
    assert (code, printed) == (0, f"content/pages/{name}.md\n") and "MENUITEMS" in errors
    path = new.content / f"pages/{name}.md"
    assert path.read_text(encoding="utf-8") == f"Title: {title}\n\nWrite here.\n"
    path.write_text("My words.")
    code, printed, errors = new("page", title)
    assert code == 1 and not printed and f"content/pages/{name}.md already exists (edit" in errors
    assert path.read_text() == "My words."
    assert new("page", " ")[0] == 1


@pytest.mark.parametrize(
    ("title", "name"), [("Why It Works: x", "why-it-works"), ("为什么", "为什么"), ("a/../b", "b")]
)  # fmt: skip
def test_post(new, title, name):
    """A blog post cannot be begun, has no date, or is overwritten."""
    code, printed, _ = new("post", title)
    assert (code, printed) == (0, f"content/blog/{name}.md\n")
    path = new.content / f"blog/{name}.md"
    text = path.read_text(encoding="utf-8")
    form = rf"Title: {re.escape(title)}\nDate: \d{{4}}-\d\d-\d\d\n\nWrite here.\n"
    assert re.fullmatch(form, text)
    code, printed, errors = new("post", title)
    assert code == 1 and not printed and f"content/blog/{name}.md already exists (edit" in errors
    assert path.read_text(encoding="utf-8") == text
    assert new("post", " ")[0] == 1


@pytest.mark.parametrize(
    "conf, message",
    [
        (None, "pelicanconf.py does not exist"),
        ("PATH = 'gone'", "gone is not a folder (write PATH ="),
        ("OWNER = []", 'does not set PATH (write PATH = "content")'),
        ("x = 1 / 0", "pelicanconf.py:1: ZeroDivisionError"),
        ("import sys; sys.exit(0)", "pelicanconf.py:1: SystemExit"),
    ],
)
def test_settings(new, conf, message):
    """Wrong settings cause a traceback, or a file outside of the content."""
    file = new.content.parent / "pelicanconf.py"
    file.unlink() if conf is None else file.write_text(conf)
    code, printed, errors = new("paper", "A Title", "-s", "pelicanconf.py")
    assert code == 2 and not printed and message in errors
    assert not list(new.content.parent.rglob("a-title*"))


def test_bibtex(new):
    """A problem of an entry is not reported, stops the others, or gets into a file."""
    entries = rb"""@article{Key1, title = {First}, author = {A B}, year = 2024, journal = {J. Foo},
  html = {javascript:alert(1)}}
@article{Key2, title = {Second}, author = {A. Lovelace}, year = 2024, journal = {Foo},
  pdf = {gone.pdf}, doi = {10.1000/182}}
@misc{Key3, title = {Third}, author = {A B}}
@misc{key2, title = {Fourth}, author = {A B}, year = 2020}
@misc{Key5, title = {Fifth, author = {A B}, year = 2020}
"""
    code, printed, errors = new("paper", "-", stdin=entries)
    assert (code, printed) == (1, "content/papers/second.md\n")
    assert 'standard input:2: Key1: html: "javascript:alert(1)" is not a web address' in errors
    assert 'standard input:4: Key2: pdf: "gone.pdf" is not an address or a file' in errors
    assert "standard input:5: Key3: date: missing (write `date = {…}`)" in errors
    assert "standard input:6: key2: already exists in line 3" in errors
    assert "standard input:7: Key5: cannot be read" in errors
    assert headers(new.content / "papers/second.md")["key"] == "Key2"
    entries = b"@misc{Key2, title={Other}, author={A B}, year=2020}\n"
    entries += b"@misc{x, title={SECOND}, author={A B}, year=1999}"
    code, printed, errors = new("paper", "-", stdin=entries)
    assert (code, printed) == (1, "content/papers/other.md\n")
    assert '"SECOND" is already in content/papers/second.md' in errors
    assert '"Key2" is already used in content/papers/second.md; it was skipped' in errors
    assert "key" not in headers(new.content / "papers/other.md")


def test_bibtex_whole(new):
    """A field of an entry is lost."""
    entry = r"""@inproceedings{Key1, title = {{BERT} f{\"u}r $\alpha$}, author = {Liu*, Zihe and
      {ROLL Team} and others}, booktitle = {ICLR}, year = 2025, month = feb, pages = {1--9},
      abstract = {We * show [a](b) <b>bold</b>.

      Second.}, code = {https://a.example}, keywords = {a, b},
      abbr = {ICLR}, selected = {true}, award = {Best}, title_zh = {标题},
      status = {draft}, tldr = {In short.}, isbn = {1}}
@misc{P, title = {Preprint}, author = {A B}, year = 2020, eprint = {2401.00001},
      archiveprefix = {arXiv}}
"""
    code, printed, errors = new("paper", "-", stdin=b"\xef\xbb\xbf" + entry.encode())
    assert code == 0, errors
    written = headers(new.content.parent / printed.split()[0])
    assert written == {
        "title": r"BERT für $\alpha$", "authors": "Zihe Liu*, ROLL Team, et al.",
        "date": "2025-02", "type": "paper-conference", "venue": "ICLR", "venue_short": "ICLR",
        "pages": "1–9", "award": "Best", "isbn": "1", "selected": "yes", "status": "draft",
        "links": "code | https://a.example", "summary": "In short.", "key": "Key1",
        "tags": "a, b", "title_zh": "标题",
        "body": "We \\* show &#91;a](b) bold.\n\nSecond.",
    }  # fmt: skip
    code, _, errors = new("paper", "2401.00001v2")
    assert code == 1 and '"2401.00001v2" is already in content/papers/preprint.md' in errors
    assert new("paper", "-", stdin=b"")[0] == 1


def test_arxiv(new, server):
    """A field of arXiv's answer is lost, or its TeX and markup end up in the file."""
    server.answers = {"id_list=2508.08221": atom(ENTRY)}
    code, printed, messages = new("paper", "https://arxiv.org/pdf/2508.08221v2")
    assert code == 0 and printed == "content/papers/tricks-traps.md\n", messages
    fields = headers(new.content / "papers/tricks-traps.md")
    assert fields.pop("body").split("\n\n")[1] == "A second paragraph."
    assert fields == {
        "title": "Tricks or Traps? A Deep Dive into $\\alpha$-RL, by Erdős",
        "authors": "Zihe Liu, Ludwig van Beethoven, ROLL Team", "date": "2025-08-11",
        "arxiv": "2508.08221 [cs.LG]", "doi": "10.1000/182",
    }  # fmt: skip
    assert "to appear at ICLR" in messages and "is published as 10.1000/182 (write" in messages
    text = (new.content / "papers/tricks-traps.md").read_text("utf-8")
    assert "∼10 things for all $x_i$ and $y_i$, at 100%" in text
    assert "javascript" not in text and "<script" not in text and "v3" not in text
    agent = server.requests[0][1]["User-Agent"]
    assert re.fullmatch(r"pelican-papers/[\d.]+", agent)
    # A paper that the site has is not looked up again.
    for what in ("arXiv:2508.08221", "https://doi.org/10.48550/arXiv.2508.08221", "10.1000/182"):
        code, _, messages = new("paper", what)
        assert code == 1 and "is already in content/papers/tricks-traps.md" in messages
    assert len(server.requests) == 1


def test_old_arxiv_id(new, server):
    """An id of the old style is requested in a wrong form, or not recognized in the answer."""
    old = ENTRY.replace("2508.08221v3", "math/0309136v1")
    server.answers = {"id_list=math/0309136": atom(old)}
    assert new("paper", "math.GT/0309136")[0] == 0
    assert headers(new.content / "papers/tricks-traps.md")["arxiv"] == "math/0309136 [cs.LG]"


def test_crossref(new, server):
    """A field of Crossref's record is lost, or markup and broken letters stay in it."""
    server.answers = {"/10.1038/nature14539": crossref()}
    code, printed, messages = new("paper", "doi:10.1038/nature14539")
    assert code == 0, messages
    fields = headers(new.content.parent / printed.strip())
    assert fields == {
        "title": "Deep learning & H₂O: Schrödinger's view", "date": "2015-05",
        "authors": "Yann LeCun Jr.; Ursula von der Leyen; {The ATLAS Collaboration, Geneva}",
        "type": "article-journal", "venue": "Nature", "venue_short": "Nat.", "volume": "521",
        "issue": "7553", "pages": "436–444", "publisher": "Springer Nature", "issn": "0028-0836",
        "doi": "10.1038/nature14539", "body": "A < $\\beta _1$\n\nSecond.",
    }  # fmt: skip
    assert "javascript" not in (new.content.parent / printed.strip()).read_text()
    assert "unused" not in messages
    assert server.requests[0][1]["Accept"] == "application/vnd.citationstyles.csl+json"


def test_datacite(new, server):
    """A dataset in Zenodo is not found, or its software becomes a book."""
    server.answers = {"/10.5281/zenodo.1234567": record(DATACITE)}
    code, printed, messages = new("paper", "https://doi.org/10.5281/zenodo.1234567")
    assert code == 0, messages
    assert headers(new.content.parent / printed.strip()) == {
        "title": "Punched Cards: 1801–1843", "authors": "Ada Lovelace, Engine Team",
        "date": "2021-09-22", "type": "dataset", "publisher": "Zenodo",
        "doi": "10.5281/zenodo.1234567", "body": "Cards of three looms.\n\nSee the list.",
    }  # fmt: skip
    software = record(DATACITE, type="book", DOI="10.5281/zenodo.7", title="engine: v2.0")
    preprint = record(DATACITE, type="article", DOI="10.5281/zenodo.8", title="On Looms")
    server.answers = {"zenodo.7": software, "zenodo.8": preprint}
    for number, kind in ((7, "software"), (8, "article")):
        code, printed, messages = new("paper", f"10.5281/zenodo.{number}")
        assert code == 0, messages
        assert headers(new.content.parent / printed.strip())["type"] == kind


def test_no_private_hosts(new, server, monkeypatch):
    """A name server, or a redirect of doi.org, leads the lookup to an address of this network."""
    monkeypatch.setattr(client, "HttpClient", HttpClient)
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *_, **options: real(
            "127.0.0.1" if host == "api.crossref.org" else host, *_, **options
        ),
    )
    for host in ("localhost", "127.1", "api.crossref.org"):
        monkeypatch.setattr(doi, "RESOLVER", f"http://{host}:{server.server_port}")
        code, printed, messages = new("paper", "10.1000/182")
        assert code == 2 and not printed and server.requests == []
        assert f"{host} cannot be reached: {host}" in messages
        hint = "check the hosts file, name server and VPN of this computer, or write the headers"
        assert f" is not on the public Internet ({hint}" in messages


def test_doi_redirects(new, server, monkeypatch):
    """A redirect of doi.org to an agency is not followed, or one to any other host is."""
    real = socket.getaddrinfo
    asked = []

    def look_up(host, *arguments, **options):
        asked.append(host)
        return real("127.0.0.1", *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setenv("no_proxy", "*")
    agency = f"http://api.crossref.org:{server.server_port}/v1/works"
    evil = f"http://crossref.org.evil.test:{server.server_port}/"
    redirect = (302, {"Location": f"{agency}/10.1038%2Fnature14539/transform"}, b"")
    server.answers = {
        "/v1/works/10.1038": crossref(), "/v1/works": 404,
        "/10.1038/nature14539": redirect,
        "/10.1000/182": (302, {"Location": f"{agency}/10.1000%2F182/transform"}, b""),
        "/10.1000/183": (302, {"Location": evil}, b""),
        "/10.1000/184": (302, {"Location": "/10.1000/184"}, b""),
    }  # fmt: skip
    assert new("paper", "10.1038/nature14539")[0] == 0
    assert {fields["Accept"] for _, fields in server.requests} == {
        "application/vnd.citationstyles.csl+json"
    }
    code, _, messages = new("paper", "10.1000/182")
    assert (
        code == 1
        and "api.crossref.org does not know 10.1000/182 (check the id, or write" in messages
    )
    code, _, messages = new("paper", "10.1000/183")
    assert code == 2 and 'answers with a redirect to "http://crossref.org.evil.test' in messages
    code, _, messages = new("paper", "10.1000/184")
    assert code == 2 and "answers with too many redirects" in messages
    assert set(asked) == {"127.0.0.1", "api.crossref.org"}
    assert client._is_trusted("https://doi.org/1", "https://data.crosscite.org/1")
    assert not client._is_trusted("https://doi.org/1", "http://data.crosscite.org/1")


@pytest.mark.parametrize(
    "more, wanted",
    [
        (
            {"type": "book-chapter", "container-title": ["Lecture Notes", "ECCV 2018"],
             "ISBN": ["http://id.crossref.org/isbn/9783319245737"]},
            {"type": "chapter", "series": "Lecture Notes", "venue": "ECCV 2018",
             "isbn": "9783319245737"},
        ),
        (
            {"type": "posted-content", "container-title": [], "institution": [{"name": "bioRxiv"}]},
            {"type": "article", "venue": "bioRxiv", "genre": "Preprint"},
        ),
        (
            {"type": "dissertation", "container-title": [], "degree": ["PhD"],
             "publisher": "KTH"},
            {"type": "thesis", "venue": "KTH", "genre": "PhD"},
        ),
        ({"type": "proceedings-article", "container-title": [], "event": {"name": "ICML"}},
         {"type": "paper-conference", "venue": "ICML"}),
        ({"type": "from-the-future"}, {"type": "document"}),
        ({"subtitle": ["A Study"]}, {"title": "Deep learning & H₂O: Schrödinger's view: A Study"}),
        ({"page": None, "article-number": "e7"}, {"pages": "e7"}),
    ],
)  # fmt: skip
def test_crossref_types(new, server, more, wanted):
    """A chapter, preprint or thesis loses its venue, or a new type ends the command."""
    server.answers = {"/10.": crossref(**more)}
    code, printed, messages = new("paper", "10.1038/nature14539")
    assert code == 0, messages
    fields = headers(new.content.parent / printed.strip())
    assert {key: fields.get(key) for key in wanted} == wanted


def drip(handler: Handler) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000:
        try:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.05)
        except OSError:
            break


def raw(data: bytes):
    return lambda handler: handler.wfile.write(data)


ERROR = "<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title></entry>"
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>'


@pytest.mark.parametrize(
    "answer, code, words",
    [
        (404, 1, "127.0.0.1 does not know "),
        (204, 1, "127.0.0.1 has no record of "),
        (406, 1, "127.0.0.1 has no record of "),
        (atom(), 1, "arXiv has no paper 2508.08221"),
        (atom(ERROR), 1, "arXiv has no paper 2508.08221"),
        ((429, {"Retry-After": "30"}, b""), 2, "is busy (try again in 30 seconds)"),
        ((503, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}, b""), 2, "after 1999-12-31 23:59"),
        ((503, {"Retry-After": "\x1b[31m"}, b""), 2, "try again in a few minutes"),
        (500, 2, "reports an error: 500"),
        ((200, {}, b"<html><p>Log in"), 2, "answers with something that is not a"),
        ((200, {}, BOMB.encode()), 2, "answers with something that is not a"),
        ((200, {}, BOMB.encode("utf-16")), 2, "answers with something that is not a"),
        ((200, {}, b"[" * 100_000), 2, "answers with something that is not a"),
        ((200, {}, b"x" * (client.MAX_BYTES + 1)), 2, "more than 5 MB"),
        ((302, {"Location": "https://evil.example/\x1b[1m"}, b""), 2, "answers with a redirect to"),
        ((302, {"Location": "file:///etc/passwd"}, b""), 2, "reports an error: 302"),
        ((302, {"Location": "/api/query?id_list=2508.08221/10.1000%2F182"}, b""), 2, ""),
        (atom(ENTRY.replace("2508.08221v3", "9999.99999\x9b")), 2, "another paper"),
        (raw(b"SSH-2.0-x\r\n\r\n"), 2, "an invalid response"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<feed"), 2, "answers with an invalid"),
        (raw(b""), 2, ""),
        (drip, 2, "no answer in 0.5 s"),
    ],
)  # fmt: skip
def test_hostile_answers(new, server, monkeypatch, answer, code, words):
    """A slow, broken or hostile server holds up the command, fills the memory, or makes a file."""
    if answer is drip:
        monkeypatch.setattr(client, "TIMEOUT", 0.5)
    server.answers = {"/": answer}
    exit_code, printed, messages = new("paper", "2508.08221")
    assert (exit_code, printed) == (code, "") and words in messages, messages
    if "arXiv" in words or "another paper" in words:
        return
    exit_code, printed, messages = new("paper", "10.1000/182")
    assert (exit_code, printed) == (code, "") and words in messages, messages
    assert not (new.content / "papers").exists()


@pytest.mark.parametrize(
    "record",
    [
        None, [], {}, 5, "DOI", {"message": CROSSREF}, {"DOI": None}, {"DOI": 5}, {"DOI": []},
        {"DOI": "10.1/other"}, {"DOI": "https://evil.example/10.1038/nature14539"},
    ],
)  # fmt: skip
def test_records_of_other_shapes(new, server, record):
    """JSON that is not a record of the DOI causes a traceback, or is accepted."""
    server.answers = {"/": (200, {}, json.dumps(record).encode())}
    code, printed, messages = new("paper", "10.1038/nature14539")
    assert code == 2 and not printed and "answers with" in messages


def test_fields_of_other_shapes(new, server):
    """A field of a wrong type causes a traceback, or gets into the file as Python prints it."""
    wrong = [None, 5, True, "x", [], {}, [None], [[]], [{}], {"date-parts": 3}, [[["x"]]]]
    for n, value in enumerate(wrong):
        names = CROSSREF.keys() - {"DOI", "title"} | {"event", "institution", "editor", "ISBN"}
        more = dict.fromkeys(names, value) | {"title": f"Title {n}"}
        server.answers = {"/": crossref(**more, DOI=f"10.1000/{n}")}
        code, printed, messages = new("paper", f"10.1000/{n}")
        assert code in (0, 1) and printed.startswith("content/papers/title-"), messages
        text = (new.content.parent / printed.strip()).read_text()
        assert not re.search(r"None|\[\]|\{\}|True", text), text
        assert ("date: missing" in messages) == ("Date:" not in text)
    for title in (None, [], [""], 5.5, {"a": 1}):
        server.answers = {"/": crossref(title=title, DOI="10.1000/none")}
        code, printed, messages = new("paper", "10.1000/none")
        assert code == 1 and not printed and "has no title" in messages


def test_lines_of_a_header_stay_in_it(new, server):
    """A line end in a title or a name begins a header that the sender chose."""
    title = "A\nStatus: hidden\n\nTitle: B\u2028Links: x | javascript:alert(1)\u202e"
    people = [{"family": "B\nBibtex: x", "given": "A;C\n\n"}, {"name": "{}\nSlug: ../../x"}]
    server.answers = {"/": crossref(title=title, author=people, volume="1\nUrl: x")}
    code, printed, messages = new("paper", "10.1038/nature14539")
    assert code == 0, messages
    fields = headers(new.content.parent / printed.strip())
    assert not fields.keys() & {"status", "links", "bibtex", "slug", "url"}
    assert fields["title"] == "A Status: hidden Title: B Links: x | javascript:alert(1)"


def test_no_network(new, monkeypatch):
    """Without a network there is a traceback, or a message that does not say what to do."""
    for what in ("2508.08221", "10.1000/182"):
        code, printed, messages = new("paper", what)
        assert code == 2 and not printed
        assert re.search(r"127\.0\.0\.1 cannot be reached: .+ \(try again, or write", messages)
    untrusted = ssl.SSLCertVerificationError(1, "certificate verify failed")
    untrusted.verify_message = "self-signed certificate"
    for error, reason in (
        (untrusted, "its certificate is not valid: self-signed"),
        (OSError(), ""),
    ):
        monkeypatch.setattr(HttpClient, "send", AsyncMock(side_effect=error))
        code, printed, messages = new("paper", "10.1000/182")
        assert code == 2 and f"cannot be reached: {reason}" in messages
    for what in ("https://example.org/paper", "arXiv:25", "10.1000/ 1"):
        code, printed, messages = new("paper", what)
        assert (
            code == 1 and not printed and "is not an arXiv id or a DOI (write a title" in messages
        )


def test_markup_of_records():
    """Formulas in MathML lose their sub- and superscripts, or hostile markup takes minutes."""
    squared = "<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup>"
    cases = {
        f"<mml:math xmlns:mml='x'>{squared}</mml:math>": "$x^{2}$",
        "10<sup>−3</sup> m<sup>th</sup> H<sub>2</sub>O": "10⁻³ m^th H₂O",
        "<math><mfrac><mn>1</mn><mi>ab</mi></mfrac></math>": r"$\frac{1}{\mathrm{ab}}$",
        "<math><mover><mi>x</mi><mo>¯</mo></mover></math>": r"$\bar{x}$",
        "<math><msqrt><mi>x</mi><mo>&lt;</mo><mn>3</mn></msqrt></math>": r"$\sqrt{x<3}$",
        "<math><semantics><mi>x</mi><annotation>\\xi</annotation></semantics></math>": r"$\xi$",
        "<math><msup><mi>x</mi></msup></math>": "$x$",
        "<math><mi>x</b></math> y": "x y",
        "&amp;lt;b&amp;gt; 1 < 2 <!-- no --> > 0": "1 < 2 > 0",
        f"<math>{'<mrow>' * 3000}x{'</mrow>' * 3000}</math>": "x",
        "<tex-math>\\usepackage{a}\\begin{document}$$y$$\\end{document}</tex-math>": "$y$",
    }  # fmt: skip
    for markup, wanted in cases.items():
        text = jats.jats_to_text(markup)
        assert text == wanted
        for formula in re.findall(r"\$[^$]+\$", text):
            to_mathml(formula)
    start = time.process_time()
    pieces = (
        "<math>|<mml:math |<sub>|<!--|<![CDATA[|<jats:alternatives>|<tex-math>|<title> |&|Ã¶|\n "
    )
    for piece in pieces.split("|"):
        jats.jats_to_text(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 15


def test_text_that_would_end_a_build(new, server):
    """A label at the start of an abstract becomes a header, or letters are repaired silently."""
    text = "Summary: what \\undefined it $\\undefined{x}$ says of cafÃ© and of $5 and $6."
    server.answers = {"/": crossref(abstract=f"<p>{text}</p>")}
    code, printed, messages = new("paper", "10.1038/nature14539")
    body = headers(new.content.parent / printed.strip())["body"]
    assert code == 0
    assert body.startswith("**Summary:** what") and "`$\\undefined{x}$` says of café" in body
    assert (
        'Ã©" was meant as "é"' in messages
        and "cannot be shown as a formula and is shown as code" in messages
    )


@pytest.mark.skipif(not FILES, reason="the real .bib files are not here")
def test_real_entries(tmp_path):
    """A real entry becomes another paper as a file, or a file that ends a build."""
    count = 0
    for file in share(FILES, 3):
        result, lines = ImportResult(), {}
        import_bib_entries(file.name, file.read_bytes(), tmp_path, result)
        for header in parse_bibtex(file.name, file.read_bytes())[1:]:
            normalize_keys(header)
            lines[header.line] = header
        preflight.assign_slugs(result.documents, [])
        for text in result.documents:
            preflight.repair_encoding(text)
            wrong = [p for p in preflight.check_document(text, tmp_path, {}) if not p.notice]
            assert not [p for p in wrong if "U+FFFD" not in p.message]
            header, _ = frontmatter.split_header("p.md", render_document(text.headers, text.body))
            normalize_keys(header)
            new, old = (
                read_paper(each, tmp_path / "papers" / "p.md", tmp_path, {}, "key")
                for each in (header, lines[text.line])
            )
            same = {
                "key": old.key,
                "protected_words": old.protected_words,
                "abstract": old.abstract,
            }
            assert sorted(map(str, new.links)) == sorted(map(str, old.links))
            assert replace(new, links=old.links, **same) == old or wrong, old
            count += 1
    assert count > 150


@pytest.mark.skipif(os.name == "nt", reason="the editor is a script")
def test_editor(new, tmp_path, monkeypatch, capsys):
    """The editor does not open the file, blocks a script, or the file is lost when it fails."""
    script = tmp_path / "an editor"
    script.write_text('#!/bin/sh\necho "$@" > got\nexit 3\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", f"'{script}' --wait")
    assert new("paper", "First")[0] == 0 and not (tmp_path / "got").exists()
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", sys.stdin)
    assert main(["new", "paper", "Second"]) == 0
    assert (tmp_path / "got").read_text() == f"--wait {tmp_path}/content/papers/second.md\n"
    assert "ended with 3 (the file stays)" in capsys.readouterr().err
    for editor, message in (("/gone/ed", "cannot be started"), ("'a", "No closing quotation")):
        monkeypatch.setenv("VISUAL", editor)
        assert main(["new", "paper", f"Third {message}"]) == 0
        assert message in capsys.readouterr().err
    assert len(list((tmp_path / "content/papers").iterdir())) == 4


def test_site_builds_at_once(new, server):
    """A new file ends the next build."""
    server.answers = {"id_list": atom(ENTRY), "/10.": crossref()}
    for what in ("Title alone: of $x$", "2508.08221", "10.1038/nature14539"):
        assert new("paper", what)[0] == 0
    entry = rb"@misc{x, title={X}, author={A B}, year=2020, abstract={$\undefined{x}$ $a<b$ *}}"
    assert new("paper", "-", stdin=entry)[0] == 0
    assert new("news", "Some #news* <b>")[0] == 0
    site = build(new.content, new.content.parent / "output", settings=SETTINGS)
    assert site.code == 0, site.printed
    assert len(re.findall("is empty", site.printed)) == 3, site.printed
    assert "Title alone" in site.text("publications/")
