"""Sites made with HugoBlox, Wowchemy and Academic."""

from .reader import HUGO_CONFIGS, import_hugo

__all__ = [
    "HUGO_CONFIGS",
    "import_hugo",
]
