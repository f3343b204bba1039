"""The import of home pages written by hand: papers, news and the remaining text."""

import re
import time

import pytest
from conftest import ALL, ROOT
from papers.content import frontmatter
from papers.content.header_keys import normalize_keys
from papers.content.paper_reader import read_paper
from papers.importers import detect, writer
from papers.importers.common import content_file
from papers.importers.common.clean_markdown import clean_body
from papers.importers.result import ImportResult, SourceTree
from papers.importers.webpage.page import import_page

CORPUS = ROOT.parent / "shared" / "corpus" / "jekyll-cards"
FILES = sorted(CORPUS.glob("*.md"))
needs_corpus = pytest.mark.skipif(not FILES, reason=f"{CORPUS} was not found")
PNG = b"\x89PNG\r\n\x1a\n"

# Papers and news of each page, counted with grep and by eye.
COUNTS = {
    "DJjjjhao.md": (14, 0),
    "RayeRen_pub.md": (54, 0),
    "haolpku.md": (0, 9),
    "haolpku_zh.md": (0, 9),
    "jasonyanglu.md": (0, 28),
    "jasonyanglu_cn.md": (0, 28),
    "jasonyanglu_publications.md": (88, 0),
}
# Checked against the pages by eye; "" stands for a header that is not there.
SAMPLE = [
    ("DJjjjhao.md", "ConTested", {
        "title": "ConTested: Consistency-Aided Tested Code Generation with LLM",
        "authors": "Jinhao Dong, Jun Sun, Wenjie Zhang, Jin Song Dong, Dan Hao",
        "date": "2025", "venue": "ISSTA",
        "links": "code | https://github.com/DJjjjhao/replication_package", "award": ""}),
    ("DJjjjhao.md", "MiMo-VL", {
        "title": "MiMo-VL Technical Report", "type": "report", "authors": "", "date": ""}),
    ("DJjjjhao.md", "SRRTA", {"date": "2020", "venue": "ASE NIER track"}),
    ("DJjjjhao.md", "Revisiting Learning", {
        "doi": "", "links": "code | https://doi.org/10.5281/zenodo.7042270"}),
    ("RayeRen_pub.md", "FastSpeech:", {
        "authors": "Yi Ren, Yangjun Ruan, Xu Tan, Tao Qin, Sheng Zhao, Zhou Zhao, Tie-Yan Liu",
        "date": "2019", "venue": "NeurIPS", "tags": "Speech Synthesis"}),
    ("RayeRen_pub.md", "Mega-TTS 2", {
        "authors": "Ziyue Jiang, Jinglin Liu, Yi Ren, et al.", "openreview": "mvMI3N4AvD",
        "links": "website | https://boostprompt.github.io/boostprompt/"}),
    ("RayeRen_pub.md", "CLAPSpeech", {
        "date": "2023", "venue": "ACL", "links": "", "arxiv": "",
        "authors": "Zhenhui Ye, Rongjie Huang, Yi Ren, et al."}),
    ("RayeRen_pub.md", "FastDiff", {
        "presentation": "Oral", "links": "code | https://github.com/Rongjiehuang/FastDiff"}),
    ("RayeRen_pub.md", "WSRGlow", {"award": "best student paper award candidate"}),
    ("RayeRen_pub.md", "SDMuse", {"date": "", "venue": "IEEE TMM"}),
    ("RayeRen_pub.md", "Real3D", {
        "presentation": "Spotlight", "openreview": "7ERQPyR2eb", "date": "2024",
        "authors": "Zhenhui Ye, Tianyun Zhong, Yi Ren, et al.",
        "links": "website | https://real3dportrait.github.io/\n"
        "code | https://github.com/yerfor/Real3DPortrait"}),
    ("jasonyanglu_publications.md", "PI-H2T", {
        "authors": "Mengke Li, Zhikai Hu, Yang Lu, Weichao Lan, Yiu-ming Cheung, Hui Huang",
        "venue": "IEEE Transactions on Pattern Analysis and Machine Intelligence",
        "venue_short": "TPAMI", "date": "2026", "arxiv": "2506.00625",
        "links": "code | https://github.com/Keke921/H2T"}),
    ("jasonyanglu_publications.md", "Mind the Gap", {
        "authors": "Yijie Liu, Xinyi Shang, Yiqun Zhang, Yang Lu†, Chen Gong, Jing-Hao Xue, "
        "Hanzi Wang", "address": "Nashville, USA", "venue_short": "CVPR"}),
    ("jasonyanglu_publications.md", "Augmentation Matters", {
        "volume": "20", "pages": "234–248", "date": "2025", "issue": ""}),
    ("jasonyanglu_publications.md", "Federated Clustering", {
        "award": "Best paper award", "venue_short": "DOCS"}),
    ("jasonyanglu_publications.md", "PoP", {
        "title": "PoP: A Pipeline-oriented Paradigm for Long-tailed Learning Survey", "date": "",
        "stage": "preprint", "doi": "10.36227/techrxiv.176463801.11252270/v1"}),
]  # fmt: skip
NAMES = {
    "DJjjjhao.md": "Jinhao Dong", "RayeRen_pub.md": "Yi Ren", "haolpku.md": "Hao Liang",
    "haolpku_zh.md": "梁昊", "jasonyanglu.md": None, "jasonyanglu_cn.md": "卢杨",
    "jasonyanglu_publications.md": "Yang Lu",
}  # fmt: skip
BOTH = {"authors": "Ada Lovelace, Charles Babbage"}
# Forms in which people write down a paper, and its headers.
FORMS = {
    "a citation with its title in quotes": (
        '1. **A. Lovelace**, C. Babbage. "Notes on the Engine of the Future." *Scientific '
        "Memoirs*, vol. 3, pp. 666-731, 1943. [[Code](https://github.com/a/b)]",
        {"title": "Notes on the Engine of the Future", "authors": "A. Lovelace, C. Babbage",
         "venue": "Scientific Memoirs", "volume": "3", "pages": "666–731", "date": "1943",
         "links": "code | https://github.com/a/b"},
    ),
    "a citation without markup": (
        "- Ada Lovelace and Charles Babbage. On the Sum of Things. In *Proceedings of the "
        "Royal Society*, 2020.",
        BOTH | {"title": "On the Sum of Things", "date": "2020",
                "venue": "Proceedings of the Royal Society"},
    ),
    "a citation with family names first": (
        "- Babbage, C., Lovelace, A. (2021). A third way of citing. *Journal of Things*, 12(3), "
        "45–67. https://doi.org/10.1000/182",
        {"title": "A third way of citing", "authors": "C. Babbage, A. Lovelace", "date": "2021",
         "venue": "Journal of Things", "volume": "12", "issue": "3", "pages": "45–67",
         "doi": "10.1000/182"},
    ),
    "lines that are broken in HTML": (
        "- [Deep Engines for Problems](https://arxiv.org/abs/2101.00001)<br>Ada Lovelace\\*, "
        "Charles Babbage\\*<br>*Conference on Engines (ICE)*, 2021<br>"
        "[PDF](https://x.example/a.pdf) / [Slides](https://x.example/s.pdf)",
        {"title": "Deep Engines for Problems", "authors": "Ada Lovelace*, Charles Babbage*",
         "venue": "Conference on Engines", "venue_short": "ICE", "arxiv": "2101.00001",
         "links": "pdf | https://x.example/a.pdf\nslides | https://x.example/s.pdf"},
    ),
    "title, names and an award in one line": (
        "- **Wide Engines for Problems.** **Ada Lovelace**, Charles Babbage. ICE 2022 (Best Paper "
        "Award). [paper](https://x.example/w.pdf)",
        BOTH | {"title": "Wide Engines for Problems", "venue": "ICE", "date": "2022",
                "award": "Best Paper Award", "links": "paper | https://x.example/w.pdf"},
    ),
    "the venue in parentheses behind the title": (
        "- **A Joint Model for Engines** (*to appear* ICE 2020)<br />\n  *Charles Babbage, **Ada "
        "Lovelace***",
        {"title": "A Joint Model for Engines", "authors": "Charles Babbage, Ada Lovelace",
         "venue": "ICE", "date": "2020"},
    ),
    "a paragraph": (
        "**Paragraph Paper About Engines**  \nAda Lovelace, Charles Babbage  \n*ICE 2020*  \n"
        "[Paper](https://x.example/p.pdf) | [Code](https://github.com/a/pp)",
        BOTH | {"title": "Paragraph Paper About Engines", "venue": "ICE", "date": "2020",
                "links": "paper | https://x.example/p.pdf\ncode | https://github.com/a/pp"},
    ),
    "a heading": (
        "### [Headed Paper About Engines](https://x.example/h)\nAda Lovelace and Charles "
        "Babbage\n*ICE*, 2018",
        BOTH | {"title": "Headed Paper About Engines", "venue": "ICE", "date": "2018",
                "links": "paper | https://x.example/h"},
    ),
    "a title that only a comma ends": (
        "- `ICE 2025` Wide Engines: A Data Set, and More, Charles Babbage\\*, **Ada Lovelace\\***, "
        "et al. \\| [![Demo](https://img.shields.io/badge/🚀%20Page-blue)](https://d.example/)",
        {"title": "Wide Engines: A Data Set, and More", "venue": "ICE", "date": "2025",
         "authors": "Charles Babbage*, Ada Lovelace*, et al.", "links": "demo | https://d.example/"},
    ),
    "names first, then a title, parted by commas": (
        "- ``ICLR 2024`` **Ada Lovelace**, Charles Babbage, A Group Approach to Engines "
        "[[PDF](https://x.example/a.pdf)]",
        BOTH | {"title": "A Group Approach to Engines", "venue": "ICLR", "date": "2024",
                "links": "pdf | https://x.example/a.pdf"},
    ),
    "a badge of HTML before the title": (
        '- <span class="tag">NeurIPS 2025</span> [Deep Engines for Problems](https://arxiv.org/abs/'
        "2505.00703) ~$\\vert$~ [Github](https://github.com/a/b)<br>\n**Ada Lovelace**, Charles "
        "Babbage.",
        BOTH | {"title": "Deep Engines for Problems", "venue": "NeurIPS", "date": "2025", "arxiv":
                "2505.00703", "links": "code | https://github.com/a/b"},
    ),
    "the venue in bold behind the names": (
        "- [Wide Engines for Problems](), Ada Lovelace, Charles Babbage, **ACM-MM 2022** <span "
        'style="color:red">(Oral)</span>',
        BOTH | {"title": "Wide Engines for Problems", "venue": "ACM-MM", "date": "2022",
                "presentation": "Oral", "links": ""},
    ),
    "an entry of BibTeX beside it": (
        " - [Deep Engines for Problems](https://arxiv.org/abs/2509.06285)\n   <div><details>"
        "<summary>BibTeX</summary><pre><code>@article{a1, title={Deep}, author={Lovelace, Ada},\n "
        "journal={Engines}, year={2026}, volume=3}</code></pre></details></div>\n\n   *Journal of "
        "Engines **(JE)***\n\n   Ada Lovelace, **<u>Charles Babbage</u>**",
        BOTH | {"title": "Deep Engines for Problems", "venue": "Journal of Engines", "venue_short":
                "JE", "date": "2026", "volume": "3", "key": "a1"},
    ),
    "a card whose venue stands before the names": (
        "<div class='box'><div><a href='images/M.png'><img src='images/M.png'></a></div>\n<div "
        "markdown='1'>\n\n<a class=PaperTitle href='https://arxiv.org/abs/2604.22828'><b>Deep "
        "Engines for Problems</b></a> \\\\\n *Transactions on Engines (TE), IF=8.6, 2026* \\\\\n"
        "Ada Lovelace*, **<font color='#C00000'>Charles Babbage</font>*** \\\\\n[<a href='https://github.com/"
        "M/H'>Code</a>]\n\n</div>\n</div>",
        {"title": "Deep Engines for Problems", "authors": "Ada Lovelace*, Charles Babbage*",
         "venue": "Transactions on Engines", "venue_short": "TE", "date": "2026",
         "links": "code | https://github.com/M/H"},
    ),
    "names first, with marks as formulas": (
        "- **[ICML 2024 (<span>Outstanding Paper</span> at MFM Workshop)]** Ada Lovelace$^\\*$, "
        "**Charles Babbage**$^{\\dagger}$, [Deep Engines for Problems](https://arxiv.org/abs/"
        "2402.18137). [[Code]](https://github.com/a/b)",
        {"title": "Deep Engines for Problems", "authors": "Ada Lovelace*, Charles Babbage†",
         "venue": "ICML", "date": "2024", "arxiv": "2402.18137", "links":
         "code | https://github.com/a/b", "award": "Outstanding Paper at MFM Workshop"},
    ),
    "several badges": (
        "- ``ACL 2025`` ``Alignment`` <span style='color:red'>(Oral)</span>  [Deep Engines for "
        "Problems](https://arxiv.org/pdf/2405.11870), Ada Lovelace, Charles Babbage.",
        BOTH | {"venue": "ACL", "tags": "Alignment", "presentation": "Oral", "date": "2025"},
    ),
    "a card whose title holds its venue": (
        "<div class='box'><div class='badge'>AAAI 2025 (Selected as Oral)</div>\n<div "
        "class='paper-title'><span class='paper-venue'>AAAI 2025</span> Deep Engines for Problems"
        "</div>\n<div class='paper-authors'><strong>Ada Lovelace</strong><sup>*</sup>, Charles "
        "Babbage</div>\n<div markdown='1'>\n[**Paper**](https://x.example/p)\n | [**Code** ![]("
        "https://img.shields.io/x)](https://github.com/a/b)\n</div></div>",
        {"title": "Deep Engines for Problems", "authors": "Ada Lovelace*, Charles Babbage",
         "venue": "AAAI", "date": "2025", "presentation": "Oral",
         "links": "paper | https://x.example/p\ncode | https://github.com/a/b"},
    ),
    "Chinese": (
        "- 洛夫莱斯, 巴贝奇. 关于未来分析机的若干笔记. *计算机学报*, 2020.",
        {"title": "关于未来分析机的若干笔记", "authors": "洛夫莱斯, 巴贝奇", "venue": "计算机学报",
         "date": "2020"},
    ),
    "family names first, in bold, before a title in quotes": (
        "- **Lovelace, A. K.**, Babbage, C*., and de Morgan, A., “Engines that weave numbers,” "
        "Annals of Engines 13(3), 1471–1484 (2022).",
        {"title": "Engines that weave numbers", "authors": "A. K. Lovelace, C. Babbage*, A. de "
         "Morgan", "venue": "Annals of Engines", "volume": "13", "issue": "3", "pages":
         "1471–1484", "date": "2022"},
    ),
    "family names with bare initials": (
        "- Lovelace A, Babbage CD, et al. A loom for sums. Nature. 2021;12(3):45-67.",
        {"title": "A loom for sums", "authors": "A. Lovelace, C. D. Babbage, et al.", "venue":
         "Nature", "volume": "12", "issue": "3", "pages": "45–67", "date": "2021"},
    ),
    "initials behind a whole name": (
        "**A Loom That Weaves Sums**  \n*Ada Lovelace*, C. Babbage, A. Morgan  \n*Annals*, 2024",
        {"title": "A Loom That Weaves Sums", "authors": "Ada Lovelace, C. Babbage, A. Morgan",
         "venue": "Annals", "date": "2024"},
    ),
    "small words in the names of title, venue and people": (
        "- `MTA 2023` Ada Lovelace, Li An, Charles Babbage*. [Looms by engine with "
        "cards](https://x.example/l). _Engines with Applications_ (SCI).",
        {"title": "Looms by engine with cards", "authors": "Ada Lovelace, Li An, Charles Babbage*",
         "venue": "Engines with Applications", "venue_short": "MTA", "note": "SCI"},
    ),
    "a title of one word below a badge": (
        "- <span>Blog</span> [Loom-150K](https://x.example/l)<br>\nAda Lovelace, Charles Babbage.",
        BOTH | {"title": "Loom-150K", "venue": "Blog"},
    ),
    "a title that tells where it was accepted": (
        "- [Fast Looms for Slow Cards (Accepted at VLDB 2025)](https://x.example/f)  \n  Ada "
        "Lovelace, Charles Babbage",
        BOTH | {"title": "Fast Looms for Slow Cards", "venue": "VLDB", "date": "2025"},
    ),
    "title and venue that only commas part": (
        "* Ada Lovelace and Charles Babbage. Looms on many engines, the Fifth International "
        "Workshop on Looms, Cards, and Sums (LOOM 2018), in London, 2018",
        BOTH | {"title": "Looms on many engines", "date": "2018",
                "venue": "the Fifth International Workshop on Looms, Cards, and Sums"},
    ),
    "no names, a month, and a venue with a link": (
        "- *A Small Loom Design with Cards*, [Annals of Engines](https://x.example/s), 03/2023",
        {"title": "A Small Loom Design with Cards", "authors": "", "venue": "Annals of Engines",
         "date": "2023-03"},
    ),
    "names alone on a line, and a thesis": (
        "**A Loom of One's Own**<br>\nAda Lovelace<br>\n*PhD Thesis*, MIT, 2022.",
        {"title": "A Loom of One's Own", "authors": "Ada Lovelace", "type": "thesis", "venue":
         "MIT", "date": "2022"},
    ),
    "one name before a title with a link": (
        "- Ada Lovelace. [Looms That Forget](https://x.example/). *PhD thesis*, MIT, 2020.",
        {"title": "Looms That Forget", "authors": "Ada Lovelace", "type": "thesis", "venue": "MIT",
         "date": "2020", "links": "paper | https://x.example/"},
    ),
    "Japanese": (
        "1. 山田花子、佐藤次郎：「計算機による織機の最適化」，織機学会論文誌，Vol. 60，No. 3，"
        "pp. 100–110，2019年3月.",
        {"title": "計算機による織機の最適化", "authors": "山田花子, 佐藤次郎", "venue":
         "織機学会論文誌", "volume": "60", "issue": "3", "pages": "100–110", "date": "2019-03"},
    ),
    "an abbreviated venue in plain words": (
        "- <b>A Loom for Many Cards</b><br><i>Ada Lovelace and Charles Babbage</i><br>Proc. of ICE "
        "2020, Vienna<br>[<a href='https://x.example/a.pdf'>pdf</a>]",
        BOTH | {"title": "A Loom for Many Cards", "venue": "Proc. of ICE", "date": "2020",
                "address": "Vienna"},
    ),
    "an abstract folded below": (
        "**A Loom for All of Us**  \nAda Lovelace, Charles Babbage  \n*ICE*, 2020  \n<details>\n"
        "<summary>Abstract</summary>\nWe weave.\n</details>\n[[Code]](https://github.com/a/b)",
        BOTH | {"title": "A Loom for All of Us", "links": "code | https://github.com/a/b"},
    ),
    "items of a list in HTML": (
        '<ol><li><a href="https://arxiv.org/abs/2101.00001">Deep Engines for Problems</a>, <b>Ada '
        "Lovelace</b>, Charles Babbage, <i>ICE 2021</i></li>\n<li><b>Wide Engines for Problems"
        "</b><br>Ada Lovelace, Charles Babbage<br><i>ICE</i>, 2022</li></ol>",
        BOTH | {"title": "Deep Engines for Problems", "arxiv": "2101.00001", "venue": "ICE",
                "date": "2021"},
    ),
}  # fmt: skip
# Marks that no page explains are left out.
LEGEND = "\\* equal contribution, † corresponding author"
NEWS = {
    "- **[2026.02]** It": "2026-02", "- *2023.11*: It": "2023-11", "* **July 10 2026**: It":
    "2026-07-10", "* **2026年7月10日**：It": "2026-07-10", "- **[2026 年 7 月]** It": "2026-07",
    "- **[Jul. 2026]** It": "2026-07", "- 2024-05-01: It": "2024-05-01", "- [2024/03] It":
    "2024-03", "- Jan 2024 - It": "2024-01", "- (Dec 2023) It": "2023-12", "- 10/2023: It":
    "2023-10", "- 🎉 [2023-09-01] It": "2023-09-01", "- Sep 2023. It": "2023-09", "- **2024.01:** "
    "It": "2024-01", "- `2024.02` It": "2024-02", "<ul><li><b>Mar 2022</b>: It</li></ul>":
    "2022-03", "- September, 2021: It": "2021-09",
}  # fmt: skip


