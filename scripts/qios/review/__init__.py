"""Between staging and the canonical tables: what a row means, and who said it may pass."""
