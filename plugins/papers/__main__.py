"""Run the commands without an installation: `python plugins/papers check`."""

import sys
from pathlib import Path

if __package__:
    from .cli import start
else:
    # Python has put this folder itself into the path, where its modules would hide others.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from papers.cli import start

sys.exit(start())