def import_file(path):
    """Return the result of the import of a page."""
    result = ImportResult()
    import_page(SourceTree(path, result), path)
    return result


def import_text(tmp_path, text, name="index.md"):
    """Return the result of the import of a page with this text."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return import_file(path)


def documents(result, kind):
    return [text for text in result.documents if text.kind == kind]


def clean(tmp_path, text, folder="images"):
    """Return a text as cleaned Markdown, and the result with its notes."""
    path = tmp_path / "x.md"
    path.write_text(text, encoding="utf-8")
    result = ImportResult()
    return clean_body(SourceTree(path, result), path, text, 1, folder), result


@needs_corpus
@pytest.mark.parametrize("name", COUNTS)
def test_all_papers_and_news_are_found(name):
    """A paper or a news item of a real page is lost, or something else is imported as one."""
    result = import_file(CORPUS / name)
    assert (len(documents(result, "paper")), len(documents(result, "news"))) == COUNTS[name]
    assert result.owner.name == NAMES[name]
    titles = [text.headers["title"] for text in documents(result, "paper")]
    assert len(set(titles)) == len(titles)


@needs_corpus
def test_all_pages_have_counts():
    """A page of the corpus is not tested."""
    assert {path.name for path in FILES} == COUNTS.keys()


@needs_corpus
@pytest.mark.parametrize(("name", "title", "headers"), SAMPLE)
def test_fields_of_a_paper(name, title, headers):
    """A value of a real paper is lost, or in the wrong header."""
    papers = documents(import_file(CORPUS / name), "paper")
    (paper,) = [text for text in papers if text.headers["title"].startswith(title)]
    assert {key: paper.headers.get(key, "") for key in headers} == headers


@needs_corpus
@pytest.mark.parametrize("name", COUNTS)
def test_no_word_and_no_address_is_lost_in_silence(name):
    """Words or URLs of a page are missing in all documents and in all notes."""
    path = CORPUS / name
    result = import_file(path)
    written = "\n".join(
        content_file.render_document(text.headers, text.body) for text in result.documents
    )
    output = written + "\n".join(map(str, result.notes))
    text = re.sub(r"<!--.*?-->|\{%.*?%\}|\A---.*?\n---", "", path.read_text("utf-8"), flags=re.S)
    lines = {note.line for note in result.notes if note.kind == "left"}
    for n, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        text = text.replace(line, " ") if n in lines and len(line) > 40 else text
    addresses = set(re.findall(r"\]\((https?://[^\s()]+)\)|href='(https?://[^']+)'", text))
    for address in {markdown or html for markdown, html in addresses}:
        plain = re.sub(r"https?://(?:arxiv\.org/(?:abs|pdf)|doi\.org|openreview\.net/forum\?id=)/?",
                       "", address)  # fmt: skip
        assert plain in output or "shields.io" in address, address
    words = re.sub(r"https?://\S+|<[^<>]*>|!\[[^]]*\]\([^)]*\)", " ", text)
    lost = [word for word in set(re.findall(r"[A-Za-z]{4,}", words)) if word not in output]
    expected = set(
        "arXiv GitHub indicates corresponding author Report Technical January February March "
        "April June July August September October November December Publications Preprints "
        "before Project Code Others Selected".split()
    )
    assert not set(lost) - expected


@needs_corpus
@pytest.mark.parametrize("name", COUNTS)
def test_imported_papers_are_valid(tmp_path, name):
    """The site refuses an imported paper for something that no note says."""
    result = import_file(CORPUS / name)
    list(writer.write_import(result, tmp_path, name))
    messages = {note.message.partition(" (")[0] for note in result.notes}
    for path in sorted((tmp_path / "papers").glob("*.md")):
        header, _ = frontmatter.split_header(path.name, path.read_text("utf-8"))
        normalize_keys(header)
        read_paper(header, path, tmp_path, {}, "key")
        wrong = {problem.key for problem in header.problems if not problem.notice}
        assert wrong <= {"date", "authors"}, header.problems
        assert not wrong or messages & {"has no date", "has no authors"}


@pytest.mark.parametrize("form", FORMS)
def test_forms_of_a_paper(tmp_path, form):
    """A paper in another form is lost, or its headers are mixed up."""
    text, headers = FORMS[form]
    result = import_text(
        tmp_path, f"{LEGEND}\n\n## Publications\n\n{text}\n\n## Teaching\n\nEngines.\n"
    )
    paper = documents(result, "paper")[0]
    assert {key: paper.headers.get(key, "") for key in headers} == headers
    assert "Engines." in documents(result, "home")[0].body


@pytest.mark.parametrize("text", NEWS)
def test_forms_of_news(tmp_path, text):
    """The date of a news item is not parsed, and the item stays in the home page's text."""
    result = import_text(tmp_path, f"## News\n\n{text}\n\n## Teaching\n\nEngines.\n")
    assert [(item.headers["date"], item.body) for item in documents(result, "news")] == [
        (NEWS[text], "It")
    ]
    assert documents(result, "home")[0].body == "## News\n\n[NEWS]\n\n## Teaching\n\nEngines."


