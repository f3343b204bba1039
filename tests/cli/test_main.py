"""The commands `check`, `build` and `publish`, as a user runs them."""

import json
import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import HOME, NEWS, PAPER, ROOT, Site, run_papers, without_progress, write
from papers.cli import check, main, publish, site_folder
from papers.publish import load_site
from papers.publish.atomic_swap import MARKER

CONF = f"""import runpy
given = runpy.run_path({str(ROOT / "publishconf.py")!r})
globals().update({{name: value for name, value in given.items() if name.isupper()}})
SITENAME = "Ada Lovelace"
OWNER = ["Ada Lovelace"]
SOCIAL, MENUITEMS = [], [("News", "news/")]
SITEURL = "https://ada.example"
THEME = {str(ROOT / "theme")!r}
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
"""
PREVIEW = CONF.replace("publishconf", "pelicanconf").replace(
    'SITEURL = "https://ada.example"\n', ""
)
PAPERS = {f"papers/p{n}.md": PAPER.replace("A Paper", f"Paper {n}") for n in range(6)}


@pytest.fixture
def site(tmp_path):
    """Return a function that runs a command in a folder with settings and content."""
    write(tmp_path, {"publishconf.py": CONF, "pelicanconf.py": CONF})
    write(tmp_path / "content", {"home.md": HOME, "news/n.md": NEWS} | PAPERS)

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return run_papers(*arguments, cwd=tmp_path, **{"GITHUB_ACTIONS": ""} | environment)

    run.folder, run.output = tmp_path, tmp_path / "output"
    return run


def files(folder: Path) -> dict[str, bytes]:
    return Site(folder, 0, "").files()


def test_check_writes_nothing(site):
    """The check writes a site, a cache or compiled files, or deletes the last site."""
    (site.folder / "publishconf.py").write_text(f"{CONF}DELETE_OUTPUT_DIRECTORY = True\n")
    write(site.folder, {"output/index.html": "the last good page"})
    before = files(site.folder)
    done = site("check", PYTHONDONTWRITEBYTECODE="1")
    assert done.stdout == "No problems, no notices in 8 files\n"
    assert without_progress(done.stderr) == ""
    assert done.returncode == 0 and files(site.folder) == before


def test_commands_load_what_they_need():
    """`check`, `build` or `publish` loads all importers, or httpx, for a sixth of its time."""
    names = "papers.cli.check, papers.cli.build, papers.cli.publish, papers.pipeline"
    print_loaded = f"import sys, {names}; print(*sys.modules)"
    command = [sys.executable, "-c", print_loaded]
    done = subprocess.run(command, cwd=ROOT / "plugins", capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "papers.check" in loaded
    assert [name for name in loaded if name.startswith(("papers.importers", "httpx"))] == []


NO_ADDRESS = CONF.replace('SITEURL = "https://ada.example"\n', "")


def test_publish_needs_an_address(site):
    """A site without an address is published with links, feeds and a sitemap for localhost."""
    write(site.folder, {"publishconf.py": NO_ADDRESS})
    for conf in (
        NO_ADDRESS,
        f'{NO_ADDRESS}SITEURL = ""\n',
        f'{CONF}SITEURL = "http://127.0.0.1"\n',
    ):
        write(site.folder, {"publishconf.py": conf})
        done = site("publish", SITEURL=" ")
        assert done.returncode == 1 and done.stdout == "" and not site.output.exists()
        for way in ("publish --url https://", "SITEURL=https://", 'SITEURL = "https://'):
            assert way in done.stderr
    # The check and the preview need none.
    assert site("check", SITEURL="").returncode == 0
    assert site("build", "-s", "publishconf.py", SITEURL="").returncode == 0


@pytest.mark.parametrize(
    ("conf", "arguments", "variable", "address"),
    [
        (NO_ADDRESS, ["--url", "https://you.github.io/name"], "", "https://you.github.io/name"),
        (NO_ADDRESS, ["--url", " https://you.github.io/a/b/ "], "", "https://you.github.io/a/b"),
        (NO_ADDRESS, [], "https://you.github.io/name/", "https://you.github.io/name"),
        (NO_ADDRESS, [], "http://localhost:8000", "http://localhost:8000"),
        (NO_ADDRESS, ["--url", "https://ada.dev"], "https://you.github.io", "https://ada.dev"),
        (CONF, [], "https://you.github.io", "https://ada.example"),
        (CONF, ["--url", "https://ada.dev"], "https://you.github.io", "https://ada.dev"),
    ],
)
def test_address(site, monkeypatch, conf, arguments, variable, address):
    """The address of --url, of the environment or of the settings is not that of the site."""
    write(site.folder, {"publishconf.py": conf})
    monkeypatch.chdir(site.folder)
    monkeypatch.setenv("SITEURL", variable)
    # It reads the environment once in a process.
    monkeypatch.setitem(sys.modules, "papers.published", None)
    del sys.modules["papers.published"]
    sites = []
    monkeypatch.setattr(
        publish,
        "build_output",
        lambda options, *_, **override: sites.append(load_site(options.settings, **override)[0]),
    )
    main.main(["publish", *arguments])
    assert [each.settings["SITEURL"] for each in sites] == [address]


def test_all_pages_have_the_address(site):
    """The address of --url is not that of links, the sitemap, or what is printed in the end."""
    write(site.folder, {"publishconf.py": NO_ADDRESS})
    address = "https://you.github.io/name"
    done = site("publish", "--url", f"{address}/", SITEURL="")
    assert done.returncode == 0, done.stderr
    page = (site.output / "papers/p1/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{address}/papers/p1/">' in page
    assert f"<loc>{address}/</loc>" in (site.output / "sitemap.xml").read_text(encoding="utf-8")
    assert f"The site for {address}/ is in output/\n" in done.stdout


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "you.github.io/name",
            '"you.github.io/name" is not the address of a site (write https://you',
        ),
        ("localhost", "is not the address of a site (write https://you.github.io)"),
        ("https:/you.github.io", "is not the address of a site"),
        ("ftp://you.github.io", "is not the address of a site"),
        ("https://you.github.io/?page=1", "has more than a host and a folder"),
        ("https://you.github.io/#top", "has more than a host and a folder"),
        ("https://me:pw@you.github.io", "has more than a host and a folder"),
        ("https://you.github.io/my name", "is not the address of a site"),
        ("https://[::1", "is not the address of a site"),
        ("", "is not the address of a site"),
    ],
)
def test_wrong_address(capsys, url, message):
    """An address that no site can have is published, or the message says not what to write."""
    with pytest.raises(SystemExit) as end:
        main.main(["publish", "--url", url])
    assert end.value.code == 2 and message in capsys.readouterr().err


