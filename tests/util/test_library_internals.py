"""What we use of argparse, Markdown and watchfiles beyond their documentation is still there."""

import argparse
import threading

from markdown import Markdown
from papers.util.library_internals import (
    list_actions,
    list_commands,
    load_notifier,
    replace_inline_search,
)


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


def test_inline_search():
    """A release of Markdown renames its search, and each pattern is tried on each text again."""
    markdown, texts = Markdown(), []
    names = [item.name for item in markdown.inlinePatterns._priority]

    def search(text: str, first: int = 0) -> str:
        texts.append((text, first))
        if first:
            return text
        number = names.index("em_strong")
        text, matched, start = apply(markdown.inlinePatterns["em_strong"], text, number, 0)
        assert matched and text[start:] == " c"
        return text

    apply = replace_inline_search(markdown.treeprocessors["inline"], search)
    assert markdown.convert("a *b* c") == "<p>a <em>b</em> c</p>"
    assert texts == [("a *b* c", 0), ("b", names.index("em_strong") + 1)]
