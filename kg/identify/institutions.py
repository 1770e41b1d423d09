"""Which keys of institutions and measures stand for one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.identify.chains import BY_NAME, chained, fuller, place_of
from kg.identify.facts import KeyFacts
from kg.identify.identity import Candidate


def tie_names(facts: Sequence[KeyFacts]) -> tuple[Mapping[str, tuple[str, str]], tuple[Candidate, ...]]:
    """Tie a body known by name alone to the only body of that full name that is better known.

    A key with a division (``institution/441802-1983/人民政府``) knows the body best; then one whose place is
    a name (``institution/name/某省某市/人民政府``), the longer the better; least one that is a name alone.

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
        loose = [f for f in by_name[name] if f.key.startswith(BY_NAME)]
        targets = [f for f in by_name[name] if not f.key.startswith(BY_NAME)] or _longest(loose)
        for f in loose:
            if f in targets:
                continue
            if len(targets) == 1:
                joined[f.key] = (targets[0].key, "same-name")
            else:
                candidates.extend(Candidate(f.key, p.key, "ambiguous-name", 0.5) for p in targets)
    _tie_places(facts, joined, candidates)
    return joined, tuple(candidates)


def _tie_places(
    facts: Sequence[KeyFacts], joined: dict[str, tuple[str, str]], candidates: list[Candidate]
) -> None:
    """Tie a body of a place that no table knows to that of the only fuller chain that ends with it."""
    keys = {f.key for f in facts}
    places = {p for key in keys if (p := place_of(key))}
    for place in sorted(places):
        chains = fuller(place, places)
        for key in sorted(k for k in keys if chains and place_of(k) == place and k not in joined):
            rest = key.rpartition("/")[2]
            same = [[f"{BY_NAME}{p}/{rest}" for p in chained(place, chain, places)] for chain in chains]
            known = [[k for k in line if k in keys] for line in same]
            if len(chains) == 1 and known[0]:
                joined[key] = (known[0][0], "place-chain")
            else:
                candidates.extend(Candidate(key, line[0], "ambiguous-place", 0.5) for line in known if line)


def _longest(loose: Sequence[KeyFacts]) -> list[KeyFacts]:
    """The keys with the fullest places; one where all others' places are ends of its."""
    places = {f.key: f.key.removeprefix(BY_NAME).rpartition("/")[0] for f in loose}
    return [
        f
        for f in loose
        if not any(
            other != places[f.key] and other.endswith(places[f.key]) for other in sorted(set(places.values()))
        )
    ]
