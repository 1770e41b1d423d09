"""What people decided about identity (``curation.csv``); it wins over every rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.model.errors import WenmaiError
from kg.model.sheets import read_sheet, write_sheet

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
    made = []
    for line, cells in enumerate(read_sheet(path, ("action", "key")), 2):
        if cells["action"] or cells["key"]:
            made.append(decision_of(cells, f"{path}:{line}"))
    return tuple(made)


def decision_of(cells: Mapping[str, str], place: str) -> Decision:
    """The decision that a line states.

    Raises:
        WenmaiError: it names no action that exists, or no key.
    """
    stated = {name: cells.get(name, "") for name in FIELDS}
    if stated["action"] not in set(Action) or not stated["key"]:
        raise WenmaiError(
            f"{place}：处理方式“{stated['action']}”或键“{stated['key']}”无效；处理方式可用：{'、'.join(Action)}",
            f"{place}: action '{stated['action']}' or key '{stated['key']}' is not valid; actions: {', '.join(Action)}",
        )
    return Decision(Action(stated.pop("action")), **stated)


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions, one a line, in the order given."""
    write_sheet(path, FIELDS, ((d.action.value, d.key, d.target, d.who, d.when, d.why) for d in decisions))


def settled(left: str, right: str, decisions: Iterable[Decision]) -> bool:
    """Whether people have decided on a pair."""
    return any({d.key, d.target} == {left, right} for d in decisions)
