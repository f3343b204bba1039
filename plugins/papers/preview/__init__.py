"""The live preview: a site in memory that follows every edit."""

from .memory_site import MemorySite
from .server import serve

__all__ = ["MemorySite", "serve"]
