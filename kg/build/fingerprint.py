"""What a per-document result depends on besides the document: the rules and data of the package."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_STAGES = ("model", "data", "grammar", "read", "clean", "structure", "recognize", "resolve", "state")
_COMPOSITION = ("build/document.py", "build/jsonl.py")
_SUFFIXES = {".py", ".tsv", ".json", ".csv", ".txt", ".gz"}


@cache
def rules_fingerprint() -> str:
    """Hash of every file that the per-document stages run on or read."""
    files = [_PACKAGE / name for name in _COMPOSITION]
    for stage in _STAGES:
        files += [
            p for p in (_PACKAGE / stage).rglob("*") if p.suffix in _SUFFIXES and "sample" not in p.parts
        ]
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(files):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(hashlib.blake2b(path.read_bytes()).digest())
    return digest.hexdigest()
