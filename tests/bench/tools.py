"""The tools that are compared: how each is installed, fed, run and looked at."""

import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from install import run

from content import (
    BASE,
    BIO,
    EDITED,
    FEED_LENGTH,
    ITEM,
    LIST,
    NAME,
    SITE,
    STYLE,
    Item,
    files,
    fill,
    plain,
)

ROOT = Path(__file__).resolve().parents[2]


class Tool:
    """A tool; commands are run where the site's files lie."""

    name = ""
    # What it writes and keeps; and where lists, feed and the files that are edited are.
    caches: tuple[str, ...] = ()
    papers, feed = "papers", "feed.xml"
    sources, template, style = "content/{}", "", ""

    def __init__(self, work: Path):
        self.work = work

    def install(self) -> None:
        """Install what is missing. Raises Absent."""

    def version(self) -> str:
        """Return the version that is measured."""
        raise NotImplementedError

    def files(self, items: list[Item]) -> dict[str, str]:
        """Return all that a site is made of: path to text."""
        raise NotImplementedError

    def prepare(self, site: Path) -> None:
        """Put beside the files of a site what is not a text."""

    def build(self, site: Path, incremental: bool) -> list[str | Path]:
        """Return the command that writes the site, from the last build's files if `incremental`."""
        raise NotImplementedError

    def serve(self, site: Path, port: int) -> list[str | Path]:
        """Return the command that shows the site while it is written."""
        raise NotImplementedError


