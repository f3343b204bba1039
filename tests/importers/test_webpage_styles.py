"""Styles of references and of news on pages written by hand, and the small sites of the cases."""

import re

import pytest
from conftest import ROOT, write
from papers.importers import detect
from papers.importers.common import parse_reference_venue
from papers.importers.common.owner import split_name_forms
from papers.importers.result import ImportResult

CASES = ROOT.parent / "shared" / "cases" / "import"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"{CASES} was not found")
BOTH = "Ada Lovelace, Cy Babbage"
# References in the styles of associations, journals and countries, with their headers.
STYLES = {
    '[2] Lovelace, A., Babbage, C., & de Morgan, A. (2025). [Looms for many '
    'things](https://x.example'
    "/1). [_PLoS ONE_], 20(3), e0319687.": {
        "title": "Looms for many things", "authors": "A. Lovelace, C. Babbage, A. de Morgan",
        "venue": "PLoS ONE", "volume": "20", "issue": "3", "article_number": "e0319687"},
    "[1] Lovelace, A., & Babbage, C. (2024, May 3). The role of looms. _Climatic Change_, "
    "177(3), 36.":
        {"title": "The role of looms", "date": "2024", "venue": "Climatic Change", "pages": "36"},
    "- Lovelace, A., Babbage, C. (in press). Looms that are not out yet. *Journal of Looms*.": {
        "title": "Looms that are not out yet", "stage": "accepted", "venue": "Journal of Looms"},
    '- Lovelace, Ada, and Cy Babbage. "The Role of All Looms." *Journal of Looms*, vol. 12, no. 3, '
    "2020, pp. 45–67.": {
        "title": "The Role of All Looms", "authors": BOTH, "venue": "Journal of Looms",
        "volume": "12", "issue": "3", "pages": "45–67", "date": "2020"},
    '- Lovelace, Ada, Cy Babbage, and Jo Person. 2019. "Looms of the Third Kind." *American '
    'Journal '
    "of Looms* 12 (3): 45–67.": {
        "title": "Looms of the Third Kind", "authors": f"{BOTH}, Jo Person", "date": "2019",
        "venue": "American Journal of Looms", "pages": "45–67"},
    '- Lovelace, Ada, et al. "Looms of Many Threads." *Nature*, vol. 3, 2021, pp. 1-9.': {
        "title": "Looms of Many Threads", "authors": "Ada Lovelace, et al.", "venue": "Nature"},
    "- World Loom Organization. (2021). *Guidelines for looms of care*. Geneva: WLO Press.": {
        "title": "Guidelines for looms of care", "authors": "World Loom Organization",
        "publisher": "WLO Press", "address": "Geneva", "type": "book"},
    '- LOOM Collaboration, "Observation of looms in engines", Phys. Lett. B 716 (2012) 1-29': {
        "title": "Observation of looms in engines", "authors": "LOOM Collaboration",
        "venue": "Phys. Lett. B", "volume": "716", "pages": "1–29", "date": "2012"},
    '- A. Lovelace and the Loom Working Group, "On groups at looms," *Nature* **118**, 30 '
    '(2017).': {
        "title": "On groups at looms", "authors": "A. Lovelace, the Loom Working Group"},
    '- A. Lovelace and C. Babbage, "On the lattice of looms," *Phys. Rev. Lett.* **118**, 030401 '
    "(2017).": {
        "title": "On the lattice of looms", "venue": "Phys. Rev. Lett.", "volume": "118",
        "pages": "030401", "date": "2017"},
    "- A. Lovelace, C. Babbage, *Looms in plasma clouds*, Astrophys. J. 812, 45 (2015)": {
        "title": "Looms in plasma clouds", "venue": "Astrophys. J.", "volume": "812",
        "pages": "45"},
    "- Lovelace A.*, Babbage C. (2020) Looms in the style of journals. J Loom Sci 12:45-67": {
        "title": "Looms in the style of journals", "authors": "A. Lovelace, C. Babbage",
        "venue": "J Loom Sci", "volume": "12", "pages": "45–67"},
    "- Lovelace A, Babbage C, Person J. Looms of networks[J]. Pattern Recognition, 2021, 112: "
    "107-118.":
        {"title": "Looms of networks", "authors": "A. Lovelace, C. Babbage, J. Person",
         "venue": "Pattern Recognition", "type": "article-journal", "pages": "107–118"},
    "- Ada Lovelace, Cy Babbage. Deep looms of networks [C]//Proceedings of the IEEE Conference on "
    "Looms. 2020: 123-130.": {
        "title": "Deep looms of networks", "type": "paper-conference",
        "venue": "Proceedings of the IEEE Conference on Looms", "date": "2020"},
    "- 张三, 李四, 艾达. 基于深度学习的例子识别方法[J]. 计算机学报, 2021, 44(3): 123-135.": {
        "title": "基于深度学习的例子识别方法", "authors": "张三, 李四, 艾达", "volume": "44"},
    "- [A Survey on the Fairness of Looms](https://x.example/b) [J], Jo Person, **Ada "
    "Lovelace**, etc. "
    "**Big Data Research, 2024**.": {
        "title": "A Survey on the Fairness of Looms", "authors": "Jo Person, Ada Lovelace, et al.",
        "venue": "Big Data Research", "date": "2024"},
    "- [Private Retrieval by Looms](https://x.example/a), Jo Person, Ada Lovelace, *etc.* "
    "**Inscrypt "
    "2025**.": {
        "title": "Private Retrieval by Looms", "authors": "Jo Person, Ada Lovelace, et al.",
        "venue": "Inscrypt", "date": "2025"},
    "- [Public Retrieval by Looms](https://x.example/p), Jo Person, **Ada Lovelace**, etc. "
    "**Inscrypt 2025**. (Co-first Author)": {
        "title": "Public Retrieval by Looms", "authors": "Jo Person, Ada Lovelace, et al.",
        "venue": "Inscrypt", "date": "2025", "note": "Co-first Author"},
    "- [Retrieval at the Loom](https://x.example/q), Jo Person and **Ada Lovelace**. *ESORICS "
    "2022*. **Best Paper**.": {
        "title": "Retrieval at the Loom", "venue": "ESORICS", "award": "Best Paper",
        "address": ""},
    "- [Deep Loom](https://arxiv.org/abs/2205.00001), Jo Person, **Ada Lovelace**, et al., "
    "*IEEE Trans. on Looms, 2022*.": {
        "title": "Deep Loom", "authors": "Jo Person, Ada Lovelace, et al.", "arxiv": "2205.00001"},
    "- A. Lovelace. **A single loom with initials**. In *Proc. of Looms (PoL)*, 2022.": {
        "title": "A single loom with initials", "authors": "A. Lovelace",
        "venue": "Proc. of Looms"},
    "1. **Loom Two**<br>\n   **Ada Lovelace**<br>\n   *ICML 2023*": {
        "title": "Loom Two", "authors": "Ada Lovelace", "venue": "ICML"},
    "- Lovelace, A., & Babbage, C. (2023). Two looms. *Loom Journal*, 2(1), 1–9.": {
        "title": "Two looms", "authors": "A. Lovelace, C. Babbage", "venue": "Loom Journal"},
    "- 李雷, 韩梅梅. 中文示例研究[J]. 计算机学报, 2022, 45(3): 1-10.": {
        "title": "中文示例研究", "authors": "李雷, 韩梅梅", "volume": "45", "venue": "计算机学报"},
    "- Ada Lovelace, Cy Babbage, etc. A paper about etcetera. NeurIPS 2020.": {
        "title": "A paper about etcetera", "authors": f"{BOTH}, et al.", "venue": "NeurIPS"},
    "- Ada Lovelace. **A Loom for One Alone.** *Journal of Looms*, 2021.": {
        "title": "A Loom for One Alone", "authors": "Ada Lovelace", "venue": "Journal of Looms"},
    '- **Ada Lovelace** (2020). "How to be alone with looms". _Proc. Natl. Acad. Sci. U.S.A._ '
    '117(3), '
    "123–130.": {
        "title": "How to be alone with looms", "authors": "Ada Lovelace", "date": "2020",
        "venue": "Proc. Natl. Acad. Sci. U.S.A.", "volume": "117", "pages": "123–130"},
    "- Lovelace, A. (2018). *A book of looms* (2nd ed.). Cambridge University Press.": {
        "title": "A book of looms", "edition": "2", "publisher": "Cambridge University Press",
        "type": "book", "date": "2018"},
    "- Lovelace, A. (2018). A chapter of looms. In B. Sample & C. Person (Eds.), *The handbook of "
    "looms* (pp. 12–34). Oxford University Press.": {
        "title": "A chapter of looms", "type": "chapter", "editor": "B. Sample; C. Person",
        "venue": "The handbook of looms", "pages": "12–34",
        "publisher": "Oxford University Press"},
    "- Gerard 't Hooft, Jean le Rond d'Alembert, Omar al-Khwarizmi, Rosa dell'Acqua, Ana i "
    "Puig, Eva "
    "vom Brocke, ibn Sina. **Names with small parts**. ICML 2020.": {
        "title": "Names with small parts", "authors": "Gerard 't Hooft, Jean le Rond d'Alembert, "
        "Omar al-Khwarizmi, Rosa dell'Acqua, Ana i Puig, Eva vom Brocke, ibn Sina"},
    "- d'Alembert, J., de la Cruz, C., & O'Neil, P. (2020). Small parts come first. *Looms*, "
    "1(2), 3.":
        {"title": "Small parts come first", "authors": "J. d'Alembert, C. de la Cruz, P. O'Neil"},
    "- **[![](https://img.shields.io/github/stars/a/b?style=social)](https://github.com/a/b) "
    "Split: A "
    "Loom of Heads.** Ada Lovelace, Cy Babbage. *ICCV 2025*.": {
        "title": "Split: A Loom of Heads", "links": "code | https://github.com/a/b"},
    "- ![new](https://img.shields.io/badge/new-red) [Badges: A Loom of "
    "Heads](https://x.example/c), Ada "
    "Lovelace, Cy Babbage, ICCV 2025": {
        "title": "Badges: A Loom of Heads", "venue": "ICCV", "venue_short": ""},
    "- [**ICCV 2025**] [Within: A Loom ![stars](https://img.shields.io/github/stars/a/b) of Heads]("
    "https://x.example/d) <br> Ada Lovelace, Cy Babbage": {
        "title": "Within: A Loom of Heads", "venue": "ICCV", "authors": BOTH},
    "- [![Star](https://img.shields.io/github/stars/a/b) <br> Broken: A Loom\n  of "
    "Heads](https://x."
    "example/e) \\\\\n  Ada Lovelace, Cy Babbage": {
        "title": "Broken: A Loom of Heads", "authors": BOTH},
}  # fmt: skip
NEWS = {
    "parts that unfold": (
        "<details open>\n<summary>2026</summary>\n<div markdown='1'>\n\n- *2026.5*: &nbsp;🎉 One "
        "**new** "
        "thing\n\n- *2026.2*: Two\n\n</div>\n</details>\n<details><summary>2025</summary>\n\n- "
        "*2025.06*:"
        " Three\n\n</details>",
        {"2026-05": "🎉 One **new** thing", "2026-02": "Two", "2025-06": "Three"},
    ),
    "a table of HTML": (
        "<table><tbody>\n<tr><td>2026.5</td>\n<td>One <b>new</b> thing</td></tr>\n<tr><th>Feb "
        "2026</th>"
        "<td>Two</td></tr></tbody></table>",
        {"2026-05": "One **new** thing", "2026-02": "Two"},
    ),
    "a table of Markdown": (
        "| Date | What |\n|---|---|\n| 2026.5 | One **new** thing |\n| Feb 2026 | Two |",
        {"2026-05": "One **new** thing", "2026-02": "Two"},
    ),
    "a list of lists": (
        "- **2026**\n  - May: One\n  - 02-03: Two\n- 2025\n    * *Dec 31*: Three",
        {"2026-05": "One", "2026-02-03": "Two", "2025-12-31": "Three"},
    ),
    "a list of lists in HTML": (
        "<ul><li>2026<ul><li><b>May</b>: One</li><li>[2026-02] Two</li></ul></li>\n"
        "<li>2025<ul><li>Dec: Three</li></ul></li></ul>",
        {"2026-05": "One", "2026-02": "Two", "2025-12": "Three"},
    ),
    "headings of years": (
        "### 2026\n\n- May: One\n- Two is in no month\n\n### 2025\n\n- [Dec] Three",
        {"2026-05": "One", "2025-12": "Three"},
    ),
    "terms and definitions": (
        "<dl><dt>May 2026</dt><dd>One</dd>\n<dt><em>2026-02</em></dt>\n<dd>Two</dd></dl>",
        {"2026-05": "One", "2026-02": "Two"},
    ),
    "dates at the end": (
        "- One is out! (May 2026)\n- Two, at last [2026-02]\n- **Three** *(Dec 2025)*",
        {"2026-05": "One is out!", "2026-02": "Two, at last", "2025-12": "**Three**"},
    ),
}  # fmt: skip


