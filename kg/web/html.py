"""Pages of the workbench, rendered on the server."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from itertools import groupby
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.graph import iris
from kg.graph import terms as t
from kg.identify.decisions import Action, Decision
from kg.model.errors import WenmaiError
from kg.query import Found, NotFoundError, TraceNode, named_queries
from kg.query.trace import Quote as TraceQuote
from kg.render import dossier_page, read_page, view_page
from kg.render.embed import safe_json
from kg.render.model import ViewEdge
from kg.render.style import LINES, MARKS
from kg.web.api import PATHS
from kg.web.explorer import entity_iri
from kg.web.index import Entry
from kg.web.page import address, language, own_page, page, received, said, strings, wording
from kg.web.spread import adopters, timeline, tree
from kg.web.workbench import Workbench, place_address

_PAGE: Final = 30
_FIRST: Final = 5
_BEGIN: Final = 7
_REASON: Final = re.compile(r"（([a-z]+(?:-[a-z]+)+)）")
_MOST_LINKS: Final = 400
_MOST_QUOTES: Final = 20
_MOST_FORM: Final = 65_536
_EXAMPLE: Final = """SELECT ?title (COUNT(DISTINCT ?citing) AS ?cited) WHERE {
  ?citing kg:cites ?document .
  ?document rdfs:label ?title
} GROUP BY ?title ORDER BY DESC(?cited) LIMIT 20"""


@cache
def _terms() -> tuple[str, ...]:
    """All classes, properties and concepts of the ontology with their prefixes, for the editor to complete."""
    values = [value for name, value in vars(t).items() if name.isupper() and name != "PREFIXES"]
    named = [value for value in values if isinstance(value, str)]
    coded = [iri for table in values if isinstance(table, dict) for iri in table.values()]
    short = {
        f"{prefix}:{iri.removeprefix(start)}"
        for iri in (*named, *coded)
        for prefix, start in t.PREFIXES.items()
        if iri.startswith(start)
    }
    return tuple(sorted(term for term in short if re.fullmatch(r"[\w-]+:\w+", term)))


class Pages:
    """Handlers of the pages."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench

    def search(self, request: Request) -> Response:
        """Search with facets."""
        asked = request.query_params.get("q", "")[:200]
        chosen = {name: request.query_params.get(name, "")[:40] for name in ("kind", "level", "year")}
        offset = _number(request, "offset", 0, 0, 1_000_000)
        hits = self.bench.now.index.search(asked, chosen, offset, _PAGE)

        def link(to: int) -> str:
            return "/?" + urlencode({"q": asked, **chosen, "offset": to})

        newer = link(max(0, offset - _PAGE)) if offset else None
        older = link(offset + _PAGE) if offset + _PAGE < hits.total else None
        passages = [] if offset else self.bench.passages(asked)
        if not (asked or offset or any(chosen.values())):
            return self._start(request)
        values: dict[str, Any] = {"q": asked, "chosen": chosen, "hits": hits, "passages": passages}
        return page(request, "search", newer=newer, older=older, **values)

    def _start(self, request: Request) -> Response:
        """Where to begin: what there is, and what is cited and named most."""
        index = self.bench.now.index
        lists = [
            (kind, title, index.search("", {"kind": kind}, limit=_BEGIN).entries)
            for kind, title in (
                ("cited", "mostCited"),
                ("document", "mostCitedHeld"),
                ("institution", "mostNamedInstitutions"),
                ("measure", "mostNamedMeasures"),
            )
        ]
        return page(request, "start", kinds=index.kinds(), lists=lists)

    def entity(self, request: Request) -> Response:
        """All about one entity."""
        path = request.path_params["id"]
        found = self.bench.facts(path, _MOST_LINKS, _MOST_QUOTES)
        node, sources = found.node, self.bench.now.sources
        files = [p for name, value in node.facts if name == "source" for p in value.split("、")]
        ends = sorted({end for e in found.edges for end in (e.source, e.target)} | {path})
        others = self.bench.now.index.some(ends)
        links = [(name, *_links(found.edges, path, others, inward=name == "in")) for name in ("in", "out")]
        return page(
            request,
            "entity",
            node=node,
            path=quote(path, safe="/"),
            sources=[{"path": p, "sha": sources[p]} for p in files if p in sources],
            adopters=adopters(self.bench.now.store, node.id)[:_FIRST] if node.kind == "measure" else (),
            links=links,
            omitted=max(0, found.total - _MOST_LINKS),
        )

    def adopters(self, request: Request) -> Response:
        """Who took a measure up first, by division and along time."""
        path = request.path_params["id"]
        entry = self.bench.now.index.some([path]).get(path)
        if entry is None or entry.kind != "measure":
            raise NotFoundError(path)
        found = adopters(self.bench.now.store, entity_iri(path))
        return page(
            request,
            "adopters",
            entry=entry,
            found=found,
            documents=sum(a.documents for a in found),
            groups=tree(found),
            line_of_time=timeline(found),
        )

    def trace(self, request: Request) -> Response:
        """The tree of citations from a document."""
        path = request.path_params["id"]
        direction = "up" if request.query_params.get("direction") == "up" else "down"
        depth = _number(request, "depth", 2, 1, 6)
        chosen = request.query_params.get("type", "")
        root = self.bench.trace(path, direction, depth, (chosen,) if chosen in t.V_FUNCTION else ())
        shape = request.query_params.get("as", "tree")
        if shape == "layers" and root.children:
            return own_page(view_page(self.bench.traced(root, direction), language(request)))
        sources = self.bench.now.sources
        entries = self.bench.now.index.some(sorted({iris.canonical(x.document.iri) for x in _branches(root)}))

        def name(found: Found) -> str:
            entry = entries.get(iris.canonical(found.iri))
            return entry.label if entry else found.label

        def place(q: TraceQuote) -> str:
            return place_address(sources.get(q.path), q.offset, q.offset + len(q.sentence))

        return page(
            request,
            "trace",
            root=root,
            path=quote(path, safe="/"),
            direction=direction,
            depth=depth,
            chosen=chosen,
            types=list(t.V_FUNCTION),
            shape=shape,
            years=_years(root) if shape == "time" else [],
            place=place,
            name=name,
        )

    def graph(self, request: Request) -> Response:
        """The interactive page around an entity."""
        view = self.bench.view(request.path_params["id"], _number(request, "depth", 1, 1, 4), 1000)
        return own_page(view_page(view, language(request)))

    def explore(self, request: Request) -> Response:
        """A graph that grows where one asks it to."""
        path = request.path_params["id"]
        if not self.bench.exists(path):
            raise NotFoundError(path)
        return self._explorer(request, path)

    def explore_around(self, request: Request) -> Response:
        """The explorer around what ``around`` means; without it, an empty one to search from."""
        asked = request.query_params.get("around", "")[:300].strip()
        if asked:
            return RedirectResponse("/explore/" + quote(self.bench.find(asked), safe="/"), 303)
        return self._explorer(request, "")

    def _explorer(self, request: Request, start: str) -> Response:
        told = {
            "start": start,
            "words": {key: pair[language(request) == "en"] for key, pair in strings().items()},
            "marks": {kind: asdict(mark) for kind, mark in MARKS.items()},
            "lines": {kind: line.color for kind, line in LINES.items()},
        }
        return page(request, "explore", told=safe_json(told))

    def dossier(self, request: Request) -> Response:
        """The dossier of an entity."""
        return own_page(dossier_page(self.bench.view(request.path_params["id"], 1, 400), language(request)))

    def read(self, request: Request) -> Response:
        """A source as laid out, with its mentions."""
        text, x, links = self.bench.source(request.path_params["name"])
        return own_page(read_page(text, x, language(request), links))

    def sparql(self, request: Request) -> Response:
        """Ask in SPARQL, or by a named query."""
        given = dict(request.query_params)
        query, name = given.get("query", ""), given.get("name", "")
        asked = {k.removeprefix("p."): v for k, v in given.items() if k.startswith("p.") and v}
        chosen = named_queries().get(name)
        lacking = (
            [p.name for p in chosen.parameters if p.default is None and p.name not in asked] if chosen else []
        )
        found, failure, status = None, "", 200
        shown = query or (chosen.sparql if chosen else _EXAMPLE)
        try:
            if name and not lacking:
                found = self.bench.named(name, asked)
                shown = self.bench.written(name, asked)
            elif query:
                found = self.bench.sparql(query)
        except WenmaiError as error:
            failure, status = said(error, language(request)), 400
        values: dict[str, Any] = {
            "table": found,
            "failure": failure,
            "query": shown,
            "chosen": chosen,
            "asked": asked,
        }
        values |= {"lacking": lacking, "terms": _terms(), "prefixes": t.PREFIXES}
        values |= {"codes": {"function": t.V_FUNCTION, "level": t.V_LEVEL}}
        return page(request, "sparql", status, named=named_queries(), **values)

    def audit(self, request: Request) -> Response:
        """What a legal-affairs office would look into."""
        sources = self.bench.now.sources
        keys = {key for f in self.bench.now.findings for key in (f.document, f.about)}
        entries = self.bench.now.index.some(sorted(keys))

        say = wording(language(request))

        def link(key: str) -> Markup | str:
            if key not in entries:
                return escape(key)
            return Markup('<a href="{}"><bdi>{}</bdi></a>').format(address(key), entries[key].label)

        findings = [
            {
                "kind": f.kind,
                "document_link": link(f.document),
                "about_link": link(f.about),
                "detail": _REASON.sub(lambda m: f"（{say(m[1])}）", f.detail),
                "proof": f.proof,
                "sentence": f.sentence,
                "url": place_address(sources.get(f.source), f.start, f.end),
            }
            for f in self.bench.now.findings
        ]
        return page(request, "audit", findings=findings)

    def review(self, request: Request) -> Response:
        """Pairs that may be one thing."""
        saved = "saved" in request.query_params
        return page(request, "review", doubts=self.bench.doubts()[:300], edit=self.bench.edit, saved=saved)

    async def decide(self, request: Request) -> Response:
        """Keep a decision."""
        form = parse_qs(await _body(request), max_num_fields=8)
        action, key, target = (form.get(name, [""])[0] for name in ("action", "key", "target"))
        if action not in (Action.MERGE, Action.SPLIT) or not key or not target:
            raise WenmaiError("决定不完整", "the decision is not complete")
        self.bench.decide(Decision(Action(action), key, target, who="workbench"))
        return RedirectResponse("/review?saved", 303)

    def api(self, request: Request) -> Response:
        """What the JSON interface offers."""
        english = language(request) == "en"
        return page(request, "api", paths=[(path, about[english]) for path, about, _ in PATHS])

    def lang(self, request: Request) -> Response:
        """Switch the language and go back."""
        back = urlsplit(request.headers.get("referer", ""))
        same = (
            back.netloc == request.headers.get("host") and back.path.startswith("/") and back.path[:2] != "//"
        )
        target = f"{back.path}?{back.query}" if same and back.query else back.path if same else "/"
        response = RedirectResponse(target, 303)
        lang = "en" if request.path_params["to"] == "en" else "zh"
        response.set_cookie("lang", lang, samesite="strict", httponly=True, max_age=31_536_000)
        return response


