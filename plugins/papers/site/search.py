"""The index of the site's search, made by Pagefind of what pages say."""

import base64
import json
import logging
import re
import subprocess
from collections.abc import Iterator
from functools import partial

from pagefind_bin import get_executable
from pelican.contents import Article, Content
from pelican.generators import Generator

from ..build import DeferredWriter
from ..pages import output_path
from ..util import CONTROL
from .llms_txt import body_text

SEARCH_FOLDER = "pagefind"
_LOGGER = logging.getLogger(__name__)
# Pagefind finds words between blanks; of a script without them each sign is one. Its edition
# for Chinese does so in pages in Chinese only, and most such texts stand in others.
_WORDS = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_SIGN = re.compile(rf"(?<={_WORDS})(?=\S)|(?<=\S)(?={_WORDS})")
# Requests on the way at one time; their answers fit into a pipe.
_AT_ONCE = 32
# What it writes for user interfaces of its own.
_UNUSED = re.compile(r"-(?:ui|highlight)\.")


def write_search_index(generator: Generator, writer: DeferredWriter) -> None:
    """Write the index beside the pages."""
    context = generator.context
    contents = sorted([*context["articles"], *context["pages"]], key=output_path)
    language = context["DEFAULT_LANG"]
    writer.put(f"{SEARCH_FOLDER}/", partial(_files, contents, language), *contents)


def _files(contents: list[Content], language: str) -> dict[str, bytes]:
    records = [_record(content, language) for content in contents]
    try:
        files = _index(records)
    except OSError as error:
        # Under --fatal this ends the build; a preview goes on without the search.
        _LOGGER.error("Pagefind cannot index the site: %s", error)
        return {}
    return {path: data for path, data in files.items() if not _UNUSED.search(path)}


def _index(records: list[dict]) -> dict[str, bytes]:
    """Have Pagefind index what pages say in their order; return the files of the index.

    Given a folder it would take them in the order of the disk, and each disk gave other bytes; told
    to write the files, it answers before they are written. Raises OSError with what went wrong.
    """
    requests = [{"type": "NewIndex", "config": {"include_characters": "+#"}}]
    requests += [{"type": "AddRecord", "index_id": 0, **record} for record in records]
    requests += [{"type": "GetFiles", "index_id": 0}]
    command = [str(get_executable()), "--service"]
    answers: list[dict] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        for n in range(0, len(requests), _AT_ONCE):
            answers += _ask(service, n, requests[n : n + _AT_ONCE])
    if wrong := next((told["message"] for told in answers if told["type"] == "Error"), None):
        raise OSError(wrong)
    files = ((file["path"], file["content"]) for file in answers[-1]["files"])
    return {path.removeprefix(f"{SEARCH_FOLDER}/"): base64.b64decode(data) for path, data in files}


def _ask(service: subprocess.Popen, first: int, requests: list[dict]) -> list[dict]:
    """Send requests, the first of this number, and wait for all answers; raises OSError."""
    for number, request in enumerate(requests, first):
        message = json.dumps({"message_id": number, "payload": request})
        service.stdin.write(base64.b64encode(message.encode()) + b",")
    service.stdin.flush()
    answer, count = [], 0
    while count < len(requests):
        if not (part := service.stdout.read1()):
            raise OSError("it ended")
        answer.append(part)
        count += part.count(b",")
    found = [json.loads(base64.b64decode(each)) for each in b"".join(answer).split(b",") if each]
    return [each["payload"] for each in sorted(found, key=lambda each: each["message_id"])]


def separate_cjk(text: str) -> str:
    """Return a text with blanks between signs that are words of their own."""
    return " ".join(_SIGN.sub(" ", CONTROL.sub(" ", text)).split())


def _record(content: Content, language: str) -> dict:
    """Return what is to be found of a content, as Pagefind takes it."""
    return {
        "url": f"/{output_path(content).removesuffix('index.html')}",
        "content": separate_cjk(" ".join(_words(content))),
        "language": language,
        "meta": {"title": content.title.unescape(), "kind": _kind(content)},
    }


def _words(content: Content) -> Iterator[str]:
    yield content.title.unescape()
    if paper := getattr(content, "paper", None):
        yield from paper.titles.values()
        yield from (person.name for person in (*paper.authors, *paper.editors))
        yield from filter(None, (paper.venue, paper.venue_label, *paper.honours))
    yield from (name for name, _ in getattr(content, "topics", ()))
    yield body_text(content)


def _kind(content: Content) -> str:
    """Return what tells a paper, a post and a page apart."""
    if isinstance(content, Article):
        return f"{content.when} · News"
    paper = getattr(content, "paper", None)
    return paper.venue_label if paper else ""
