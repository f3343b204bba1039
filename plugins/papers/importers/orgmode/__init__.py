"""Home pages in Org, Emacs's outlines."""

from .reader import import_org

__all__ = ["import_org"]
