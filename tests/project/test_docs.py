"""The README and docs/: what they show is there, works, and is complete."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterable
from functools import cache

import commands
import pytest
import yaml
from conftest import NEWS, PAPER, ROOT, run_papers, words, write
from papers import defaults
from papers.check.settings import SETTINGS_FILES
from papers.cli.main import COMMANDS, build_parser
from papers.content.header_keys import COMMON_KEYS, KEY_ALIASES, LINK_KEYS, PAGE_KEYS, PAPER_KEYS
from papers.images.image_file import IMAGE_SUFFIXES
from papers.model.kind import KINDS
from papers.model.paper import VIDEO_SUFFIXES
from papers.model.publication_types import TYPES
from papers.pages.taxonomy import FACET_THRESHOLD
from PIL import Image
from sample import picture

DOCS = {path.name: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/*.md"))}
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
# By their paths in the repository.
PAGES = {f"docs/{name}": text for name, text in DOCS.items()} | {
    "README.md": README,
    "CHANGELOG.md": CHANGELOG,
    "CONTRIBUTING.md": (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
}
# Guides with commands to type; the tables of messages hold those of the messages, too.
GUIDES = {name: text for name, text in PAGES.items() if name != "docs/mistakes.md"}
THEME = ROOT / "theme"


ADDRESS = "https://ada.gitlab.io/site"


def fill_in(command: str) -> str:
    """Return a command with the address that a host gives in a variable."""
    return re.sub(r"\$(CI_PAGES_URL|URL)\b", ADDRESS, command)


def code_blocks(text: str, language: str) -> list[str]:
    """Return the fenced code of a language, without the indentation of a list item around it."""
    blocks = re.findall(rf"^( *)```{language}\n(.*?)\n\1```$", text, flags=re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", code, flags=re.MULTILINE) + "\n" for indent, code in blocks]


def section(text: str, heading: str) -> str:
    """Return the text below a heading, up to the next of its level or above."""
    level = heading.partition(" ")[0]
    after = re.split(rf"^{re.escape(heading)}$", text, maxsplit=1, flags=re.MULTILINE)[1]
    return re.split(rf"^#{{1,{len(level)}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


@cache
def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub makes of headings."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"(?ms)^ *```.*?^ *```", "", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    """A link between the documents, or to one of their headings or pictures, is dead."""
    # The cells of tables of messages hold Markdown as people wrote it.
    text = re.sub(r"(?m)^\|.*", "", PAGES[name]) if "mistakes" in name else PAGES[name]
    text = re.sub(r"(?ms)^ *```.*?^ *```|`[^`\n]+`", "", text)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    assert name != "README.md" or len(targets) > 20
    for target in targets:
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / name).parent / path if path else ROOT / name
        assert file.is_file(), target
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), target


def test_contents_list_every_page():
    """A page of docs/ is not in its contents."""
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", DOCS["README.md"]))
    assert listed == DOCS.keys() - {"README.md"}


def test_documents_are_short():
    """The README or the changelog grows too long to be read."""
    assert README.count("\n") < 150 and CHANGELOG.count("\n") < 110


def test_times_in_the_readme_are_measured():
    """The README promises times that docs/performance.md does not show."""
    shown = [
        float(number) for number in re.search(r"in ([\d.]+) s, .* in ([\d.]+) s", README).groups()
    ]
    text = DOCS["performance.md"]
    tables = [
        section(text, next(line for line in text.splitlines() if line.startswith(start)))
        for start in ("### Preview, paper's title edited: ms", "### Full build: s ")
    ]
    edit, full = (
        float(re.search(r"^\| ours \| \S+ .+? \| (\S+)", t, re.MULTILINE)[1]) for t in tables
    )
    assert shown == pytest.approx([edit / 1000, full], rel=0.05)


def test_pictures_are_small():
    """The README's pictures make it slow, or one for a dark page is missing."""
    files = sorted((ROOT / "docs/images").glob("*.png"))
    assert sum(path.stat().st_size for path in files) < 1_000_000
    for path in files:
        assert f"docs/images/{path.name}" in README
        with Image.open(path) as image, Image.open(f"{path}".replace("dark", "light")) as light:
            assert image.mode == "P" and image.size == light.size


