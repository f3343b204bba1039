"""What we use of argparse and watchfiles beyond their documented interfaces is still there."""

import argparse
import threading

from papers.util.library_internals import list_actions, list_commands, load_notifier


def test_parsers():
    """A release of Python changes argparse, and shells complete no command any more."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--deep", help="dig")
    commands = parser.add_subparsers(dest="command")
    build = commands.add_parser("build", help="build it")
    _, option, action = list_actions(parser)
    assert option.option_strings == ["--deep"] and list_commands(option) == {}
    assert list_commands(action) == {"build": (build, "build it")}


def test_notifier(tmp_path):
    """A release of watchfiles changes its notifier, and the preview polls without a word."""
    notifier = load_notifier()([str(tmp_path)], False, False, 0, False, True)
    try:
        file = tmp_path / "a.md"
        file.write_text("a")
        events = notifier.watch(0, 5, 5000, threading.Event())
        assert str(file) in {path for _, path in events}
        stop = threading.Event()
        stop.set()
        assert notifier.watch(0, 5, 5000, stop) == "stop"
        assert notifier.watch(0, 5, 10, threading.Event()) == "timeout"
    finally:
        notifier.close()
