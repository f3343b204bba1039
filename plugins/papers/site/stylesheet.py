"""The theme's stylesheets as they are published: without comments and superfluous blanks."""

import re
from pathlib import Path

from pelican import Pelican


def minify_css(css: str) -> str:
    """Return a stylesheet without comments, and without blanks that mean nothing.

    It must have no strings that hold `{`, `}`, `;`, `,` or two blanks.
    """
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip() + "\n"


def minify_stylesheets(pelican: Pelican) -> None:
    """Minify the theme's stylesheets in the output folder."""
    folder = Path(pelican.output_path, pelican.settings["THEME_STATIC_DIR"])
    for path in sorted(folder.rglob("*.css")):
        path.write_bytes(minify_css(path.read_text(encoding="utf-8")).encode())
