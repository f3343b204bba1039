"""Home pages that are made of data: of HugoBlox's authors, and of luost26's profiles."""

import re
from collections.abc import Iterable
from pathlib import Path

from ..common import add_owner_names, clean_markdown, join_values, plain_text, read_social_links
from ..front_matter import FrontMatter, note_unread_keys, read_front_matter
from ..result import SourceTree
from .authors import OWNER_FOLDERS, AuthorFolder, read_profiles

_PROFILES = ("_data/profile.yml", "_data/profile.yaml")
_LISTS = ("education", "experience", "awards")
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif")
_MACHINERY = (
    "superuser is_owner user_groups email highlight_name authors slug schema first_name last_name "
    "avatar_filename status.icon show_related url organizations affiliations type name.given "
    "name.family name.middle widget active headless order weight date"
)


def import_home_data(source: SourceTree) -> bool:
    """Take who the owner is, and what is said of them; tell whether there is such a page."""
    for path in source.list_files(*_PROFILES):
        given = read_front_matter(source, path)
        name = plain_text(given.take("primary_name")) if given else ""
        if not name:
            continue
        second = plain_text(given.take("secondary_name"))
        owner, notes = source.result.owner, source.result.notes
        if (title := owner.name) != name:
            # The title of the site was taken for a name.
            owner.names[:] = [form for form in owner.names if form != title]
            notes[:] = [note for note in notes if f'"{title}", the' not in note.message]
            owner.name = name
        add_owner_names(source, [name, second])
        positions = [plain_text(one.get("name", "") if isinstance(one, dict) else one)
                     for one in given.items("positions")]  # fmt: skip
        owner.role = owner.role or ", ".join(filter(None, positions)) or None
        told = {key: join_values(value) for key, value in given.data.items()}
        told["googlescholar"] = told.pop("gscholar", "")
        read_social_links(source, path, told)
        line = given.lines.get("short_bio", 1)
        body = clean_markdown(source, path, given.take("short_bio"), line, "images")
        # What another reader made of the empty page that shows all this.
        documents = source.result.documents
        documents[:] = [document for document in documents if document.kind != "home"]
        lists = {key.capitalize(): given.items(key) for key in _LISTS}
        _write(source, path, name, body, lists)
        portrait = source.find_file(given.take("portrait_url"), path)
        _portray(source, [portrait] if portrait else [])
        return True
    return False


def import_author_home(source: SourceTree, people: dict[str, AuthorFolder]) -> None:
    """Make the home page of what the site says of its owner."""
    author = next((author for author in people.values() if author.owner), None)
    if author is None or any(text.kind == "home" for text in source.result.documents):
        return
    given, owner = author.given, source.result.owner
    known = {address for _, address in owner.social}
    owner.social += [pair for pair in read_profiles(given) if pair[1] not in known]
    places = [*given.items("organizations"), *given.items("affiliations")]
    names = [plain_text(one.get("name", "") if isinstance(one, dict) else one) for one in places]
    owner.role = (
        owner.role or ", ".join(filter(None, (plain_text(given.take("role")), *names))) or None
    )
    bio = given.take("bio")
    text = given.body if given.body.strip() else bio
    line = given.line if given.body.strip() else given.lines.get("bio", 1)
    lists = {
        "Interests": [*given.items("interests"), *given.items("interests.interests")],
        "Education": [*given.items("education.courses"), *given.items("education")],
    }
    body = clean_markdown(source, given.path, text, line, "images")
    _write(source, given.path, author.name, body, lists)
    _portrait(source, given)
    note_unread_keys(given, _MACHINERY)


def _write(source: SourceTree, path: Path, name: str, body: str, lists: dict[str, list]) -> None:
    """Add a home page of a text, and of lists by their headings; news and papers stand below."""
    parts = [re.sub(r"(?m)^#(?= )", "##", body)]
    for heading, items in lists.items():
        if told := [text for text in map(_item, items) if text]:
            parts.append("\n".join([f"## {heading}", "", *(f"- {one}" for one in told)]))
    kinds = {text.kind for text in source.result.documents}
    parts += ["## News\n\n[NEWS]"] * ("news" in kinds)
    parts += ["## Publications\n\n[PAPERS]"] * ("paper" in kinds)
    headers = {"title": name, "role": source.result.owner.role or ""}
    body = "\n\n".join(filter(None, parts))
    source.add_document("home", headers, body, path)


def _item(item: object) -> str:
    if not isinstance(item, dict):
        return plain_text(item)
    names = ("course", "degree", "position", "area", "name", "dept", "institution", "year", "date",
             "date_end")  # fmt: skip
    return ", ".join(filter(None, (plain_text(item.get(name, "")) for name in names)))


def _portrait(source: SourceTree, given: FrontMatter) -> None:
    named = source.find_file(given.take("avatar"), given.path, ("static/img", "assets/images"))
    names = ("avatar", given.path.stem, *OWNER_FOLDERS)
    files = [*given.beside("avatar.*"), *source.list_files("assets/media/authors/*")]
    files = [path for path in files if path.stem.lower() in names]
    _portray(source, [*([named] if named else []), *files])


def _portray(source: SourceTree, files: Iterable[Path]) -> None:
    """Bring the first picture of some files along as the owner's."""
    for path in files:
        if path.suffix.lower() in _PICTURES:
            source.result.assets.setdefault(f"images/portrait{path.suffix.lower()}", path)
            return