def import_files(folder, files) -> ImportResult:
    """Return the result of the import of a site of these files."""
    return detect.import_source(write(folder, files))


def documents(result: ImportResult, kind: str) -> list:
    """Return the documents of a kind."""
    return [document for document in result.documents if document.kind == kind]


@pytest.fixture(scope="module")
def styles(tmp_path_factory) -> ImportResult:
    """The import of one page with a reference of each style."""
    text = "\n\n".join(STYLES)
    page = f"I am Ada Lovelace.\n\n## Publications\n\n{text}\n\n## Teaching\n\nEngines.\n"
    return import_files(tmp_path_factory.mktemp("styles"), {"index.md": page})


@pytest.mark.parametrize("text", STYLES)
def test_styles_of_references(styles, text):
    """A reference in a common style is lost, or its names, venue and numbers are mixed up."""
    headers = STYLES[text]
    papers = [p.headers for p in documents(styles, "paper")]
    (paper,) = [paper for paper in papers if paper["title"] == headers["title"]]
    assert {key: paper.get(key, "") for key in headers} == headers


def test_every_reference_is_one_paper(styles):
    """A reference is lost, read as two, or left as text on the home page."""
    assert len(documents(styles, "paper")) == len(STYLES)
    (home,) = documents(styles, "home")
    assert re.sub(r"\s+", " ", home.body).endswith("[PAPERS] ## Teaching Engines.")


