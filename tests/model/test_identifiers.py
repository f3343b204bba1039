"""Identifiers of papers, and the addresses under which people know them."""

import pytest
from papers.model.identifiers import SCHEMES


def test_invalid_arxiv_ids():
    """An id in the digits of another script, or of a thirteenth month, has a dead link."""
    assert [SCHEMES["arxiv"].parse(text) for text in ("٢٥١٠.10650", "2513.10650")] == [None, None]


# For each scheme, its ids and the texts that mean them.
FORMS = {
    "arxiv": {
        "2301.00001": """
            arXiv:2301.00001 [cs.LG]|ARXIV: 2301.00001.|arXiv preprint arXiv:2301.00001|
            arxiv.org/pdf/2301.00001|http://arxiv.org/abs/2301.00001/|(arXiv:2301.00001)|
            https://export.arxiv.org/abs/2301.00001?context=cs.LG|oai:arXiv.org:2301.00001|
            10.48550/arXiv.2301.00001|https://doi.org/10.48550/ARXIV.2301.00001|
            <https://arxiv.org/abs/2301.00001>|https://ar5iv.labs.arxiv.org/html/2301.00001|
            https://arxiv.org/ftp/arxiv/papers/2301/2301.00001.pdf|abs/2301.00001""",
        "2301.00001v2": """
            https://www.arxiv.org/pdf/2301.00001v2.pdf|https://arxiv.org/html/2301.00001V2#S1|
            arXiv:2301.00001v2""",
        "cs/0112017": """
            http://arxiv.org/abs/cs/0112017|HTTP://ARXIV.ORG/ABS/CS/0112017|arXiv:cs/0112017|
            https://arxiv.org/pdf/cs%2F0112017.pdf|http://xxx.lanl.gov/abs/cs/0112017""",
        "math.GT/0309136": "https://arxiv.org/abs/math.GT/0309136|arXiv:math.gt/0309136",
    },
    "doi": {
        "10.1000/182": """
            doi:10.1000/182|DOI: 10.1000/182.|DOI 10.1000/182|10.1000/182,|(10.1000/182)|
            "10.1000/182"|http://dx.doi.org/10.1000/182|https://www.doi.org/10.1000/182/|
            https://doi.org/10.1000%2F182?nosfx=y|https://doi.org/doi:10.1000/182|
            urn:doi:10.1000/182|info:doi/10.1000/182|HTTPS://DOI.ORG/10.1000/182|
            https://doi-org.proxy.example.edu/10.1000/182|https://doi.org/https://doi.org/10.1000/182|
            https://doi.org.proxy.example.edu/10.1000/182|doi.org/10.1000/182""",
        "10.1002/(SICI)1:1<1::AID>3.0.CO;2-2": """
            https://doi.org/10.1002/(SICI)1:1%3C1::AID%3E3.0.CO;2-2|
            10.1002/(SICI)1:1&lt;1::AID&gt;3.0.CO;2-2""",
        "10.1101/2020.01.01.123456": """
            https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf|
            https://www.medrxiv.org/content/10.1101/2020.01.01.123456v1""",
        "10.2139/ssrn.123456": """
            https://papers.ssrn.com/sol3/papers.cfm?abstract_id=123456|
            http://ssrn.com/abstract=123456|
            https://papers.ssrn.com/sol3/papers.cfm?download=yes&abstractid=123456""",
        "10.5281/zenodo.123456": "https://zenodo.org/records/123456|zenodo.org/record/123456",
        "10/grd3w3": "https://doi.org/grd3w3|https://doi.org/10/grd3w3|10/grd3w3",
    },
    "openreview": {
        "vtz8ZWRz67": """
            https://openreview.net/forum?id=vtz8ZWRz67|https://openreview.net/pdf?id=vtz8ZWRz67|
            https://openreview.net/forum?id=vtz8ZWRz67&noteId=abc#discussion|
            https://openreview.net/forum?referrer=%5Bx%5D&id=vtz8ZWRz67|
            https://openreview.net/attachment?id=vtz8ZWRz67&name=pdf""",
    },
    "acl": {
        "P19-1001": """
            p19-1001|https://aclanthology.org/P19-1001|https://www.aclweb.org/anthology/P19-1001/|
            http://aclweb.org/anthology/P/P19/P19-1001.pdf|
            https://aclanthology.info/papers/P19-1001/p19-1001""",
        "2020.acl-main.1": """
            https://aclanthology.org/2020.acl-main.1/|https://aclanthology.org/2020.acl-main.1.pdf|
            https://www.aclweb.org/anthology/2020.acl-main.1v2.pdf|2020.ACL-main.1""",
    },
    "pmid": {
        "25246403": """
            PMID: 25246403|https://pubmed.ncbi.nlm.nih.gov/25246403/|
            http://www.ncbi.nlm.nih.gov/pubmed/25246403|https://europepmc.org/article/MED/25246403|
            https://www.ncbi.nlm.nih.gov/pubmed/?term=25246403|https://pubmed.gov/25246403|
            https://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&list_uids=25246403""",
    },
    "pmcid": {
        "PMC4198043": """
            pmc4198043|4198043|PMCID: PMC4198043|https://europepmc.org/articles/PMC4198043|
            https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4198043/pdf/nihms.pdf|
            https://pmc.ncbi.nlm.nih.gov/articles/PMC4198043/""",
    },
    "hal": {
        "hal-01234567": """
            HAL-01234567|https://hal.science/hal-01234567/document|
            https://hal.archives-ouvertes.fr/hal-01234567|https://inria.hal.science/hal-01234567/|
            https://hal.inria.fr/hal-01234567/file/a%20b.pdf""",
        "tel-01234567v2": """
            https://theses.hal.science/tel-01234567v2|
            https://tel.archives-ouvertes.fr/tel-01234567v2/document""",
    },
    "dblp": {
        "conf/nips/Stone17": """
            DBLP:conf/nips/Stone17|https://dblp.org/rec/conf/nips/Stone17.html?view=bibtex|
            http://dblp.uni-trier.de/rec/bibtex/conf/nips/Stone17|
            https://dblp.dagstuhl.de/rec/conf/nips/Stone17.bib""",
    },
    "semanticscholar": {
        "CorpusID:13756489": """
            corpusid: 13756489|https://api.semanticscholar.org/CorpusID:13756489|13756489|
            S2CID 13756489|https://www.semanticscholar.org/paper/CorpusID:13756489""",
        "ab" * 20: f"""
            https://www.semanticscholar.org/paper/A-Title-Stone/{"ab" * 20}|{"AB" * 20}|
            https://www.semanticscholar.org/paper/{"ab" * 20}/figure/1""",
    },
    "openalex": {
        "W2741809807": """
            w2741809807|https://openalex.org/works/w2741809807|
            https://api.openalex.org/works/W2741809807""",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "identifier"), [(name, id_) for name, forms in FORMS.items() for id_ in forms]
)
def test_forms(name, identifier):
    """An identifier is not known by another of its addresses, or is cut or kept in two forms."""
    for text in [*FORMS[name][identifier].split("|"), SCHEMES[name].url(identifier), identifier]:
        assert SCHEMES[name].parse(text.strip()) == identifier, text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("arxiv", "https://arxiv.org/list/cs.LG/recent"),
        ("arxiv", "https://example.org/abs/2301.00001"),
        ("doi", "https://doi.example.org/10.1000/182"),
        ("doi", "https://www.biorxiv.org/search/10.1101"),
        ("openreview", "https://openreview.net/group?id=ICLR.cc/2024"),
        ("acl", "https://aclanthology.org/volumes/2020.acl-main/"),
        ("acl", "https://aclanthology.org/attachments/P19-1001.Software.zip"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/?term=stones"),
        ("hal", "https://hal.science/search/index?q=x"),
        ("dblp", "https://dblp.org/pid/12/34.html"),
        ("semanticscholar", "https://www.semanticscholar.org/author/1234"),
        ("openalex", "https://openalex.org/A1234567"),
    ],
)
def test_other_addresses(name, text):
    """The address of something else is read as that of a paper."""
    assert SCHEMES[name].parse(text) is None
