"""Frozen dataclasses that are made by the thousand a document."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

_Type = TypeVar("_Type")


def quick(cls: type[_Type]) -> type[_Type]:
    """Give a frozen dataclass with slots an ``__init__`` that writes its slots directly.

    What :mod:`dataclasses` generates goes through ``object.__setattr__`` for each field and takes three times as
    long; on dense documents that was a tenth of the time of all stages. Everything else of the class stays.

    Example:
        >>> from dataclasses import dataclass
        >>> @quick
        ... @dataclass(frozen=True, slots=True)
        ... class Pair:
        ...     left: int
        ...     right: int = 0
        >>> Pair(1)
        Pair(left=1, right=0)
    """
    scope: dict[str, Any] = {"_MISSING": MISSING}
    parameters, body = ["self"], []
    for f in fields(cls):  # type: ignore[arg-type]
        value = f.name
        scope[f"_set_{f.name}"] = cls.__dict__[f.name].__set__
        if f.default is not MISSING:
            scope[f"_default_{f.name}"] = f.default
            parameters.append(f"{f.name}=_default_{f.name}")
        elif f.default_factory is not MISSING:
            scope[f"_make_{f.name}"] = f.default_factory
            parameters.append(f"{f.name}=_MISSING")
            value = f"_make_{f.name}() if {f.name} is _MISSING else {f.name}"
        else:
            parameters.append(f.name)
        body.append(f" _set_{f.name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *body]), scope)  # noqa: S102 - as dataclasses do
    made, given = scope["__init__"], cls.__init__
    made.__qualname__, made.__annotations__ = given.__qualname__, given.__annotations__
    cls.__init__ = made  # type: ignore[method-assign]
    return cls
