"""The state of a document on a day, from the facts about it."""

from __future__ import annotations

import pytest

from kg.model.statements import EventKind
from kg.query.status import Event, State, state_at

STARTS, AMENDED = EventKind.IN_FORCE, EventKind.AMENDED
REPEALED, EXPIRED, SUPERSEDED = EventKind.REPEALED, EventKind.EXPIRED, EventKind.SUPERSEDED


def events(*facts: tuple[EventKind, str | None]) -> tuple[Event, ...]:
    return tuple(Event(kind, date, True, "乙", "urn:b", None, "", "", 0, 0) for kind, date in facts)


@pytest.mark.parametrize(
    ("facts", "as_of", "expected"),
    [
        ((), "2023-01-01", State.UNKNOWN),
        (((STARTS, "2023-01-01"),), "2022-12-31", State.NOT_YET),
        (((STARTS, "2023-01-01"),), "2023-01-01", State.IN_FORCE),
        (((STARTS, "2023-01-01"),), "2023", State.IN_FORCE),
        (((STARTS, "2023-01-01"),), "2022", State.NOT_YET),
        (((STARTS, None),), "2023-01-01", State.UNKNOWN),
        (((REPEALED, "2023-01-01"),), "2022-12-31", State.UNKNOWN),
        (((REPEALED, "2023-01-01"),), "2023-01-01", State.REPEALED),
        (((REPEALED, "2023-06"),), "2023-06-30", State.REPEALED),
        (((REPEALED, None),), "2023-01-01", State.UNKNOWN),
        (((EXPIRED, "2023-01-01"),), "2024-01-01", State.EXPIRED),
        (((SUPERSEDED, "2023-01-01"),), "2024-01-01", State.SUPERSEDED),
        (((EXPIRED, "2022-01-01"), (REPEALED, "2023-01-01")), "2024-01-01", State.EXPIRED),
        (((STARTS, "2020-01-01"), (AMENDED, "2021-01-01")), "2020-12-31", State.IN_FORCE),
        (((STARTS, "2020-01-01"), (AMENDED, "2021-01-01")), "2021-01-01", State.AMENDED),
        (((STARTS, "2020-01-01"), (AMENDED, "2021-01-01"), (REPEALED, "2022-01-01")), "2022-01-01", State.REPEALED),
        (((AMENDED, "2021-01-01"),), "2020-01-01", State.UNKNOWN),
    ],
)  # fmt: skip
def test_state_on_a_day(facts: tuple[tuple[EventKind, str | None], ...], as_of: str, expected: State) -> None:
    assert state_at(events(*facts), as_of) is expected
