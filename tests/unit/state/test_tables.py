"""Every example of every construction and cue holds; the verb table is sound."""

from __future__ import annotations

import pytest

from kg.model.statements import CitationType
from kg.state.lexicon import LIGHT, TALK, Cue, Frame, cues, frames, frames_for, marked, verbs

FRAMES = frames()
MATCHES = [(f, e) for f in FRAMES for e in f.matches]
REJECTS = [(f, e) for f in FRAMES for e in f.rejects]


@pytest.mark.parametrize(("frame", "example"), MATCHES, ids=lambda x: x.id if isinstance(x, Frame) else "")
def test_frame_matches(frame: Frame, example: str) -> None:
    assert frame.pattern.search(marked(example)), example
    assert frame in frames_for(marked(example)), "a trigger must stand in the example"


@pytest.mark.parametrize(("frame", "example"), REJECTS, ids=lambda x: x.id if isinstance(x, Frame) else "")
def test_frame_rejects(frame: Frame, example: str) -> None:
    assert not frame.pattern.search(marked(example)), example


@pytest.mark.parametrize("cue", cues(), ids=lambda c: c.type.value)
def test_cues(cue: Cue) -> None:
    assert all(cue.pattern.search(e) for e in cue.matches)
    assert not any(cue.pattern.search(e) for e in cue.rejects)


def test_verbs_have_known_types_and_sides() -> None:
    types = {*(t.value for t in CitationType), LIGHT, TALK}
    assert {v.type for v in verbs().values()} <= types
    assert {v.side for v in verbs().values()} == {"l", "r", "b"}


def test_frame_ids_are_unique() -> None:
    assert len({f.id for f in FRAMES}) == len(FRAMES)
