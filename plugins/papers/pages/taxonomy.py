"""Pages that list: publications by year, venue, type and topic, and what is of one topic."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pelican.contents import Article, Page
from pelican.generators import PagesGenerator
from pelican.writers import Writer

from ..content import Header
from ..model import TYPES, split_year
from ..util import shorten, slugify, split_list

# From how many papers on a list has filters.
FACET_THRESHOLD = 13


@dataclass(slots=True)
class Listing:
    """One list: its facet ("year", "venue", "type", "topic", or "" for all), address and title.

    `value` is the last part of its address.
    """

    facet: str
    value: str
    label: str
    address: str
    papers: list[Page] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)

    @property
    def years(self) -> list[tuple[int, list[Page]]]:
        """Pairs of a year and its papers, the newest year first."""
        years = sorted({page.paper.date.year for page in self.papers}, reverse=True)
        return [(year, [p for p in self.papers if p.paper.date.year == year]) for year in years]


def topics(header: Header) -> dict[str, str]:
    """Return the topics of a file: their slugs, and their names."""
    return {slugify(name): name for name in split_list(header.get("tags") or "") if slugify(name)}


def check_topics(header: Header) -> None:
    """Note a topic that can have no page."""
    for name in split_list(header.get("tags") or ""):
        if not slugify(name):
            header.warn_or_error(
                "tags", f'"{shorten(name)}" gives no address (write letters or digits)'
            )


def make_listings(context: dict, papers: list[Page], articles: list[Article]) -> list[Listing]:
    """Return all lists, that of all papers first; lists by facet where papers are many.

    Papers and articles get `topics`, pairs of a name and the address of its list, and papers
    `values`, of each facet those that they have.
    """
    base = context["PUBLICATIONS_URL"]
    found = [Listing("", "", "Publications", base, papers)]
    names = _Names()
    for content in [*papers, *articles]:
        content.topics = names.take("topic", topics(content.header))
    for page in papers:
        paper = page.paper
        venue = split_year(paper.venue_short or paper.venue or "")[0]
        venue = venue or ("arXiv" if "arxiv" in paper.ids else "")
        page.values = {
            "year": names.take("year", {str(paper.date.year): str(paper.date.year)}),
            "venue": names.take("venue", {slugify(venue): venue} if slugify(venue) else {}),
            "type": names.take("type", {slugify(TYPES[paper.type]): TYPES[paper.type]}),
            "topic": page.topics,
        }
    folders = {"year": base, "venue": f"{base}venue/", "type": f"{base}type/", "topic": "topics/"}
    for facet, folder in folders.items():
        made = {}
        for value, label in (
            names.of(facet) if len(papers) >= FACET_THRESHOLD or facet == "topic" else ()
        ):
            made[value] = Listing(facet, value, label, f"{folder}{value}/")
        for page in papers:
            for value in page.values[facet] if made else ():
                made[value].papers.append(page)
        for article in articles if facet == "topic" else ():
            for value in article.topics:
                made[value].articles.append(article)
        found += made.values()
    for content in [*papers, *articles]:
        content.topics = [
            (names.label("topic", value), f"topics/{value}/") for value in content.topics
        ]
    return found


def make_facets(found: Iterable[Listing]) -> dict[str, list[Listing]]:
    """Return the lists to choose from, by facet: of years all, of others the largest first.

    Topics of one paper would bury the others. A facet of one choice is none.
    """
    grouped = {facet: [item for item in found if item.facet == facet and item.papers]
               for facet in ("year", "venue", "type", "topic")}  # fmt: skip
    grouped["topic"] = [item for item in grouped["topic"] if len(item.papers) > 1]
    grouped["year"].sort(key=lambda item: item.value, reverse=True)
    for facet in ("venue", "type", "topic"):
        grouped[facet].sort(key=lambda item: (-len(item.papers), item.label.casefold()))
    return {facet: items for facet, items in grouped.items() if len(items) > 1}


def write_listings(generator: PagesGenerator, writer: Writer) -> None:
    """Write the pages of all lists."""
    context = generator.context
    papers = generator.get_template("publications")
    topic = generator.get_template("topic")
    for item in context["listings"]:
        if item.papers or item.articles or not item.facet:
            writer.write_file(
                f"{item.address}index.html",
                topic if item.facet == "topic" else papers,
                context,
                relative_urls=generator.settings["RELATIVE_URLS"],
                listing=item,
            )


class _Names:
    """The names of a facet's values as most people write them."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, Counter]] = {}

    def take(self, facet: str, values: dict[str, str]) -> list[str]:
        known = self.counts.setdefault(facet, {})
        for value, name in values.items():
            known.setdefault(value, Counter())[name] += 1
        return list(values)

    def label(self, facet: str, value: str) -> str:
        names = self.counts[facet][value]
        return min(names, key=lambda name: (-names[name], name))

    def of(self, facet: str) -> Iterator[tuple[str, str]]:
        for value in sorted(self.counts.get(facet, ())):
            yield value, self.label(facet, value)


def paper_sort_key(page: Page) -> tuple:
    """Order by weight, then newest first, then by title."""
    paper = page.paper
    weight = float("inf") if paper.weight is None else paper.weight
    newest = tuple(-part for part in paper.date.sort_key)
    return weight, newest, paper.title.casefold(), page.slug
