"""Commands by which a graph lives: add, remove, review."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import checks
from kg.cli.checks import AsJson, Document, Folder, Jobs, Top
from kg.cli.lang import t

if TYPE_CHECKING:
    from kg.build.review import ReviewItem
    from kg.identify import Decision


class Decide(StrEnum):
    """What a person can answer in a review."""

    MERGE = "m"
    SPLIT = "s"
    REJECT = "r"
    LATER = "n"
    QUIT = "q"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command, zh, en in (
        (
            add,
            "加入文件。例：kg add exports/graph 新文件夹",
            "Add files. Example: kg add exports/graph FOLDER",
        ),
        (
            remove,
            "移除文件。例：kg remove exports/graph 国发〔2015〕1号",
            "Remove a document. Example: kg remove exports/graph 国发〔2015〕1号",
        ),
        (
            review,
            "逐条审定。例：kg review exports/graph",
            "Decide what is in doubt. Example: kg review exports/graph",
        ),
    ):
        app.command(help=t(zh, en))(command)


def add(
    folder: Folder,
    paths: Annotated[
        list[Path], typer.Argument(help=t("文件或文件夹", "files or folders"), callback=checks.existing)
    ],
    jobs: Jobs = 1,
    as_json: AsJson = False,
) -> None:
    """Add files, or take in anew those that changed."""
    from kg.build.grow import add as grow

    done = grow(folder, paths, jobs=jobs)
    _grown(asdict(done), as_json)
    for issue in done.issues:
        typer.echo(checks.told(issue), err=True)


def remove(folder: Folder, document: Document, as_json: AsJson = False) -> None:
    """Take out a file, or all files of a document."""
    from kg.build.grow import remove as shrink

    _grown(asdict(shrink(folder, document)), as_json)


def _grown(done: dict[str, Any], as_json: bool) -> None:
    if as_json:
        checks.tell(done)
        return
    typer.echo(
        t(
            f"加入 {done['added']}，移除 {done['removed']}，未变 {done['kept']}；"
            f"更新实体 {done['entities']} 个，重述来源 {done['restated']} 个",
            f"{done['added']} added, {done['removed']} removed, {done['kept']} unchanged; "
            f"{done['entities']} entities and {done['restated']} other sources brought up to date",
        )
    )


def review(
    folder: Folder,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--write", callback=checks.output, help=t("写成表格，供填写", "write a spreadsheet to fill in")
        ),
    ] = None,
    read: Annotated[
        Path | None,
        typer.Option(
            "--read", callback=checks.existing, help=t("读回填好的表格", "read a filled spreadsheet")
        ),
    ] = None,
    undo: Annotated[
        int, typer.Option("--undo", min=0, help=t("撤回最近几条", "take back the last ones"))
    ] = 0,
    who: Annotated[str, typer.Option("--who", envvar="USER", help=t("审定人", "who decides"))] = "",
    when: Annotated[str, typer.Option("--when", help=t("日期", "date"))] = "",
    top: Top = 200,
    as_json: AsJson = False,
) -> None:
    """Show what is in doubt and take decisions, one a keystroke, or through a spreadsheet."""
    from kg.build import review as work

    if undo:
        _listed(work.undo(folder, undo))
    elif read:
        made = work.read_items(read)
        work.decide(folder, made)
        _listed(made)
    else:
        items = work.review_items(folder)[:top]
        if sheet:
            work.write_items(items, sheet)
            typer.echo(f"{sheet}: {len(items)}")
        elif as_json:
            checks.tell([asdict(i) for i in items])
        else:
            _ask(folder, items, who, when)


def _listed(decisions: tuple[Decision, ...]) -> None:
    for d in decisions:
        typer.echo(f"{d.action} {d.key} {d.target} {d.why}".rstrip())
    typer.echo(
        t(f"共 {len(decisions)} 条；运行 kg build 后生效", f"{len(decisions)} decisions; run kg build")
    )


def _ask(folder: Path, items: list[ReviewItem], who: str, when: str) -> None:
    from kg.build.review import REASONS, decide
    from kg.identify import Action, Decision

    prompt = t(
        "m 合并 / s 分开 / r 剔除 / n 下一条 / q 结束", "m merge / s keep apart / r reject / n next / q quit"
    )
    actions = {Decide.MERGE: Action.MERGE, Decide.SPLIT: Action.SPLIT, Decide.REJECT: Action.REJECT}
    for n, item in enumerate(items, 1):
        typer.echo(f"[{n}/{len(items)}] {REASONS[item.reason]}（{item.score:.2f}，{item.cited}）")
        typer.echo(f"  {item.key}")
        typer.echo(f"  {item.target} {item.note}".rstrip())
        answer = typer.prompt(prompt, default=Decide.LATER.value).strip().lower()
        if answer == Decide.QUIT:
            break
        if answer in actions:
            decide(folder, [Decision(actions[Decide(answer)], item.key, item.target, who, when, item.reason)])
