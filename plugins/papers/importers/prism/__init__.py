"""Sites of PRISM, whose content is TOML, Markdown and BibTeX around a program of Next.js."""

from .reader import import_prism

__all__ = ["import_prism"]
