"""The index of the site's search, which Pagefind makes of the pages' texts."""

import base64
import json
import logging
import subprocess
from functools import partial

from pagefind_bin import get_executable
from pelican.contents import Article, Content
from pelican.generators import Generator
from pelican.writers import Writer

from ..build import output_path, state_of
from ..pages import kind_of
from ..util import CONTROL, LazyPattern
from .llms_txt import body_text

SEARCH_FOLDER = "pagefind"
_LOGGER = logging.getLogger(__name__)
# Pagefind splits words at blanks. Its Chinese edition does more, but only in pages whose language
# is Chinese; so each character of a script without spaces becomes a word.
_CJK = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_CJK_BORDER = LazyPattern(rf"(?<={_CJK})(?=\S)|(?<=\S)(?={_CJK})")
# In fields, another kind of blank, so that the script can take out what was put in.
_FIELD_SEPARATOR = "\u2009"
# Pagefind reduces each run of spaces to one; this character separates paragraphs.
_PARAGRAPH_END = "¶"
_MOST_NAMES = 6
# How many requests are sent before their answers are read: those must fit into a pipe.
_BATCH_SIZE = 32
# The files of Pagefind's own user interfaces.
_UNUSED_FILE = LazyPattern(r"-(?:ui|highlight)\.")


def write_search_index(generator: Generator, writer: Writer) -> None:
    """Write the index, in a folder of its own."""
    outputs = state_of(generator.context).outputs
    context = generator.context
    # Pagefind shows results of the same rank in this order: papers, pages, posts, the newest first.
    ranks = {id(page): n for n, page in enumerate(context["papers"])}
    pages = sorted(
        context["pages"], key=lambda page: (ranks.get(id(page), len(ranks)), output_path(page))
    )
    contents = [*pages, *context["articles"]]
    language = context["DEFAULT_LANG"]
    outputs.add(f"{SEARCH_FOLDER}/", partial(_make_files, contents, language), *contents)


def _make_files(contents: list[Content], language: str) -> dict[str, bytes]:
    records = [_make_record(content, language) for content in contents]
    try:
        files = _index(records)
    except OSError as error:
        # With --fatal this ends the build; a preview goes on without the search.
        _LOGGER.error("Pagefind cannot index the site: %s", error)
        return {}
    return {path: data for path, data in files.items() if not _UNUSED_FILE.search(path)}


def _index(records: list[dict]) -> dict[str, bytes]:
    """Return the files of the index that Pagefind makes of records in their order.

    Pagefind can index a folder, but in the order of the disk, so that the bytes differ; and when
    it writes files, it answers before they are written. Raises OSError with what went wrong.
    """
    requests = [{"type": "NewIndex", "config": {"include_characters": "+#"}}]
    requests += [{"type": "AddRecord", "index_id": 0, **record} for record in records]
    requests += [{"type": "GetFiles", "index_id": 0}]
    command = [str(get_executable()), "--service"]
    answers: list[dict] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        for n in range(0, len(requests), _BATCH_SIZE):
            answers += _send_requests(service, n, requests[n : n + _BATCH_SIZE])
    if error := next((item["message"] for item in answers if item["type"] == "Error"), None):
        raise OSError(error)
    files = ((file["path"], file["content"]) for file in answers[-1]["files"])
    return {path.removeprefix(f"{SEARCH_FOLDER}/"): base64.b64decode(data) for path, data in files}


def _send_requests(service: subprocess.Popen, first: int, requests: list[dict]) -> list[dict]:
    """Send requests, numbered from `first`, and return their answers; raises OSError."""
    for number, request in enumerate(requests, first):
        message = json.dumps({"message_id": number, "payload": request})
        service.stdin.write(base64.b64encode(message.encode()) + b",")
    service.stdin.flush()
    chunks, count = [], 0
    while count < len(requests):
        if not (chunk := service.stdout.read1()):
            raise OSError("it ended")
        chunks.append(chunk)
        count += chunk.count(b",")
    messages = b"".join(chunks).split(b",")
    answers = [json.loads(base64.b64decode(message)) for message in messages if message]
    answers.sort(key=lambda answer: answer["message_id"])
    return [answer["payload"] for answer in answers]


def separate_cjk(text: str, separator: str = " ") -> str:
    """Return a text on one line, with separators around each Chinese or Japanese character."""
    return _CJK_BORDER.sub(separator, " ".join(CONTROL.sub(" ", text).split()))


def _make_record(content: Content, language: str) -> dict:
    """Return a content as Pagefind's `AddRecord` takes it: its text, and fields with weights.

    The weights of the fields are in search.js. As the title is no part of the text, it is not
    what a result shows of the text.
    """
    title = content.title.unescape()
    fields = {"title": title, "about": _describe(content), "names": _list_names(content)}
    if paper := getattr(content, "paper", None):
        fields["paper"] = " ".join([title, *paper.titles.values()])
    text = body_text(content) or (paper.abstract if paper else "")
    paragraphs = filter(None, map(str.strip, text.split("\n")))
    return {
        "url": f"/{output_path(content).removesuffix('index.html')}",
        # Pagefind leaves out what has no text; the script does not show a title as text.
        "content": separate_cjk(f" {_PARAGRAPH_END} ".join(paragraphs) or title),
        "language": language,
        "meta": {
            name: separate_cjk(text, _FIELD_SEPARATOR) for name, text in fields.items() if text
        },
    }


def _list_names(content: Content) -> str:
    """Return what a content is also found by: people, venue, honours, topics."""
    names = []
    if post := getattr(content, "post", None):
        names += [person.name for person in post.authors]
    if paper := getattr(content, "paper", None):
        names += [person.name for person in (*paper.authors, *paper.editors)]
        names += filter(None, (paper.venue, paper.venue_label, *paper.honours))
    return " · ".join([*names, *(name for name, _ in getattr(content, "topics", ()))])


def _describe(content: Content) -> str:
    """Return what a result shows below its title: a post's date, or a paper's authors."""
    if isinstance(content, Article):
        return f"{content.when} · {kind_of(content).label}"
    if not (paper := getattr(content, "paper", None)):
        return ""
    names = [person.name for person in paper.authors]
    if len(names) > _MOST_NAMES:
        owners = [person.name for person in paper.authors[_MOST_NAMES:] if person.owner]
        names = [*names[:_MOST_NAMES], "…", *owners]
    return " · ".join(filter(None, (", ".join(names), paper.venue_label)))
