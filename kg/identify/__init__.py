"""From the keys of all sources to an id map; a function of the set of sources and of people's decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.identify.decisions import Action, Decision, decision_of, read_decisions, write_decisions
from kg.identify.documents import tie_documents
from kg.identify.facts import OWN, KeyFacts, KeyTable, merged, observations
from kg.identify.identity import Candidate, Identity, rank
from kg.identify.institutions import tie_names
from kg.identify.near import near_misses
from kg.identify.titles import core_of
from kg.model.mentions import Label

__all__ = [
    "OWN",
    "Action",
    "Candidate",
    "Decision",
    "Identity",
    "KeyFacts",
    "KeyTable",
    "decision_of",
    "identify",
    "merged",
    "observations",
    "read_decisions",
    "write_decisions",
]


def identify(table: KeyTable, decisions: Sequence[Decision] = ()) -> Identity:
    """Map every key to a canonical id.

    Args:
        table: what all sources say.
        decisions: what people decided, the last on a key wins; they win over every rule.
    """
    documents = tie_documents([table[k] for k in table.keys(Label.DOCUMENT.value)])
    bodies, doubtful = tie_names([table[k] for k in table.keys(Label.INSTITUTION.value)])
    joined = {**documents.joined, **bodies}
    _decide(joined, decisions)
    ids = {key: _root(key, joined) for key in table.keys()}  # noqa: SIM118
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(ids):
        groups[ids[key]].append(key)
    frozen = {i: tuple(groups[i]) for i in sorted(groups)}
    carried = {ids[k]: ids[v] for k, v in documents.carried.items() if ids[k] != ids[v]}
    pairs = (*documents.candidates, *doubtful, *_near(table, frozen))
    settled = {frozenset((d.key, d.target)) for d in decisions}
    return Identity(
        ids=ids,
        reasons={k: joined[k][1] for k in sorted(joined) if k in ids and ids[k] != k},
        groups=frozen,
        carried={k: carried[k] for k in sorted(carried)},
        candidates=tuple(
            sorted(
                c
                for c in {Candidate(ids[c.left], ids[c.right], c.reason, c.score) for c in pairs}
                if c.left != c.right and frozenset((c.left, c.right)) not in settled
            )
        ),
        rejected=frozenset(ids.get(d.key, d.key) for d in decisions if d.action is Action.REJECT),
        names={ids.get(d.key, d.key): d.target for d in decisions if d.action is Action.RENAME},
        kinds={ids.get(d.key, d.key): d.target for d in decisions if d.action is Action.RETYPE},
    )


def _decide(joined: dict[str, tuple[str, str]], decisions: Sequence[Decision]) -> None:
    """Let decisions override what rules joined."""
    for d in decisions:
        if d.action is Action.SPLIT and (not d.target or joined.get(d.key, ("",))[0] == d.target):
            joined.pop(d.key, None)
        elif d.action is Action.MERGE and d.target and d.target != d.key:
            joined.pop(d.target, None)
            joined[d.key] = (d.target, "decided")


def _root(key: str, joined: Mapping[str, tuple[str, str]]) -> str:
    """Follow ties to the key that gives the canonical id (a rule makes one step, people may add more)."""
    seen = [key]
    while (step := joined.get(seen[-1])) is not None:
        if step[0] in seen:
            return min(seen, key=rank)
        seen.append(step[0])
    return seen[-1]


def _near(table: KeyTable, groups: Mapping[str, tuple[str, ...]]) -> list[Candidate]:
    cores: dict[str, str] = {}
    weight: dict[str, int] = {}
    whole: dict[str, str] = {}
    held: set[str] = set()
    for i, keys in groups.items():
        facts = [table[k] for k in keys]
        title = next((t for f in facts for t in f.all("title")[:1]), None)
        if title is not None:
            cores[i] = core_of(title).core
            whole[i] = title
            weight[i] = sum(f.support for f in facts)
            if any(f.attested for f in facts):
                held.add(i)
    numbered = {i for i in cores if i.startswith("document/number/")}
    return near_misses(cores, weight, numbered, held, whole)
