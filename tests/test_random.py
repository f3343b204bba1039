"""Random texts, images and settings are reported or built, within a time limit.

FUZZ=20 tries twenty times as many examples, different ones each time.
"""

import faulthandler
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache, partial, wraps
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import pytest
import rispy
from bs4 import BeautifulSoup
from conftest import ALL, HOME, NEWS, PAPER, ROOT, SETTINGS, write
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from papers.check.report import (
    format_github_annotations,
    format_problems,
    problems_to_json,
    sort_problems,
)
from papers.check.settings import check_settings
from papers.content import bibtex_parser, frontmatter, math
from papers.content.body import check_html, check_text
from papers.content.encoding import check_characters, find_mojibake
from papers.content.frontmatter import split_header
from papers.content.header import Header
from papers.content.header_keys import normalize_keys
from papers.content.links import check_aliases, parse_aliases
from papers.content.paper_reader import read_paper
from papers.content.people import read_people
from papers.export import bibliography, format_scholar_tags, paper_json_ld
from papers.export.latex_encoder import encode_latex as encode_tex
from papers.images import image_file, svg
from papers.images.responsive import FIGURE_WIDTH, ImageCache, render_image
from papers.model.dates import PartialDate
from papers.model.identifiers import SCHEMES
from papers.model.names import parse_authors
from papers.model.paper import Paper
from papers.model.problem import BuildFailed, CommandError
from papers.pages.markdown_reader import PapersReader
from papers.pages.taxonomy import parse_topics
from papers.publish.pelican_run import build_site, check_site
from papers.site.search_index import separate_cjk
from papers.util.files import find_file, is_leftover
from papers.util.html import html_to_text
from papers.util.html import parse_tags as read_tags
from papers.util.latex import decode_latex
from papers.util.strings import slugify
from papers.util.urls import check_scheme, encode_path
from pelican.settings import read_settings
from pybtex.database import parse_string
from sample import film, picture
from test_attack import PLAIN, limited, link_templates, tree

FUZZ = int(os.environ.get("FUZZ", "1"))
# Seconds of CPU that an example may take; it needs milliseconds, a site some tenths of a second.
PATIENCE = 5


def tries(count: int, one_in: int = 4):
    """Return a decorator that sets the number of examples; they are the same in every run.

    All of them are tried in the nightly tests, and one in so many in each run.
    """
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return hypothesis_settings(
        max_examples=count * FUZZ // (1 if ALL else one_in),
        derandomize=FUZZ == 1,
        database=None,
        deadline=None,
        suppress_health_check=[*checks, HealthCheck.function_scoped_fixture],
    )


# Windows has none.
ALARM = hasattr(signal, "setitimer")


class TimeIsUp(BaseException):
    """Raised in code that takes too long; not an Exception, so that the code does not catch it."""


def soon(seconds: float = PATIENCE):
    """Return a decorator that fails an example that takes more seconds of CPU.

    An example that hangs and cannot be interrupted ends the run with its stack.
    """

    def late(_, frame) -> None:
        raise TimeIsUp("".join(traceback.format_stack(frame, 4)))

    def decorate(test):
        @wraps(test)
        def limited(*args, **kwargs) -> None:
            start, stack = time.process_time(), ""
            faulthandler.dump_traceback_later(4 * seconds + 20, exit=True)
            handler = signal.signal(signal.SIGPROF, late) if ALARM else None
            try:
                if ALARM:
                    signal.setitimer(signal.ITIMER_PROF, seconds)
                test(*args, **kwargs)
            except TimeIsUp as error:
                stack = str(error)
            finally:
                if ALARM:
                    signal.setitimer(signal.ITIMER_PROF, 0)
                    signal.signal(signal.SIGPROF, handler)
                faulthandler.cancel_dump_traceback_later()
            if stack or time.process_time() - start > seconds:
                pytest.fail(f"takes more than {seconds} s of CPU:\n{stack}")

        return limited

    return decorate


# --- Texts ------------------------------------------------------------------------