def test_other_text_stays_on_the_home_page(tmp_path):
    """News without a date, and words around the papers, are dropped."""
    result = import_text(
        tmp_path,
        "# Ada Lovelace\n\n## News\n- 2024.01: One\n- No date\n\n## Papers\nWords above.\n\n"
        "- **A Paper About Engines** Ada Lovelace, Charles Babbage. ICE 2020\n\nSee "
        "[all](https://x.example).\n",
    )
    assert documents(result, "home")[0].body == (
        "## News\n\n[NEWS]\n\n- No date\n\n## Papers\nWords above.\n\n[PAPERS]\n\nSee "
        "[all](https://x.example)."
    )
    assert documents(result, "home")[0].headers["title"] == "Ada Lovelace"


def test_rows_of_a_layout_table_are_papers(tmp_path):
    """Papers in the rows of a layout table are lost, or become one."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(PNG)
    row = (
        "<tr onmouseout='x()'><td><img src='images/a.png'></td><td><a href='https://arxiv.org/abs/"
        "2405.1031{0}'><span class='papertitle'>Create Anything {0}</span></a><br><a href='https://"
        "r.example/'>Charles Babbage*</a>, <strong>Ada Lovelace</strong><br><em>NeurIPS</em>, 2024 "
        "&nbsp <font color='red'><strong>(Oral)</strong></font><br><a href='https://c.example/'>"
        "project page</a> / <a href='javascript:x()'>bib</a><p></p><p>Words of it.</p></td></tr>\n"
    )
    result = import_text(
        tmp_path,
        "<html><head><title>x</title></head><body><table><tr><td><p>I am Ada Lovelace, an analyst "
        f"at <a href='https://x.example'>X</a>.</p></td></tr></table>\n<table>\n{row.format(1)}"
        f"{row.format(2)}</table></body></html>",
        "index.html",
    )
    first, second = documents(result, "paper")
    assert first.headers == {
        "title": "Create Anything 1", "authors": "Charles Babbage, Ada Lovelace", "date": "2024",
        "venue": "NeurIPS", "presentation": "Oral", "arxiv": "2405.10311", "image":
        "images/a.png", "image_alt": "Figure of “Create Anything 1”",
        "links": "website | https://c.example/",
    }  # fmt: skip
    assert (second.headers["title"], second.body) == ("Create Anything 2", "Words of it.")
    home = documents(result, "home")[0]
    assert home.headers == {"title": "Ada Lovelace", "role": "analyst at X"}
    assert home.body == "I am Ada Lovelace, an analyst at [X](https://x.example).\n\n[PAPERS]"
    assert any("javascript" in note.message for note in result.notes)
    assert result.people == {"Charles Babbage": {"address": "https://r.example/"}}


def test_included_pages_are_imported(tmp_path):
    """Papers in a file that the home page includes are lost, or a page includes itself."""
    folder = tmp_path / "_pages" / "includes"
    folder.mkdir(parents=True)
    (folder / "pub.md").write_text(
        "# Publications\n\n- [ICE'21] **Deep Engines for All** \n  Ada Lovelace, Charles Babbage\n"
        "\n{% include_relative includes/pub.md %}\n"
    )
    (tmp_path / "secret.md").write_text("Secret.")
    page = tmp_path / "_pages" / "about.md"
    page.write_text(
        "---\npermalink: /\n---\nHello.\n\n{% include_relative includes/pub.md %}\n"
        "{% include_relative ../secret.md %}\n"
    )
    result = ImportResult()
    import_page(SourceTree(tmp_path, result), page)
    (paper,) = documents(result, "paper")
    assert (paper.file, paper.line) == ("_pages/includes/pub.md", 3)
    assert documents(result, "home")[0].body == "Hello.\n\n## Publications\n\n[PAPERS]"
    assert sum("was not found" in note.message for note in result.notes) == 2
    (tmp_path / "_pages" / "publications.md").write_text(
        "---\npermalink: /publications/\n---\n- **Wide Engines for All** \n  Ada Lovelace, Charles "
        "Babbage, 2020\n"
    )
    site = detect.import_source(tmp_path).documents
    assert sorted((text.kind, text.file) for text in site) == [
        ("home", "_pages/about.md"), ("paper", "_pages/includes/pub.md"),
        ("paper", "_pages/publications.md"),
    ]  # fmt: skip


def test_only_files_of_the_source_are_copied(tmp_path):
    """A page copies a file from outside of its folder."""
    (tmp_path / "secret.pdf").write_bytes(b"%PDF")
    result = import_text(
        tmp_path,
        "## Papers\n\n- **A Paper About Engines**, Ada Lovelace, Charles Babbage, "
        "[pdf](../secret.pdf)\n\n## More\n\n[x](../secret.pdf) ![y](../../secret.pdf)\n",
        "site/index.md",
    )
    assert not result.assets
    assert sum("secret.pdf" in note.message for note in result.notes) == 3


@pytest.mark.parametrize(("legend", "names", "left"), [
    ("", "Ada, Cy", "*†"),
    ("\\* indicates the corresponding author", "Ada†, Cy", "†"),
    ("\\* equal contribution", "Ada*, Cy", "†"),
    ("† denotes equal contribution", "Ada, Cy*", "*"),
    ("$^\\dagger$ corresponding author", "Ada, Cy†", "*"),
    ("Equal contribution (<sup>*</sup>), corresponding authors are marked by †", "Ada*, Cy†", ""),
    ("# Papers († corresponding author)", "Ada, Cy†", "*"),
])  # fmt: skip
def test_legends_of_marks(tmp_path, legend, names, left):
    """The star of a corresponding author becomes an equal contribution, or a meaning is made up."""
    item = "## Papers\n\n- **A Paper About Engines**\n  Ada Lovelace\\*, Cy Babbage†\n"
    result = import_text(tmp_path, f"{legend}\n\n{item}")
    authors = documents(result, "paper")[0].headers["authors"]
    assert authors == names.replace("Ada", "Ada Lovelace").replace("Cy", "Cy Babbage")
    noted = [
        note.message[1] for note in result.notes if "was skipped because the page" in str(note)
    ]
    assert "".join(noted) == left


def test_template_syntax_is_left_out(tmp_path):
    """Liquid, shortcodes, attributes or scripts stay in a text, or vanish without a note."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "y.png").write_bytes(PNG)
    (tmp_path / "x.pdf").write_bytes(b"%PDF")
    text, result = clean(
        tmp_path,
        "{% if x %}\nSee [x]({{ site.baseurl }}/x.pdf){:target=\"_blank\"}, {{ page.x }} and\n"
        "![It is so]({{ '/images/y.png' | relative_url }}) <!-- gone\nreally --> after.\n"
        "{{< figure src=\"/images/y.png\" alt=\"Say it so\" >}}\n`{{ code }}` $x_{{a}}$\n"
        "<script>x()</script><b>bold</b> [![s](https://img.shields.io/x)](https://g.example)\n"
        "<iframe src='https://y.example/'></iframe>[bad](javascript:x) [empty]() next \\\\\nline\n"
        "{% raw %}{{ kept }}{% endraw %}\n",
    )  # fmt: skip
    assert text == (
        "See [x]({static}/images/x.pdf),  and\n![It is so]({static}/images/y.png)\n after.\n"
        "![Say it so]({static}/images/y.png)\n`{{ code }}` $x_{{a}}$\n**bold** "
        "[s](https://g.example)\nbad empty next  \nline"
    )
    notes = {(note.line, note.message.split(" ")[0]) for note in result.notes}
    assert notes == {
        (1, '"{%'), (2, '"{:target="_blank"}"'), (2, '"{{'), (3, "a"), (7, "a"), (7, "a"),
        (8, "an"), (8, '"javascript:x"'), (8, '"empty"'), (10, '"{{'),
    }  # fmt: skip
    assert sorted(result.assets) == ["images/x.pdf", "images/y.png"]