@pytest.mark.parametrize("form", NEWS)
def test_news_of_any_nesting(tmp_path, form):
    """News in folded parts, tables and lists of lists stay as text, or lose their years."""
    text, items = NEWS[form]
    result = import_files(tmp_path, {"index.md": f"## News\n\n{text}\n\n## Teaching\n\nEngines.\n"})
    assert {item.headers["date"]: item.body for item in documents(result, "news")} == items
    body = documents(result, "home")[0].body
    assert body.startswith("## News\n\n") and body.count("[NEWS]") == 1
    assert ("Two is in no month" in body) == ("no month" in text)


@pytest.mark.parametrize(("name", "forms"), [
    ("Ada Lovelace (艾达)", ["Ada Lovelace", "艾达"]),
    ("艾达 (Ada Lovelace)", ["艾达", "Ada Lovelace"]),
    ("Ada Lovelace 艾达", ["Ada Lovelace", "艾达"]),
    ("艾达·洛夫莱斯 Ada Lovelace", ["艾达·洛夫莱斯", "Ada Lovelace"]),
    ("Ada Lovelace | Ада Лавлейс", ["Ada Lovelace", "Ада Лавлейс"]),
    ("Augusta (Ada) Lovelace", ["Augusta Lovelace", "Ada Lovelace"]),
    ("Ada Lovelace (she/her)", ["Ada Lovelace"]),
    ("Ada Lovelace, Ph.D.", ["Ada Lovelace, Ph.D."]),
])  # fmt: skip
def test_two_forms_of_a_name(name, forms):
    """Two forms of the owner's name become one, which no paper prints."""
    assert split_name_forms(name) == forms


