"""Links of texts and settings: what is on the site, and what other hosts have."""

from .external_links import LinkLocation, check_external_links
from .internal_links import InternalLinks
from .link_targets import find_external_links
from .root_addresses import check_root_addresses

__all__ = [
    "InternalLinks",
    "LinkLocation",
    "check_external_links",
    "check_root_addresses",
    "find_external_links",
]
