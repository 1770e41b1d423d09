"""From paths to documents: one module a format behind :class:`kg.model.protocols.Reader`.

Readers are asked in order; the first that accepts a file's first bytes (or, failing them, its name) reads
it. Third parties add readers through the entry point group ``wenmai.readers``; they are asked first.
"""

from __future__ import annotations

from kg.read.address import is_address, located
from kg.read.discover import Discovery, Found, Ignored, discover
from kg.read.registry import read_bytes, read_path, readers

__all__ = [
    "Discovery",
    "Found",
    "Ignored",
    "discover",
    "is_address",
    "located",
    "read_bytes",
    "read_path",
    "readers",
]
