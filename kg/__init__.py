"""文脉 Wenmai: a knowledge graph of institutions, policies and measures from Chinese official documents.

>>> import kg
>>> kg.extract("贯彻落实《法治政府建设实施纲要（2015-2020年）》。").entities[0].title
'法治政府建设实施纲要（2015-2020年）'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Extraction, Graph, Report, build, extract
    from kg.api import open_graph as open  # noqa: A004

__version__ = "0.1.0"
__all__ = ["Extraction", "Graph", "Report", "__version__", "build", "extract", "open"]
_NAMES = {"open": "open_graph"}


def __getattr__(name: str) -> Any:
    """Load the library when it is first used: `kg --help` needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from kg import api  # noqa: PLC0415

    return getattr(api, _NAMES.get(name, name))
