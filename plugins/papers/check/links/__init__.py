"""Links of texts and settings: what is on the site, and what other hosts have."""

from .external_links import LinkLocation, check_external_links
from .internal_links import InternalLinks
from .link_targets import find_external_links

__all__ = ["InternalLinks", "LinkLocation", "check_external_links", "find_external_links"]
