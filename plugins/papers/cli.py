"""The commands: `check`, `build`, `serve` and `publish`."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from . import fixes, report
from .loss import pages, pages_of_sitemap, refuse_loss
from .model import Problem
from .profile import Profile
from .run import NotRun, Refused, build_site, check_site, site_of
from .swap import Busy, build_beside

_LINKS = "links.json"
_ENDS = (
    """exit codes: 0 nothing is wrong (notices may be told), 1 something is, 2 it could not run"""
)


def start() -> int:
    """Run the command that the program was started with; return its exit code."""
    code = main()
    # The end has nothing to look for among all that a site was made of.
    gc.freeze()
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0, 1 for something wrong, 2 where it could not run."""
    options = _options(arguments)
    try:
        return options.run(options)
    except NotRun as error:
        print(f"{options.command}: {error}", file=sys.stderr)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{options.command}: {where}{error.strerror or error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"{options.command}: stopped", file=sys.stderr)
    return 2


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("pelican-papers", description=__doc__, epilog=_ENDS)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run, conf: str, words: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=words, description=words, epilog=_ENDS)
        found.add_argument(
            "-s", "--settings", type=Path, default=Path(conf), help="default: %(default)s"
        )
        found.set_defaults(run=run)
        return found

    words = "say all that is wrong with the content, and write nothing"
    check = command("check", _check, "publishconf.py", words)
    check.add_argument("--json", action="store_true", help="print the findings for programs")
    check.add_argument("--fix", action="store_true", help="make the changes that are safe")
    words = "ask the addresses of other hosts, too, whether they are still there"
    check.add_argument("--links", action="store_true", help=words)
    build = command("build", _build, "pelicanconf.py", "build the preview, with drafts")
    words = "show the preview at http://localhost:8000, and each change at once"
    serve = command("serve", _serve, "pelicanconf.py", words)
    serve.add_argument("-p", "--port", type=int, help="default: 8000, or the next that is free")
    publish = command("publish", _publish, "publishconf.py", "build the site to be published")
    for each in (build, publish):
        each.add_argument(
            "-o", "--output", type=Path, default=Path("output"), help="default: %(default)s"
        )
        each.add_argument("--profile", action="store_true", help="tell where the time went")
    words = "publish though half of the pages of the last site are gone"
    publish.add_argument("--allow-loss", action="store_true", help=words)
    words = "sitemap.xml of the last site, where it is not in the output folder"
    publish.add_argument("--last", type=Path, metavar="FILE", help=words)
    return parser.parse_args(arguments)


def _check(options: argparse.Namespace) -> int:
    found = check_site(options.settings)
    if options.fix:
        safe = fixes.changes(found.problems, found.folder)
        print(*fixes.show(safe, found.folder), sep="\n", file=sys.stderr)
        if safe and _is_meant(len(safe)):
            fixes.make(safe)
            found = check_site(options.settings)
    problems = found.problems + (_outside(found) if options.links else [])
    problems = report.ordered(problems)
    if options.json:
        print(report.as_json(problems))
    else:
        print(*report.lines(problems), sep="\n", end="\n" if problems else "")
        print(f"{report.count(problems)} in {found.files} files".capitalize())
    if report.on_github():
        print(*report.annotations(problems), sep="\n", file=sys.stderr)
    return int(any(not problem.notice for problem in problems))


def _is_meant(count: int) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    words = "these changes" if count > 1 else "this change"
    # Not by input(), which asks there where the findings go.
    print(f"Make {words}? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _outside(found: report.Checked) -> list[Problem]:
    # Not needed for a build, and it takes a tenth of the start.
    from .outside import Place, check_links

    places = {
        address: [Place(file, line, key) for file, line, key in there]
        for address, there in found.places.items()
    }

    def progress(done: int, whole: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {whole} addresses", end="", file=sys.stderr, flush=True)

    problems = check_links(places, found.cache / _LINKS, progress)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return problems


def _build(options: argparse.Namespace) -> int:
    return _write(options, lambda new, old, address: None)


def _serve(options: argparse.Namespace) -> int:
    from .preview import Site
    from .serve import serve

    if not options.settings.is_file():
        site_of(options.settings, {})
    with closing(Site(options.settings)) as site:
        return serve(site, options.port)


def _publish(options: argparse.Namespace) -> int:
    def approve(new: Path, old: Path, address: str) -> None:
        last = pages(old) if old.is_dir() else set()
        if options.last is not None and options.last.is_file():
            try:
                last = pages_of_sitemap(options.last.read_text("utf-8", "replace"), address)
            except ValueError as error:
                # That of another program is no reason not to publish.
                print(f"{options.last} is not compared: {error}", file=sys.stderr)
        meant = options.allow_loss or os.environ.get("ALLOW_LOSS") == "yes"
        refuse_loss(new, set() if meant else last)

    return _write(options, approve)


def _write(options: argparse.Namespace, approve: Callable[[Path, Path, str], None]) -> int:
    address, profile = "", Profile()

    def build(new: Path) -> None:
        nonlocal address
        address = build_site(options.settings, new, options.output, profile)

    try:
        build_beside(options.output, build, lambda new, old: approve(new, old, address))
    except SystemExit as told:
        print(told, file=sys.stderr)
    except Refused as refused:
        problems = report.ordered(refused.problems)
        print(*report.lines(problems), sep="\n", file=sys.stderr)
        print(f"{report.count(problems)}: nothing was written.", file=sys.stderr)
    except (Busy, ValueError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
    else:
        if options.profile:
            print(*profile.lines(), sep="\n", file=sys.stderr)
        return 0
    return 1
