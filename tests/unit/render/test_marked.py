"""A marked text is the text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.render.marked import Marking, marked


class Reading(HTMLParser):
    """The characters of a page and, for each, the marks around it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.around: list[frozenset[str]] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag == "mark"
        named = dict(attributes)
        self.open.append(str(named["data-m"]))
        if "id" in named:
            self.ids.append(str(named["id"]))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.around += [frozenset(self.open)] * len(data)


def marking(i: int, start: int, end: int) -> Marking:
    return Marking(start, end, f"m{i}", {"data-m": str(i)})


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("甲乙丙", [(0, 2)], '<mark id="m0" data-m="0">甲乙</mark>丙'),
        (
            "甲乙丙丁",
            [(0, 3), (1, 4)],
            '<mark id="m0" data-m="0">甲<mark id="m1" data-m="1">乙丙</mark></mark>'
            '<mark data-m="1">丁</mark>',
        ),
        ("a<b>&\r\n", [(1, 4)], 'a<mark id="m0" data-m="0">&lt;b&gt;</mark>&amp;&#13;\n'),
        ("甲乙", [(1, 1), (0, 9), (-1, 1)], "甲乙"),
    ],
)
def test_marked(text: str, spans: list[tuple[int, int]], expected: str) -> None:
    assert str(marked(text, [marking(i, *s) for i, s in enumerate(spans)])) == expected


@given(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12),
)
def test_text_and_spans_survive(text: str, spans: list[tuple[int, int]]) -> None:
    html = str(marked(text, [marking(i, *s) for i, s in enumerate(spans)]))
    seen = Reading(html)
    assert seen.text == text
    valid = {str(i): s for i, s in enumerate(spans) if s[0] < s[1] <= len(text)}
    for offset, around in enumerate(seen.around):
        assert around == {i for i, (a, b) in valid.items() if a <= offset < b}
    assert sorted(seen.ids) == sorted(f"m{i}" for i in valid)


def test_offsets_hold_where_html_would_change_the_text() -> None:
    html = str(marked("\x00\ud800\r\n甲", []))
    assert html == "\ufffd\ufffd&#13;\n甲"
