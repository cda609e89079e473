"""Which registered source a file is of, by its header and the shape of its values."""
