"""Beside other plugins, the site is as right as alone, and they find what Pelican gives them."""

import importlib
import re
import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import HOME, NEWS, PAPER, ROOT, write
from papers.build import fingerprint
from papers.preview import MemorySite
from papers.publish import build_site

CONF = f"""import runpy
settings = runpy.run_path({str(ROOT)!r} + "/{{conf}}.py")
globals().update({{{{name: value for name, value in settings.items() if name.isupper()}}}})
SITENAME = AUTHOR = "Ada Lovelace"
OWNER, SOCIAL, MENUITEMS = [AUTHOR], [], [("News", "news/")]
{{url}}
PATH, CACHE_PATH = "content", "cache"
THEME, THEME_TEMPLATES_OVERRIDES = {str(ROOT / "theme")!r}, []
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}, "neighbours"]
PLUGINS = ["papers"]
"""
CONTENT = {
    "home.md": HOME,
    "papers/a.md": PAPER + "\n\n[file]({attach}a.txt)\n",
    "papers/a.txt": "attached",
    "papers/b.md": f"Aliases: old/\n{PAPER}".replace("A Paper", "Nuts & *bolts*"),
    "news/n1.md": NEWS,
    "news/n2.md": NEWS.replace("An item", "Second & last").replace("2026-02", "2026-01"),
    "pages/about.md": "Title: About\n\nThis site.\n",
}
# Records what a plugin sees, and changes pages as minifiers do.
PROBE = """
from pathlib import Path
from pelican import signals

def register():
    signals.content_written.connect(change)
    signals.finalized.connect(look)

WRITTEN, FILES = {}, {}

def change(path, context):
    content = context.get("article") or context.get("page")
    neighbours = [getattr(content, f"{name}_article", None) for name in ("next", "prev")]
    text = Path(path).read_text()
    WRITTEN[path] = text, context["output_file"], content, neighbours
    Path(path).write_text(text + "<!-- changed -->")

def look(pelican):
    output = Path(pelican.output_path)
    FILES.update((path, path.read_bytes()) for path in output.rglob("*") if path.is_file())
"""
# Does what plugins do to contents, generators and files.
MEDDLER = """
from pathlib import Path
from pelican import signals
from pelican.contents import Page
from pelican.generators import Generator

def register():
    signals.content_object_init.connect(add_words)
    signals.article_generator_write_article.connect(add_last_words)
    signals.all_generators_finalized.connect(change_contents)
    signals.get_generators.connect(add_generator)
    signals.finalized.connect(add_file)
    # After those of all plugins that connect in register().
    signals.initialized.connect(connect_late)

def connect_late(pelican):
    signals.all_generators_finalized.connect(change_late)

def add_words(content):
    if content.get_relative_source_path() == "pages/about.md":
        content._content += "<p>From init.</p>"

def add_last_words(generator, content):
    if content.slug == "n2":
        content._content += "<p>From the end.</p>"

def change_contents(generators):
    for article in generators[0].articles:
        article._content = article._content.replace("Some", "Several")

def change_late(generators):
    for article in generators[0].articles:
        article.get_content(generators[0].context["SITEURL"])
        article._content += "<p>From late.</p>"
        article.title = f"R&amp;D {article.title}"

class Extra(Generator):
    def generate_output(self, writer):
        page = Page("<p>Own.</p>", {"title": "Mine &amp; yours", "slug": "own"},
                    settings=self.settings, context=self.context)
        writer.write_file("own/index.html", self.get_template("page"), self.context,
                          relative_urls=self.settings["RELATIVE_URLS"], page=page)

def add_generator(pelican):
    return Extra

def add_file(pelican):
    Path(pelican.output_path, "added.txt").write_text("added")
"""
WRITER = """
from pelican import signals
from pelican.writers import Writer

class Own(Writer):
    def write_file(self, name, *args, **kwargs):
        super().write_file(name, *args, **kwargs)
        if not name:
            return
        with open(f"{self.output_path}/{name}", "a") as file:
            file.write("<!-- own -->")

def choose(pelican):
    return Own

def register():
    signals.get_writer.connect(choose)
"""
NAMES = ["neighbors", "sitemap", "probe"]
ORDERS = [[*NAMES, "papers"], ["papers", *reversed(NAMES)], ["sitemap", "papers", "probe"]]


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a site and plugins; what they connect ends with the test."""
    write(tmp_path, {
        "publishconf.py": CONF.format(conf="publishconf", url='SITEURL = "https://ada.example"'),
        "pelicanconf.py": CONF.format(conf="pelicanconf", url=""),
    })  # fmt: skip
    write(tmp_path / "content", CONTENT)
    plugins = {"probe.py": PROBE, "meddler.py": MEDDLER, "own_writer.py": WRITER}
    write(tmp_path / "neighbours", plugins)
    yield tmp_path
    for name in ("probe", "meddler", "own_writer"):
        sys.modules.pop(name, None)
    for signal in vars(fingerprint.signals).values():
        for receiver in fingerprint.list_receivers(signal):
            if not fingerprint.is_ours(receiver):
                signal.disconnect(receiver)


def use(folder: Path, plugins: list[str], **settings: object) -> None:
    """Let the site use these plugins."""
    lines = [f"{name} = {value!r}\n" for name, value in {"PLUGINS": plugins, **settings}.items()]
    for name in ("publishconf.py", "pelicanconf.py"):
        with (folder / name).open("a") as file:
            file.writelines(lines)


def build(folder: Path, output: str, last: str = "last", conf: str = "publishconf.py"):
    build_site(folder / conf, folder / output, folder / last)
    paths = (path for path in (folder / output).rglob("*") if path.is_file())
    return {path.relative_to(folder / output).as_posix(): path.read_bytes() for path in paths}


def test_built_beside_others(folder):
    """Beside another plugin the bytes of the site are others, or files of it are missing."""
    alone = build(folder, "alone")
    write(folder / "neighbours", {"idle.py": "def register():\n    pass\n"})
    use(folder, ["idle", "papers"])
    for output in ("first", "again"):
        beside = build(folder, output, last="first")
        assert beside.keys() == alone.keys()
        assert [path for path in alone if beside[path] != alone[path]] == []


@pytest.mark.parametrize("plugins", ORDERS, ids=" ".join)
def test_neighbours(folder, plugins):
    """Other plugins are not told of a page, find half of the files, or lose what they change."""
    alone = build(folder, "alone")
    use(folder, plugins)
    for output in ("first", "again"):
        files = build(folder, output, last="first")
        probe = importlib.import_module("probe")
        root = folder / output
        written = {
            Path(path).relative_to(root).as_posix(): facts for path, facts in probe.WRITTEN.items()
        }
        seen = {path.relative_to(root).as_posix(): data for path, data in probe.FILES.items()}
        probe.WRITTEN.clear()
        probe.FILES.clear()
        pages = {path for path in alone if path.endswith(".html")}
        assert written.keys() == pages and len(pages) > 9
        assert files.keys() == alone.keys() == seen.keys()
        for path, data in files.items():
            if path in pages:
                text, output_file, content, neighbours = written[path]
                assert text.encode() == alone[path], path
                assert data.decode() == f"{text}<!-- changed -->"
                assert output_file == path
                if path.startswith("news/n"):
                    assert content.save_as == path
                    assert "neighbors" not in plugins or any(neighbours), path
                elif path.startswith("papers/"):
                    assert content.paper.title
            elif path != "sitemap.xml":
                assert data == alone[path], path
                assert seen[path] == data, path
        sitemap = files["sitemap.xml"].decode()
        addresses = re.findall(r"<loc>https://ada.example/(.*)</loc>", sitemap)
        expected = {path.removesuffix("index.html") for path in pages}
        assert set(addresses) == expected and len(addresses) == len(pages)


def test_receiver_without_a_plugin(folder):
    """What settings or programs connect to Pelican's signals is not called for every page."""
    written = []

    def note(path, context):
        written.append(Path(path).relative_to(context["OUTPUT_PATH"]).as_posix())

    fingerprint.signals.content_written.connect(note)
    for output in ("first", "again"):
        files = build(folder, output, last="first")
        assert sorted(written) == sorted(path for path in files if path.endswith(".html"))
        written.clear()


