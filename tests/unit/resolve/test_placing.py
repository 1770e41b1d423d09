from __future__ import annotations

import pytest

from kg.grammar import bodies
from kg.resolve.placing import Placer


@pytest.mark.parametrize("form", [*bodies.body_forms(), *(s + "局" for s in bodies.stem_forms())])
def test_the_name_of_a_body_holds_no_place(form: str) -> None:
    assert Placer(None, 2018).place_of(form).how == "bare"


@pytest.mark.parametrize(
    ("text", "how", "rest"),
    [
        ("市场监管局", "bare", "市场监管局"),
        ("市市场监管局", "relative", "市场监管局"),
        ("市政府", "relative", "政府"),
        ("我区教育局", "relative", "教育局"),
        ("广东省司法厅", "explicit", "司法厅"),
        ("大理州财政局", "explicit", "财政局"),
        ("清远银行", "short", "银行"),
        ("澜汀市司法局", "explicit", "司法局"),
        ("高新区管委会", "bare", "高新区管委会"),
        ("雄安新区管委会", "explicit", "管委会"),
    ],
)
def test_place(text: str, how: str, rest: str) -> None:
    found = Placer(None, 2018).place_of(text)
    assert (found.how, found.rest) == (how, rest)
