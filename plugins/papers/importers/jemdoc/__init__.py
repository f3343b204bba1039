"""Sites of jemdoc: its sources, or the HTML that it writes."""

from .reader import import_jemdoc

__all__ = ["import_jemdoc"]
