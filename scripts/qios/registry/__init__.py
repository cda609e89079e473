"""The registry: the CSV seeds that define every schema, table and field, and what is derived from them."""
