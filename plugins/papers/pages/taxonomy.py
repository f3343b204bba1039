"""Pages that list all texts of a kind, papers by year, venue and type, and all by topic."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pelican.contents import Article, Content, Page

from ..content import Header, parse_topics
from ..model import KINDS, TYPES, Kind, Paper
from ..util import slugify
from .contents import group_by_kind, kind_of

FACETS = ("year", "venue", "type", "topic")
# From how many papers on a list has filters.
FACET_THRESHOLD = 13


@dataclass(slots=True)
class Listing:
    """A page that lists texts: all of a kind, or those with one value of a facet.

    `facet` is one of FACETS, and `value` the last part of the address; or `facet` is "", and
    `value` the kind's name. `contents` are by the names of their kinds.
    """

    facet: str
    value: str
    label: str
    address: str
    contents: dict[str, list[Content]] = field(default_factory=dict)

    @property
    def kind(self) -> Kind | None:
        """The kind of which it lists all texts."""
        return None if self.facet else KINDS[self.value]

    @property
    def papers(self) -> list[Page]:
        """The pages of papers."""
        return self.contents.get("papers", [])

    @property
    def items(self) -> list[Content]:
        """All contents."""
        return [content for contents in self.contents.values() for content in contents]

    @property
    def is_written(self) -> bool:
        """Whether the page is there: empty lists are not, unless a setting has their address."""
        return any(self.contents.values()) or bool(self.kind and self.kind.address_setting)

    @property
    def years(self) -> list[tuple[int, list[Page]]]:
        """Pairs of a year and its papers, the newest year first."""
        years = sorted({page.paper.date.year for page in self.papers}, reverse=True)
        return [(year, [p for p in self.papers if p.paper.date.year == year]) for year in years]


def make_listings(context: dict, papers: list[Page], articles: list[Article]) -> list[Listing]:
    """Return all listings, those of kinds first; by other facets than topic if papers are many.

    Papers and articles get `topics`, pairs of a name and the address of its listing, and
    `facet_values`, the slugs of each facet.
    """
    base = context["PUBLICATIONS_URL"]
    folders = {"year": base, "venue": f"{base}venue/", "type": f"{base}type/", "topic": "topics/"}
    values: list[tuple[Page | Article, dict[str, dict[str, str]]]] = [
        *((page, _paper_values(page.paper, page.header)) for page in papers),
        *((article, {"topic": parse_topics(article.header)}) for article in articles),
    ]
    labels = _choose_labels(names for _, names in values)
    listings = {
        (facet, slug): Listing(facet, slug, label, f"{folders[facet]}{slug}/")
        for (facet, slug), label in sorted(labels.items(), key=_facet_sort_key)
        if facet == "topic" or len(papers) >= FACET_THRESHOLD
    }
    for content, names in values:
        for facet, slugs in names.items():
            for slug in slugs:
                if listing := listings.get((facet, slug)):
                    listing.contents.setdefault(kind_of(content).name, []).append(content)
        content.facet_values = {facet: list(slugs) for facet, slugs in names.items()}
        content.topics = [(labels["topic", slug], f"topics/{slug}/") for slug in names["topic"]]
    groups = {kind.name: contents for kind, contents in group_by_kind([*papers, *articles])}
    kinds = [
        Listing("", name, kind.label, kind.address(context), {name: groups.get(name, [])})
        for name, kind in KINDS.items()
    ]
    return [*kinds, *listings.values()]


def _paper_values(paper: Paper, header: Header) -> dict[str, dict[str, str]]:
    """Return a paper's values of each facet: names by slugs."""
    venue = paper.venue_series
    return {
        "year": {str(paper.date.year): str(paper.date.year)},
        "venue": {slugify(venue): venue} if slugify(venue) else {},
        "type": {slugify(TYPES[paper.type]): TYPES[paper.type]},
        "topic": parse_topics(header),
    }


def _choose_labels(values: Iterable[dict[str, dict[str, str]]]) -> dict[tuple[str, str], str]:
    """Return the name of each facet and slug: of several spellings, the most frequent."""
    counts: dict[tuple[str, str], Counter] = defaultdict(Counter)
    for names in values:
        for facet, slugs in names.items():
            for slug, name in slugs.items():
                counts[facet, slug][name] += 1
    return {key: min(names.items(), key=lambda item: (-item[1], item[0]))[0]
            for key, names in counts.items()}  # fmt: skip


def _facet_sort_key(item: tuple[tuple[str, str], str]) -> tuple[int, str]:
    return FACETS.index(item[0][0]), item[0][1]


def make_facets(listings: Iterable[Listing]) -> dict[str, list[Listing]]:
    """Return the listings to choose from, by facet: all years, of other facets the largest first.

    Topics of a single paper would hide the others. A facet with one choice is left out.
    """
    groups = {facet: [item for item in listings if item.facet == facet and item.papers]
              for facet in FACETS}  # fmt: skip
    groups["topic"] = [item for item in groups["topic"] if len(item.papers) > 1]
    groups["year"].sort(key=lambda item: item.value, reverse=True)
    for facet in ("venue", "type", "topic"):
        groups[facet].sort(key=lambda item: (-len(item.papers), item.label.casefold()))
    return {facet: items for facet, items in groups.items() if len(items) > 1}


def paper_sort_key(page: Page) -> tuple:
    """Order by weight, then newest first, then by title."""
    paper = page.paper
    weight = float("inf") if paper.weight is None else paper.weight
    newest = tuple(-part for part in paper.date.sort_key)
    return weight, newest, paper.title.casefold(), page.slug
