"""The clause decides: which verb governs a title, and what does not count as one."""

from __future__ import annotations

import pytest

from kg.state.clauses import read_clause
from kg.state.lexicon import marked

READ = [
    # sentence with ▢ for the title, types
    ("根据▢规定，制定本办法。", ["basedOn"]),
    ("参照市委组织部、市财政局▢精神执行。", ["basedOn"]),
    ("待批准后，该委将按照▢精神组织论证。", ["basedOn"]),
    ("深入学习贯彻▢，推动工作落实。", ["implements", "studies"]),
    ("修订印发▢，规范程序。", ["issues", "amends"]),
    ("起草印发▢，规范程序。", ["issues"]),
    ("严格执行我部近期修订印发的▢。", ["implements"]),
    ("应严格遵守我局批准的修改后的▢。", ["implements"]),
    ("制定方案贯彻▢。", ["implements"]),
    ("对▢进行了修改完善。", ["amends"]),
    ("对▢进行合法性审查。", ["mentions"]),
    ("以▢为依据开展评测。", ["basedOn"]),
    ("▢全面贯彻新发展理念，提出了目标。", ["mentions"]),
    ("▢及其实施细则。", None),
    ("不再执行▢中的限制性规定。", ["mentions"]),
    ("抓紧研究制定▢。", ["drafts"]),
    ("省政府制定了▢（草案），提请审议。", ["drafts"]),
    ("本办法自发布之日起施行，原▢同时废止。", ["repeals"]),
    ("依据有关规定修订了▢、废止▣。", ["amends"]),
    ("根据▣等法律、法规，以及▢，结合实际，制定本意见。", ["basedOn"]),
    ("以▢颁布实施为契机，开展活动。", ["mentions"]),
    ("配合市人大做好▢立法调研。", ["drafts"]),
    ("制定并实施▢，压实责任。", ["implements", "issues"]),
    ("▢等文件相继出台。", ["issues"]),
    ("向大会报告▢贯彻实施情况。", ["implements"]),
    ("认真学习新出台的▢。", ["studies"]),
    ("关于▢的说明。", None),
]


@pytest.mark.parametrize(("sentence", "types"), READ)
def test_types(sentence: str, types: list[str] | None) -> None:
    found = read_clause(marked(sentence), lambda _low, _high: True)
    assert ([t.value for t in found.types] if found else None) == types


def test_what_another_body_issued_is_only_mentioned() -> None:
    found = read_clause(marked("国务院印发了▢。"), lambda _low, _high: False)
    assert found and [t.value for t in found.types] == ["mentions"]
    now = read_clause(marked("四部门制定了▢，现予发布。"), lambda _low, _high: False)
    assert now and [t.value for t in now.types] == ["issues"]


def test_evidence_spans_the_clause() -> None:
    sentence = marked("经研究，依据▢第三条，责令改正。")
    found = read_clause(sentence, lambda _low, _high: True)
    assert found and sentence[found.start : found.end] == marked("依据▢第三条")
