"""The owner in the settings of a Jekyll site."""

import re
from collections.abc import Mapping
from pathlib import Path

from ..common import (
    add_owner_names,
    add_profile,
    find_line,
    is_example,
    plain_text,
    read_social_links,
    split_name_forms,
    yaml_text,
)
from ..result import SourceTree
from .al_folio import read_scholar_names

_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")


def read_owner(source: SourceTree, path: Path, config: Mapping) -> None:
    """Read name, role and profiles of the owner from a site's settings."""
    author = config.get("author")
    author = author if isinstance(author, dict) else {"name": author}
    _read_names(source, path, config, author)
    _read_role(source, path, yaml_text(author.get("bio")))
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
    if not names and _NAME.fullmatch(title):
        names = [title]
        source.note("guessed", path, f'"{title}", the title of the site, is taken for the owner')
    names = split_name_forms(names[0]) if names else []
    owner.name = owner.name or next(iter(names), None)
    forms = read_scholar_names(source, path, config)
    add_owner_names(source, [*names, f"{first} {last}" if first and last else "", *forms])


def _read_role(source: SourceTree, path: Path, bio: str) -> None:
    owner, role = source.result.owner, plain_text(bio)
    if role and len(role) <= 160 and owner.role is None:
        owner.role = role
    elif role:
        message = f"bio: {role[:60]}… (write it into content/home.md)"
        source.note("left", path, message, find_line(source.read_text(path), bio[:30]))
