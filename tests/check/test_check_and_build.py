"""The check and a build report the same of what only a build makes."""

import errno
import io
import os
import re
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from conftest import ROOT
from mistakes import GOOD, check, lay
from papers.build import output_queue
from papers.cli.main import main
from papers.util import name_in_errors

ATTACKS = ROOT.parent / "shared/cases/attack/11-check-build-differ"
FAVICONS = {
    "broken XML": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path',
    "no size": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "no SVG": "<html></html>",
    "too narrow": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 9000"/>',
}


def publish(conf: Path) -> tuple[int, list[str]]:
    """Return the exit code of a build, and the lines that it prints."""
    with redirect_stderr(io.StringIO()) as err:
        code = main(["publish", "-s", str(conf), "-o", str(conf.parent / "output")])
    return code, err.getvalue().splitlines()


@pytest.mark.parametrize("drawing", FAVICONS.values(), ids=FAVICONS)
def test_favicon(tmp_path, drawing):
    """The check passes a favicon that cannot be drawn, and the build ends with it."""
    conf = lay(tmp_path, GOOD | {"extra/favicon.svg": drawing})
    code, lines, _ = check(conf)
    assert code == 1 and lines[0].startswith("content/extra/favicon.svg: "), lines
    built, printed = publish(conf)
    assert built == 1 and printed[:-1] == lines[:1]


@pytest.mark.parametrize("language", ["", "x" * 5000, "../x", "en_GB", "<b>", "e", "de-"])
def test_language(tmp_path, language):
    """The check passes a language that ends the build, as the search needs one."""
    conf = lay(tmp_path, GOOD, f"DEFAULT_LANG = {language!r}\n")
    code, lines, _ = check(conf)
    assert code == 1 and re.match(
        r"pelicanconf.py:1: DEFAULT_LANG: .* is not a valid "
        r"language",
        lines[0],
    )
    built, printed = publish(conf)
    assert built == 1 and printed[:-1] == lines[:1]


def test_names_in_templates(tmp_path):
    """The check has a notice for a name that nothing gives, which ends the build with one word."""
    extends = '{% extends "!theme/NAME.html" %}{% block content %}\n'
    templates = {
        "404": "{{ sitname }}",
        "archives": "{% if show_all %}x{% endif %}",
        "article": "{{ article.autor }}",
        "author": "{% for name in SOCIALS %}{{ name }}{% endfor %}",
    }
    conf = lay(tmp_path, GOOD, 'AUTHOR_SAVE_AS = AUTHOR_URL = "by/{slug}.html"\n')
    for name, text in templates.items():
        base = extends.replace("!theme/NAME", "base" if name == "author" else f"!theme/{name}")
        path = tmp_path / f"templates/{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{base}{text}{{% endblock %}}", encoding="utf-8")
    code, lines, _ = check(conf)
    assert (code, lines) == (1, [
        "templates/404.html:2: nothing gives `sitname` a value (did you mean `SITENAME`?)",
        "templates/archives.html:2: nothing gives `show_all` a value (delete it)",
        "templates/article.html:2: no article has `autor` (did you mean `author`?)",
        "templates/author.html:2: nothing gives `SOCIALS` a value (did you mean `SOCIAL`?)",
        "4 problems, no notices in 3 files",
    ])  # fmt: skip
    assert publish(conf) == (1, [*lines[:-1], "4 problems: nothing was written."])


@pytest.mark.skipif(not ATTACKS.is_dir(), reason="needs ../shared/cases/attack")
@pytest.mark.parametrize("case", ["svg", "lang"])
def test_attacks(tmp_path, case):
    """The check passes a site that cannot be built."""
    content = ATTACKS / case / "content"
    files = {
        path.relative_to(content).as_posix(): path.read_bytes()
        for path in content.rglob("*")
        if path.is_file()
    }
    conf = lay(tmp_path, files, (ATTACKS / case / "conf.txt").read_text(encoding="utf-8"))
    code, lines, _ = check(conf)
    errors = [line for line in lines[:-1] if not line.endswith("[notice]")]
    assert code == 1 and errors
    code, lines = publish(conf)
    assert code == 1 and [line for line in lines[:-1] if not line.endswith("[notice]")] == errors


def test_full_disk(tmp_path, monkeypatch):
    """A full disk ends the build without the name of the file."""

    class Full(io.BytesIO):
        def write(self, data: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    conf = lay(tmp_path, GOOD)
    monkeypatch.setattr(output_queue, "open", lambda file, mode: Full(), raising=False)
    code, lines = publish(conf)
    assert code == 2
    assert re.search(
        r"new-site/\S+: No space left on device \(free some space, then run", lines[-1]
    )


def test_names_in_errors():
    """The name of a file takes the place of the one that an error has already."""
    for name, expected in ((None, "a"), ("b", "b")):
        with pytest.raises(OSError) as caught, name_in_errors("a"):
            raise OSError(errno.EIO, "failed", *([name] if name else []))
        assert caught.value.filename == expected
