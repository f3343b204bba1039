"""Look up a paper by its arXiv id or DOI."""

from .arxiv import import_arxiv
from .client import NotFound
from .doi import import_doi

__all__ = [
    "NotFound",
    "import_arxiv",
    "import_doi",
]
