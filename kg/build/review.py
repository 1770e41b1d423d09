"""What people should look at, and what they decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.graph import Layout, decisions_of, extractions, graph_in
from kg.build.shards import Shards
from kg.identify import Decision, decision_of, write_decisions
from kg.model.sheets import read_sheet, write_sheet
from kg.query.candidates import candidates, identified
from kg.store import OxigraphStore

REASONS = {
    "year-range": "起止年份只差一位",
    "number-slip": "同题文号只差一位",
    "one-character": "标题只差一字",
    "missing-character": "标题多或少一字",
    "missing-word": "标题多或少虚词、套语",
    "version-mark": "标题只差版本标记",
    "trailing-words": "名称后多出字样",
    "place-prefix": "标题前的上级地名有无不同",
    "number-conflict": "文号与别的标题同列",
    "same-number": "同一文号，标题不同",
    "ambiguous-title": "同题文号或发文机关不止一个",
    "ambiguous-name": "同名机构不止一个",
    "ambiguous-place": "同名地方不止一个",
    "unresolved": "指称未能认定",
    "low-score": "置信度低",
}
"""Why something is to be looked at, in order of weight."""
_SHEET = ("reason", "key", "target", "cited", "score", "note", "action", "who", "when", "why")
_LOW = 0.6


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to decide.

    Attributes:
        reason: of :data:`REASONS`.
        key: the id or key in doubt.
        target: what it may stand for; empty where nothing is proposed.
        cited: how many sources name the key: what a decision is worth.
        score: how sure the program is, 0 to 1.
        note: for people: the words and where they stand.
    """

    reason: str
    key: str
    target: str
    cited: int
    score: float
    note: str = ""

    @property
    def value(self) -> float:
        """What deciding it changes: sources concerned, weighted by how open the question is."""
        return self.cited * (1 - abs(self.score - 0.5))


def review_items(folder: Path) -> list[ReviewItem]:
    """Everything undecided, the most valuable first: candidates, open references, low scores.

    Args:
        folder: of a graph that `kg build` wrote.
    """
    layout = graph_in(folder)
    decided = {(d.key, d.target) for d in decisions_of(layout)} | {
        (d.target, d.key) for d in decisions_of(layout)
    }
    with Shards(layout.shards) as shards:
        with OxigraphStore.open(layout.store) as store:
            ids, doubts = identified(store), candidates(store)
        named: Counter[str] = Counter()
        open_: list[ReviewItem] = []
        for x in extractions(shards):
            named.update({ids.get(m.entity, m.entity) for m in x.mentions if m.entity})
            open_ += [
                ReviewItem("unresolved", m.text, "", 1, 0.5, f"{x.source}:{m.start}-{m.end}")
                for m in x.mentions
                if m.entity is None
            ]
            open_ += [
                ReviewItem("low-score", m.entity, "", 1, m.score, f"“{m.text}” {x.source}:{m.start}-{m.end}")
                for m in x.mentions
                if m.entity is not None and m.score < _LOW
            ]
    items = [
        ReviewItem(
            d.candidate.reason,
            d.candidate.left,
            d.candidate.right,
            named[d.candidate.left],
            d.candidate.score,
        )
        for d in doubts
    ]
    found = [i for i in (*items, *open_) if (i.key, i.target) not in decided]
    order = {reason: i for i, reason in enumerate(REASONS)}
    return sorted(found, key=lambda i: (-i.value, order[i.reason], i.key, i.target, i.note))


def write_items(items: Iterable[ReviewItem], path: Path) -> None:
    """Write items as a spreadsheet with empty columns for decisions."""
    write_sheet(
        path, _SHEET, ((i.reason, i.key, i.target, i.cited, i.score, i.note) + ("",) * 4 for i in items)
    )


def read_items(path: Path) -> tuple[Decision, ...]:
    """The decisions filled into such a spreadsheet; lines without an action are left open.

    Raises:
        WenmaiError: no such spreadsheet, or an action that does not exist.
    """
    lines = enumerate(read_sheet(path, ("action", "key")), 2)
    return tuple(decision_of(cells, f"{path}:{line}") for line, cells in lines if cells["action"])


def decide(folder: Path, decisions: Sequence[Decision]) -> None:
    """Add decisions to ``curation.csv``; the next build obeys them."""
    layout = Layout(folder)
    write_decisions(layout.curation, (*decisions_of(layout), *decisions))


def undo(folder: Path, count: int = 1) -> tuple[Decision, ...]:
    """Take the last decisions back.

    Returns:
        The decisions taken back, in the order in which they were made.
    """
    layout = Layout(folder)
    made = decisions_of(layout)
    cut = max(0, len(made) - count)
    kept, gone = made[:cut], made[cut:]
    write_decisions(layout.curation, kept)
    return gone
