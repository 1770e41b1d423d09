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

    from kg.graph.derive import derived_graph
    from kg.graph.vocabularies import vocabulary_lines
    for block in derived_graph(extractions, table, identity): ...   # list[str]; lines may repeat

The store and the flat files::

    from kg.store import OxigraphStore
    with OxigraphStore.create(path) as store:
        store.load(lines)                         # any iterable of N-Quads lines, chunked
    from kg.graph.export import write_nquads
    write_nquads(path, default_lines, [source_lines, …])   # default graph sorted and unique, then the sources

Answers::

    store = OxigraphStore.open(path)              # read-only
    from kg.query import query, named_query, trace, find_documents
    from kg.graph.validate import validate
    from kg.analyze import citations, to_networkx
"""
