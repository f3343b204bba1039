"""The stylesheet as it is served: without what only its readers need."""

import re
from pathlib import Path

from pelican import Pelican


def minify_css(css: str) -> str:
    """Return a stylesheet without comments and blanks that mean nothing.

    Strings with `{`, `}`, `;`, `,` or two blanks in them are not for it.
    """
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip() + "\n"


def minify_stylesheets(pelican: Pelican) -> None:
    """Squeeze the theme's stylesheets where Pelican has copied them to."""
    folder = Path(pelican.output_path, pelican.settings["THEME_STATIC_DIR"])
    for path in sorted(folder.rglob("*.css")):
        path.write_bytes(minify_css(path.read_text(encoding="utf-8")).encode())
