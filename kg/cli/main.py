"""The command ``kg``: a thin shell over the library, one function a command.

Exit status: 0 done, 1 done with more issues than allowed or with findings, 2 wrong use.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any, Final, TextIO

import typer

from kg.cli import ask, graph_commands, look_commands, make, show, view_commands
from kg.cli.lang import language, t
from kg.model.errors import WenmaiError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=t(
        "文脉：从公文到知识图谱。例：kg build 文件夹 -o exports/图谱",
        "Wenmai: from Chinese official documents to a knowledge graph. Example: kg build FOLDER -o exports/graph",
    ),
)
make.register(app)
ask.register(app)
show.register(app)
view_commands.register(app)
graph_commands.register(app)
look_commands.register(app)


def _version(value: bool) -> None:
    if value:
        from kg import __version__

        typer.echo(f"wenmai {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=t("版本", "version"))
    ] = False,
) -> None:
    """Options that hold for all commands."""


class Plain:
    """A terminal to which no text can say anything but itself: what documents hold of control characters is shown.

    Escape sequences in a document could retitle the window, move the cursor or hide what follows.
    """

    _CONTROLS: Final = {c: "\ufffd" for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\n\t"}

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text, its control characters replaced."""
        return self._stream.write(text.translate(self._CONTROLS))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def run() -> None:
    """Entry point of the command; errors that people can act on are printed without a traceback."""
    if sys.stdout.isatty():
        sys.stdout = Plain(sys.stdout)
    try:
        app()
    except WenmaiError as error:
        typer.echo(f"kg: {error.said(language())}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        why = error.strerror or str(error)
        typer.echo(t(f"kg: 不能读写{where}：{why}", f"kg: cannot read or write{where}: {why}"), err=True)
        sys.exit(2)
