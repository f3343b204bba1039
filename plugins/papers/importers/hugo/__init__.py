"""Sites made with HugoBlox, Wowchemy and Academic."""

from .home import import_home_data
from .reader import HUGO_CONFIGS, import_hugo

__all__ = [
    "HUGO_CONFIGS",
    "import_home_data",
    "import_hugo",
]
