"""Papers and news of a researcher's homepage, for Pelican."""

from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from pelican import signals
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
    signals.initialized.connect(conf.mend_settings)
    signals.initialized.connect(typeset.take_over)
    signals.initialized.connect(guard.pass_over_links)
    signals.article_generator_init.connect(readings.keep)
    signals.page_generator_init.connect(readings.keep)
    signals.readers_init.connect(add_reader)
    signals.generator_init.connect(add_filters)
    signals.article_generator_context.connect(reader.date_undated)
    signals.page_generator_finalized.connect(collect.read_papers)
    signals.all_generators_finalized.connect(collect.gather)
    signals.get_writer.connect(outputs.choose)
    signals.article_writer_finalized.connect(search.write)
    signals.article_writer_finalized.connect(media.write)
    signals.article_writer_finalized.connect(outputs.begin)
    signals.page_writer_finalized.connect(exports.write)
    signals.page_writer_finalized.connect(lists.write)
    signals.page_writer_finalized.connect(feeds.write)
    signals.page_writer_finalized.connect(outline.write)
    signals.page_writer_finalized.connect(origin.write)
    signals.page_writer_finalized.connect(media.publish_cleaned)
    signals.page_writer_finalized.connect(outputs.remember)
    signals.finalized.connect(outputs.write)
    signals.finalized.connect(style.write)


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
