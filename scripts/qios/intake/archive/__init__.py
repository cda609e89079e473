"""Archives: what is one, the members in it, and their bytes, which never touch the disk."""
