"""What people get wrong, and what the build says of it."""

import os

import pytest
from conftest import HOME, NEWS, PAPER, build, write
from sample import picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'
NO_TITLE = ": title: missing (write `Title: What it is called`)"
NO_DATE = "is no date (write 2026, 2026-02 or 2026-02-14)"


def is_problem(line: str) -> bool:
    """Tell a problem from a notice, and from the rest that is printed."""
    return line.startswith("content/") and not line.endswith("[notice]")


def paper(*headers: str) -> str:
    """Return a paper that is right but for the given headers in line 3."""
    return PAPER.replace("Date:", "".join(f"{header}\n" for header in headers) + "Date:")


# File, what stands in it, and how each line begins that is told of it.
CASES = {
    "papers/no-headers.md": (
        "Just text.\n",
        ':1: "Just text." is no header (write `Key: value`, or leave a blank line between headers',
        NO_TITLE,
        ": authors: missing",
        ": date: missing",
    ),
    "papers/empty.md": (
        "",
        NO_TITLE,
        ": authors: missing (write `Authors: Ada Lovelace; Alan Turing`)",
        ": date: missing (write `Date: 2026-02`)",
    ),
    "papers/no-title.md": ("Authors: A\nDate: 2026\n\nText.\n", NO_TITLE),
    "papers/no-authors.md": ("Title: T\nDate: 2026\n\nText.\n", ": authors: missing (write `"),
    "papers/commas.md": (
        PAPER.replace("Ada Lovelace, Alan Turing", ", ;"),
        ":2: authors: names nobody (write `Authors: Ada Lovelace; Alan Turing`)",
    ),
    "papers/no-date.md": ("Title: T\nAuthors: A\n\nText.\n", ": date: missing (write `Date: "),
    "papers/month.md": (PAPER.replace("2026", "2026-13"), f':3: date: "2026-13" {NO_DATE}'),
    "papers/day.md": (PAPER.replace("2026", "2026-02-30"), f':3: date: "2026-02-30" {NO_DATE}'),
    "papers/key.md": (paper("Venu: ICLR"), ":3: venu: unknown header (did you mean `venue`?)"),
    "papers/strange.md": (paper("Xyzzy: 1"), ":3: xyzzy: unknown header (the README lists"),
    "papers/picture.md": (
        paper("Image: images/none.png", "Image_alt: X"),
        ':3: image: "images/none.png" is not there (put the file there, or write its path below',
    ),
    "papers/outside.md": (
        paper("Image: ../../secret.png", "Image_alt: X"),
        ':3: image: "../../secret.png" is not there',
    ),
    "papers/alt.md": (
        paper("Image: images/ok.svg"),
        ":3: image_alt: missing (say in a sentence what the picture shows)",
    ),
    "papers/broken.md": (
        paper("Image: images/broken.png", "Image_alt: X"),
        ':3: image: "images/broken.png" is no picture (save it as PNG, JPEG, WebP or SVG)',
    ),
    "papers/link.md": (
        paper("Links: code |"),
        ':3: links: "code |" is not `label | address` (write `code | https://example.org`)',
    ),
    "papers/label.md": (
        paper("Links: https://ada.example"),
        ':3: links: "https://ada.example" is not `label | address` (write `paper | https://ada.example`)',
    ),
    "papers/script.md": (
        paper("Links: x | JavaScript:alert(1)"),
        ':3: links: "JavaScript:alert(1)" is no web address (write https://…)',
    ),
    "papers/nofile.md": (
        paper("Links: a | https://example.org", "  pdf | p.pdf"),
        ':3: links: "p.pdf" is no address and no file (write https://…, or the path of a file',
    ),
    "papers/source.md": (
        paper("Links: source | papers/link.md"),
        ':3: links: "papers/link.md" is no file to publish (name another)',
    ),
    "papers/arxiv.md": (
        paper("Arxiv: none"),
        ':3: arxiv: "none" is no arxiv id (write it as 2508.08221)',
    ),
    "papers/doi.md": (paper("Doi: 11.5/x"), ':3: doi: "11.5/x" is no doi id (write it as 10.'),
    "papers/selected.md": (
        paper("Selected: maybe"),
        ':3: selected: "maybe" is neither yes nor no',
    ),
    "papers/weight.md": (
        paper("Weight: heavy"),
        ':3: weight: "heavy" is no whole number (write 1 for the paper that comes first)',
    ),
    "papers/twice.md": (paper("Title: B"), ":3: title: given twice, first in line 1 (keep one)"),
    "papers/colon.md": (paper("Venue ICLR"), ':3: "Venue ICLR" is no header (write `Key: value`'),
    "papers/status.md": (
        paper("Status: drafty"),
        ':3: status: "drafty" is no status (write one of published, hidden, draft, skip)',
    ),
    "papers/cp1252.md": (
        PAPER.replace("An abstract", "Caf\xe9").encode("cp1252"),
        ":5: not UTF-8 (save the file in this encoding)",
    ),
    "papers/reserved.md": (
        paper("Content: x"),
        ":3: content: unknown header",
    ),
    "papers/page.html": (
        "<html><head><title>x</title></head><body>x</body></html>",
        ": no Markdown (write papers as .md files)",
    ),
    "papers/b.md": (
        paper("Slug: x"),
        ": has the address of content/papers/X.md (rename it, or give it a `Slug:`)",
    ),
    "papers/X.md": (PAPER,),
    "papers/slug.md": (paper("Slug: a/../b"), ':3: slug: "a/../b" is no slug (write letters,'),
    "papers/lang.md": (paper('Lang: "zh"'), ':3: lang: ""zh"" is no lang (write en, zh or pt-BR)'),
    "papers/🎉.md": (PAPER, ": slug: missing, for the file's name gives none (write `Slug: a-wo"),
    "papers/control.md": (PAPER + "\x0b\n", ":6: holds the control character U+000B (delete it)"),
    "papers/YELL.MD": (PAPER, ": is not read (name it YELL.md)"),
    "papers/all.bib": (
        """@article{b-empty}
@article{b-none, title = {T}, author = {A B}, year = 2026, jornal = {J}}
@inproceedings{b-bare, title = {T}}
@artcle{b-typo, title = {T}, author = {A B}, year = 2026, journal = {J}}
@article{b-double, title = {T}, author = {A B}, year = 2026,
  title = {U}, journal = {J}}
@misc{two words, title = {T}, author = {A B}, year = 2026}
@misc{B-DOUBLE, title = {T}, author = {A B}, year = 2026}
@misc{b-ids, title = {T}, author = {A B}, year = {soon}, doi = {b-none}, arxiv = {12.3},
  code = {javascript:alert(1)}, website = {data:text/html,x}}
@misc{b-markup, title = {<script>alert(1)</script>}, author = {A B}, year = 2026}
@misc{b-open, title = {T, author = {A B}, year = 2026
@misc{b-after, title = {T}, author = {A B}, year = 2026}
""",
        ":1: b-empty: is empty (write `title = {…}` and what else it needs into it)",
        ":2: b-none: venue: missing (write `journal = {…}`, or another type)",
        ":3: b-bare: authors: missing (write `author = {…}`)",
        ":3: b-bare: date: missing (write `date = {…}`)",
        ":3: b-bare: venue: missing (write `booktitle = {…}`, or another type)",
        ":4: b-typo: `@artcle` is no type of entry (did you mean `@article`?)",
        ":6: b-double: title: given twice, first in line 5 (keep one)",
        ':7: two words: "two words" is no citation key (write `twowords`)',
        ":8: B-DOUBLE: is there already, in line 5 (keep one, or rename its key)",
        ':9: b-ids: year: "soon" is no date (write 2026, 2026-02 or 2026-02-14)',
        ':9: b-ids: doi: "b-none" is no doi id (write it as 10.1000/182)',
        ':9: b-ids: arxiv: "12.3" is no arxiv id (write it as 2508.08221)',
        ':10: b-ids: code: "javascript:alert(1)" is no web address (write https://…)',
        ':10: b-ids: website: "data:text/html,x" is no web address (write https://…)',
        ':11: b-markup: title: "<script>alert(1)</script>" is markup (write plain words)',
        ":12: b-open: cannot be read (look for a missing key, brace, quote or comma)",
    ),
    "papers/conflict.bib": (
        "<<<<<<< HEAD\n=======\n>>>>>>> branch\n",
        ":1: a merge conflict stands here (keep one side and delete the lines with the marks)",
        ":2: a merge conflict",
        ":3: a merge conflict",
    ),
    "papers/zebra.bib": (
        "@misc{B-Empty, title = {T}, author = {A B}, year = 2026}",
        ":1: B-Empty: is there already, in content/papers/all.bib (keep one, or rename its key)",
    ),
    "pages/all.bib": ("@misc{b}", ": is not read (move it to papers/)"),
    "people.yml": (
        "Ada Lovelace:\n  address: nowhere\n  orcid: 12\n  mail: x\nAlan Turing: [x]\n",
        ": Ada Lovelace: `mail` is unknown (known: aliases, address, orcid)",
        ": Ada Lovelace: `address` is no web address (write https://…)",
        ": Ada Lovelace: `orcid` is no ORCID (write 0000-0002-1825-0097)",
        ": Alan Turing: says nothing (write",
    ),
    "papers/same.md": (
        paper("Journal: A", "Venue: B"),
        ":4: journal: given as `journal` and `venue` (keep one)",
    ),
    "papers/stage.md": (paper("Stage: soon"), ':3: stage: "soon" is no stage (write preprint, '),
    "papers/type.md": (
        paper("Type: novel"),
        ':3: type: "novel" is no type (write article-journal,',
    ),
    "papers/place.md": (
        paper("Type: article-journal"),
        ": venue: missing (write `Journal: …`, or another type)",
    ),
    "papers/names.md": (
        PAPER.replace("Ada Lovelace, Alan Turing", "A, B, C, D; E F"),
        ':2: authors: "A, B, C, D" is no name (separate authors by `;`, in a .bib by `and`)',
    ),
    "papers/same-key.md": (paper("Key: no-date"), ":3: key: is that of content/papers/no-date.md"),
    "papers/bibtex.md": (
        paper("Bibtex: @misc{x, title = {"),
        ":3: bibtex: is no BibTeX entry: cannot be read",
    ),
    "papers/private.md": (
        paper("Links: pdf | .private/p.pdf"),
        ':3: links: ".private/p.pdf" is no address and no file',
    ),
    "papers/.private/p.pdf": ("%PDF",),
    "papers/notes.md.txt": (PAPER, ": is not read (name it notes.md)"),
    "stray.md": (PAPER, ": is not read (move it to news/, papers/ or pages/, a file for the site"),
    "CNAME": ("x", ": is not read (move it to news/, papers/ or pages/, a file for the site's ro"),
    "images/backup.bak": ("x",),
    "papers/halves.md": (
        PAPER.replace("Ada Lovelace, Alan Turing", "Lovelace, A., Turing, A."),
        ':2: authors: "Lovelace" may be half of a name (separate authors by `;`)',
    ),
    "news/late.md": (NEWS.replace("Some", "Status: draft\n\nSome"), ":4: `Status:` is read as tex"),
    "news/skipped.md": ("Title: S\nStatus: skip\n\nText.\n",),
    "news/raw.md": (
        NEWS + "[x]({static}skipped.md)\n",
        ': "news/skipped.md" is no file to publish',
    ),
    "news/plain.md": (
        NEWS + "![x](../images/ok.svg) [y](key.md)\n",
        ': "../images/ok.svg" leads to no file of the site (write `{static}../images/ok.svg`)',
        ': "key.md" leads to no file of the site (write `{filename}key.md`)',
    ),
    "news/summary.md": (
        "Summary: [x]({filename}key.md)\n" + NEWS,
        ":1: summary: cannot link within the site (put the link into the text)",
    ),
    "pages/alone.md": (
        "Title: T\nSave_as: x/y.html\n\nText.\n",
        ":2: save_as: leads nowhere alone (write `Url: …` too)",
    ),
    "pages/long.md": (f"Title: T\nSlug: {'a' * 101}\n\nText.\n", ":2: slug: "),
    "extra/pages-folder": (
        "x",
        ": has the address of content/pages/pages-folder.md (rename it)",
    ),
    "pages/pages-folder.md": ("Title: T\n\nText.\n",),
    "extra/theme/css/style.css": ("x", ": has an address of the theme's (name it otherwise)"),
    "news/undated.html": (
        "<html><head><title>x</title></head><body>x</body></html>",
        ": date: missing (write `Date: 2026-02`)",
    ),
    "news/key.md": ("Sumary: x\n" + NEWS, ":1: sumary: unknown header (did you mean `summary`?)"),
    "news/paper.md": ("Paper: x\nSettings: x\n" + NEWS, ":1: paper: unknown", ":2: settings: "),
    "news/attach.md": (
        NEWS + "[x]({attach}../../secret.png) [y]({static}/.env)\n",
        ': "../secret.png" is no file below content/ (put it there)',
        ': ".env" is no file below content/ (put it there)',
    ),
    ".env": ("SECRET",),
    "news/number.md": (
        NEWS + "![x]({static}/images/%231.png)\n",
        ': "images/#1.png" cannot be linked to (rename it, without "#", "?" and "%")',
    ),
    "news/gone.md": (NEWS + "![x]({static}gone.png)\n", ': "news/gone.png" is no file below'),
    "news/template.md": ("Template: nope\n" + NEWS, ':1: template: "nope" is not there (take the'),
    "pages/template.md": ("Title: T\nTemplate: paper\n\nX.\n", ':2: template: "paper" is for o'),
    "news/alt.md": (
        NEWS + "![](https://example.org/x.png)\n",
        ": a picture has no alternative",
        ':5: "https://example.org/x.png" would be asked of another host, and is not shown (put the',
    ),
    "papers/yaml.md": (
        "---\ntitle: Tricks: a dive\n---\n\nX.\n",
        ":2: is no YAML: mapping values are not allowed here (put a value with a colon, a `#` or a",
    ),
    "papers/open-yaml.md": (
        "---\ntitle: T\n",
        ':1: no "---" ends the header (write it below the headers)',
    ),
    "papers/yaml-twice.md": (
        "---\ntitle: T\ntitle: U\nauthors: [A B]\ndate: 2026\n---\n",
        ":3: title: given twice, first in line 2 (keep one)",
    ),
    "papers/alias.md": (
        "---\ntitle: &a T\nauthors: [A B]\ndate: 2026\nvenue: *a\n---\n",
        ":5: is no YAML: aliases are not read",
    ),
    "papers/address.md": (paper("Links: a | https:"), ':3: links: "https:" is no web address'),
    "news/publications.md": (
        "Save_as: publications/index.html\nUrl: publications/\n" + NEWS,
        ": has the address of the site's own publications/index.html (rename it",
    ),
    "pages/save-as.md": (
        "Title: T\nSave_as: ../x.html\nUrl: /x\n\nText.\n",
        ':2: save_as: "../x.html" is no save_as (write a path such as a/b.html)',
        ':3: url: "/x" is no url (write a path such as a/b.html)',
    ),
    "pages/pagefind.md": ("Title: T\n\nText.\n", ": has the address of the site's own pagefind ("),
    "pages/search.md": ("Title: T\n\nText.\n", ": has the address of the site's own search/"),
    "pages/news.md": ("Title: T\n\nText.\n", ": has the address of the site's own news/index.h"),
    "extra/feeds/news.atom.xml": (
        "<x/>",
        ": has the address of the site's own feeds/news",
    ),
    "extra/index.html": ("x", ": has the address of content/home.md (rename it)"),
    "news/alias.md": (
        "Aliases: /old/, ../x, https://x.test/, news/\n" + NEWS,
        ':1: aliases: "../x" is no path of this site (write /old/address/)',
        ':1: aliases: "https://x.test/" is no path of this site (write /old/address/)',
        ": has the address of the site's own news/index.html (take this alias away)",
    ),
    "news/no-date.md": ("Title: T\n\nText.\n", ": date: missing (write `Date: 2026-02`)"),
    "news/date.md": (NEWS.replace("2026-02", "yesterday"), f':2: date: "yesterday" {NO_DATE}'),
    "news/modified.md": ("Modified: now\n" + NEWS, f':1: modified: "now" {NO_DATE}'),
    "news/no-title.md": ("Date: 2026\n\nText.\n", NO_TITLE),
    "pages/no-title.md": ("\nText.\n", ':2: "Text." is no header', NO_TITLE),
    "images/broken.png": (b"\x89PNG\r\n\x1a\n nothing",),
    "images/ok.svg": (SVG,),
    "images/#1.png": (picture("PNG", 9, 9),),
    "images/portrait.jpg": ("text", ": is no picture (save it as PNG, JPEG, WebP or SVG)"),
}
STARTS = [f"content/{file}{start}" for file, (_, *starts) in CASES.items() for start in starts]


