"""Scoring of extractions against annotated documents, figure for figure as the guidelines' own scorer."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kg.evaluate.norm import Range, iou, norm, norm_number, norm_title, trimmed
from kg.evaluate.tally import BCubed, Share, Tally
from kg.model.errors import WenmaiError

LABELS = ("INSTITUTION", "DOCUMENT", "MEASURE")
MAX_TYPES = 2
METADATA: tuple[tuple[str, Callable[[str | None], str]], ...] = (
    ("title", norm),
    ("number", norm_number),
    ("date", norm),
)
Json = dict[str, Any]
T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One line of the error list: the file, the kind of error and what is wrong."""

    file: str
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.file} {self.kind} {self.what}"


@dataclass(slots=True)
class Scores:
    """All tallies of a run; :meth:`figures` gives them as plain numbers."""

    mentions: dict[str, Tally] = field(default_factory=lambda: {lb: Tally() for lb in LABELS})
    overlap: dict[str, Tally] = field(default_factory=lambda: {lb: Tally() for lb in LABELS})
    entities: dict[str, Tally] = field(default_factory=lambda: {lb: Tally() for lb in LABELS})
    b3: dict[str, BCubed] = field(default_factory=lambda: {lb: BCubed() for lb in LABELS})
    linking: dict[str, Share] = field(default_factory=lambda: {lb: Share() for lb in LABELS[:2]})
    parents: Share = field(default_factory=Share)
    numbers: Tally = field(default_factory=Tally)
    citations: Tally = field(default_factory=Tally)
    issuer: Tally = field(default_factory=Tally)
    metadata: dict[str, Share] = field(default_factory=lambda: {k: Share() for k, _ in METADATA})
    mistakes: list[Mistake] = field(default_factory=list)

    def figures(self) -> Json:
        """The figures as JSON values."""
        return {
            "mentions": {lb: t.row() for lb, t in self.mentions.items()},
            "overlap": {lb: t.row() for lb, t in self.overlap.items()},
            "entities": {lb: t.row() for lb, t in self.entities.items()},
            "b3": {lb: b.f1() for lb, b in self.b3.items()},
            "linking": {lb: s.row() for lb, s in self.linking.items()},
            "parents": self.parents.row(),
            "numbers": self.numbers.row(),
            "citations": self.citations.row(),
            "issuer": self.issuer.row(),
            "metadata": {k: {"right": s.right, "of": s.of} for k, s in self.metadata.items()},
        }


def annotation(path: Path) -> Json:
    """One document's annotations.

    Raises:
        WenmaiError: the file holds something else.
    """
    try:
        found: Json = json.loads(path.read_text(encoding="utf-8"))
        if {"file", "entities", "mentions"} <= found.keys():
            return found
    except (ValueError, AttributeError):
        pass
    raise WenmaiError(f"{path} 不是标注文件", f"{path} is no file of annotations")


def evaluate(gold: Path, extractions: Iterable[Json], corpus: Path) -> Scores:
    """Score extractions (objects of the extraction file) against a folder of annotations.

    Args:
        gold: folder of annotations, one JSON file a document.
        extractions: what was found; the last two parts of ``source`` name the document.
        corpus: folder of the annotated texts.

    Raises:
        WenmaiError: when an annotated text is not in ``corpus``.
    """
    found = {"/".join(Path(x["source"]).parts[-2:]): x for x in extractions}
    scores = Scores()
    for path in sorted(gold.glob("*.json")):
        annotated = annotation(path)
        file = corpus / annotated["file"]
        if not file.exists():
            raise WenmaiError(
                f"找不到标注的原文：{file}（用 --corpus 指定原文目录）",
                f"the annotated text is not there: {file} (name its folder with --corpus)",
            )
        with file.open(encoding="utf-8", newline="") as stream:
            text = stream.read()
        _Document(scores, annotated, found.get(annotated["file"], {}), text).score()
    return scores


def _pairs(gold: Sequence[T], found: Sequence[U], good: Callable[[T, U], bool]) -> list[tuple[int, int]]:
    """One-to-one pairs, greedy and in order."""
    taken: set[int] = set()
    pairs = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            if j not in taken and good(g, f):
                taken.add(j)
                pairs.append((i, j))
                break
    return pairs


