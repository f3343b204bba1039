"""Compare the built pages with the home page that this site replaces.

These tests are about the content that the repository starts with. Delete this folder once
content/ is yours.
"""

import feedparser
import pytest
from conftest import ROOT, SUBPATH, words
from PIL import Image

SENTENCES = [
    "Hi, I’m Yancheng He, an LLM Researcher at Alibaba Group.",
    "Currently, I am actively exploring the potential of Large Language Models (LLMs).",
    "My research is centered on pursuing the advancement of Agentic Intelligence and Reasoning "
    "Capabilities through Reinforcement Learning.",
    "I hold a firm belief that LLMs will fundamentally reshape our daily lives and the way we "
    "interact with the world, and I am keen to explore the possibilities within this shift.",
    "ROME - An open-source agentic model for long-horizon agentic tasks",
    "ROLL - High-performance RL training frameworks",
    "Agentic Learning Ecosystem (ALE) - A comprehensive framework for agentic AI development",
    "Feel free to explore my page for more on our latest research.",
    "If you are interested in our research topics, please feel free to reach out via email.",
]
HEADINGS = [
    "Welcome!",
    "Research Interests",
    "Key Projects",
    "Latest News",
    "Selected Publications",
]
BOLD = [
    "Yancheng He",
    "Large Language Models (LLMs)",
    "Agentic Intelligence",
    "Reasoning Capabilities",
    "Reinforcement Learning",
    "ROME",
    "ROLL",
    "Agentic Learning Ecosystem (ALE)",
    "ICLR 2026",
    "ACL 2025",
]
ROME = "https://huggingface.co/FutureLivingLab/iFlow-ROME"
REPORT = "https://arxiv.org/pdf/2512.24873"
BLOG = (
    "https://www.notion.so/The-Bitter-Lesson-Behind-Building-Agentic-RL-in-Terminal-"
    "Environments-2eaddd45837f80c9ad2ed6a15ef3c1a1"
)
LINKS = [
    ("ROME", ROME),
    ("ROLL", "https://github.com/alibaba/ROLL"),
    ("Agentic Learning Ecosystem (ALE)", REPORT),
    ("“The Bitter Lesson Behind Building Agentic RL in Terminal Environments”", BLOG),
    ("technical report", REPORT),
    ("Asynchronous Training", "https://arxiv.org/pdf/2510.11345"),
    ("Asymmetric PPO (AsyPPO)", "https://arxiv.org/abs/2510.01656"),
    ("email", "mailto:sydney_he@163.com"),
]
NEWS = [
    (
        "2026.02",
        "Published blog post “The Bitter Lesson Behind Building Agentic RL in Terminal "
        "Environments”",
    ),
    ("2026.01", "3 papers accepted by ICLR 2026 🎉"),
    (
        "2025.12",
        "Open-sourced our medium-sized agentic model ROME and released the technical report",
    ),
    (
        "2025.12",
        "Introduced “3A” works: Asynchronous Training, Asymmetric PPO (AsyPPO), and "
        "Attention-based Reasoning Rhythm—deeply coupled techniques advancing RL for LLMs "
        "toward efficiency, precision, and interpretability",
    ),
    ("2025.06", "5 papers accepted by ACL 2025 🎉"),
]
# Title, authors, venue, text, links, picture: in the order of the cards.
PAPERS = [
    (
        "Let It Flow: Agentic Crafting on Rock and Roll",
        "ROLL TEAM",
        "arXiv 2025",
        "We introduce the Agentic Learning Ecosystem (ALE), a foundational infrastructure that "
        "optimizes the production pipeline for agentic model. And, we release ROME, an "
        "open-source agent grounded by ALE and trained on over one million trajectories.",
        [("Paper", "https://arxiv.org/abs/2512.24873"), ("Model", ROME)],
        "ale.png",
    ),
    (
        "Tricks or Traps? A Deep Dive into RL for LLM Reasoning",
        "Zihe Liu, Jiashun Liu, Yancheng He, Weixun Wang, Jiaheng Liu, Ling Pan, Xinyu Hu, "
        "Shaopan Xiong, Ju Huang, Jian Hu, Shengyi Huang, Siran Yang, Jiamang Wang, Wenbo Su, "
        "Bo Zheng",
        "ICLR 2026",
        "We present clear guidelines for selecting RL techniques tailored to specific setups "
        "and provide a reliable roadmap for practitioners navigating the RL for the LLM domain. "
        "Finally, we show that a minimalist combination of two techniques can unlock the "
        "learning capability of critic-free policies with a vanilla PPO loss.",
        [
            ("Paper", "https://arxiv.org/abs/2508.08221"),
            (
                "Code",
                "https://github.com/alibaba/ROLL/blob/main/docs_roll/i18n/zh-Hans/"
                "docusaurus-plugin-content-docs/current/User%20Guides/Algorithms/LitePPO.md",
            ),
            ("机器之心", "https://mp.weixin.qq.com/s/cl9tZrVsEV4eLUjkgPbCrg"),
        ],
        "liteppo.png",
    ),
    (
        "ROLL Flash – Accelerating RLVR and Agentic Training with Asynchrony",
        "Han Lu, Zichen Liu, Shaopan Xiong, Yancheng He, Wei Gao, Yanan Wu, Weixun Wang",
        "arXiv 2025",
        "We present ROLL Flash, a system that extends ROLL with native support for asynchronous "
        "RL post-training. ROLL Flash is built upon two core design principles: fine-grained "
        "parallelism and rollout-train decoupling.",
        [
            ("Paper", "https://arxiv.org/abs/2510.11345"),
            ("Code", "https://github.com/alibaba/ROLL"),
            ("机器之心", "https://mp.weixin.qq.com/s/czc2vbj2VI43Chh0YxZoxA"),
        ],
        "flash.png",
    ),
    (
        "Asymmetric Proximal Policy Optimization: mini-critics boost LLM reasoning",
        "Jiashun Liu, Johan Obando-Ceron, Han Lu, Yancheng He, Weixun Wang, Wenbo Su, Bo Zheng, "
        "Pablo Samuel Castro, Aaron Courville, Ling Pan",
        "ICLR 2026",
        "We revisit this bottleneck from an architectural perspective and introduce Asymmetric "
        "Proximal Policy Optimization (AsyPPO), a simple and scalable framework that restores "
        "the critics role while remaining efficient in large-model settings.",
        [
            ("Paper", "https://arxiv.org/abs/2510.01656"),
            ("机器之心", "https://mp.weixin.qq.com/s/czc2vbj2VI43Chh0YxZoxA"),
        ],
        "aysnppo.png",
    ),
    (
        "Think-J: Learning to Think for Generative LLM-as-a-Judge",
        "Hui Huang, Yancheng He, Hongli Zhou, Rui Zhang, Wei Liu, Weixun Wang, Jiaheng Liu, "
        "Wenbo Su",
        "AAAI 2025",
        "Although generative LLMs have made substantial progress in various tasks, their "
        "performance as LLM-Judge still falls short of expectations. In this work, we propose "
        "Think-J, which improves generative LLM-as-a-Judge by learning how to think.",
        [
            ("Paper", "https://arxiv.org/abs/2505.14268"),
            ("Code", "https://github.com/huihuichyan/think-j"),
        ],
        "thinkj.png",
    ),
    (
        "Can Large Language Models Detect Errors in Long Chain-of-Thought Reasoning?",
        "Yancheng He, Shilong Li, Jiaheng Liu, Weixun Wang, Xingyuan Bu, Ge Zhang, "
        "Zhongyuan Peng, Zhaoxiang Zhang, Zhicheng Zheng, Wenbo Su, Bo Zheng",
        "ACL 2025",
        "We introduce the DeltaBench including the generated long CoTs from different o1-like "
        "models for different reasoning tasks, to measure the ability to detect errors in long "
        "COT reasoning. Based on DeltaBench, we first perform fine-grained analysis of the "
        "generated long CoTs to discover the effectiveness and efficiency of different o1-like "
        "models.",
        [
            ("Paper", "https://aclanthology.org/2025.acl-long.905.pdf"),
            ("Code", "https://github.com/LivingFutureLab/DeltaBench"),
        ],
        "deltabench.png",
    ),
]


