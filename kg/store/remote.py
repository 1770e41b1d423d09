"""Any SPARQL 1.1 server, through its query endpoint and the Graph Store Protocol."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

import pyoxigraph as ox

from kg.graph.terms import PREFIXES
from kg.store.base import Answer, Bindings, bound
from kg.store.oxigraph import QueryError, StoreError

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_QUAD = re.compile(r"(?P<triple>\S+ \S+ (?:<[^>]*>|_:\S+|\"(?:[^\"\\]|\\.)*\"\S*)) <(?P<graph>[^>]*)> \.\n")
_TRIPLES = {"Content-Type": "application/n-triples"}
_CHUNK = 50_000
_HEADER = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(PREFIXES.items()))


class SparqlEndpoint:
    """A server that answers the SPARQL 1.1 Protocol.

    Args:
        url: the query endpoint.
        graphs: the Graph Store Protocol endpoint, needed only to load.
        timeout: seconds for one request.
    """

    def __init__(self, url: str, graphs: str | None = None, timeout: float = 60.0) -> None:
        for address in (url, graphs or url):
            if not address.startswith(("http://", "https://")):
                raise StoreError(f"{address} 不是 http 地址", f"{address} is no address of HTTP")
        self.url = url
        self.graphs = graphs
        self.timeout = timeout

    def query(self, sparql: str, bindings: Bindings | None = None) -> Answer:
        """Answer a query; bindings are written into it as terms."""
        text = _HEADER + bound(sparql, bindings or {})
        body = urllib.parse.urlencode({"query": text}).encode()
        headers = {"Accept": _ACCEPT, "Content-Type": "application/x-www-form-urlencoded"}
        data, kind = self._send(self.url, body, headers)
        if "json" in kind:
            return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        store = ox.Store()
        store.load(data, format=ox.RdfFormat.N_TRIPLES)
        answer = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(answer, ox.QueryTriples)
        return answer

    def load(self, lines: Iterable[str]) -> int:
        """Add N-Quads lines, graph by graph, with POST requests of the Graph Store Protocol."""
        total = 0
        source = iter(lines)
        while chunk := list(islice(source, _CHUNK)):
            for graph, part in sorted(_by_graph(chunk).items()):
                self._send(self._address(graph), "".join(part).encode(), _TRIPLES)
            total += len(chunk)
        return total

    def replace(self, graphs: Iterable[tuple[str, Iterable[str]]]) -> int:
        """Put whole graphs in the place of what the server holds of them, with PUT requests.

        What does not fit into one request follows with POST.

        Args:
            graphs: IRI of each graph, ``""`` for the default graph, and its triples as N-Triples lines.

        Returns:
            How many lines were sent.

        Raises:
            StoreError: no Graph Store Protocol address was given, or nobody answers there.
            QueryError: the server refuses.
        """
        total = 0
        for graph, lines in graphs:
            source, method = iter(lines), "PUT"
            while (chunk := list(islice(source, _CHUNK))) or method == "PUT":
                self._send(self._address(graph), "".join(chunk).encode(), _TRIPLES, method)
                total += len(chunk)
                method = "POST"
        return total

    def _address(self, graph: str) -> str:
        """Where a graph is under the Graph Store Protocol."""
        if self.graphs is None:
            raise StoreError(
                "没有给出 Graph Store Protocol 地址，无法写入",
                "without an address for the Graph Store Protocol nothing can be written",
            )
        return self.graphs + (f"?graph={urllib.parse.quote(graph, safe='')}" if graph else "?default")

    def _send(
        self, url: str, body: bytes, headers: dict[str, str], method: str = "POST"
    ) -> tuple[bytes, str]:
        request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - the scheme was checked
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                return answer.read(), answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            detail = error.read(2000).decode("utf-8", "replace")
            raise QueryError(
                f"服务器拒绝（{error.code}）：{detail}", f"the server refuses ({error.code}): {detail}"
            ) from error
        except OSError as error:
            raise StoreError(f"无法连接 {url}：{error}", f"no answer from {url}: {error}") from error

    def close(self) -> None:
        """Nothing to let go of."""


def _by_graph(lines: Iterable[str]) -> dict[str, list[str]]:
    graphs: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        quad = _QUAD.fullmatch(line)
        if quad is None:
            graphs[""].append(line)
        else:
            graphs[quad["graph"]].append(f"{quad['triple']} .\n")
    return graphs