def _same_document(gold: Json, found: Json) -> bool:
    gn, fn = norm_number(gold.get("number")), norm_number(found.get("number"))
    if gn and fn:
        return gn == fn
    accepted = {norm_title(t) for t in (gold.get("title"), *gold.get("names", ())) if t}
    name = found.get("title") or found.get("name")
    return norm_title(name) in accepted or bool(gn and gn == norm_number(name))


def _same_institution(gold: Json, found: Json) -> bool:
    return norm(found.get("name")) in {norm(n) for n in gold["names"]}


class _Document:
    """Scores one document into the tallies."""

    def __init__(self, scores: Scores, gold: Json, found: Json, text: str) -> None:
        self.scores, self.gold, self.found, self.text = scores, gold, found, text
        self.found_entities = {e["id"]: e for e in found.get("entities", ())}
        self.gold_entities = {e["id"]: e for e in gold["entities"]}
        marks = [(m["start"], m["end"], m["label"]) for m in gold["mentions"]]
        self.ignored = [(a, b) for a, b, label in marks if label == "ignore"]
        self.others = [mark for mark in marks if mark[2] != "ignore"]

    def score(self) -> None:
        for label in LABELS:
            gold, found = self.spans(self.gold, label), self.spans(self.found, label)
            self.score_mentions(label, gold, found)
            self.score_links(label, gold, found)
            self.score_entities(label, gold, found)
        self.score_metadata()

    def say(self, kind: str, *words: object) -> None:
        self.scores.mistakes.append(Mistake(self.gold["file"], kind, " ".join(map(str, words))))

    def spans(self, side: Json, label: str) -> dict[Range, str]:
        return {
            trimmed(self.text, m["start"], m["end"]): m.get("entity")
            for m in side.get("mentions", ())
            if m["label"] == label
        }

    def forgiven(self, span: Range, label: str) -> bool:
        """Mostly on ignored text, or nested in a mention of another label."""
        a, b = span
        return any(2 * (min(b, y) - max(a, x)) >= b - a for x, y in self.ignored) or any(
            x <= a and b <= y and other != label for x, y, other in self.others
        )

    def context(self, span: Range) -> str:
        a, b = span
        return re.sub(
            r"\s+", "", f"{self.text[max(0, a - 12) : a]}【{self.text[a:b]}】{self.text[b : b + 12]}"
        )

    def score_mentions(self, label: str, gold: dict[Range, str], found: dict[Range, str]) -> None:
        hit = set(gold) & set(found)
        missed = sorted(set(gold) - hit)
        extra = sorted(s for s in set(found) - hit if not self.forgiven(s, label))
        for span in missed:
            self.say(label, "missed", self.context(span))
        for span in extra:
            self.say(label, "wrong", self.context(span))
        touching = len(_pairs(missed, extra, lambda g, f: iou(g, f) >= 0.5))
        self.scores.mentions[label].add(len(hit), len(extra), len(missed))
        self.scores.overlap[label].add(len(hit) + touching, len(extra) - touching, len(missed) - touching)

    def score_links(self, label: str, gold: dict[Range, str], found: dict[Range, str]) -> None:
        hit = sorted(set(gold) & set(found))
        self.scores.b3[label].add([(gold[s], found[s]) for s in hit])
        if label not in self.scores.linking:
            return
        same = _same_document if label == "DOCUMENT" else _same_institution
        for span in hit:
            g, f = self.gold_entities[gold[span]], self.found_entities.get(found[span])
            right = bool(f and same(g, f))
            self.scores.linking[label].add(right)
            if not right:
                name = f and (f.get("title") or f.get("name"))
                names, title, number = (g.get("names") or [])[:2], g.get("title") or "", g.get("number") or ""
                self.say("link", repr(self.text[span[0] : span[1]]), "->", name, "not", names, title, number)

    def score_entities(self, label: str, gold: dict[Range, str], found: dict[Range, str]) -> None:
        wanted = [e for e in self.gold["entities"] if e["label"] == label]
        of_gold, of_found = _by_entity(gold), _by_entity(found)
        given = [
            e
            for e in self.found.get("entities", ())
            if e.get("label") == label
            and of_found[e["id"]]
            and not all(s not in gold and self.forgiven(s, label) for s in of_found[e["id"]])
        ]

        def overlapping(g: Json, f: Json) -> bool:
            return any(iou(a, b) >= 0.5 for a in of_gold[g["id"]] for b in of_found[f["id"]])

        same = {"MEASURE": overlapping, "DOCUMENT": _same_document, "INSTITUTION": _same_institution}[label]
        pairs = _pairs(wanted, given, same)
        self.scores.entities[label].add(len(pairs), len(given) - len(pairs), len(wanted) - len(pairs))
        self.say_entities(label, wanted, given, pairs)
        if label == "INSTITUTION":
            self.score_parents([(wanted[i], given[j]) for i, j in pairs])
        elif label == "DOCUMENT":
            matched = {wanted[i]["id"]: given[j] for i, j in pairs}
            taken = {j for _, j in pairs}
            self.score_citations(matched, [e for j, e in enumerate(given) if j not in taken])

    def say_entities(
        self, label: str, wanted: list[Json], given: list[Json], pairs: list[tuple[int, int]]
    ) -> None:
        hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, e in enumerate(wanted):
            if i not in hit:
                names = (e.get("names") or [])[:1]
                self.say("entity", label, "missed", names, e.get("title") or "", e.get("number") or "")
        for j, e in enumerate(given):
            if j not in used:
                self.say("entity", label, "wrong", e.get("title") or e.get("name"), e.get("number") or "")

    def score_parents(self, pairs: list[tuple[Json, Json]]) -> None:
        for g, f in pairs:
            if not g.get("parent"):
                continue
            parent = f.get("parent")
            up = self.found_entities.get(parent, {}).get("name") or parent
            accepted = {norm(g["parent"])} | {
                norm(n)
                for e in self.gold["entities"]
                if g["parent"] in e.get("names", ())
                for n in e["names"]
            }
            self.scores.parents.add(norm(up) in accepted)

    def score_citations(self, matched: dict[str, Json], extra: list[Json]) -> None:
        types: dict[str, list[str]] = defaultdict(list)
        for c in self.found.get("citations", ()):
            if c["type"] not in types[c["cited"]]:
                types[c["cited"]].append(c["type"])
        for g in self.gold["entities"]:
            if g["label"] != "DOCUMENT":
                continue
            f = matched.get(g["id"])
            gn, fn = norm_number(g.get("number")), norm_number(f.get("number")) if f else ""
            self.scores.numbers.add(
                bool(gn) and gn == fn, bool(gn and fn) and gn != fn, bool(gn) and gn != fn
            )
            given = types[f["id"]][: MAX_TYPES + 1] if f else []
            right = bool(set(given) & set(g["types"])) and len(given) <= MAX_TYPES
            self.scores.citations.add(right, bool(given) and not right, not right)
            if not right:
                self.say("citation", g.get("title") or g.get("number"), given or "none", "not", g["types"])
        self.scores.numbers.add(0, sum(bool(e.get("number")) for e in extra), 0)
        self.scores.citations.add(0, sum(bool(types[e["id"]]) for e in extra), 0)

    def score_metadata(self) -> None:
        gold, found = self.gold["document"], self.found.get("document") or {}
        for key, same in METADATA:
            if gold.get(key):
                right = same(gold[key]) == same(found.get(key))
                self.scores.metadata[key].add(right)
                if not right:
                    self.say("metadata", key, found.get(key), "not", gold[key])
        if gold.get("issuer"):
            accepted = {norm(n) for n in gold["issuer"]}
            given = {norm(n) for n in found.get("issuer") or ()}
            right = bool(given & accepted)
            self.scores.issuer.add(right, len(given - accepted), not right)
            if not given or given - accepted:
                self.say("metadata", "issuer", found.get("issuer"), "not", gold["issuer"][:2])


def _by_entity(spans: dict[Range, str]) -> dict[str, list[Range]]:
    of: dict[str, list[Range]] = defaultdict(list)
    for span, entity in spans.items():
        of[entity].append(span)
    return of