PIECES = (
    "a b A é 李雷 α 1 2026 0 -1 . , ; : :: ! ? - -- --- – — _ __ * ** *** / // \\ \\\\ | || ~ ~~ ^ @ # "
    "## & && && % $ $$ = == + < << > >> ( (( ) [ [[ ] ]] { {{ } }} ' '' \" \"\"\" ` `` ``` ~~~ "
    "<b> </b> <script> </script> <!-- --> <![CDATA[ ]]> <? ?> <a href=' <img src=\" onclick= "
    "javascript: data: https://x.example/ http:// mailto:a@b.c www.x.example 10.1000/182 2508.08221 "
    "&lt; &amp; &#60; &#x3c; &nbsp; &#0; &notanentity; {static} {attach}/../x {filename}p.md |static| "
    "![ ]( [x](y) [@a] [@ [^1] [^1]: [TOC] *[x]: {: .x } {: onclick=x } !!! ``` ~~~python $x$ $$x$$ "
    r"\( \) \[ \] \begin{x} \end{x} \frac \left( \right) \sqrt{ \textbf{ \'e {\"o} \input{x} \url{ \% "
    "@article{k, @misc{ @string{ @comment{ @preamble{ title={ } author = year=2026 and others et_al. "
    "Title: Authors: Date: Tags: Links: Status: Url: Save_as: Slug: Lang: --- ... key: - ? & * ! | > "
    "2026-02 2026-13 Feb yes no draft hidden true null ~ ../ ../.. .env %2e%2e CON"
).split()  # fmt: skip
SIGNS = [
    " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x00", "\x01", "\x1b", "\x7f",
    "\x85", "\u00a0", "\u200b", "\u200d", "\u202e", "\u2028", "\u2029", "\u2066", "\u3000", "\ufeff",
    "\ufffd", "\ufffe", "\U0001f600", "\u0301", "Â", "Ã©", "â€™", "ß", "İ", "ﬁ", "．", "／",
]  # fmt: skip
WORDS = st.sampled_from([*PIECES, *SIGNS]) | st.text(max_size=3)
TEXT = st.lists(WORDS, max_size=25).map("".join)
LINE = TEXT.map(lambda text: re.sub(r"[\n\r\x00]", " ", text))
SPACED = st.lists(WORDS, max_size=40).map(" ".join)
KEYS = (
    "title authors annotation date type venue venue_short stage award presentation volume issue pages "
    "number publisher address editor series edition genre isbn issn note arxiv doi openreview acl pmid "
    "hal dblp semanticscholar openalex url selected weight image image_alt image_caption links summary "
    "key bibtex license status hidden_until slug aliases lang modified tags year month day title_zh "
    "url_x pdf code video header.teaser ids.doi template save_as role papers category abstract"
).split()
VALUES = st.one_of(
    LINE, TEXT, st.sampled_from(
        "2026 2026-02 2026-02-30 9999 0000 Feb_2026 Ada_Lovelace;_Alan_Turing Lovelace,_Ada A,_B,_C,_D "
        "article-journal article misc published draft hidden skip yes no 1 -5 10.1000/182 2508.08221 "
        "https://x.example/a images/a.png {static}/images/a.png code|https://x.example @misc{x,title={T}} "
        "en zh-Hans xx-yy-zz C++;C#;C a/b.html ICLR_2026".replace("_", " ").split(" ")
    ),
)  # fmt: skip
HEADERS = st.lists(st.tuples(st.sampled_from(KEYS) | LINE, VALUES), max_size=12)


def in_lines(headers: list[tuple[str, str]]) -> str:
    """Return headers as `Key: value` lines, valid or not."""
    return "".join(f"{key.capitalize()}: {value}\n" for key, value in headers)


def in_yaml(headers: list[tuple[str, str]]) -> str:
    """Return headers as YAML: plain, quoted, or in a block of lines."""
    forms = (str, json.dumps, lambda text: "|\n  " + text.replace("\n", "\n  "), lambda t: f"[{t}]")
    rows = [f"{key}: {forms[n % 4](value)}\n" for n, (key, value) in enumerate(headers)]
    return f"---\n{''.join(rows)}---\n"


SOUND = [("Title", "A Paper"), ("Authors", "Ada Lovelace; Alan Turing"), ("Date", "2026")]
FILES = st.one_of(
    st.builds(lambda some, text: f"{in_lines(some)}\n{text}\n", HEADERS, SPACED),
    st.builds(lambda some, text: f"{in_lines(SOUND + some)}\n{text}\n", HEADERS, SPACED),
    st.builds(lambda some, text: f"{in_yaml(some)}\n{text}\n", HEADERS, SPACED),
    st.builds(lambda some, text: f"{in_yaml(SOUND + some)}\n{text}\n", HEADERS, SPACED),
    TEXT,
)


FIELDS = st.lists(
    st.tuples(
        st.sampled_from(KEYS + "journal booktitle crossref eprint howpublished keywords".split()),
        st.sampled_from(["{%s}", '"%s"', "%s", "{%s} # {x}", "{{%s}}", "{%s", "jan"]),
        VALUES,
    ),
    max_size=8,
)