@pytest.mark.parametrize("underline", ["======", "===", "---"])
def test_a_heading_with_an_underline_stays_one(tmp_path, underline):
    """A heading whose underline made it one was text above the list of news."""
    news = f"News\n{underline}\n- Dec 2024: One.\n- Nov 2023: Two.\n"
    page = f"I am Ada Lovelace.\n\n{news}\nTeaching\n{underline}\n\nEngines.\n"
    result = import_files(tmp_path, {"index.md": page})
    (home,) = documents(result, "home")
    assert len(documents(result, "news")) == 2
    assert re.search(r"(?m)^##+ News\n\n\[NEWS\]$", home.body), home.body
    assert re.search(r"(?m)^##+ Teaching$", home.body)


@pytest.mark.parametrize(
    ("reference", "venue"),
    [
        ('A. B. (2024). "A thing: of it." Journal of Looms. 3(2), 1-10.', "Journal of Looms"),
        ("B, A. (2023). “A thing: of it,” In Proceedings of Looms, pp. 1–3.",
         "Proceedings of Looms"),
        ('A. B., "A thing: of it," Phys. Rev. Lett. 118, 3 (2019).', "Phys. Rev. Lett."),
        ("A. B. (2020). A thing: of it. Nature.", "Nature"),
        ('A. B. "A thing: of it" (2020).', ""),
        ('A. B. (2020). "A thing: of it." Submitted.', ""),
        ("Another title altogether. Nature.", ""),
    ],
)  # fmt: skip
def test_the_venue_of_a_citation(reference, venue):
    """A paper whose `venue:` said only "publication" had none, though its citation names it."""
    assert parse_reference_venue(reference, "A thing: of it") == venue


