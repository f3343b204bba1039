"""Author lists and names as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers.model.affiliations import split_affiliations
from papers.model.names import (
    Author,
    Person,
    format_name_parts,
    name_key,
    parse_authors,
    parse_name,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace, Alan Turing,", ["Ada Lovelace", "Alan Turing"]),
        ("A B, C D, and E F", ["A B", "C D", "E F"]),
        ("Ada Lovelace and Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Lovelace, Ada and Turing, Alan", ["Ada Lovelace", "Alan Turing"]),
        ("Research and Development Team;", ["Research and Development Team"]),
        ("Lovelace, Ada; Turing,\nAlan", ["Ada Lovelace", "Alan Turing"]),
        ("Alexandra Anderson, Sandy Brand", ["Alexandra Anderson", "Sandy Brand"]),
        ("何燕成，王 伟、李 四", ["何燕成", "王伟", "李四"]),
        ("何燕成；王 伟", ["何燕成", "王伟"]),
        ("Ada Lovelace & Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace\nAlan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace, Alan\nTuring", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace and\nAlan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace\nand Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("- Lovelace, Ada\n- Alan Turing", ["Ada Lovelace", "Alan Turing"]),
    ],
)
def test_authors(text, names):
    """An author is split in two, two are joined, or an empty one appears."""
    assert [author.name for author in parse_authors(text, {})[0]] == names


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Lovelace, Ada", "Lovelace"),
        ("Lovelace, A., Turing, A., & Doe, J.", "Lovelace"),
        ("Yancheng He1 and 2, Ada Lovelace", "2"),
        ("Martin Luther King, Jr., Ada Lovelace", "Jr."),
    ],
)
def test_half_names(text, half):
    """A comma in a name turns one author into two without an error."""
    with pytest.raises(ValueError, match=f'"{half}" may be half of a name'):
        parse_authors(text, {})


def test_owner():
    """The owner is not recognized under another spelling, or with a mark after the name."""
    text = "Y. He, YANCHENG  HE*, 何燕成¹, Yancheng Hebert, **Yancheng He**, 何 燕成"
    people = dict.fromkeys(map(name_key, ["Yancheng He", "何燕成"]), Person(owner=True))
    authors, _ = parse_authors(text, people)
    assert [author.owner for author in authors] == [False, True, True, False, True, True]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Ada Lovelace", Author("Lovelace", "Ada")),
        ("Ludwig van Beethoven", Author("van Beethoven", "Ludwig")),
        ("de la Fontaine, Jean", Author("de la Fontaine", "Jean")),
        ("King, Jr., Martin Luther", Author("King", "Martin Luther", "Jr.")),
        ("Martin Luther King Jr.", Author("King", "Martin Luther", "Jr.")),
        ("Martin Luther King, Jr.", Author("King", "Martin Luther", "Jr.")),
        ("Juan {de la Cruz}", Author("de la Cruz", "Juan")),
        ("{Barnes and Noble, Inc.}", Author("Barnes and Noble, Inc.", collective=True)),
        ("ROLL Team", Author("ROLL Team", collective=True)),
        ("岸田, 文雄", Author("岸田", "文雄")),
        ("王 伟", Author("王", "伟")),
        ("황성수", Author("황성수")),
        ("Bach*, Eviatar", Author("Bach", "Eviatar", marks="*")),
        ("{van Ede}*, Freek", Author("van Ede", "Freek", marks="*")),
        ("Kojs†, Juraj", Author("Kojs", "Juraj", marks="†")),
        ("Ada Lovelace*#", Author("Lovelace", "Ada", marks="*†")),
        ("Zhang,Y. *", Author("Zhang", "Y.", marks="*")),
        ("Han+, Yoseob", Author("Han", "Yoseob", marks="+")),
        ("Plato", Author("Plato")),
    ],
)
def test_name_parts(text, author):
    """A family name is cut, a collective gets a first name, a mark becomes part of a name."""
    assert parse_name(text) == author


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Lovelace and others", ["Ada Lovelace"]),
        ("Ada Lovelace, Alan Turing, et al.", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace; Alan Turing et al", ["Ada Lovelace", "Alan Turing"]),
        ("Lovelace, Ada and Turing, Alan and others", ["Ada Lovelace", "Alan Turing"]),
        ("- 何燕成\n- 等", ["何燕成"]),
    ],
)
def test_others(text, names):
    """ "and others" is printed, counted and cited as a person."""
    authors, has_more = parse_authors(text, {})
    assert ([author.name for author in authors], has_more) == (names, True)


def test_too_many_commas():
    """A name with too many commas crashes the build."""
    with pytest.raises(ValueError, match="is not a name"):
        parse_authors("A, B, C, D; E F", {})


@given(st.text(max_size=30) | st.text("aB,.* {}and-é何", max_size=30))
def test_any_text(text):
    """An author list crashes the build."""
    try:
        authors, _ = parse_authors(text, {})
    except ValueError as error:
        assert "separate authors by `;`" in str(error)
    else:
        assert all(isinstance(author.name, str) for author in authors)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe, John Roe and others", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe and Ann Lee, Bob Poe", ["Jane Doe", "John Roe", "Ann Lee", "Bob Poe"]),
        ("Ruiz Gil, Ana and Gil, Juan Carlos", ["Ana Ruiz Gil", "Juan Carlos Gil"]),
        ("*; #; Jane Doe", ["Jane Doe"]),
    ],
)  # fmt: skip
def test_lists_and_marks(text, names):
    """Two authors become one, or a mark becomes an author without a name."""
    assert [author.name for author in parse_authors(text, {})[0]] == names


def test_vowel_signs():
    """Two people whose names differ in a vowel sign become one."""
    assert name_key("राम") != name_key("रमा")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Stone<sup>1</sup>, Bob Rock<sup>1,2</sup>",
        "Ann Stone¹, Bob Rock²",
        "Ann Stone¹,², Bob Rock¹,³",
        "Ann Stone^1^, Bob Rock^{1,2}",
        "Ann Stone$^1$; Bob Rock$^{2}$",
        "Ann Stone[^1] and Bob Rock[1,2]",
        "[Ann Stone](https://example.org), Bob Rock",
        "**[Ann Stone](https://example.org/a,b)**; [Bob Rock][rock]",
        '<a href="https://example.org">Ann Stone</a>, Bob Rock',
        "Ann Stone (MIT), Bob Rock (CMU)",
        "Ann Stone (MIT, Cambridge) and Bob Rock",
        "- Ann Stone<sup>1</sup>\n- Bob Rock （清华大学）",
        "Ann Stone <ann@example.org>, Bob Rock",
        "Ann Stone 0001, Bob Rock 0012",
        "Ann Stone and and Bob Rock",
        "Ann Stone^a^, Bob Rock^b^",
        "Ann Stone1, Bob Rock2",
        "Ann Stone – MIT, Bob Rock @ CMU",
        "Ann Stone, PhD, Bob Rock, MD, PhD",
        "Ann Stone 0000-0002-1825-0097; Bob Rock (ORCID: 0000-0001-5109-3700)",
        "__Ann Stone__, Bob Rock",
        "_Ann Stone_, _Bob Rock_",
        "Ann Stone [MIT], Bob Rock [CMU, Pittsburgh]",
        "Ann Stone 1, Bob Rock 2,3",
        "Ann Stone1,2, Bob Rock 3",
        "Dr. Ann Stone, Prof. Dr. Bob Rock",
        "Stone, Dr. Ann; Professor Bob Rock",
        "Ann Stone ★, Bob Rock🎓",
        "Ann Stone | Bob Rock",
        "Ann Stone · Bob Rock",
    ],
)
def test_affiliations(text):
    """A footnote, an affiliation or a link becomes part of a name, or an author."""
    assert parse_authors(text, {}) == ((Author("Stone", "Ann"), Author("Rock", "Bob")), False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Stone<sup>1,*</sup>, Bob Rock^{†}", ["Ann Stone", "Bob Rock"]),
        ("Ann Stone (MIT)*, Bob Rock†¹", ["Ann Stone", "Bob Rock"]),
    ],
)
def test_marks_beside_affiliations(text, names):
    """The mark of an equal contribution is lost with the number of an affiliation."""
    authors, _ = parse_authors(text, {})
    assert [author.name for author in authors] == names
    assert [author.marks for author in authors] == ["*", "†"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("William (Bill) Gates, Bob Rock", ["William (Bill) Gates", "Bob Rock"]),
        ("Mu\\~noz, Ana; \\'Emile Rock; {\\O}ystein \\v{C}ech",
         ["Ana Muñoz", "Émile Rock", "Øystein Čech"]),
        ("- Jos{\\'e} Pe\\~na*\n- S\\o ren Rock\\*", ["José Peña", "Søren Rock"]),
        ("Stone, MD; Rock, AB", ["MD Stone", "AB Rock"]),
        ("{Group (NG), Inc.}; Ann Stone", ["Group (NG), Inc.", "Ann Stone"]),
        ("Team 42, Drew Drake, Msolo Mrazek", ["Team 42", "Drew Drake", "Msolo Mrazek"]),
        ("{Dr. Oetker GmbH}; snake_case Rock", ["Dr. Oetker GmbH", "snake_case Rock"]),
        ("Study Group B12; Web3 Foundation", ["Study Group B12", "Web3 Foundation"]),
        ("محمد علي، أحمد حسن", ["محمد علي", "أحمد حسن"]),
        ("محمد علي؛ أحمد حسن", ["محمد علي", "أحمد حسن"]),
        ("Mu{ñ}oz, {B}ob; {de la} Cruz, Ana; {D{é}partement {d'É}}",
         ["Bob Muñoz", "Ana de la Cruz", "Département d'É"]),
    ],
)  # fmt: skip
def test_text_that_stays(text, names):
    """A part of a name is mistaken for an affiliation, or a separator is not known."""
    assert [author.name for author in parse_authors(text, {})[0]] == names


@pytest.mark.parametrize(
    "text",
    [
        "Ann Stone, Bob Rock, Carl Clay; Dora Sand",
        "Park J-H, Kim SY, Lee M; Study Group",
        "Gabriel García, Ana Peña, Wei Li; X Y",
    ],
)
def test_names_between_semicolons(text):
    """Of three persons, one becomes the family name and one a suffix, without a notice."""
    with pytest.raises(ValueError, match="separate authors by `;`"):
        parse_authors(text, {})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Stone A, Rock B", [("Stone", "A"), ("Rock", "B")]),
        ("Le Goues CB*; van der Berg JR; Kim J-H", [("Le Goues", "CB"), ("van der Berg", "JR"),
                                                  ("Kim", "J-H")]),
        ("O'Neil B., Ó Briain S. T.", [("O'Neil", "B."), ("Ó Briain", "S. T.")]),
        ("Stone A, ATLAS Team, Rock BC", [("Stone", "A"), ("ATLAS Team", ""), ("Rock", "BC")]),
        ("Weinan E, Bing Yu", [("E", "Weinan"), ("Yu", "Bing")]),
        ("Wei LI, Bo YU", [("LI", "Wei"), ("YU", "Bo")]),
        ("Malcolm X", [("X", "Malcolm")]),
    ],
)  # fmt: skip
def test_initials_last(text, parts):
    """The initials of medicine's style are cited as family names, or short names as initials."""
    authors, _ = parse_authors(text, {})
    assert [(author.family, author.given) for author in authors] == parts


