"""Names in BibTeX files: TeX, braces, particles, and what other programs write."""

import random
from pathlib import Path

import pytest
from conftest import share
from papers.content import bibtex_parser
from papers.content.paper_reader import read_paper
from papers.export import bibliography
from papers.model.names import Author
from papers.model.paper import Paper


def parse_fields(fields: str) -> tuple[Paper | None, list[str]]:
    """Return the paper of an entry with some fields, and its problems."""
    text = f"@misc{{k, title = {{T}}, year = 2026, {fields}}}"
    [header] = bibtex_parser.parse_bibtex("x.bib", text.encode())[1:]
    paper = read_paper(header, Path("x.bib"), Path("none"), {}, "k")
    return paper, [str(problem) for problem in header.problems]


def parse_names(author: str) -> tuple[list[str], list[str]]:
    """Return the names in a field, and the problems."""
    paper, problems = parse_fields(f"author = {{{author}}}")
    return [person.name for person in paper.authors], problems


@pytest.mark.parametrize(
    ("author", "names"),
    [
        (
            r"Ann Stone and \'Emile Rock and \c{S}ahin, Ali and \v{S}tern, Jan and \"Ozel, T. and"
            r" \O rsted, Hans and \L ukasz Nowak",
            ["Ann Stone", "Émile Rock", "Ali Şahin", "Jan Štern", "T. Özel", "Hans Ørsted",
             "Łukasz Nowak"],
        ),
        (
            r"Mu\~noz, Ana and Jo\~ao Pedra and Pe\~{n}a Gil, Lu{\'\i}s and Nguy\~{\^e}n, Vy",
            ["Ana Muñoz", "João Pedra", "Luís Peña Gil", "Vy Nguyễn"],
        ),
        (
            r"Nguy{\~\^e}n, Th{\'\u a}ng and Th{\'{\^e}}, An and Tr\`{\^a}n, H\d{\^o}",
            ["Thắng Nguyễn", "An Thế", "Hộ Trần"],
        ),
        (r"S\o ren Kierkegaard and Bj\o rn \AA s and Vo\ss, Jan",
         ["Søren Kierkegaard", "Bjørn Ås", "Jan Voß"]),
        (r"\DJ or{\dj}e \v Zivkovi\'c and \.Zak and {\.I}nce, \c C.",
         ["Đorđe Živković", "Żak", "Ç. İnce"]),
        (r"Ion G{\u{a}}in{\textcommabelow{s}} and B{\h{u}}i, A.", ["Ion Găinș", "A. Bủi"]),
        (r"Wi{$\beta$}mann, Ann and $\alpha$-Rock, Bob", ["Ann Wiβmann", "Bob α-Rock"]),
        (r"Stone, Ann and~Bob~Rock and Carl\ Gray", ["Ann Stone", "Bob Rock", "Carl Gray"]),
        (r"M\{{\"o}\}dersheim, Ann", ["Ann Mödersheim"]),
        (r"Xiao{-}Ming Wu and {\bf Ann Stone} and \textbf{Jos{\'{e}} Gil}",
         ["Xiao-Ming Wu", "Ann Stone", "José Gil"]),
    ],
)  # fmt: skip
def test_tex(author, names):
    """A macro that begins a name or is in it is cut off, or splits the name in two."""
    assert parse_names(author) == (names, [])


