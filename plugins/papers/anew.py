"""A preview whose own code was written anew starts again."""

import os
import subprocess
import sys
from pathlib import Path

from .model import Problem


def is_new(path: Path, start: float) -> bool:
    """Tell whether code was written, or taken away, since a time."""
    if path.suffix != ".py":
        return False
    try:
        return path.stat().st_mtime > start
    except OSError:
        return True


def begin(settings: Path) -> Problem:
    """Start this program again with its new code; return what is wrong if that cannot be read."""
    command = [sys.executable, *sys.orig_argv[1:]]
    n = command.index("serve")
    asked = [*command[:n], "check", "--settings", str(settings)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode in (0, 1) and "Traceback" not in done.stderr:
        os.execv(command[0], command)
    last = (done.stderr.strip() or "it ended").splitlines()[-1]
    return Problem("plugins", f"cannot be run: {last}")
