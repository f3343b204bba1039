"""Sites of Greene Lab's lab-website-template."""

from .reader import import_lab_website

__all__ = ["import_lab_website"]