@pytest.mark.parametrize(
    "author",
    [
        r"{{\'E}cole {N}ormale Sup{\'e}rieure}",
        r"{D{\'e}partement {d'{\'E}tudes} and {\c{C}a}}",
        r"{\'Ecole Polytechnique and Sons}",
        r"{The {\v{S}}tern, {R{\"o}ck} and Stone Group}",
        r"{\"{O}AW}",
    ],
)
def test_corporate_authors(author):
    """A corporate author is split at an accent, a comma or "and" within its braces."""
    paper, problems = parse_fields(f"author = {{Ann Stone and {author} and Rock, Bob}}")
    assert [person.collective for person in paper.authors] == [False, True, False]
    assert not problems
    assert not set("{}\\") & set(paper.authors[1].name)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann Stone and and Bob Rock", ["Ann Stone", "Bob Rock"]),
        ("and Ann Stone and Bob Rock", ["Ann Stone", "Bob Rock"]),
        ("Ann Stone AND {Bob and Carl} and", ["Ann Stone", "Bob and Carl"]),
        ("Ann Stone and , and Bob Rock", ["Ann Stone", "Bob Rock"]),
    ],
)
def test_empty_names(author, names):
    """An empty name becomes an author, part of the next one, or vanishes without a notice."""
    notice = "x.bib:1: k: author: an empty name is ignored (write `and` once)"
    assert parse_names(author) == (names, [notice])


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Xiao-Ming Wu 0001 and Wang 0002, Wei", ["Xiao-Ming Wu", "Wei Wang"]),
        ("Ann Stone 0123 and Team 42", ["Ann Stone", "Team 42"]),
        ("family=Bach, given={Carl Philipp}, suffix=Jr. and given=Simon, prefix=de, "
         "family=Beumont, useprefix=true", ["Carl Philipp Bach Jr.", "Simon de Beumont"]),
        ('"given=Ann", given-i=A, family="De Stone, Rock"', ["Ann De Stone, Rock"]),
        (r"family=Mu\~noz, given=Jos{\'e} and Rock, Bob", ["José Muñoz", "Bob Rock"]),
        ("useprefix=true and family={CERN}", ["CERN"]),
        ("Stone A and Rock BC and van den Berg JR", ["A Stone", "BC Rock", "JR van den Berg"]),
        ("Weinan E and Bing Yu", ["Weinan E", "Bing Yu"]),
        ("Wei LI and Bo YU", ["Wei LI", "Bo YU"]),
        ("Ann Stone$^{1,2}$ and Bob Rock\\textsuperscript{a} and Carl Gray<sup>3</sup>",
         ["Ann Stone", "Bob Rock", "Carl Gray"]),
        ("Stone, Ann and Rock, Bob and 12 others", ["Ann Stone", "Bob Rock"]),
    ],
)  # fmt: skip
def test_other_forms(author, names):
    """The form of DBLP, biblatex or medicine is read as a name, or a footnote as part of one."""
    assert parse_names(author) == (names, [])


@pytest.mark.parametrize(
    ("author", "names", "left_out"),
    [
        ("Ann Stone (MIT) and Bob Rock", ["Ann Stone", "Bob Rock"], "(MIT)"),
        ("Rock, Bob and Stone, Ann¹", ["Bob Rock", "Ann Stone"], "¹"),
        ("Ann Stone <ann@example.org>", ["Ann Stone"], "<ann@example.org>"),
        (
            r"\href{https://a.example}{Ann Stone} and Bob Rock",
            ["Ann Stone", "Bob Rock"],
            "https://a.example",
        ),
        (r"Stone\thanks{equal}, Ann and Bob Rock", ["Ann Stone", "Bob Rock"], "equal"),
        (r"Ann Stone\orcidlink{0000-0002-1825-0097}", ["Ann Stone"], "0000-0002-1825-0097"),
        ("Ann Stone, PhD and Rock, Bob", ["Ann Stone", "Bob Rock"], "PhD"),
        ("Stone, Dr. Ann and Bob Rock", ["Ann Stone", "Bob Rock"], "Dr."),
        ("Ann Stone 2 and Team 42", ["Ann Stone", "Team 42"], "2"),
        ("Ann Stone [MIT] and Rock, Bob", ["Ann Stone", "Bob Rock"], "[MIT]"),
    ],
)
def test_affiliations(author, names, left_out):
    """An affiliation is part of a name, or is left out without a notice."""
    notice = f'x.bib:1: k: author: "{left_out}" is not a name and is ignored (delete it)'
    assert parse_names(author) == (names, [notice])


