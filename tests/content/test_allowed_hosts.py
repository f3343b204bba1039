"""ALLOWED_HOSTS: what it may hold, what it allows, and the pages' policy."""

import re

import pytest
from conftest import NEWS, ROOT
from jinja2 import StrictUndefined, Template
from papers.content.allowed_hosts import (
    HOST_USES,
    check_allowed_hosts,
    find_host_use,
    find_origin,
    is_allowed_host,
)
from papers.content.body import check_html
from papers.content.header import Header
from papers.util import parse_fragment

POLICY = (ROOT / "theme" / "templates" / "_policy.html").read_text("utf-8")
EVERY_HOST, ANYTHING = "would allow every host", "would allow anything that gets into a page"
NO_HOST = "is not the address of a host (write"


@pytest.mark.parametrize(
    "host",
    ["https://gc.zgo.at", "https://player.vimeo.com:8443", "https://*.google-analytics.com",
     "https://xn--bcher-kva.example", "https://a-b.c1.co.uk"],
)  # fmt: skip
def test_valid_hosts(host):
    """A host that a browser understands is refused."""
    assert list(check_allowed_hosts({use: [host] for use in HOST_USES})) == []


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("*", EVERY_HOST), ("https:", EVERY_HOST), ("https://*", EVERY_HOST),
        ("HTTPS:", EVERY_HOST),
        ("https://", EVERY_HOST), ("*.com", EVERY_HOST), ("https://*.com", EVERY_HOST),
        ("https://*.co.uk", EVERY_HOST), ("https://*.ac.jp:443", EVERY_HOST), ("//*", EVERY_HOST),
        ("http:", EVERY_HOST), ("wss:", EVERY_HOST),
        ("data:", ANYTHING), ("blob:", ANYTHING), ("javascript:alert(1)", ANYTHING),
        ("'unsafe-inline'", ANYTHING), ("'unsafe-eval'", ANYTHING), ("DATA:image/png", ANYTHING),
        ("'self'", NO_HOST), ("'none'", NO_HOST), ("'nonce-abc'", NO_HOST),
        ("gc.zgo.at", f"{NO_HOST} https://gc.zgo.at)"),
        ("http://plausible.io", f"{NO_HOST} https://plausible.io)"),
        ("//plausible.io/js/", f"{NO_HOST} https://plausible.io)"),
        ("https://Giscus.app/", f"{NO_HOST} https://giscus.app)"),
        ("https://cdn.example/a.js", f"{NO_HOST} https://cdn.example)"),
        ("https://a.example; img-src *", NO_HOST), ("https://a.example img.example", NO_HOST),
        ('https://a.example"><script>', NO_HOST), ("https://a.example\n", NO_HOST),
        ("https://a*.example.org", NO_HOST), ("https://bücher.example", NO_HOST),
        ("https://localhost", NO_HOST), ("https://[::1]", NO_HOST), ("https://[", NO_HOST),
        ("https://user@a.example", NO_HOST), ("", "is not a host"), (3, "3 is not a host"),
        (None, "None is not a host"), (["https://a.example"], "is not a host"),
    ],
)  # fmt: skip
def test_invalid_hosts(host, message):
    """A host lets in every other one, or code within the page, or ends the policy."""
    assert [message in each for each in check_allowed_hosts({"images": [host]})] == [True]
    for use in HOST_USES:
        for address in ("https://a.example/x", "https://gc.zgo.at/", "//plausible.io"):
            assert not is_allowed_host({use: [host]}, use, address)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"script": []}, '"script" is not something that pages load (did you mean `scripts`?)'),
        ({"iframes": []}, '"iframes" is not something that pages load (did you mean `frames`?)'),
        ({"script-src": []}, "is not something that pages load (write one of scripts, styles, "),
        ({3: []}, '"3" is not something that pages load (write one of scripts'),
        ({"frames": "https://a.example"}, '"frames" is not followed by a list (write "frames": ['),
        ({"frames": None}, '"frames" is not followed by a list'),
    ],
)
def test_invalid_uses(table, message):
    """A misspelt use allows nothing, and nothing is reported."""
    assert [message in each for each in check_allowed_hosts(table)] == [True]


def test_what_is_allowed():
    """A host is allowed for another use, or another host with it."""
    table = {"frames": ["https://a.example", "https://*.b.example"], "scripts": []}
    for address in ("https://a.example/x", "//A.example", "https://x.y.b.example:443/?q",
                    " https:\\\\a.example", "https://a.exa\nmple/"):  # fmt: skip
        assert is_allowed_host(table, "frames", address), address
        assert not is_allowed_host(table, "scripts", address)
        assert not is_allowed_host(table, "images", address)
    for address in (
        "http://a.example/", "https://a.example:8443/", "https://a.example.evil.example/", "",
        "https://b.example/", "https://xb.example", "https://a.example@evil.example/", "https://[",
        "data:text/html,x", "javascript:alert(1)", "/a.example",
    ):  # fmt: skip
        assert not is_allowed_host(table, "frames", address), address
    for invalid in (None, [], "https://a.example", {"frames": "https://a.example"}):
        assert not is_allowed_host(invalid, "frames", "https://a.example")
    assert find_origin("//a.example:8443/x") == "https://a.example:8443"