@pytest.fixture(scope="module", params=[["--fatal", "warnings"], []])
def wrong(tmp_path_factory, request):
    """One site with everything wrong, over one that was built before."""
    folder = tmp_path_factory.mktemp("wrong")
    write(folder, {"output/index.html": "the last good page", "secret.png": "x"})
    files = {file: data for file, (data, *_) in CASES.items()} | {"home.md": HOME}
    return build(write(folder / "content", files), folder / "output", arguments=request.param)


def test_each_problem_is_told_once(wrong):
    """A mistake is told without file, key or remedy, or only after the others are mended."""
    told = [line for line in wrong.printed.splitlines() if is_problem(line)]
    untold = [start for start in STARTS if not any(line.startswith(start) for line in told)]
    assert untold == []
    unexpected = [line for line in told if not line.startswith(tuple(STARTS))]
    assert unexpected == []
    assert len(told) == len(set(told))


def test_problems_end_the_build(wrong):
    """A site with a mistake exits 0, prints a traceback, or half replaces the last one."""
    assert wrong.code == 1
    assert "Traceback" not in wrong.printed
    assert wrong.files() == {"index.html": b"the last good page"}
    count = sum(is_problem(line) for line in wrong.printed.splitlines())
    assert wrong.printed.rstrip().endswith(f"{count} problems: nothing was written.")


def test_missing_home(tmp_path):
    """A site without home.md is published without its first page."""
    content = write(tmp_path / "content", {"index.md": HOME})
    site = build(content, tmp_path / "output")
    assert site.code == 1
    assert site.printed.startswith("content/home.md: missing (write `Title: ` and your name")
    assert not site.output.exists()


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_link_to_the_outside(make, tmp_path):
    """A symbolic link in content/ brings a file from outside into the site."""
    write(tmp_path, {"secret.svg": SVG, "content/papers/p.md": ""})
    (tmp_path / "content" / "papers" / "f.svg").symlink_to(tmp_path / "secret.svg")
    (tmp_path / "content" / "images").mkdir()
    (tmp_path / "content" / "images" / "g.svg").symlink_to(tmp_path / "secret.svg")
    (tmp_path / "content" / "papers" / "s.md").symlink_to(write(tmp_path, {"s": PAPER}) / "s")
    site = make({"papers/p.md": paper("Image: f.svg", "Image_alt: X")}, check=False)
    assert site.code == 1
    assert "content/images/g.svg: leads out of content/" in site.printed
    assert "content/papers/s.md: leads out of content/" in site.printed
    assert 'content/papers/p.md:3: image: "f.svg" is not there' in site.printed