def in_entries(entries: list[tuple[str, str, list]]) -> str:
    """Return fields as entries of a .bib, valid or not."""
    texts = []
    for kind, key, fields in entries:
        rows = ",\n".join(f" {name} = {form.replace('%s', text)}" for name, form, text in fields)
        texts.append(f"@{kind}{{{key},\n{rows}\n}}\n")
    return "\n".join(texts)


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from("article misc book string comment preamble thesis x".split()),
        st.sampled_from(["a", "b", "A", "a b", "é", "{", "", "a.b", "../x"]) | LINE,
        FIELDS,
    ),
    max_size=4,
).map(in_entries)


@pytest.fixture(scope="module")
def content(tmp_path_factory) -> Path:
    """A content folder with a picture in it."""
    folder = tmp_path_factory.mktemp("fuzz") / "content"
    return write(folder, {"images/a.png": picture("PNG", 90, 60), "papers/p.pdf": b"%PDF-1.4"})


def sound(header: Header) -> None:
    """Check that problems have a message, and can be formatted for programs."""
    assert all(problem.message and str(problem).strip() for problem in header.problems)
    assert all(
        line.startswith("::") and "\n" not in line
        for line in format_github_annotations(header.problems)
    )
    json.loads(problems_to_json(header.problems))


def sound_paper(paper: Paper) -> None:
    """Check that each citation of a paper is exactly one valid entry."""
    entry = bibliography.format_bibtex(paper)
    for text in (entry, bibliography.format_full_bibtex(paper, entry)):
        library = bibtexparser.parse_string(text)
        assert len(library.blocks) == 1 and len(library.entries) == 1, text
        if paper.bibtex is None:
            assert library.entries[0].key == paper.key
            # The owner's own BibTeX can be invalid.
            assert len(parse_string(text, "bibtex").entries) == 1, text
    assert len(rispy.loads(bibliography.format_ris(paper))) == 1
    item = json.loads(json.dumps(bibliography.format_csl(paper)))
    assert item["title"] == paper.title and item["type"] == paper.type
    for name, value in format_scholar_tags(paper):
        assert name.startswith("citation_") and value and "\n" not in value
    site = {"url": "https://ada.example", "name": "Ada"}
    json.dumps(paper_json_ld(paper, "https://ada.example/p/", site, {}))
    assert (
        paper.type_label
        and paper.venue_label
        and paper.imprint is not None
        and paper.legend is not None
    )
    for link in paper.links:
        assert re.match(r"https?://|mailto:|(?![a-z]+:)", link.address, re.IGNORECASE), link


@given(FILES)
@tries(400)
@soon()
def test_headers(content, text):
    """A header that nobody would write ends the build with a traceback, or makes two papers."""
    header, _ = split_header("content/papers/h.md", text)
    normalize_keys(header)
    header.check_keys(KEYS)
    header.check_empty()
    check_aliases(header)
    parse_topics(header)
    assert all(path and not path.startswith(("/", "..")) for path in parse_aliases(header))
    paper = read_paper(header, content / "papers/h.md", content, {}, "h")
    sound(header)
    if paper:
        sound_paper(paper)


@given(FILES | ENTRIES)
@tries(200)
@soon()
def test_messages(content, text):
    """A message breaks its line, moves the cursor or rings the bell: a terminal, or a workflow of
    GitHub, takes the next line for a command."""
    header, _ = split_header("content/papers/h\n::error::.md", text)
    normalize_keys(header)
    header.check_keys(KEYS)
    check_aliases(header)
    read_paper(header, content / "papers/h.md", content, {}, "h")
    headers = [
        header,
        *bibtex_parser.parse_bibtex("content/papers/\x1b[31m.bib", text.encode("utf-8", "replace")),
    ]
    for problem in (problem for header in headers for problem in header.problems):
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", str(problem)), problem


@given(TEXT, TEXT)
@tries(150)
@soon()
def test_yaml(name, text):
    """YAML that is none, or too much, ends the build with a traceback."""
    for block in (text, f"{name}: {text}", f"{name}:\n  - {text}\n  - {{{text}: {name}}}\n"):
        try:
            items = frontmatter.parse_yaml_header(block, 1)
            list(frontmatter.find_comments(block, 1))
        except frontmatter.YamlError as mistake:
            assert mistake.message
            continue
        assert all(isinstance(part, str) for key, value, _ in items for part in (key, value))