def test_lists_within_lists(tmp_path):
    """Lists with an indent of two spaces become one list; our Markdown needs four."""
    assert clean(tmp_path, "- a\n  - b\n    - c\n- d\n\n1. x\n   - y")[0] == (
        "- a\n    - b\n        - c\n- d\n\n1. x\n    - y"
    )


def test_pictures_of_other_hosts_are_links(tmp_path):
    """A page loads a picture from another host, which the site's policy blocks."""
    text, result = clean(tmp_path, "![A plot](https://h.example/x.png) <img src=gone.png>")
    assert text == "[A plot](https://h.example/x.png)"
    assert [note.line for note in result.notes] == [1, 1]


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "<a ", "<b>x", "{{", "{%", "{:", "<!--", "`", "```", "[a](", "[a [b] ", '<a href="',
     "<div>x", "$", "\\(", "- ", "((", "**", "*a", "_a ", " ", "<script>", "<ul><li>x", "a, ",
     "A B, ", "B, C., ", "1. [x](y) ", "## x\n", "- **[2026.01]** ", '"a', "<tr><td>A B, C D",
     "<details>", "<pre>@a{", "[![", "![](https://a ", "<p>", "Aa Bb, ", "**A** ", "\\"],
)  # fmt: skip
def test_hostile_pages_take_no_time(tmp_path, piece):
    """A page of one piece over and over takes minutes, or ends in a traceback."""
    start, size = time.process_time(), 40_000 if ALL else 12_000
    import_text(tmp_path, f"## Papers\n\n{piece * (size // len(piece))}\n\n## News\n{piece * 2000}")
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    "text",
    ["", "---\n", "---\na: [\n---\nx", "\x00\x0b", "## Papers", "<", "- ", "---\n---\n", "# "],
)
def test_broken_pages(tmp_path, text):
    """An empty or broken page ends in a traceback."""
    assert not documents(import_text(tmp_path, text), "paper")


