"""All that we use of argparse, Markdown and watchfiles beyond their documented interfaces.

tests/util/test_library_internals.py fails when a release changes one of them. What we use of
Pelican is in build/pelican_internals.py, since util does not import Pelican.
"""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown.treeprocessors import InlineProcessor


def list_actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the arguments of a parser in their order.

    `_actions`: argparse has no public list of them.
    """
    return parser._actions


def list_commands(action: argparse.Action) -> dict[str, tuple[argparse.ArgumentParser, str]]:
    """Return the commands of an argument that has subparsers: parser and help by name.

    `_SubParsersAction`, `_choices_actions`: the help of a command is nowhere else.
    """
    if not isinstance(action, argparse._SubParsersAction):
        return {}
    helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
    return {name: (parser, helps.get(name, "")) for name, parser in action.choices.items()}


def load_notifier() -> type:
    """Return the class that watches files.

    `watchfiles._rust_notify.RustNotify`: `watchfiles.watch`, which is built on it, waits for a
    pause after each change. Imported here, as only a preview needs it.
    """
    from watchfiles._rust_notify import RustNotify

    return RustNotify


def replace_inline_search(processor: "InlineProcessor", search: Callable) -> Callable:
    """Let `search(text, first=0)` look for Markdown's inline patterns from number `first` on.

    Returns what applies one pattern to a text: `apply(pattern, text, number, start)` returns the
    new text, whether the pattern matched, and where to look on.

    `__handleInline`, `__applyPattern`: Markdown has no other way to leave a pattern out.
    """
    processor._InlineProcessor__handleInline = search
    return processor._InlineProcessor__applyPattern