def test_headers_are_listed():
    """A header is in the code but not in docs/headers.md, or vice versa."""
    text = DOCS["headers.md"]
    rows = [
        row.replace("\\|", "").split("|")
        for row in section(text, "## Papers").split("|---|---|---|\n")[1].strip().splitlines()
    ]
    keys = [re.findall(r"`([\w.]+)`", row[1]) for row in rows]
    assert [key for row in keys for key in row] == [*PAPER_KEYS, *COMMON_KEYS]
    for row, names in zip(rows, keys, strict=True):
        aliases = [alias for name in names for alias in KEY_ALIASES.get(name, "").split()]
        assert re.findall(r"`([\w.-]+)`", row[2]) == aliases
    links = text.split("A link can also have its own header: ")[1].split(" and similar")[0]
    assert set(re.findall(r"`(\w+)`", links)) <= LINK_KEYS.keys()
    types = re.search(r"^\| `type` .*", text, re.MULTILINE)[0].rpartition(" | ")[2]
    assert set(re.findall(r"`([a-z-]+)`", types)) <= TYPES.keys()
    posts = re.findall(r"^\| `(\w+)` \|", section(text, "## Blog posts"), re.MULTILINE)
    assert tuple(posts) == KINDS["blog"].headers
    others = section(text, "## News and pages")
    table, sentence = others.split("News and pages also use ")
    names = re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", "".join(names))) == set(PAGE_KEYS)
    assert set(re.findall(r"`(\w+)`", sentence)) == set(COMMON_KEYS)


def test_settings_are_listed():
    """A setting is not in docs/settings.md, or its default is another one."""
    listed = {}
    for row in re.findall(
        r"^\| (`[A-Z_` ]+`) \| (.+?) \| .+ \|$", DOCS["settings.md"], re.MULTILINE
    ):
        listed |= dict.fromkeys(re.findall(r"`(\w+)`", row[0]), row[1])
    assert sorted(listed) == sorted(defaults.__all__)
    for name, text in listed.items():
        if text != "in `defaults.py`":
            assert ast.literal_eval(text.strip("`")) == getattr(defaults, name), name


def test_settings_named_elsewhere_exist():
    """A document names a setting or a file of the repository that does not exist."""
    for name, text in GUIDES.items():
        for setting, file in re.findall(r"`([A-Z_]+)`[^`\n]{1,12}`(p\w+conf\.py)`", text):
            assert setting in defaults.__all__, (name, setting, file)
        for path in re.findall(r"`((?:theme|tests|drawings|plugins|\.github)/[\w./-]*)`", text):
            assert (ROOT / path).exists(), (name, path)


def test_commands_are_listed():
    """docs/commands.md differs from the commands' own help: run `python tests/commands.py`."""
    assert DOCS["commands.md"] == commands.document()


def shown_commands(texts: Iterable[str]) -> list[str]:
    """Return the arguments of all commands that texts show."""
    shown = []
    for text in texts:
        for line in re.findall(r"(?:pelican-papers|python plugins/papers) ([a-z][^`\n]*)", text):
            words = re.split(r"\s{2,}|\s[#|<>]|&&", line)[0].strip()
            # The quotation mark at the end may be one of the file around the command.
            words = words.removesuffix('"') if words.count('"') % 2 else words
            if words.split()[0] in COMMANDS:
                shown.append(words)
    return shown


def test_shown_commands_are_known():
    """A document or `--help` shows a command that does not exist, or wrong arguments."""
    examples = re.findall(r"examples:.*?```", DOCS["commands.md"], re.DOTALL)
    texts = [text for name, text in GUIDES.items() if name != "docs/commands.md"]
    texts += [text.replace("(", "").replace(")", "") for text in examples]
    parser, shown = build_parser(), shown_commands(texts)
    assert len(shown) > 60
    for line in shown:
        # Within a sentence, a command may stand without its arguments.
        words = shlex.split(fill_in(line))
        if words not in (["init"], ["import"], ["new"], ["export"]):
            assert parser.parse_args(words).command, line