Links = list[tuple[str, list[dict[str, Any]]]]


def _links(
    edges: Iterable[ViewEdge], centre: str, entries: Mapping[str, Entry], *, inward: bool
) -> tuple[Links, int]:
    """What is linked to the centre, by type, in order of date; and how many entities that are."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for e in edges:
        here, there = (e.target, e.source) if inward else (e.source, e.target)
        if here == centre and there in entries:
            groups[e.type].append({"other": entries[there], "quotes": e.sentences})
    for links in groups.values():
        links.sort(key=lambda x: (x["other"].date or "9", x["other"].label, x["other"].id))
    others = {x["other"].id for links in groups.values() for x in links}
    return sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])), len(others)


def _branches(root: TraceNode) -> Iterator[TraceNode]:
    """All nodes of a trace, the root first."""
    yield root
    for child in root.children:
        yield from _branches(child)


def _years(root: TraceNode) -> list[tuple[str, list[TraceNode]]]:
    """The documents of a trace by year, each once and in order of date; those without a date come last."""
    found = {x.document.iri: x for x in reversed(list(_branches(root)))}
    dated = sorted(found.values(), key=lambda x: (x.document.date or "9", x.document.label, x.document.iri))
    return [(year, list(some)) for year, some in groupby(dated, key=lambda x: (x.document.date or "")[:4])]


def _number(request: Request, name: str, default: int, least: int, most: int) -> int:
    text = request.query_params.get(name, "")
    return min(most, max(least, int(text))) if re.fullmatch(r"\d{1,7}", text, re.ASCII) else default


async def _body(request: Request) -> str:
    """The body of a form.

    Raises:
        WenmaiError: it is longer than any decision.
    """
    body = await received(request, _MOST_FORM)
    if body is None:
        raise WenmaiError("提交的内容过长", "what was sent is too long")
    return body.decode("utf-8", "replace")