def test_rows_of_a_markdown_table_are_papers(tmp_path):
    """Papers in a table stay a table on the home page, or a table of other things is lost."""
    result = import_text(
        tmp_path,
        "# Hi, I'm Ada Lovelace\n\n## Publications\n\n| Year | Paper | Venue | Notes |\n"
        "|---|:-:|---|---|\n"
        "| 2024 | **A Loom for All of Us**. A. Lovelace, C. Babbage | *Annals*, 6(3), 28–29 · "
        "[DOI](https://doi.org/10.1000/1) | It weaves. |\n\n### Talks and more papers\n\n"
        "|Title|Authors|Year|\n|:--|:--|--:|\n"
        "|Wide Looms for Sums|A. Lovelace, **C. Babbage**|2022|\n"
        "| | |\n\n## Skills\n\n| Title | Level |\n|---|---|\n| Weaving | good |\n",
        "README.md",
    )
    assert [(text.headers, text.body, text.line) for text in documents(result, "paper")] == [
        ({"title": "A Loom for All of Us", "authors": "A. Lovelace, C. Babbage", "date": "2024",
          "venue": "Annals", "volume": "6", "issue": "3", "pages": "28–29", "doi": "10.1000/1"},
         "It weaves.", 7),
        ({"title": "Wide Looms for Sums", "authors": "A. Lovelace, C. Babbage", "date": "2022"},
         "", 13),
    ]  # fmt: skip
    home = documents(result, "home")[0]
    assert home.headers["title"] == "Ada Lovelace"
    assert "| Weaving | good |" in home.body
    assert home.body.count("[PAPERS]") == 1


