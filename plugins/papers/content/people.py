"""What is known of people: the owner's names, and content/people.yml."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from ..model import Person, Problem, name_key, parse_name
from ..util import CONTROL, is_public
from .frontmatter import Loader

PEOPLE_FILE = "people.yml"
_KEYS = {"aliases", "address", "url", "orcid"}
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(?P<id>\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_EXAMPLE = "`Ada Lovelace:` and below it, indented, `aliases: [A. Lovelace]`"


def owner_names(settings: Mapping) -> list[str]:
    """Return the names of the site's owner: OWNER, a name or a list of them, or else AUTHOR."""
    names = settings.get("OWNER") or settings.get("AUTHOR") or []
    return [names] if isinstance(names, str) else names


def read_people(content: Path, owners: list[str]) -> tuple[dict[str, Person], list[Problem]]:
    """Return what is known of each name, by its key, and what is wrong with the file.

    Somebody who has one of the owner's names is the owner, under all aliases.
    """
    owner_keys = {name_key(name) for owner in owners for name in _forms(owner)}
    people = {key: Person(owner=True) for key in owner_keys}
    problems: list[Problem] = []
    file = content / PEOPLE_FILE
    if file.is_symlink() or file.is_file():
        for names, person in _entries(file, problems):
            keys = {name_key(form) for name in names for form in _forms(name)}
            owner = not keys.isdisjoint(owner_keys)
            known = Person(owner, person.url, person.orcid)
            people |= dict.fromkeys(keys | (owner_keys if owner else set()), known)
    return people, problems


def _forms(name: str) -> list[str]:
    """Return a name as it is printed, for "Last, First" too."""
    try:
        return [parse_name(name).name, name.replace(",", " ")]
    except ValueError:
        return [name]


def _entries(file: Path, problems: list[Problem]) -> list[tuple[list[str], Person]]:
    name = f"{file.parent.name}/{PEOPLE_FILE}"

    def problem(key: str | None, message: str, line: int | None = None) -> None:
        problems.append(Problem(name, message, key, line))

    if not is_public(file, file.parent):
        problem(None, "leads out of content/ (put the file itself there)")
        return []
    try:
        text = file.read_bytes().decode("utf-8-sig")
        data = yaml.load(text, Loader)
        scalars = [token for token in yaml.scan(text, Loader) if hasattr(token, "plain")]
        for token in scalars:
            if CONTROL.search(token.value):
                problem(None, "holds a control character (delete it)", token.start_mark.line + 1)
                return []
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem(None, "not UTF-8 (save the file in this encoding)", line)
        return []
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem(None, f"is no YAML (write {_EXAMPLE})", mark.line + 1 if mark else None)
        return []
    if not data:
        return []
    if not isinstance(data, dict):
        problem(None, f"is no list of people (write {_EXAMPLE})")
        return []
    found = []
    for who, facts in data.items():
        if not isinstance(facts, dict):
            problem(who, f"says nothing (write {_EXAMPLE})")
            continue
        for key in sorted(map(str, facts.keys() - _KEYS)):
            problem(who, f"`{key}` is unknown (known: aliases, address, orcid)")
        aliases = facts.get("aliases") or []
        address, orcid = facts.get("address") or facts.get("url") or None, facts.get("orcid") or ""
        if isinstance(aliases, str):
            aliases = [aliases]
        if not (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)):
            problem(who, "`aliases` is no list of names (write `[A. Lovelace, 洛芙莱斯]`)")
            aliases = []
        if address and not (
            isinstance(address, str) and re.fullmatch(r"https?://[^\s/]+\S*", address)
        ):
            problem(who, "`address` is no web address (write https://…)")
            address = None
        match = _ORCID.fullmatch(orcid) if isinstance(orcid, str) else None
        if orcid and match is None:
            problem(who, "`orcid` is no ORCID (write 0000-0002-1825-0097)")
        found.append(([who, *aliases], Person(False, address, match and match["id"])))
    return found
