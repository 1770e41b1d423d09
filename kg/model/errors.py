"""Errors that people can do something about."""

from __future__ import annotations

from collections.abc import Mapping


class WenmaiError(Exception):
    """Base of the errors that the command line prints without a traceback.

    Attributes:
        english: the message in English.
    """

    def __init__(self, message: str, english: str = "") -> None:
        super().__init__(message)
        self.english = english or message

    def said(self, language: str) -> str:
        """The message in ``zh`` or ``en``."""
        return self.english if language == "en" else str(self)


class _CodedError(WenmaiError):
    """An error with a stable name; it travels between processes."""

    def __init__(self, code: str, message: str, english: str = "") -> None:
        super().__init__(message, english)
        self.code = code

    def __reduce__(self) -> tuple[type[_CodedError], tuple[str, str, str]]:
        return type(self), (self.code, str(self), self.english)


READ_ERRORS: Mapping[str, str] = {
    "bomb": "it unpacks to far more than it holds and may be a zip bomb",
    "empty": "the file holds no text",
    "encrypted": "the file has a password; save a copy without one",
    "hostile-xml": "the file declares XML entities and is refused",
    "internal-error": "a defect of this program; please report it",
    "malformed": "the file is damaged or not of this format",
    "missing-extra": "7z needs an extra; run: pip install 'wenmai[sevenzip]'",
    "needs-libreoffice": "DOC, WPS, RTF and ODT need LibreOffice (soffice on the PATH); or save the file as DOCX",
    "nested-too-deep": "the file is nested too deep",
    "no-html-part": "the MHTML file holds no page",
    "not-found": "no such file or folder",
    "not-text": "the file is no text but binary data",
    "scan-without-text": "a scan without text; run optical character recognition first",
    "time-limit": "reading took too long and was stopped",
    "too-large": "the file is larger than can be read",
    "too-many-members": "the file has too many members",
    "undecodable": "the encoding of the text is not known; save it as UTF-8",
    "unknown-format": "this format is not known; convert the file to text, HTML, PDF or DOCX",
    "unreadable": "the file cannot be opened",
    "unreadable-fonts": "the PDF shows its text in fonts that cannot be decoded; run optical character recognition",
    "unsafe-path": "a path leads out of the archive",
    "unsupported": "this format is not supported; unpack or convert it first",
}
"""Codes of files that cannot be used, with what to say of them in English."""


class ReadError(_CodedError):
    """A file that cannot be used.

    Attributes:
        code: stable name in kebab-case, one of :data:`READ_ERRORS`.
    """

    def __init__(self, code: str, message: str, english: str = "") -> None:
        super().__init__(code, message, english or READ_ERRORS.get(code, ""))


class EngineError(_CodedError):
    """A recogniser that cannot be had.

    Attributes:
        code: stable name in kebab-case (``unknown-engine``, ``not-installed``, ``no-model``).
    """
