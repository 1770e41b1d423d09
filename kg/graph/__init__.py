"""From extractions to RDF. The interface that `build` composes:

Per source (pure, in parallel, in the worker; ``text`` is the source text that offsets count)::

    from kg.graph.assemble import source_graph
    lines: list[str] = source_graph(x, text, kg.__version__, configuration="")   # N-Quads, sorted

Over the collection (a function of the set of sources and of the decisions)::

    from kg.identify import KeyTable, identify, read_decisions
    table = KeyTable()
    for x in extractions: table.add(x)            # each content hash once
    identity = identify(table, decisions)         # .ids, .reasons, .rows(), .candidates

The default graph::

    from kg.graph.derive import entity_lines, statement_lines
    from kg.graph.vocabularies import vocabulary_lines
    lines = entity_lines(table, identity, identity.groups)          # list[str]
    for x in extractions: lines = statement_lines(x, identity)      # lines may repeat (a store takes that)

The store and the flat files::

    from kg.store import OxigraphStore
    with OxigraphStore.create(path) as store:
        store.load(lines)                         # any iterable of N-Quads lines, chunked

Answers::

    store = OxigraphStore.open(path)              # read-only; .raw is the pyoxigraph store
    from kg.query import query, named_query, named_queries, table, serialize, find_documents, trace
    from kg.query.renderers import tree_text, tree_json, mermaid, graphml
    table(query(store, sparql)); serialize(query(store, sparql), "csv")
    tree_text(trace(store, "国发〔2015〕1号", "down", depth=2, types=["basedOn"], as_of="2020"))
    from kg.graph.validate import validate, validate_reference   # validate(store.raw) → list[Finding]
    from kg.analyze import citations, write_citations, to_networkx, write_network
    from kg.graph.export import SYNTAXES, write_rdf, to_rdflib    # write_rdf(store.raw, path, "turtle")

Errors for people are subclasses of ``WenmaiError``: ``QueryError``, ``StoreError``, ``NotFoundError``,
``AmbiguousError`` (its ``found`` lists the candidates).
"""
