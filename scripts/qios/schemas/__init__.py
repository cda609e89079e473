"""New schemas: the creation test of section 5.2, its evidence, and what an approval changes."""
