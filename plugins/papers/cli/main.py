"""Create, preview, check and publish a home page for researchers, made from text files."""

import argparse
import errno
import gc
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from ..model import CommandError
from ..util import PACKAGE, describe_reading_error, version_of
from .arguments import add_settings_argument, new_parser
from .site_folder import enter_site

# Windows has no EDQUOT, for a quota that is used up.
_NO_SPACE = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_EXIT_CODES = "exit codes: 0 no problems (there may be notices), 1 problems, 2 could not run"


class Command(NamedTuple):
    """A command: its module in this package, its help, and the settings that it reads."""

    module: str
    help: str
    settings: str | None = None


COMMANDS = {
    "init": Command("init", "create a new site in a folder"),
    "import": Command("import_", "import the content of another system", "pelicanconf.py"),
    "new": Command("new", "create a paper, news item, post, page or template", "pelicanconf.py"),
    "serve": Command("serve", "show a preview that updates as you edit", "pelicanconf.py"),
    "check": Command("check", "list all problems in your site", "publishconf.py"),
    "build": Command("build", "build the preview, with drafts, into a folder", "pelicanconf.py"),
    "publish": Command("publish", "build the site for publishing", "publishconf.py"),
    "export": Command(
        "export", "print papers for other programs, or your co-authors", "publishconf.py"
    ),
    "completion": Command("completion", "print a completion script for your shell"),
}

# Variables that hold a file, or what was made of one.
_FILE_VARIABLES = ("source_path", "path", "file", "content", "page", "header", "paper")


def start() -> int:
    """Run the program with the arguments of the process; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Names and titles can have characters that the terminal's encoding has not.
            stream.reconfigure(errors="backslashreplace")
    # Imported modules and the contents of a site stay in use. With Python's own thresholds, the
    # search for garbage among them takes a tenth of a small build.
    gc.set_threshold(20_000, 5, 2)
    code = main()
    # Without this, Python collects the garbage of a whole site before it exits.
    gc.freeze()
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code: 0, 1 for something wrong, 2 if it could not run."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    # Settings that `init` has written name the installed package, also in a copy of the repository.
    sys.modules.setdefault("pelican.plugins.papers", sys.modules[__package__.rpartition(".")[0]])
    # The modules of the other commands are not loaded.
    parser = build_parser([word for word in arguments[:1] if word in COMMANDS])
    options = parser.parse_args(arguments)
    if options.command is None:
        # As `pip` does: whoever types the name alone asks what it can do, and nothing has failed.
        parser.print_help()
        return 0
    try:
        if settings := COMMANDS[options.command].settings:
            enter_site(options, settings)
        return options.run(options)
    except CommandError as error:
        print(f"{options.command}: {error}", file=sys.stderr)
    except BrokenPipeError:
        # The reader has closed the pipe: `pelican-papers export csl | head`.
        sys.stdout = None
    except OSError as error:
        file = f"{error.filename}: " if error.filename else ""
        hint = " (free some space, then run it again)" if error.errno in _NO_SPACE else ""
        print(f"{options.command}: {file}{error.strerror or error}{hint}", file=sys.stderr)
    except (RecursionError, MemoryError) as error:
        file = _find_file(error) or "something in the content"
        print(f"{options.command}: {file}: {describe_reading_error(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"{options.command}: stopped", file=sys.stderr)
    return 2


def _find_file(error: BaseException) -> str:
    """Return the file that the innermost functions of an error work on, or ""."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    for frame in reversed(frames):
        for name in _FILE_VARIABLES:
            value = frame.f_locals.get(name)
            value = getattr(value, "source_path", None) or getattr(value, "file", None) or value
            if isinstance(value, str | Path) and Path(value).suffix not in ("", ".py"):
                if Path(value).is_file():
                    return os.path.relpath(value)
    return ""


def build_parser(complete: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """Return the parser of all commands; only those in `complete` have their arguments."""
    parser = argparse.ArgumentParser(
        PACKAGE,
        description=__doc__,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PACKAGE} {version_of(PACKAGE)}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in COMMANDS.items():
        subparser = new_parser(subparsers, name, help=command.help)
        if name not in complete:
            continue
        module = import_module(f".{command.module}", __package__)
        subparser.description = f"{command.help[0].upper()}{command.help[1:]}."
        subparser.epilog = f"{module.EXAMPLES}\n{_EXIT_CODES}"
        if command.settings:
            add_settings_argument(subparser, command.settings)
        module.add_arguments(subparser)
        subparser.set_defaults(run=module.run)
    return parser
