"""Third parties' readers, and what is asked in which order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg.model.documents import Declared, SourceDoc
from kg.model.protocols import Reader
from kg.read import read_bytes, readers, registry


class Shouting:
    name = "shouting"

    def accepts(self, head: bytes, path: Path) -> bool:
        return head.startswith(b"SHOUT")

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        yield SourceDoc(source, "0", "text/x-shout", data[5:].decode(), declared=Declared(title="甲"))


@pytest.fixture
def _with_shouting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    entry = EntryPoint("shouting", f"{__name__}:Shouting", "wenmai.readers")
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry] if group == "wenmai.readers" else [])
    registry.readers.cache_clear()
    yield
    registry.readers.cache_clear()


@pytest.mark.usefixtures("_with_shouting")
def test_a_reader_of_a_third_party_is_asked_first() -> None:
    assert readers()[0].name == "shouting"
    (doc,) = read_bytes(b"SHOUT\xe4\xb8\xad", Path("a.txt"), "a.txt")
    assert (doc.text, doc.media_type, doc.declared.title) == ("中", "text/x-shout", "甲")


def test_readers_keep_the_protocol() -> None:
    assert all(isinstance(reader, Reader) for reader in readers())
    assert len({reader.name for reader in readers()}) == len(readers())
