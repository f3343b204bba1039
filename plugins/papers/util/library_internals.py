"""All that we use of argparse and watchfiles beyond their documented interfaces.

tests/util/test_library_internals.py fails when a release changes one of them. What we use of
Pelican is in build/pelican_internals.py, since util does not import Pelican.
"""

import argparse


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
