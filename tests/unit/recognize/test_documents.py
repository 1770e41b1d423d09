"""What is recognised as the name of a document, with and without 《》."""

from __future__ import annotations

import pytest

from kg.clean import clean
from kg.model.documents import SourceDoc, Structure
from kg.recognize.documents import recognize_documents


def found(text: str) -> list[tuple[str, str]]:
    doc = clean(SourceDoc("x", "0", "text/plain", text))
    return [(m.text, m.rule) for m in recognize_documents(doc, Structure())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据行政处罚法规定，予以警告。", [("行政处罚法", "short-law")]),
        ("违反治安管理处罚法的，依法处理。", [("治安管理处罚法", "short-law")]),
        ("当事人应当依安全生产法第二十一条整改。", [("安全生产法", "short-law")]),
        ("根据核安全法规要求开展检查。", []),
        ("按照以下方法，做好看法收集。", []),
        ("落实中华人民共和国噪声污染防治法。", [("中华人民共和国噪声污染防治法", "law-without-brackets")]),
        ("对照“土十条”自查。", [("“土十条”", "nickname")]),
        ("第二十条规定，水十条要求。", [("水十条", "nickname")]),
        ("省里出台“惠企二十条”。", [("“惠企二十条”", "local-nickname")]),
        ("村规民约“文明十条”写在墙上。", []),
        (
            "《甲公告》（2020年第8号，以下简称“8号公告”）。按照8号公告办理。",
            [
                ("《甲公告》", "title-genre"),
                ("2020年第8号", "number"),
                ("8号公告", "defined-form"),
                ("8号公告", "defined-form"),
            ],
        ),
        (
            "《养殖八条禁令》（以下简称“八条禁令”）。落实八条禁令。",
            [("《养殖八条禁令》", "title-genre"), ("八条禁令", "defined-form"), ("八条禁令", "defined-form")],
        ),
        ("镇人民政府（以下简称镇政府）", []),
        ("《行政执法证》和《营业执照》", []),
        ("按照现行《某行业经济分类》执行。", [("《某行业经济分类》", "title-issued")]),
        ("能力满足《某某环境及设施》要求。", [("《某某环境及设施》", "title-issued")]),
        ("请看《某某环境及设施》。", []),
        ("《甲办法》附《申请表》", [("《甲办法》", "title-genre")]),
    ],
)
def test_rules(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_the_raw_number_is_what_the_source_prints() -> None:
    doc = clean(SourceDoc("x", "0", "text/plain", "根据国办发〔２０１６〕\n36号办理。"))
    (mention,) = recognize_documents(doc, Structure())
    value = mention.value
    assert getattr(value, "raw", None) == "国办发〔２０１６〕\n36号"
    assert getattr(value, "defects", None) == ("fullwidth", "newline")
