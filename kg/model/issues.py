"""What a stage could not handle and neither drops nor guesses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The stages of the way of one document, in order."""

    READ = "read"
    CLEAN = "clean"
    STRUCTURE = "structure"
    RECOGNIZE = "recognize"
    RESOLVE = "resolve"
    STATE = "state"
    IDENTIFY = "identify"
    ASSEMBLE = "assemble"


INFORMATION = frozenset(("not-a-document",))
"""Codes of what was decided by a rule and is told so that it can be checked; nobody need act on it."""


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """Something reported rather than dropped.

    Attributes:
        stage: the stage that reports it.
        code: stable name in kebab-case, such as ``unresolved-reference``.
        message: one Chinese sentence for people.
        source: the path of the file as given; empty until the build fills it in.
        start: source offset, or None where the issue concerns the whole file.
        end: source offset behind the text concerned, or None.
    """

    stage: Stage
    code: str
    message: str
    source: str = ""
    start: int | None = None
    end: int | None = None
