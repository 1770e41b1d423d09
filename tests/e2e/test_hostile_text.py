"""A document full of what terminals, XML, spreadsheets and browsers would act on."""

from __future__ import annotations

import csv
import io
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kg.build.run import build_graph
from kg.cli.main import Plain, run

TEXT = """甲市人民政府关于印发《乙\x1b[31m办法</script><img src=x onerror=alert(1)>"'》的通知
甲政发〔2020〕1号
各区人民政府：
根据《丙\x1b]0;x\x07办法<b>》（国发〔2019〕3号），现予印发。为落实《=HYPERLINK("http://x")条例》，制定。
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in" / "a<img src=x onerror=alert(2)>.txt").write_text(TEXT, encoding="utf-8")
    build_graph([folder / "in"], folder / "graph")
    return folder / "graph"


def kg(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> None:
    monkeypatch.setattr(sys, "argv", ["kg", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        run()
    assert not end.value.code


@pytest.mark.parametrize("form", ["graphml", "gexf", "rdfxml"])
def test_xml_is_well_formed(graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    kg(monkeypatch, "export", graph, "--format", form, "-o", tmp_path / "a.xml")
    assert len(list(ET.parse(tmp_path / "a.xml").iter())) > 10


def test_a_trace_as_graphml_is_well_formed(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg(
        monkeypatch,
        "trace",
        graph,
        "甲政发〔2020〕1号",
        "--up",
        "--format",
        "graphml",
        "-o",
        tmp_path / "a.xml",
    )
    assert "办法" in "".join(ET.parse(tmp_path / "a.xml").getroot().itertext())


def test_no_cell_is_a_formula(graph: Path) -> None:
    with (graph / "citations.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_no_page_holds_an_element_of_a_document(graph: Path) -> None:
    page = (graph / "graph.html").read_text(encoding="utf-8")
    assert "<img src=x" not in page
    assert "办法</script>" not in page


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_nothing_but_text(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    kg(monkeypatch, "trace", graph, "甲政发〔2020〕1号", "--up")
    assert "丙\ufffd]0;x\ufffd办法" in terminal.getvalue()
    assert "\x1b" not in terminal.getvalue()


def test_lines_and_tabs_stay() -> None:
    stream = io.StringIO()
    Plain(stream).write("甲\t乙\n\r\x9b\x7f")
    assert stream.getvalue() == "甲\t乙\n" + "\ufffd" * 3