class Pelican(Tool):
    """Pelican as it comes, from the project's own environment."""

    name, typogrify = "Pelican", False
    caches = ("cache",)
    template, style = "theme/templates/base.html", "theme/static/style.css"

    def version(self) -> str:
        return version("pelican")

    def files(self, items: list[Item]) -> dict[str, str]:
        def theme(what: str, main: str, title: str = NAME) -> dict[str, str]:
            start = f'{{% extends "base.html" %}}\n{{% block title %}}{title}{{% endblock %}}\n'
            text = f"{start}{{% block main %}}\n{main}{{% endblock %}}\n"
            return {f"theme/templates/{what}.html": text}

        def item(kind: str) -> str:
            return fill(
                ITEM, title=f"{{{{ {kind}.title }}}}", text=f"{{{{ {kind}.content }}}}",
                date=f"{{{{ {kind}.date.strftime('%Y-%m-%d') }}}}", end="{% endif %}",
                authors=f"{{{{ {kind}.authors | join(', ') }}}}", doi=f"{{{{ {kind}.doi }}}}",
                venue=f"{{{{ {kind}.venue }}}}", **{"if": f"{{% if {kind}.venue %}}"},
            )  # fmt: skip

        def listed(which: str) -> str:
            return fill(
                LIST, each=f"{{% for item in {which} %}}", next="{% endfor %}",
                url="/{{ item.url }}", name="{{ item.title }}",
                day="{{ item.date.strftime('%Y-%m-%d') }}",
            )  # fmt: skip

        newest = "pages | sort(attribute='date', reverse=true)"
        base = fill(
            BASE, title="{% block title %}{% endblock %}", main="{% block main %}{% endblock %}"
        ).replace("/style.css", "/theme/style.css")
        both = listed("articles[:5]") + listed(f"({newest})[:5]")
        return {
            "conf.py": self.settings(),
            "theme/templates/base.html": base,
            "theme/static/style.css": STYLE,
            **theme("article", item("article"), "{{ article.title }}"),
            **theme("page", item("page"), "{{ page.title }}"),
            **theme("index", f"<p>{BIO}</p>\n{both}"),
            **theme("archives", listed("dates")),
            **theme("papers", listed(newest)),
            **files(items, plain),
        }

    def settings(self) -> str:
        return f"""
SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = {NAME!r}, {SITE!r}, "UTC", "en"
PATH, OUTPUT_PATH, CACHE_PATH, THEME = "content", "output", "cache", "theme"
ARTICLE_PATHS, PAGE_PATHS, STATIC_PATHS = ["news"], ["papers"], []
SLUGIFY_SOURCE, DEFAULT_CATEGORY, FILENAME_METADATA = "basename", "News", ""
ARTICLE_URL, ARTICLE_SAVE_AS = "news/{{slug}}/", "news/{{slug}}/index.html"
PAGE_URL, PAGE_SAVE_AS = "papers/{{slug}}/", "papers/{{slug}}/index.html"
DIRECT_TEMPLATES = ["index", "archives", "papers"]
ARCHIVES_SAVE_AS, PAPERS_SAVE_AS = "news/index.html", "papers/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM, FEED_MAX_ITEMS = "feed.xml", {FEED_LENGTH}
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TYPOGRIFY = {self.typogrify}
"""

    def command(self, site: Path, *more: str | Path, incremental: bool) -> list[str | Path]:
        caching = ["-e", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"] if incremental else []
        return [sys.executable, "-m", "pelican", "-s", site / "conf.py", *more, *caching]

    def build(self, site: Path, incremental: bool) -> list[str | Path]:
        return self.command(site, incremental=incremental)

    def serve(self, site: Path, port: int) -> list[str | Path]:
        return self.command(site, "-r", "-l", "-p", str(port), incremental=True)


class Typogrified(Pelican):
    """Pelican with typogrify, which ours uses."""

    name, typogrify = "Pelican + typogrify", True

    def version(self) -> str:
        return f"{super().version()} + {version('typogrify')}"


class Ours(Tool):
    """This repository, forked: its plugin and theme, with all that they make."""

    name, papers, feed = "ours", "publications", "feeds/news.atom.xml"
    caches = ("cache",)
    template, style = "theme/templates/base.html", "theme/static/css/style.css"

    def version(self) -> str:
        commit = run("git", "rev-parse", "--short", "HEAD", cwd=ROOT).strip()
        changed = run("git", "status", "--porcelain", "--", "plugins", "theme", cwd=ROOT)
        return f"{commit} with changes" if changed else commit

    def files(self, items: list[Item]) -> dict[str, str]:
        selected = [item.name for item in items if item.kind == "papers"][-5:]
        home = f"Title: {NAME}\n\n{BIO}\n\n## News\n\n[NEWS]\n\n## Papers\n\n[PAPERS]\n"
        texts = {"content/home.md": home, **files(items, plain)}
        for name in selected:
            path = f"content/papers/{name}.md"
            texts[path] = f"selected: yes\n{texts[path]}"
        return texts | {
            "conf.py": self.settings("publishconf") + f"SITEURL = {SITE!r}\n",
            "preview.py": self.settings("pelicanconf"),
        }

    def prepare(self, site: Path) -> None:
        """Copy the plugin, the theme and the settings, and make the files to edit."""
        for name in ("plugins", "theme"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, site / name, ignore=ignored)
        for name in ("pelicanconf.py", "publishconf.py"):
            shutil.copy(ROOT / name, site)
        template, style = site / self.template, site / self.style
        text = template.read_text("utf-8")
        text = text.replace("</footer>", f"<p>{EDITED}</p>\n</footer>")
        template.write_text(text, "utf-8")
        with style.open("a", encoding="utf-8") as file:
            file.write(f"\n.{EDITED} {{ color: #345; }}\n")

    def settings(self, which: str) -> str:
        return f"""
import sys
sys.path.insert(0, __file__.rpartition("/")[0])
from {which} import *
SITENAME = AUTHOR = {NAME!r}
OWNER = [AUTHOR]
SOCIAL = [("Email", "mailto:ada@science.edu")]
PATH, OUTPUT_PATH, CACHE_PATH, THEME = "content", "output", "cache", "theme"
PLUGIN_PATHS, THEME_TEMPLATES_OVERRIDES = ["plugins"], []
"""

    def build(self, site: Path, incremental: bool) -> list[str | Path]:
        plugin, conf = site / "plugins/papers", site / "conf.py"
        return [sys.executable, plugin, "publish", "-s", conf, "-o", site / "output"]

    def serve(self, site: Path, port: int) -> list[str | Path]:
        plugin, conf = site / "plugins/papers", site / "preview.py"
        return [sys.executable, plugin, "serve", "-s", conf, "--port", str(port)]