@pytest.mark.parametrize("plugins", [["meddler", "papers"], ["papers", "meddler"]], ids=" ".join)
def test_changes_of_others(folder, plugins):
    """What another plugin changes, adds or writes is lost, or ends the build."""
    use(folder, plugins)
    for output in ("first", "again"):
        files = build(folder, output, last="first")
        page = files["news/n2/index.html"].decode()
        for words in ("Several <strong>", "From late.", "From the end."):
            assert words in page, words
        assert "<h1>R&amp;D Second &amp; last</h1>" in page
        assert b"From init." in files["about/index.html"]
        own = files["own/index.html"].decode()
        assert "<h1>Mine &amp; yours</h1>" in own and "<p>Own.</p>" in own
        assert files["added.txt"] == b"added"
        assert b"From late." in files["feeds/news.atom.xml"]
        assert b"R&amp;D Second" in files["feeds/news.atom.xml"]


def test_writer_of_others(folder):
    """A plugin with a writer of its own ends the build, or one of the two writers is not used."""
    use(folder, ["papers", "own_writer"])
    alone_files = {"feeds/news.atom.xml", "papers.bib", "theme/css/style.css"}
    for output in ("first", "again"):
        files = build(folder, output, last="first")
        pages = [path for path in files if path.endswith(".html")]
        assert pages and all(files[path].endswith(b"<!-- own -->") for path in pages)
        assert alone_files <= files.keys()