def test_builds_end_with_what_comes_next(site):
    """A build ends with Pelican's count of drafts, and not with where the site is."""
    write(site.folder, {"pelicanconf.py": PREVIEW})
    for command, next_step in (("build", "pelican-papers serve"), ("publish", "git push")):
        done = site(command)
        assert done.returncode == 0 and "Processed" not in done.stdout + done.stderr
        assert "is in output/" in done.stdout.splitlines()[0] and next_step in done.stdout
    done = site("publish", "-o", "public/html")
    assert "is in public/html/" in done.stdout
    write(site.folder, {"content/news/n.md": NEWS.replace("2026-02", "2026-13")})
    assert site("build").stdout == ""


def test_name_alone(capsys):
    """The name of the program alone is an error, and shows no command."""
    assert main.main([]) == 0
    printed = capsys.readouterr()
    assert printed.err == "" and set(main.COMMANDS) <= set(printed.out.split())


def test_subfolders(site):
    """A command in a folder of the site does not find the site, or writes to another place."""
    here = site.folder / "content/papers"
    using = f"using the site in {site.folder}\n"
    done = run_papers("check", cwd=here)
    assert done.returncode == 0 and without_progress(done.stderr) == f"check: {using}"
    assert "No problems" in done.stdout
    write(site.folder, {"pelicanconf.py": PREVIEW})
    outputs = {("build",): site.output, ("publish", "-o", "../../html"): site.folder / "html"}
    for arguments, output in outputs.items():
        done = run_papers(*arguments, cwd=here)
        assert done.returncode == 0, done.stderr
        assert without_progress(done.stderr) == f"{arguments[0]}: {using}"
        assert (output / "index.html").is_file()
        shutil.rmtree(output)
    done = run_papers("export", "bibtex", "-o", "all.bib", cwd=here)
    assert done.returncode == 0 and "title" in (here / "all.bib").read_text(encoding="utf-8")
    (here / "all.bib").unlink()
    done = run_papers("new", "page", "CV", cwd=here)
    assert done.returncode == 0 and (site.folder / "content/pages/cv.md").is_file()
    write(here.parent, {"old/cv.md": "# CV\n"})
    done = run_papers("import", "cv.md", cwd=here.parent / "old")
    assert "does not exist" not in done.stderr and f"import: {using}" in done.stderr
    # A site within another one is the nearer one, and a file that is named is used as it is.
    done = run_papers("check", cwd=site.folder)
    assert without_progress(done.stderr) == ""
    write(here, {"pelicanconf.py": PREVIEW})
    assert "publishconf.py does not exist" in run_papers("check", cwd=here).stderr
    done = run_papers("check", "-s", "other.py", cwd=here)
    assert done.returncode == 2 and "other.py does not exist" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="files have no owner")
