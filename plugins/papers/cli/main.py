"""Make a researcher's homepage of files: begin it, check it, see it, publish it."""

import argparse
import gc
import io
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from ..model import CommandError
from ..util import PACKAGE, version_of

_ENDS = "exit codes: 0 nothing wrong (but for notices), 1 something is, 2 could not run"
# For each command what it does, and the file of settings that it reads.
COMMANDS = {
    "init": ("begin a new site in a folder", None),
    "import": ("take over the content of another system", "pelicanconf.py"),
    "new": ("begin a paper, a piece of news, or a template of your own", "pelicanconf.py"),
    "serve": ("show the preview, and each change at once", "pelicanconf.py"),
    "check": ("say all that is wrong with the content, and write nothing", "publishconf.py"),
    "build": ("build the preview, with drafts", "pelicanconf.py"),
    "publish": ("build the site to be published", "publishconf.py"),
    "export": ("print papers for other programs, or co-authors for forms", "publishconf.py"),
    "completion": ("print what makes a shell complete the commands", None),
}
# `import` is a keyword of Python.
_MODULES = {"import": "import_"}


def start() -> int:
    """Run the command that the program was started with; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names and titles may hold what a terminal, or Windows, has no letter for.
            stream.reconfigure(errors="backslashreplace")
    code = main()
    # The end has nothing to look for among all that a site was made of.
    gc.freeze()
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0, 1 for something wrong, 2 where it could not run."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    # Modules of the other commands need not be loaded.
    options = build_parser([word for word in given[:1] if word in COMMANDS]).parse_args(given)
    try:
        return options.run(options)
    except CommandError as error:
        print(f"{options.command}: {error}", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read what is printed wants no more of it: `pelican-papers export csl | head`.
        sys.stdout = None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{options.command}: {where}{error.strerror or error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"{options.command}: stopped", file=sys.stderr)
    return 2


def build_parser(whole: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """Return the parser of all commands; those that are not in `whole` without their arguments."""
    form = argparse.RawDescriptionHelpFormatter
    found = argparse.ArgumentParser(
        PACKAGE, description=__doc__, epilog=_ENDS, formatter_class=form, allow_abbrev=False
    )
    found.add_argument("--version", action="version", version=f"{PACKAGE} {version_of(PACKAGE)}")
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (words, settings) in COMMANDS.items():
        command = commands.add_parser(name, help=words, formatter_class=form, allow_abbrev=False)
        if name not in whole:
            continue
        module = import_module(f".{_MODULES.get(name, name)}", __package__)
        command.description = f"{words[0].upper()}{words[1:]}."
        command.epilog = f"{module.EXAMPLES}\n{_ENDS}"
        if settings:
            told = "default: %(default)s"
            command.add_argument("-s", "--settings", type=Path, default=Path(settings), help=told)
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return found