@pytest.mark.parametrize("layer", ["reader", "generator"])
def test_pelicans_cache(folder, layer):
    """With another plugin and Pelican's cache, the second build differs from the first."""
    write(folder / "neighbours", {"idle.py": "def register():\n    pass\n"})
    use(folder, ["idle", "papers"])
    clean = build(folder, "clean")
    use(folder, ["idle", "papers"], CACHE_CONTENT=True, LOAD_CONTENT_CACHE=True,
        CONTENT_CACHING_LAYER=layer, CHECK_MODIFIED_METHOD="mtime")  # fmt: skip
    for output in ("first", "again"):
        files = build(folder, output, last="first")
        assert [path for path in clean if files.get(path) != clean[path]] == [], output


def test_without_others_again(folder):
    """A page that a plugin has changed stays changed after the plugin is taken away."""
    alone = build(folder, "first")
    use(folder, ["papers", "probe"])
    build(folder, "changed", last="first")
    use(folder, ["papers"])
    for signal in (fingerprint.signals.content_written, fingerprint.signals.finalized):
        for receiver in fingerprint.list_receivers(signal):
            signal.disconnect(receiver)
    assert build(folder, "again", last="changed") == alone
    assert (folder / "first/index.html").read_bytes() == alone["index.html"]


def test_preview_beside_others(folder):
    """The preview shows pages without what other plugins do, or as they were before an edit."""
    use(folder, ["meddler", "papers", "probe"])
    text = folder / "content/news/n1.md"
    with closing(MemorySite(folder / "pelicanconf.py")) as site:
        site.update()
        for words in ("words", "letters"):
            text.write_text(text.read_text().replace("words", words))
            site.update_in_place({text})
            site.update({text})
            assert [problem for problem in site.problems if not problem.notice] == []
            shutil.rmtree(folder / "built", ignore_errors=True)
            built = build(folder, "built", conf="pelicanconf.py")
            shown = {path: site.answer(path).data for path in site.paths()}
            assert shown.keys() == built.keys()
            assert [path for path in built if shown[path] != built[path]] == []
            assert f"<strong>{words}</strong>" in shown["news/n1/index.html"].decode()
            assert b"<!-- changed -->" in shown["index.html"]
        (folder / "content/news/n2.md").unlink()
        site.update({folder / "content/news/n2.md"})
        assert site.answer("news/n2/index.html") is None
