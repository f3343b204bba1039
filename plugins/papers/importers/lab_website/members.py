"""The members of a lab: a page of them, and their names in lists of authors."""

import re

from ..common import (
    CollectionItem,
    add_owner_names,
    clean_body,
    is_placeholder,
    join_values,
    load_yaml_mapping,
    plain_text,
    profile_address,
)
from ..front_matter import FrontMatter, note_unread_keys, read_text_page
from ..result import SourceTree

_ROLES = {
    "pi": "Principal Investigator", "principal-investigator": "Principal Investigator",
    "postdoc": "Postdoctoral Researcher", "phd": "PhD Student", "programmer": "Programmer",
    "undergrad": "Undergraduate Student", "mascot": "Mascot", "alum": "Alumni", "alumni": "Alumni",
}  # fmt: skip
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_FORMER = re.compile(r"\b(?:alum\w*|former|past)\b", re.IGNORECASE)


class Members:
    """The members of a lab by the names of their files."""

    def __init__(self, source: SourceTree):
        self.source = source
        self.roles = self._read_roles()
        self.matters: dict[str, FrontMatter] = {}
        for path in source.list_files("_members/**/*.md"):
            with source.limit_reading(path):
                matter = read_text_page(source, path)
                if matter is None:
                    continue
                if is_placeholder(matter.body):
                    matter.note("left", "is the template's example")
                else:
                    self.matters[path.stem] = matter
        self.names = {
            stem: plain_text(matter.data.get("name", "")) or stem.replace("-", " ").title()
            for stem, matter in self.matters.items()
        }

    def _read_roles(self) -> dict[str, str]:
        """Return the words for roles, those of the site first, in its order."""
        own = {}
        for path in self.source.list_files("_data/types.yaml", "_data/types.yml")[:1]:
            for key, value in load_yaml_mapping(self.source, path).items():
                if isinstance(value, dict) and value.get("description"):
                    own[str(key).lower()] = plain_text(value["description"])
        return own | {key: words for key, words in _ROLES.items() if key not in own}

    def name_of(self, words: str) -> str:
        """Return the name of a member, by the name of the file or a name."""
        return self.names.get(words, "" if words in self.names.values() else words) or words

    def add_people(self) -> None:
        """Add the members' other names, addresses and ids; the only head's are the owner's."""
        heads = []
        for stem, matter in self.matters.items():
            name = self.names[stem]
            aliases = [plain_text(item) for item in matter.pop_items("aliases")]
            aliases = [alias for alias in aliases if alias and alias != name]
            entry: dict[str, object] = {"aliases": aliases} if aliases else {}
            if orcid := _ORCID.search(join_values(_links(matter).get("orcid", ""))):
                entry["orcid"] = orcid[0]
            home = join_values(_links(matter).get("home-page", ""))
            if re.match(r"https?://[^\s/]+\.\S+$", home):
                entry["address"] = home
            if entry:
                self.source.result.people.setdefault(name, {}).update(entry)
            if self._role_key(matter) in ("pi", "principal-investigator"):
                heads.append((matter, name, aliases))
        if len(heads) == 1:
            matter, name, aliases = heads[0]
            add_owner_names(self.source, [name, *aliases])
            # The settings have these names.
            self.source.result.people.get(name, {}).pop("aliases", None)
            matter.note("guessed", f"{name} is emphasized in lists of authors (see `OWNER`)")

    def _role_key(self, matter: FrontMatter) -> str:
        return join_values(matter.data.get("role", "")).strip().lower()

    def read_items(self) -> list[CollectionItem]:
        """Return the members for their page: by their roles, former ones last."""
        order = list(self.roles)

        def rank(stem: str) -> tuple[bool, int, str]:
            matter = self.matters[stem]
            role = self._role_key(matter)
            group = f"{role} {join_values(matter.data.get('group', ''))}"
            number = order.index(role) if role in order else len(order)
            number = -1 if role in ("pi", "principal-investigator") else number
            return _FORMER.search(group) is not None, number, stem

        return [self._read_item(stem) for stem in sorted(self.matters, key=rank)]

    def _read_item(self, stem: str) -> CollectionItem:
        matter = self.matters[stem]
        role = plain_text(matter.pop_text("role"))
        keys = ("description", "affiliation", "group", "status", "email")
        details = [self.roles.get(role.lower(), role), *(plain_text(matter.pop_text(key))
                                                         for key in keys)]  # fmt: skip
        body = clean_body(self.source, matter.path, matter.body, matter.body_line, "images")
        profiles = []
        for key, value in _links(matter).items():
            label, address = profile_address(str(key), join_values(value))
            if address:
                profiles.append(f"[{label}]({address})")
        matter.data.pop("links", None)
        image = matter.pop_text("image")
        item = CollectionItem(
            matter.path, 1, self.names[stem], (*filter(None, dict.fromkeys(details)),),
            "\n\n".join(filter(None, (" · ".join(profiles), body))), "", image,
        )  # fmt: skip
        note_unread_keys(matter, "name order nav last_modified_at slug redirect_from")
        return item


def _links(matter: FrontMatter) -> dict:
    links = matter.data.get("links", "")
    return links if isinstance(links, dict) else {}
