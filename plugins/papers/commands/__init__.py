"""The commands, a module each: `EXAMPLES`, `add` their arguments to a parser, and `run`."""