def test_headings_of_lists_are_no_papers(tmp_path):
    """A heading with a paper below it becomes one paper, and all others its text."""
    result = import_text(
        tmp_path,
        "# Research\n\nI weave.\n\n## Publications\n\n**2024**\n\n"
        "* Ada Lovelace, Charles Babbage. **On looms of old**, _ICE_.\n\n**2023**\n\n"
        "* Ada Lovelace, Charles Babbage. **On looms of late**, _ICE_.\n\n"
        "## Talks\n\n* Ada Lovelace. **Looms**\n",
    )
    papers = [(text.headers["title"], text.headers["date"]) for text in documents(result, "paper")]
    assert papers == [("On looms of old", "2024"), ("On looms of late", "2023")]
    body = "I weave.\n\n### Publications\n\n[PAPERS]\n\n### Talks\n\n* Ada Lovelace. **Looms**"
    assert documents(result, "home")[0].body == f"## Research\n\n{body}"


def test_items_without_markup_beside_others(tmp_path):
    """Items without markup beside others with it are lost, or the list moves above the text."""
    item = (
        "<li><b>A Loom for {0} Cards</b><br>Ada Lovelace,<br>Charles Babbage<br><i>ICE</i>, 2020\n"
    )
    result = import_text(
        tmp_path,
        "<!DOCTYPE html>\n<html><head><title>Ada Lovelace | Home</title></head><body>\n"
        "<div><p>I am an analyst.&nbsp;Mail me&hellip;</p>\n<h2>Papers</h2></div>\n<ol>"
        f"{item.format('Ten')}{item.format('Six')}"
        "<li>Lovelace, A., Babbage C., Morgan D. (2021). Looms of our time. In press.\n</ol>\n"
        "<div><p>Good bye.</p></div></body></html>",
        "index.html",
    )
    assert [text.headers["title"] for text in documents(result, "paper")] == [
        "A Loom for Ten Cards", "A Loom for Six Cards", "Looms of our time"]  # fmt: skip
    last = documents(result, "paper")[-1].headers
    assert (last["authors"], last["stage"]) == ("A. Lovelace, C. Babbage, D. Morgan", "accepted")
    home = documents(result, "home")[0]
    assert home.headers["title"] == "Ada Lovelace"
    assert home.body == "I am an analyst. Mail me…\n\n## Papers\n\n[PAPERS]\n\nGood bye."


