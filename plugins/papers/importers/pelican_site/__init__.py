"""Pelican sites, whose settings are read as a text and never executed."""

from .reader import import_pelican

__all__ = ["import_pelican"]
