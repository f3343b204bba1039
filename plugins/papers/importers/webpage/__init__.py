"""Pages written by hand, in Markdown or HTML."""