def test_a_folder_of_html_pages(tmp_path):
    """Headings in boxes divide no lists, or papers of another page than the first are lost."""
    card = (
        '<div class="pub"><div class="pub-title">{0}</div><div class="pub-authors"><b>Ada Lovelace'
        '</b>, Li An</div><div class="pub-venue">ICE 2024 <span class="award">Best Paper Award'
        '</span></div><a href="https://dl.acm.org/doi/10.1145/{1}">PDF</a></div>\n'
    )
    (tmp_path / "index.html").write_text(
        "<html><body><nav><ul><li><a href='#a'>About</a></li></ul></nav>\n<div class='box'>\n"
        "<h1>Dr. Ada Lovelace</h1>\n<p>I weave. <a href='mailto:ada@x.example'>Email</a> <a href='https://"
        "github.com/ada'>GitHub</a> <a href='https://github.com/li'>Li An</a></p>\n<h2>\nNews\n"
        "</h2><ul>\n<li><span>Mar 2024</span> It weaves.</li>\n</ul>\n<section><h2>Publications"
        f"</h2>\n<h3>2024</h3>\n{card.format('Looms', '1.2')}{card.format('Cards', '3.4')}"
        "</section>\n<h2>Teaching</h2>\n<p>Weaving.</p>\n</div></body></html>"
    )
    (tmp_path / "publications.html").write_text(
        "<html><body><h1>Publications</h1>\n<h2>2020</h2>\n<ul>\n<li>Ada Lovelace, Li An. <a href="
        '"https://x.example/">Looms for the poor and old</a>. <i>ICE 2020</i>.</li>\n</ul>'
    )
    (tmp_path / "teaching.html").write_text("<title>Teaching</title><p>Weaving in winter.</p>")
    result = detect.import_source(tmp_path)
    papers = [(text.headers["title"], text.headers["date"]) for text in documents(result, "paper")]
    assert papers == [("Looms", "2024"), ("Cards", "2024"), ("Looms for the poor and old", "2020")]
    first = documents(result, "paper")[0].headers
    assert (first["venue"], first["award"]) == ("ICE", "Best Paper Award")
    assert first["doi"] == "10.1145/1.2"
    assert [text.headers["date"] for text in documents(result, "news")] == ["2024-03"]
    assert [text.headers["title"] for text in documents(result, "page")] == ["Teaching"]
    home = documents(result, "home")[0]
    assert home.headers["title"] == result.owner.name == "Ada Lovelace"
    lists = "## News\n\n[NEWS]\n\n## Publications\n\n[PAPERS]\n\n## Teaching\n\nWeaving."
    assert home.body.endswith(lists)
    assert "About" not in home.body
    addresses = [("Email", "mailto:ada@x.example"), ("GitHub", "https://github.com/ada")]
    assert result.owner.social == addresses


@pytest.mark.parametrize(("item", "title", "venue", "date"), [
    ("Lovelace, A., **Turing, A.** (2025)  \nOn engines and on numbers  \n*Nature*",
     "On engines and on numbers", "Nature", "2025"),
    ("**Lovelace, A.**, Turing, A. (2025+)  \nOn engines and on numbers  \n*Submitted*",
     "On engines and on numbers", "", "2025"),
    ('**Ada Lovelace**. "Second notes." *Proc. ICML*, 2019.', "Second notes", "Proc. ICML", "2019"),
    ("Alan Turing and **Ada Lovelace**, “Second notes,” in *Proc. ICML*, 2019.", "Second notes",
     "Proc. ICML", "2019"),
])  # fmt: skip
def test_title_below_names_or_short(tmp_path, item, title, venue, date):
    """A year that ends a line of names hides the title below; two words in quotes are none."""
    result = import_text(tmp_path, f"## Publications\n\n1. {item}\n\n1. {item}\n")
    paper = documents(result, "paper")[0].headers
    assert (paper["title"], paper.get("date")) == (title, date)
    assert paper.get("venue", "") == venue and "Lovelace" in paper["authors"]
