"""The full-text index of a graph, brought up to date when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.build.graph import extractions, graph_in
from kg.build.shards import Shards
from kg.model.errors import ReadError
from kg.model.extraction import Extraction
from kg.query.fulltext import FullText
from kg.read import read_path


def full_text(folder: Path) -> FullText:
    """The index of the sources of a graph; those that came are read, those that went are dropped.

    A plain text file is read again from where it was; if it is gone or has changed, its source is left out
    until the graph is built again.
    """
    layout = graph_in(folder)
    index = FullText(layout.file("fulltext.sqlite"))
    with Shards(layout.shards) as shards:
        texts = dict(shards.texts())
        wanted = {x.sha256: x for x in extractions(shards)}
    known = index.hashes()
    index.remove(sorted(known - set(wanted)))
    fresh = [wanted[h] for h in sorted(set(wanted) - known)]
    index.put(row for x in fresh for row in _rows(x, texts))
    return index


def _rows(x: Extraction, texts: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    title = x.document.title or x.document.number or ""
    text = texts.get(x.sha256)
    if text is not None:
        yield x.sha256, x.source, title, text
        return
    try:
        for source in read_path(Path(x.source)):
            if source.sha256 == x.sha256:
                yield x.sha256, x.source, title, source.text
    except (OSError, ReadError):
        return
