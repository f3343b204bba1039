"""Repairs of the other files that an import has written: pictures, and people.yml."""

import re
from pathlib import Path

import yaml

from ...images import shrink_image
from ...model import Problem
from .repair import Edit, find_quoted

# As wide as any page shows a picture, on the sharpest screens.
_MAX_WIDTH = 2400
_PICTURE_KEYS = ("image", "preview", "figure", "cover", "thumbnail")


def find_picture(problem: Problem, content: Path) -> Path | None:
    """Return the picture with too many pixels that a problem is about."""
    if "too many pixels" not in problem.message:
        return None
    name = find_quoted(problem.message)
    if not name:
        return content.parent / problem.file
    folders = [content, (content.parent / problem.file).parent]
    return next((path for folder in folders if (path := folder / name).is_file()), None)


def scale_picture(path: Path) -> str | None:
    """Make a picture as small as pages show it; return what was done."""
    try:
        width, height = shrink_image(path, _MAX_WIDTH)
    except ValueError:
        return None
    return f"it is scaled down to {width:,} × {height:,} pixels"


def drop_person(text: str, problem: Problem) -> Edit | None:
    """Take a person with a problem out of people.yml."""
    try:
        people = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    name = problem.entry or problem.key or problem.message.partition(":")[0]
    if not isinstance(people, dict) or name not in people:
        return None
    entry = people.pop(name)
    changed = (
        yaml.safe_dump(people, allow_unicode=True, sort_keys=False, width=100) if people else None
    )
    return Edit(changed, f"without {name}: {re.sub(r'[{}]', '', str(entry))}")
