"""Astro and Nikola, each with templates of its own."""

import json
import re
from pathlib import Path

from install import modules, packages, run
from tools import Tool

from content import (
    BASE,
    BIO,
    FEED,
    FEED_LENGTH,
    ITEM,
    LIST,
    NAME,
    SITE,
    STYLE,
    Item,
    files,
    fill,
    lines,
    yaml,
)

_CONFIG = f"""export default {{
  site: "{SITE}", outDir: "output", cacheDir: "cache", vite: {{ cacheDir: ".vite" }},
  devToolbar: {{ enabled: false }},
}};
"""
_COLLECTIONS = """import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
const all = (base) => defineCollection({ loader: glob({ pattern: "*.md", base }) });
export const collections = { news: all("content/news"), papers: all("content/papers") };
"""
_FEED = f"""import {{ day, newest }} from "../newest";
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
export async function GET() {{
  const all = (await newest("news")).slice(0, {FEED_LENGTH});
  return new Response(`@feed@`);
}}
"""
_NEWEST = """import { getCollection } from "astro:content";
export const day = (entry) => new Date(entry.data.date).toISOString().slice(0, 10);
export const newest = async (kind) =>
  (await getCollection(kind)).sort((a, b) => day(b).localeCompare(day(a)));
"""
_PATHS = """import {{ render }} from "astro:content";
export async function getStaticPaths() {{
  const all = await newest("{0}");
  return all.map((item) => ({{ params: {{ slug: item.id }}, props: {{ item }} }}));
}}
const {{ item }} = Astro.props;
const {{ Content }} = await render(item);
"""
_NIKOLA = f"""
BLOG_AUTHOR = BLOG_TITLE = BLOG_DESCRIPTION = {NAME!r}
SITE_URL, BLOG_EMAIL, TIMEZONE = "{SITE}/", "ada@science.edu", "UTC"
DEFAULT_LANG, TRANSLATIONS, NAVIGATION_LINKS = "en", {{"en": ""}}, {{"en": ()}}
POSTS = [("news/*.md", "news", "post.tmpl")]
PAGES = [("papers/*.md", "papers", "post.tmpl"), ("home/*.md", "", "home.tmpl")]
COMPILERS = {{"markdown": [".md"]}}
THEME, PRETTY_URLS, PAGE_INDEX, FEED_LENGTH = "small", True, True, {FEED_LENGTH}
INDEX_PATH, INDEX_DISPLAY_POST_COUNT = "news", 10**6
DISABLED_PLUGINS = ["classify_archive", "create_bundles", "render_galleries", "render_listings"]
SHOW_SOURCELINK, COPY_SOURCES, ENABLE_AUTHOR_PAGES = False, False, False
"""


class Astro(Tool):
    """Astro from npm, the last whose Node is that of Debian and of the long-term releases."""

    name = "Astro"
    caches = ("cache", ".vite", ".astro")
    template, style = "src/Base.astro", "public/style.css"

    def install(self) -> None:
        modules(self.work, "astro@5")
        self._program = self.work / "node_modules/.bin/astro"

    def version(self) -> str:
        package = self.work / "node_modules/astro/package.json"
        return json.loads(package.read_text("utf-8"))["version"]

    def prepare(self, site: Path) -> None:
        """Let the site import what is installed."""
        (site / "node_modules").symlink_to(self.work / "node_modules")

    def files(self, items: list[Item]) -> dict[str, str]:
        def listed(which: str) -> str:
            return fill(
                LIST, each=f"{{{which}.map((item) => (", next="))}", name="{item.data.title}",
                url="{`/${item.collection}/${item.id}/`}", day="{day(item)}",
            ).replace('"{', "{").replace('}"', "}")  # fmt: skip

        def page(up: str, title: str, code: str, main: str) -> str:
            code = f'import {{ day, newest }} from "{up}newest";\n{code}'
            return (
                f'---\nimport Base from "{up}Base.astro";\n{code}---\n'
                f"<Base title={{{title}}}>\n{main}</Base>\n"
            )

        def pages(kind: str) -> dict[str, str]:
            item = fill(
                ITEM, title="{item.data.title}", date="{day(item)}", text="<Content />",
                authors="{item.data.authors}", venue="{item.data.venue}", end="</>)}",
                doi="${item.data.doi}", **{"if": "{item.data.venue && (<>"},
            )  # fmt: skip
            item = re.sub(r'"(https://doi.org/.*?)"', r"{`\1`}", item)
            every = f'const all = await newest("{kind}");\n'
            item = page("../../", "item.data.title", _PATHS.format(kind), item)
            return {
                f"src/pages/{kind}/[slug].astro": item,
                f"src/pages/{kind}/index.astro": page("../../", '"All"', every, listed("all")),
            }

        latest = 'const news = await newest("news"), papers = await newest("papers");\n'
        both = listed("news.slice(0, 5)") + listed("papers.slice(0, 5)")
        feed = fill(
            FEED, each="${all.map((item) => `", next="`).join('')}", name="${item.data.title}",
            url="/news/${item.id}/", day="${day(item)}", whole="${escape(item.rendered.html)}",
        )  # fmt: skip
        base = fill(BASE, title="{title}", main="<slot />")
        return {
            "package.json": '{"type": "module"}\n',
            "astro.config.mjs": _CONFIG,
            "src/content.config.mjs": _COLLECTIONS,
            "src/newest.js": _NEWEST,
            self.template: f"---\nconst {{ title }} = Astro.props;\n---\n{base}",
            "src/pages/index.astro": page("../", f'"{NAME}"', latest, f"<p>{BIO}</p>\n{both}"),
            "src/pages/feed.xml.js": _FEED.replace("@feed@", feed),
            self.style: STYLE,
            **pages("news"),
            **pages("papers"),
            **files(items, yaml),
        }

    def build(self, site: Path, incremental: bool) -> list[str | Path]:
        return [self._program, "build"]

    def serve(self, site: Path, port: int) -> list[str | Path]:
        return [self._program, "dev", "--port", str(port)]


