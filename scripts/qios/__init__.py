"""QiOS: one registry, contracts derived from it, and a flow of data that can be proved."""

__version__ = "0.1.0"