@given(ENTRIES | TEXT | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
@tries(300)
@soon()
def test_bibliographies(content, text):
    """A .bib that nobody would write ends the build with a traceback, or takes minutes."""
    for data in (text.encode("utf-8", "replace"), text.encode("cp1252", "replace")):
        for header in bibtex_parser.parse_bibtex("content/papers/h.bib", data):
            if header.entries:
                file = content / "papers/h.bib"
                paper = read_paper(header, file, content, {}, header.citation_key or "h")
                if paper:
                    sound_paper(paper)
            sound(header)
        text = text[::2]


@pytest.fixture(scope="module", params=[True, False], ids=["html", "plain"])
def reader(request, content) -> PapersReader:
    """The Markdown reader, with and without raw HTML."""
    paths = {"RAW_HTML": request.param, "PATH": str(content)}
    return PapersReader(read_settings(str(ROOT / "pelicanconf.py"), override=paths))


@given(FILES | SPACED.map(lambda text: f"{in_lines(SOUND)}\n{text}\n"))
@tries(150)
@soon()
def test_texts(reader, content, text):
    """A text that nobody would write ends the build, or becomes HTML where that is not allowed."""
    for folder in ("papers", "news"):
        path = write(content, {f"{folder}/h.md": text.encode("utf-8", "replace")}) / folder / "h.md"
        html, metadata = reader.read(str(path))
        sound(metadata["header"])
        assert metadata["title"] is not None and html_to_text(html) is not None
        if not reader.settings["RAW_HTML"]:
            for one in (html, metadata.get("summary", "")):
                for element in BeautifulSoup(one, "html5lib").body(True):
                    assert element.name in PLAIN, element
                    assert not any(name.startswith("on") for name in element.attrs), element


@given(TEXT | SPACED | st.text(max_size=60))
@tries(300)
@soon()
def test_small_parts(content, text):
    """A part that is asked alone raises something else than it says, or gives what does harm."""
    header = Header("x")
    check_characters(header, text)
    list(find_mojibake(text))
    tags = list(read_tags(text))
    check_text(header, text, 1, text)
    for raw in (True, False):
        check_html(header, text, content / "news/h.md", {"PATH": str(content)}, raw)
    sound(header)
    assert all(tag.name == tag.name.lower() for tag in tags)
    assert not re.search(r"[\s/\\.%?#:<>\"'{}\x00-\x1f]", slugify(text)), slugify(text)
    assert not re.search(r"[\s<>\"{}|\\^`]", encode_path(text))
    math.render_math(math.mark_math(text), {})
    decode_latex(encode_tex(decode_latex(text)))
    separate_cjk(text)
    for parse in (PartialDate.parse, lambda text: parse_authors(text, {})):
        with suppress(ValueError):
            parse(text)
    for scheme in SCHEMES.values():
        if (identifier := scheme.parse(text)) is not None:
            assert re.fullmatch(r"https://[^\s<>\"]+", scheme.url(identifier))
    inside = find_file(text, content / "news/h.md", content)
    assert inside is None or (content / inside).resolve().is_relative_to(content.resolve())
    with suppress(ValueError):
        is_leftover(content / text, content)
    assert check_scheme(text) is None or check_scheme(text)


@given(
    st.one_of(
        TEXT,
        st.dictionaries(LINE, st.dictionaries(st.sampled_from("aliases address url orcid x".split()),
                        st.recursive(LINE | st.none() | st.integers(), st.lists, max_leaves=4)),
                        max_size=4).map(json.dumps),
    ),
    st.lists(LINE, max_size=3),
)  # fmt: skip
@tries(200)
@soon()
def test_people(content, text, owners):
    """A people.yml that nobody would write ends the build with a traceback."""
    write(content, {"people.yml": text.encode("utf-8", "replace")})
    people, problems = read_people(content, owners)
    assert all(isinstance(key, str) for key in people)
    header = Header("x", problems=problems)
    sound(header)
    (content / "people.yml").unlink()


# --- Pictures -----------------------------------------------------------------------

DRAWING = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30" width="40px" height="30">'
    '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>'
    '<style>rect { fill: url(#a) }</style><rect width="40" height="30" style="fill:#0b5394"/>'
    '<g transform="rotate(3)"><use xlink:href="#b"/><text x="3" y="9">Text</text></g>'
    '<path id="b" d="M0 0 L9 9 C1 2 3 4 5 6 Z" stroke-width="2"/></svg>'
)


@cache
def pictures() -> dict[str, bytes]:
    """Return a small image of each format by its suffix, some with all kinds of metadata."""
    exif = image_file.Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    exif.get_ifd(0x8825)[1] = "N"
    return {
        ".png": picture("PNG", 40, 30, "RGBA", exif=exif, dpi=(72, 72)),
        ".jpg": picture("JPEG", 40, 30, exif=exif, comment=b"A word", progressive=True),
        ".webp": picture("WEBP", 40, 30, exif=exif, xmp=b"<x>GPS</x>"),
        ".gif": film(40, 30),
        ".avif": picture("AVIF", 40, 30, exif=exif),
        ".tiff": picture("TIFF", 40, 30, compression="tiff_lzw"),
        ".bmp": picture("BMP", 40, 30),
        ".svg": DRAWING.encode(),
    }


