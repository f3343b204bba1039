"""Websites of Quarto."""

from .reader import import_quarto

__all__ = ["import_quarto"]
