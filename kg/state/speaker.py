"""Who speaks: whether a body named in the text belongs to the side that issues the document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.model.context import Context
from kg.model.entities import InstitutionEntity, Linked, Resolution
from kg.model.mentions import Label

_OBLIQUE = re.compile(r"(?:按照|根据|依据|依照|经|报|向|对|给|请|提请|报请|会同|在|与|和)$")
_TOPIC = 30
_FAR = 2000
_TIME = re.compile(r"[\d年月日，、初末底中上下旬近前今以来]*")
_ADDRESSED = re.compile(r"[你贵该](?:省|市|区|县|州|局|厅|委|部|院|公司|单位|校)|各(?:地|单位|部门|省|市|级)")
_OWN = re.compile(r"[我本](?:省|市|区|县|州|旗|镇|乡|局|厅|委|办|部|院|街道|单位|机关|会)")
_NATIONAL = re.compile(r"^(?:国务院|中共中央|中央|全国|国家|最高人民|中华人民共和国)")


class Speaker:
    """The issuing side of one document and the bodies that its text names."""

    def __init__(self, context: Context, resolution: Resolution) -> None:
        self._context = context
        self._bodies = {e.key: e for e in resolution.entities if isinstance(e, InstitutionEntity)}
        self._links = [x for x in resolution.linked if x.mention.label is Label.INSTITUTION]
        self._starts = [x.mention.start for x in self._links]

    def acts(self, text: str, start: int, end: int, topic: bool) -> bool:
        """Whether the subject of an act told in ``text[start:end]`` is the issuing side (or is left out).

        Args:
            text: the clean text.
            start: where the clause begins.
            end: where its verb stands.
            topic: whether a body at the head of the sentence may be the subject.
        """
        if _ADDRESSED.search(text, start, end):
            return False
        for link in reversed(self._between(start, end)):
            if _OBLIQUE.search(text[max(start, link.mention.start - 2) : link.mention.start]):
                continue
            return self._own(link) or bool(_OWN.search(text, start, link.mention.start))
        return not topic or self._topic_acts(text, start)

    def _topic_acts(self, text: str, start: int) -> bool:
        """Whether the body at the head of the sentence, the topic of its later clauses, is the issuing side."""
        begin = max(0, start - _FAR, *(text.rfind(c, max(0, start - _FAR), start) + 1 for c in "。\n！"))
        first = next(iter(self._between(begin, min(start, begin + _TOPIC))), None)
        if first is None or not _TIME.fullmatch(text, begin, first.mention.start):
            return True
        return self._own(first)

    def _between(self, start: int, end: int) -> Sequence[Linked]:
        return self._links[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _own(self, link: Linked) -> bool:
        """Whether a body is the issuer, an office of it, or a body of its place."""
        context = self._context
        if link.entity in context.issuer_keys:
            return True
        body = self._bodies.get(link.entity or "")
        if body is None:
            return context.division is not None and not _NATIONAL.match(link.mention.text)
        if any(body.name.startswith(i) for i in context.issuers):
            return True
        if body.division is None or context.division is None:
            return False
        return body.division == context.division or self._below(body)

    def _below(self, body: InstitutionEntity) -> bool:
        """Whether the place of a body lies within the issuer's, as its name says."""
        chain = self._context.chain
        return bool(chain) and chain[0] in body.name
