"""What the commands ask of their arguments; what is wrong is said in the user's language."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from kg.cli.lang import t
from kg.model.errors import READ_ERRORS, WenmaiError
from kg.model.issues import Issue

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
STDIN = Path("-")
P = TypeVar("P", Path, list[Path], Path | None)


def existing(value: P) -> P:
    """Files and folders that are there; ``-`` is standard input."""
    for path in value if isinstance(value, list) else [value]:
        if path is not None and path != STDIN and not path.exists():
            raise WenmaiError(t(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}"))
    return value


def addresses(value: list[str]) -> list[str]:
    """Files and folders that are there, on this machine or at an address; ``-`` is standard input."""
    from kg.read import is_address, located
    from kg.read.address import reaching

    existing([Path(text) for text in value if not is_address(text)])
    for text in filter(is_address, value):
        with reaching(text):
            found = located(text).exists()
        if not found:
            raise WenmaiError(t(f"没有这个文件或文件夹：{text}", f"no such file or folder: {text}"))
    return value


def file(value: Path) -> Path:
    """A file that is there."""
    if value.is_dir():
        raise WenmaiError(
            t(
                f"{value} 是文件夹；请给出一份文件，或用 kg build、kg extract",
                f"{value} is a folder; name one file, or use kg build or kg extract",
            )
        )
    return existing(value)


def folder(value: Path) -> Path:
    """A folder that is there."""
    if not value.is_dir():
        raise WenmaiError(t(f"没有这个文件夹：{value}", f"no such folder: {value}"))
    return value


def output(value: Path | None) -> Path | None:
    """A file to write; the folder it is to stand in is made."""
    if value is not None:
        value.parent.mkdir(parents=True, exist_ok=True)
    return value


def tell(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def told(issue: Issue) -> str:
    """What to say of a file that could not be used."""
    return t(
        f"{issue.source}：{issue.message}（{issue.code}）",
        f"{issue.source}: {READ_ERRORS.get(issue.code, issue.message)} ({issue.code})",
    )


def day(value: str | None) -> str | None:
    """A day, month or year."""
    if value and not _is_day(value):
        message = t(
            f"日期请写成 2020、2020-06 或 2020-06-30，而不是 {value}",
            f"write a date as 2020, 2020-06 or 2020-06-30, not {value}",
        )
        raise WenmaiError(message)
    return value


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        return False
    return True


Folder = Annotated[
    Path, typer.Argument(help=t("kg build 所写的文件夹", "folder that kg build wrote"), callback=folder)
]
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "print JSON"))]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        callback=output,
        help=t("写入文件（默认标准输出）", "file to write; standard output otherwise"),
    ),
]
Document = Annotated[
    str,
    typer.Argument(help=t("发文字号、标题、标题的一部分或 IRI", "number, title, part of a title, or IRI")),
]
Top = Annotated[int, typer.Option("--top", min=1, help=t("列出多少", "how many"))]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help=t("进程数", "processes"))]
