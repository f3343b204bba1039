"""Papers and news of a researcher's homepage, for Pelican."""

from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.readers import Readers

from . import (
    collect,
    conf,
    digests,
    exports,
    feeds,
    filters,
    guard,
    guest,
    lists,
    media,
    metadata,
    origin,
    outline,
    outputs,
    reader,
    readings,
    search,
    style,
    typeset,
)


def register() -> None:
    """Connect the plugin; Pelican calls this once."""
    signals.initialized.connect(begin)


def begin(pelican: Pelican) -> None:
    """Prepare the settings, and connect what the site's theme needs."""
    conf.settle_templates(pelican.settings)
    known = guest.knows_papers(pelican.settings)
    # Signals outlive a build, and the next one in this process may be of another site.
    for ours, receivers in ((known, _OF_OURS), (not known, _OF_GUESTS)):
        for signal, receiver in receivers:
            (signal.connect if ours else signal.disconnect)(receiver)
    steps = (conf.mend_settings, typeset.take_over, guard.pass_over_links)
    for step in steps if known else (guest.settle,):
        step(pelican)


def add_reader(readers: Readers) -> None:
    """Let our reader read every Markdown file, and the others none but the file itself."""
    guarded = {
        "file_insertion_enabled": False,
        "raw_enabled": readers.settings.get("RAW_HTML", True),
    }
    readers.settings["DOCUTILS_SETTINGS"] = readers.settings["DOCUTILS_SETTINGS"] | guarded
    for extension, other in readers.reader_classes.items():
        text = other and extension != "static"
        if text and not issubclass(other, reader.Guarded):
            readers.reader_classes[extension] = type(other.__name__, (reader.Guarded, other), {})
    for extension in reader.PapersReader.file_extensions:
        readers.reader_classes[extension] = reader.PapersReader


def add_filters(generator: Generator) -> None:
    """Give templates the filters that the theme uses, and keep what they are compiled to."""
    settings = generator.settings
    # Templates change under a preview alone; to look for that takes time on each page.
    generator.env.auto_reload = "PREVIEW" in settings
    if not settings.get("CHECKING"):
        kept = digests.digest(digests.told(settings["JINJA_ENVIRONMENT"]))[:8]
        folder = Path(settings["CACHE_PATH"], f"templates-{kept}")
        # A cache that cannot be written to makes a build slow, and not wrong.
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            generator.env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    for function in filters.ALL + metadata.ALL:
        generator.env.filters[function.__name__] = function


# What is done where the theme has templates for papers, and where it has none.
_OF_OURS = [
    (signals.article_generator_init, readings.keep),
    (signals.page_generator_init, readings.keep),
    (signals.readers_init, add_reader),
    (signals.generator_init, add_filters),
    (signals.article_generator_context, reader.date_undated),
    (signals.page_generator_finalized, collect.read_papers),
    (signals.all_generators_finalized, collect.gather),
    (signals.get_writer, outputs.choose),
    (signals.article_writer_finalized, search.write),
    (signals.article_writer_finalized, media.write),
    (signals.article_writer_finalized, outputs.begin),
    (signals.page_writer_finalized, exports.write),
    (signals.page_writer_finalized, lists.write),
    (signals.page_writer_finalized, feeds.write),
    (signals.page_writer_finalized, outline.write),
    (signals.page_writer_finalized, origin.write),
    (signals.page_writer_finalized, media.publish_cleaned),
    (signals.page_writer_finalized, outputs.remember),
    (signals.finalized, outputs.write),
    (signals.finalized, style.write),
]
_OF_GUESTS = [
    (signals.readers_init, guest.add_reader),
    (signals.page_generator_finalized, guest.add_papers),
    (signals.all_generators_finalized, guest.refuse),
    (signals.page_writer_finalized, guest.write),
]
