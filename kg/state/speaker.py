"""Who speaks: whether a body named in the text belongs to the side that issues the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.model.context import Context
from kg.model.entities import InstitutionEntity, Linked, Resolution
from kg.model.mentions import Label

_OBLIQUE = re.compile(r"(?:按照|根据|依据|依照|经|报|向|对|给|请|提请|报请|会同|在|与|和)$")
_OWN = re.compile(r"[我本](?:省|市|区|县|州|旗|镇|乡|局|厅|委|办|部|院|街道|单位|机关|会)")
_NATIONAL = re.compile(r"^(?:国务院|中共中央|中央|全国|国家|最高人民|中华人民共和国)")


class Speaker:
    """The issuing side of one document and the bodies that its text names."""

    def __init__(self, context: Context, resolution: Resolution) -> None:
        self._context = context
        self._bodies = {e.key: e for e in resolution.entities if isinstance(e, InstitutionEntity)}
        self._links = [x for x in resolution.linked if x.mention.label is Label.INSTITUTION]
        self._starts = [x.mention.start for x in self._links]

    def acts(self, text: str, start: int, end: int) -> bool:
        """Whether the subject of an act told in ``text[start:end]`` is the issuing side (or is left out)."""
        for link in reversed(self._between(start, end)):
            if _OBLIQUE.search(text[max(start, link.mention.start - 2) : link.mention.start]):
                continue
            return self._own(link) or bool(_OWN.search(text, start, link.mention.start))
        return True

    def _between(self, start: int, end: int) -> Sequence[Linked]:
        return self._links[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _own(self, link: Linked) -> bool:
        context = self._context
        if link.entity in context.issuer_keys:
            return True
        body = self._bodies.get(link.entity or "")
        name = body.name if body else link.mention.text
        if not context.issuers:
            return not _NATIONAL.match(name)
        if any(name.startswith(i) or i.startswith(name) for i in context.issuers):
            return True
        if body is None or body.division is None or context.division is None:
            return context.division is not None and not _NATIONAL.match(name) and body is None
        return body.division == context.division or self._below(body)

    def _below(self, body: InstitutionEntity) -> bool:
        """Whether the place of a body lies within the issuer's, as its name says."""
        chain = self._context.chain
        return bool(chain) and body.name.startswith(chain[0])
