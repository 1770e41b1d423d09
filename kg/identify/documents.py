"""Which keys of documents stand for one work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from kg.grammar.titles import is_edition, split_edition
from kg.identify.facts import KeyFacts
from kg.identify.identity import Candidate, Ties, rank
from kg.identify.orders import announcement, is_national, order_form
from kg.identify.titles import core_of, issuer_of

_SPECIFIC = 10
"""Characters from which a title without its issuer is specific enough to stand for the one with it."""


_SERIES = 12
"""Numbers that share a title beyond which it is the title of a series."""


def cores_of(f: KeyFacts) -> list[str]:
    """What the titles of a key have in common with other ways of writing them; an amended text is the same work."""
    titles = f.all("title") if is_numbered(f) else f.all("title")[:1]
    return sorted({core_of(split_edition(title)[0]).core for title in titles})


def tie_core(core: str, group: Iterable[KeyFacts]) -> Ties:
    """Tie the title keys of one core to its numbered keys and to each other.

    A number and a title seen together are evidence, not a merge: a title key joins a numbered key only
    where one number clearly owns the title; two numbered keys never join. A title key has one core, so that
    what is found for one core has no bearing on another.
    """
    ranked = sorted(group, key=lambda f: rank(f.key))
    numbered = [f for f in ranked if is_numbered(f)]
    titled = [f for f in ranked if not is_numbered(f)]
    joined: dict[str, tuple[str, str]] = {}
    carried: dict[str, str] = {}
    works = _works(core, titled)
    joined.update(_announced(core, numbered))
    candidates = [*_slips(core, numbered), *_conflicts(core, numbered), *_unnamed(works)]
    for scope, members in works:
        first, *rest = members
        for other in rest:
            joined.setdefault(other.key, (first.key, "same-title"))
        owners = [f for f in numbered if scope in ("", scope_of(f)) and _fits(members, f, core)]
        owner = _owner(core, owners, joined)
        if owner is None:
            candidates.extend(Candidate(first.key, f.key, "ambiguous-title", 0.5) for f in owners)
        elif _main_core(owner) == core or _typo(_main_core(owner), core):
            for f in members:
                joined[f.key] = (owner.key, "title-of-number")
        else:
            carried[first.key] = owner.key
    return Ties(joined, carried, tuple(candidates))


def tie_order(group: Iterable[KeyFacts]) -> Ties:
    """Tie the forms of one order's number, unless their titles say that they are two."""
    first, *rest = sorted(group, key=lambda f: rank(f.key))
    joined: dict[str, tuple[str, str]] = {}
    candidates: list[Candidate] = []
    for other in rest:
        if _one_order(first, other):
            joined[other.key] = (first.key, "number-form")
        else:
            candidates.append(Candidate(other.key, first.key, "same-number", 0.6))
    return Ties(joined, {}, tuple(candidates))


def _one_order(a: KeyFacts, b: KeyFacts) -> bool:
    """Whether neither titles nor days contradict that two numbers are one; local ones, which begin anew, must agree."""
    mine, other = cores_of(a), cores_of(b)
    alike = any(x in y or y in x or _typo(x, y) for x in mine for y in other)
    days = (set(a.all("date")), set(b.all("date")))
    if (mine and other and not alike) or (all(days) and not days[0] & days[1]):
        return False
    return alike or bool(days[0] & days[1]) or is_national(order_form(a.key) or "")


def _slips(core: str, numbered: Sequence[KeyFacts]) -> Iterator[Candidate]:
    """Numbers of one title that differ by one digit: the one that fewer give is in doubt."""
    if len(core) < _SPECIFIC or len(numbered) > _SERIES:
        return
    for i, a in enumerate(numbered):
        for b in numbered[i + 1 :]:
            x, y = a.best("number") or "", b.best("number") or ""
            if Levenshtein.distance(x, y, score_cutoff=1) == 1:
                left, right = sorted((a, b), key=lambda f: (f.support, rank(f.key)))
                if not left.attested:
                    yield Candidate(left.key, right.key, "number-slip", 0.85)


