"""The pipeline as spaCy components: ``kg_documents``, ``kg_institutions``, ``kg_measures``, ``kg_resolver``.

For those who work with spaCy: results stand in ``doc.spans`` (one group a label), ``doc.ents`` holds
them where they do not overlap, so displaCy draws them. A ``Doc`` costs more than all the
rules: a build makes none.

>>> nlp = spacy.blank("zh")
>>> for name in FACTORIES:
...     nlp.add_pipe(name)
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.clean import clean
from kg.model.documents import CleanDoc, SourceDoc, Structure
from kg.model.mentions import Label, Mention
from kg.recognize import RulesRecognizer
from kg.resolve import resolve
from kg.structure import structure

FACTORIES = ("kg_documents", "kg_institutions", "kg_measures", "kg_resolver")
GROUPS = {Label.DOCUMENT: "documents", Label.INSTITUTION: "institutions", Label.MEASURE: "measures"}
"""Names of the groups in ``doc.spans``."""


@lru_cache(maxsize=2)
def _read(text: str) -> tuple[CleanDoc, Structure, tuple[Mention, ...]]:
    """The mentions of a text; the last texts are kept, so that the components share one reading."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    doc = clean(SourceDoc("doc", digest, "text/plain", text))
    layout = structure(doc)
    return doc, layout, RulesRecognizer().recognize(doc, layout)


def _span(doc: Doc, clean_doc: CleanDoc, mention: Mention, key: str = "") -> Span | None:
    start, end = clean_doc.map.span(mention.start, mention.end)
    return doc.char_span(start, end, label=mention.label.value, kb_id=key, alignment_mode="expand")


def _add(doc: Doc, label: Label) -> Doc:
    clean_doc, _, mentions = _read(doc.text)
    spans = [_span(doc, clean_doc, m) for m in mentions if m.label is label]
    doc.spans[GROUPS[label]] = [s for s in spans if s is not None]
    return _with_entities(doc)


def _with_entities(doc: Doc) -> Doc:
    spans = [s for group in GROUPS.values() if group in doc.spans for s in doc.spans[group]]
    doc.set_ents(filter_spans(spans))
    return doc


@Language.component("kg_documents")
def kg_documents(doc: Doc) -> Doc:
    """Cited documents in ``doc.spans["documents"]``."""
    return _add(doc, Label.DOCUMENT)


@Language.component("kg_institutions")
def kg_institutions(doc: Doc) -> Doc:
    """Institutions in ``doc.spans["institutions"]``."""
    return _add(doc, Label.INSTITUTION)


@Language.component("kg_measures")
def kg_measures(doc: Doc) -> Doc:
    """Measures in ``doc.spans["measures"]``."""
    return _add(doc, Label.MEASURE)


@Language.component("kg_resolver")
def kg_resolver(doc: Doc) -> Doc:
    """Entity keys as ``span.kb_id_``, the entities' names in ``doc.user_data["kg_entities"]``."""
    clean_doc, layout, mentions = _read(doc.text)
    _, _, resolution = resolve(clean_doc, layout, mentions)
    groups: dict[str, list[Span]] = {g: [] for g in GROUPS.values() if g in doc.spans}
    for link in resolution.linked:
        group = GROUPS[link.mention.label]
        span = _span(doc, clean_doc, link.mention, link.entity or "")
        if group in groups and span is not None:
            groups[group].append(span)
    for group, spans in groups.items():
        doc.spans[group] = spans
    names = {e.key: getattr(e, "name", None) or getattr(e, "title", None) or "" for e in resolution.entities}
    doc.user_data["kg_entities"] = names
    return _with_entities(doc)
