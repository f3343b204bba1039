"""`export`: the site's papers for other programs, and its co-authors for forms."""

import argparse
import difflib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from pelican.contents import Page

from ..check import format_problems, sort_problems, summarize_problems
from ..content import owner_names, read_people
from ..export import format_csv, list_coauthors, months_before, papers_since
from ..model import CommandError
from ..pages import build_day
from ..publish import check_site, content_folder, load_settings
from ..site import format_papers
from ..util import replace_file

EXAMPLES = """examples:
  pelican-papers export bibtex > papers.bib         all papers of the site
  pelican-papers export ris liteppo ale.md          by citation key or file
  pelican-papers export csl --selected -o cv.json   those of the home page
  pelican-papers export coauthors -o coauthors.csv  of the last 48 months

Drafts, and what is hidden, are left out. The table of co-authors is UTF-8 with
a byte order mark, for Excel; cells that begin with = + - @ begin with an
apostrophe, lest they are run.
"""
_FORMATS = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}
_MONTHS = 48


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the formats, each with its arguments."""
    formats = parser.add_subparsers(dest="format", required=True, metavar="FORMAT")
    for name in (*_FORMATS, "coauthors"):
        words = _FORMATS.get(name, "a table of co-authors (CSV)")
        each = formats.add_parser(
            name,
            help=words,
            description=f"Print the papers as {words}.",
            epilog=EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        # Before the format, or behind it.
        each.add_argument("-s", "--settings", type=Path, default=argparse.SUPPRESS,
                          help="a file of settings")  # fmt: skip
        each.add_argument("keys", nargs="*", metavar="KEY", help="citation keys, or names of files")
        each.add_argument("--selected", action="store_true", help="only those marked as selected")
        words = "write a file, whole, instead of printing"
        each.add_argument("-o", "--output", type=Path, metavar="FILE", help=words)
    each.description = "Print with whom the papers were written, by family name."
    words = "how far back papers count; default: %(default)s"
    each.add_argument("--months", type=_months, default=_MONTHS, metavar="N", help=words)


def _months(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is no number of months (write 48)')
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Print papers; return 1 where the site, or a key, is wrong."""
    if options.output is None and sys.stdout is None:
        raise CommandError("there is no standard output (write -o FILE)")
    found = check_site(options.settings)
    problems = sort_problems(found.problems)
    if any(not problem.notice for problem in problems):
        print(*format_problems(problems), sep="\n", file=sys.stderr)
        print(f"{summarize_problems(problems)}: nothing was exported.", file=sys.stderr)
        return 1
    # The settings of the preview have a place for drafts; other themes' sites read none.
    pages = [page for page in found.papers if not getattr(page, "draft_label", "")]
    chosen, unknown = _choose(pages, options.keys)
    if unknown:
        print(*unknown, sep="\n", file=sys.stderr)
        return 1
    if options.selected:
        chosen = [page for page in chosen if page.paper.selected]
    if options.format == "coauthors":
        data = _coauthors(chosen, options)
    else:
        data = format_papers(_FORMATS[options.format], chosen)
    if options.output is None:
        # As bytes: Windows would turn each line end into two.
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif options.output.is_file() or not options.output.exists():
        replace_file(options.output, data)
    else:
        options.output.write_bytes(data)
    return 0


def _choose(pages: Sequence[Page], keys: Sequence[str]) -> tuple[list[Page], list[str]]:
    """Return the pages that are meant, in the site's order, and what is meant by none."""
    if not keys:
        return list(pages), []
    names: dict[str, list[Page]] = {}
    for page in pages:
        path = Path(page.source_path)
        forms = {path.name, page.header.file} | ({path.stem} if path.suffix != ".bib" else set())
        for form in {page.paper.key, *forms}:
            names.setdefault(form.casefold(), []).append(page)
    for page in pages:
        # A file of that name, or one more paper in it, is not meant.
        names[page.paper.key.casefold()] = [page]
    chosen, unknown = [], []
    for key in keys:
        name = key.replace("\\", "/").removeprefix("./").casefold()
        chosen += names.get(name, ())
        if name not in names:
            close = difflib.get_close_matches(name, names, n=3)
            known = [form for form in close if len(names[form]) == 1] or close
            hint = f"did you mean {' or '.join(known)}?" if known else "`check` names all files"
            unknown.append(f'export: "{key}" is no paper of the site ({hint})')
    return [page for page in pages if page in chosen], unknown


def _coauthors(pages: Sequence[Page], options: argparse.Namespace) -> bytes:
    """Return the table; tell of what it cannot hold."""
    settings, content = load_settings(options.settings), content_folder(options.settings)
    people, _ = read_people(content, owner_names(settings))
    papers = papers_since(
        (page.paper for page in pages), months_before(build_day(), options.months)
    )
    for paper in papers:
        told = [f"{author.name} is no person" for author in paper.authors if author.collective]
        told += ['"et al." hides authors'] * paper.has_more_authors
        if not any(author.owner for author in paper.authors):
            told.append("OWNER is not among the authors, who all count")
        for words in told:
            print(f"export: {paper.key}: {words}", file=sys.stderr)
    return format_csv(list_coauthors(papers, people))
