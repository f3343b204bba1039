"""Files of the site: first told, then made, all at once or when they are asked for."""

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jinja2 import Template
from pelican import Pelican
from pelican.generators import PagesGenerator
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import Writer

from .facts import Digests
from .last import Last
from .profile import profile_of
from .shares import share

# A file's bytes, a file to copy, or the files of a folder by their paths in it.
Made = bytes | Path | dict[str, bytes]


class Output(NamedTuple):
    """A file below the site's root, what makes it, and all that is its own in it.

    `facts` holds contents and whatever has a `repr` that tells it from others; `...` is the
    whole site. A path that ends with a slash is a folder of files that nobody else writes to.
    """

    path: str
    make: Callable[[], Made]
    facts: tuple


class LaterWriter(Writer):
    """Pelican's writer, but for making pages when all of them are known.

    It can then share them among processes, and pass over what is the same as in the last site.
    """

    def __init__(self, output_path: str, settings: dict):
        super().__init__(output_path, settings)
        self.outputs: dict[str, Output] = {}

    def put(self, path: str, make: Callable[[], Made], *facts: object) -> None:
        """Take in a file that is to be made; the first of a path stays."""
        self.outputs.setdefault(path, Output(path, make, facts))

    def write_file(
        self, name, template, context, relative_urls=False, paginated=None, template_name=None,
        override_output=False, url=None, **kwargs,
    ):  # fmt: skip
        """Take in a page, as Pelican's own writer writes one; those in parts are left to it."""
        lists = kwargs.keys() & {"articles", "dates"} if paginated is None else paginated
        if lists and template_name in self.settings["PAGINATED_TEMPLATES"]:
            super().write_file(
                name, template, context, relative_urls, paginated, template_name,
                override_output, url, **kwargs,
            )  # fmt: skip
        elif name:
            if override_output:
                self.outputs.pop(name, None)
            make = partial(_page, template, context, name, relative_urls, kwargs)
            self.put(name, make, template, *kwargs.values())

    @property
    def root(self) -> Path:
        """The folder that the site is written to."""
        return Path(self.output_path)

    def write_all(self, context: dict) -> None:
        """Write what differs from the last site, and take the rest over from there."""
        profile = profile_of(self.settings)
        last = Last(self.settings, Digests(context, self.settings))
        with profile.phase("comparing with the last site"):
            made = last.take(self.outputs.values(), self.root)
        # The longest work comes first, so that nobody waits for it alone in the end.
        made.sort(key=lambda output: not output.path.endswith("/"))
        for folder in sorted({os.path.dirname(self._place(output.path)) for output in made}):
            os.makedirs(folder, exist_ok=True)
        with profile.phase("writing"):
            found = share(made, self._write, profile.progress("writing", len(made)))
        profile.take("writing", (output.path for output in made), found)
        last.keep(zip(made, (done.result for done in found), strict=True), self.root)

    def _place(self, path: str) -> str:
        return sanitised_join(self.output_path, path)

    def _write(self, output: Output) -> list[str]:
        """Write a file, or a folder; return their paths."""
        made = output.make()
        files = {output.path: made}
        if isinstance(made, dict):
            files = {f"{output.path}{path}": data for path, data in made.items()}
        for path, data in files.items():
            place = self._place(path)
            if isinstance(made, dict):
                os.makedirs(os.path.dirname(place), exist_ok=True)
            if isinstance(data, Path):
                shutil.copyfile(data, place)
            else:
                with open(place, "wb") as file:
                    file.write(data)
        return list(files)


def _page(template: Template, context: dict, name: str, relative_urls: bool, kwargs: dict) -> bytes:
    """Return a page as Pelican's own writer makes it."""
    here = context.copy()
    if relative_urls:
        here["SITEURL"] = here["localsiteurl"] = path_to_url(get_relative_path(name))
    here["output_file"] = name
    here |= kwargs
    # Contents make their links for the page that is being made.
    context["localsiteurl"] = here["localsiteurl"]
    # In a preview it may be another by now.
    return template.environment.get_template(template.name).render(here).encode()


def choose(pelican: Pelican) -> type[Writer]:
    """Return the writer that Pelican is to use."""
    return LaterWriter


def settle(generator: PagesGenerator, writer: Writer) -> None:
    """Have files that texts attach move to their pages, before anybody asks where they are."""
    for content in [*generator.context["articles"], *generator.pages]:
        if "attach" in content.header.html:
            content.get_content(generator.context["SITEURL"])


def remember(generator: PagesGenerator, writer: Writer) -> None:
    """Keep what `write` is not given: Pelican ends with other files of its own."""
    generator.settings["WRITER"] = writer, generator.context
    if preview := generator.settings.get("PREVIEW"):
        # Nothing is copied for a look at it.
        files = generator.context["staticfiles"]
        preview.files = {static.save_as: Path(static.source_path) for static in files}
        preview.environment = generator.env
        generator.context["staticfiles"] = []


def write(pelican: Pelican) -> None:
    """Write what was taken in, when everything was."""
    writer, context = pelican.settings.pop("WRITER")
    if preview := pelican.settings.get("PREVIEW"):
        preview.writer, preview.context = writer, context
    else:
        writer.write_all(context)