@pytest.mark.parametrize(
    ("author", "names", "signs"),
    [
        ("Ann Stone, Bob Rock, and Carl Clay", ["Ann Stone", "Bob Rock", "Carl Clay"], "commas"),
        ("Ann Stone, Bob Rock, Carl Clay", ["Ann Stone", "Bob Rock", "Carl Clay"], "commas"),
        ("Ann Stone & Bob Rock", ["Ann Stone", "Bob Rock"], "&"),
        (r"Ann Stone \& Bob Rock and Carl Clay", ["Ann Stone", "Bob Rock", "Carl Clay"], "&"),
    ],
)
def test_other_separators(author, names, signs):
    """Persons whose names a comma or & separates become one."""
    notice = f"x.bib:1: k: author: names are split at {signs} (write `and` between names)"
    assert parse_names(author) == (names, [notice])


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ruiz Gil, Ana María, and Rock, Bob", ["Ana María Ruiz Gil", "Bob Rock"]),
        ("Stone, A., and Rock, B.", ["A. Stone", "B. Rock"]),
        ("{Simon & Schuster} and Rock, Bob", ["Simon & Schuster", "Bob Rock"]),
    ],
)
def test_signs_that_separate_nothing(author, names):
    """A name with its family first, or that of a company, is split at a comma or &."""
    assert parse_names(author)[0] == names


@pytest.mark.parametrize(
    ("fields", "names", "has_more"),
    [
        ('author = "Stone, Ann and others", collaboration = "ATLAS"', ["Ann Stone", "ATLAS"], True),
        ("author = {A B}, collaboration = {T2K Collaboration}",
         ["A B", "T2K Collaboration"], False),
        ("author = {A B}, collaboration = {ATLAS, CMS}", ["A B", "ATLAS", "CMS"], False),
        ("collaboration = {{LIGO} and {Virgo}}", ["LIGO", "Virgo"], False),
        ("author = {{ATLAS Collaboration}}, collaboration = {ATLAS}", ["ATLAS Collaboration"],
         False),
    ],
)  # fmt: skip
def test_collaborations(fields, names, has_more):
    """The collaboration of an entry from INSPIRE or APS is not named, or twice."""
    paper, problems = parse_fields(fields)
    assert ([person.name for person in paper.authors], paper.has_more_authors) == (names, has_more)
    assert not problems


@pytest.mark.parametrize(
    ("fields", "marks", "problems"),
    [
        ("author+an = {1=corresponding; 2=equal}", ["†", "*"], []),
        ('author+an:note = {2:family="corresponding author",highlight}', ["", "†"], []),
        ("author+an = {1=me}", ["", ""], []),
        (
            "author+an = {3=equal; 1=student}",
            ["", ""],
            [f'x.bib:1: k: author+an: "{item}" is not shown (write `1=corresponding` or `1=equal`)'
             for item in ("3=equal", "1=student")],
        ),
    ],
)  # fmt: skip
def test_annotations(fields, marks, problems):
    """A biblatex annotation of a name is lost without a notice."""
    paper, messages = parse_fields(f"author = {{Stone, Ann and Bob Rock}}, {fields}")
    assert ([person.marks for person in paper.authors], messages) == (marks, problems)


