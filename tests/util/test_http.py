"""The HTTP client: what it sends, and what a build pays for it."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT
from papers.util import HttpResponse, normalize_url


def test_a_build_does_not_load_it():
    """Each command loads httpx and asyncio, a fifth of its start, though few ask other hosts."""
    code = "import papers, papers.cli.new, papers.cli.check, sys\n"
    code += "print({'httpx', 'asyncio'} & sys.modules.keys())"
    printed = subprocess.check_output(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")},
        text=True,
    )
    assert printed == "set()\n"


@pytest.mark.parametrize(
    "written, requested",
    [
        ("https://bücher.example:443", "https://xn--bcher-kva.example/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        (' HTTP://A.example/é?q=ü "#top ', "http://a.example/%C3%A9?q=%C3%BC%20%22"),
        ("http://a.example/%7Ea/%41?x=[1]", "http://a.example/%7Ea/%41?x=[1]"),
        ("http://a.example/\udce9", "http://a.example/%E9"),
    ],
)
def test_normal_form(written, requested):
    """One page is requested twice under two spellings, or a URL is no longer what it was."""
    assert normalize_url(written) == requested == normalize_url(requested)


@pytest.mark.parametrize(
    "url", ["ftp://a/", "//a/", "a", "", "https://", "http://a..b/", "http://[a/", "http://u:p@a/"]
)
def test_no_web_address(url):
    """What is not a web address, or holds a password, is requested."""
    with pytest.raises(ValueError):
        normalize_url(url)


def test_redirect():
    """A redirect is taken relative to the wrong page, or followed without a Location."""

    def redirect_url(status: int, **headers: str) -> str | None:
        return HttpResponse("https://a.example/b/c?d", status, headers).redirect_url

    assert redirect_url(301, location="e") == "https://a.example/b/e"
    assert redirect_url(308, location="//b.example") == "https://b.example/"
    assert redirect_url(302) is redirect_url(200, location="/") is redirect_url(304) is None
    with pytest.raises(ValueError):
        redirect_url(303, location="file:///etc/passwd")
