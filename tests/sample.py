"""Content with every component of the theme, in every variant: for the browser and the gallery."""

import io
import itertools
from pathlib import Path

from PIL import Image, ImageDraw

SETTINGS = {
    "SITENAME": "Ada Lovelace",
    "OWNER": ["Ada Lovelace"],
    "SOCIAL": [
        ["Email", "mailto:ada@example.org"], ["Scholar", "https://scholar.google.com/citations"],
        ["GitHub", "https://github.com/ada"], ["ORCID", "https://orcid.org/0000-0002-1825-0097"],
        ["小红书", "https://www.xiaohongshu.com/"], ["CV", "cv/"], ["Lab", "https://lab.example/"],
    ],
    "MENUITEMS": [
        ["Publications", "publications/"], ["News", "news/"], ["Blog", "blog/"], ["CV", "cv/"],
    ],
}  # fmt: skip
NAMES = "Ada Lovelace; Charles Babbage; Grace Hopper; Zoë Müller-Lüdenscheidt; 李雷"
HUNDRED = ", ".join(
    [f"Author Number{chr(97 + n // 10)}{chr(97 + n % 10)}" for n in range(1, 100)]
    + ["Ada Lovelace"]
)
TWELVE = ", ".join([f"Coauthor Twelve{chr(97 + n)}" for n in range(11)] + ["Ada Lovelace"])
LONG = (
    "A Title of One Hundred and Forty Characters That Says Everything About Reinforcement "
    "Learning, Verification-and-Generation, and Nothing at All"
)
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten_and_some_more_of_it"
WORDS = (
    "We show that few tricks are enough. A careful study of what is in use sorts out what helps, "
    "when it helps, and why; two of the tricks, put together, do as well as all of them."
)


def read_image(file: Path | bytes) -> Image.Image:
    """Return an image, decoded; its file is closed."""
    with Image.open(io.BytesIO(file if isinstance(file, bytes) else file.read_bytes())) as image:
        image.load()
        return image


