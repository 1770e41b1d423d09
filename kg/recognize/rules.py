"""The default engine: rules and gazetteers, no model."""

from __future__ import annotations

from operator import attrgetter

from kg.model.documents import CleanDoc, Structure
from kg.model.mentions import Mention
from kg.recognize.documents import recognize_documents
from kg.recognize.institutions import recognize_institutions
from kg.recognize.measures import recognize_measures

_PLACE = attrgetter("start", "end", "label")


class RulesRecognizer:
    """Documents first, then institutions, then measures; a later label sees the spans of the earlier ones."""

    name = "rules"

    def recognize(self, doc: CleanDoc, structure: Structure) -> tuple[Mention, ...]:
        """Mentions in order of the text."""
        documents = recognize_documents(doc, structure)
        institutions = recognize_institutions(doc, structure, documents)
        measures = recognize_measures(doc, structure, documents + institutions)
        return tuple(sorted(documents + institutions + measures, key=_PLACE))
