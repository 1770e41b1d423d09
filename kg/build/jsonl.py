"""The extraction file: one JSON object a line."""

from __future__ import annotations

import json
from typing import Any

from kg.model.entities import DocumentEntity, Entity, InstitutionEntity
from kg.model.extraction import Extraction


def to_json(x: Extraction) -> dict[str, Any]:
    """The object that `kg extract` writes; empty fields are left out."""
    return _filled(
        {
            "source": x.source,
            "sha256": x.sha256,
            "media_type": x.media_type,
            "document": _document(x.document),
            "declared": _filled(
                {
                    "title": x.declared.title,
                    "number": x.declared.number,
                    "issuer": list(x.declared.issuers),
                    "date": x.declared.date,
                    "url": x.declared.url,
                }
            ),
            "parts": [
                _filled({"kind": p.kind.value, "start": p.start, "end": p.end, "document": p.document})
                for p in x.parts
            ],
            "entities": [_entity(e) for e in x.entities],
            "mentions": [
                {
                    "start": m.start,
                    "end": m.end,
                    "text": m.text,
                    "label": m.label,
                    "entity": m.entity,
                    "rule": m.rule,
                    "score": m.score,
                }
                for m in x.mentions
            ],
            "citations": [
                _filled(
                    {
                        "cited": c.cited,
                        "type": c.type.value,
                        "start": c.start,
                        "end": c.end,
                        "score": c.score,
                        "rule": c.rule,
                        "article": c.article,
                        "citing": c.citing,
                        "evidence": list(c.evidence),
                        "sentence": list(c.sentence),
                    }
                )
                for c in x.citations
            ],
            "events": [
                _filled(
                    {
                        "document": v.document,
                        "kind": v.kind.value,
                        "date": v.date,
                        "by": v.by,
                        "start": v.start,
                        "end": v.end,
                        "score": v.score,
                        "rule": v.rule,
                    }
                )
                for v in x.events
            ],
            "relations": [
                {
                    "subject": r.subject,
                    "predicate": r.predicate,
                    "object": r.object,
                    "status": r.status.value,
                    "start": r.start,
                    "end": r.end,
                    "score": r.score,
                    "rule": r.rule,
                }
                for r in x.relations
            ],
            "figures": [
                _filled(
                    {
                        "measure": f.measure,
                        "indicator": f.indicator,
                        "value": f.value,
                        "unit": f.unit,
                        "as_of": f.as_of,
                        "start": f.start,
                        "end": f.end,
                        "score": f.score,
                        "rule": f.rule,
                    }
                )
                for f in x.figures
            ],
            "issues": [
                _filled(
                    {
                        "stage": i.stage.value,
                        "code": i.code,
                        "message": i.message,
                        "start": i.start,
                        "end": i.end,
                    }
                )
                for i in x.issues
            ],
        },
        keep=("entities", "mentions", "citations", "relations", "issues"),
    )


def dumps(x: Extraction) -> str:
    """One line of the extraction file, without the line end."""
    return json.dumps(to_json(x), ensure_ascii=False, separators=(",", ":"))


def _filled(pairs: dict[str, Any], keep: tuple[str, ...] = ()) -> dict[str, Any]:
    return {k: v for k, v in pairs.items() if k in keep or v not in (None, [], (), {}, "")}


def _document(d: DocumentEntity) -> dict[str, Any]:
    return _filled(
        {
            "id": d.key,
            "title": d.title,
            "number": d.number,
            "issuer": list(d.issuers),
            "date": d.date,
            "genre": d.genre,
            "level": d.level,
            "version": d.version,
            "carrier": d.carrier,
        }
    )


def _entity(e: Entity) -> dict[str, Any]:
    if isinstance(e, DocumentEntity):
        name = e.title or e.number
        return _filled({"label": e.label.value, "name": name, "aliases": list(e.aliases), **_document(e)})
    common = {"id": e.key, "label": e.label.value, "name": e.name, "aliases": list(e.aliases), "kind": e.kind}
    if isinstance(e, InstitutionEntity):
        extra = {"division": e.division, "parent": e.parent, "since": e.since, "until": e.until}
        return _filled({**common, **extra})
    return _filled({**common, "broader": e.broader})
