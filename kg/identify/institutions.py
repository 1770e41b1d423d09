"""Which keys of institutions and measures stand for one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.identify.facts import KeyFacts
from kg.identify.identity import Candidate


def tie_names(facts: Sequence[KeyFacts]) -> tuple[Mapping[str, tuple[str, str]], tuple[Candidate, ...]]:
    """Tie a body known by its bare name (``institution/name/…``) to the only body of that name.

    Returns:
        key → (key it is the same as, reason), and candidates where several bodies bear the name.
    """
    by_name: dict[str, list[KeyFacts]] = defaultdict(list)
    for f in sorted(facts, key=lambda f: f.key):
        for name in f.all("name"):
            by_name[name].append(f)
    joined: dict[str, tuple[str, str]] = {}
    candidates: list[Candidate] = []
    for name in sorted(by_name):
        bare = [f for f in by_name[name] if _is_bare(f)]
        placed = [f for f in by_name[name] if not _is_bare(f)]
        for f in bare:
            if len(placed) == 1:
                joined[f.key] = (placed[0].key, "same-name")
            else:
                candidates.extend(Candidate(f.key, p.key, "ambiguous-name", 0.5) for p in placed)
    return joined, tuple(candidates)


def _is_bare(f: KeyFacts) -> bool:
    return f.key.startswith("institution/name/")
