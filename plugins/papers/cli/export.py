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
from .arguments import add_settings_argument, new_parser

EXAMPLES = """examples:
  pelican-papers export bibtex > papers.bib         all papers of the site
  pelican-papers export ris liteppo ale.md          by citation key or file name
  pelican-papers export csl --selected -o cv.json   only selected papers
  pelican-papers export coauthors -o coauthors.csv  of the last 48 months

Drafts and hidden papers are left out. The table of co-authors is UTF-8 with
a byte order mark, for Excel; cells that begin with = + - @ get an
apostrophe, so that they are not run as formulas.
"""
_FORMATS = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}
# How far back co-authors count, as forms of the NSF ask for them.
_DEFAULT_MONTHS = 48


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the formats, each with its arguments."""
    formats = parser.add_subparsers(dest="format", required=True, metavar="FORMAT")
    for name in (*_FORMATS, "coauthors"):
        text = _FORMATS.get(name, "a table of co-authors (CSV)")
        description = f"Print the papers as {text}."
        if name == "coauthors":
            description = "Print the co-authors of the papers, by family name."
        format_ = new_parser(formats, name, help=text, description=description, epilog=EXAMPLES)
        add_settings_argument(format_)
        format_.add_argument("keys", nargs="*", metavar="KEY", help="citation keys or file names")
        format_.add_argument(
            "--selected", action="store_true", help="only papers with `Selected: yes`"
        )
        format_.add_argument(
            "-o",
            "--output",
            type=Path,
            metavar="FILE",
            help="write to this file instead of printing",
        )
        if name == "coauthors":
            format_.add_argument(
                "--months",
                type=_parse_months,
                default=_DEFAULT_MONTHS,
                metavar="N",
                help="how many months back to count papers; default: %(default)s",
            )


def _parse_months(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of months (write 48)')
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Print papers; return 1 if the site has errors, or a key is unknown."""
    if options.output is None and sys.stdout is None:
        raise CommandError("there is no standard output (add -o FILE)")
    result = check_site(options.settings)
    problems = sort_problems(result.problems)
    if any(not problem.notice for problem in problems):
        print(*format_problems(problems), sep="\n", file=sys.stderr)
        print(f"{summarize_problems(problems)}: nothing was exported.", file=sys.stderr)
        return 1
    # With the settings of a preview there are drafts among them; pages of other themes have none.
    pages = [page for page in result.papers if not getattr(page, "draft_label", "")]
    pages, messages = _select_pages(pages, options.keys)
    if messages:
        print(*messages, sep="\n", file=sys.stderr)
        return 1
    if options.selected:
        pages = [page for page in pages if page.paper.selected]
    if options.format == "coauthors":
        data = _format_coauthors(pages, options)
    else:
        data = format_papers(_FORMATS[options.format], pages)
    _write_output(data, options.output)
    return 0


def _write_output(data: bytes, output: Path | None) -> None:
    if output is None:
        # As text, Windows would write two characters for each line end.
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif output.is_file() or not output.exists():
        replace_file(output, data)
    else:
        # A device or a pipe.
        output.write_bytes(data)


def _select_pages(pages: Sequence[Page], keys: Sequence[str]) -> tuple[list[Page], list[str]]:
    """Return the pages of keys, in the site's order, and a message for each unknown key."""
    if not keys:
        return list(pages), []
    names: dict[str, list[Page]] = {}
    for page in pages:
        path = Path(page.source_path)
        forms = {page.paper.key, path.name, page.header.file}
        if path.suffix != ".bib":
            forms.add(path.stem)
        for form in forms:
            names.setdefault(form.casefold(), []).append(page)
    for page in pages:
        # A citation key takes precedence over the name of a file.
        names[page.paper.key.casefold()] = [page]
    selected, messages = [], []
    for key in keys:
        name = key.replace("\\", "/").removeprefix("./").casefold()
        selected += names.get(name, ())
        if name not in names:
            matches = difflib.get_close_matches(name, names, n=3)
            matches = [match for match in matches if len(names[match]) == 1] or matches
            hint = f"did you mean {' or '.join(matches)}?" if matches else "`check` lists all files"
            messages.append(f'export: "{key}" is not a paper of the site ({hint})')
    return [page for page in pages if page in selected], messages


def _format_coauthors(pages: Sequence[Page], options: argparse.Namespace) -> bytes:
    """Return the table of co-authors; print what it cannot hold."""
    settings, content = load_settings(options.settings), content_folder(options.settings)
    people, _ = read_people(content, owner_names(settings))
    start = months_before(build_day(), options.months)
    papers = papers_since((page.paper for page in pages), start)
    for paper in papers:
        messages = [
            f"{author.name} is not a person" for author in paper.authors if author.collective
        ]
        if paper.has_more_authors:
            messages.append('"et al." hides authors')
        if not any(author.owner for author in paper.authors):
            messages.append("OWNER is not among the authors, so all of them are counted")
        for message in messages:
            print(f"export: {paper.key}: {message}", file=sys.stderr)
    return format_csv(list_coauthors(papers, people))
