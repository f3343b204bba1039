"""Write the result of an import into content/; files that exist stay as they are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from ..util import CONTROL, replace_file
from .common import make_slug, render_document
from .existing import ExistingDocuments
from .result import ImportNote, ImportResult

# A larger file would fill the memory, and hosts of sites take none.
_MAX_ASSET_SIZE = 512 * 2**20
_SAFE_URL = re.compile(r"https?://[^\s\"'<>\\]+|mailto:[^\s\"'<>\\]+@[^\s\"'<>\\]+")


def write_owner_settings(
    result: ImportResult, file: Path, new: dict[str, bytes], is_new: bool = False
) -> Iterator[ImportNote]:
    """Write name, names and profiles of the owner into settings that are as `init` wrote them.

    Other settings stay, and notes say what to write into them. `new` maps the files of a new
    site to their contents; `is_new` says that a site had no home page before the import.
    """
    owner = result.owner
    names = list(dict.fromkeys(filter(None, (owner.name, *owner.names))))
    social = [(label, address) for label, address in owner.social if _SAFE_URL.fullmatch(address)]
    if not names and not social:
        return
    lines = {}
    if names:
        others = "".join(f", {_quote(name)}" for name in names[1:])
        lines["SITENAME"] = f"AUTHOR = SITENAME = {_quote(names[0])}"
        lines["OWNER"] = f"OWNER = [AUTHOR{others}]"
    if social:
        pairs = (f"    ({_quote(label)}, {_quote(address)}),\n" for label, address in social)
        lines["SOCIAL"] = f"SOCIAL = [\n{''.join(pairs)}]"
    text = file.read_text("utf-8")
    if text.encode() != new.get(file.name) and not is_new:
        for name, line in lines.items():
            if line not in text:
                yield ImportNote("left", file.name, f"write `{line}` if that is right", None, name)
        return
    for name, pattern in (
        ("SITENAME", r"AUTHOR = SITENAME = .*"),
        ("OWNER", r"OWNER = .*"),
        ("SOCIAL", r"SOCIAL = \[\n(?:.*\n)*?\]"),
    ):
        if line := lines.get(name):
            text = re.sub(
                rf"^{pattern}", lambda _, line=line: line, text, count=1, flags=re.MULTILINE
            )
    replace_file(file, text.encode())
    name = names[0] if names else ""
    yield ImportNote("taken", file.name, f"has the name {name} and addresses now")
    home, example = file.with_name("content") / "home.md", new.get("content/home.md", b"")
    if name and home.is_file() and home.read_bytes() == example:
        title = f"Title: {_clean(name)}".encode()
        replace_file(home, re.sub(rb"^Title: .*", lambda _: title, example, count=1))
        yield ImportNote("taken", "content/home.md", f"has the name {name} now")


def _quote(text: str) -> str:
    return json.dumps(_clean(text), ensure_ascii=False)


def _clean(text: str) -> str:
    return " ".join(CONTROL.sub("", text).split())


FOLDERS = {"paper": "papers", "news": "news", "post": "blog", "page": "pages", "home": "."}
# The message about a file that an import would write as it is.
ALREADY_THERE = "already exists"


def write_import(
    result: ImportResult, content: Path, source: str, new: dict[str, bytes] | None = None
) -> Iterator[ImportNote]:
    """Write the result of an import below `content`; yield a note about each file.

    A file that exists stays, except for an unchanged one of a new site, `new`. A paper, or
    news or a post, that exists under another name is not written again. `source` is the name of the
    import in notes on what comes from no single file.
    """
    examples = {name.partition("/")[2]: data for name, data in (new or {}).items()}
    kinds = {document.kind for document in result.documents}
    kinds |= {"paper"} if result.bib_files else set()
    yield from _remove_examples(examples, kinds, content)
    existing = ExistingDocuments(content)
    written: dict[str, str] = {}
    for name, text in sorted(result.bib_files.items()):
        written[f"papers/{name}"] = text
        existing.add_bib_entries(f"content/papers/{name}", text)
        yield _write_file(content, f"papers/{name}", text.encode(), examples, name)
    for document in result.documents:
        name = document.slug or make_slug(document.headers.get("title", ""))
        kind = document.kind
        target = "home.md" if kind == "home" else f"{FOLDERS[kind]}/{name}.md"
        if kind in ("paper", "news", "post") and (first := existing.find(document)):
            if first != f"content/{target}" or target in written:
                message = f"the same {kind} is in {first}, which was not changed"
                yield ImportNote("left", document.file, message, document.line)
                continue
        number = 1
        while target in written:
            number += 1
            target = f"{FOLDERS[kind]}/{name}-{number}.md"
        # Names of files can hold what is not UTF-8, and so can titles that are made of them.
        text = render_document(document.headers, document.body)
        written[target] = text.encode(errors="replace").decode()
        if kind in ("paper", "news", "post"):
            existing.add(f"content/{target}", document)
        data = written[target].encode()
        yield _write_file(content, target, data, examples, document.file, document.line)
    if result.people:
        people = {name: dict(sorted(entry.items())) for name, entry in result.people.items()}
        people = dict(sorted(people.items()))
        text = yaml.safe_dump(people, allow_unicode=True, sort_keys=False, width=100)
        yield _write_file(content, "people.yml", text.encode(), examples, source)
    for target, path in sorted(result.assets.items()):
        names = {path.name, Path(target).name}
        is_used = any(name in text for text in written.values() for name in names)
        if not (is_used or target.startswith("images/portrait.")):
            continue
        if path.stat().st_size > _MAX_ASSET_SIZE:
            message = f"is larger than {_MAX_ASSET_SIZE >> 20} MB and was skipped (link to it)"
            yield ImportNote("left", path.name, message)
        else:
            yield _write_file(content, target, path.read_bytes(), examples, path.name)


def _remove_examples(
    examples: dict[str, bytes], kinds: set[str], content: Path
) -> Iterator[ImportNote]:
    """Remove the unchanged examples of a new site where the import brings real documents.

    A home page comes with all that there is.
    """
    folders = [FOLDERS[kind] for kind in ("paper", "news") if {kind, "home"} & kinds]
    folders += ["extra", "images"] if "home" in kinds else []
    for name, data in examples.items():
        path = content / name
        if name.startswith(tuple(f"{folder}/" for folder in folders)) and path.is_file():
            if path.read_bytes() == data:
                path.unlink()
                yield ImportNote("taken", f"content/{name}", "the example is removed")


def _write_file(
    content: Path,
    target: str,
    data: bytes,
    examples: dict[str, bytes],
    file: str,
    line: int | None = None,
) -> ImportNote:
    path, file = content / target, file or target
    if (path.exists() or path.is_symlink()) and not (
        path.is_file() and target in examples and path.read_bytes() == examples[target]
    ):
        same = path.is_file() and path.read_bytes() == data
        message = ALREADY_THERE if same else "already exists with other text and was not changed"
        name = f"content/{target}"
        return ImportNote("left", file, f"{name} {message}", line, None, name if same else None)
    replace_file(path, data)
    return ImportNote("taken", file, f"content/{target}", line, None, f"content/{target}")
