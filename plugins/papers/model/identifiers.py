"""Schemes of identifiers: DOI, arXiv and others, and the URLs of their ids."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, unquote

from ..util import LazyPattern

_ARXIV_ID = (
    r"(?:arxiv:)?(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?"
    r"|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)"
)
_ARXIV = (
    r"(?:arxiv(?: preprint)?[: ]\s*|abs/|oai:arxiv\.org:|info:arxiv/|(?:doi: ?)?10\.48550/arxiv\.)?"
    rf"{_ARXIV_ID}(?: \[[\w.-]+\])?"
)
_DOI_ID = r"(?P<id>10(?:\.[\d.]{4,15}/[^\s{}\\]+?|/[a-z0-9]+))\.?"
_ACL_ID = r"(?P<id>[A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+)"
_PMCID = r"(?P<id>PMC\d{1,9})"
_HAL_ID = r"(?P<id>[a-z][a-z0-9]*-\d{8}(?:v\d+)?)"
_SEMANTIC_SCHOLAR_ID = r"(?P<id>[0-9a-f]{40}|CorpusID:\s*\d+)"
_ENTITY = LazyPattern(r"&(?:lt|gt|amp|quot);")
# A part of the hosts of all schemes: most addresses are of others, and soon told from these.
_HOST = LazyPattern(
    r"arxiv|ar5iv|alphaxiv|lanl\.gov|doi[.-]|rxiv\.org|ssrn\.com|zenodo|openreview|acl(?:web|anth)|"
    r"nih\.gov|pubmed|europepmc|hal\b|hal[.-]|archives-ouvertes|ccsd|dblp|semanticscholar|openalex",
    re.IGNORECASE,
)
# What encloses or ends an id in a sentence.
_OUTSIDE = "<>\"'“”., ;"


def _read_id(match: re.Match) -> str:
    return match["id"]


def _read_doi(match: re.Match) -> str:
    """Return the DOI that a server of preprints or data gives to its own number."""
    prefixes = {"ssrn": "10.2139/ssrn.", "zenodo": "10.5281/zenodo.", "short": "10/"}
    kind = next((name for name in prefixes if match.groupdict().get(name)), None)
    return prefixes[kind] + match[kind] if kind else match["id"]


def _read_arxiv(match: re.Match) -> str:
    archive, slash, number = match["id"].rpartition("/")
    name, dot, subject = archive.partition(".")
    return name.lower() + dot + subject.upper() + slash + number.lower()


def _read_acl(match: re.Match) -> str:
    identifier = match["id"]
    return identifier.upper() if identifier[0].isalpha() else identifier.lower()


def _read_pmcid(match: re.Match) -> str:
    return "PMC" + re.sub(r"\D", "", match["id"])


def _read_semantic_scholar(match: re.Match) -> str:
    identifier = match["id"].lower()
    number = identifier.partition(":")[2].strip() or identifier
    return f"CorpusID:{number}" if number.isdecimal() and len(number) < 40 else identifier


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme: the pattern of an id, its URL, and the label of the link.

    In `url_template`, `{}` is the id. `addresses` are regular expressions of all URLs of an id,
    without `https://www.`; of a query, they match one parameter. `read` makes of a match the id
    in its one form.
    """

    pattern: str
    example: str
    url_template: str
    label: str
    addresses: tuple[str, ...]
    read: Callable[[re.Match], str] = _read_id

    def parse(self, text: str) -> str | None:
        """Return the id in a text that is an id or its URL, else None."""
        text = _ENTITY.sub(lambda match: unescape(match[0]), text).strip(_OUTSIDE)
        if text.startswith("("):
            text = text[1:]
        if text.endswith(")") and text.count(")") > text.count("("):
            text = text[:-1]
        if match := re.fullmatch(self.pattern, text, re.IGNORECASE | re.ASCII):
            return self.read(match)
        if not _HOST.search(text):
            return None
        for address in _split_address(text):
            for pattern in self.addresses:
                if match := re.fullmatch(f"{pattern}/?", address, re.IGNORECASE | re.ASCII):
                    return self.read(match)
        return None

    def url(self, identifier: str) -> str:
        """Return the URL of an id."""
        return self.url_template.format(quote(identifier, safe="/:;()"))

    def is_same(self, first: str, second: str) -> bool:
        """Tell whether two ids are of one paper, perhaps of two versions of it."""
        first, second = (re.sub(r"v\d+$", "", identifier.lower()) for identifier in (first, second))
        return first == second


