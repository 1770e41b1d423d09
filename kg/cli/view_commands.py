"""Commands that make pages for people: view, dossier, read, serve."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import checks
from kg.cli.checks import Folder
from kg.cli.lang import t
from kg.model.errors import WenmaiError

if TYPE_CHECKING:
    import socket


class PageLang(StrEnum):
    """Languages of pages."""

    ZH = "zh"
    EN = "en"


PageFile = Annotated[Path | None, typer.Option("--output", "-o", help=t("页面文件", "file of the page"))]
Lang = Annotated[PageLang, typer.Option("--lang", help=t("页面语言", "language of the page"))]
Open = Annotated[bool, typer.Option("--open", help=t("在浏览器中打开", "open it in the browser"))]
Limit = Annotated[int, typer.Option(min=1, max=5000, help=t("最多画多少个节点", "most nodes to draw"))]
_LANG = PageLang(t("zh", "en"))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        help=t(
            "生成可交互的关系图页面（单个文件，不联网）。例：kg view exports/graph --around 国发〔2015〕1号",
            "Make an interactive page of the graph: one file, no network. "
            "Example: kg view exports/graph --around 国发〔2015〕1号",
        )
    )(view)
    app.command(
        help=t(
            "一份文件、机构或举措的全部：图、原句、时间线（单个文件）。例：kg dossier exports/graph 双随机一公开",
            "All about one document, institution or measure: graph, sentences, timeline, in one file. "
            "Example: kg dossier exports/graph 双随机一公开",
        )
    )(dossier)
    app.command(
        help=t(
            "阅读一份文件：原文逐处标出机构、文件、举措与引用。例：kg read 报告.txt",
            "Read a document with its institutions, documents, measures and citations marked. "
            "Example: kg read report.txt",
        )
    )(read)
    app.command(
        help=t(
            "在本机浏览器中使用的工作台：检索、溯源、阅读、复核。例：kg serve exports/graph",
            "The workbench, in a browser on this machine: search, trace, read, review. "
            "Example: kg serve exports/graph",
        )
    )(serve)


def view(
    folder: Folder,
    around: Annotated[
        str | None,
        typer.Option(
            help=t("只看与它有关的：文号、题名、名称", "only what is linked to it: number, title, name")
        ),
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=6, help=t("几步以内", "how many steps"))] = 1,
    limit: Limit = 1000,
    output: PageFile = None,
    lang: Lang = _LANG,
    browse: Open = False,
) -> None:
    """Make an interactive page of the graph."""
    from kg.api import open_graph
    from kg.render import graph_view, view_page

    with open_graph(folder) as graph:
        title = "" if around else t("公文图谱", "Graph of official documents")
        shown = graph_view(graph.store, around, depth, limit, title)
    _write(output or folder / "view.html", view_page(shown, lang.value), browse)


def dossier(
    folder: Folder,
    entity: Annotated[str, typer.Argument(help=t("文号、题名、名称或 IRI", "number, title, name or IRI"))],
    limit: Limit = 400,
    output: PageFile = None,
    lang: Lang = _LANG,
    browse: Open = False,
) -> None:
    """Make a page about one entity."""
    from kg.api import open_graph
    from kg.render import dossier_page, graph_view

    with open_graph(folder) as graph:
        shown = graph_view(graph.store, entity, 1, limit)
    _write(output or folder / "dossier.html", dossier_page(shown, lang.value), browse)


def read(
    file: Annotated[Path, typer.Argument(callback=checks.file, help=t("一份文件", "a document"))],
    output: PageFile = None,
    lang: Lang = _LANG,
    browse: Open = False,
) -> None:
    """Make a page of one source; an archive gives a page for each document in it."""
    from kg.build.document import extract_document
    from kg.read import read_path
    from kg.render import read_page

    target = output or Path("exports/read") / f"{file.stem}.html"
    for i, source in enumerate(read_path(file)):
        path = target if i == 0 else target.with_name(f"{target.stem}-{i + 1}{target.suffix}")
        _write(path, read_page(source.text, extract_document(source), lang.value), browse and i == 0)


def _write(path: Path, html: str, browse: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8", newline="")
    typer.echo(path)
    if browse:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


def _listening(port: int) -> socket.socket:
    import socket

    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        message = t(
            f"端口 {port} 不能使用（{error.strerror}）；请用 --port 换一个",
            f"port {port} cannot be used ({error.strerror}); name another with --port",
        )
        raise WenmaiError(message) from error


def serve(
    folder: Folder,
    port: Annotated[int, typer.Option(min=1, max=65535, help=t("端口", "port"))] = 8017,
    edit: Annotated[
        bool, typer.Option("--edit", help=t("允许保存复核决定", "let review decisions be saved"))
    ] = False,
    browse: Open = False,
) -> None:
    """Serve the workbench to this machine until interrupted."""
    try:
        import uvicorn

        from kg.web.app import create_app
    except ImportError as error:
        missing = t(
            f"缺少 {error.name}，请先运行：pip install 'wenmai[serve]'",
            f"{error.name} is missing; run: pip install 'wenmai[serve]'",
        )
        typer.echo(missing, err=True)
        raise typer.Exit(2) from error

    app = create_app(folder, edit=edit)
    listening = _listening(port)
    address = f"http://127.0.0.1:{port}/"
    typer.echo(t(f"工作台：{address}（按 Ctrl+C 停止）", f"Workbench: {address} (Ctrl+C stops it)"))
    if browse:
        import webbrowser

        webbrowser.open(address)
    config = uvicorn.Config(app, log_level="warning", server_header=False)
    uvicorn.Server(config).run(sockets=[listening])
