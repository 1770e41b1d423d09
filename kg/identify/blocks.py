"""What two keys must share for the id of one to depend on the other, and what they are to each other where they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.identify.chains import chain_ends
from kg.identify.decisions import Action, Decision
from kg.identify.documents import cores_of, tie_core, tie_order
from kg.identify.facts import KeyFacts
from kg.identify.identity import Candidate, Ties, rank
from kg.identify.institutions import AMBIGUOUS_PLACE, tie_name, tie_places
from kg.identify.orders import order_form
from kg.model.mentions import Label

Joined = dict[str, tuple[str, str]]
"""Key → (key it is the same as, reason)."""
_TITLE, _ORDER, _NAME, _PLACE = "title:", "order:", "name:", "place:"


def blocks_of(f: KeyFacts) -> list[str]:
    """The blocks of a key, sorted; measures are what they are called and have none.

    Cores of a document's titles and the order that its number is a form of; names of a body and the end of its place.
    """
    if f.label == Label.DOCUMENT.value:
        form = order_form(f.key)
        return [*([_ORDER + form] if form else ()), *(_TITLE + core for core in cores_of(f))]
    if f.label == Label.INSTITUTION.value:
        return sorted(
            (*(_NAME + name for name in f.all("name")), *(_PLACE + end for end in chain_ends(f.key)))
        )
    return []


def tie(block: str, facts: Iterable[KeyFacts]) -> Ties:
    """Ties among all keys of one block, which depend on nothing else."""
    if block.startswith(_TITLE):
        return tie_core(block.removeprefix(_TITLE), facts)
    if block.startswith(_ORDER):
        return tie_order(facts)
    return tie_name(facts) if block.startswith(_NAME) else tie_places(facts)


def block_rank(block: str) -> tuple[bool, str]:
    """The order of blocks in which the last wins a key: names over places, then by text."""
    return block.startswith(_NAME), block


def doubtful(c: Candidate, joined: Mapping[str, tuple[str, str]]) -> bool:
    """Whether a candidate stands beside what rules joined: of a body tied by its name the place is no question."""
    return c.reason != AMBIGUOUS_PLACE or c.left not in joined


def decide(joined: Joined, decisions: Sequence[Decision]) -> Joined:
    """What is joined once people's decisions override the rules; those on a key bear on its own tie alone."""
    decided = dict(joined)
    for d in decisions:
        if d.action is Action.SPLIT and (not d.target or decided.get(d.key, ("",))[0] == d.target):
            decided.pop(d.key, None)
        elif d.action is Action.MERGE and d.target and d.target != d.key:
            decided.pop(d.target, None)
            decided[d.key] = (d.target, "decided")
    return decided


def root(key: str, joined: Mapping[str, tuple[str, str]]) -> str:
    """Follow ties to the key that gives the canonical id (a rule makes one step, people may add more)."""
    seen = [key]
    while (step := joined.get(seen[-1])) is not None:
        if step[0] in seen:
            return min(seen, key=rank)
        seen.append(step[0])
    return seen[-1]
