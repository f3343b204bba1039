"""Print the changes of the release that a tag names; fail if tag, version and changelog differ."""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def read_notes(tag: str) -> str:
    """Return the section of CHANGELOG.md about a release; raises SystemExit where it is not one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["version"]
    if tag != f"v{version}":
        raise SystemExit(f"The tag is {tag}, and pyproject.toml has {version}: tag it v{version}.")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]
    for section in sections:
        heading, _, text = section.partition("\n")
        if heading.split()[0].strip("[]") == version and text.strip():
            if "unreleased" in heading.lower():
                break
            return text.strip()
    raise SystemExit(
        f"CHANGELOG.md has no section {version} with a date: write `## {version} - 2026-12-24`."
    )


if __name__ == "__main__":
    print(read_notes(sys.argv[1]))
