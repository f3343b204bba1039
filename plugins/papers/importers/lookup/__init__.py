"""Papers looked up at arXiv and Crossref."""
