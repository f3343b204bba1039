"""The home page of a HugoBlox site, which is made of the owner's folder."""

from pathlib import Path

from ..common import add_home_page, add_portrait, clean_body, plain_text
from ..front_matter import FrontMatter, note_unread_keys
from ..result import Document, SourceTree
from .authors import OWNER_FOLDERS, AuthorFolder, read_profiles
from .landing import LandingSection, render_landing

_MACHINERY = (
    "superuser is_owner user_groups email highlight_name authors slug schema first_name last_name "
    "avatar_filename status.icon show_related url organizations affiliations type name.given "
    "name.family name.middle widget active headless order weight date"
)


def import_author_home(
    source: SourceTree,
    people: dict[str, AuthorFolder],
    sections: list[LandingSection],
    title: str,
) -> None:
    """Import the home page from the folder of the owner and its sections, unless there is one.

    That of a group has the `title` of the site.
    """
    author = next((author for author in people.values() if author.is_owner), None)
    if any(document.kind == "home" for document in source.result.documents):
        return
    if author is None:
        _add_sections(source, sections, title)
        return
    matter, owner = author.matter, source.result.owner
    addresses = {address for _, address in owner.social}
    owner.social += [pair for pair in read_profiles(matter) if pair[1] not in addresses]
    items = [*matter.pop_items("organizations"), *matter.pop_items("affiliations")]
    names = [plain_text(item.get("name", "") if isinstance(item, dict) else item) for item in items]
    role = ", ".join(filter(None, (plain_text(matter.pop_text("role")), *names)))
    owner.role = owner.role or role or None
    bio = matter.pop_text("bio")
    text = matter.body if matter.body.strip() else bio
    line = matter.body_line if matter.body.strip() else matter.lines.get("bio", 1)
    lists = {
        "Interests": [*matter.pop_items("interests"), *matter.pop_items("interests.interests")],
        "Education": [*matter.pop_items("education.courses"), *matter.pop_items("education")],
    }
    body = clean_body(source, matter.path, text, line, "images")
    add_home_page(source, matter.path, author.name, body, lists)
    _order_sections(source.result.documents[-1], source, sections)
    add_portrait(source, _portraits(source, matter))
    note_unread_keys(matter, _MACHINERY)


def _order_sections(home: Document, source: SourceTree, sections: list[LandingSection]) -> None:
    """Put the parts of a home page into the order of its sections."""
    lists = ("## News\n\n[NEWS]", "## Publications\n\n[PAPERS]")
    biography = home.body
    for part in lists:
        biography = biography.replace(part, "").strip()
    kinds = {document.kind for document in source.result.documents}
    parts: list[str] = []
    for part in render_landing(source, sections, biography):
        mark = part[-9:].rpartition("[")[2]
        is_shown = mark not in ("NEWS]", "PAPERS]") or {"NEWS]": "news", "PAPERS]": "paper"}[
            mark
        ] in kinds  # fmt: skip
        if is_shown and not any(mark and f"[{mark}" in other for other in parts):
            parts.append(part)
    if biography not in parts:
        parts.insert(0, biography)
    text = "\n\n".join(filter(None, parts))
    missing = [part for part in lists if part in home.body and part[-8:] not in text]
    home.body = "\n\n".join(filter(None, (text, *missing)))


def _add_sections(source: SourceTree, sections: list[LandingSection], title: str) -> None:
    """Add the home page of a group, which is made of its sections alone."""
    if not sections:
        return
    add_home_page(source, sections[0].matter.path, title or "Home", "", {})
    _order_sections(source.result.documents[-1], source, sections)
    note_unread_keys(sections[0].matter, f"{_MACHINERY} title sections")


def _portraits(source: SourceTree, matter: FrontMatter) -> list[Path | None]:
    folders = ("static/img", "assets/images", "assets/media", "static/media", "assets/img")
    values = (matter.pop_text("avatar"), matter.pop_text("avatar_filename"))
    avatar = next(
        filter(None, (source.find_file(value, matter.path, folders) for value in values)), None
    )
    names = ("avatar", matter.path.stem, *OWNER_FOLDERS)
    files = [*matter.files_beside("avatar.*"), *source.list_files("assets/media/authors/*")]
    return [avatar, *(path for path in files if path.stem.lower() in names)]
