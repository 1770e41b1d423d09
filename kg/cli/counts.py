"""Counts of a graph as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.cli.lang import language, t

_BAR = 40


def told(counts: Mapping[str, Any]) -> str:
    """What :func:`kg.analyze.statistics` counts, as tables; edges and kinds by the names that the pages use."""
    from rich.cells import cell_len

    blocks = [
        _documents(counts["nodes"], counts["documents"]),
        list(_named(counts["edges"])),
        list(_years(counts["documents"]["held_by_year"])),
    ]
    lines = []
    for rows in blocks:
        width = max((cell_len(name) for name, _, _ in rows), default=0)
        for name, number, note in rows:
            lines.append(f"{name}{' ' * (width - cell_len(name))}  {number:>8}  {note}".rstrip())
        lines.append("")
    c = counts["citations"]
    lines.append(
        t(
            f"引用 {c['pairs']} 对；有原文的文件中 {c['held_documents_that_cite']} 份有引用或被引用，连成 {c['components']} 片",
            f"{c['pairs']} pairs cite; {c['held_documents_that_cite']} of the documents held cite or are cited, "
            f"in {c['components']} components",
        )
    )
    return "\n".join(lines)


def _documents(nodes: Mapping[str, int], documents: Mapping[str, int]) -> list[tuple[str, int, str]]:
    names = _names()
    held, ghosts = documents["held"], documents["ghosts"]
    numbered, dated = documents["numbered"], documents["dated"]
    note = t(
        f"有原文 {held}，只被引用 {ghosts}；有文号 {numbered}，有日期 {dated}",
        f"{held} held, {ghosts} only cited; {numbered} with a number, {dated} with a date",
    )
    return [(names.get(kind, kind), n, note if kind == "document" else "") for kind, n in nodes.items()]


def _named(edges: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    names = _names()
    for edge, n in sorted(edges.items(), key=lambda x: (-x[1], x[0])):
        yield names.get(edge, edge), n, ""


def _years(held: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    most = max(held.values(), default=1)
    for year, n in held.items():
        yield year if year != "unknown" else t("日期不详", "undated"), n, "█" * max(1, n * _BAR // most)


def _names() -> dict[str, str]:
    """Kinds and edges in the language of the user."""
    from kg.render.embed import strings

    return {key: pair[language() == "en"] for key, pair in strings().items()}
