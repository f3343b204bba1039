"""The theme's stylesheets as they are published: without comments and superfluous blanks."""

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from pelican.generators import Generator
from pelican.writers import Writer

from ..build import RunMode, only_our_plugin, state_of


def minify_css(css: str) -> str:
    """Return a stylesheet without comments, and without blanks that mean nothing.

    It must have no strings that hold `{`, `}`, `;`, `,` or two blanks.
    """
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    css = re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()
    # After a property or a media feature; a blank before a colon has a meaning in selectors.
    return re.sub(r"([{;(][\w-]+): ", r"\1:", css) + "\n"


def minify_stylesheets(generator: Generator, writer: Writer) -> None:
    """Let Pelican copy minified stylesheets over those of the theme.

    Pelican copies the theme at the very end, after which it only sends `finalized`.
    """
    settings = generator.settings
    # A preview serves the files of the theme itself.
    state = state_of(settings)
    if state.mode is not RunMode.BUILD and only_our_plugin(settings):
        return
    # `pelican -r` builds again with the same settings.
    paths = [path for path in settings["THEME_STATIC_PATHS"] if path != state.stylesheets]
    files = dict(_minify_files(Path(settings["THEME"]), paths, settings["IGNORE_FILES"]))
    # Not in the cache: Pelican copies whatever lies in the folder.
    folder = state.make_temporary_folder()
    for path, css in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(css)
    state.stylesheets = str(folder)
    settings["THEME_STATIC_PATHS"] = [*paths, state.stylesheets]


def _minify_files(
    theme: Path, static_paths: list[str], ignored: list[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the paths of stylesheets as Pelican copies them, and their minified bytes."""
    for static_path in static_paths:
        root, files = theme / static_path, []
        if root.is_file():
            root, files = root.parent, [root]
        else:
            for folder, _, names in os.walk(root, followlinks=True):
                files += [Path(folder, name) for name in names]
        for file in sorted(files):
            # Editors leave dead links, such as .#style.css, which Pelican does not copy.
            if file.suffix == ".css" and not any(fnmatch(file.name, each) for each in ignored):
                css = minify_css(file.read_text(encoding="utf-8"))
                yield file.relative_to(root).as_posix(), css.encode()
