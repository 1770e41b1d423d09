"""Where calls are made: in this process, in others of this machine, on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import Any

Each = Callable[[Callable[..., Any], Sequence[tuple[Any, ...]]], Iterator[tuple[int, Any]]]
"""Calls a function with each tuple of arguments; gives the index of the tuple and the result, in any order."""
_AHEAD = 4
"""Calls under way for each process."""


@contextmanager
def local(jobs: int) -> Iterator[Each]:
    """Calls in this process, or in ``jobs`` others where there are several."""
    pool: ProcessPoolExecutor | None = None

    def each(function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        nonlocal pool
        if jobs <= 1 or len(arguments) <= 1:
            for index, given in enumerate(arguments):
                yield index, function(*given)
            return
        pool = pool or ProcessPoolExecutor(jobs)
        waiting = enumerate(arguments)
        running: dict[Future[Any], int] = {}
        while True:
            for index, given in islice(waiting, _AHEAD * jobs - len(running)):
                running[pool.submit(function, *given)] = index
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()

    try:
        yield each
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def in_order(each: Each, function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
    """All results, in the order of the arguments."""
    return [result for _, result in sorted(each(function, arguments), key=lambda pair: pair[0])]
