"""Where the shared corpus and gold stand; tests that need them are skipped, loudly, without them."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"
GOLD = SHARED / "gold"

needs_shared = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"NO SHARED CORPUS at {SHARED}: test not run")
