"""Files of the site: first told, then made, all at once or when they are asked for."""

import os
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from jinja2 import Template
from pelican import Pelican
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import Writer

from .incremental import BuildManifest, Dependencies, FileContent, Output
from .parallel import ParallelTasks, parallel_map
from .profile import profile_of


class DeferredWriter(Writer):
    """Pelican's writer, but for making pages when all of them are known.

    It can then share them among processes, and pass over what is the same as in the last site.
    """

    def __init__(self, output_path: str, settings: dict):
        super().__init__(output_path, settings)
        self.outputs: dict[str, Output] = {}
        self._last: BuildManifest | None = None
        self._begun: ParallelTasks | None = None

    def put(self, path: str, make: Callable[[], FileContent], *facts: object) -> None:
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

    def begin(self, context: dict) -> None:
        """Begin with what takes long and was put already, while the rest is put together."""
        self._last = BuildManifest(self.settings, Dependencies(context, self.settings))
        early = [output for output in self.outputs.values() if not _is_page(output)]
        self._begun = ParallelTasks(self._compare(early), self._write)

    def write_all(self) -> None:
        """Write what differs from the last site, and take the rest over from there."""
        profile = profile_of(self.settings)
        begun = self._begun.tasks
        known = self._last.kept
        made = self._compare([each for path, each in self.outputs.items() if path not in known])
        with profile.phase("writing"):
            found = parallel_map(made, self._write, profile.progress("writing", len(made)))
            found += self._begun.finish(profile.progress("finishing", len(begun)))
        made += begun
        profile.take("writing", (output.path for output in made), found)
        self._last.keep(zip(made, (done.result for done in found), strict=True), self.root)

    def close(self) -> None:
        """End what was begun."""
        if self._begun:
            self._begun.close()

    def _compare(self, outputs: Iterable[Output]) -> list[Output]:
        """Take over what the last site has; return what is to be made, in folders that exist."""
        with profile_of(self.settings).phase("comparing with the last site"):
            made = self._last.take(outputs, self.root)
        # The longest work comes first, so that nobody waits for it alone in the end.
        made.sort(key=lambda output: not output.path.endswith("/"))
        for folder in sorted({os.path.dirname(self._place(output.path)) for output in made}):
            os.makedirs(folder, exist_ok=True)
        return made

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


def _is_page(output: Output) -> bool:
    return any(isinstance(fact, Template) for fact in output.facts)


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


def choose_writer(pelican: Pelican) -> type[Writer]:
    """Return the writer that Pelican is to use."""
    return DeferredWriter


def start_writing(generator: ArticlesGenerator, writer: Writer) -> None:
    """Have files that texts attach move to their pages, and begin to write."""
    context = generator.context
    for content in [*context["articles"], *context["pages"]]:
        if "attach" in content.header.html:
            content.get_content(context["SITEURL"])
    if not generator.settings.get("PREVIEW"):
        generator.settings["WRITER"] = writer
        writer.begin(context)


def keep_for_preview(generator: PagesGenerator, writer: Writer) -> None:
    """Keep for the preview what it is to answer with, and copy nothing for a look at it."""
    if preview := generator.settings.get("PREVIEW"):
        files = generator.context["staticfiles"]
        preview.files = {static.save_as: Path(static.source_path) for static in files}
        preview.writer, preview.context = writer, generator.context
        preview.environment = generator.env
        generator.context["staticfiles"] = []


def finish_writing(pelican: Pelican) -> None:
    """Write what was taken in, when Pelican has done all that it does."""
    if writer := pelican.settings.get("WRITER"):
        writer.write_all()
        del pelican.settings["WRITER"]
