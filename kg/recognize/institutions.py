"""Named organisations: heads found in one pass, names read to the left of them.

A name is ``[place chain | relative word | superior body] + fields of work + head`` (市 + 财政 + 局). The
automaton finds heads and complete names; :mod:`kg.recognize.bodies.left` reads where the name begins,
and :mod:`kg.recognize.bodies.around` drops classes of bodies, posts, meetings and sites.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import InstitutionName, Label, Mention
from kg.recognize.bodies.around import is_class_left, is_class_right, is_spoiled
from kg.recognize.bodies.defined import defined_names
from kg.recognize.bodies.lexicon import KNOWN, automaton
from kg.recognize.bodies.listed import between, listed_names
from kg.recognize.bodies.names import Hit
from kg.recognize.bodies.parse import Parser

_TOWN = re.compile(r"[镇乡](?:人民政府|党委|党政)|街道(?:办事处|党工委|党政)")
_NATIONAL = re.compile("国|中|全|最|党|人民|审计署|海关|世界|联合国")
_SCORES = {"full": 0.98, "relative": 0.98, "short": 0.9, "inner": 0.95, "defined": 0.97}


def recognize_institutions(
    doc: CleanDoc, structure: Structure, taken: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Mentions of institutions in order of the text, outside of ``taken``."""
    text = doc.text
    parser = Parser(text, township=_of_town(structure))
    shield = _Shield(taken, structure)
    hits = _kept(text, shield.outside(parser.hits(automaton().find(text))))
    hits = _merged(hits, shield.outside(listed_names(text, hits)))
    hits = _merged(hits, shield.outside(between(text, hits)))
    named = shield.outside(defined_names(text, hits))
    return tuple(_mention(text, hit) for hit in _merged(hits, named))


def _of_town(structure: Structure) -> bool:
    """Whether a town or a street issued the document."""
    return any(_TOWN.search(f.value) for f in (*structure.issuers, *structure.signature))


def _mention(text: str, hit: Hit) -> Mention:
    name = InstitutionName(hit.form, text[hit.start : hit.place_end], text[hit.place_end : hit.end])
    return Mention(
        Label.INSTITUTION,
        hit.start,
        hit.end,
        text[hit.start : hit.end],
        f"institution.{hit.rule}",
        _SCORES[hit.form],
        value=name,
    )


class _Shield:
    """Spans that are taken by mentions of other labels or by the number of the document itself."""

    def __init__(self, taken: tuple[Mention, ...], structure: Structure) -> None:
        own = (structure.number,) if structure.number else ()
        self._spans = sorted((t.start, t.end) for t in (*taken, *own))

    def outside(self, hits: list[Hit]) -> list[Hit]:
        """The hits that touch none of the spans; both are in order."""
        spans, kept, i = self._spans, [], 0
        for hit in hits:
            while i < len(spans) and spans[i][1] <= hit.start:
                i += 1
            if i == len(spans) or hit.end <= spans[i][0]:
                kept.append(hit)
        return kept


def _kept(text: str, hits: list[Hit]) -> list[Hit]:
    """Hits that are no classes, posts, meetings or sites."""
    kept: list[Hit] = []
    class_end = -1
    for hit in hits:
        bracket = is_class_right(text, hit.end)
        if bracket >= 0 or _is_class(text, hit, class_end):
            class_end = max(bracket, hit.end)
        elif is_spoiled(text, hit.end) and not (hit.kind == "group" and text.startswith("成员单位", hit.end)):
            at = hit.start
            while kept and kept[-1].end == at - 1 and text[at - 1] == "、" and hit.form == "short":
                at = kept.pop().start
        else:
            kept.append(hit)
    return kept


def _is_class(text: str, hit: Hit, class_end: int) -> bool:
    """Whether a name is one of a class, by the words before it or as the next of a list of classes."""
    if hit.kind == KNOWN and _NATIONAL.match(text, hit.start):
        return False
    bare = hit.place_end == hit.start and hit.form in ("short", "full")
    if bare and class_end == hit.start - 1 and text[class_end] in "、和及与或（(":
        return True
    return is_class_left(text, hit.start, "short" if bare and hit.kind == KNOWN else hit.form)


def _merged(hits: list[Hit], named: list[Hit]) -> list[Hit]:
    """Both lists in order; a defined name marks the hit with its span and fills gaps."""
    spans = {(h.start, h.end) for h in named}
    found = [replace(h, form="defined", rule="defined") if (h.start, h.end) in spans else h for h in hits]
    own = {(h.start, h.end) for h in hits}
    return sorted(found + [h for h in named if (h.start, h.end) not in own], key=lambda h: h.start)
