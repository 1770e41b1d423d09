"""What the commands ask of their arguments; what is wrong is said in the user's language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

from kg.cli.lang import t
from kg.model.errors import WenmaiError

_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
STDIN = Path("-")
P = TypeVar("P", Path, list[Path], Path | None)


def existing(value: P) -> P:
    """Files and folders that are there; ``-`` is standard input."""
    for path in value if isinstance(value, list) else [value]:
        if path is not None and path != STDIN and not path.exists():
            raise WenmaiError(t(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}"))
    return value


def folder(value: Path) -> Path:
    """A folder that is there."""
    if not value.is_dir():
        raise WenmaiError(t(f"没有这个文件夹：{value}", f"no such folder: {value}"))
    return value


def day(value: str | None) -> str | None:
    """A day, month or year."""
    if value and not _DAY.fullmatch(value):
        message = t(
            f"日期请写成 2020、2020-06 或 2020-06-30，而不是 {value}",
            f"write a date as 2020, 2020-06 or 2020-06-30, not {value}",
        )
        raise WenmaiError(message)
    return value