def test_a_citation_tells_the_venue_that_its_key_does_not(tmp_path):
    """The venue in `citation:` was lost without a word."""
    text = (
        "---\ntitle: 'Causes of looms'\ncollection: publications\ndate: 2024-03-02\n"
        "venue: 'publication'\ncitation: 'Lovelace, A., &amp; Babbage, C. (2024). &quot;Causes of "
        "looms.&quot; <i>Journal of Causes</i>. 3(2), 1-10.'\n---\n"
    )
    files = {"_config.yml": "author:\n  name: Ada Lovelace\n", "_publications/one.md": text}
    (paper,) = documents(import_files(tmp_path, files), "paper")
    assert paper.headers["venue"] == "Journal of Causes" and paper.headers["volume"] == "3"


def test_formulas_in_the_abstract_of_hugoblox(tmp_path):
    """Backslashes that protect a formula stayed in abstracts, though not in texts."""
    text = "---\ntitle: Looms swim\nauthors: [Ada Lovelace]\ndate: 2022-05-02\n"
    abstract = "abstract: 'Looms with $x^{\\*}\\_1$ and $a\\_b$.'\n---\n"
    files = {
        "config/_default/hugo.yaml": "title: Ada Lovelace\n",
        "content/authors/admin/_index.md": "---\ntitle: Ada Lovelace\n---\nI am.\n",
        "content/publication/loom/index.md": text + abstract,
    }
    (paper,) = documents(import_files(tmp_path, files), "paper")
    assert paper.body.strip() == "Looms with $x^{*}_1$ and $a_b$."


def test_authors_behind_with_are_a_guess(tmp_path):
    """A paper "with Jo Person" got Jo Person as its only author, without a word."""
    page = (
        "I am Ada Lovelace.\n\n## Papers\n\n"
        '- "Tariffs of all looms", with Jo Person and Cy Babbage. *AER*, 2020.\n'
        '- "Duties of all looms", Jo Person and Cy Babbage. *AER*, 2021.\n'
    )
    result = import_files(tmp_path, {"index.md": page})
    (note,) = [note for note in result.notes if "names the others only" in note.message]
    assert note.kind == "guessed" and note.line == 5
