"""The home page of a HugoBlox site, which is made of the owner's folder."""

from pathlib import Path

from ..common import add_home_page, add_portrait, clean_body, plain_text
from ..front_matter import FrontMatter, note_unread_keys
from ..result import SourceTree
from .authors import OWNER_FOLDERS, AuthorFolder, read_profiles

_MACHINERY = (
    "superuser is_owner user_groups email highlight_name authors slug schema first_name last_name "
    "avatar_filename status.icon show_related url organizations affiliations type name.given "
    "name.family name.middle widget active headless order weight date"
)


def import_author_home(source: SourceTree, people: dict[str, AuthorFolder]) -> None:
    """Import the home page from the folder of the owner, unless there is one."""
    author = next((author for author in people.values() if author.is_owner), None)
    if author is None or any(document.kind == "home" for document in source.result.documents):
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
    add_portrait(source, _portraits(source, matter))
    note_unread_keys(matter, _MACHINERY)


def _portraits(source: SourceTree, matter: FrontMatter) -> list[Path | None]:
    avatar = source.find_file(
        matter.pop_text("avatar"), matter.path, ("static/img", "assets/images")
    )
    names = ("avatar", matter.path.stem, *OWNER_FOLDERS)
    files = [*matter.files_beside("avatar.*"), *source.list_files("assets/media/authors/*")]
    return [avatar, *(path for path in files if path.stem.lower() in names)]
