"""The plugin's layout: which package may import which, and how large its parts may grow."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from conftest import ROOT
from papers.site.template_filters import TEMPLATE_FILTERS

PLUGIN = ROOT / "plugins" / "papers"
TEMPLATE = PLUGIN / "cli" / "site_template"
MODULES = [path for path in sorted(PLUGIN.rglob("*.py")) if TEMPLATE not in path.parents]
PACKAGES = [path.parent for path in MODULES if path.name == "__init__.py" and path.parent != PLUGIN]


def name_of(path: Path) -> tuple[str, ...]:
    """Return the parts of a module's name below `papers`."""
    parts = path.relative_to(PLUGIN).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports_of(path: Path) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Yield module, name and line of each relative import, and of names as `package.name`."""
    package = path.parent.relative_to(PLUGIN).parts
    tree = ast.parse(path.read_bytes())
    packages = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            module = (*base, *(node.module.split(".") if node.module else ()))
            for alias in node.names:
                if PLUGIN.joinpath(*module, alias.name) in PACKAGES:
                    packages[alias.asname or alias.name] = (*module, alias.name)
                yield module, alias.name, node.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in packages:
                yield packages[node.value.id], node.attr, node.lineno


def names_of_face(package: Path) -> list[str]:
    """Return the names in `__all__` of a package."""
    for node in ast.parse((package / "__init__.py").read_bytes()).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__":
            return ast.literal_eval(node.value)
    return []


def test_import_contracts():
    """A package imports one above it, or Pelican where the texts of papers are read."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as f; f()"]
        + ["--no-cache"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0 and "0 broken" in done.stdout, done.stdout[-3000:] + done.stderr


def test_packages_are_used_through_their_faces():
    """A module reaches into a package, so that nothing inside it can be moved or renamed."""
    breaches = []
    for path in MODULES:
        own = name_of(path.parent / "__init__.py")
        for module, name, line in imports_of(path):
            for end in range(1, len(module) + 1):
                package = module[:end]
                folder = PLUGIN.joinpath(*package)
                if own[:end] == package or not (folder / "__init__.py").is_file():
                    continue
                inner = (folder / f"{name}.py").is_file() and name not in names_of_face(folder)
                if module[end:] or inner:
                    breaches.append(f"{path.relative_to(ROOT)}:{line}: {'.'.join(module)}.{name}")
    assert not breaches, "\n".join(breaches)


def test_faces_name_what_others_use():
    """A face offers a name that nobody outside its package imports, or hides one in `__all__`."""
    used = {(module, name) for path in MODULES for module, name, _ in imports_of(path)}
    for package in PACKAGES:
        tree = ast.parse((package / "__init__.py").read_bytes())
        names = [
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        ]
        offered = names_of_face(package)
        assert sorted(names) == sorted(offered), package.name
        own = name_of(package / "__init__.py")
        unused = [name for name in offered if (own, name) not in used and own != ("cli",)]
        assert not unused, f"{package.name}: {unused}"


def test_folders_are_small():
    """A folder holds more modules than a newcomer can take in at a glance."""
    for package in [PLUGIN, *PACKAGES]:
        modules = [path for path in package.glob("*.py") if path.name != "__init__.py"]
        assert len(modules) <= 15, package.name


def test_modules_are_one_noun():
    """A module grows past what one person reads at once."""
    for path in MODULES:
        assert path.read_text(encoding="utf-8").count("\n") <= 450, path


def test_the_plugin_stays_small():
    """The part that Pelican sees grows: root and `pages/` gather papers, all else is beside."""
    files = [*PLUGIN.glob("*.py"), *(PLUGIN / "pages").glob("*.py")]
    assert sum(path.read_text(encoding="utf-8").count("\n") for path in files) < 1700


def test_tests_mirror_the_packages():
    """A test file lies where nobody looks for it."""
    folders = {path.name for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py"))}
    assert folders - {"project"} <= {package.name for package in PACKAGES}


def test_contributing_names_what_is_there():
    """CONTRIBUTING sends people to a module or package that is not there, or forgets one."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.split("## The plugin")[1].split("Three rules")[0]
    listed = re.findall(r"`([\w./]+)`", "".join(re.findall(r"^\| (.*?) \|", table, re.MULTILINE)))
    assert {path.name for path in PLUGIN.glob("*.py")} - {"__main__.py"} == {
        name for name in listed if name.endswith(".py")
    }
    assert {package.name for package in PACKAGES if package.parent == PLUGIN} == {
        name.rstrip("/") for name in listed if name.endswith("/")
    }
    for path in re.findall(r"`((?:\w+/)+[\w.]+\.\w+)`", text):
        assert any((folder / path).exists() for folder in (ROOT, PLUGIN)), path


def test_theme_filters_are_documented():
    """A filter for templates is added, and theme authors do not learn of it."""
    text = (ROOT / "docs/themes.md").read_text(encoding="utf-8").split("## Filters")[1]
    names = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(names) == sorted(function.__name__ for function in TEMPLATE_FILTERS)


def test_faces_do_not_hide_their_modules():
    """A face exports a function with its module's name, and who imports the module gets that."""
    for package in PACKAGES:
        names = names_of_face(package)
        assert not {path.stem for path in package.glob("*.py")}.intersection(names), package.name


def test_every_folder_is_run(pytestconfig):
    """The tests of a package are never run, because pytest skips folders with its name."""
    skipped = pytestconfig.getini("norecursedirs")
    folders = {path.relative_to(ROOT).parent for path in (ROOT / "tests").glob("**/test_*.py")}
    names = {
        name for folder in folders if "node_modules" not in folder.parts for name in folder.parts
    }
    assert "build" in names
    assert not [name for name in names if any(fnmatch(name, pattern) for pattern in skipped)]
