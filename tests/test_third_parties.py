"""The recipes of docs/third-parties.md: each is complete, and allows its hosts only."""

import ast
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest
from conftest import LOCAL, ROOT, Site, run_papers, until, without_progress, write
from mistakes import GOOD, lay
from test_browser import Visit

_TEXT = (ROOT / "docs" / "third-parties.md").read_text("utf-8")
_SECTION = re.compile(r"^##+ (?P<name>[^\n]+)\n(?P<text>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^(?P<before>[^\n]+)\n\n```\w+\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)
# What each service loads, as it says itself.
HOSTS = {
    "GoatCounter": {
        "script-src": ["https://gc.zgo.at"], "connect-src": ["https://ada.goatcounter.com"],
    },
    "Plausible": {
        "script-src": ["https://plausible.io"], "connect-src": ["https://plausible.io"],
    },
    "Umami": {
        "script-src": ["https://cloud.umami.is"], "connect-src": ["https://gateway.umami.is"],
    },
    "Google Analytics": {
        "script-src": ["https://www.googletagmanager.com"],
        "img-src": ["https://*.google-analytics.com", "https://*.googletagmanager.com"],
        "connect-src": ["https://*.google-analytics.com", "https://*.analytics.google.com",
                        "https://*.googletagmanager.com"],
    },
    "giscus": {
        "script-src": ["https://giscus.app"], "style-src": ["https://giscus.app"],
        "frame-src": ["https://giscus.app"],
    },
    "YouTube": {"frame-src": ["https://www.youtube-nocookie.com"]},
    "Vimeo": {"frame-src": ["https://player.vimeo.com"]},
    "Bilibili": {"frame-src": ["https://player.bilibili.com"]},
    "Maps": {"frame-src": ["https://www.openstreetmap.org"]},
}  # fmt: skip


class Recipe(NamedTuple):
    """The code of a recipe: its settings, and its files by their paths."""

    settings: str
    files: dict[str, str]


def read_recipes() -> dict[str, Recipe]:
    """Return the recipes by their titles."""
    recipes = {}
    for section in _SECTION.finditer(_TEXT):
        settings, files = "", {}
        for block in _BLOCK.finditer(section["text"]):
            if file := re.search(r"[Ii]n `([\w./]+)`:$", block["before"]):
                files[file[1]] = block["code"]
            else:
                assert re.search(r"In a text\b.*:$", block["before"]), block["before"]
                files["content/news/good.md"] = f"Title: A talk\nDate: 2026\n\n{block['code']}"
        if files:
            settings = files.pop("pelicanconf.py")
            recipes[section["name"]] = Recipe(settings, files)
    return recipes


RECIPES = read_recipes()


# One site has them all: a text each, and the hosts together.
EMBEDS = ["YouTube", "Vimeo", "Bilibili", "Maps"]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Callable[[str], Site]:
    """Return a function that builds the site of a recipe, once."""

    @cache
    def make(name: str) -> Site:
        folder = tmp_path_factory.mktemp("recipe")
        settings, files = RECIPES[name]
        if name in EMBEDS:
            frames = [each for embed in EMBEDS for each in HOSTS[embed]["frame-src"]]
            settings = f'ALLOWED_HOSTS = {{"frames": {frames}}}\n'
            files = {
                path.replace("good", embed.lower()): text
                for embed in EMBEDS
                for path, text in RECIPES[embed].files.items()
            }
        lay(folder, GOOD, settings)
        write(folder, files)
        done = run_papers("build", "--settings", "publishconf.py", cwd=folder, SITEURL=LOCAL)
        return Site(folder / "output", done.returncode, without_progress(done.stderr))

    return lambda name: make("YouTube" if name in EMBEDS else name)


def rules(page: str) -> dict[str, list[str]]:
    """Return the hosts of other sites in a page's policy, by directive."""
    policy = re.search('Content-Security-Policy" content="([^"]*)"', page)[1]
    directives = {name: sources for name, *sources in map(str.split, policy.split(";"))}
    hosts = {name: [each for each in directives[name] if "//" in each] for name in directives}
    return {name: each for name, each in hosts.items() if each}


def test_all_recipes_are_tested():
    """A recipe has no test, or a setting that is none."""
    assert RECIPES.keys() == HOSTS.keys()
    for recipe in RECIPES.values():
        assert ast.literal_eval(recipe.settings.removeprefix("ALLOWED_HOSTS = "))


@pytest.mark.parametrize("name", HOSTS)
def test_recipe(built, name):
    """A recipe misses a host, allows another one, is not found on the page, or has problems."""
    site, expected = built(name), HOSTS[name]
    assert (site.code, site.printed) == (0, "")
    policy = rules(site.text(""))
    assert all(rules(site.text(path)) == policy for path in site.pages())
    if name in EMBEDS:
        host, link = (
            expected["frame-src"][0],
            site.page(f"news/{name.lower()}/").select_one(".embed"),
        )
        assert link["data-frame"].startswith(f"{host}/") and host in policy["frame-src"]
        assert policy == {"frame-src": [HOSTS[embed]["frame-src"][0] for embed in EMBEDS]}
        assert RECIPES[name].settings == f'ALLOWED_HOSTS = {{"frames": ["{host}"]}}\n'
        return
    assert policy == expected
    for path in ("", "news/good/"):
        sources = [each.get("src", "") for each in site.page(path).select("script")]
        other = [each for each in sources if "//" in each and not each.startswith(f"{LOCAL}/")]
        # Google's is loaded after consent, comments stand below posts only.
        is_there = name != "Google Analytics" and (name != "giscus" or path)
        assert [each.split("/")[2] for each in other] == [
            each.split("/")[2] for each in expected["script-src"] if is_there
        ]


def test_consent(browser, built):
    """Google is asked before the reader consents, or after they have said no."""
    google = "https://www.googletagmanager.com/gtag/js?id=G-XXXXXXXXXX"
    with Visit(browser, built("Google Analytics"), "") as seen:
        page = seen.page
        page.get_by_role("button", name="No", exact=True).click()
        page.reload()
        until(page, "!document.querySelector('[aria-label=Cookies]').checkVisibility()")
        assert all(url.startswith(f"{LOCAL}/") for url in seen.asked) and seen.said == []
        page.get_by_role("button", name="Cookies").click()
        page.get_by_role("button", name="Yes").click()
        until(page, "window.dataLayer?.length === 2")
        assert seen.asked.count(google) == 1
        page.reload()
        assert seen.asked.count(google) == 2
        assert not any("Content Security Policy" in text for text in seen.said)