@pytest.mark.parametrize(
    "text", ["Ann Stone, …", "Ann Stone, and 12 others", "Ann Stone, 3 more authors",
             "Ann Stone; +12 more",
             "Ann Stone, et al.", "Ann Stone & 2 others"],
)  # fmt: skip
def test_numbers_of_others(text):
    """ "12 others" is cited as a person."""
    assert parse_authors(text, {}) == ((Author("Stone", "Ann"),), True)


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        (Author("van Gogh", "Vincent"), [("van Gogh", False), ("Vincent", False)]),
        (Author("Stone", "Jr."), [("Stone", True), ("Jr.", True)]),
        (Author("Bell and Co", "Ann"), [("Bell and Co", True), ("Ann", False)]),
        (Author("ibn Sina"), [("ibn Sina", False)]),
        (Author("The Team", collective=True), [("The Team", True)]),
    ],
)
def test_written_parts(author, parts):
    """A name is written in a form that is parsed as another."""
    assert format_name_parts(author) == parts


def test_long_runs():
    """A list with a long run of one sign takes minutes."""
    for sign in (" ", "(", "[", "{", "^", "<sup>", "<a href=", "¹,", "1, "):
        text = f"Ann Stone{sign * 20_000}; Bob Rock"
        for numbered in (False, True):
            assert parse_authors(text, {}, numbered).authors[-1].name.endswith("Rock")
        assert split_affiliations(text)[-1] == "Bob Rock"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Stone¹*; Bob Rock¹,²; Carl Clay", [("*", (1,)), ("", (1, 2)), ("", ())]),
        ("Ann Stone1,2, Bob Rock2* and Carl Clay1", [("", (1, 2)), ("*", (2,)), ("", (1,))]),
        ("Ann Stone^1,2^; Bob Rock$^{2,*}$", [("", (1, 2)), ("*", (2,))]),
        ("Ann Stone<sup>1, 3†</sup>; Rock, Bob [12]", [("†", (1, 3)), ("", (12,))]),
        ("- Ann Stone 1\n- The ROLL Team²", [("", (1,)), ("", (2,))]),
        ("Stone A¹, Le Goues CB², Clay D¹", [("", (1,)), ("", (2,)), ("", (1,))]),
        ("李雷¹，韩梅梅²", [("", (1,)), ("", (2,))]),
        ("Ann Stone^a; Bob Rock (MIT); Team 42", [("", ()), ("", ()), ("", ())]),
    ],
)
def test_numbers_of_affiliations(text, expected):
    """A number after a name is lost, or changes the name."""
    authors, _ = parse_authors(text, {}, numbered=True)
    assert [(author.marks, author.affiliations) for author in authors] == expected
    plain = [(author.family, author.given) for author in parse_authors(text, {}).authors]
    assert [(author.family, author.given) for author in authors] == plain
    assert not any(author.affiliations for author in parse_authors(text, {}).authors)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MIT; ENS, Paris", ["MIT", "ENS, Paris"]),
        ("1 University of X, City; 2. Y；[3] Z", ["University of X, City", "Y", "Z"]),
        ("¹University of X, ²Y, City ³ Z", ["University of X", "Y, City", "Z"]),
        ("- MIT\n- 42 Paris", ["MIT", "42 Paris"]),
        ("3M; Bell Labs\n", ["3M", "Bell Labs"]),
        ("^1 MIT\n(2) ETH", ["MIT", "ETH"]),
        ("", []),
    ],
)
def test_lists_of_affiliations(text, names):
    """The name of an institution is split, or printed with its number."""
    assert split_affiliations(text) == tuple(names)
