"""Sites of HugoBlox, Wowchemy and Academic: papers, news, people and the home page."""

from .found import Found, Source


def read(source: Source, found: Found) -> bool:
    """Take what such a site holds; tell whether it is one."""
    return False
