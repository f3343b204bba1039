"""The command line: one module for each command."""

from .main import start

__all__ = ["start"]
