"""Commands that look into a graph: status, audit, search, stats, analyze, chain, diffusion."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import checks
from kg.cli.checks import AsJson, Document, Folder, Top
from kg.cli.lang import t
from kg.model.errors import WenmaiError

if TYPE_CHECKING:
    pass

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", help=t("截至日期，如 2020-06-30", "day, such as 2020-06-30"), callback=checks.day
    ),
]


class Measure(StrEnum):
    """Figures of the citation network: those of :data:`kg.analyze.MEASURES`, pairs and groups."""

    CITED = "cited"
    CITED_ACROSS_LEVELS = "cited-across-levels"
    CITES = "cites"
    PAGERANK = "pagerank"
    AUTHORITIES = "authorities"
    HUBS = "hubs"
    K_CORE = "k-core"
    BETWEENNESS = "betweenness"
    CO_CITATION = "co-citation"
    COUPLING = "coupling"
    COMMUNITIES = "communities"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command, zh, en in (
        (
            status,
            "文件在某日是否有效。例：kg status exports/graph 国发〔2015〕1号 --as-of 2020-01-01",
            "Was it in force? Example: kg status exports/graph 国发〔2015〕1号 --as-of 2020-01-01",
        ),
        (audit, "全库审查。例：kg audit exports/graph", "What to look into. Example: kg audit exports/graph"),
        (
            search,
            "全文检索。例：kg search exports/graph 公平竞争 审查",
            "Full-text search. Example: kg search exports/graph 公平竞争 审查",
        ),
        (stats, "统计。例：kg stats exports/graph", "Counts. Example: kg stats exports/graph"),
        (
            analyze,
            "网络指标。例：kg analyze exports/graph pagerank",
            "Network figures. Example: kg analyze exports/graph pagerank",
        ),
        (
            chain,
            "两份文件之间最短的引用链；只给一份时为其依据链。例：kg chain exports/graph 甲发〔2020〕1号 国发〔2015〕1号",
            "Shortest chain between two documents, or what one rests on. Example: kg chain exports/graph A B",
        ),
        (
            diffusion,
            "举措的扩散。例：kg diffusion exports/graph 一窗受理",
            "How a measure spreads. Example: kg diffusion exports/graph 一窗受理",
        ),
    ):
        app.command(help=t(zh, en))(command)


def status(folder: Folder, document: Document, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Whether a document was in force on a day, with the sentences that prove it."""
    from datetime import UTC, datetime

    from kg.api import open_graph
    from kg.query.status import status as standing

    with open_graph(folder) as graph:
        found = standing(graph.store, document, as_of or datetime.now(UTC).date().isoformat())
    if as_json:
        checks.tell(asdict(found))
        return
    typer.echo(
        f"{found.document.label}（{found.document.number or '—'}）{found.as_of}：{_STATES[found.state]}"
    )
    if found.version:
        held = "、".join(found.version.sources) or t("库中无此版本", "not held")
        typer.echo(f"  {t('当日文本', 'text of that day')} {found.version.date} {held}")
    for e in found.events:
        note = "" if e.stated else t("（据文件日期）", " (date of the instrument)")
        typer.echo(f"  {e.date or '—'}{note} {_EVENTS[e.kind]} 《{e.by}》{e.by_number or ''}")
        typer.echo(f"    “{' '.join(e.sentence.split())}” {e.path}:{e.start}-{e.end}")


_STATES = {
    "in-force": t("有效", "in force"),
    "amended": t("有效，已修改", "in force, amended"),
    "not-yet": t("尚未施行", "not yet in force"),
    "repealed": t("已废止", "repealed"),
    "expired": t("已失效", "expired"),
    "superseded": t("已被替代", "superseded"),
    "unknown": t("不详", "unknown"),
}
_EVENTS = {
    "repealed": t("废止", "repealed by"),
    "amended": t("修改", "amended by"),
    "expired": t("失效", "expired by"),
    "superseded": t("替代", "superseded by"),
    "inForce": t("施行", "in force by"),
}


def audit(folder: Folder, as_of: AsOf = None, top: Top = 50, as_json: AsJson = False) -> None:
    """Citations of repealed texts, fallen bases, miscitations, missing numbers; each with its proof."""
    from kg.analyze.audit import KINDS
    from kg.analyze.audit import audit as look
    from kg.api import open_graph

    with open_graph(folder) as graph:
        found = look(graph.store, as_of)
    if as_json:
        checks.tell([asdict(f) for f in found])
        return
    for f in found[:top]:
        typer.echo(f"[{KINDS[f.kind]}] {f.document.rsplit('/', 1)[-1]}：{f.detail}")
        if f.sentence:
            typer.echo(f"    “{' '.join(f.sentence.split())}” {f.source}:{f.start}-{f.end}")
        if f.proof:
            typer.echo(f"    ← “{' '.join(f.proof.split())}”")
    typer.echo(t(f"共 {len(found)} 处", f"{len(found)} findings"))


