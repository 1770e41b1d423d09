"""Commands that read documents: build, extract, evaluate, demo."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import checks
from kg.cli.checks import AsJson, Jobs, Output
from kg.cli.lang import t
from kg.model.errors import WenmaiError

if TYPE_CHECKING:
    from kg.build.lines import Progress
    from kg.build.run import Report

Paths = Annotated[
    list[Path], typer.Argument(help=t("文件或文件夹", "files or folders"), callback=checks.existing)
]
Engine = Annotated[
    str,
    typer.Option(
        "--recognizer", help=t("rules、lac、spacy:模型、hanlp:模型", "rules, lac, spacy:MODEL or hanlp:MODEL")
    ),
]
_CORES = os.cpu_count() or 1


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command, zh, en in (
        (
            build,
            "读取文件和文件夹，建成图谱。例：kg build 文件夹 -o exports/图谱",
            "Build the graph of files and folders. Example: kg build FOLDER -o exports/graph",
        ),
        (
            extract,
            "只抽取，不建图：每份文件一行 JSON；- 读标准输入。例：kg extract 报告.txt -o 结果.jsonl",
            "One JSON object a line for each document, without a graph; - reads standard input. Example: kg extract report.txt -o out.jsonl",
        ),
        (
            evaluate,
            "与人工标注比对打分。例：kg evaluate 标注 --corpus 原文 --errors DOCUMENT",
            "Score an extraction against hand annotations. Example: kg evaluate GOLD --corpus TEXTS --errors DOCUMENT",
        ),
        (
            demo,
            "用随附的示例文件建一张图谱。例：kg demo",
            "Build the graph of the sample documents. Example: kg demo",
        ),
    ):
        app.command(help=t(zh, en))(command)


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """A progress bar on a terminal; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.progress import Task as BarTask
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: BarTask) -> Text:
            return Text(t(f"{task.speed or 0:.0f} 份/秒", f"{task.speed or 0:.0f} documents/s"))

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Speed(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(t("读取", "reading"), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def build(
    paths: Annotated[
        list[str],
        typer.Argument(
            help=t(
                "文件或文件夹，也可以是 s3://、hdfs:// 等地址",
                "files or folders, also at addresses such as s3:// and hdfs://",
            ),
            callback=checks.addresses,
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help=t(
                "图谱所在文件夹；给出地址（s3://、file:// 等）则写成分片：Parquet 和排好序的 N-Quads",
                "folder of the graph; at an address (s3://, file:// …) it is written in shards of Parquet and sorted N-Quads",
            ),
        ),
    ] = "exports/graph",
    jobs: Jobs = _CORES,
    recognizer: Engine = "rules",
    cluster: Annotated[
        str | None,
        typer.Option(
            help=t(
                "在 Dask 集群上运行：调度器地址（tcp://主机:8786）或调度器文件",
                "run on a Dask cluster: address (tcp://HOST:8786) or file of its scheduler",
            )
        ),
    ] = None,
    max_issues: Annotated[
        int | None,
        typer.Option(
            help=t(
                "问题（不含说明）多于此数时退出码为 1",
                "exit with status 1 above this number of issues, notes apart",
            )
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=t("不显示进度", "no progress bar"))] = False,
    as_json: AsJson = False,
) -> None:
    """Build the graph of files and folders."""
    from kg.build.run import build_graph
    from kg.read import is_address, located

    if str(checks.STDIN) in paths:
        raise WenmaiError(t("建图需要文件；- 只用于 kg extract", "a graph needs files; - is for kg extract"))
    with _progress(quiet) as progress:
        try:
            sources = [located(path) for path in paths]
            if is_address(out):
                from kg.build.sharded import build_sharded

                report = build_sharded(
                    sources, out, jobs=jobs, recognizer=recognizer, cluster=cluster, progress=progress
                )
            else:
                report = build_graph(
                    sources, Path(out), jobs=jobs, recognizer=recognizer, cluster=cluster, progress=progress
                )
        except KeyboardInterrupt:
            message = t(
                "已停止；读过的文件已保存，再次运行同一命令即可继续。",
                "Stopped. What was read is kept; run the same command to go on.",
            )
            typer.echo(message, err=True)
            raise typer.Exit(130) from None
    if as_json:
        typer.echo(json.dumps(report.summary, ensure_ascii=False, indent=2))
    else:
        typer.echo(_told(report, out))
    if max_issues is not None and report.issues > max_issues:
        raise typer.Exit(1)


def extract(
    paths: Paths,
    output: Output = None,
    jobs: Jobs = 1,
    recognizer: Engine = "rules",
) -> None:
    """One JSON object a line for each document: entities, mentions, citations, relations."""
    from kg.build.lines import extract_lines, extract_stream

    piped = checks.STDIN in paths
    if piped and len(paths) > 1:
        raise WenmaiError(t("- 不能与其他路径同用", "- stands alone"))
    lines = (
        extract_stream(sys.stdin.buffer.read(), recognizer)
        if piped
        else extract_lines(paths, jobs=jobs, recognizer=recognizer)
    )
    failures = 0
    with output.open("w", encoding="utf-8", newline="\n") if output else nullcontext(sys.stdout) as out:
        for result in lines:
            if isinstance(result, str):
                out.write(result + "\n")
            else:
                failures += 1
                typer.echo(checks.told(result), err=True)
    if failures:
        raise typer.Exit(1)


def evaluate(
    gold: Annotated[
        Path, typer.Argument(help=t("标注文件夹", "folder of annotations"), callback=checks.folder)
    ],
    corpus: Annotated[
        Path | None, typer.Option(help=t("原文所在文件夹", "folder of the annotated texts"))
    ] = None,
    extraction: Annotated[
        Path | None,
        typer.Option(
            callback=checks.existing, help=t("已有的抽取结果", "an extraction file; extracted anew otherwise")
        ),
    ] = None,
    errors: Annotated[
        str | None, typer.Option(help=t("列出此类错误，all 为全部", "list the errors of a kind, or all"))
    ] = None,
    recognizer: Engine = "rules",
    as_json: AsJson = False,
) -> None:
    """Score an extraction against hand annotations."""
    from kg.build.lines import extract_lines
    from kg.build.run import annotated_files
    from kg.evaluate import evaluate as score
    from kg.evaluate import report

    if not any(gold.glob("*.json")):
        raise WenmaiError(t(f"{gold} 里没有标注（*.json）", f"{gold} holds no annotations (*.json)"))
    texts = corpus or gold.resolve().parent / "corpus"
    if extraction:
        found = _extractions(extraction)
    else:
        lines = extract_lines(annotated_files(gold, texts), jobs=1, recognizer=recognizer)
        found = (json.loads(x) for x in lines if isinstance(x, str))
    scores = score(gold, found, texts)
    for mistake in scores.mistakes:
        if errors in (mistake.kind, "all"):
            typer.echo(str(mistake))
    if as_json:
        typer.echo(json.dumps(scores.figures(), ensure_ascii=False))
    else:
        typer.echo("\n".join(report(scores)))


def _extractions(path: Path) -> Iterator[dict[str, Any]]:
    try:
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                found = json.loads(line)
                if "source" in found:
                    yield found
    except (ValueError, TypeError) as error:
        message = t(f"{path} 不是 kg extract 所写的文件", f"{path} was not written by kg extract")
        raise WenmaiError(message) from error


def demo(
    out: Annotated[
        Path, typer.Option("--output", "-o", help=t("图谱所在文件夹", "folder of the graph"))
    ] = Path("exports/sample"),
) -> None:
    """Copy the sample documents, build their graph and say where to look."""
    from shutil import copyfile

    from kg.build.run import build_graph
    from kg.data import sample_files

    documents = out / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for file in sorted(sample_files().glob("*.txt")):
        copyfile(file, documents / file.name)
    typer.echo(_told(build_graph([documents], out), out.as_posix()))


def _told(report: Report, folder: str) -> str:
    """What a build did, in a few lines."""
    from kg.read import is_address

    s = report.summary
    entities = s["entities"]
    names = [
        (t("机构", "institutions"), entities.get("INSTITUTION", 0)),
        (t("文件", "documents"), entities.get("DOCUMENT", 0)),
        (t("举措", "measures"), entities.get("MEASURE", 0)),
        (t("引用", "citations"), s["citations"]),
        (t("关系", "relations"), s["relations"]),
    ]
    lines = [
        t(
            f"来源 {s['sources']} 份：本次读取 {report.read}，未变 {report.kept}，移除 {report.removed}，"
            f"不可用 {s['failures']}，忽略 {len(report.ignored)}；用时 {report.seconds:.1f} 秒",
            f"{s['sources']} sources: {report.read} files read, {report.kept} unchanged, {report.removed} removed, "
            f"{s['failures']} unusable, {len(report.ignored)} ignored; {report.seconds:.1f} s",
        ),
        "  ".join(f"{name} {number}" for name, number in names),
    ]
    if is_address(folder):
        lines += [
            t(f"图谱 {folder}/nquads", f"graph  {folder}/nquads"),
            t(f"表格 {folder}/tables", f"tables {folder}/tables"),
        ]
    else:
        lines += [
            t(f"图库 {folder}/store", f"store {folder}/store"),
            t(f"网页 {folder}/graph.html", f"page  {folder}/graph.html"),
        ]
    if report.issues or report.information:
        place = f"{folder}/tables/issues" if is_address(folder) else f"{folder}/issues.jsonl"
        lines.append(
            t(
                f"问题 {report.issues} 条，说明 {report.information} 条，见 {place}",
                f"{report.issues} issues and {report.information} notes, see {place}",
            )
        )
    return "\n".join(lines)
