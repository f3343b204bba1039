"""Sites of Chirpy, a theme of Jekyll's for blogs."""

from .reader import import_chirpy

__all__ = ["import_chirpy"]