def picture(kind: str, width: int, height: int, mode: str = "RGB", **options) -> bytes:
    """Return an image file with shapes on it; in RGBA its background is transparent."""
    image = Image.new(mode, (width, height), 0 if mode == "RGBA" else "white")
    draw = ImageDraw.Draw(image)
    for n, colour in enumerate(("#0b5394", "#8a3b12", "#59616a")):
        left = width * (0.06 + 0.31 * n)
        draw.rectangle((left, height * 0.2, left + width * 0.25, height * 0.8), fill=colour)
    draw.line((0, height // 2, width, height // 2), fill="#1c2024", width=max(2, width // 200))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def film(width: int, height: int) -> bytes:
    """Return a GIF of four frames."""
    frames = [Image.new("RGB", (width, height), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=300)
    return out.getvalue()


def paper(title: str, authors: str = NAMES, date: str = "2026", body: str = WORDS, **more) -> str:
    """Return a paper's file."""
    header = {"Title": title, "Authors": authors, "Date": date} | more
    return "".join(f"{key}: {value}\n" for key, value in header.items()) + f"\n{body}\n"


def figure(name: str) -> dict[str, str]:
    """Return the headers of a figure."""
    return {"Image": f"images/{name}", "Image_alt": "Three boxes on a line, which is what matters."}


TAGS = {"Tags": "C; C++; C#; 强化学习"}
VENUE = {"Venue": "International Conference on Learning Representations", "Venue_short": "ICLR"}
LINKS = {"Arxiv": "2508.08221", "Code": "https://github.com/ada/x", "Selected": "yes"}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300"'
    ' fill="#e3effa"/><circle cx="200" cy="150" r="90" fill="#0b5394"/></svg>'
)
POSTS = """
## Appointments

2023–
:   **Professor** of Engines, University of Examples

2021–2023
:   **Postdoctoral fellow**, University of Looms. *Topic:* what looms and engines have in common,
    and what they do not

## Education

2017–2021
:   **PhD in Engines**

"""
EVERYTHING = r"""
[TOC]

## Text

Words with **weight**, *stress*, `code`, a [link](https://example.org) and a footnote.[^1]
中文与 English 在同一行 🎉 and שלום in a row.

> A quotation that somebody said.

![Three boxes on a line]({static}/images/wide.png "What **three** boxes on a line cost: $3x$.")

The loss is $-\log p_\theta(y \mid x)$, and for a batch
$$
\mathcal{L}(\theta) = -\frac{1}{N} \sum_{i=1}^{N} \log \frac{\exp(s_\theta(x_i, y_i) / \tau)}
{\sum_{j=1}^{N} \exp(s_\theta(x_i, y_j) / \tau)} + \lambda \lVert \theta \rVert_2^2,
\qquad \tau > 0.
$$

!!! note "Remember"
    A callout with `code` and a [link](https://example.org).

!!! warning
    What can go wrong.

![A film of boxes]({static}/images/film.mp4)

- one
- two

In order:

1. first
2. second

- [x] a task that is ~~open~~ done
- [ ] one that is ==open==

<details>
<summary>More</summary>

Hidden **words**, and https://example.org/bare.

</details>

|  | Accuracy on the validation set | Accuracy on the test set | Seconds for an epoch |
|---|---|---|---|
| Baseline_without_any_trick | 71.2 | 70.9 | 1,024 |
| Ours | 74.8 | 74.1 | 1,031 |

```python
class Trick:  # Two are enough.
    def a_long_line(argument, another_argument): return argument, 0.5, another_argument, "the_end"
```

### Terms

Term
:   What it means.

![A drawing]({static}/images/drawing.svg)

[^1]: It stands down here.
"""


PROJECT = """We fly three boxes along a line, *without* a motor. The method needs no labels.

It learns from $n$ films, and it is fast.

## Results

![Three boxes on a line]({static}/images/wide.png "On a line, for **three** seconds.")
![Three boxes, seen from the side]({static}/images/plain.png "From the side.")
![A film of boxes]({static}/images/film.mp4 "A film.")
[![Three small boxes]({static}/images/small.png)](https://example.org/small)
![Three boxes above each other]({static}/images/tall.png "Above each other.")
![The talk](https://www.youtube.com/watch?v=MrKrnHhk8IA "The talk.")
{: .strip}

## Before and after

![Boxes before they fly]({static}/images/plain.png "Before")
![Boxes while they fly]({static}/images/clear.png "After, and with a caption that is long.")
{: .compare}

## Ablations

<details name="ablation" open>
<summary>Without wings</summary>

The boxes fall [@bare].

![Boxes that fall]({static}/images/drawing.svg)

</details>
<details name="ablation">
<summary>Without air</summary>

| Method | Seconds in the air, over the whole of the validation set | Boxes |
|---|---|---|
| Ours | 74.8 | 3 |

</details>

## Related work

Others fly [two boxes](https://example.org).

## Acknowledgements

We thank the pilots.
"""


def cards() -> dict[str, str]:
    """Return the papers whose cards differ: their venues, honours, authors and summaries."""
    hour = "In the hour that follows we go on, as we did before, to put one stone on another one"
    long = f"{', and then, '.join([hour] * 4)}, and stop. {WORDS}"
    middle = "; ".join(
        "Ada Lovelace" if n == 15 else f"Stone Mason{chr(97 + n)}" for n in range(26)
    )
    conference = "Computational Methods in the Engineering of Stones, Sand and Gravel"
    return {
        "papers/venue.md": paper(
            "A long venue without a short name, and honours", date="2022-06", body=long,
            Venue=f"Proceedings of the 31st International Conference on {conference}, Paris, "
            "June 3-5, 2022", Presentation="Oral Presentation (acceptance rate: 1.8%)",
            Award="Best Paper Award at the Workshop on Reliable Stones; Honourable Mention; "
            "Stone Prize 2022", **LINKS,
        ),
        "papers/summary.md": paper(
            "A summary, and an abstract that says more", middle, date="2022-05",
            Summary="Stones fall, *all* of them.", Venue="Journal of Open Source Software",
            Tags="强化学习; C++", Doi="10.21105/joss.00001", **figure("plain.png"),
        ),
        "papers/said.md": paper(
            "A summary that says it all", "Ada Lovelace", date="2022-04", body="Stones fall.",
            Summary="Stones fall.", Venue="Advances in Neural Information Processing Systems",
            Tags="C++",
        ),
        "papers/formula.md": paper(
            r"Bounds of $\mathcal{O}(\sqrt{n})$ stones", date="2022-03", Stage="submitted",
            body=r"We bound $\sum_{i=1}^n x_i \le \sqrt{n}$, e.g. for Fig. 3 of [@award]. Then "
            f"we **rest**.[^1] {WORDS}\n\n[^1]: For an hour.",
        ),
        "papers/hebrew.md": paper(
            "על אבנים שנופלות, ועל אלו שלא", "שרה לוי; Ada Lovelace; محمد الخوارزمي",
            date="2022-02", body="אבנים נופלות. כולן נופלות.", Lang="he", Venue="כתב העת לאבנים",
        ),
        "papers/editors.bib": "@proceedings{editors, title = {A book with editors}, year = 2022, "
        "editor = {Lovelace, Ada and Hopper, Grace}, publisher = {Springer}}\n",
    }  # fmt: skip


def content() -> dict[str, str | bytes]:
    """Return the files below content/."""
    turned = Image.Exif()
    turned[0x0112] = 6
    turned.get_ifd(0x8825)[1] = "N"
    files: dict[str, str | bytes] = {
        "home.md": "Title: Ada Lovelace\nRole: Analyst at the Analytical Engine\n\n## Hello\n\n"
        "I’m **Ada**, 分析师, and I study [engines](https://example.org) 🎉.\n\n"
        "## News\n\n[NEWS]\n\n"
        "## From the blog\n\n[BLOG]\n\n## Selected publications\n\n[PAPERS]\n\nWrite to me.\n",
        "extra/favicon.svg": DRAWING,
        "images/portrait.jpg": picture("JPEG", 900, 700, exif=turned),
        "images/plain.png": picture("PNG", 1600, 1200),
        "images/wide.png": picture("PNG", 1800, 500),
        "images/tall.png": picture("PNG", 500, 1500),
        "images/small.png": picture("PNG", 120, 90),
        "images/clear.png": picture("PNG", 1200, 900, "RGBA"),
        "images/drawing.svg": DRAWING,
        "images/film.mp4": bytes(64),
        "images/film.gif": film(640, 480),
        "papers/teaser.mp4": bytes(64),
        "pages/cv.md": f"Title: Curriculum vitae\n{POSTS}{EVERYTHING}",
        "news/2026-02-long.md": "Title: A longer post\nDate: 2026-02-14\nPapers: award\n"
        "Tags: C++, 强化学习\n\nFirst, as in [@bare; @award, p. 3].\n"
        + EVERYTHING,
        "news/2026-01-iclr.md": "Title: Accepted\nDate: 2026-01\n\n3 papers at **ICLR 2026** 🎉\n",
        "news/2025-06-zh.md": "Title: 新闻\nDate: 2025-06\nLang: zh\n\n三篇论文被 ICLR 接收。\n",
        "blog/2026-03-tricks.md": "Title: Two tricks are enough, and what the others cost: $x^2$\n"
        "Date: 2026-03-14\nAuthors: Grace Hopper; Ada Lovelace\nPapers: award\nTags: C++\n"
        "Series: Tricks\nSummary: What we learnt of **tricks**, in words that all understand.\n"
        "Image: images/plain.png\nImage_alt: Three boxes on a line.\n"
        f"Image_caption: What the boxes cost.\n\nAs in [@bare].\n{EVERYTHING}",
        "blog/2025-11-why.md": "Title: What a Hundred and Forty Characters of a Title Can Say of "
        f"Learning, Verification-and-Generation, and of Nothing\nDate: 2025-11\n"
        f"Series: Tricks\n\n{WORDS}\n\n{WORDS}\n",
        "blog/2025-10-word.md": f"Title: {WORD[4:]}\nDate: 2025-10\n\n{WORD.upper()}\n",
        "blog/2024-zh.md": "Title: 大模型训练的经验\nDate: 2024\nLang: zh\n\n两个技巧就足够了。\n",
        "papers/award.md": paper(
            "An award and an oral", f"{NAMES}; Kit Reed*", Award="Best Paper Award",
            Presentation="Oral", Title_zh="一个奖", **figure("plain.png"), **VENUE, **LINKS,
            Image_caption="The three boxes stand for what is known.",
            Links="机器之心 | https://jiqizhixin.com",
        ),
        "papers/video.md": paper(
            "A teaser that plays", Video="teaser.mp4", **figure("wide.png"), **VENUE, **LINKS
        ),
        "papers/project.md": paper(
            "Flying Boxes: Aviation Without a Motor", "Ada Lovelace¹*; Charles Babbage¹,²*; "
            "Grace Hopper³; Zoë Müller-Lüdenscheidt²; 李雷³†", body=PROJECT, Layout="project",
            Affiliations="University of London; Analytical Engine Laboratory, Somerset; 清华大学",
            Video="teaser.mp4", Data="https://example.org/data", Award="Best Demo", Tags="C++",
            License="https://creativecommons.org/licenses/by/4.0/",
            Image_caption="Three boxes fly.",
            Arxiv="2601.00001", Code="https://github.com/ada/x", **figure("wide.png"), **VENUE,
        ),
        "papers/project-plain.md": paper(
            "A project in few words", "Ada Lovelace", Layout="project", Affiliations="ENS, Paris",
        ),
        "papers/film.md": paper("Frames that stand still", **figure("film.gif"), **VENUE, **LINKS),
        "papers/bare.md": paper(
            "No figure, one author: $O(n \\log n)$", "Ada Lovelace", **VENUE, **LINKS, **TAGS,
            body=f"{WORDS} So do others [@award]. It is $\\sum_{{i=1}}^n x_i$.",
        ),
        "papers/long.md": paper(LONG, TWELVE, **figure("tall.png"), **VENUE, **LINKS),
        "papers/hundred.md": paper("A hundred authors", HUNDRED, **figure("drawing.svg"), **LINKS),
        "papers/word.md": paper(
            WORD, f"{WORD.title()}; Ada Lovelace", body=f"{WORD} {WORD}", Links=f"{WORD} | https://x.test",
            Venue=WORD, Award=WORD, **LINKS,
        ),
        "papers/names.md": paper(
            "Names from right to left", "محمد الخوارزمي, שרה לוי, Ada Lovelace, 김민준",
            **figure("clear.png"), **VENUE, **LINKS,
        ),
        "papers/draft.md": paper("A draft, which the preview shows", Status="draft", **VENUE),
        "news/2026-04-draft.md": "Title: Soon\nDate: 2026-04\nStatus: draft\n\nNot yet.\n",
        "news/2026-03-word.md": f"Title: {WORD}\nDate: 2026-03\n\n{WORD.upper()} {WORD.upper()}\n",
        "papers/zh.md": paper(
            "大模型强化学习的技巧与陷阱", "李雷; Ada Lovelace", body="我们发现两个技巧就足够了。",
            Lang="zh", Venue="中国科学", **figure("small.png"), Selected="yes",
        ),
    }  # fmt: skip
    files |= cards()
    for n, year in itertools.product(range(3), (2023, 2024)):
        name = f"older-{year}-{n}"
        files[f"papers/{name}.md"] = paper(f"An older paper, {n}", date=f"{year}", **VENUE)
    return files


def plain_content() -> dict[str, str | bytes]:
    """Return the files of a site of sixty papers, ten on the home page: no pictures, no news."""
    whole = content()
    files = {name: whole[name] for name in ("pages/cv.md", "images/wide.png", "images/film.mp4")}
    files["images/drawing.svg"] = DRAWING
    files["home.md"] = "Title: Ada Lovelace\nRole: Analyst\n\nI study engines.\n\n[PAPERS]\n"
    for n in range(60):
        more = {"Selected": "yes"} if n < 10 else {}
        files[f"papers/p{n:02}.md"] = paper(
            f"{LONG[: 40 + n]}, {n}", date=f"{2026 - n // 7}", body=f"{WORDS} {WORDS} {WORDS}",
            Venue="International Conference on Machine Learning" if n % 3 else "Journal of Stones",
            Arxiv=f"2508.{n:05}", Code="https://github.com/ada/x", Tags="C++; Stones", **more,
        )  # fmt: skip
    return files


def empty_content() -> dict[str, str | bytes]:
    """Return the files of a site that has only a home page and a CV."""
    cv = "Title: Curriculum vitae\n\nIt will be here.\n"
    return {"home.md": content()["home.md"], "pages/cv.md": cv}