BYTES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\x01", b"\x80\0\0\0"]
    ),
    st.sampled_from(
        [b"IHDR", b"IDAT", b"eXIf", b"IEND", b"\xff\xd8", b"\xff\xda", b"\xff\xe1", b"VP8X"]
    ),
    st.sampled_from(
        [b"<", b">", b'"', b"&x;", b"<g>", b"</g>", b"url(#b)", b"9e99", b"-1", b"nan"]
    ),
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from("over into out cut twice".split()), BYTES),
    max_size=6,
)


def changed(data: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    """Return data with bytes replaced, inserted, removed or repeated."""
    for position, operation, inserted in changes:
        start = int(position * len(data))
        match operation:
            case "over":
                data = data[:start] + inserted + data[start + len(inserted) :]
            case "into":
                data = data[:start] + inserted + data[start:]
            case "out":
                data = data[:start] + data[start + 1 + len(inserted) :]
            case "cut":
                data = data[:start]
            case "twice":
                data = data[:start] + data[start : start + 99] + data[start:]
    return data


@given(st.sampled_from(sorted(pictures())), st.sampled_from(sorted(pictures())), CHANGES)
@tries(300)
@soon()
def test_pictures(content, end, kind, changes):
    """A broken picture ends the build with a traceback, or takes all memory."""
    # Mostly what the name says.
    kind = end if len(changes) % 4 else kind
    file = write(content, {f"images/h{end}": changed(pictures()[kind], changes)}) / f"images/h{end}"
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        with suppress(ValueError):
            if image_file.has_location(file):
                image_file.remove_metadata(file)
        if end == ".svg":
            with suppress(ValueError):
                svg.refuse_active_svg(file)
            with suppress(ValueError):
                assert svg.draw_svg(file, 300).width <= 300
        try:
            width, height = image_file.measure_image(file)
        except ValueError as error:
            assert str(error).endswith(")")
            return
        assert width > 0 and height > 0
        with suppress(ValueError):
            shown = render_image(file, f"images/h{end}", FIGURE_WIDTH, ImageCache(Path(folder)))
            assert (shown.width, shown.height) == (width, height)


# --- Whole sites ---------------------------------------------------------------------

OURS = (
    "SITENAME OWNER SOCIAL MENUITEMS MATH_MACROS SITEURL RAW_HTML PUBLICATIONS_URL AUTHOR".split()
)
# What would make another program of it: plugins and readers are code, and paths lead away.
EXCLUDED = re.compile(
    r".*PATH.*|THEME.*|PLUGIN.*|PELICAN_CLASS|READERS|WRITE.*|JINJA.*|.*_FILTERS|LOCALE|OUTPUT_.*|"
    r"CACHE.*|LOAD_.*|DELETE.*|PORT|BIND|LOG_.*|STATIC_CREATE_LINKS|.*SOURCE.*|IGNORE_FILES|.*EXCLUDES"
)
HARMLESS = LINE.map(lambda text: re.sub(r"^[/~.\\]+|\.\.", "", text))
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(0, 9)
    | HARMLESS
    | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(HARMLESS, inner, max_size=3)
    ),
    max_leaves=6,
)


def names_of_settings() -> list[str]:
    from pelican.settings import DEFAULT_CONFIG

    return sorted(name for name in DEFAULT_CONFIG if not EXCLUDED.fullmatch(name))


CHANGED = st.dictionaries(
    st.sampled_from(OURS) | st.sampled_from(names_of_settings()), ANY, min_size=1, max_size=4
)
LINKED = st.lists(st.tuples(HARMLESS, HARMLESS).map(list), max_size=3)
OWN = st.fixed_dictionaries({}, optional={
    "SITENAME": LINE.filter(str.strip), "OWNER": st.lists(LINE, max_size=3) | LINE,
    "SOCIAL": LINKED, "MENUITEMS": LINKED, "SITEURL": HARMLESS,
    "MATH_MACROS": st.dictionaries(LINE, LINE, max_size=3), "PUBLICATIONS_URL": HARMLESS,
})  # fmt: skip
NAMES = st.sampled_from(
    "papers/h.md papers/k.md papers/h.bib news/h.md news/2026-02-k.md pages/h.md people.yml home.md "
    "references.bib news/h.rst pages/h.html images/h.svg extra/h.txt images/portrait.jpg papers/q.bib"
    .split()
)  # fmt: skip
CONTENTS = st.dictionaries(
    NAMES, FILES | ENTRIES | SPACED.map(lambda text: f"{in_lines(SOUND)}\n{text}\n"), max_size=4
)


