"""Facts of law are stated by the instrument alone, and dated where it says so."""

from __future__ import annotations

import hashlib

import pytest

from kg.build.document import extract_document
from kg.model.documents import SourceDoc
from kg.model.entities import DocumentEntity
from kg.model.extraction import Extraction


def extract(text: str) -> Extraction:
    return extract_document(SourceDoc("x.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text))


def events(x: Extraction) -> list[tuple[str, str, str | None]]:
    names = {e.key: e.title or e.number or "" for e in x.entities if isinstance(e, DocumentEntity)}
    names[x.document.key] = "SELF"
    return sorted((names[e.document], e.kind.value, e.date) for e in x.events)


LAW = """青禾县河湖管理条例
2010年3月8日 青禾县第十届人民代表大会常务委员会第二次会议通过
2018年5月6日 青禾县第十二届人民代表大会常务委员会第九次会议《关于修改〈青禾县河湖管理条例〉的决定》修正
第一条 为了加强河湖管理，制定本条例。
第二条 本条例自公布之日起施行。2001年发布的《青禾县河道管理办法》同时废止。
"""


def test_a_law_that_was_amended() -> None:
    x = extract(LAW)
    assert ("SELF", "amended", "2018-05-06") in events(x)
    assert ("SELF", "inForce", "2010-03-08") in events(x)
    assert ("青禾县河道管理办法", "repealed", "2010-03-08") in events(x)
    amended = next(e for e in x.events if e.kind.value == "amended")
    assert amended.by is not None


CATALOGUE = """青禾县人民政府关于公布规范性文件清理结果的通知
各乡镇人民政府：
现将清理结果公布如下，请遵照执行。
附件：1．废止的文件目录
2．宣布失效的文件目录
3．继续有效的文件目录
青禾县人民政府
2021年3月8日
附件1
废止的文件目录
1．《青禾县集市管理办法》（禾政发〔2010〕1号）
附件2
宣布失效的文件目录
1．《青禾县扶持集市三年计划》（禾政发〔2012〕2号）
附件3
继续有效的文件目录
1．《青禾县消防管理办法》（禾政发〔2015〕3号）
"""


def test_catalogues() -> None:
    assert events(extract(CATALOGUE)) == [
        ("青禾县扶持集市三年计划", "expired", None),
        ("青禾县集市管理办法", "repealed", None),
    ]


SILENT = [
    "青禾县2020年法治政府建设情况的报告\n全年废止《青禾县集市管理办法》等三件文件。\n",
    "青禾县2020年法治政府建设情况的报告\n《青禾县集市管理办法》自2020年1月1日起施行以来，效果明显。\n",
    "青禾县人民政府关于开展文件清理的通知\n各部门要及时修改、废止《青禾县集市管理办法》。\n",
    "青禾县人民政府关于开展文件清理的通知\n拟废止《青禾县集市管理办法》，正在评估。\n",
    "青禾县人民政府关于有关事项的通知\n《青禾县集市管理办法》（已废止）曾有规定。\n",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_told_or_planned_changes_nothing(text: str) -> None:
    assert events(extract(text)) == []


def test_a_carried_text_takes_effect_not_its_notice() -> None:
    x = extract(
        "青禾县人民政府关于印发《青禾县集市管理办法》的通知\n各乡镇人民政府：\n"
        "《青禾县集市管理办法》已经县政府同意，现印发给你们，请遵照执行。\n青禾县人民政府\n2021年3月8日\n"
        "青禾县集市管理办法\n第一条 根据《青禾县商业条例》，制定本办法。\n"
        "第二条 本办法自2021年5月1日起施行，有效期至2026年4月30日。\n"
    )
    assert events(x) == [
        ("青禾县集市管理办法", "expired", "2026-04-30"),
        ("青禾县集市管理办法", "inForce", "2021-05-01"),
    ]
    carried = x.parts[1].document
    based = next(c for c in x.citations if c.type.value == "basedOn")
    assert carried is not None and based.citing == carried
    issued = next(c for c in x.citations if c.type.value == "issues")
    assert issued.cited == carried and issued.citing is None


def test_the_decision_that_amended_what_is_repealed_is_not_repealed() -> None:
    x = extract(
        LAW.replace(
            "2001年发布的《青禾县河道管理办法》",
            "根据2005年3月5日《关于修改部分地方性法规的决定》修正的《青禾县河道管理办法》",
        )
    )
    assert [name for name, kind, _ in events(x) if kind == "repealed"] == ["青禾县河道管理办法"]
