"""Hostile or broken texts: they are reported, whatever their size, and end no command."""

import threading
import time

import pytest
from conftest import NEWS, PAPER, ROOT, run_papers, write
from papers.content.header import Header
from papers.content.math import FormulaError, FormulaTooLarge, to_mathml
from papers.content.people import read_people
from papers.util import reading_limits

DEEP = {
    "roots that nothing closes": r"\sqrt{" * 5000,
    "roots": r"\sqrt{" * 3000 + "x" + "}" * 3000,
    "fractions": r"\frac{1}{" * 5000 + "x" + "}" * 5000,
    "fractions without braces": r"\frac 1" * 5000 + "x",
    "groups": "{" * 9000 + "x" + "}" * 9000,
    "delimiters": r"\left(" * 5000,
    "powers": "x^{" * 5000 + "x" + "}" * 5000,
    "indices": "x_{" * 5000 + "x" + "}" * 5000,
    "matrices": r"\begin{matrix}" * 5000,
    "accents": r"\hat" * 4999 + " x",
    "styles": r"\displaystyle x " * 1000,
    "indices of roots": r"\sqrt[" * 3000,
    "behind a comment": "{%}\n" * 4000,
    "a very long formula": "x+" * 50_000,
    "brackets": "(" * 100,
    "brackets of several kinds": r"\langle[\{x" * 10,
    "brackets in braces": "{(}" * 40,
    "half-open intervals": "(0,1[" * 40,
    "a definition": r"\def\a{" + r"\hat" * 90 + "}" + r"\a" * 100 + "x",
    "a growing definition": r"\def\a#1{#1#1}" + r"\a{" * 30 + "x" + "}" * 30,
}


@pytest.mark.parametrize("tex", DEEP.values(), ids=DEEP.keys())
def test_formula_is_too_large(tex):
    """A formula ends the process with a segmentation fault, or takes minutes."""
    start = time.process_time()
    with pytest.raises(FormulaError):
        to_mathml(f"$${tex}$$")
    assert time.process_time() - start < 5


