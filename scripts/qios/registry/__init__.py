"""The registry: CSV seeds that define every schema, table and field, and what derives from them."""
