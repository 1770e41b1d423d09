"""The reader: the source text as laid out, each mention marked, and beside it what was found; one file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.model.entities import DocumentEntity, Entity, InstitutionEntity
from kg.model.extraction import Extraction, FoundCitation, FoundMention
from kg.render.embed import Lang, page, plain
from kg.render.marked import Marking, marked

_NAME, _LINE, _TEXT = 200, 80, 2000
Facts = list[tuple[str, str]]


def read_page(text: str, x: Extraction, lang: Lang = "zh", links: Mapping[str, str] | None = None) -> str:
    """The page of one source.

    Args:
        text: the source text that the offsets of ``x`` count.
        x: what was extracted from it.
        lang: language the page opens in.
        links: addresses of pages about entities, by their keys: the cited document, the institution.
    """
    entities = _entities(x, links or {})
    number = {key: i for i, key in enumerate(entities)}
    data = {
        "document": _facts(x.document),
        "declared": _declared(x),
        "source": plain(x.source, _NAME),
        "entities": list(entities.values()),
        "mentions": [_mention(m, number) for m in x.mentions],
        "citations": [_citation(c, text, number) for c in x.citations],
        "statements": _statements(x, text, number),
        "issues": [
            {
                "code": i.code,
                "message": plain(i.message, _TEXT),
                "stage": i.stage.value,
                "start": i.start,
                "end": i.end,
            }
            for i in x.issues
        ],
    }
    title = plain(x.document.title or x.document.number or x.source, _NAME)
    body = {"text": marked(text, _markings(x)), "title": title}
    return page("read", lang, data, scripts=("core.js", "read.js"), styles=("base.css", "read.css"), **body)


def _kind(e: Entity) -> tuple[str, str]:
    """Kind of an entity on the page, and its name."""
    if isinstance(e, DocumentEntity):
        return "document", e.title or e.number or e.key
    return "institution" if isinstance(e, InstitutionEntity) else "measure", e.name


def _entities(x: Extraction, links: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    names = {e.key: _kind(e)[1] for e in x.entities}
    found: dict[str, dict[str, Any]] = {}
    for e in (*x.entities, x.document):
        kind, name = _kind(e)
        facts = _facts(e)
        if isinstance(e, InstitutionEntity) and e.parent:
            facts.append(("parent", plain(names.get(e.parent, e.parent), _NAME)))
        found[e.key] = {
            "kind": kind,
            "name": plain(name, _NAME),
            "facts": facts,
            "link": links.get(e.key),
        }
    return found


def _facts(e: Entity) -> Facts:
    if isinstance(e, DocumentEntity):
        pairs = [
            ("title", e.title),
            ("number", e.number),
            ("issuer", "、".join(e.issuers)),
            ("date", e.date),
            ("genre", e.genre),
            ("level", e.level),
            ("version", e.version),
        ]
    elif isinstance(e, InstitutionEntity):
        pairs = [("kind", e.kind), ("since", e.since), ("until", e.until)]
    else:
        pairs = [("kind", e.kind)]
    pairs += [("aliases", "、".join(e.aliases)), ("id", e.key)]
    return [(k, plain(v, _TEXT)) for k, v in pairs if v]


def _declared(x: Extraction) -> Facts:
    d = x.declared
    pairs = (
        ("title", d.title),
        ("number", d.number),
        ("issuer", "、".join(d.issuers)),
        ("date", d.date),
        ("url", d.url),
    )
    return [(k, plain(v, _TEXT)) for k, v in pairs if v]


def _mention(m: FoundMention, number: Mapping[str, int]) -> dict[str, Any]:
    return {
        "entity": number.get(m.entity or ""),
        "label": m.label.lower(),
        "start": m.start,
        "end": m.end,
        "rule": plain(m.rule, _LINE),
        "score": round(m.score, 3),
    }


def _citation(c: FoundCitation, text: str, number: Mapping[str, int]) -> dict[str, Any]:
    start, end = c.sentence
    return {
        "cited": number.get(c.cited),
        "type": c.type.value,
        "start": c.start,
        "end": c.end,
        "article": plain(c.article or "", _LINE),
        "rule": plain(c.rule, _LINE),
        "score": round(c.score, 3),
        "quote": {"text": plain(text[start:end], _TEXT), "source": "", "start": start, "end": end},
    }


def _statements(x: Extraction, text: str, number: Mapping[str, int]) -> list[dict[str, Any]]:
    """Relations, legal events and figures as triples of texts with their places."""
    own = number[x.document.key]
    rows: list[dict[str, Any]] = []
    for r in x.relations:
        subject = own if r.subject == "self" else number.get(r.subject)
        rows.append(_row(text, r.start, r.end, subject, r.predicate, number.get(r.object), r.status.value))
    for v in x.events:
        by = own if v.by is None else number.get(v.by)
        rows.append(_row(text, v.start, v.end, by, v.kind.value, number.get(v.document), v.date or ""))
    for f in x.figures:
        value = f"{f.indicator} {f.value}{f.unit} {f.as_of or ''}".strip()
        rows.append(_row(text, f.start, f.end, number.get(f.measure), "figure", None, plain(value, _NAME)))
    return sorted(rows, key=lambda row: (row["start"], row["end"], row["type"]))


def _row(
    text: str, start: int, end: int, subject: int | None, kind: str, target: int | None, note: str
) -> dict[str, Any]:
    quote = plain(text[start:end], _TEXT)
    return {
        "start": start,
        "end": end,
        "subject": subject,
        "type": kind,
        "object": target,
        "note": note,
        "text": quote,
    }


def _markings(x: Extraction) -> list[Marking]:
    types: dict[tuple[int, int], set[str]] = {}
    for c in x.citations:
        types.setdefault((c.start, c.end), set()).add(c.type.value)
    found = []
    for i, m in enumerate(x.mentions):
        kind = m.label.lower()
        attributes = {"class": f"k-{kind}" + ("" if m.entity else " open"), "data-m": str(i)}
        if kind == "document" and (cited := types.get((m.start, m.end))):
            attributes["data-types"] = " ".join(sorted(cited))
        found.append(Marking(m.start, m.end, f"m{i}", attributes))
    for i, issue in enumerate(x.issues):
        if issue.start is not None and issue.end is not None:
            found.append(Marking(issue.start, issue.end, f"i{i}", {"class": "issue", "data-i": str(i)}))
    return found
