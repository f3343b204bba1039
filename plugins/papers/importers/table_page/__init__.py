"""Jon Barron's page of tables, and its many copies."""

from .reader import import_table_page

__all__ = ["import_table_page"]
