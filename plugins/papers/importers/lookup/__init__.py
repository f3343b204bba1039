"""Papers looked up at arXiv and Crossref."""

from .client import NotFound
from .records import import_arxiv, import_crossref

__all__ = [
    "NotFound",
    "import_arxiv",
    "import_crossref",
]