class SiteBuilder:
    """A process that builds sites, each in a child process of its own."""

    def __init__(self, folder: Path):
        self.process = subprocess.Popen(
            [sys.executable, __file__, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {
                "PYTHONUTF8": "1", "COLUMNS": "200",
                "PYTHONPATH": os.pathsep.join([str(ROOT / "plugins"), str(ROOT / "tests")]),
            },
            text=True,
            encoding="utf-8",
        )  # fmt: skip
        self.output = folder / "site" / "output"

    def build(self, files: dict[str, str], settings: dict[str, str]) -> dict:
        """Check and build a site of these files and Python expressions of settings.

        Return the codes of the `check` and the `build`, what they printed, their `seconds` of
        CPU, and the files that `changed` elsewhere.
        """
        print(json.dumps([files, settings]), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def sound(
        self, files: dict[str, str], settings: dict[str, str], limit: float = 2 * PATIENCE
    ) -> bool:
        """Build a site; fail on a crash, a hang, files elsewhere, or if `check` differs.

        Return whether the site was built.
        """
        done = self.build(files, settings)
        for name in ("check", "build"):
            printed = done[f"{name} printed"]
            assert done[name] is not None, f"the {name} does not end, or crashes"
            assert done[name] in (0, 1) and "Traceback" not in printed, printed[-3000:]
        assert done["changed"] == []
        printed = f"{done['check printed']}\n{done['build printed']}"
        assert done["check"] == done["build"], printed[-3000:]
        assert done["seconds"] < limit
        return done["build"] == 0


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Iterator[SiteBuilder]:
    """A process that builds sites."""
    if os.name == "nt":
        pytest.skip("Windows has no fork")
    server = SiteBuilder(tmp_path_factory.mktemp("sites"))
    with server.process:
        yield server


@given(CONTENTS, OWN, st.booleans())
@tries(40, one_in=5)
def test_sites(sites, files, settings, raw):
    """A site that nobody would write crashes, is taken by the check and not by the build, or holds
    what no text is to become."""
    given_ = {name: repr(value) for name, value in settings.items()} | {"RAW_HTML": repr(raw)}
    files = {"home.md": HOME, "papers/p.md": PAPER, "news/n.md": NEWS} | files
    if not sites.sound(files, given_) or raw:
        return
    for path in sites.output.rglob("*.html"):
        for element in BeautifulSoup(path.read_bytes(), "html5lib")(True):
            assert not any(name.startswith("on") for name in element.attrs), (path, element)
            source = element.get("src", "") if element.name == "script" else "theme/js/"
            data = element.get("type") == "application/ld+json" and json.loads(element.string)
            assert "theme/js/" in source or data, (path, element)
            assert element.name not in ("iframe", "object", "embed", "base", "style", "b", "i")
    for path in sites.output.rglob("*.json"):
        json.loads(path.read_bytes())


@given(CHANGED)
@tries(50, one_in=6)
def test_settings(sites, settings):
    """A setting of another kind ends the build with a traceback."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pelican.settings import DEFAULT_CONFIG

        problems, _ = check_settings(DEFAULT_CONFIG | settings, ROOT / "content")
        sound(Header("x", problems=problems))
    own = {name: repr(value) for name, value in settings.items()}
    sites.sound({"home.md": HOME, "papers/p.md": PAPER, "news/n.md": NEWS}, own)


TEMPLATE_PARTS = st.sampled_from([
    '{% extends "!theme/page.html" %}', '{% extends "base.html" %}', "{% extends x %}",
    "{% block content %}", "{% block head %}", "{% endblock %}", "{{ super() }}", "{% if x %}",
    "{% if papers %}", "{% else %}", "{% endif %}", "{% for p in papers %}", "{% for p in 5 %}",
    "{% endfor %}", '{% include "_policy.html" %}', '{% include "page.html" %}', "{% include x %}",
    '{% import "_parts.html" as parts %}', '{% from "none.html" import a %}', "{% macro m(a) %}",
    "{% endmacro %}", "{{ m(1) }}", "{% call m() %}", "{% endcall %}", "{% raw %}", "{% endraw %}",
    "{% set x = papers %}", "{% set x %}", "{% endset %}", "{% filter upper %}", "{% endfilter %}",
    "{{ page.title }}", "{{ page.content }}", "{{ SITENAME }}", "{{ nothing }}", "{{ a.b.c }}",
    "{{ 1 / 0 }}", "{{ 'a'|nofilter }}", "{{ 'a'|json_ld }}", "{{ page|scholar }}", "{{ papers() }}",
    "{{ papers[9] }}", "{{ {}.pop('a') }}", "{{ '%d'|format('x') }}", "{{ [1, 'a']|sort }}",
    "{{ ''.__class__.__mro__ }}", "{{ self.content() }}", "{{ loop.index }}", "{{ loop(1) }}",
    "{{ caller() }}", "{{ namespace(1) }}", "{{ lipsum(1) }}", "{% do x %}", "{% x %}", "{{", "}}",
    "{%", "%}", "{#", "#}", "<html><head>", "</head><body>", "<p>", "<!--", "<script>", "é\x00",
])  # fmt: skip
PAGE_TEMPLATES = st.lists(TEMPLATE_PARTS, max_size=8).map("".join) | st.lists(
    TEMPLATE_PARTS, max_size=4
).map(
    lambda parts: (
        f'{{% extends "!theme/page.html" %}}{{% block content %}}{"".join(parts)}{{% endblock %}}'
    )
)


@given(PAGE_TEMPLATES)
@tries(60, one_in=8)
def test_templates(sites, text):
    """A template that nobody would write ends the build with a traceback, or without its name."""
    files = {
        "home.md": HOME,
        "papers/p.md": PAPER,
        "pages/h.md": "Title: H\n\nx\n",
        "../templates/page.html": text,
    }
    done = sites.build(files, {"THEME_TEMPLATES_OVERRIDES": "['templates']"})
    for name in ("check", "build"):
        printed = done[f"{name} printed"]
        assert done[name] in (0, 1) and "Traceback" not in printed, (text, printed[-3000:])
        assert not done[name] or "templates/page.html" in printed, (text, printed)
    assert done["changed"] == [] and done["check"] <= done["build"]


# --- Drawings by a grammar ---------------------------------------------------------------

TAGS = st.sampled_from(
    "g rect path text tspan use image a style script foreignObject animate set animateMotion title "
    "defs pattern filter feImage feTurbulence mask marker symbol switch metadata h:script h:img "
    "h:iframe h:meta h:a h:style handler listener SCRIPT s:script x:include".split()
)
ADDRESSES = st.sampled_from(
    "#a https://evil.example/x //evil.example/x javascript:alert(1) JAVASCRIPT:alert(1) "
    "java&#9;script:alert(1) data:text/html,x data:image/svg+xml,x data:image/png;base64,x x.svg#a "
    "file:///etc/passwd url(#a) url(//evil.example/x) url('https://evil.example/x') u\\72l(//e.x/) "
    "@import'//evil.example' expression(1) 0;url=//evil.example 1;javascript:alert(1) ftp://x".split()
)
ATTRIBUTES = st.tuples(
    st.sampled_from(
        "href xlink:href src to from by values attributeName fill filter style onload onclick ONLOAD "
        "x:onload begin http-equiv content width height transform d id xml:base class cursor mask "
        "marker-end action formaction srcset poster data ping x y numOctaves stdDeviation".split()
    ),
    ADDRESSES | st.sampled_from("href onload a 1 -1 9e99 nan 100% refresh".split()),
)
INNER = st.lists(ADDRESSES | st.sampled_from(["a", "&#60;script&#62;", "]]>", ""]), max_size=2)


def in_element(tag: str, attributes: list, inside: list[str]) -> str:
    """Return an element of SVG, with each attribute once."""
    words = "".join(f' {name}="{value}"' for name, value in dict(attributes).items())
    return f"<{tag}{words}>{''.join(inside).replace(']]>', '')}</{tag}>"


DRAWINGS = st.recursive(
    st.builds(in_element, TAGS, st.lists(ATTRIBUTES, max_size=3), INNER),
    lambda inner: st.builds(
        in_element, TAGS, st.lists(ATTRIBUTES, max_size=2), st.lists(inner, max_size=3)
    ),
    max_leaves=6,
)
OPENED = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:h="http://www.w3.org/1999/xhtml" xmlns:s="http://www.w3.org/2000/svg" '
    'xmlns:x="http://www.w3.org/2001/XInclude" viewBox="0 0 40 30">'
)


SHOWN, MOVED = {"href", "src", "srcset", "data", "poster"}, {"to", "from", "by", "values"}
STYLED = {"style", "fill", "filter", "mask", "cursor", "marker-end"}


@given(DRAWINGS, st.booleans())
@tries(400, one_in=6)
@soon()
def test_drawings(content, drawing, drawn):
    """A drawing that runs a script or asks another host is taken, or ends the build."""
    file = write(content, {"images/h.svg": f"{OPENED}{drawing}</svg>"}) / "images/h.svg"
    try:
        svg.refuse_active_svg(file)
    except ValueError as error:
        assert str(error).endswith(")")
        return
    for element in ElementTree.parse(file).iter():
        name = element.tag.rpartition("}")[2].lower()
        assert name not in ("script", "handler", "listener", "iframe", "meta", "include"), drawing
        css, addresses = element.text or "" if name == "style" else "", ""
        for key, value in element.attrib.items():
            key = key.rpartition("}")[2].lower()
            assert not key.startswith("on"), drawing
            css += f" {value}" if key in STYLED else ""
            # A link leads to other hosts.
            is_shown = key in (SHOWN if "xhtml" in element.tag else {"href"})
            is_shown &= name != "a" or key != "href"
            is_moved = key in MOVED and name.startswith(("animate", "set"))
            addresses += f" {value}" if is_shown or is_moved or "script" in value else ""
        addresses, css = (re.sub(r"[\x00-\x20]", "", one).lower() for one in (addresses, css))
        assert not re.search(r"evil|data:(?:text|image/svg)|file:|ftp:", addresses), drawing
        assert not re.search(r"(?:url|u\\72l)\(['\"]?(?!#)", css), drawing
        assert name != "style" or "@import" not in css, drawing
        assert name != "a" or "javascript:" not in addresses, drawing
    with suppress(ValueError):
        assert svg.measure_svg(file) == (40, 30) and (
            not drawn or svg.draw_svg(file, 30).width == 30
        )


# --- The process that builds -----------------------------------------------------------


def serve(folder: Path) -> None:
    """Check and build the sites given on standard input, and write the result of each."""
    project = folder / "site"
    output, cache, log = project / "output", project / "cache", folder / "log"
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        # Modules and templates that are loaded now are not loaded again for each site.
        write_project(project, {"home.md": HOME, "papers/p.md": PAPER}, {})
        check_or_build(project, True)
        check_or_build(project, False)
    shutil.move(cache, folder / "compiled")
    for line in sys.stdin:
        write_project(project, *json.loads(line))
        link_templates(folder / "compiled", cache)
        before = tree(folder, output, cache, log)
        done, start = {}, os.times()
        # Each in a child process, since Pelican prints a warning once only.
        for name, checking in (("check", True), ("build", False)):
            log.unlink(missing_ok=True)
            done[name] = limited(partial(check_or_build, project, checking), log, 6 * PATIENCE)
            done[f"{name} printed"] = log.read_text(encoding="utf-8", errors="replace")
        log.unlink()
        end = os.times()
        done["seconds"] = end.children_user - start.children_user
        done["seconds"] += end.children_system - start.children_system
        after = tree(folder, output, cache)
        done["changed"] = sorted(
            name for name in before | after if before.get(name) != after.get(name)
        )
        print(json.dumps(done), file=answers, flush=True)


def write_project(project: Path, files: dict[str, str], overrides: dict[str, str]) -> None:
    """Write a project with these files in content/ and these settings."""
    shutil.rmtree(project, ignore_errors=True)
    write(
        project,
        {f"content/{name}": text.encode("utf-8", "replace") for name, text in files.items()},
    )
    settings = {
        "THEME": repr(str(ROOT / "theme")), "PLUGIN_PATHS": repr([str(ROOT / "plugins")]),
        "SITEURL": "'https://ada.example'", "RELATIVE_URLS": "False",
    } | {name: repr(value) for name, value in SETTINGS.items()} | overrides  # fmt: skip
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    text += "".join(f"{name} = {value}\n" for name, value in settings.items())
    (project / "pelicanconf.py").write_bytes(text.encode("utf-8", "replace"))


def check_or_build(project: Path, checking: bool) -> int:
    """Check or build a site; return 1 if it is refused, 2 for a traceback."""
    os.chdir(project)
    conf = Path("pelicanconf.py")
    try:
        if not checking:
            build_site(conf, project / "output", project / "output")
            return 0
        problems = check_site(conf).problems
    except (CommandError, SystemExit) as error:
        print(error)
        return 1
    except BuildFailed as error:
        problems = error.problems
    except BaseException:
        traceback.print_exc(file=sys.stdout)
        return 2
    print(*format_problems(sort_problems(problems)), sep="\n")
    return int(any(not problem.notice for problem in problems))


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
