"""Format a paper as the `<meta>` tags that Google Scholar reads (Highwire Press tags)."""

from collections.abc import Iterator

from ..model import Paper

# The tag of a venue, by type (Google Scholar's inclusion guidelines, "Indexing").
_VENUE_TAGS = {
    "article-journal": "citation_journal_title",
    "article-magazine": "citation_journal_title",
    "article-newspaper": "citation_journal_title",
    "paper-conference": "citation_conference_title",
    "chapter": "citation_inbook_title",
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}


def format_scholar_tags(paper: Paper, pdf: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield name and content of Google Scholar's tags; none without authors, as it ignores them.

    `pdf` is the absolute address of a file in the page's own folder.
    """
    if not paper.authors:
        return
    date = paper.date
    # Google Scholar accepts a year or a full date, but no month.
    day = f"{date.year}/{date.month}/{date.day}" if date.day else str(date.year)
    first, _, last = (paper.pages or "").partition("–")
    is_report = paper.type == "report"
    tags = [
        ("citation_title", paper.title),
        *(("citation_author", author.name) for author in paper.authors),
        ("citation_publication_date", day),
        (_VENUE_TAGS.get(paper.type), paper.venue),
        ("citation_volume", paper.volume),
        ("citation_issue", (paper.issue and paper.number) or paper.issue),
        ("citation_technical_report_number" if is_report else None, paper.number),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_publisher", paper.publisher),
        ("citation_isbn", paper.isbn),
        ("citation_issn", paper.issn),
        ("citation_doi", paper.ids.get("doi")),
        ("citation_arxiv_id", paper.ids.get("arxiv")),
        ("citation_pmid", paper.ids.get("pmid")),
        ("citation_language", paper.lang),
        ("citation_keywords", "; ".join(paper.tags)),
        ("citation_abstract", paper.abstract),
        ("citation_pdf_url", pdf),
    ]
    yield from ((name, " ".join(value.split())) for name, value in tags if name and value)
