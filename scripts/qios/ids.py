"""Deterministic ids, the same as the macro stable_id() makes in SQL."""

import hashlib
import uuid


def stable_id(*parts: str) -> uuid.UUID:
    """A uuid from names: the same parts give the same id on every machine, at any time."""
    digest = hashlib.md5("\x1f".join(parts).encode(), usedforsecurity=False).digest()
    return uuid.UUID(bytes=digest)
