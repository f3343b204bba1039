"""What a new site comes with is named until it is replaced, and nobody publishes "Your Name"."""

import pytest
from conftest import HOME, NEWS, PAPER, run_papers, write

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'
CONF = "from pelican.plugins.papers.defaults import *\n{}\n"
PUBLISH = """import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pelicanconf import *
from pelican.plugins.papers.published import *
"""
ADA = 'AUTHOR = SITENAME = "Ada Lovelace"\nOWNER = [AUTHOR]'
SAMPLE_PAPER = PAPER.replace("\n\n", "\nSample: yes\n\n", 1)
YAML = "---\ntitle: T\nauthors: [Ada Lovelace]\ndate: 2026\nsample: true\n---\n\nText."
YOU = 'AUTHOR = SITENAME = "Your Name"'
MAIL = 'SOCIAL = [("Email", "mailto:you@university.example")]'
HINT = "(replace or delete it; in a file of your own, delete `Sample: yes`) [notice]"


def make_site(folder, settings: str, files: dict[str, str]):
    content = {"home.md": HOME, "papers/p.md": PAPER} | files
    files = {f"content/{name}": text for name, text in content.items()}
    settings = {"pelicanconf.py": CONF.format(settings), "publishconf.py": PUBLISH}
    return write(folder, settings | files)


@pytest.mark.parametrize(
    ("settings", "files", "message"),
    [
        (ADA, {}, None),
        (ADA, {"papers/p.md": SAMPLE_PAPER}, "content/papers/p.md:4: is still a sample "),
        (
            ADA,
            {
                "papers/p.md": YAML,
                "images/portrait.svg": f"<!-- Sample: yes -->\n{SVG}",
                "news/n.md": NEWS.replace("\n\n", "\nSample: no\n\n"),
            },
            "content/images/portrait.svg: is still a sample, and so are content/papers/p.md ",
        ),
        (
            YOU, {"home.md": HOME.replace("Ada Lovelace", "Your name")},
            'content/home.md:1: "Your Name" is still a sample, and so are pelicanconf.py ("Your',
        ),
        (
            f'SITENAME = "Ada"\nOWNER = "your name"\n{MAIL}', {},
            'pelicanconf.py:3: "Your Name" and you@university.example is still a sample ',
        ),
        # A text about samples is not one.
        (ADA, {"papers/p.md": f"{PAPER}\nWrite `Sample: yes` there.\n"}, None),
    ],
)  # fmt: skip
def test_samples(tmp_path, settings, files, message):
    """A sample is published as if it were the owner's, or something else is called a sample."""
    site = make_site(tmp_path, settings, files)
    done = run_papers("check", cwd=site)
    lines = [line for line in done.stdout.splitlines() if "still a sample" in line]
    assert done.returncode == 0 and len(lines) == bool(message), done.stdout
    assert not message or (lines[0].startswith(message) and lines[0].endswith(HINT))


@pytest.mark.parametrize(
    ("settings", "title", "message"),
    [
        (ADA, "Ada Lovelace", None),
        (YOU, "Ada", "pelicanconf.py:2: SITENAME: is still"),
        ("OWNER = ['Ada']", "Ada", "pelicanconf.py: SITENAME: is still"),
        (f"{ADA} + ['Your Name']", "Ada", "pelicanconf.py:3: OWNER: is still"),
        (f"{ADA}\nOWNER = 'your name'", "Ada", "pelicanconf.py:4: OWNER: is still"),
        (ADA, "Your Name", "content/home.md:1: title: is still"),
        (ADA, "Your Name's Group", None),
    ],
)  # fmt: skip
def test_placeholder_name(tmp_path, settings, title, message):
    """A site is online as that of "Your Name", or its preview is refused, too."""
    site = make_site(tmp_path, settings, {"home.md": HOME.replace("Ada Lovelace", title)})
    assert run_papers("build", cwd=site).returncode == 0
    address = {"SITEURL": "https://ada.example"}
    done = run_papers("publish", cwd=site, **address)
    assert done.returncode == bool(message), done.stderr
    assert not message or f'{message} "Your Name" (write your name)' in done.stderr
