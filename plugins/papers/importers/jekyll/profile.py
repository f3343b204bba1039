"""The home page of luost26's theme, which is made of a profile in `_data`."""

from ..common import (
    add_home_page,
    add_owner_names,
    add_portrait,
    clean_body,
    join_values,
    plain_text,
    read_social_links,
)
from ..front_matter import read_front_matter
from ..result import SourceTree

_PROFILES = ("_data/profile.yml", "_data/profile.yaml")
_LISTS = ("education", "experience", "awards")


def import_profile(source: SourceTree) -> bool:
    """Import the owner and the home page from a profile; tell whether there is one."""
    for path in source.list_files(*_PROFILES):
        matter = read_front_matter(source, path)
        name = plain_text(matter.pop_text("primary_name")) if matter else ""
        if not name:
            continue
        owner, notes = source.result.owner, source.result.notes
        if (title := owner.name) != name:
            # The settings gave the title of the site for the name.
            owner.names[:] = [form for form in owner.names if form != title]
            notes[:] = [note for note in notes if f'"{title}", the' not in note.message]
            owner.name = name
        add_owner_names(source, [name, plain_text(matter.pop_text("secondary_name"))])
        positions = [
            plain_text(item.get("name", "") if isinstance(item, dict) else item)
            for item in matter.pop_items("positions")
        ]
        owner.role = owner.role or ", ".join(filter(None, positions)) or None
        profiles = {key: join_values(value) for key, value in matter.data.items()}
        profiles["googlescholar"] = profiles.pop("gscholar", "")
        read_social_links(source, path, profiles)
        line = matter.lines.get("short_bio", 1)
        body = clean_body(source, path, matter.pop_text("short_bio"), line, "images")
        # The page that shows all this has no text of its own.
        documents = source.result.documents
        documents[:] = [document for document in documents if document.kind != "home"]
        lists = {key.capitalize(): matter.pop_items(key) for key in _LISTS}
        add_home_page(source, path, name, body, lists)
        add_portrait(source, [source.find_file(matter.pop_text("portrait_url"), path)])
        return True
    return False
