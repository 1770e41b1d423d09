"""What a document tells about where and when it speaks; relative names are resolved against it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """Place, issuer and time of a document.

    Attributes:
        issuers: full official names of the issuing bodies, first the first.
        issuer_keys: their entity keys, in the same order.
        division: key of the division that the issuer governs (``division/441802-1988``), None if national
            or unknown.
        chain: full names of that division and those above it, lowest first
            (``清城区``, ``清远市``, ``广东省``).
        level: ``national``, ``province``, ``prefecture``, ``county``, ``township`` or None where unknown.
        date: ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None where unknown.
    """

    issuers: tuple[str, ...] = ()
    issuer_keys: tuple[str, ...] = ()
    division: str | None = None
    chain: tuple[str, ...] = ()
    level: str | None = None
    date: str | None = None