# Letters with accents: TeX's forms, and the letter.
ACCENTED = [
    (r"\'e", "é"), (r"{\'e}", "é"), (r"\'{e}", "é"), (r"{\'{e}}", "é"), (r"\~n", "ñ"),
    (r"\~{a}", "ã"), (r'{\"u}', "ü"), (r"\c{s}", "ş"), (r"{\v c}", "č"), (r"\v{z}", "ž"),
    (r"{\o}", "ø"), (r"\o{}", "ø"), (r"\ss{}", "ß"), (r"{\l}", "ł"), (r"{\'\i}", "í"),
    (r"\'{\i}", "í"), (r"\~{\^e}", "ễ"), (r"{\'\u a}", "ắ"), (r"\d{\^o}", "ộ"), (r"{\aa}", "å"),
    (r"{\u{g}}", "ğ"), (r"{\h{u}}", "ủ"), (r"{\textcommabelow{s}}", "ș"), ("é", "é"),
]  # fmt: skip
INITIALS = [
    (r"\'E", "É"), (r"{\'E}", "É"), (r"\c{S}", "Ş"), (r"{\v S}", "Š"), (r"\O ", "Ø"),
    (r"{\L}", "Ł"), (r"\AA{}", "Å"), (r'\"{O}', "Ö"), (r"\.{I}", "İ"), ("A", "A"), ("St", "St"),
    ("{B}", "B"), ("O'", "O'"),
]  # fmt: skip
LETTERS = [(letter, letter) for letter in "abcdelmnorst"]
PARTICLES = [
    [("van", "van")], [("de", "de"), ("la", "la")], [("von", "von"), ("und", "und")],
    [(r"{\'e}l", "él")], [("d'", "d'")], [(r"v{\o}n", "vøn")],
]  # fmt: skip


def make_words(random_: random.Random, count: int) -> list[tuple[str, str]]:
    """Return words as TeX and as text, of capitals with small letters and accents."""
    words = []
    for _ in range(count):
        letters = random_.choices(LETTERS, k=4) + random_.choices(ACCENTED, k=2)
        random_.shuffle(letters)
        parts = [random_.choice(INITIALS), *letters]
        words.append(("".join(tex for tex, _ in parts), "".join(text for _, text in parts)))
    return words


def join(words: list[tuple[str, str]], separator: str = " ") -> tuple[str, str]:
    """Return words as TeX, with a separator, and as text."""
    return separator.join(tex for tex, _ in words), " ".join(text for _, text in words)


def make_name(random_: random.Random) -> tuple[str, Author]:
    """Return a name as TeX, and how it is to be parsed."""
    given = join(make_words(random_, random_.randint(1, 3)), random_.choice([" ", "~", "\n "]))
    last = make_words(random_, random_.randint(1, 2))
    particle = random_.choice(PARTICLES) if random_.random() < 0.3 else []
    form = random_.choice(["plain", "comma", "suffix", "braces", "group", "extended"])
    if form == "plain":
        family = join([*particle, last[0]])
        return f"{given[0]} {family[0]}", Author(family[1], given[1])
    family = join([*particle, *last])
    if form == "comma":
        return f"{family[0]},{random_.choice(['', ' '])}{given[0]}", Author(family[1], given[1])
    if form == "suffix":
        suffix = random_.choice(["Jr.", "III", "Sr"])
        return f"{family[0]}, {suffix}, {given[0]}", Author(family[1], given[1], suffix)
    if form == "braces":
        return f"{given[0]} {{{family[0]}}}", Author(family[1], given[1])
    if form == "extended":
        text = f"family={{{family[0]}}}, given={{{given[0]}}}, useprefix=true"
        return text, Author(family[1], given[1])
    group = join([*last, ("and", "and"), *particle, ("{Co, Sons}", "Co, Sons")])
    return f"{{{group[0]}}}", Author(group[1], collective=True)


@pytest.mark.parametrize("seed", share(range(40), one_in=20))
def test_round_trip(seed):
    """A name is parsed wrongly, or changes when it is printed as BibTeX and parsed again."""
    random_, count = random.Random(seed), 0
    while count < 250:
        names = [make_name(random_) for _ in range(random_.randint(1, 8))]
        count += len(names)
        paper, problems = parse_fields(f"author = {{{' and '.join(tex for tex, _ in names)}}}")
        assert paper.authors == tuple(author for _, author in names), names
        assert not problems
        entry = bibliography.format_bibtex(paper)
        [header] = bibtex_parser.parse_bibtex("again.bib", entry.encode())[1:]
        assert read_paper(header, Path("x.bib"), Path("none"), {}, "k").authors == paper.authors
        assert not header.problems
