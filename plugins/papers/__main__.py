"""`python plugins/papers check`: the commands without an installation."""

import sys
from pathlib import Path

if __package__:
    from .cli import start
else:
    # Run as a folder: its modules are not to hide those of others.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from papers.cli import start

sys.exit(start())
