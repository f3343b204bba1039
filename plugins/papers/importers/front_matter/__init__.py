"""Papers whose metadata is in front matter."""