class Nikola(Tool):
    """Nikola from PyPI, with what its templates in Jinja and its own server need."""

    name, feed, sources = "Nikola", "rss.xml", "{}"
    caches = ("cache", ".doit.db*", "__pycache__")
    template, style = "themes/small/templates/base.tmpl", "files/style.css"

    def install(self) -> None:
        # Later ones tell of files that are read, too, on which it builds without end.
        packages(self.work, "nikola", "jinja2", "aiohttp", "watchdog<2.3")
        self._program = self.work / "bin/nikola"

    def version(self) -> str:
        return run(self._program, "version").split()[-1].lstrip("v")

    def files(self, items: list[Item]) -> dict[str, str]:
        def theme(what: str, main: str) -> dict[str, str]:
            start = '{% extends "base.tmpl" %}\n{% block main %}\n'
            return {f"themes/small/templates/{what}.tmpl": f"{start}{main}{{% endblock %}}\n"}

        def written(item: Item) -> str:
            return f"<!--\n{lines(item, '.. {}: {}')}-->\n\n{item.text}"

        day = "{{ post.date.strftime('%Y-%m-%d') }}"
        shown = fill(
            ITEM, title="{{ post.title() }}", date=day, authors="{{ post.meta('authors') }}",
            venue="{{ post.meta('venue') }}", doi="{{ post.meta('doi') }}", end="{% endif %}",
            text="{{ post.text() }}", **{"if": "{% if post.meta('venue') %}"},
        )  # fmt: skip
        listed = fill(
            LIST, each="{% for post in posts %}", next="{% endfor %}", day=day,
            url="{{ post.permalink() }}", name="{{ post.title() }}",
        )  # fmt: skip
        latest = "".join(
            f"{{{{% post-list post_type={kind} stop=5 template=some.tmpl %}}}}\n"
            "{{% /post-list %}}\n\n"
            for kind in ("posts", "pages")
        )
        head = f".. title: {NAME}\n.. slug: index\n.. date: 2020-01-01\n"
        return {
            "conf.py": _NIKOLA,
            "themes/small/small.theme": "[Theme]\nengine = jinja\n",
            self.template: fill(BASE, title="{{ title }}", main="{% block main %}{% endblock %}"),
            "themes/small/templates/some.tmpl": listed,
            **theme("post", shown),
            **theme("index", listed),
            **theme("list", listed),
            # It is asked for though there is none.
            **theme("tags", ""),
            **theme("home", "{{ post.text() }}\n"),
            "home/index.md": f"<!--\n{head}-->\n\n{BIO}\n\n{latest}",
            self.style: STYLE,
            **files(items, written, self.sources),
        }

    def build(self, site: Path, incremental: bool) -> list[str | Path]:
        return [self._program, "build"]

    def serve(self, site: Path, port: int) -> list[str | Path]:
        return [self._program, "auto", "--port", str(port)]
