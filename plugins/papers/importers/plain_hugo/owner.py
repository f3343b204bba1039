"""The owner of a Hugo site, as themes have them in its settings."""

import re
from collections.abc import Iterator

from ..common import (
    add_portrait,
    add_profile,
    find_asset,
    join_values,
    label_profile,
    plain_text,
    profile_address,
    set_owner,
)
from ..front_matter import FrontMatter
from ..webpage import find_person_name

# Keys of the owner's name, role, portrait and profiles, in the order in which they are tried.
_NAMES = ("author.name", "author", "profilemode.title", "home.profile.title", "name", "title")
_ROLES = ("profilemode.subtitle", "author.headline", "home.profile.subtitle", "headline", "info",
          "subtitle", "author.bio", "bio", "role")  # fmt: skip
_PICTURES = ("profilemode.imageurl", "home.profile.avatarurl", "author.image", "avatarurl",
             "avatar", "portrait", "profile_picture", "image")  # fmt: skip
_PROFILES = ("socialicons", "social", "author.links", "author.social", "sociallinks", "contact")
_PREFIX = re.compile(r"^(?:languages\.[a-z]{2}(?:[-_]\w+)?\.)?(?:params\.)?")


def read_settings(matters: list[FrontMatter]) -> FrontMatter | None:
    """Return the settings in all files as one, their keys without `params` and languages."""
    if not matters:
        return None
    settings = matters[0]
    data: dict[str, object] = {}
    for matter in matters:
        for key, value in matter.data.items():
            data.setdefault(_PREFIX.sub("", key), value)
    settings.data = data
    return settings


def read_role(value: object) -> str:
    """Return a role: "analyst" for "I am an analyst. I count."."""
    text = re.split(r"(?<=[^\W\d_]{2})\.(?=\s|$)", plain_text(value))[0]
    return re.sub(r"^I(?:['’]m| am) (?:an? |the )?", "", text).strip()


def read_owner(settings: FrontMatter) -> list[tuple[str, str]]:
    """Set name, role, portrait and profiles of the owner; return links that are not profiles."""
    source, owner = settings.source, settings.source.result.owner
    names = [plain_text(settings.data.get(key, "")) for key in _NAMES]
    set_owner(source, next(filter(None, map(find_person_name, names)), ""))
    roles = (read_role(settings.data.get(key, "")) for key in _ROLES)
    owner.role = owner.role or next((role for role in roles if 3 < len(role) <= 160), None)
    pictures = [join_values(settings.data.get(key, "")) for key in _PICTURES]
    add_portrait(source, [find_asset(source, settings.path, url) for url in pictures if url])
    links = []
    for label, address in _read_profiles(settings):
        if re.match(r"https?://|mailto:", address):
            known = label_profile(address, label)
            if known == "Website" and label:
                known = label.capitalize()
            add_profile(source, settings.path, known, address)
        elif address and not address.startswith("index.xml"):
            links.append(("CV" if label.lower() in ("cv", "resume") else label, address))
    return links


def _read_profiles(settings: FrontMatter) -> Iterator[tuple[str, str]]:
    """Yield label and address of each profile, in lists or by keys."""
    for key in _PROFILES:
        for item in settings.pop_items(key):
            if not isinstance(item, dict):
                continue
            parts = {name.lower(): join_values(value) for name, value in item.items()}
            address = next(filter(None, (parts.get(n) for n in ("url", "href", "link"))), "")
            label = next(filter(None, (parts.get(n) for n in ("name", "label", "icon"))), "")
            if address:
                yield label, address.strip()
            elif len(parts) == 1:
                yield from (profile_address(name, value) for name, value in parts.items())
        for name in [name for name in settings.data if name.startswith(f"{key}.")]:
            label, address = profile_address(
                name.removeprefix(f"{key}."), join_values(settings.data.pop(name))
            )
            yield label, address
    if email := join_values(settings.data.get("author.email", settings.data.get("email", ""))):
        yield profile_address("email", email)