def test_programs_before_commands_are_known():
    """A block of commands begins with a program that nothing on the page has installed."""
    programs = {
        "pelican-papers", "make", "cd", "git", "rsync", "pipx", "uv", "py", "python", "python3",
        "rm", "source", ".venv/bin/python", r".venv\Scripts\python",
        "../pelican-papers/.venv/bin/python",
    }  # fmt: skip
    for name, text in GUIDES.items():
        for line in "".join(code_blocks(text, "sh")).replace("\\\n", "").splitlines():
            words = [word for word in line.split() if not re.match(r"[A-Z]+=", word)]
            assert words[0] in programs, (name, line)


def test_packages_to_install_are_ours():
    """A document installs a package of another name."""
    name = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    for page, text in GUIDES.items():
        commands_ = re.findall(r"(?:pip|pipx|tool) (?:install|upgrade) ([^`\n&]+)", text)
        for line in commands_:
            for word in shlex.split(line.replace("\\", "/")):
                known = (
                    name,
                    "requirements.txt",
                    "requirements-locked.txt",
                    "requirements-dev.txt",
                )
                if not word.startswith("-") and not re.match(r"python3|-", word):
                    assert word in known or re.match(rf"(?:{name} @ )?git\+https://", word), (
                        page,
                        word,
                    )


