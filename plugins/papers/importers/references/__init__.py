"""Reference files: BibTeX, CSL-JSON, RIS, ORCID records."""
