"""Small graphs for the tests of pages, one of them hostile."""

from __future__ import annotations

from kg.render import GraphView, Quote, ViewEdge, ViewNode, make_view

HOSTILE = (
    "<img src=x onerror='window.ran=1'>",
    "</script><script>window.ran=1</script>",
    '"><svg onload=window.ran=1>',
    "<!--<script>window.ran=1",
    "{{ 7*7 }}{% include 'x' %}",
    "javascript:window.ran=1",
    "\u202e\u2067法律\u2028\u2029\x00\x1b]",
    "'+window.ran=1+'",
    "__proto__",
    "长" * 10_000,
)


def plan_view() -> GraphView:
    """An outline that a city's and a county's plan cite, with an institution and a measure."""
    nodes = (
        ViewNode("d/1", "数字法治实施纲要（2021—2025年）", "cited", "国发〔2021〕7号", 2021, "national", 2),
        ViewNode(
            "d/2",
            "澜汀市数字法治行动计划",
            "document",
            "澜府发〔2022〕13号",
            2022,
            "prefecture",
            1,
            (("number", "澜府发〔2022〕13号"), ("issuer", "澜汀市人民政府"), ("date", "2022-03-01")),
        ),
        ViewNode("d/3", "青禾县数字法治行动方案", "document", "青府发〔2023〕2号", 2023, "county"),
        ViewNode("i/1", "澜汀市人民政府", "institution", level="prefecture", size=1),
        ViewNode("m/1", "一窗通办", "measure", size=1),
    )
    quote = Quote("根据《数字法治实施纲要（2021—2025年）》，制定本计划。", "plan.txt", 10, 38)
    edges = (
        ViewEdge("d/2", "d/1", "basedOn", (quote,), "2022-03-01"),
        ViewEdge("d/2", "d/1", "mentions", (Quote("见上级纲要。", "plan.txt", 50, 56),), "2022-03-01"),
        ViewEdge(
            "d/3", "d/1", "implements", (Quote("贯彻落实国家纲要。", "county.txt", 3, 12),), "2023-01-05"
        ),
        ViewEdge("d/3", "d/2", "basedOn"),
        ViewEdge("d/2", "i/1", "issuedBy"),
        ViewEdge("d/2", "m/1", "providesFor"),
    )
    return make_view(nodes, edges, title="行动计划")


def hostile_view() -> GraphView:
    """Markup, scripts, direction marks and endless titles in every field."""
    nodes = tuple(
        ViewNode(
            f"{i}{text}",
            text,
            "document" if i % 2 else text,
            text,
            None,
            text,
            i,
            ((text, text), ("href", text)),
            (Quote(text, text, 0, 1),),
        )
        for i, text in enumerate(HOSTILE)
    )
    edges = tuple(
        ViewEdge(a.id, b.id, text, (Quote(text, text),), text)
        for a, b, text in zip(nodes, nodes[1:], HOSTILE, strict=False)
    )
    return make_view(nodes, edges, title=HOSTILE[1] + HOSTILE[0])


def large_view(count: int) -> GraphView:
    """A graph of ``count`` documents, each citing three others, over all levels and twenty years."""
    levels = ("national", "province", "prefecture", "county", None)
    nodes = [
        ViewNode(
            f"d/{i}",
            f"关于第{i}项工作的通知",
            "document",
            f"澜府发〔{2001 + i % 20}〕{i}号",
            2001 + i % 20,
            levels[i % 5],
            40 // (i + 1),
        )
        for i in range(count)
    ]
    edges = [
        ViewEdge(f"d/{i}", f"d/{i // k}", "basedOn")
        for i in range(1, count)
        for k in (2, 3, 7)
        if i // k != i
    ]
    return make_view(nodes, edges, title="大图", limit=count)
