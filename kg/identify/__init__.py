"""From the keys of all sources to an id map; a function of the set of sources and of people's decisions.

:func:`identify` does it in memory, for what fits there. `kg.build.flow` does it in partitions of keys, of blocks and of
signatures, with the same functions: :func:`observations`, :func:`blocks_of`, :func:`tie`, :func:`decide`,
:func:`near_facts`, :func:`signatures`, :func:`compare`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.identify.blocks import Joined, block_rank, blocks_of, decide, doubtful, root, tie
from kg.identify.decisions import Action, Decision, decision_of, read_decisions, settled, write_decisions
from kg.identify.facts import OWN, KeyFacts, KeyTable, merged, observations
from kg.identify.identity import Candidate, Identity, Ties, rank
from kg.identify.near import NearFacts, compare, near_facts, near_misses, signatures

__all__ = [
    "OWN",
    "Action",
    "Candidate",
    "Decision",
    "Identity",
    "Joined",
    "KeyFacts",
    "KeyTable",
    "NearFacts",
    "Ties",
    "block_rank",
    "blocks_of",
    "compare",
    "decide",
    "decision_of",
    "doubtful",
    "identify",
    "merged",
    "near_facts",
    "observations",
    "rank",
    "read_decisions",
    "signatures",
    "tie",
    "undecided",
    "write_decisions",
]


def identify(table: KeyTable, decisions: Sequence[Decision] = (), *, near: bool = True) -> Identity:
    """Map every key to a canonical id.

    Args:
        table: what all sources say.
        decisions: what people decided, the last on a key wins; they win over every rule.
        near: whether near misses are looked for too.
    """
    blocks: dict[str, list[KeyFacts]] = defaultdict(list)
    for key in table.keys():  # noqa: SIM118
        for block in blocks_of(table[key]):
            blocks[block].append(table[key])
    found = [tie(block, blocks[block]) for block in sorted(blocks, key=block_rank)]
    tied = {key: step for ties in found for key, step in ties.joined.items()}
    joined = decide(tied, decisions)
    ids = {key: root(key, joined) for key in table.keys()}  # noqa: SIM118
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(ids):
        groups[ids[key]].append(key)
    frozen = {i: tuple(groups[i]) for i in sorted(groups)}
    steps = [step for ties in found for step in sorted(ties.carried.items())]
    carried = {ids[k]: ids[v] for k, v in steps if ids[k] != ids[v]}
    compared = (n for i, keys in frozen.items() if (n := near_facts(i, [table[k] for k in keys])))
    doubts = (c for ties in found for c in ties.candidates if doubtful(c, tied))
    pairs = [*doubts, *(near_misses(compared) if near else ())]
    return Identity(
        ids=ids,
        reasons={k: joined[k][1] for k in sorted(joined) if k in ids and ids[k] != k},
        groups=frozen,
        carried={k: carried[k] for k in sorted(carried)},
        candidates=undecided(
            (Candidate(ids.get(c.left, c.left), ids.get(c.right, c.right), c.reason, c.score) for c in pairs),
            decisions,
        ),
        rejected=frozenset(ids.get(d.key, d.key) for d in decisions if d.action is Action.REJECT),
        names={ids.get(d.key, d.key): d.target for d in decisions if d.action is Action.RENAME},
        kinds={ids.get(d.key, d.key): d.target for d in decisions if d.action is Action.RETYPE},
    )


def undecided(pairs: Iterable[Candidate], decisions: Sequence[Decision]) -> tuple[Candidate, ...]:
    """The candidates that are two things and that nobody has decided, sorted, each once."""
    return tuple(sorted({c for c in pairs if c.left != c.right and not settled(c.left, c.right, decisions)}))
