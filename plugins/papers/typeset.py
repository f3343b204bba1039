"""Typogrify, asked for once and only where it has something to do."""

import re
from collections.abc import Callable, Mapping

import smartypants
from pelican import Pelican
from typogrify.filters import typogrify

_DASHES = {"oldschool": smartypants.Attr.set2, "oldschool_inverted": smartypants.Attr.set3}
# The filters of Typogrify beside that for quotes, dashes and dots.
_OTHERS = {"amp", "caps", "initial_quotes", "widont"}
# What smartypants changes: quotes, also as entities, dashes, dots, and signs behind a backslash.
_SIGNS = re.compile(r"""["'`\\]|--|\.\.\.|\. \. \.|&#|&quot;""")
_TAG = re.compile(r"<[^<>]*>")


def take_over(pelican: Pelican) -> None:
    """Do ourselves what Pelican would do to each text anew, though it is kept."""
    settings = pelican.settings
    settings["TYPESET"], settings["TYPOGRIFY"] = settings["TYPOGRIFY"], False


def typesetter(settings: Mapping) -> Callable[[str], str]:
    """Return what Pelican does to a text with these settings, see Readers.read_file."""
    if not settings.get("TYPESET"):
        return str
    # Typogrify has no other way to be told.
    smartypants.Attr.default = (
        _DASHES.get(settings["TYPOGRIFY_DASHES"], smartypants.Attr.set1) | smartypants.Attr.w
    )
    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
    alone = _OTHERS <= omitted.keys()

    def typeset(text: str) -> str:
        if alone and not _SIGNS.search(_TAG.sub("", text) if "<" in text else text):
            return text
        return typogrify(text, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted)

    return typeset