def test_settings_of_others(site, monkeypatch, capsys):
    """Settings that another user has put into a folder above, such as /tmp, are run."""
    monkeypatch.chdir(site.folder / "content")
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    monkeypatch.setattr(site_folder, "_ROOT", 4243)
    assert main.main(["check"]) == 2
    errors = capsys.readouterr().err
    assert "belongs to another user, so it is not run (if you trust it, name it: --sett" in errors


def test_publish_is_the_site_of_pelican(site):
    """The command publishes other files than Pelican does with the same settings."""
    done = site("publish")
    assert done.returncode == 0, done.stderr
    command = [sys.executable, "-m", "pelican", "-s", "publishconf.py", "-o", "other"]
    subprocess.run(command, cwd=site.folder, check=True, capture_output=True)
    marker = {MARKER: (site.output / MARKER).read_bytes()}
    assert files(site.output) == files(site.folder / "other") | marker
    assert sorted(path.name for path in site.folder.iterdir() if "output" in path.name) == [
        "output"
    ]


def test_folders_of_the_user(site):
    """`-o public_html` deletes the pages that a user has written, or nothing says how it can."""
    write(site.folder, {"public_html/index.html": "<h1>Me</h1>", "public_html/thesis.pdf": "words"})
    write(site.folder, {"site.new/new-designs/a.psd": "words"})
    before = files(site.folder / "public_html")
    for command in ("build", "publish"):
        done = site(command, "-o", "public_html")
        assert done.returncode == 1 and files(site.folder / "public_html") == before
        assert f"{command}: " in done.stderr and "index.html, thesis.pdf (choose" in done.stderr
    assert site("publish", "-o", "site").returncode == 0
    assert (site.folder / "site.new/new-designs/a.psd").exists()
    assert site("publish", "-o", "public_html", "--replace").returncode == 0
    assert files(site.folder / "public_html").keys() == files(site.folder / "site").keys()
    assert not list(site.folder.glob(".pelican-papers*"))


@pytest.mark.parametrize("folder", ["content", "content/site", "cache", "templates", "."])
def test_folders_of_the_site(site, folder):
    """With --replace the site overwrites its own content or settings."""
    conf = f'{CONF}THEME_TEMPLATES_OVERRIDES = ["templates"]\nCACHE_PATH = "cache"\n'
    write(site.folder, {"publishconf.py": conf, "cache/x": "", "templates/x": ""})
    before = files(site.folder)
    done = site("publish", "-o", folder, "--replace")
    assert done.returncode == 1 and "folder" in done.stderr and files(site.folder) == before


def test_publish_refuses_what_is_wrong(site):
    """A site with a problem, a template error or a warning replaces the last one."""
    assert site("publish").returncode == 0
    good = files(site.output)
    wrong = {
        "content/news/n.md": (NEWS + "[x](#gone)\n", "content/news/n.md:5: "),
        "templates/page.html": (
            '{% include "_policy.html" %}{{ nothing.at_all }}',
            "templates/page.html:1: nothing gives `nothing` a value",
        ),
        "templates/archives.html": ("{% if %}", "archives.html:1: "),
    }
    write(site.folder / "content", {"pages/a.md": "Title: A\n\nWords.\n"})
    for name, (text, message) in wrong.items():
        path = site.folder / name
        last = path.read_text() if path.exists() else None
        write(
            site.folder,
            {name: text, "publishconf.py": f'{CONF}THEME_TEMPLATES_OVERRIDES = ["templates"]\n'},
        )
        done = site("publish")
        assert done.returncode in (1, 2) and message in done.stderr, done.stderr
        assert "Traceback" not in done.stderr and files(site.output) == good
        path.unlink() if last is None else path.write_text(last)
    assert site("publish").returncode == 0


def test_publish_refuses_a_loss(site):
    """A site of half a checkout replaces the whole site, or --allow-loss is ignored."""
    assert site("publish").returncode == 0
    good = files(site.output)
    shutil.rmtree(site.folder / "content/papers")
    done = site("publish")
    assert (
        done.returncode == 1
        and "pages would be gone, so the last site was not replaced" in done.stderr
    )
    assert "papers/p0/index.html" in done.stderr and files(site.output) == good
    assert site("publish", "--allow-loss").returncode == 0
    assert not (site.output / "papers").exists()


