"""Install the tools that are compared, each into a folder of its own."""

import subprocess
import sys
from pathlib import Path


class Absent(Exception):
    """Why a tool cannot be had."""


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command that installs or tells something. Raises Absent."""
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    except OSError as error:
        raise Absent(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        raise Absent(f"{' '.join(map(str, command))}: {done.stderr.strip()[-300:]}")
    return done.stdout


def packages(folder: Path, *names: str) -> None:
    """Install packages of Python into an environment of their own. Raises Absent."""
    if not (folder / "installed").exists():
        run(sys.executable, "-m", "venv", "--clear", folder)
        run(folder / "bin/python", "-m", "pip", "install", "--quiet", *names)
        (folder / "installed").touch()


def modules(folder: Path, *names: str) -> None:
    """Install packages of Node into a folder. Raises Absent."""
    if not (folder / "installed").exists():
        folder.mkdir(parents=True, exist_ok=True)
        run("npm", "install", "--no-audit", "--no-fund", "--prefix", folder, *names)
        (folder / "installed").touch()