@pytest.mark.parametrize(
    ("use", "html"),
    [
        ("scripts", "<script src=https://a.example/x.js></script>"),
        ("scripts", "<link rel=modulepreload href=//a.example/x.js>"),
        ("scripts", "<link rel=preload as=script href=//a.example/x.js>"),
        ("scripts", "<svg><script href=https://a.example/x.js></script></svg>"),
        ("frames", "<iframe src=https://a.example/x title=A></iframe>"),
        ("images", "<img src=https://a.example/x.png alt=''>"),
        ("images", "<img src=x.png srcset='x.png 1x, https://a.example/x.png 2x' alt=''>"),
        ("images", "<video poster=//a.example/x.png></video>"),
        ("images", "<svg><image href=https://a.example/x.png /></svg>"),
        ("images", "<p style='background: url(https://a.example/x.png)'>x</p>"),
        ("media", "<video src=https://a.example/x.mp4></video>"),
        ("media", "<audio><source src=https://a.example/x.mp3></audio>"),
        ("styles", "<link rel='stylesheet' href=https://a.example/x.css>"),
        ("styles", "<style>@import 'https://a.example/x.css';</style>"),
        ("fonts", "<style>@font-face { src: url(https://a.example/x.woff2) }</style>"),
        ("connections", "<a href=x ping=https://a.example/x>x</a>"),
        ("forms", "<form action=https://a.example/x></form>"),
    ],
)
def test_texts_that_use_a_host(tmp_path, use, html):
    """The check reports what the settings allow, or accepts what the policy blocks."""

    def errors(allowed_hosts: dict) -> list[str]:
        header, settings = Header("x.md"), {"PATH": str(tmp_path), "ALLOWED_HOSTS": allowed_hosts}
        check_html(header, html, tmp_path / "x.md", settings)
        return [each.message for each in header.problems if "another host" in each.message]

    others = {other: ["https://a.example"] for other in HOST_USES if other != use}
    in_css = "url(" in html or "@import" in html
    assert errors({use: ["https://a.example"]}) == []
    assert len(errors({}) + errors({use: ["https://b.example"]})) == 2
    assert len(errors(others)) == (0 if in_css else 1)
    if not in_css:
        assert f'ALLOWED_HOSTS = {{"{use}": ["https://a.example"]}})' in errors({})[0]
        elements = parse_fragment(html).elements
        assert use in {find_host_use(each, name) for each in elements for name in each.attributes}


@pytest.mark.parametrize(
    "html", ["<object data=//a.example/x></object>", "<embed src=https://a.example/x>"]
)
def test_what_no_setting_allows(tmp_path, html):
    """A plug-in of another host is let in."""
    header = Header("x.md")
    settings = {
        "PATH": str(tmp_path),
        "ALLOWED_HOSTS": {use: ["https://a.example"] for use in HOST_USES},
    }
    check_html(header, html, tmp_path / "x.md", settings)
    assert ["another host" in each.message for each in header.problems] == [True]
    assert "ALLOWED_HOSTS" not in header.problems[0].message


def rules(page: str) -> dict[str, list[str]]:
    """Return the directives of a page's policy, each with its sources."""
    policy = re.search('Content-Security-Policy" content="([^"]*)"', page)[1]
    return {name: sources for name, *sources in map(str.split, policy.split(";"))}


def test_policy():
    """The policy allows other hosts than the settings, or for other uses."""

    def render(**settings) -> str:
        template = Template(POLICY, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        return template.render(generator="x", **settings)

    strict, empty = render(), render(ALLOWED_HOSTS={})
    assert strict == empty and "http" not in strict.replace("http-equiv", "")
    assert not strict.startswith("\n") and "frame-src" not in strict
    directives = ("script-src", "style-src", "font-src", "img-src", "media-src", "frame-src",
                  "connect-src", "form-action")  # fmt: skip
    hosts = ["https://a.example", "https://*.b.example"]
    for use, directive in zip(HOST_USES, directives, strict=True):
        base = rules(strict)
        assert rules(render(ALLOWED_HOSTS={use: hosts})) == base | {
            directive: base.get(directive, []) + hosts
        }


def test_policy_of_a_site(make):
    """A page, a redirect or a list has another policy than the rest of the site."""
    hosts = {"scripts": ["https://gc.zgo.at"], "frames": ["https://player.vimeo.com"]}
    news = NEWS.replace("\n\n", "\nAliases: /old/\n\n") + (
        "\n<script src='https://gc.zgo.at/count.js' async></script>\n"
    )
    site = make(
        {"news/n.md": news}, settings={"ALLOWED_HOSTS": hosts}, SITEURL="https://ada.example"
    )
    policies = {str(rules(site.text(path))) for path in site.pages()}
    assert len(policies) == 1 and len(site.pages()) > 5
    policy = rules(site.text(""))
    assert policy["script-src"] == ["'self'", "'wasm-unsafe-eval'", "https://gc.zgo.at"]
    assert policy["frame-src"] == ["https://player.vimeo.com"]
