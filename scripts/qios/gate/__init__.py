"""The secret gate: a secret is replaced in memory, before anything can store it.

Rows pass `Gate.apply`, any other text `clean_text`, what is shown of a table `clean_value`. What
is a secret is decided by headings (headers, and tables within a text), by the shape of values
(values) and by what a source declares; what stands in its place is made by marker, with a key that
lies outside the database (key).
"""

from qios.gate.gate import Gate, build_gate
from qios.gate.headers import looks_like_credentials
from qios.gate.marker import WITHHELD
from qios.gate.text import clean_text, clean_value

__all__ = ["WITHHELD", "Gate", "build_gate", "clean_text", "clean_value", "looks_like_credentials"]
