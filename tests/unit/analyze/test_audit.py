from __future__ import annotations

from dataclasses import replace

import pytest

from kg.analyze.audit import _OWN_LAW, _PAST, KINDS, AuditFinding, audit
from kg.graph.assemble import source_graph
from kg.model.entities import DocumentEntity
from kg.model.extraction import Extraction, FoundEvent
from kg.model.statements import CitationType, EventKind
from kg.query.status import State, status
from kg.store import OxigraphStore
from tests.unit.graph.built import default_lines, doubtful_lines
from tests.unit.graph.sample import document, source

B, R, M = CitationType.BASED_ON, CitationType.REPEALS, CitationType.MENTIONS
OLD = replace(document("甲发〔2010〕1号", "甲事项管理规定"), date="2010-01-01")
REPEALER = replace(document("甲发〔2015〕2号", "关于废止部分文件的决定"), date="2015-06-01")
EARLY = replace(document("乙发〔2012〕3号", "乙事项方案"), date="2012-03-03")
LATE = replace(document("乙发〔2018〕4号", "丙事项方案"), date="2018-03-03")


def repealing(kind: EventKind = EventKind.REPEALED, date: str | None = None) -> Extraction:
    x = source(REPEALER, "自发布之日起废止下列文件。甲事项管理规定。", (OLD, R))
    return replace(x, events=(FoundEvent(OLD.key, kind, date, 0, 5, 1.0, "test", (0, 5)),))


def findings(*xs: Extraction, as_of: str | None = None) -> list[AuditFinding]:
    return audit(loaded(*xs), as_of)


def loaded(*xs: Extraction) -> OxigraphStore:
    store = OxigraphStore.create()
    store.load([*default_lines(xs), *doubtful_lines(xs)])
    for x in xs:
        store.load(source_graph(x, "字" * 200, "0.0.0"))
    return store


def test_repealed_texts_that_are_cited_and_bases_that_fell() -> None:
    xs = (
        repealing(),
        source(EARLY, "根据甲事项管理规定制定本方案", (OLD, B)),
        source(LATE, "根据甲事项管理规定，制定本案", (OLD, B)),
    )
    found = findings(*xs)
    assert [(f.kind, f.document) for f in found] == [
        ("repealed-cited", LATE.key),
        ("fallen-basis", EARLY.key),
    ]
    assert all(f.sentence and f.proof and f.end > f.start for f in found)
    assert "2015-06-01" in found[0].detail
    assert [f.kind for f in findings(*xs, as_of="2014")] == ["repealed-cited"]


def test_the_instrument_itself_and_a_mention_are_no_findings() -> None:
    assert findings(repealing(), source(EARLY, "学习了解甲事项管理规定内容", (OLD, M))) == []


def test_who_cites_the_repeal_speaks_of_the_old_text_knowingly_unless_it_rests_on_it() -> None:
    text = "甲事项管理规定已由关于废止部分文件的决定废止"
    knowing = source(LATE, text, (OLD, M), (REPEALER, M))
    assert findings(repealing(), knowing) == []
    assert [f.kind for f in findings(repealing(), source(LATE, text, (OLD, M)))] == ["repealed-cited"]
    resting = source(LATE, text, (OLD, B), (REPEALER, M))
    assert [f.kind for f in findings(repealing(), resting)] == ["repealed-cited"]


@pytest.mark.parametrize(("end", "kinds"), [("请示", []), ("管理办法", ["miscitation"])])
def test_letters_of_nearly_one_title_are_no_slips(end: str, kinds: list[str]) -> None:
    one, other = (document(None, f"民用甲类设备设计经营{x}{end}") for x in ("许可", "许可证"))
    found = findings(
        source(EARLY, "一二三四五六七八九十", (one, B), (one, M)),
        source(LATE, "甲乙丙丁戊己庚辛壬癸", (other, B)),
    )
    assert sorted({f.kind for f in found}) == kinds


_PERMIT, _PERMIT_SLIP = (document(None, f"民用甲类设备设计经营{x}管理办法") for x in ("许可", "许可证"))


def test_a_slip_beside_the_right_title_stands_in_another_sentence() -> None:
    text = "根据民用甲类设备设计经营许可管理办法。按照民用甲类设备设计经营许可证管理办法。"
    beside = source(LATE, text, (_PERMIT, B), (_PERMIT_SLIP, B))
    apart = replace(
        beside,
        citations=(
            replace(beside.citations[0], sentence=(0, 20)),
            replace(beside.citations[1], sentence=(20, len(text))),
        ),
    )
    often = source(EARLY, "一二三四五六七八九十", (_PERMIT, B), (_PERMIT, M))
    assert findings(often, beside) == []
    assert [(f.kind, f.about) for f in findings(often, apart)] == [("miscitation", _PERMIT.key)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("以及香港《某品种保护条例》规定的权利", ["某品种保护条例"]),
        ("澳门特别行政区《某品种保护条例》", ["某品种保护条例"]),
        ("香港的机构，《某品种保护条例》", []),
        ("本省《某品种保护条例》", []),
    ],
)
def test_laws_of_hong_kong_are_not_those_of_the_country(text: str, named: list[str]) -> None:
    assert _OWN_LAW.findall(text) == named


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("《甲事项管理规定》施行前已办理的继续有效", True),
        ("原《甲事项管理规定》规定的期限", True),
        ("2016年1月1日以前依照《甲事项管理规定》签订", True),
        ("依照《甲事项管理规定》设立的机构", True),
        ("对甲事项法实施以前成立的合同，不予保护", True),
        ("本规定施行前，根据《甲事项管理规定》已经受理的案件", True),
        ("由公安机关依照《甲事项管理规定》处罚", False),
        ("根据《甲事项管理规定》，制定本办法", False),
    ],
)
def test_what_was_done_under_the_old_text_is_no_finding(text: str, past: bool) -> None:
    assert bool(_PAST.search(text)) is past