@pytest.fixture(scope="module")
def home(preview):
    return preview.page()


def links(node) -> list[tuple[str, str]]:
    return [(words(a), a["href"]) for a in node.select("a[href]:not([data-cite])")]


def test_words(home):
    """A sentence, heading or bold word of the old page is lost or changed."""
    text = words(home.main)
    assert [sentence for sentence in SENTENCES if sentence not in text] == []
    assert [words(heading) for heading in home.select("h2")] == HEADINGS
    assert words(home.h1) == "Yancheng He"
    assert {words(strong) for strong in home.select("main strong")} == set(BOLD)


def test_contact_closes_the_page(home):
    """The contact is no longer at the end of the page."""
    assert words(home.main).endswith("please feel free to reach out via email.")


def test_links(home):
    """A link of the old page leads elsewhere, or has another label."""
    assert [link for link in LINKS if link not in links(home.main)] == []


def test_news(home, preview):
    """A news item is missing from the home page or the archive, or the order changes."""
    for page in (home, preview.page("news/")):
        items = [(words(li.time), words(li.div)) for li in page.select(".news > li")]
        assert items == NEWS


def test_cards(home):
    """A card loses an author, its venue, a link or its position."""
    cards = []
    for card in home.select(".card"):
        byline = card.select_one(".byline")
        names = [words(name).rstrip(",") for name in byline.select(".person")]
        text = words(card.select_one(".byline + p"))
        pills = links(card.select_one(".pills"))
        venue = words(card.select_one(".venue"))
        # pictures/liteppo-<hash>-720.jpg is made of images/liteppo.png.
        picture = card.img["src"].rpartition("/")[2].partition("-")[0] + ".png"
        cards.append((words(card.h3), ", ".join(names), venue, text, pills, picture))
    # A card shows the first sentences of a long abstract.
    for shown, paper in zip(cards, PAPERS, strict=True):
        assert paper[3].startswith(shown[3]) and 60 < len(shown[3]) <= 240, shown[0]
        assert shown[:3] + shown[4:] == paper[:3] + paper[4:]


