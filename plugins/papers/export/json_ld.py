"""Format papers, posts and the owner of a site as JSON-LD of schema.org."""

from collections.abc import Mapping, Sequence

from ..model import SCHEMES, Author, Paper

_SCHEMA = {
    "chapter": "Chapter", "book": "Book", "thesis": "Thesis", "report": "Report",
    "dataset": "Dataset", "software": "SoftwareSourceCode", "article-newspaper": "NewsArticle",
}  # fmt: skip
_CONTAINERS = {
    "article-journal": "Periodical",
    "article-magazine": "Periodical",
    "article-newspaper": "Newspaper",
    "chapter": "Book",
}


def paper_json_ld(
    paper: Paper,
    page: str,
    site: Mapping[str, str],
    files: Mapping[str, str],
    breadcrumbs: Mapping | None = None,
) -> dict:
    """Return the page, the paper, its authors and the owner as one graph of schema.org.

    `page` is the page's absolute address, `site` the site's `url` and `name`; `files` maps
    the paper's addresses to absolute ones; `breadcrumbs` is a `breadcrumb_list`.
    """
    id_urls = [SCHEMES[name].url(value) for name, value in paper.ids.items()]
    is_institution = paper.type in ("thesis", "report")
    links = [(link.label, files.get(link.address, link.address)) for link in paper.links]
    work = {
        "@type": _SCHEMA.get(paper.type, "ScholarlyArticle"), "@id": f"{page}#paper", "url": page,
        "headline": paper.title, "name": paper.title, "alternateName": list(paper.titles.values()),
        "author": [_person(author, site["url"]) for author in paper.authors],
        "editor": [_person(editor, site["url"]) for editor in paper.editors],
        "datePublished": paper.date.isoformat(), "creativeWorkStatus": paper.stage,
        "isPartOf": None if is_institution else _container(paper), "abstract": paper.abstract,
        "publisher": _organization(paper.publisher or (paper.venue if is_institution else None)),
        "pagination": paper.pages, "bookEdition": paper.edition,
        "isbn": paper.isbn if paper.type == "book" else None,
        "keywords": list(paper.tags), "award": list(paper.honours), "inLanguage": paper.lang,
        "license": paper.license, "image": paper.figure and files.get(paper.figure.path),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in paper.ids.items()
        ],
        "sameAs": list(dict.fromkeys([*id_urls, *([paper.url] if paper.url else [])])),
        "hasPart": [
            {"@type": "SoftwareSourceCode", "name": label, "codeRepository": address}
            for label, address in links if label == "code"
        ],
        "associatedMedia": [
            {"@type": "MediaObject", "name": label, "contentUrl": address}
            for label, address in links
            if label != "code" and address not in id_urls and address != paper.url
        ],
    }  # fmt: skip
    website = {"@type": "WebSite", "@id": f"{site['url']}/#site", **site}
    web_page = {
        "@type": "WebPage", "@id": page, "url": page, "name": paper.title,
        "isPartOf": {"@id": website["@id"]}, "mainEntity": {"@id": work["@id"]},
    }  # fmt: skip
    return json_ld_graph(website, web_page, work, breadcrumbs)


def json_ld_graph(*things: Mapping | None) -> dict:
    """Return things as one JSON-LD graph, without empty values."""
    return {
        "@context": "https://schema.org",
        "@graph": [_without_empty(thing) for thing in things if thing],
    }


def breadcrumb_list(trail: list[tuple[str, str]]) -> dict:
    """Return the trail to a page, as address and name of each page; the page itself is last."""
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": url}
        for n, (url, name) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def post_json_ld(
    page: str, title: str, dates: tuple, site: Mapping[str, str], about: Sequence[str],
    authors: Sequence[Author],
) -> dict:  # fmt: skip
    """Return a post; `dates` are publication and last change, `about` the ids of papers.

    Without authors it is by the site's owner.
    """
    published, modified = dates
    owner = {"@type": "Person", "@id": f"{site['url']}/#owner", "name": site["name"]}
    persons = [_person(author, site["url"]) for author in authors] or [owner]
    return {
        "@type": "BlogPosting", "@id": page, "url": page, "mainEntityOfPage": page,
        "headline": title, "datePublished": published,
        "dateModified": modified and modified.isoformat(),
        "author": persons if len(persons) > 1 else persons[0],
        "about": [{"@id": paper} for paper in about],
    }  # fmt: skip


def owner_json_ld(site: str, name: str, **properties: object) -> dict:
    """Return the site's owner as a Person, for the home page."""
    return {
        "@type": "Person",
        "@id": f"{site}/#owner",
        "name": name,
        "url": f"{site}/",
        **properties,
    }


def _container(paper: Paper) -> dict | None:
    """Return the venue that a paper is part of, and in a journal its volume and issue."""
    if paper.venue is None:
        return None
    journal = paper.type.startswith("article-")
    container = {
        "@type": _CONTAINERS.get(paper.type, "CreativeWork"), "name": paper.venue,
        "alternateName": paper.venue_short, "issn": paper.issn if journal else None,
        "isbn": paper.isbn if paper.type == "chapter" else None,
    }  # fmt: skip
    for kind, number in (
        ("Volume", paper.volume),
        ("Issue", (paper.issue and paper.number) or paper.issue),
    ):
        if journal and number:
            name = f"{kind.lower()}Number"
            container = {"@type": f"Publication{kind}", name: number, "isPartOf": container}
    return container


def _person(author: Author, site: str) -> dict:
    if author.owner:
        return {"@type": "Person", "@id": f"{site}/#owner", "name": author.name, "url": f"{site}/"}
    orcid = f"https://orcid.org/{author.orcid}" if author.orcid else None
    person = {
        "@type": "Organization" if author.collective else "Person", "name": author.name,
        "familyName": author.family if author.given else None, "givenName": author.given,
        "url": author.url, "sameAs": orcid,
    }  # fmt: skip
    return _without_empty(person)


def _organization(name: str | None) -> dict | None:
    return {"@type": "Organization", "name": name} if name else None


def _without_empty(thing: Mapping) -> dict:
    return {
        key: _without_empty(value) if isinstance(value, dict) else value
        for key, value in thing.items()
        if value
    }