def test_what_has_ended_itself_is_not_looked_at() -> None:
    ended = FoundEvent(EARLY.key, EventKind.REPEALED, "2016-01-01", 0, 5, 1.0, "test", (0, 5))
    x = repealing()
    xs = (replace(x, entities=(*x.entities, EARLY), events=(*x.events, ended)),)
    citing = source(EARLY, "根据甲事项管理规定制定本方案", (OLD, B))
    assert findings(*xs, citing) == []
    assert [f.kind for f in findings(*xs, citing, as_of="2015-12-31")] == ["fallen-basis"]


def test_texts_that_differ_by_a_character_are_two_where_many_cite_or_one_cites_both() -> None:
    general, principles = (document(None, f"某国民法{x}则管理办法") for x in "总通")
    one = source(EARLY, "一二三四五六七八九十", (principles, B))
    again = source(REPEALER, "子丑寅卯辰巳午未申酉", (principles, B))
    slip = source(LATE, "甲乙丙丁戊己庚辛壬癸", (general, B))
    assert [f.about for f in findings(one, again, slip)] == [principles.key]
    both = source(LATE, "甲乙丙丁戊己庚辛壬癸", (general, B), (principles, B))
    assert findings(one, again, both) == []
    other = source(document("丙发〔2019〕9号", "丁事项意见"), "春夏秋冬东西南北中央", (general, B))
    assert findings(one, again, slip, other) == []


def test_a_law_has_versions_and_no_future() -> None:
    law = replace(document(None, "某县河湖管理条例"), date="2030-01-01")
    plan = replace(document(None, "某县河湖工作方案"), date="2030-01-01")
    text = "甲乙丙丁戊己庚辛壬癸"
    assert findings(source(law, "正文正文正文"), source(LATE, text, (law, M))) == []
    assert [f.kind for f in findings(source(plan, "正文正文正文"), source(LATE, text, (plan, M)))] == [
        "future-cited"
    ]


def test_a_text_that_ends_an_earlier_one_of_its_title_stands() -> None:
    x = replace(
        source(REPEALER, "本办法施行，原办法同时废止。"),
        events=(FoundEvent(REPEALER.key, EventKind.REPEALED, "2015-06-01", 0, 5, 1.0, "test", (0, 5)),),
    )
    assert status(loaded(x), "甲发〔2015〕2号", "2020").state is State.UNKNOWN


def test_miscitations_and_the_future() -> None:
    right = document(None, "法治事项实施纲要（2015-2020年）")
    wrong = document(None, "法治事项实施纲要（2005-2020年）")
    future = document("丁发〔2030〕5号", "未来事项意见")
    found = findings(
        source(EARLY, "一二三四五六七八九十", (right, B)),
        source(LATE, "甲乙丙丁戊己庚辛壬癸", (wrong, B), (future, M)),
    )
    assert [(f.kind, f.document, f.about) for f in found] == [
        ("miscitation", LATE.key, right.key),
        ("future-cited", LATE.key, future.key),
    ]


def numbered(i: int) -> DocumentEntity:
    return replace(document(f"戊发〔2020〕{i}号", f"第{i}号事项的函"), date="2020-12-31")


def test_gaps_and_dangling_numbers() -> None:
    held = [source(numbered(i), f"正文{i}" * 5) for i in (1, 2, 3, 4, 5, 6, 8, 10)]
    citing = source(numbered(9), "见前函第七号和第十一号。", (numbered(7), M), (numbered(2), M))
    found = findings(*held, citing)
    assert [(f.kind, f.about or f.document) for f in found] == [("dangling-number", numbered(7).key)]
    found = findings(*held, source(numbered(9), "没有引用任何文件的函件"))
    assert [(f.kind, f.document) for f in found] == [("series-gap", "戊发〔2020〕7号")]
    assert findings(*held[:4]) == []


@pytest.mark.parametrize(
    ("kind", "date", "as_of", "state"),
    [
        (EventKind.REPEALED, None, "2015-06-01", State.REPEALED),
        (EventKind.REPEALED, None, "2015-05-31", State.UNKNOWN),
        (EventKind.REPEALED, "2016-01-01", "2015-12-31", State.UNKNOWN),
        (EventKind.REPEALED, "2016-01-01", "2016", State.REPEALED),
        (EventKind.EXPIRED, None, "2020", State.EXPIRED),
        (EventKind.SUPERSEDED, None, "2020", State.SUPERSEDED),
        (EventKind.AMENDED, None, "2020", State.AMENDED),
        (EventKind.IN_FORCE, "2016-01-01", "2020", State.IN_FORCE),
        (EventKind.IN_FORCE, "2016-01-01", "2015", State.NOT_YET),
    ],
)
def test_status(kind: EventKind, date: str | None, as_of: str, state: State) -> None:
    store = loaded(repealing(kind, date))
    found = status(store, "甲发[2010]1号", as_of)
    assert found.state is state
    assert found.events[0].stated is (date is not None)
    assert found.events[0].by_number == REPEALER.number
    assert status(store, "甲发〔2015〕2号", as_of).state is State.UNKNOWN


def test_kinds_are_explained() -> None:
    assert all(KINDS.values())
