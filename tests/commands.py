"""Write docs/commands.md from the parsers of the commands."""

import argparse
import sys

from conftest import ROOT

DOCUMENT = ROOT / "docs" / "commands.md"
_HEAD = """# Commands

In a clone of the repository, write `.venv/bin/python plugins/papers` instead of `pelican-papers`.
`pelican-papers COMMAND --help` shows the same as this page. Without a command,
`pelican-papers` prints its help.

All commands except `init` and `completion` work in every folder of your site. They look for
`pelicanconf.py` in the current folder, then in the folders above it, and print which site they
use. Paths that you give, such as `--output ../html`, are relative to the folder you are in. To use
another settings file, name it with `--settings FILE`. Settings that belong to another user are not
run unless you name them.

| Command | What it does |
|---|---|
{commands}

`pelican-papers --version` prints the version.

| Exit code | Meaning |
|---|---|
| 0 | no problems; there may be notices |
| 1 | problems in the site, which were reported |
| 2 | the command could not run |

<!-- Made by `python tests/commands.py` from the commands' own help. -->
"""


def document() -> str:
    """Return docs/commands.md."""
    from papers.cli.main import COMMANDS, build_parser
    from papers.util import list_actions, list_commands

    def format_parser(parser: argparse.ArgumentParser, name: str, level: int) -> list[str]:
        description = parser.description or ""
        parts = [f"{'#' * level} {name}", description]
        rows = []
        for action in list_actions(parser):
            if list_commands(action) or action.dest == "help":
                continue
            text = (action.help or "").replace("%(default)s", str(action.default))
            rows.append(f"| {format_names(action)} | {text.replace('|', chr(92) + '|')} |")
        usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
        parts.append(f"```text\n{usage}\n```")
        if rows:
            parts.append("\n".join(("| Argument | Meaning |", "|---|---|", *rows)))
        if level == 2:
            parts.append(f"```text\n{parser.epilog.rpartition('exit codes')[0].strip()}\n```")
        for action in list_actions(parser):
            for kind, (subparser, _) in list_commands(action).items():
                parts += format_parser(subparser, f"{name} {kind}", level + 1)
        return [part for part in parts if part]

    def format_names(action: argparse.Action) -> str:
        names = action.option_strings or [action.metavar or "{" + ",".join(action.choices) + "}"]
        value = "" if action.nargs == 0 or not action.option_strings else action.metavar
        value = f" {value or action.dest.upper()}" if value != "" else ""
        return ", ".join(f"`{name}{value}`" for name in names)

    parser = build_parser()
    subparsers = next(
        commands for action in list_actions(parser) if (commands := list_commands(action))
    )
    rows = "\n".join(
        f"| [`{name}`](#{name}) | {command.help} |" for name, command in COMMANDS.items()
    )
    parts = [_HEAD.format(commands=rows)]
    for name, (subparser, _) in subparsers.items():
        parts += format_parser(subparser, name, 2)
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "plugins"))
    DOCUMENT.write_text(document(), encoding="utf-8", newline="\n")
