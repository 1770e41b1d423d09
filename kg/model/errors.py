"""Errors that people can do something about."""

from __future__ import annotations


class WenmaiError(Exception):
    """Base of the errors that the command line prints without a traceback."""


class ReadError(WenmaiError):
    """A file that cannot be used.

    Attributes:
        code: stable name in kebab-case (``encrypted``, ``scan-without-text``, ``truncated``).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class EngineError(WenmaiError):
    """A recogniser that cannot be had.

    Attributes:
        code: stable name in kebab-case (``unknown-engine``, ``not-installed``, ``no-model``).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
