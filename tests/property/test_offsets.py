"""The offset map is exact under any edits, and under two rounds of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.clean import clean
from kg.model.documents import SourceDoc
from kg.model.spans import Edit, apply_edits

TEXT = st.text(alphabet="汉字ａ１ a1（()）\n\r \u3000，。《》〔〕", max_size=80)


@st.composite
def edited(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [Edit(a, b, draw(st.sampled_from(["", "\n", "xy"]))) for a, b in pairs]


@given(st.data())
def test_copied_characters_map_to_themselves(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    result, offsets = apply_edits(text, data.draw(edited(text)))
    for i, char in enumerate(result):
        start, end = offsets.span(i, i + 1)
        piece = max(j for j, at in enumerate(offsets.made) if at <= i)
        if offsets.copied[piece]:
            assert text[start:end] == char
        else:
            assert 0 <= start <= end <= len(text)


@given(st.data())
def test_two_rounds_compose(data: st.DataObject) -> None:
    text = data.draw(TEXT)
    once, first = apply_edits(text, data.draw(edited(text)))
    twice, second = apply_edits(once, data.draw(edited(once)))
    both = second.after(first)
    for i in range(len(twice)):
        assert both.span(i, i + 1) == first.span(*second.span(i, i + 1))


@given(TEXT)
def test_clean_keeps_every_character_but_white_space(text: str) -> None:
    doc = clean(SourceDoc("x", "0", "text/plain", text))
    for i, char in enumerate(doc.text):
        start, end = doc.map.span(i, i + 1)
        if char not in " \n":
            assert end - start == 1
    assert "".join(doc.text.split()) == "".join(
        clean(SourceDoc("x", "0", "t", "".join(text.split()))).text.split()
    )
