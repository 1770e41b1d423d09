"""A small graph on disk for the tests of the workbench; the hostile one has markup in every field."""

from __future__ import annotations

from pathlib import Path

from kg.build.run import build_graph
from kg.graph import iris
from kg.graph import terms as t
from kg.store import OxigraphStore
from tests.views import HOSTILE

OUTLINE = "岚江省数字法治纲要（2021—2025年）"
_PLAN = """岚江省人民政府关于印发岚江省数字法治行动计划的通知
岚政发〔2022〕13号

各市、县人民政府：
根据《岚江省数字法治纲要（2021—2025年）》（岚发〔2021〕7号），制定本计划。
贯彻落实《中华人民共和国行政处罚法》，推行“双随机、一公开”监管。

岚江省人民政府
2022年3月1日
"""
_REPORT = """岚江省人民政府办公厅关于开展检查的通知
岚政办发〔2023〕5号

各市人民政府：
按照《岚江省数字法治纲要(2021-2025年)》要求，开展检查。见《岚江省数字法治纲要（2020—2025年）》。

岚江省人民政府办公厅
2023年5月6日
"""
_EVIL = """<img src=x onerror="window.ran=1">关于<script>window.ran=1</script>的通知
<svg onload=window.ran=1>发〔2022〕1号

"><b onmouseover=window.ran=1>：
根据《<script>window.ran=1</script>办法》（{{7*7}}发〔2021〕2号）和《"onload="window.ran=1"规定》，制定《%s办法》。

2022年3月1日
"""


def write_graph(folder: Path) -> Path:
    """Build the graph of three invented documents."""
    texts = folder / "texts"
    texts.mkdir(parents=True)
    sources = {"plan.txt": _PLAN, "check.txt": _REPORT, "<i onclick=ran=1>.txt": _EVIL % ("长" * 3000)}
    for name, text in sources.items():
        (texts / name).write_text(text, encoding="utf-8")
    build_graph([texts], folder / "graph")
    return folder / "graph"


def write_hubs(folder: Path, hubs: int, each: int) -> Path:
    """A graph of outlines, each based on the one before and cited by ``each`` notices; a store and nothing else."""
    lines = []

    def document(key: str, label: str) -> str:
        node = iris.entity(f"document/title/{key}")
        for predicate, value in ((t.RDF_TYPE, f"<{t.C_DOCUMENT}>"), (t.RDFS_LABEL, iris.text(label))):
            lines.append(f"{node} <{predicate}> {value} .\n")
        return node

    before = None
    for h in range(hubs):
        hub = document(f"h{h}", f"第{h}号纲要")
        lines += [f"{hub} <{t.CITES}> {before} .\n"] if before else []
        before = hub
        notices = (document(f"n{h}-{i}", f"第{h}号纲要的第{i}号通知") for i in range(each))
        lines += [f"{notice} <{t.CITES}> {hub} .\n" for notice in notices]
    folder.mkdir(parents=True)
    with OxigraphStore.create(folder / "store") as store:
        store.load(lines)
    return folder


def write_hostile(folder: Path) -> Path:
    """A graph whose every text is hostile, past all cleaning of titles; a store and nothing else."""
    lines = []

    def say(subject: str, predicate: str, value: str, graph: str = "") -> None:
        lines.append(f"{subject} <{predicate}> {value} {graph} .\n")

    def entity(key: str, kind: str, text: str) -> str:
        node = iris.entity(key)
        for predicate in (t.RDFS_LABEL, t.NUMBER, t.SKOS_ALT_LABEL, t.DCTERMS_ISSUED, t.YEAR):
            say(node, predicate, iris.text(text))
        say(node, t.RDF_TYPE, f"<{kind}>")
        return node

    centre = entity("document/title/centre", t.C_DOCUMENT, HOSTILE[0])
    for i, text in enumerate(HOSTILE):
        source, notice = f"<{iris.ID}source/{i:032x}>", entity(f"document/title/{i}", t.C_DOCUMENT, text)
        body = entity(f"institution/{i}", t.C_INSTITUTION, text)
        measure = entity(f"measure/{i}", t.C_MEASURE, text)
        citation, reading, span = (f"<{iris.ID}{kind}/{i}>" for kind in ("citation", "reading", "span"))
        say(notice, t.CITES, centre)
        say(notice, t.ISSUED_BY, body)
        say(notice, t.MENTIONS, measure)
        say(notice, t.ATTESTED_BY, source)
        say(citation, t.CITO_HAS_CITING_ENTITY, notice)
        say(citation, t.CITO_HAS_CITED_ENTITY, centre)
        say(citation, t.FUNCTION, f"<{t.V_FUNCTION['basedOn']}>")
        say(citation, t.HAS_READING, reading)
        say(reading, t.SENTENCE, span, source)
        say(span, t.OA_EXACT, iris.text(text), source)
        say(span, t.OA_START, iris.text("0"), source)
        say(span, t.OA_END, iris.text("1"), source)
        say(source, t.PATH, iris.text(text), source)
    folder.mkdir(parents=True)
    with OxigraphStore.create(folder / "store") as store:
        store.load(lines)
    return folder
