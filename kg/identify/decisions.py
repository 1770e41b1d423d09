"""What people decided about identity (``curation.csv``); it wins over every rule."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.model.errors import WenmaiError

FIELDS = ("action", "key", "target", "who", "when", "why")


class Action(StrEnum):
    """What can be decided of a key."""

    MERGE = "merge"
    SPLIT = "split"
    REJECT = "reject"
    RENAME = "rename"
    RETYPE = "retype"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of ``curation.csv``.

    Attributes:
        action: what is decided.
        key: a local key or canonical id.
        target: for ``merge`` the other key; for ``split`` the key it is to be kept apart from (or empty:
            from all); for ``rename`` the name; for ``retype`` the kind; empty for ``reject``.
    """

    action: Action
    key: str
    target: str = ""
    who: str = ""
    when: str = ""
    why: str = ""


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file, in its order; later lines win.

    Raises:
        WenmaiError: a line names no action that exists, or no key.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_decisions(csv.DictReader(file), path))


def _decisions(rows: Iterable[dict[str, str | None]], path: Path) -> Iterator[Decision]:
    for line, row in enumerate(rows, 2):
        cells = {f: (row.get(f) or "").strip() for f in FIELDS}
        if cells["action"] not in set(Action) or not cells["key"]:
            raise WenmaiError(f"{path}:{line}：处理方式“{cells['action']}”或键“{cells['key']}”无效")
        yield Decision(Action(cells.pop("action")), **cells)


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions, one a line, in the order given."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows((d.action, d.key, d.target, d.who, d.when, d.why) for d in decisions)