def test_publish_compares_with_what_is_online(site):
    """On a new machine, without the last site, the loss of half of its pages is not noticed."""
    assert site("publish").returncode == 0
    shutil.copy(site.output / "sitemap.xml", site.folder / "last.xml")
    shutil.rmtree(site.output)
    shutil.rmtree(site.folder / "content/papers")
    done = site("publish", "--last", "last.xml")
    assert done.returncode == 1 and "would be gone" in done.stderr and not site.output.exists()
    assert site("publish", "--last", "last.xml", ALLOW_LOSS="yes").returncode == 0
    for text in ("<html>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", ""):
        (site.folder / "last.xml").write_text(text)
        done = site("publish", "--last", "last.xml")
        assert done.returncode == 0 and "last.xml is not compared: " in done.stderr
    assert site("publish", "--last", "none.xml").returncode == 0


def test_build_is_the_preview(site):
    """The preview lacks drafts, or refuses a site with fewer pages."""
    draft = PAPER.replace("\n\n", "\nStatus: draft\n\n")
    write(site.folder, {"pelicanconf.py": PREVIEW, "content/papers/d.md": draft})
    assert site("build").returncode == 0 and (site.output / "papers/d/index.html").is_file()
    shutil.rmtree(site.folder / "content/papers")
    assert site("build").returncode == 0 and not (site.output / "papers").exists()


class _Answer(BaseHTTPRequestHandler):
    def do_HEAD(self):  # noqa: N802
        self.server.asked.append(self.path)
        self.send_response(404 if "gone" in self.path else 200)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_):
        """Say nothing."""


def test_links_are_asked_with_the_option(site):
    """The check requests URLs without --links, or does not report a dead one.

    The server is a proxy: it stands for a host on the Internet.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        host, proxy = "http://far.example", f"http://127.0.0.1:{server.server_port}"
        proxies = {"http_proxy": proxy, "no_proxy": ""}
        paper = PAPER.replace("\n\n", f"\nLinks: code | {host}/code\n    data | {host}/gone\n\n")
        post = NEWS + f"[a]({host}/post#x) <{host}/gone>\n"
        write(site.folder / "content", {"papers/p0.md": paper, "news/n.md": post})
        assert site("check").returncode == 0 and server.asked == []
        done = site("check", "--links", **proxies)
        assert done.returncode == 1, done.stdout
        gone = "is a dead link: 404 (correct or delete the link)"
        assert done.stdout.splitlines()[:2] == [
            f'content/news/n.md:5: "{host}/gone" {gone}',
            f'content/papers/p0.md:5: links: "{host}/gone" {gone}',
        ]
        assert {*server.asked} == {f"{host}/code", f"{host}/gone", f"{host}/post"}
        server.asked.clear()
        report = json.loads(site("check", "--links", "--json", **proxies).stdout)
        assert report["errors"] == 2 and set(server.asked) == {f"{host}/gone"}
        server.asked.clear()
        write(site.folder / "content", {"news/n.md": f"{NEWS}<{proxy}/own>\n"})
        done = site("check", "--links", **proxies)
        own = "127.0.0.1 is not on the public Internet, where your readers are"
        assert own in done.stdout and "/own" not in "".join(server.asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def work_on(source_path: Path, depth: int = 0) -> None:
    """Work on a file without end."""
    work_on(source_path, depth + 1)


def work_on_pages(error: type[BaseException], page: SimpleNamespace) -> None:
    """Fail while a page is made."""
    raise error


@pytest.mark.parametrize(
    ("work", "message"),
    [
        (partial(work_on, Path("news.md")), "check: news.md: is nested too deeply"),
        (
            partial(work_on_pages, MemoryError, SimpleNamespace(source_path="news.md")),
            "check: news.md: needs more memory",
        ),
        (
            partial(work_on_pages, RecursionError, SimpleNamespace(source_path="none.md")),
            "check: something in the content: is nested too deeply",
        ),
    ],
)
def test_last_net_names_the_file(tmp_path, monkeypatch, capsys, work, message):
    """An error that no reader handles ends a command with a traceback, and names no file."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"news.md": NEWS, "publishconf.py": ""})
    monkeypatch.setattr(check, "run", lambda options: work())
    assert main.main(["check"]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith(message) and printed.count("\n") == 1


@pytest.mark.parametrize("page", ["{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
                                  '{% include "article.html" %}'])  # fmt: skip
def test_template_that_calls_itself(site, page):
    """A template that calls itself ends a build with a traceback of a thousand lines."""
    page = f'<!doctype html><html><head>{{% include "_policy.html" %}}</head>{page}'
    write(site.folder / "templates", {"article.html": page})
    done = site("publish")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "article.html:1: it calls itself endlessly" in done.stderr
