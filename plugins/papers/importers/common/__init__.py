"""What all importers use."""
