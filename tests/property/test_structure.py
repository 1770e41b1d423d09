"""Whatever stands in a file, its structure is made of spans of its text."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.clean import clean
from kg.model.documents import Field, SourceDoc
from kg.structure import structure

LINES = st.sampled_from(
    [
        "青禾县人民政府文件",
        "禾政发〔2021〕5号　签发人：某某",
        "青禾县人民政府关于印发《某办法》",
        "的通知",
        "各乡镇人民政府：",
        "《某办法》已经同意，现印发给你们。",
        "附件：1.名单",
        "附件1",
        "某办法",
        "目　录",
        "第一章 总则",
        "第一条　为了某事，制定本办法。",
        "（一）某项；",
        "青禾县人民政府",
        "2021年3月8日",
        "二〇二一年三月八日",
        "抄送：县委办公室。",
        "青禾县人民政府办公室2021年3月9日印发",
        "打印",
        "",
        "　",
        "》《（",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES | st.text(max_size=12), max_size=24))
def test_spans_lie_in_the_text_and_parts_do_not_overlap(lines: list[str]) -> None:
    text = "\n".join(lines)
    doc = clean(SourceDoc("x.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text))
    s = structure(doc)
    size = len(doc.text)
    fields = [s.title, s.number, s.date, s.addressees, s.copies, *s.issuers, *s.signature]
    for f in fields:
        assert f is None or (isinstance(f, Field) and 0 <= f.start <= f.end <= size)
    assert s.parts and s.parts[0].start == 0
    assert all(a.end <= b.start for a, b in zip(s.parts, s.parts[1:], strict=False))
    assert all(0 <= x.start < x.end <= size for x in s.sections)
    assert all(x.parent is None or s.sections[x.parent].start < x.start for x in s.sections)
    assert all(a.end <= b.start for a, b in zip(s.sentences, s.sentences[1:], strict=False))
    assert all("\n" not in doc.text[x.start : x.end] for x in s.sentences)
    assert all(a.start <= b.start for a, b in zip(s.skipped, s.skipped[1:], strict=False))
