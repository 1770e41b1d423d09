"""The extraction file: one JSON object a line, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from kg.model.documents import Declared, PartKind
from kg.model.entities import DocumentEntity, Entity, InstitutionEntity, MeasureEntity
from kg.model.extraction import (
    Extraction,
    FoundCitation,
    FoundEvent,
    FoundFigure,
    FoundMention,
    FoundPart,
    FoundRelation,
)
from kg.model.issues import Issue, Stage
from kg.model.mentions import Label
from kg.model.statements import CitationType, EventKind, Status

Json = dict[str, Any]
_EMPTY: tuple[object, ...] = (None, [], (), {}, "")


def dumps(x: Extraction) -> str:
    """One line of the extraction file, without the line end."""
    return json.dumps(to_json(x), ensure_ascii=False, separators=(",", ":"))


def loads(line: str) -> Extraction:
    """The extraction that :func:`dumps` wrote."""
    return from_json(json.loads(line))


def to_json(x: Extraction) -> Json:
    """The object of one source; empty fields of its parts are left out."""
    return {
        "source": x.source,
        "sha256": x.sha256,
        "media_type": x.media_type,
        "document": _document(x.document),
        "declared": _declared(x.declared),
        "parts": [_filled(kind=p.kind.value, start=p.start, end=p.end, document=p.document) for p in x.parts],
        "entities": [_entity(e) for e in x.entities],
        "mentions": [_mention(m) for m in x.mentions],
        "citations": [_citation(c) for c in x.citations],
        "events": [
            _filled(document=v.document, kind=v.kind.value, date=v.date, by=v.by, **_evidence(v))
            for v in x.events
        ],
        "relations": [
            _filled(
                subject=r.subject,
                predicate=r.predicate,
                object=r.object,
                status=r.status.value,
                **_evidence(r),
            )
            for r in x.relations
        ],
        "figures": [
            _filled(
                measure=f.measure,
                indicator=f.indicator,
                value=f.value,
                unit=f.unit,
                as_of=f.as_of,
                **_evidence(f),
            )
            for f in x.figures
        ],
        "issues": [issue_json(i) for i in x.issues],
    }


def from_json(o: Json) -> Extraction:
    """The extraction of an object that :func:`to_json` made.

    Raises:
        KeyError: when a field that is never left out is missing.
        ValueError: when a term is not of its vocabulary.
    """
    source = o["source"]
    declared = o["declared"]
    return Extraction(
        source=source,
        sha256=o["sha256"],
        media_type=o["media_type"],
        document=_to_document(o["document"]),
        declared=Declared(
            declared.get("title"),
            declared.get("number"),
            tuple(declared.get("issuer", ())),
            declared.get("date"),
            declared.get("url"),
        ),
        parts=_each(
            o["parts"], lambda p: FoundPart(**{**_optional(p, "document"), "kind": PartKind(p["kind"])})
        ),
        entities=_each(o["entities"], _to_entity),
        mentions=_each(o["mentions"], _to_mention),
        citations=_each(o["citations"], _to_citation),
        events=_each(
            o["events"],
            lambda v: FoundEvent(**{**_optional(_placed(v), "date", "by"), "kind": EventKind(v["kind"])}),
        ),
        relations=_each(
            o["relations"], lambda r: FoundRelation(**{**_placed(r), "status": Status(r["status"])})
        ),
        figures=_each(
            o["figures"],
            lambda f: FoundFigure(**{"unit": "", "indicator": "", **_optional(_placed(f), "as_of")}),
        ),
        issues=_each(
            o["issues"],
            lambda i: Issue(Stage(i["stage"]), i["code"], i["message"], source, i.get("start"), i.get("end")),
        ),
    )


def issue_json(i: Issue) -> Json:
    """An issue without its source, which the object around it names."""
    return _filled(stage=i.stage.value, code=i.code, message=i.message, start=i.start, end=i.end)


def _filled(**pairs: Any) -> Json:
    return {k: v for k, v in pairs.items() if v not in _EMPTY}


def _optional(o: Json, *names: str) -> Json:
    return {**dict.fromkeys(names), **o}


def _each(items: list[Json], make: Callable[[Json], Any]) -> tuple[Any, ...]:
    return tuple(map(make, items))


def _evidence(x: FoundEvent | FoundRelation | FoundFigure) -> Json:
    return {"start": x.start, "end": x.end, "score": x.score, "rule": x.rule, "sentence": list(x.sentence)}


def _placed(o: Json) -> Json:
    """The sentence of a statement as a span."""
    return {**o, "sentence": tuple(o["sentence"])}


def _declared(d: Declared) -> Json:
    return _filled(title=d.title, number=d.number, issuer=list(d.issuers), date=d.date, url=d.url)


def _mention(m: FoundMention) -> Json:
    o: Json = {
        "start": m.start,
        "end": m.end,
        "text": m.text,
        "label": m.label,
        "entity": m.entity,
        "rule": m.rule,
        "score": m.score,
    }
    if m.sentence is not None:
        o["sentence"] = list(m.sentence)
    return o if m.recognizer == "rules" else {**o, "recognizer": m.recognizer}


def _to_mention(o: Json) -> FoundMention:
    return FoundMention(**(_placed(o) if "sentence" in o else o))


def _citation(c: FoundCitation) -> Json:
    return _filled(
        cited=c.cited,
        type=c.type.value,
        start=c.start,
        end=c.end,
        score=c.score,
        rule=c.rule,
        article=c.article,
        citing=c.citing,
        evidence=list(c.evidence),
        sentence=list(c.sentence),
    )


def _to_citation(o: Json) -> FoundCitation:
    fields = _optional(o, "article", "citing")
    spans = {"evidence": tuple(o["evidence"]), "sentence": tuple(o["sentence"])}
    return FoundCitation(**{**fields, **spans, "type": CitationType(o["type"])})


def _document(d: DocumentEntity) -> Json:
    return _filled(
        id=d.key,
        title=d.title,
        number=d.number,
        issuer=list(d.issuers),
        date=d.date,
        genre=d.genre,
        level=d.level,
        version=d.version,
        carrier=d.carrier,
        part=d.part,
        aliases=list(d.aliases),
    )


def _to_document(o: Json) -> DocumentEntity:
    return DocumentEntity(
        o["id"],
        o.get("title"),
        o.get("number"),
        tuple(o.get("aliases", ())),
        o.get("version"),
        tuple(o.get("issuer", ())),
        o.get("date"),
        o.get("genre"),
        o.get("level"),
        o.get("carrier"),
        o.get("part"),
    )


def _entity(e: Entity) -> Json:
    if isinstance(e, DocumentEntity):
        return {"label": e.label.value, "name": e.title or e.number or "", **_document(e)}
    common = {"id": e.key, "label": e.label.value, "name": e.name, "aliases": list(e.aliases), "kind": e.kind}
    if isinstance(e, InstitutionEntity):
        return _filled(**common, division=e.division, parent=e.parent, since=e.since, until=e.until)
    return _filled(**common, broader=e.broader)


def _to_entity(o: Json) -> Entity:
    label = Label(o["label"])
    if label is Label.DOCUMENT:
        return _to_document(o)
    common = (o["id"], o["name"], tuple(o.get("aliases", ())), o.get("kind", ""))
    if label is Label.MEASURE:
        return MeasureEntity(*common, o.get("broader"))
    return InstitutionEntity(*common, o.get("division"), o.get("parent"), o.get("since"), o.get("until"))
