"""Which entities are one and the same: what was decided of pairs of them."""
