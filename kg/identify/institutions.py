"""Which keys of institutions and measures stand for one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.identify.chains import BY_NAME, chained, fuller, place_of
from kg.identify.facts import KeyFacts
from kg.identify.identity import Candidate, Ties

AMBIGUOUS_PLACE = "ambiguous-place"


def tie_name(group: Iterable[KeyFacts]) -> Ties:
    """Of the bodies that bear one full name, tie those known by name alone to the only one that is better known.

    A key with a division (``institution/441802-1983/人民政府``) knows the body best; then one whose place is
    a name (``institution/name/某省某市/人民政府``), the longer the better; least one that is a name alone. Where
    several bodies are the best known, each is a candidate.
    """
    ranked = sorted(group, key=lambda f: f.key)
    loose = [f for f in ranked if f.key.startswith(BY_NAME)]
    targets = [f for f in ranked if not f.key.startswith(BY_NAME)] or _longest(loose)
    best = {f.key for f in targets}
    joined: dict[str, tuple[str, str]] = {}
    candidates: list[Candidate] = []
    for f in loose:
        if f.key in best:
            continue
        if len(targets) == 1:
            joined[f.key] = (targets[0].key, "same-name")
        else:
            candidates.extend(Candidate(f.key, p.key, "ambiguous-name", 0.5) for p in targets)
    return Ties(joined, {}, tuple(candidates))


def tie_places(group: Iterable[KeyFacts]) -> Ties:
    """Of bodies of places with one ending, tie those of a place that no table knows to the only fuller chain of places.

    A body that is tied by its name is not tied by its place.
    """
    by_place: dict[str, list[str]] = defaultdict(list)
    for f in sorted(group, key=lambda f: f.key):
        by_place[place_of(f.key)].append(f.key)
    keys = {key for held in by_place.values() for key in held}
    joined: dict[str, tuple[str, str]] = {}
    candidates: list[Candidate] = []
    for place in sorted(by_place):
        chains = fuller(place, by_place)
        for key in by_place[place] if chains else ():
            rest = key.rpartition("/")[2]
            same = [[f"{BY_NAME}{p}/{rest}" for p in chained(place, chain, by_place)] for chain in chains]
            known = [[k for k in line if k in keys] for line in same]
            if len(chains) == 1 and known[0]:
                joined[key] = (known[0][0], "place-chain")
            else:
                candidates.extend(Candidate(key, line[0], AMBIGUOUS_PLACE, 0.5) for line in known if line)
    return Ties(joined, {}, tuple(candidates))


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
