"""The theme's stylesheets as they are published: without comments and superfluous blanks."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

from pelican.generators import Generator
from pelican.writers import Writer

from ..build import RunMode, digest, only_our_plugin, state_of
from ..util import replace_file


def minify_css(css: str) -> str:
    """Return a stylesheet without comments, and without blanks that mean nothing.

    It must have no strings that hold `{`, `}`, `;`, `,` or two blanks.
    """
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip() + "\n"


def minify_stylesheets(generator: Generator, writer: Writer) -> None:
    """Let Pelican copy minified stylesheets over those of the theme.

    Pelican copies the theme at the very end, after which it only sends `finalized`.
    """
    settings = generator.settings
    # A preview serves the files of the theme itself.
    if state_of(settings).mode is not RunMode.BUILD and only_our_plugin(settings):
        return
    prefix = str(Path(settings["CACHE_PATH"], "stylesheets-").resolve())
    # `pelican -r` builds again with the same settings.
    paths = [path for path in settings["THEME_STATIC_PATHS"] if not str(path).startswith(prefix)]
    files = dict(_minify_files(Path(settings["THEME"]), paths, settings["IGNORE_FILES"]))
    # Named after the files: another build may be copying its own at the same time.
    folder = Path(prefix + digest(sorted(files.items())))
    settings["THEME_STATIC_PATHS"] = paths
    # A cache that cannot be written to makes a site larger, and not wrong.
    with suppress(OSError):
        for path, css in files.items():
            if not (folder / path).exists() or (folder / path).read_bytes() != css:
                replace_file(folder / path, css)
        settings["THEME_STATIC_PATHS"] = [*paths, str(folder)]


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