def test_make_targets_exist():
    """A document or `make help` shows a target that is not in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    shown = set()
    for text in GUIDES.values():
        code = "\n".join([*code_blocks(text, "sh"), *re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)])
        shown |= set(re.findall(r"^make (?:[A-Z]+=\S+ )?([a-z-]+)\b", code, re.MULTILINE))
    assert shown and shown <= targets
    listed = set(re.findall(r'\techo "make ([a-z-]+)', makefile))
    assert listed | {"help"} == targets == set(re.search(r"\.PHONY: (.*)", makefile)[1].split())


def test_examples_of_code_are_valid():
    """An example in Python, YAML or TOML has a syntax error."""
    counts = dict.fromkeys(("python", "yaml", "toml"), 0)
    for text in GUIDES.values():
        for language, read in (
            ("python", ast.parse),
            ("yaml", yaml.safe_load),
            ("toml", tomllib.loads),
        ):
            for code in code_blocks(re.sub(r"(?ms)^````.*?^````", "", text), language):
                assert read(code), code
                counts[language] += 1
    assert all(counts.values()), counts


def test_css_variables_are_listed():
    """A variable of the stylesheet is not in docs/looks.md, or its default is another one."""
    css = (THEME / "static/css/style.css").read_text(encoding="utf-8")
    tokens = css.split("@layer tokens {")[1].split("@layer")[0]
    rows = re.findall(r"^\| `(--[\w-]+)` \| `(.+?)` \|", DOCS["looks.md"], re.MULTILINE)
    assert rows == re.findall(r"(--[\w-]+): (.+?);", tokens)


def looks_files() -> dict[str, str]:
    """Return the files that the recipes of docs/looks.md write, all in one site."""
    files: dict[str, str] = {}
    # A block of code comes after a paragraph that ends with the name of its file.
    blocks = re.findall(
        r"((?:[^\n]+\n)+)\n```\w+\n(.*?)```$", DOCS["looks.md"], re.MULTILINE | re.DOTALL
    )
    for paragraph, code in blocks:
        names = re.findall(r"`([\w/]+\.\w+)`", paragraph)
        if not paragraph.endswith(":\n") or not names or code.startswith("pelican-papers"):
            continue
        name = names[-1]
        if "\n+" in code:
            old, new = (re.search(rf"^\{sign}(.*)$", code, re.MULTILINE)[1] for sign in "-+")
            theme = (THEME / name).read_text(encoding="utf-8")
            assert old in theme, old
            files[name] = files.get(name, theme).replace(old, new)
        else:
            files[name] = files.get(name, "") + code
    return files


def test_recipes_for_looks(make, tmp_path):
    """A recipe of docs/looks.md does not work."""
    files = looks_files()
    menu = ast.literal_eval(files.pop("pelicanconf.py").partition(" = ")[2])
    content = {
        name.removeprefix("content/"): text for name, text in files.items() if "content/" in name
    }
    templates = {
        name.removeprefix("templates/"): text
        for name, text in files.items()
        if "content/" not in name
    }
    assert templates.keys() == {
        "base.html", "_pictures.html", "_icons.html", "_news.html", "wide.html",
    }  # fmt: skip
    content |= {
        "extra/source-serif.woff2": b"wOF2",
        "pages/cv.md": "Title: CV\n\nText.\n",
        "pages/privacy.md": "Title: Privacy\n\nText.\n",
        "news/n.md": NEWS,
        "news/y.md": NEWS.replace("2026-02", "2025"),
        "papers/p.md": PAPER.replace("\n\n", "\nImage: p.png\nImage_alt: A plot.\n\n", 1),
        "papers/p.png": picture("PNG", 900, 700),
        "images/portrait.png": picture("PNG", 900, 900),
    }
    overrides = {
        "THEME_TEMPLATES_OVERRIDES": [str(write(tmp_path / "t", templates))],
        "MENUITEMS": menu,
        "SOCIAL": [["Lab", "https://www.lab.example/x"], ["Email", "mailto:a@b.example"]],
    }
    site = make(content, settings=overrides)
    page = site.page()
    assert [link["href"].rpartition("/")[2] for link in page.select("link[rel=stylesheet]")] == [
        "style.css",
        "my.css",
    ]
    assert [a.get_text() for a in page.select("header nav a")] == ["Papers", "CV", "Code", "Search"]
    assert "University of Examples · Privacy" in page.select_one("footer.site").get_text()
    assert [date.get_text().strip() for date in page.select(".news time")] == ["Feb 2026", "2025"]
    shapes = [path["d"] for path in page.select(".contacts a > svg > path")]
    assert len(shapes) == 2 and shapes[0] == "M0 0h24v24z" != shapes[1]
    assert "278px" in page.select_one(".card source")["sizes"]
    assert site.page("projects/").select("main > .wide article")
    css = site.text("my.css")
    for font in re.findall(r'url\("(.+?)"\)', css):
        assert (site.output / font).is_file()
    # Each selector of a recipe is one of the theme's.
    theme = (THEME / "static/css/style.css").read_text(encoding="utf-8")
    for selector in re.findall(r"^ *([^@\n{}]+) {$", css, re.MULTILINE):
        assert f"{selector} {{" in theme, selector


def contrast(*colours: str) -> float:
    """Return the contrast of two colours, as #rrggbb (WCAG 2.2)."""
    lights = []
    for colour in colours:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        lights.append(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_colours_of_recipes_can_be_read():
    """The accent colours of docs/looks.md are too pale to be read."""
    recipe = section(DOCS["looks.md"], "### Accent colour")
    pairs = dict(re.findall(r"--(\w+): light-dark\((.+?)\)", recipe))
    grounds = re.search(r"`--bg` \| `light-dark\((.+?)\)", DOCS["looks.md"])[1].split(", ")
    assert pairs
    for colours in pairs.values():
        assert all(
            contrast(*pair) >= 4.5 for pair in zip(colours.split(", "), grounds, strict=True)
        )


def test_home_page_example(make):
    """The home page of docs/home-page.md does not build, or a marker means nothing."""
    text = DOCS["home-page.md"]
    home = code_blocks(text, "markdown")[0]
    papers = {f"papers/p{n}.md": PAPER.replace("A Paper", f"P{n}") for n in range(7)}
    news = {f"news/n{n}.md": NEWS for n in range(7)}
    page = make(papers | news | {"home.md": home}).page()
    assert len(page.select(".news li")) == 5 == len(page.select(".card"))
    assert page.select_one(".role").get_text() == "Professor of Engines, University of Examples"
    assert [h2.get_text() for h2 in page.select("main h2")] == re.findall(
        r"^## (.+)$", home, re.MULTILINE
    )
    # What is to be replaced in a copy of the template is in it.
    template = (THEME / "templates/home.html").read_text(encoding="utf-8")
    for code in re.findall(r"`(listing.items[^`]+5[^`]*)`", text):
        assert code in template
    assert template.count("5") == len(re.findall(r"`(listing.items[^`]+5[^`]*)`", text))


# Examples of texts, and the pictures that examples show.
_ROWS = section(DOCS["writing.md"], "## Pictures side by side, and parts that open")
SIDE_BY_SIDE = code_blocks(_ROWS, "markdown")
PICTURES = "flying-boxes line storm before after indoors".split()


def test_examples_of_content_build(make):
    """A news item, paper, YAML header, page or list of people in docs/content.md does not build."""
    text = DOCS["content.md"]
    news, post, paper, yaml_paper, project, addition, page = code_blocks(text, "markdown")
    files = {
        "news/n.md": news,
        "blog/post.md": post,
        "papers/lite-ppo.md": paper.replace("liteppo.png", "liteppo.svg"),
        "papers/lite-ppo.pdf": b"%PDF-1.4",
        "papers/y.md": yaml_paper,
        "papers/flying-boxes.md": project,
        "papers/flying-boxes.mp4": bytes(8),
        **{f"images/{name}.png": picture("PNG", 90, 60) for name in PICTURES},
        "news/boxes.md": "Title: T\nDate: 2026\n\n" + "\n".join(SIDE_BY_SIDE),
        "papers/x.bib": "@misc{x, title = {X}, author = {A. Lovelace}, year = 2026}",
        "papers/x.md": addition,
        "papers/readme.md": code_blocks(README, "markdown")[0],
        "pages/cv.md": page,
        "pages/cv.pdf": b"%PDF-1.4",
        "people.yml": code_blocks(text, "yaml")[0],
        "images/liteppo.svg": b'<svg viewBox="0 0 3 2"/>',
    }
    site = make(files)
    assert all("ICLR 2026" in site.text(f"papers/{name}/") for name in ("lite-ppo", "y"))
    assert "Two tricks are enough." in site.text("")
    boxes = site.page("papers/flying-boxes/")
    assert [words(sup) for sup in boxes.select(".byline sup")] == ["1*", "1,2*", "2†"]
    assert len(boxes.select(".affiliations span")) == len(boxes.select(".strip figure")) == 2
    news = site.page("news/boxes/")
    assert len(news.select(".compare figcaption")) == len(news.select("details picture")) + 1 == 2
    assert "University of Examples" in site.text("cv/")
    for entry in re.findall(r'`(\("\w+", .+?\))`', text):
        assert (site.output / ast.literal_eval(entry)[1] / "index.html").is_file()
    for feed in re.findall(r"`(feeds/.+?)`", text):
        assert (site.output / feed).is_file()


def test_guide_on_pictures():
    """The guide names an image format that is not supported, or lacks one that is."""
    text = DOCS["writing.md"]
    sentence = text.split("Images can be ")[1].split(", up to")[0]
    formats = set(re.findall(r"[A-Z]\w+", sentence))
    suffixes = {suffix[1:].upper() for suffix in IMAGE_SUFFIXES} - {"JPG", "TIF"}
    assert {name.upper() for name in formats} == suffixes
    videos = text.split("A `Video:` that is a file (")[1].split(")")[0]
    assert set(re.findall(r"`(\.\w+)`", videos)) <= set(VIDEO_SUFFIXES)


def test_guide_on_texts(make):
    """The guide's formulas, citations, figures and code are rendered differently in a site."""
    text = DOCS["writing.md"].split("````markdown\n")[1].split("````")[0]
    files = {
        "news/n.md": f"Title: T\nDate: 2026\n\n{text}",
        "papers/lite-ppo.md": PAPER,
        "references.bib": "@book{knuth84, title={T}, author={A Knuth}, year=1984, publisher={P}}",
        "images/curve.png": picture("PNG", 300, 200),
        "news/robot.mp4": b"film",
    }
    page = make(files).page("news/n/")
    for selector in ("cite", "figcaption", "video", ".note", ".highlight .s2", "[role=group]"):
        assert page.select(f"article {selector}"), selector
    assert len(page.select("article math")) == 3 and len(page.select("li[id^=ref-]")) == 2


def test_guide_on_lists_and_feeds(make):
    """The guide names a feed, a file or an address that does not exist."""
    files = {f"papers/p{n}.md": PAPER.replace("\n\n", "\nVenue: ICLR\n\n") for n in range(12)}
    files |= {"papers/q.md": PAPER.replace("2026", "2025\nTags: C++") + "\n"}
    site = make(files)
    text = section(DOCS["writing.md"], "## Lists, topics, search")
    for path in re.findall(r"`/([\w/+-]*/)`", text):
        assert (site.output / path / "index.html").is_file(), path
    for path in re.findall(r"`([\w/.]+\.(?:xml|json|txt))`", text):
        assert (site.output / path).is_file(), path
    assert (site.output / "papers/q/index.md").is_file()
    assert f"at least {FACET_THRESHOLD} papers" in text


def test_hosts_build_the_site():
    """GitLab's, Cloudflare's or Netlify's file publishes nothing, or another folder."""
    text = DOCS["publish.md"]
    gitlab = yaml.safe_load(code_blocks(text, "yaml")[0])["pages"]
    netlify = tomllib.loads(code_blocks(text, "toml")[0])["build"]
    cloudflare = re.search(r"\| Build command \| `(.+)` \|", text)[1]
    assert f"| Build output directory | `{netlify['publish']}` |" in text
    server = code_blocks(section(text, "## Your own or your university's server"), "sh")[0]
    parser = build_parser()
    runs = [("\n".join(gitlab["script"]), gitlab["artifacts"]["paths"][0])]
    runs += [(script, netlify["publish"]) for script in (netlify["command"], cloudflare, server)]
    for script, folder in runs:
        words = shlex.split(re.search(r"pelican-papers (publish .+)", fill_in(script))[1])
        assert str(parser.parse_args(words).output) == folder
        # `init` writes both files.
        files = re.findall(r"requirements\S*\.txt", script)
        assert files in (["requirements-locked.txt", "requirements.txt"], []), script


def test_shown_commands_run(tmp_path):
    """A command of the guides fails in a new site."""
    write(tmp_path, {name: (ROOT / name).read_bytes() for name in SETTINGS_FILES})
    write(tmp_path, {"content/home.md": "Title: A\n\n[PAPERS]\n", "content/papers/p.md": PAPER})
    (tmp_path / "plugins").symlink_to(ROOT / "plugins")
    texts = [text for name, text in GUIDES.items() if name != "docs/commands.md"]
    # Others need the network or an old site; other tests run those.
    pattern = r'new (?:news|post|page|paper "|template)|check$|check --fix|export \w|publish .*CI_'
    run = [line for line in dict.fromkeys(shown_commands(texts)) if re.match(pattern, line)]
    run.sort(key=lambda line: line.startswith("publish"))
    for line in run:
        done = run_papers(*shlex.split(fill_in(line)), cwd=tmp_path)
        assert done.returncode == 0, line + done.stdout + done.stderr
    assert len(run) > 10
    sitemap = (tmp_path / "public/sitemap.xml").read_text(encoding="utf-8")
    assert f"{ADDRESS}/papers/p/" in sitemap and f"{ADDRESS}/blog/why-two" in sitemap


def test_steps_of_the_workflow_are_there():
    """docs/publish.md names a step that the workflows do not have, or another folder."""
    files = [ROOT / ".github/workflows/site.yml"]
    files.append(ROOT / "plugins/papers/cli/site_template/github/workflows/site.yml")
    text = section(DOCS["publish.md"], "## GitHub Pages")
    named = re.findall(r"\*((?:Ask|Build|Check|Deploy|Site)\b[^*]*)\*", text)
    # Words of GitHub's own pages.
    named = set(named) - {"Build and\n   deployment"}
    assert {"Site", "Deploy", "Check the content"} <= named
    for path in files:
        workflow = path.read_text(encoding="utf-8")
        names = re.findall(r"^ *(?:- )?name: (.+)$", workflow, re.MULTILINE)
        assert named <= set(names), path


def test_quoted_messages_exist():
    """docs/troubleshooting.md quotes a message that no program prints."""
    others = ("externally-managed-environment", "No matching distribution found", "Get Pages site")
    code = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("plugins/**/*.py"))
    code += (ROOT / "Makefile").read_text(encoding="utf-8")
    quoted = re.findall(r'\*\*"([^"\n]+)"', DOCS["troubleshooting.md"])
    assert quoted
    for message in quoted:
        words = message.removeprefix("… ").removeprefix("output ")
        assert message.startswith(others) or words in code, message
