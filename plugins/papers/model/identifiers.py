"""Schemes of identifiers: DOI, arXiv and others, and the URLs of their ids."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

_ARXIV = (
    r"(?:arxiv[: ]\s*|10\.48550/arxiv\.)?"
    r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?"
    r"|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)(?: \[[\w.-]+\])?"
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme: the pattern of an id, its URL, and the label of the link.

    In `url_template`, `{}` is the id. `hosts` is a regular expression of what may come before an
    id in a URL, without `https://`, and `url_suffix` of what may come behind it.
    """

    pattern: str
    example: str
    url_template: str
    label: str
    hosts: str
    url_suffix: str = ""

    def parse(self, text: str) -> str | None:
        """Return the id in a text that is an id or its URL, else None."""
        text = text.strip()
        if match := re.fullmatch(self.pattern, text, re.IGNORECASE | re.ASCII):
            return match["id"]
        address = re.sub("[&#].*" if r"\?" in self.hosts else "[?#].*", "", text)
        address = unquote(address) if "://" in text else address
        url_pattern = rf"(?:https?://)?(?:{self.hosts}){self.pattern}(?:{self.url_suffix})?/?"
        match = re.fullmatch(url_pattern, address, re.IGNORECASE | re.ASCII)
        return match["id"] if match else None

    def url(self, identifier: str) -> str:
        """Return the URL of an id."""
        return self.url_template.format(quote(identifier, safe="/:;()"))


# In the order of a paper's links; the first is the one to cite.
SCHEMES = {
    "arxiv": Scheme(
        _ARXIV, "2508.08221", "https://arxiv.org/abs/{}", "paper",
        r"(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html)/", r"\.pdf",
    ),
    "doi": Scheme(
        r"(?:doi[: ]\s*)?(?P<id>10(?:\.[\d.]{4,15}/[^\s{}\\]+?|/[a-z0-9]+))\.?", "10.1000/182",
        "https://doi.org/{}", "doi", r"(?:(?:dx|www)\.)?doi\.org/",
    ),
    "openreview": Scheme(
        r"(?P<id>[\w-]{6,20})", "vtz8ZWRz67", "https://openreview.net/forum?id={}", "openreview",
        r"(?:www\.)?openreview\.net/(?:forum|pdf)\?id=",
    ),
    "acl": Scheme(
        r"(?P<id>[A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+)", "2024.acl-long.1",
        "https://aclanthology.org/{}/", "acl", r"(?:www\.)?aclanthology\.org/", r"\.pdf",
    ),
    "pmid": Scheme(
        r"(?:pmid[: ]\s*)?(?P<id>\d{1,9})", "25246403", "https://pubmed.ncbi.nlm.nih.gov/{}/",
        "pubmed", r"pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/",
    ),
    "hal": Scheme(
        r"(?P<id>[a-z]+-\d{8}(?:v\d+)?)", "hal-04458185", "https://hal.science/{}", "hal",
        r"(?:[\w.-]+\.)?hal\.science/|hal\.archives-ouvertes\.fr/", r"/document",
    ),
    "dblp": Scheme(
        r"(?:dblp:)?(?P<id>(?:conf|journals|books|phd|reference|series)/[\w/-]+)",
        "conf/nips/VaswaniSPUJGKP17", "https://dblp.org/rec/{}", "dblp",
        r"(?:www\.)?dblp\.(?:org|uni-trier\.de)/rec/(?:html/|bibtex/)?", r"\.html",
    ),
    "semanticscholar": Scheme(
        r"(?P<id>[0-9a-f]{40}|CorpusID:\d+)", "CorpusID:13756489",
        "https://www.semanticscholar.org/paper/{}", "semantic scholar",
        r"(?:www\.)?semanticscholar\.org/paper/(?:[^/]+/)?|api\.semanticscholar\.org/",
    ),
    "openalex": Scheme(
        r"(?P<id>W\d{4,12})", "W2741809807", "https://openalex.org/{}", "openalex",
        r"(?:www\.)?openalex\.org/(?:works/)?",
    ),
}  # fmt: skip
# DOIs in the URLs of publishers.
_DOI = re.compile(
    r"/(?:doi|article|articles|chapter|pdf|book|full)/(?:(?:abs|full|e?pdf|epub|pdfdirect)/)?(?P<doi>10\.\d{4,9}/[^\s?#]{1,200})",
    re.I,
)
_DOI_END = re.compile(
    r"(?:\.pdf|/(?:full|abstract|abs|meta|pdf|epdf|html|summary|\d{5,12}))$", re.I
)


def find_doi(address: str) -> str | None:
    """Return the DOI in a publisher's URL."""
    if (match := _DOI.search(unquote(address))) is None:
        return None
    doi = match["doi"]
    for _ in range(3):
        shorter = _DOI_END.sub("", doi)
        doi = shorter if "/" in shorter else doi
    return SCHEMES["doi"].parse(doi)
