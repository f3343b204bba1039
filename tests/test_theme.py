"""The stylesheet and the templates, compared with each other."""

import re

from conftest import ROOT
from papers.site.stylesheet import minify_css

STYLE = (ROOT / "theme/static/css/style.css").read_text(encoding="utf-8")
PROJECT_STYLE = (ROOT / "theme/static/css/project.css").read_text(encoding="utf-8")
TEMPLATES = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "theme/templates").glob("*.html"))
}
RULES = re.sub(r"/\*.*?\*/", "", STYLE + PROJECT_STYLE, flags=re.DOTALL)


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TOKENS = {
    name: colours
    for name, *colours in re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\);", STYLE)
}


# What is written or drawn, on which grounds, and the contrast that it needs (WCAG 2.2: 1.4.3,
# 1.4.11; text at 1.4.6). Rules are decoration.
PAIRS = {
    "text": ("bg surface", 7),
    "muted": ("bg surface", 4.5),
    "link": ("bg surface", 4.5),
    "accent": ("bg surface", 4.5),
    "control": ("bg", 3),
    "ink": ("plate", 7),
    "line": ("bg", 1.2),
}


def test_contrast():
    """A token has a colour with too little contrast, or is missing from this table."""
    assert PAIRS.keys() | {"bg", "surface", "plate"} == TOKENS.keys()
    for name, (grounds, least) in PAIRS.items():
        for scheme in (0, 1):
            for ground in grounds.split():
                got = contrast(TOKENS[name][scheme], TOKENS[ground][scheme])
                assert got >= least, (name, ground, scheme, got)


def test_colours_stand_in_tokens_only():
    """A colour outside the tokens stays light in the dark scheme."""
    rest = re.sub(r"--\w+: (light-dark|color-mix)\(.*?\);", "", RULES)
    for name, value in re.findall(r"([\w-]+):\s*([^;{}]+);", rest):
        assert not re.search(r"#|\b(rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix)\(", value)
        if re.search("color$|^background|^border(?!-[cr])|^outline(?!-o)", name):
            plain = "inherit|none|solid|currentcolor|transparent|light|dark"
            plain = rf"{plain}|[\d.]+(px|rem)?|var\(--[\w-]+\)"
            assert all(re.fullmatch(plain, word) for word in value.split()), (name, value)


def test_theme_colour_is_the_page_colour():
    """The browser's toolbar has another colour than the page."""
    toolbar_colours = re.findall(r'theme-color" content="(#\w{6})"', TEMPLATES["base.html"])
    assert toolbar_colours == TOKENS["bg"]


def test_classes():
    """A styled class is in no template, or a class of a template is not styled."""
    used = set()
    for text in TEMPLATES.values():
        shapes = re.findall(r"block shape %}(.*?){%", text)
        for value in [*re.findall(r'class="([^"]*)"', text), *shapes]:
            used |= set(re.sub(r"{%.*?%}|{{.*?}}", " ", value).split())
    # Of Markdown's extensions, in texts.
    used |= set("admonition admonition-title warning danger caution attention error".split())
    used |= set("copy highlight nf nc strip compare task embed video tall footnote-backref".split())
    used |= set(
        re.findall(r'class="(\w+)"', (ROOT / "plugins/papers/site/template_filters.py").read_text())
    )
    styled = set(re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", RULES))
    assert styled == used


def test_every_variable_is_used():
    """A token is defined and not used."""
    defined = set(re.findall(r"(--[\w-]+):", RULES))
    assert defined == set(re.findall(r"var\((--[\w-]+)\)", RULES))


def test_templates_have_no_inline_script_and_no_inline_style():
    """A page holds a script or a style that a strict policy forbids."""
    for name, text in TEMPLATES.items():
        data = re.sub(r'<script (?:src=|type="application/ld\+json")', "", text)
        assert not re.search(r"<script|\son\w+=|style=|javascript:", data), name


def test_only_content_is_safe():
    """A title or a name is not escaped."""
    for name, text in TEMPLATES.items():
        assert not re.search(r"\|\s*safe", text), name
        assert set(re.findall(r"([\w.]+)\s*\|\s*prose", text)) <= {
            "page.content",
            "article.content",
            "item.html",
            "summary.html",
            "summary",
            "abstract",
        }, name


def test_sizes():
    """A template or stylesheet grows too long to be read at once."""
    assert len(minify_css(STYLE).encode()) <= 16_384
    assert len(minify_css(PROJECT_STYLE).encode()) <= 1_200
    for name, text in TEMPLATES.items():
        assert text.count("\n") <= 80, name


def test_few_settings():
    """Templates read more settings than these."""
    settings = set()
    for text in TEMPLATES.values():
        settings |= set(re.findall(r"\b[A-Z][A-Z_]{3,}\b", re.sub(r"<!.*?>", "", text)))
    assert len(settings) < 15, settings