MACROS = {
    "that call themselves": ({"a": r"\a\a"}, r"\a"),
    "that double": ({"d": "#1#1"}, r"\d{" * 30 + "x" + "}" * 30),
    "that nest": ({"d": r"\hat" * 300 + "{#1}"}, r"\d{\d{\d{x}}}"),
    "of 2 to the power of 25 letters": (
        {f"m{chr(n)}": rf"\m{chr(n + 1)}\m{chr(n + 1)}" for n in range(97, 122)} | {"mz": "x"},
        r"\ma",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("macros", "tex"), MACROS.values(), ids=MACROS.keys())
def test_macros_expand_to_too_much(macros, tex):
    """Macros of the settings make a small formula one that ends the process."""
    with pytest.raises(FormulaTooLarge):
        to_mathml(f"${tex}$", tuple(macros.items()))


LARGE = {
    "a matrix of 400 fractions": r"\begin{pmatrix}"
    + r"\\".join(["&".join([r"\frac{\alpha}{\beta}"] * 20)] * 20)
    + r"\end{pmatrix}",
    "a sum of 100 terms": "+".join([r"\frac{x}{2}"] * 100),
    "a derivation of 40 lines": r"\begin{aligned}"
    + r"\\".join([r"f(x) &= \left( \sum_{i=1}^n [0, x_i) \right)^{2^{k}}"] * 40)
    + r"\end{aligned}",
    "a continued fraction": r"\cfrac{1}{1+" * 20 + "x" + "}" * 20,
    "40 intervals": r"[0,1)\cup(2,3]" * 40,
    "brackets in brackets": "(" * 60 + "x" + ")" * 60,
}


@pytest.mark.parametrize("tex", LARGE.values(), ids=LARGE.keys())
def test_large_formula_is_shown(tex):
    """A limit keeps a large but honest formula from being shown."""
    assert to_mathml(f"$${tex}$$").count("<math") == 1


SIZE = 40_000
# What a text repeats: Markdown, HTML and formulas.
REPEATED = (
    *("[", "![", "[a", "[](", "[a](", "[a](<", "[a][", "*a*", "<http://", "<a@b"),
    *("*[a]: b\n", "[a]: b\n", "[^a]: b\n", "1. ", "> ", ">", "#\n", "# a\n", "a\n=\n"),
    *("---\n", "* * *\n", "```\n", "~~~\n", "!!! a\n"),
    *("<a", "<a ", "<a/", "<x y", '<a href="', "<a b='", "<img src=", "<iframe ", "<!--", "<!["),
    *("<pre>", "<code>", "<div>", "<div markdown=1>", "<script>", "<style>", '<sup id="fnref'),
    *("\\(", "\\["),
)
HEADERS = ("a b\n", "Key: v\n", "a: b\n", "    a\n", "- a\n", "```\n", "*[a]: b\n", "\x01\n")


def body(text: str) -> str:
    """Return an item of news with a hostile text."""
    return f"{NEWS}\n{text}\n"


HOSTILE = {
    **{f"news/{n}.md": body(unit * (SIZE // len(unit))) for n, unit in enumerate(REPEATED)},
    **{f"news/h{n}.md": unit * (SIZE // len(unit)) for n, unit in enumerate(HEADERS)},
    "news/list.md": body("".join(f"{'    ' * n}- a\n" for n in range(250))),
    "news/quotes.md": body("> " * 400 + "a"),
    "news/html.md": body("<div markdown=1>\n" * 400 + "a\n" + "</div>\n" * 400),
    "news/long.md": body("words " * 600_000),
    "papers/yaml.md": f"---\ntitle: T\nnote: {'[' * 300}{']' * 300}\n---\n",
    "papers/mappings.md": f"---\ntitle: {'{a: ' * 300}b{'}' * 300}\n---\n",
    "papers/lines.md": "---\n" + "a: b\n" * 3000 + "---\n",
    "papers/formula.md": PAPER + "$$" + r"\sqrt{" * 3000 + "$$\n",
    "papers/at.bib": "@" * SIZE + "{",
    "papers/open.bib": "@article{a, title = {" + r"\(" * (SIZE // 2) + "}}",
    "people.yml": "Ada Lovelace:\n  aliases: " + "[" * 300 + "]" * 300 + "\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[str, int, float]:
    """Return what a check of all hostile texts prints, its code, and the seconds that it took."""
    folder = tmp_path_factory.mktemp("hostile")
    good = {"home.md": "Title: Ada\n\n[PAPERS]\n", "papers/good.md": PAPER + "Pdf: no.pdf\n"}
    write(folder / "content", HOSTILE | good)
    for name in ("pelicanconf.py", "publishconf.py"):
        (folder / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    start = time.monotonic()
    done = run_papers("check", cwd=folder)
    return done.stdout + done.stderr, done.returncode, time.monotonic() - start


def test_check_says_which_files_are_hostile(hostile):
    """One hostile file ends the whole check with a traceback that does not name it."""
    printed, code, _ = hostile
    assert code == 1 and "Traceback" not in printed
    silent = [name for name in HOSTILE if f"content/{name}" not in printed]
    assert silent == []


def spin() -> None:
    """Work until a limit ends it, or for 20 seconds."""
    start = time.monotonic()
    while time.monotonic() - start < 20:
        pass


@pytest.mark.parametrize("threaded", [False, True])
def test_work_on_one_text_ends(monkeypatch, threaded):
    """A text that takes minutes holds up a command, or the preview, which reads in a thread."""
    monkeypatch.setattr(reading_limits, "_SECONDS", 0.1)
    monkeypatch.setattr(reading_limits, "_SECONDS_PER_MEGABYTE", 0)
    ended = []

    def work() -> None:
        try:
            with reading_limits.limit_time(10_000, 20_000):
                spin()
        except reading_limits.TimeLimitExceeded as error:
            ended.append(reading_limits.describe_reading_error(error))

    if threaded:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    else:
        work()
    assert ended and ended[0].startswith("takes too long to read")


def test_limit_of_time_goes_on_behind_an_inner_one(monkeypatch):
    """A BibTeX header within a text takes the limit of time away from the text."""
    monkeypatch.setattr(reading_limits, "_SECONDS", 0.2)
    monkeypatch.setattr(reading_limits, "_SECONDS_PER_MEGABYTE", 0)
    with pytest.raises(reading_limits.TimeLimitExceeded), reading_limits.limit_time(10_000, 20_000):
        with reading_limits.limit_time(10_000, 20_000):
            pass
        spin()


@pytest.mark.parametrize("kind", ["errors", "notices"])
def test_problems_of_one_file_are_limited(kind):
    """A file with 100,000 wrong lines takes minutes, as each is compared with those before it."""
    header = Header("content/a.md")
    for line in range(2000):
        header.report(None, f"wrong {line}", line, notice=kind == "notices")
    assert len(header.problems) == 301
    assert f"has more {'problems' if kind == 'errors' else kind} than" in str(header.problems[-1])
    header.report(None, "another error")
    assert header.has_errors


CASES = ROOT.parent / "shared/cases/attack"


@pytest.mark.skipif(not CASES.is_dir(), reason="no cases beside the repository")
@pytest.mark.parametrize("name", ["02-formula-segfault", "03-recursion"])
def test_cases_of_attacks(tmp_path, name):
    """A file that ended every command ends one again."""
    for case in sorted((CASES / name).iterdir()):
        folder = "papers" if "paper" in case.name else "news"
        write(tmp_path / "content", {f"{folder}/{case.name}": case.read_bytes()})
    write(tmp_path, {"content/home.md": "Title: Ada\n", "content/news/good.md": NEWS})
    for file in ("pelicanconf.py", "publishconf.py"):
        write(tmp_path, {file: (ROOT / file).read_bytes()})
    for command in ("check", "build"):
        done = run_papers(command, cwd=tmp_path)
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        for case in (CASES / name).iterdir():
            assert f"/{case.name}:" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A B:\n  aliases: [" + "A, " * 100_000 + "]\n", "is longer than 256 KB"),
        ("A B:\n  aliases: " + "[" * 9000, "is not valid YAML"),
        ("A B:\n  aliases: " + "{a: " * 300 + "}" * 300, "is not valid YAML"),
        ("".join(f"{' ' * n}a{n}:\n" for n in range(300)), "is not valid YAML"),
    ],
)
def test_hostile_people(tmp_path, text, message):
    """A people.yml that nests, or repeats itself, without end holds every command up."""
    write(tmp_path / "content", {"people.yml": text})
    start = time.process_time()
    _, problems = read_people(tmp_path / "content", ["A B"])
    assert [str(problem).partition(" (")[0] for problem in problems] == [
        f"content/people.yml: {message}"
    ]
    assert time.process_time() - start < 5
