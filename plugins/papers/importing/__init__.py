"""Content of other systems becomes content of this one."""
