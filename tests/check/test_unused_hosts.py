"""Hosts of ALLOWED_HOSTS that no page uses."""

from types import SimpleNamespace

import pytest
from conftest import write
from papers.check.page_policy import check_unused_hosts

TAG = '<script src="https://gc.zgo.at/count.js" async></script>'
LINK = '<a class="embed" data-frame="https://player.vimeo.com/video/1" href="https://vimeo.com/1">'


@pytest.fixture
def unused(tmp_path):
    """Return a function that returns the hosts of a setting that a site does not use."""

    def check(hosts: dict, files: dict[str, str], html: str = "<p>x</p>") -> list[str]:
        write(tmp_path, files | {"pelicanconf.py": f"A = 1\nALLOWED_HOSTS = {hosts}\n"})
        text = SimpleNamespace(header=SimpleNamespace(html=html))
        context = {
            "PATH": str(tmp_path / "content"), "ALLOWED_HOSTS": hosts,
            "generated_content": {"a": text, "b": None},
            "static_content": {"extra/consent.js": 0, "images/gone.js": 0},
            "TEMPLATE_PAGES": {"own.html": "own/index.html"},
            "THEME_TEMPLATES_OVERRIDES": [str(tmp_path / "templates"), str(tmp_path / "none")],
        }  # fmt: skip
        problems = check_unused_hosts(context)
        assert all(each.notice and each.file == "pelicanconf.py" for each in problems)
        assert {each.line for each in problems} <= {2}
        return [each.message for each in problems]

    return check


@pytest.mark.parametrize(
    ("hosts", "files", "html"),
    [
        ({}, {}, ""),
        ({"scripts": []}, {}, ""),
        ({"scripts": ["https://gc.zgo.at"]}, {"templates/base.html": TAG}, ""),
        ({"scripts": ["https://gc.zgo.at"]}, {"content/own.html": TAG}, ""),
        ({"scripts": ["https://gc.zgo.at"]}, {}, TAG),
        ({"scripts": ["https://gc.zgo.at"]}, {}, "<script src='//GC.zgo.at'></script>"),
        ({"scripts": ["https://*.zgo.at"]}, {"content/extra/consent.js": "x = '//gc.zgo.at/'"}, ""),
        ({"frames": ["https://player.vimeo.com"]}, {}, LINK),
        # What a script of another host loads is unknown.
        ({"scripts": ["https://gc.zgo.at"], "images": ["https://i.example"]}, {}, TAG),
    ],
)
def test_used_hosts(unused, hosts, files, html):
    """A host that a page uses is reported."""
    assert unused(hosts, files, html) == []


@pytest.mark.parametrize(
    ("hosts", "html", "message"),
    [
        ({"scripts": ["https://gc.zgo.at"]}, "<p>gc.zgo.at", "https://gc.zgo.at (delete it)"),
        ({"scripts": ["https://gc.zgo"]}, TAG, '"scripts" from https://gc.zgo (delete'),
        ({"images": ["https://zgo.at"]}, TAG, '"images" from https://zgo.at (delete it)'),
        ({"images": ["https://*.gc.zgo.at"]}, TAG, "https://*.gc.zgo.at (delete it)"),
        ({"frames": ["https://example.org"]}, '<a title=x href="https://example.org/">', "(delete"),
        ({"frames": ["https://vimeo.com"]}, LINK, "(write https://player.vimeo.com, which serves"),
        ({"frames": ["https://www.youtube.com"]}, "", "(write https://www.youtube-nocookie.com, "),
        ({"frames": ["https://openstreetmap.org"]}, "", "(write https://www.openstreetmap.org, "),
    ],
)
def test_unused_hosts(unused, hosts, html, message):
    """A host stays allowed when nothing uses it, or is not the one that frames come from."""
    assert [message in each for each in unused(hosts, {}, html)] == [True]