def _announced(core: str, numbered: Sequence[KeyFacts]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Announcements of one title, year and serial are one where one number leaves out bodies or the word 公告."""
    seen: list[tuple[KeyFacts, tuple[str, str, str, str]]] = []
    for f in numbered if len(core) >= _SPECIFIC else ():
        found = announcement(f.key)
        if found is None:
            continue
        same = [g for g, other in seen if other[:2] == found[:2] and _shorter(other, found)]
        if same:
            yield f.key, (same[0].key, "number-form")
        else:
            seen.append((f, found))


def _shorter(a: tuple[str, str, str, str], b: tuple[str, str, str, str]) -> bool:
    return (a[2] == b[2] or not (a[2] and b[2])) and (a[3] in b[3] or b[3] in a[3])


def _conflicts(core: str, numbered: Sequence[KeyFacts]) -> Iterator[Candidate]:
    """Numbers that stand beside a title here and there, which others give to another number."""
    if len(core) < _SPECIFIC or len(numbered) > _SERIES:
        return
    owners = [f for f in numbered if _main_core(f) == core]
    for f in numbered:
        main = _main_core(f)
        if main != core and main not in core and core not in main and not _typo(main, core):
            yield from (Candidate(f.key, owner.key, "number-conflict", 0.6) for owner in owners)


def _unnamed(works: Sequence[tuple[str, list[KeyFacts]]]) -> Iterator[Candidate]:
    """A title without its issuer where several issuers have one."""
    for scope, members in works:
        if all(_issuer(f) == "" for f in members):
            others = [m[0] for s, m in works if s == scope and m is not members and _issuer(m[0])]
            yield from (Candidate(members[0].key, other.key, "ambiguous-title", 0.5) for other in others)


def is_numbered(f: KeyFacts) -> bool:
    """Whether the key is that of a number."""
    return f.key.startswith("document/number/")


def scope_of(f: KeyFacts) -> str:
    """The scope in a key such as ``document/title/441802-1988/工作方案``; empty where it has none."""
    return f.key.split("/", 2)[2].rpartition("/")[0]


def _works(core: str, titled: Iterable[KeyFacts]) -> list[tuple[str, list[KeyFacts]]]:
    """Scope and keys of each work among title keys of one core: of one scope and one issuer.

    A title without its issuer (关于…的意见) joins the one that names it, where there is just one.
    """
    groups: dict[tuple[str, str], list[KeyFacts]] = defaultdict(list)
    for f in titled:
        groups[scope_of(f), _issuer(f)].append(f)
    for scope in sorted({scope for scope, _ in groups}):
        named = [issuer for s, issuer in groups if s == scope and issuer]
        if len(named) == 1 and (scope, "") in groups and len(core) >= _SPECIFIC:
            groups[scope, named[0]] += groups.pop((scope, ""))
    return [(key[0], sorted(groups[key], key=lambda f: rank(f.key))) for key in sorted(groups)]


def _issuer(f: KeyFacts) -> str:
    return issuer_of(f.best("title") or "")


def _fits(titled: Sequence[KeyFacts], numbered: KeyFacts, core: str) -> bool:
    """Whether nothing stated of a work without number and a numbered one contradicts that they are one."""
    issuers = {_issuer(f) for f in titled} - {""}
    titles = [split_edition(title)[0] for title in numbered.all("title")]
    theirs = {issuer_of(title) for title in titles if core_of(title).core == core} - {""}
    if issuers != theirs and ((issuers and theirs) or len(core) < _SPECIFIC):
        return False
    of_its_day = order_form(numbered.key) is None and any(f.attested for f in titled)
    return _agree(titled, numbered, "version") and (not of_its_day or _agree(titled, numbered, "date"))


def _agree(titled: Sequence[KeyFacts], numbered: KeyFacts, attribute: str) -> bool:
    mine = {v for f in titled for v in f.all(attribute) if not is_edition(v)}
    other = {v for v in numbered.all(attribute) if not is_edition(v)}
    return not mine or not other or bool(mine & other)


def _support(core: str, f: KeyFacts) -> int:
    return sum(w for title, w in f.values["title"].items() if core_of(split_edition(title)[0]).core == core)


def _owner(core: str, owners: Sequence[KeyFacts], joined: Mapping[str, tuple[str, str]]) -> KeyFacts | None:
    """The number that owns a title: the only one, or one with over twice the support of the next.

    Forms of one number count together.
    """
    forms: dict[str, list[KeyFacts]] = defaultdict(list)
    for f in sorted(owners, key=lambda f: rank(f.key)):
        first = joined[f.key][0] if f.key in joined else f.key
        forms[order_form(first) or first].append(f)
    support = {form: sum(_support(core, f) for f in forms[form]) for form in forms}
    ranked = sorted(forms, key=lambda form: (-support[form], rank(forms[form][0].key)))
    if not ranked or (len(ranked) > 1 and support[ranked[0]] <= 2 * support[ranked[1]]):
        return None
    return forms[ranked[0]][0]


def _main_core(f: KeyFacts) -> str:
    return core_of(split_edition(f.best("title") or "")[0]).core


def _typo(left: str, right: str) -> bool:
    return Levenshtein.distance(left, right, score_cutoff=2) <= 2 and min(len(left), len(right)) >= 8
