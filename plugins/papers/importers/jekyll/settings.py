"""The owner in the settings of a Jekyll site."""

from collections.abc import Mapping
from pathlib import Path

from ..common import (
    add_owner_names,
    add_profile,
    find_line,
    fold_text,
    is_example,
    plain_text,
    read_social_links,
    split_name_forms,
    yaml_text,
)
from ..result import SourceTree
from ..webpage import find_person_name
from .al_folio import read_scholar_names


def read_owner(source: SourceTree, path: Path, config: Mapping) -> None:
    """Read name, role and profiles of the owner from a site's settings."""
    author = config.get("author")
    author = author if isinstance(author, dict) else {"name": author}
    _read_names(source, path, config, author)
    _read_role(source, path, _compose_role(config, author))
    read_social_links(source, path, config)
    read_social_links(source, path, author, any_key=True)
    for link in author.get("links") if isinstance(author.get("links"), list) else ():
        if isinstance(link, dict):
            label = yaml_text(link.get("label")) or "Website"
            add_profile(source, path, label, yaml_text(link.get("url")))


def _read_names(source: SourceTree, path: Path, config: Mapping, author: Mapping) -> None:
    owner = source.result.owner
    first, middle, last = (yaml_text(config.get(f"{n}_name")) for n in ("first", "middle", "last"))
    full = " ".join(filter(None, (first, middle, last))) if last else ""
    names = [full, yaml_text(author.get("name")), yaml_text(config.get("name"))]
    names = [name for name in names if name and not is_example(name)]
    title = yaml_text(config.get("title"))
    if not names and (name := find_person_name(title)):
        names = [name]
        source.note("guessed", path, f'"{title}", the title of the site, was read as the owner')
    names = split_name_forms(names[0]) if names else []
    owner.name = owner.name or next(iter(names), None)
    forms = read_scholar_names(source, path, config)
    add_owner_names(source, [*names, f"{first} {last}" if first and last else "", *forms])


def _compose_role(config: Mapping, author: Mapping) -> str:
    """Return what a theme shows below the name: the position and the institution."""
    position = yaml_text(author.get("bio")) or yaml_text(config.get("position"))
    parts = [position] if position else []
    for key in ("affiliation", "employer", "institution"):
        for employer in (yaml_text(author.get(key)), yaml_text(config.get(key))):
            if (
                employer
                and not is_example(employer)
                and fold_text(employer) not in fold_text(position)
            ):
                parts.append(employer)
    return ", ".join(dict.fromkeys(parts))


def _read_role(source: SourceTree, path: Path, bio: str) -> None:
    owner, role = source.result.owner, plain_text(bio)
    if role and len(role) <= 160 and owner.role is None:
        owner.role = role
    elif role:
        message = f"bio: {role[:60]}… (write it into content/home.md)"
        source.note("left", path, message, find_line(source.read_text(path), bio[:30]))