def _split_address(text: str) -> Iterator[str]:
    """Yield host and path of a URL, without a query and with each of its parameters."""
    address = re.sub(r"^https?://(?:www\.)?|^www\.", "", text, flags=re.IGNORECASE)
    path, _, query = address.partition("#")[0].partition("?")
    yield unquote(path) if "://" in text else path
    for parameter in filter(None, query.split("&")):
        yield unquote(f"{path}?{parameter}")


# In the order of a paper's links; the first is the one to cite.
SCHEMES = {
    "arxiv": Scheme(
        _ARXIV, "2508.08221", "https://arxiv.org/abs/{}", "paper",
        (
            rf"(?:[\w-]+\.)*arxiv\.org/(?:abs|pdf|html|ps|format|e-print|src)/{_ARXIV_ID}"
            r"(?:\.pdf|\.ps(?:\.gz)?)?",
            rf"arxiv\.org/ftp/[\w/-]+/{_ARXIV_ID}\.pdf",
            rf"(?:ar5iv|alphaxiv)\.org/(?:abs|pdf|html)/{_ARXIV_ID}",
            rf"xxx\.lanl\.gov/(?:abs|pdf)/{_ARXIV_ID}",
            rf"(?:dx\.)?doi\.org/10\.48550/arxiv\.{_ARXIV_ID}",
        ),
        _read_arxiv,
    ),
    "doi": Scheme(
        rf"(?:(?:info:|urn:)?doi(?::\s*|/| \s*))?{_DOI_ID}", "10.1000/182",
        "https://doi.org/{}", "doi",
        (
            # Libraries put their own host after it, or instead of its last dot.
            rf"(?:dx[.-])?doi(?:\.org(?:\.[\w.-]+)?|-org\.[\w.-]+)/"
            rf"(?:https?://(?:dx\.)?doi\.org/)?(?:doi:)?\s*{_DOI_ID}",
            rf"doi\.acm\.org/{_DOI_ID}",
            r"doi\.org/(?P<short>[a-z0-9]{4,8})",
            r"(?:bio|med)rxiv\.org/(?:content|lookup/doi|cgi/content/short)/(?:[a-z]+/)*"
            r"(?:\d{4}/\d\d/\d\d/)?(?P<id>10\.\d{4,9}/[\d.]*\d)(?:v\d+)?(?:\.[\w.-]+)?",
            r"(?:papers\.)?ssrn\.com/(?:sol3/papers\.cfm\?abstract_?id=|abstract=)(?P<ssrn>\d+)",
            r"(?:papers\.)?ssrn\.com/abstract(?:_?id)?=(?P<ssrn>\d+)",
            r"zenodo\.org/records?/(?P<zenodo>\d+)",
        ),
        _read_doi,
    ),
    "openreview": Scheme(
        r"(?P<id>[\w-]{6,20})", "vtz8ZWRz67", "https://openreview.net/forum?id={}", "openreview",
        (
            r"(?:api2?\.)?openreview\.net/(?:forum|pdf|notes|attachment|revisions|references/pdf)"
            r"/?\?id=(?P<id>[\w-]{6,20})",
        ),
    ),
    "acl": Scheme(
        _ACL_ID, "2024.acl-long.1", "https://aclanthology.org/{}/", "acl",
        (
            r"(?:aclweb\.org|aclanthology\.(?:org|info|coli\.uni-saarland\.de))/(?:[\w-]+/)*?"
            rf"{_ACL_ID}(?:v\d+)?(?:\.pdf|\.bib|\.html?)?(?:/[\w-]+)?",
        ),
        _read_acl,
    ),
    "pmid": Scheme(
        r"(?:(?:pmid|pubmed)[: ]?\s*)?(?P<id>\d{1,9})", "25246403",
        "https://pubmed.ncbi.nlm.nih.gov/{}/", "pubmed",
        (
            r"pubmed\.ncbi\.nlm\.nih\.gov/(?:\?term=)?(?P<id>\d{1,9})",
            r"ncbi\.nlm\.nih\.gov/(?:m/)?pubmed(?:/|/?\?term=)(?P<id>\d{1,9})",
            r"ncbi\.nlm\.nih\.gov/entrez/[\w.-]+\?(?:list_uids|id)=(?P<id>\d{1,9})",
            r"pubmed\.(?:gov|com)/(?P<id>\d{1,9})",
            r"europepmc\.org/(?:article|abstract)/med/(?P<id>\d{1,9})",
        ),
    ),
    "pmcid": Scheme(
        r"(?:pmcid[: ]?\s*)?(?P<id>(?:PMC)?\d{1,9})", "PMC4198043",
        "https://pmc.ncbi.nlm.nih.gov/articles/{}/", "pmc",
        (
            rf"ncbi\.nlm\.nih\.gov/pmc/(?:articles/)?{_PMCID}(?:/pdf(?:/[\w.-]*)?)?",
            rf"pmc\.ncbi\.nlm\.nih\.gov/articles/{_PMCID}(?:/pdf(?:/[\w.-]*)?)?",
            rf"europepmc\.org/(?:articles?|abstract)/(?:pmc/)?{_PMCID}",
        ),
        _read_pmcid,
    ),
    "hal": Scheme(
        _HAL_ID, "hal-04458185", "https://hal.science/{}", "hal",
        (
            r"(?:[\w-]+\.)*(?:hal\.science|archives-ouvertes\.fr|ccsd\.cnrs\.fr|hal[\w.-]*\.fr)/"
            rf"(?:[a-z]{{2}}/)?{_HAL_ID}(?:/(?:document|bibtex|file/[^/]+))?",
        ),
        lambda match: match["id"].lower(),
    ),
    "dblp": Scheme(
        r"(?:dblp:)?(?P<id>(?:conf|journals|books|phd|reference|series)/[\w/-]+)",
        "conf/nips/VaswaniSPUJGKP17", "https://dblp.org/rec/{}", "dblp",
        (
            r"dblp\d?\.(?:org|uni-trier\.de|dagstuhl\.de)/rec/(?:(?:html|bibtex|bib|xml|rdf)\d?/)?"
            r"(?P<id>(?:conf|journals|books|phd|reference|series)/[\w/-]+)(?:\.\w+)?",
        ),
    ),
    "semanticscholar": Scheme(
        r"(?:s2cid[: ]?\s*)?(?P<id>[0-9a-f]{40}|CorpusID:\s*\d+|\d{4,12})", "CorpusID:13756489",
        "https://www.semanticscholar.org/paper/{}", "semantic scholar",
        (
            rf"semanticscholar\.org/(?:paper|reader)/(?:[^/]+/)?{_SEMANTIC_SCHOLAR_ID}(?:/.*)?",
            rf"api\.semanticscholar\.org/(?:graph/v1/paper/)?{_SEMANTIC_SCHOLAR_ID}",
        ),
        _read_semantic_scholar,
    ),
    "openalex": Scheme(
        r"(?P<id>W\d{4,12})", "W2741809807", "https://openalex.org/{}", "openalex",
        (r"(?:api\.|explore\.)?openalex\.org/(?:works/)?(?P<id>W\d{4,12})",),
        lambda match: match["id"].upper(),
    ),
}  # fmt: skip
# DOIs in the URLs of publishers.
_DOI = LazyPattern(
    r"/(?:doi|article|articles|chapter|pdf|book|full)/(?:(?:abs|full|e?pdf|epub|pdfdirect)/)?(?P<doi>10\.\d{4,9}/[^\s?#]{1,200})",
    re.I,
)
_DOI_END = LazyPattern(
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