def test_paper_pages(preview, home):
    """A paper's page has less than its card, or the card links to another page."""
    for card, (title, authors, venue, text, pills, picture) in zip(
        home.select(".card"), PAPERS, strict=True
    ):
        page = preview.page(card.h3.a["href"])
        assert words(page.h1) == title
        assert words(page.select_one(".byline")) == authors
        assert words(page.select_one(".venue")) == venue
        assert words(page.select_one(".prose p")) == text
        assert links(page.select_one(".pills")) == pills
        assert page.figure.a["href"].endswith(f"/images/{picture}")
        assert len(page.figure.img["alt"]) > 30


def test_owner_is_marked(home):
    """The owner is not marked among the co-authors."""
    marked = [words(strong) for strong in home.select(".byline strong")]
    assert marked == ["Yancheng He"] * 5


def test_old_picture_addresses(preview):
    """An image that others link to has moved or is damaged."""
    for *_, picture in PAPERS:
        with Image.open(preview.output / "images" / picture) as image:
            assert image.size == (1200, 900)


def test_no_mojibake_and_no_html():
    """A garbled character or a piece of markup is copied from the old page."""
    for path in (ROOT / "content").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert not set("ðâæÂ") & set(text), path
        assert "<" not in text, path
        assert not set("“”‘’") & set(text), path


def test_no_request_to_another_host(published):
    """A page loads something from another host."""
    for path in published.pages():
        for node in published.page(path).select("iframe, [src], link[rel~=stylesheet]"):
            assert node.get("src", node.get("href")).startswith(SUBPATH), (path, node)


def test_headings(published):
    """A page has two h1, or skips a level of headings."""
    titles = set()
    for path in published.pages():
        page = published.page(path)
        levels = [int(node.name[1]) for node in page.select("h1, h2, h3, h4")]
        steps = [low - high for high, low in zip(levels, levels[1:], strict=False)]
        assert levels[0] == 1 and levels.count(1) == 1 and max(steps, default=0) <= 1, path
        titles.add(page.title.get_text())
    assert len(titles) == len(published.pages())


def test_feed_has_the_news(published):
    """A news item is missing from the feed."""
    feed = feedparser.parse(published.text("feeds/news.atom.xml"))
    assert [entry.title for entry in feed.entries] == [
        words(published.page(f"news/{name}/").h1)
        for name in ("2026-02-bitter-lesson", "2026-01-iclr", "2025-12-rome", "2025-12-3a-works",
                     "2025-06-acl")
    ]  # fmt: skip
    assert len({entry.id for entry in feed.entries}) == 5
    assert all(entry.content[0].value for entry in feed.entries)
