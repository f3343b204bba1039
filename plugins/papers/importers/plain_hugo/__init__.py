"""Sites of Hugo with PaperMod and other themes that are not made for papers."""

from .reader import import_plain_hugo

__all__ = ["import_plain_hugo"]
