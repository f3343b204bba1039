"""What the headings of a page say: of papers, of news, of parts of a list."""

import re
from typing import Literal

_PAPERS = re.compile(
    r"\b(?:publications?|papers?|preprints?|articles|manuscripts?|bibliography|proceedings|"
    r"patents?|conferences?|journals?|books?|theses|technical reports?|in submission|"
    r"under review)\b"
    r"|论文|論文|发表|發表|著作|出版|专利|学术成果|研究成果|代表作|預印本|预印本|業績|査読|"
    r"国際会議|国内会議|学会発表|논문",
    re.IGNORECASE,
)  # fmt: skip
# Words of headings that have to do with papers, and are no lists of them.
_NOT_PAPERS = re.compile(
    r"\b(?:award|reading|review(?:er|s|ing)|service|talk|editor|committee|accepted|interest|"
    r"writing|notes?|code|experience|organi[sz])|审稿|奖|阅读|服务|写作|兴趣|委員|受賞|講演",
    re.IGNORECASE,
)
_ONLY_PAPERS = re.compile(r"\b(?:conferences?|journals?|books?|articles|proceedings)\b", re.I)
_NEWS = re.compile(
    r"\b(?:news|updates?|announcements?|what['’]s (?:new|happening)|highlights?)\b"
    r"|动态|動態|新闻|新聞|消息|近况|近況|公告|ニュース|お知らせ|최근 소식|뉴스",
    re.IGNORECASE,
)
# Words that headings of lists, and of their parts, are made of.
PARTS = re.compile(
    r"\b(?:publications?|papers?|articles?|conferences?|journals?|workshops?|others?|misc\w*|"
    r"selected|recent|full|list|all|earlier|before|older|books?|chapters?|theses|patents?|"
    r"(?:19|20)\d\d)\b|论文|会议|期刊|其他|专利|論文|会議|雑誌|業績|査読|国際|国内", re.I
)  # fmt: skip
SELECTED = re.compile(
    r"\b(?:selected|featured|representative|highlighted|key|notable)\b|代表|精选|部分", re.I
)

Kind = Literal["papers", "news", "other"]


def kind_of(title: str, above: Kind = "other") -> Kind:
    """Return what a heading stands over; below one of papers, another names a part of them."""
    words = re.sub(r"[*_`#]|<[^<>]{0,200}>", "", title)
    if _NEWS.search(words) and len(words) < 60 and not _PAPERS.search(words):
        return "news"
    if _PAPERS.search(words) and not _NOT_PAPERS.search(words) and len(words) < 80:
        if above == "papers" or not _ONLY_PAPERS.search(words) or re.search(
            r"paper|publication|论文", words, re.IGNORECASE
        ):  # fmt: skip
            return "papers"
    return above


def is_label(title: str) -> bool:
    """Tell whether a heading says no more than what list stands below it."""
    words = PARTS.sub("", re.sub(r"\([^()]*\)", "", title))
    return kind_of(title) != "other" and len(re.findall(r"\w\S*", words)) < 2
