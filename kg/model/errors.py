"""Errors that people can do something about."""

from __future__ import annotations


class WenmaiError(Exception):
    """Base of the errors that the command line prints without a traceback."""


class _CodedError(WenmaiError):
    """An error with a stable name; it travels between processes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[_CodedError], tuple[str, str]]:
        return type(self), (self.code, str(self))


class ReadError(_CodedError):
    """A file that cannot be used.

    Attributes:
        code: stable name in kebab-case (``encrypted``, ``scan-without-text``, ``truncated``).
    """


class EngineError(_CodedError):
    """A recogniser that cannot be had.

    Attributes:
        code: stable name in kebab-case (``unknown-engine``, ``not-installed``, ``no-model``).
    """