def search(
    folder: Folder,
    words: Annotated[list[str], typer.Argument(help=t("要找的词", "words"))],
    top: Top = 20,
    as_json: AsJson = False,
) -> None:
    """Sources that hold all the words."""
    from kg.build.search import full_text

    if not "".join(words).strip():
        raise WenmaiError(t("请给出要找的词", "give the words to look for"))
    with full_text(folder) as index:
        found = index.search(" ".join(words), top)
    if as_json:
        checks.tell([asdict(h) for h in found])
        return
    for h in found:
        typer.echo(f"{h.title or h.path}\n    {h.snippet}\n    {h.path}:{h.start}-{h.end}")
    typer.echo(t(f"共 {len(found)} 份", f"{len(found)} sources"))


def stats(folder: Folder, as_json: AsJson = False) -> None:
    """Counts of what the graph holds."""
    from kg.analyze import statistics
    from kg.api import open_graph
    from kg.cli.counts import told

    with open_graph(folder) as graph:
        counts = statistics(graph.store)
    if as_json:
        checks.tell(counts)
    else:
        typer.echo(told(counts))


def analyze(
    folder: Folder,
    measure: Annotated[Measure, typer.Argument(help=t("指标", "measure"))] = Measure.PAGERANK,
    top: Top = 20,
    since: Annotated[str | None, typer.Option("--since", help=t("起", "from"), callback=checks.day)] = None,
    until: Annotated[str | None, typer.Option("--until", help=t("止", "to"), callback=checks.day)] = None,
    as_json: AsJson = False,
) -> None:
    """The highest figures of the citation network."""
    from kg import analyze as library
    from kg.api import open_graph

    with open_graph(folder) as graph:
        if measure in (Measure.CO_CITATION, Measure.COUPLING):
            shared = library.co_citation if measure is Measure.CO_CITATION else library.bibliographic_coupling
            pairs = shared(graph.store, top=top)
            rows: list[Any] = [asdict(p) for p in pairs]
            lines = [f"{p.shared:>6}  {p.left.label} ＋ {p.right.label}" for p in pairs]
        elif measure is Measure.COMMUNITIES:
            groups = library.communities(graph.store)[:top]
            rows = [[asdict(s) for s in g] for g in groups]
            lines = [f"{len(g):>6}  {'；'.join(s.label for s in g[:5])}" for g in groups]
        else:
            scores = library.analyze(graph.store, measure.value, top=top, since=since, until=until)
            rows = [asdict(s) for s in scores]
            lines = [f"{s.value:>10.6g}  {s.number}  {s.label}" for s in scores]
    if as_json:
        checks.tell(rows)
        return
    for line in lines:
        typer.echo(line)


def chain(
    folder: Folder,
    start: Document,
    end: Annotated[str | None, typer.Argument(help=t("被引的一端", "the cited end"))] = None,
    as_json: AsJson = False,
) -> None:
    """The shortest chain of citations between two documents, or the chains of one's bases."""
    from kg.api import open_graph
    from kg.query.chains import basis_chains, coverage, shortest_chain
    from kg.query.renderers import LABELS, excerpt

    with open_graph(folder) as graph:
        if end is None:
            chains = basis_chains(graph.store, start)
        else:
            found = shortest_chain(graph.store, start, end)
            chains = (found,) if found else ()
        known = coverage(graph.store)
    if as_json:
        checks.tell([[asdict(step) for step in steps] for steps in chains])
        return
    for steps in chains:
        typer.echo(f"{steps[0].citing.label}（{steps[0].citing.number or '—'}）")
        for n, step in enumerate(steps, 1):
            kinds = "、".join(sorted({LABELS[q.function] for q in step.quotes}))
            typer.echo(f"{'  ' * n}→ [{kinds}] {step.cited.label}（{step.cited.number or '—'}）")
            typer.echo(f"{'  ' * n}  “{excerpt(step.quotes[0])}” {step.quotes[0].path}")
    typer.echo(
        t(
            f"共 {len(chains)} 条。有原文的 {known.held} 份文件中 {known.citing} 份引用了别的文件；"
            f"另有 {known.ghosts} 份只被引用、没有原文，链到它们为止",
            f"{len(chains)} chains. Of {known.held} documents held {known.citing} cite others; "
            f"{known.ghosts} more are only cited, and chains end there",
        )
    )


def diffusion(
    folder: Folder,
    measure: Annotated[str, typer.Argument(help=t("举措名称", "name of the measure"))],
    as_json: AsJson = False,
) -> None:
    """Who took a measure up when, how far and how fast it spread."""
    from kg.analyze.diffusion import diffusion as spread
    from kg.api import open_graph

    with open_graph(folder) as graph:
        found = spread(graph.store, measure)
    if as_json:
        checks.tell(asdict(found))
        return
    speed = found.per_year if found.per_year is not None else "—"
    typer.echo(
        t(
            f"{found.measure.label}：强度 {found.documents} 份文件，广度 {found.bodies} 个机构（{found.breadth:.1%}），"
            f"速度每年 {speed} 个，可定位文件占 {found.covered:.0%}",
            f"{found.measure.label}: {found.documents} documents, {found.bodies} bodies ({found.breadth:.1%}), "
            f"{speed} bodies a year; {found.covered:.0%} of the documents can be placed",
        )
    )
    for a in found.adoptions:
        typer.echo(f"  {a.date:10}  {_STEPS[a.step]}  {a.body}  {a.document}")


_STEPS = {
    "first": t("首次", "first"),
    "down": t("自上而下", "down"),
    "level": t("同级", "level"),
    "up": t("自下而上", "up"),
    "unknown": t("不详", "unknown"),
}
