"""People: the owner's names, and content/people.yml."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from ..model import Person, Problem, name_key, parse_name
from ..util import (
    CONTROL,
    READING_ERRORS,
    LazyPattern,
    describe_reading_error,
    is_public,
    limit_time,
)
from .frontmatter import YamlLoader

# Of thousands of people; YAML is slow to read.
_MAX_SIZE = 2**18
PEOPLE_FILE = "people.yml"
_KEYS = {"aliases", "address", "url", "orcid"}
_ORCID = LazyPattern(r"(?:https?://orcid\.org/)?(?P<id>\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_WEB_ADDRESS = LazyPattern(r"https?://[^\s/]+\S*")
_EXAMPLE = "`Ada Lovelace:` and below it, indented, `aliases: [A. Lovelace]`"


def owner_names(settings: Mapping) -> list[str]:
    """Return the names of the site's owner: OWNER, a name or a list of them, or else AUTHOR."""
    names = settings.get("OWNER") or settings.get("AUTHOR") or []
    return [names] if isinstance(names, str) else names


def read_people(content: Path, owners: list[str]) -> tuple[dict[str, Person], list[Problem]]:
    """Return the person that each name belongs to, by `name_key`, and the file's problems.

    Somebody who has one of the owner's names is the owner, under all aliases.
    """
    owner_keys = {name_key(name) for owner in owners for name in _spellings(owner)}
    people = {key: Person(owner=True) for key in owner_keys}
    file = content / PEOPLE_FILE
    if not (file.is_symlink() or file.is_file()):
        return people, []
    data, problems = _load_people(file)
    for name, fields in data.items():
        names, person, messages = _read_person(name, fields)
        problems += [Problem(_label(file), message, name) for message in messages]
        keys = {name_key(spelling) for name in names for spelling in _spellings(name)}
        if not keys.isdisjoint(owner_keys):
            keys, person = keys | owner_keys, replace(person, owner=True)
        people |= dict.fromkeys(keys, person)
    return people, problems


def _label(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _spellings(name: str) -> list[str]:
    """Return a name as it is printed, if it is written "Last, First" too."""
    try:
        return [parse_name(name).name, name.replace(",", " ")]
    except ValueError:
        return [name]


def _load_people(file: Path) -> tuple[dict[str, object], list[Problem]]:
    """Return the file's mapping of names to fields; an empty one with a problem."""
    if not is_public(file, file.parent):
        message = "points outside content/ (copy the file itself there)"
        return {}, [Problem(_label(file), message)]
    try:
        with limit_time(file.stat().st_size, _MAX_SIZE):
            return _parse_people(file)
    except READING_ERRORS as error:
        return {}, [Problem(_label(file), describe_reading_error(error))]


def _parse_people(file: Path) -> tuple[dict[str, object], list[Problem]]:
    line = None
    try:
        text = file.read_bytes().decode("utf-8-sig")
        data = yaml.load(text, YamlLoader) or {}
        scalars = (token for token in yaml.scan(text, YamlLoader) if hasattr(token, "plain"))
        control = next((token for token in scalars if CONTROL.search(token.value)), None)
        if control:
            line, message = control.start_mark.line + 1, "contains a control character (delete it)"
        elif isinstance(data, dict):
            return data, []
        else:
            message = f"is not a list of people (write {_EXAMPLE})"
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = "is not UTF-8 (save the file as UTF-8)"
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        message = f"is not valid YAML (write {_EXAMPLE})"
    return {}, [Problem(_label(file), message, line=line)]


def _read_person(name: str, fields: object) -> tuple[list[str], Person, list[str]]:
    """Return a person's names, the person, and what is wrong with the fields."""
    if not isinstance(fields, dict):
        return [], Person(), [f"is empty (write {_EXAMPLE})"]
    messages = [
        f"`{key}` is unknown (known: aliases, address, orcid)"
        for key in sorted(map(str, fields.keys() - _KEYS))
    ]
    aliases = fields.get("aliases") or []
    if isinstance(aliases, str):
        aliases = [aliases]
    if not (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)):
        messages.append("`aliases` is not a list of names (write `[A. Lovelace, 洛芙莱斯]`)")
        aliases = []
    address = fields.get("address") or fields.get("url") or None
    if address and not (isinstance(address, str) and _WEB_ADDRESS.fullmatch(address)):
        messages.append("`address` is not a web address (write https://…)")
        address = None
    orcid = fields.get("orcid") or ""
    match = _ORCID.fullmatch(orcid) if isinstance(orcid, str) else None
    if orcid and match is None:
        messages.append("`orcid` is not an ORCID iD (write 0000-0002-1825-0097)")
    return [name, *aliases], Person(False, address, match and match["id"]), messages
